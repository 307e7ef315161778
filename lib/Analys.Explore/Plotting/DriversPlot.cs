using System.Globalization;
using Analys.Explore.Plotting;
using ScottPlot;

namespace Analys;

/// <summary>What goes with an outcome, drawn: how much each group of variables tells, and how the outcome goes with one of them.</summary>
public static class DriversPlot
{
    /// <summary>The groups of variables by what the model loses when they are shuffled, with the spread over shuffles (two standard
    /// deviations); the warning that this is no cause stands below.</summary>
    /// <param name="drivers">What was found.</param>
    /// <param name="options">Texts and size.</param>
    public static Plot Plot(this Drivers drivers, PlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(drivers);
        var told = options ?? new();
        var number = drivers.N.ToString(CultureInfo.InvariantCulture);
        return Plots.Forest(
            [.. drivers.Groups.Select(group => new PlotRow(
                string.Join(House.Say(told, " och ", " and "), group.Variables), group.Importance,
                    group.Importance - (2 * group.StandardDeviation), group.Importance + (2 * group.StandardDeviation)))],
            told with
            {
                Title = told.Title ?? House.Say(told, $"Vad {drivers.Outcome} följer med", $"What {drivers.Outcome} goes with"),
                Subtitle = told.Subtitle ?? House.Say(told, $"Förlust av R² när värdena blandas mellan {number} områden",
                    $"R² lost when the values are shuffled among {number} areas"),
                Note = told.Note ?? House.Say(told, Drivers.WarningSwedish, Drivers.WarningEnglish),
            });
    }

    /// <summary>How the outcome goes with one variable where the others stand still, with a 90 % band over draws of areas.</summary>
    /// <param name="effect">The partial effect, one of <see cref="Drivers.Effects"/>.</param>
    /// <param name="options">Texts and size.</param>
    public static Plot Plot(this PartialEffect effect, PlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(effect);
        var told = options ?? new();
        var comma = told.Language == Language.English ? '.' : ',';
        string Tick(double value) => value.ToString("G4", CultureInfo.InvariantCulture).Replace('.', comma);
        return Plots.Forest(
            [.. effect.Values.Select((value, i) => new PlotRow(Tick(value), effect.Effects[i], effect.Lower[i], effect.Upper[i]))],
            told with
            {
                Title = told.Title ?? effect.Variable,
                Subtitle = told.Subtitle ?? House.Say(told, "Skillnad från medelvärdet där de andra variablerna står stilla",
                    "Difference from the mean where the other variables stand still"),
                Note = told.Note ?? House.Say(told, Drivers.WarningSwedish, Drivers.WarningEnglish),
            });
    }
}
