using Analys.Domain;
using Analys.Present;
using Analys.Present.Svg;

namespace Analys;

/// <summary>What a strip of small areas can be told.</summary>
public sealed record StripOptions : FigureOptions
{
    /// <summary>The strip that a result belongs to, such as its district; null for the period, population or group, whichever
    /// differs.</summary>
    public Func<Result, string>? Category { get; init; }

    /// <summary>The area whose value is drawn as a line; null for the whole city where it is among the results.</summary>
    public string? Reference { get; init; }

    /// <summary>Areas that get their name.</summary>
    public IReadOnlyCollection<string> Highlight { get; init; } = [];
}

/// <summary>Every small area as a point on the strip of its district, points beside each other where they would hide one another.</summary>
/// <remarks>Swedish: <i>punktsvärm</i>.</remarks>
public static class StripFigure
{
    private sealed record Strip(string Name, IReadOnlyList<Result> Rows)
    {
        public IReadOnlyList<Result> Known { get; } = [.. Rows.Where(row => row.Value.HasNumber).OrderBy(row => row.Value.Number)];

        public int Withheld { get; } = Rows.Count(row => row.Value.Status == ValueStatus.Suppressed);

        public double Median => Known.Count == 0 ? double.NegativeInfinity : Known.Count % 2 == 1 ? Known[Known.Count / 2].Value.Number
            : (Known[(Known.Count / 2) - 1].Value.Number + Known[Known.Count / 2].Value.Number) / 2;
    }

    /// <summary>Draws strips, sorted by their median.</summary>
    /// <param name="released">A result per small area.</param>
    /// <param name="options">The options.</param>
    public static Figure Strips(this Released released, StripOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        options ??= new();
        var city = released.Count > 1 ? Rows.Reference(released, options.Reference, options) : null;
        var rows = released.Where(row => !ReferenceEquals(row, city));
        var category = options.Category
            ?? SeriesName.Of(rows, null, options with { Label = _ => "" }, period: rows.Select(row => row.Period).Distinct().Skip(1).Any());
        var strips = rows.GroupBy(category).Select(group => new Strip(group.Key, [.. group])).OrderByDescending(strip => strip.Median)
            .ThenBy(strip => strip.Name, SwedishOrder.Comparer).ToList();
        List<Result> ordered = [.. strips.SelectMany(strip => Rows.Ranked(strip.Rows, options))];
        return FigureMaker.Make(
            released, options, "strip", "figure.title.areas", drawing => Draw(drawing, strips, city, options),
            city is null ? ordered : [.. ordered, city], reference: city, count: ordered.Count);
    }

