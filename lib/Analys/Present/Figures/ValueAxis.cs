using Analys.Domain;
using Analys.Present.Numbers;
using Analys.Present.Svg;

namespace Analys.Present.Figures;

/// <summary>An axis of values: round ticks, light grid lines, numbers in the unit.</summary>
internal sealed record ValueAxis(double[] Ticks, double Min, double Max)
{
    public ValueAxis(double[] ticks)
        : this(ticks, ticks[0], ticks[^1])
    {
    }

    /// <summary>The axis that holds all values; shares get ticks that are round as percentages.</summary>
    public static ValueAxis Over(IEnumerable<double> values, int about)
    {
        var (min, max, any) = (double.PositiveInfinity, double.NegativeInfinity, false);
        foreach (var value in values)
        {
            if (!double.IsFinite(value)) continue;
            (min, max, any) = (Math.Min(min, value), Math.Max(max, value), true);
        }

        return new(any ? Svg.Ticks.Around(min, max, about) : [0, 1]);
    }

    /// <summary>The same without the ticks beyond the data, for bars that have their value at their end.</summary>
    public ValueAxis Tight(IEnumerable<double> values)
    {
        var known = values.Where(double.IsFinite).ToList();
        if (known.Count == 0 || known.Max() <= known.Min()) return this;
        var (min, max) = (known.Min(), known.Max());
        double[] inside = [.. Ticks.Where(tick => tick >= min && tick <= max)];
        return inside.Length < 2 ? this : new ValueAxis(inside, min, max);
    }

    public LinearScale Scale(double from, double to) => new(Min, Max, from, to);

    /// <summary>Grid lines that stand, numbers below them.</summary>
    public void DrawVertical(Drawing d, LinearScale scale, double top, double bottom, string unit)
    {
        var small = d.Frame.SmallSize;
        var texts = Labels(d.Numbers, unit);
        var free = double.NegativeInfinity;
        for (var i = 0; i < Ticks.Length; i++)
        {
            var x = scale.At(Ticks[i]);
            d.Line(x, top, x, bottom, Palette.Grid, kind: "grid");
            var half = TextWidth.Of(texts[i], small) / 2;
            var middle = Math.Clamp(x, half, Math.Max(half, d.Width - half));
            if (middle - half < free) continue;
            d.Text(middle, bottom + small + 4, texts[i], Anchor.Middle, small, Palette.MutedInk, kind: "tick");
            free = middle + half + 6;
        }
    }

    /// <summary>Grid lines that lie, numbers to the left of them.</summary>
    public void DrawHorizontal(Drawing d, LinearScale scale, double left, double right, string unit)
    {
        var small = d.Frame.SmallSize;
        var texts = Labels(d.Numbers, unit);
        for (var i = 0; i < Ticks.Length; i++)
        {
            var y = scale.At(Ticks[i]);
            d.Line(left, y, right, y, Ticks[i] == 0 ? Palette.Axis : Palette.Grid, kind: "grid");
            d.Text(left - 6, y + (small * 0.35), texts[i], Anchor.End, small, Palette.MutedInk, kind: "tick");
        }
    }

    /// <summary>The room that the numbers of a lying grid take.</summary>
    public double LabelWidth(Drawing d, string unit) => Labels(d.Numbers, unit).Max(text => TextWidth.Of(text, d.Frame.SmallSize)) + 8;

    private string[] Labels(NumberFormat numbers, string unit)
    {
        // Thousands and millions of kronor would fill the axis with zeros.
        if (unit == Units.Kronor && Ticks[^1] >= 10_000) return [.. Ticks.Select(tick => numbers.ThousandKronor(tick, tick % 1000 == 0 ? 0 : 1))];
        var decimals = NumberFormat.DecimalsNeeded(Ticks, unit, 6);
        return [.. Ticks.Select(tick => numbers.Value(tick, unit, decimals))];
    }
}
