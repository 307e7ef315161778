using Analys.Present.Numbers;
using Analys.Present.Svg;

namespace Analys.Present.Figures;

/// <summary>How values are put into colour classes.</summary>
public enum Classing
{
    /// <summary>Classes of one width with round limits; the reader can check them.</summary>
    RoundIntervals,

    /// <summary>As many areas in each class as ties allow.</summary>
    Quantiles,

    /// <summary>Limits on both sides of a middle value, such as the city's.</summary>
    AroundMiddle,
}

/// <summary>Colour classes: lower limits belong to the class above, the largest value to the last.</summary>
internal sealed class ClassBreaks
{
    private readonly bool openEnds;

    private ClassBreaks(double[] limits, IReadOnlyList<string> colours, bool openEnds = false)
    {
        Limits = limits;
        Colours = colours;
        this.openEnds = openEnds;
    }

    /// <summary>The limits, rising, one more than there are classes.</summary>
    public double[] Limits { get; }

    public IReadOnlyList<string> Colours { get; }

    public int Count => Limits.Length - 1;

    public int Of(double value)
    {
        var i = 0;
        while (i < Count - 1 && value >= Limits[i + 1]) i++;
        return i;
    }

    public string ColourOf(double value) => Colours[Of(value)];

    public static ClassBreaks Make(IReadOnlyList<double> values, Classing classing, int count, double? middle, IReadOnlyList<double>? given)
    {
        if (given is { Count: > 1 }) return Sequential([.. given.Distinct().Order()]);
        if (values.Count == 0) return Sequential([0, 1]);
        var sorted = values.Order().ToArray();
        return classing switch
        {
            Classing.Quantiles => Sequential(Quantiles(sorted, count)),
            Classing.AroundMiddle => Diverging(sorted, middle ?? Median(sorted)),
            // A scale that nearly reaches zero starts there.
            _ => Sequential(Ticks.Classes(sorted[0] >= 0 && sorted[0] < 0.4 * sorted[^1] ? 0 : sorted[0], sorted[^1], Math.Clamp(count, 2, Palette.Sequential.Count))),
        };
    }

    /// <summary>The legend's words for a class.</summary>
    public string Label(int i, NumberFormat numbers, Texts texts, string unit)
    {
        var decimals = NumberFormat.DecimalsNeeded(openEnds ? Limits[1..^1] : Limits, unit);
        if (openEnds && i == 0) return texts.Get("figure.class.below", ("limit", numbers.Value(Limits[1], unit, decimals)));
        if (openEnds && i == Count - 1) return texts.Get("figure.class.above", ("limit", numbers.Value(Limits[i], unit, decimals)));
        // The unit is said once, after the upper limit.
        var lower = unit == Domain.Units.Share ? numbers.Points(Limits[i], decimals) : numbers.Number(Limits[i], decimals);
        return texts.Get(i == Count - 1 ? "figure.class.last" : "figure.class.range", ("lower", lower), ("upper", numbers.Value(Limits[i + 1], unit, decimals)));
    }

    private static double Median(double[] sorted) => sorted[sorted.Length / 2];

    private static double[] Quantiles(double[] sorted, int count)
    {
        var limits = new List<double> { sorted[0] };
        for (var k = 1; k < count; k++)
        {
            var limit = sorted[Math.Min(sorted.Length - 1, k * sorted.Length / count)];
            if (limit > limits[^1]) limits.Add(limit);
        }

        if (sorted[^1] > limits[^1] || limits.Count == 1) limits.Add(sorted[^1]);
        return [.. limits];
    }

    private static ClassBreaks Sequential(double[] limits)
    {
        if (limits.Length < 2) limits = [limits.FirstOrDefault(), limits.FirstOrDefault()];
        if (limits.Length > Palette.Sequential.Count + 1) limits = [.. limits.Take(Palette.Sequential.Count), limits[^1]];
        var classes = limits.Length - 1;
        // Few classes lie far apart: the lightest is the least and the darkest but one the most.
        var darkest = Math.Max(classes - 1, Palette.Sequential.Count - 2);
        return new(limits, [.. Enumerable.Range(0, classes).Select(i => Palette.Sequential[classes == 1 ? 1 : (int)Math.Round(i * darkest / (classes - 1.0))])]);
    }

    private static ClassBreaks Diverging(double[] sorted, double middle)
    {
        var reach = Math.Max(Math.Abs(sorted[0] - middle), Math.Abs(sorted[^1] - middle));
        if (reach == 0) reach = 1;
        var ticks = Ticks.Around(0, reach, 4);
        var step = ticks[1] - ticks[0];
        double[] limits = [middle - (2.5 * step), middle - (1.5 * step), middle - (0.5 * step), middle + (0.5 * step), middle + (1.5 * step), middle + (2.5 * step)];
        limits[0] = Math.Min(limits[0], sorted[0]);
        limits[^1] = Math.Max(limits[^1], sorted[^1]);
        return new(limits, [Palette.Diverging[0], Palette.Diverging[2], Palette.Diverging[3], Palette.Diverging[4], Palette.Diverging[6]], openEnds: true);
    }
}
