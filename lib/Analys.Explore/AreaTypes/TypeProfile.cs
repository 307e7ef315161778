using System.Globalization;

namespace Analys.Explore.AreaTypes;

/// <summary>A type of areas in words: what it has much and little of.</summary>
internal static class TypeProfile
{
    private const double Little = 0.25;

    public static string Sentence(AreaType type, IReadOnlyList<TypologyVariable> variables, string language)
    {
        var swedish = language != "en";
        var parts = variables.Select((variable, j) => (variable.Name, Deviation: type.Deviations[j]))
            .Where(part => Math.Abs(part.Deviation) >= Little).OrderByDescending(part => Math.Abs(part.Deviation))
            .Select(part => $"{Degree(part.Deviation, swedish)} {part.Name} ({Signed(part.Deviation, swedish)})").ToArray();
        var areas = type.Areas.Count.ToString(CultureInfo.InvariantCulture);
        var head = swedish
            ? $"Typ {type.Number} ({areas} {(type.Areas.Count == 1 ? "område" : "områden")})"
            : $"Type {type.Number} ({areas} {(type.Areas.Count == 1 ? "area" : "areas")})";
        var body = parts.Length == 0 ? (swedish ? "nära medelvärdet i allt" : "near the mean in everything") : string.Join(", ", parts);
        var doubt = type.Stability is < 0.6 ? (swedish ? " Typen är osäker: den återkommer sällan när andra områden dras." : " The type is unsure: it seldom comes back when other areas are drawn.") : "";
        return $"{head}: {body}.{doubt}";
    }

    private static string Degree(double deviation, bool swedish) => (Math.Abs(deviation), deviation > 0) switch
    {
        ( >= 1.5, true) => swedish ? "mycket hög" : "very high",
        ( >= 0.75, true) => swedish ? "hög" : "high",
        (_, true) => swedish ? "något hög" : "rather high",
        ( >= 1.5, false) => swedish ? "mycket låg" : "very low",
        ( >= 0.75, false) => swedish ? "låg" : "low",
        _ => swedish ? "något låg" : "rather low",
    };

    private static string Signed(double deviation, bool swedish)
    {
        var number = Math.Abs(deviation).ToString("0.0", CultureInfo.InvariantCulture);
        return $"{(deviation < 0 ? "−" : "+")}{(swedish ? number.Replace('.', ',') : number)} {(swedish ? "standardavvikelser" : "standard deviations")}";
    }
}
