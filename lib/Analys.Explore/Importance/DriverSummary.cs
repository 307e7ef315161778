using System.Globalization;

namespace Analys.Explore.Importance;

/// <summary>What goes with an outcome, in a few plain sentences.</summary>
internal static class DriverSummary
{
    public static string Of(Drivers drivers, string language)
    {
        var swedish = language != "en";
        var best = Math.Max(drivers.RSquaredForest, drivers.RSquaredAdditive);
        string[] telling = [.. drivers.Groups.Where(group => group.Importance > 2 * group.StandardDeviation && group.Importance > 0.01).Select(group => string.Join(swedish ? " och " : " and ", group.Variables))];
        if (swedish)
        {
            var gain = best > drivers.RSquaredLinear + 0.02 ? "Träden ser mer än en vanlig regression." : "En vanlig regression räcker lika långt som träden.";
            var who = telling.Length == 0 ? "Ingen variabel bidrar tydligt." : $"Mest följer det med {string.Join("; därefter ", telling)}.";
            return $"Av skillnaderna i {drivers.Outcome} mellan {drivers.N} områden återges {Percent(Math.Max(0, best), swedish)} i områden som modellen inte har sett. {gain} {who} {Drivers.WarningSwedish}";
        }

        var more = best > drivers.RSquaredLinear + 0.02 ? "The trees see more than a plain regression." : "A plain regression goes as far as the trees.";
        var what = telling.Length == 0 ? "No variable adds anything clear." : $"It goes most with {string.Join("; then ", telling)}.";
        return $"Of the differences in {drivers.Outcome} between {drivers.N} areas {Percent(Math.Max(0, best), swedish)} are told in areas that the model has not seen. {more} {what} {Drivers.WarningEnglish}";
    }

    private static string Percent(double share, bool swedish) =>
        (100 * share).ToString("0", CultureInfo.InvariantCulture) + (swedish ? "\u00A0%" : "%");
}
