using System.Globalization;
using Analys.Domain;
using Analys.Present.Svg;

namespace Analys.Present;

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

        return new(any ? Analys.Present.Svg.Ticks.Around(min, max, about) : [0, 1]);
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
        if (unit == Units.Kronor && Ticks[^1] >= 10_000)
            return [.. Ticks.Select(tick => numbers.ThousandKronor(tick, tick % 1000 == 0 ? 0 : 1))];
        var decimals = NumberFormat.DecimalsNeeded(Ticks, unit, 6);
        return [.. Ticks.Select(tick => numbers.Value(tick, unit, decimals))];
    }
}

/// <summary>Places periods on an axis: years and tertials at their true distance, anything else one step apart in its own order.</summary>
internal sealed class PeriodAxis
{
    private readonly Dictionary<string, double> positions = new(StringComparer.Ordinal);

    public PeriodAxis(IEnumerable<string> periods)
    {
        var all = periods.Distinct().ToList();
        if (all.TrueForAll(period => Year(period) is not null))
        {
            foreach (var period in all) positions[period] = Year(period)!.Value;
        }
        else if (all.TrueForAll(period => TertialOf(period) is not null))
        {
            foreach (var period in all) positions[period] = TertialOf(period)!.Value;
        }
        else
        {
            foreach (var period in all.Order(PeriodOrder.InTime)) positions[period] = positions.Count;
        }
    }

    /// <summary>The periods in order.</summary>
    public IEnumerable<string> Periods => positions.OrderBy(pair => pair.Value).Select(pair => pair.Key);

    public double Min => positions.Count == 0 ? 0 : positions.Values.Min();

    public double Max => positions.Count == 0 ? 1 : positions.Values.Max();

    public double Of(string period) => positions[period];

    /// <summary>Where a period that need not have data lies; null where it cannot be placed.</summary>
    public double? Find(string period)
    {
        if (positions.TryGetValue(period, out var known)) return known;
        if (Year(period) is { } year && positions.Keys.All(other => Year(other) is not null)) return year;
        return TertialOf(period) is { } tertial && positions.Keys.All(other => TertialOf(other) is not null) ? tertial : null;
    }

    private static double? Year(string period) =>
        period.Length == 4 && int.TryParse(period, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null;

    private static double? TertialOf(string period) =>
        period.Length == 6 && period[4] is 'T' && Year(period[..4]) is { } year && period[5] is >= '1' and <= '3'
        ? year + ((period[5] - '1') / 3.0) : null;
}

/// <summary>The legend of colour classes.</summary>
internal static class Legend
{
    /// <summary>Draws the classes, the withheld and the missing where they occur, and the city; gives the lowest line.</summary>
    public static double Draw(Drawing d, double x, double y, double width, ClassBreaks classes, string unit, Result? city,
        IReadOnlyList<Result> rows, FigureOptions options, bool anyMissing)
    {
        var small = d.Frame.SmallSize;
        var step = small + 10;
        if (city is not null)
        {
            var lines =
                TextWrap.Lines(d.Texts.Get("figure.reference", ("name", options.LabelOf(city)),
                    ("value", d.Numbers.Value(city.Value, city.Unit, options.Decimals))), width, d.Frame.FontSize, bold: true);
            d.Lines(x, y, lines, bold: true);
            y += (lines.Count * d.Frame.FontSize * 1.25) + 10;
        }

        if (rows.Any(row => row.Value.HasNumber))
        {
            for (var i = classes.Count - 1; i >= 0; i--) Entry(classes.Colours[i], classes.Label(i, d.Numbers, d.Texts, unit));
        }

        if (rows.Any(row => row.Value.Status == ValueStatus.Suppressed)) Entry(d.Hatch, d.Texts["figure.legend.suppressed"]);
        foreach (var why in rows.Where(row => row.Value.Status == ValueStatus.Undefined)
            .Select(row => Words.Explained(row.Value, options.Language)).Distinct()) Entry(Palette.Paper, why);

        if (anyMissing) Entry(Palette.Paper, d.Texts["figure.legend.nodata"]);
        if (options is MapOptions { Water.Count: > 0 }) Entry(Palette.Water, d.Texts["figure.legend.water"]);
        return y - step + small;

        void Entry(string fill, string text)
        {
            d.Rect(x + 0.5, y - small + 0.5, 22, small + 2, fill, Palette.Axis, kind: "key");
            var lines = TextWrap.Lines(text, width - 32, small);
            d.Lines(x + 30, y, lines, size: small);
            y += step + ((lines.Count - 1) * small * 1.25);
        }
    }
}

/// <summary>What tells the series of a figure apart, where the caller does not say.</summary>
internal static class SeriesName
{
    public static Func<Result,
        string> Of(IReadOnlyList<Result> rows, Func<Result, string>? chosen, FigureOptions options, bool period = false)
    {
        if (chosen is not null) return chosen;
        if (period && Differs(row => row.Period)) return row => row.Period ?? "";
        if (!period && Differs(options.LabelOf)) return options.LabelOf;
        if (Differs(row => row.Population?.ToString())) return row => Words.Population(row.Population, options.Language) ?? "";
        if (Differs(row => row.Group)) return row => row.Group ?? "";
        if (Differs(row => row.Measure.Id)) return row => options.NameOf(row.Measure);
        return period ? row => row.Period ?? "" : options.LabelOf;

        bool Differs(Func<Result, string?> part) => rows.Select(part).OfType<string>().Distinct().Skip(1).Any();
    }
}
