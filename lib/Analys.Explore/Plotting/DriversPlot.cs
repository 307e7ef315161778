using System.Globalization;
using Analys.Explore.Plotting;
using ScottPlot;

namespace Analys;

/// <summary>What goes with an outcome, drawn: how much each group of variables tells, and how the outcome goes with one of them.</summary>
public static class DriversPlot
{
    private const double Height = 300;

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
        told = told with
        {
            Title = told.Title ?? effect.Variable,
            Subtitle = told.Subtitle ?? House.Say(told, "Skillnad från medelvärdet där de andra variablerna står stilla",
                "Difference from the mean where the other variables stand still"),
            Note = told.Note ?? House.Say(told, Drivers.WarningSwedish, Drivers.WarningEnglish),
            XLabel = told.XLabel ?? effect.Variable,
        };
        double[] xs = [.. effect.Values];
        var plot = House.New(told, Height, Ends(effect, told));
        if (xs.Length > 1)
        {
            var band = plot.Add.FillY(xs, [.. effect.Lower], [.. effect.Upper]);
            band.FillColor = House.Mark.WithAlpha(0.15);
            band.LineWidth = 0;
            band.MarkerSize = 0;
            plot.Legend(new LegendKey(House.Say(told, "90 procent av dragningarna", "90 per cent of the draws"),
                House.Mark.WithAlpha(0.15)));
        }

        var zero = plot.Add.HorizontalLine(0, 1, House.AxisLine, LinePattern.Dashed);
        zero.ExcludeFromLegend = true;
        var line = plot.Add.Scatter(xs, [.. effect.Effects]);
        line.Color = House.Mark;
        line.LineWidth = 2.2f;
        line.MarkerSize = 5;
        double low = Math.Min(0, effect.Lower.Min()), high = Math.Max(0, effect.Upper.Max());
        var (pad, wide) = (Pad(low, high), Pad(xs.Min(), xs.Max()));
        plot.Axes.SetLimits(xs.Min() - wide, xs.Max() + wide, low - pad, high + pad);
        plot.Axes.Left.TickGenerator = new HouseTicks(told.Unit, told);
        plot.Axes.Bottom.TickGenerator = new HouseTicks(told.UnitX, told);
        return plot;
    }

    private static double Pad(double low, double high) => high > low ? 0.06 * (high - low) : Math.Max(Math.Abs(high), 1) * 0.1;

    // Where the curve begins and ends, for those who do not see it.
    private static string Ends(PartialEffect effect, PlotOptions told)
    {
        string At(int i) => $"{HouseTicks.Value(effect.Values[i], told.UnitX, told)}: "
            + $"{HouseTicks.Value(effect.Effects[i], told.Unit, told)}";
        return $"{effect.Variable} {At(0)}; {At(effect.Values.Count - 1)}.";
    }
}