    private static void Draw(Drawing d, List<Strip> strips, Result? city, StripOptions options)
    {
        var frame = d.Frame;
        var small = frame.SmallSize;
        var radius = frame.IsNarrow ? 3.6 : 4.2;
        var axis = ValueAxis.Over(strips.SelectMany(strip => strip.Known).Select(row => row.Value.Number)
            .Append(city?.Value.HasNumber == true ? city.Value.Number : 0).Append(0), frame.IsNarrow ? 4 : 6);
        var unit = strips.SelectMany(strip => strip.Rows).Append(city).OfType<Result>().First().Unit;
        var cityWords = city?.Value.HasNumber == true
            ? d.Texts.Get("figure.reference", ("name", options.LabelOf(city)),
                ("value", d.Numbers.Value(city.Value, city.Unit, options.Decimals))) : null;
        var top = cityWords is null ? 6 : small + 12;
        var names = strips.ConvertAll(strip => strip.Withheld == 0 ? strip.Name
            : $"{strip.Name} ({d.Texts.Get("figure.strip.withheld", ("count", d.Numbers.Number(strip.Withheld)))})");
        var labelWidth = frame.IsNarrow || names.TrueForAll(name => name.Length == 0)
            ? 0 : Math.Min(200, names.Max(name => TextWidth.Of(name, frame.FontSize)) + 14);
        var scale = axis.Scale(labelWidth + 8, frame.Width - 12);
        var layouts = strips.ConvertAll(strip => Swarm([.. strip.Known.Select(row => scale.At(row.Value.Number))], radius));
        var y = top;
        var middles = new List<double>();
        for (var i = 0; i < strips.Count; i++)
        {
            var lines = names[i].Length == 0
                ? 0 : TextWrap.Lines(names[i], frame.IsNarrow ? frame.Width : labelWidth - 10, frame.FontSize, 2).Count;
            var half = Math.Max(12, layouts[i].Select(Math.Abs).DefaultIfEmpty(0).Max() + radius + 5);
            if (frame.IsNarrow) y += lines * frame.LineHeight;
            half = frame.IsNarrow ? half : Math.Max(half, (lines * frame.FontSize * 0.65) + 4);
            middles.Add(y + half);
            y += 2 * half;
        }

        axis.DrawVertical(d, scale, top, y, unit);
        for (var i = 0; i < strips.Count; i++)
        {
            d.Line(scale.From, middles[i], scale.To, middles[i], Palette.Grid);
        }

        if (cityWords is not null)
        {
            var x = scale.At(city!.Value.Number);
            d.Line(x, top - 4, x, y, Palette.Reference, 1.6, "6 3", kind: "reference");
            var half = TextWidth.Of(cityWords, small, true) / 2;
            d.Text(Math.Clamp(x, half, Math.Max(half, frame.Width - half)), small, cityWords, Anchor.Middle, small, Palette.Reference,
                true);
        }

        for (var i = 0; i < strips.Count; i++)
        {
            var lines = TextWrap.Lines(names[i], frame.IsNarrow ? frame.Width : Math.Max(20, labelWidth - 10), frame.FontSize, 2);
            var half = layouts[i].Select(Math.Abs).DefaultIfEmpty(0).Max() + radius;
            if (frame.IsNarrow && names[i].Length > 0)
                d.Rect(0, middles[i] - Math.Max(12, half + 5) - 3 - frame.FontSize, TextWidth.Of(lines[^1], frame.FontSize) + 3,
                    frame.FontSize + 3, Palette.Paper, kind: "halo");
            if (frame.IsNarrow) d.Lines(0, middles[i] - Math.Max(12, half + 5) - 3 - ((lines.Count - 1) * frame.LineHeight), lines);
            else d.Lines(labelWidth - 8, middles[i] + (frame.FontSize * 0.35) - ((lines.Count - 1) * frame.FontSize * 0.625), lines,
                Anchor.End);
        }

        var points = new List<Point>();
        // Few points all have their name; of many those at the ends of their strip, and the chosen.
        var all = strips.Sum(strip => strip.Known.Count) <= FewPoints;
        for (var i = 0; i < strips.Count; i++)
        {
            for (var k = 0; k < strips[i].Known.Count; k++)
            {
                var row = strips[i].Known[k];
                var (px, py) = (scale.At(row.Value.Number), middles[i] + layouts[i][k]);
                var named = options.Highlight.Contains(options.LabelOf(row));
                using var telling = d.Tell(row);
                d.Circle(px, py, radius, named ? Palette.Reference : Palette.Mark, Palette.Paper, 0.8, kind: "point");
                var told = named ? 2 : k == 0 || k == strips[i].Known.Count - 1 ? 1 : all ? 0 : -1;
                points.Add(new(px, py, told < 0 ? null : options.LabelOf(row), told));
            }
        }

        Names(d, points, radius, new LabelPlacement.Box(labelWidth, top - 6, frame.Width - labelWidth, y - top + 12));
        d.Height = y + (small * 1.25) + 10;
    }

    // A point and its name; the chosen go first, then the ends of a strip.
    private sealed record Point(double X, double Y, string? Name, int Weight);

    private const int FewPoints = 24;

    private static void Names(Drawing d, List<Point> points, double radius, LabelPlacement.Box bounds)
    {
        var small = d.Frame.SmallSize;
        // The named first: they choose their place, the others only stand in the way.
        List<Point> order = [.. points.OrderByDescending(point => point.Weight)];
        var boxes =
            LabelPlacement.Beside(
                [.. order.Select(point => (point.X, point.Y, radius, point.Name is null ? 0 : TextWidth.Of(point.Name, small)))], small + 2,
                bounds);
        for (var i = 0; i < order.Count && order[i].Name is { } name; i++)
        {
            if (boxes[i] is not { } box) continue;
            d.Rect(box.X - 1, box.Y, box.Width + 2, box.Height, Palette.Paper, kind: "halo");
            d.Text(box.X, box.Y + small - 1, name, size: small, fill: order[i].Weight == 2 ? Palette.Reference
                : Palette.MutedInk, kind: "name");
        }
    }

    /// <summary>How far from the middle each point stands, so that no two lie on each other; the points rise.</summary>
    internal static double[] Swarm(IReadOnlyList<double> x, double radius)
    {
        var offsets = new double[x.Count];
        var step = radius * 2.05;
        for (var i = 0; i < x.Count; i++)
        {
            // 0, +1, −1, +2, …: the first that is free among the neighbours that could touch; very dense strips overlap at the rim.
            for (var k = 0; k < 40; k++)
            {
                offsets[i] = (k % 2 == 1 ? 1 : -1) * ((k + 1) / 2) * step;
                var free = true;
                for (var j = i - 1; free && j >= 0 && x[i] - x[j] < step; j--) free = offsets[j] != offsets[i];
                if (free) break;
            }
        }

        return offsets;
    }
}
