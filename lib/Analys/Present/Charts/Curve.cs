using Analys.Domain;
using Analys.Present;
using Analys.Present.Svg;

namespace Analys;

/// <summary>What a Lorenz or segregation curve can be told.</summary>
public sealed record CurveOptions : FigureOptions
{
    /// <summary>The name of the curve that a result belongs to; null for group, area or period, whichever differs.</summary>
    public Func<Result, string>? Series { get; init; }

    /// <summary>The name of the horizontal axis; null for that of the segregation curve.</summary>
    public string? XName { get; init; }

    /// <summary>The name of the upright axis; null for that of the segregation curve.</summary>
    public string? YName { get; init; }
}

/// <summary>Cumulated shares against each other, under the diagonal of an even spread.</summary>
/// <remarks>Takes the points as <see cref="CurvePoints"/> writes them. Swedish: <i>lorenzkurva, segregationskurva</i>.</remarks>
public static class CurveFigure
{
    /// <summary>Draws one or several curves.</summary>
    /// <param name="released">The points.</param>
    /// <param name="options">The options.</param>
    public static Figure Curve(this Released released, CurveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        options ??= new();
        var name = Name(released, options);
        var curves = released.GroupBy(name).Select(group => (Name: group.Key, Points: CurvePoints.Read(group)))
            .OrderBy(curve => curve.Name, SwedishOrder.Comparer).ToList();
        return FigureMaker.Make(
            released, options, "curve", "figure.title.curve",
            drawing =>
            Draw(drawing,
                [.. curves.Where(curve => curve.Points.Length > 0)
                    .Select(curve => (curve.Name, (IReadOnlyList<(double, double)>)curve.Points))], options),
            [.. released], Table(released, curves, options), count: curves.Sum(curve => curve.Points.Length));
    }

    private static Func<Result, string> Name(Released rows, CurveOptions options)
    {
        if (options.Series is not null) return options.Series;
        foreach (var part in (ReadOnlySpan<Func<Result, string?>>)[row => row.Group, row => row.Area, row => row.Period,
            row => row.Population?.ToString()])
        {
            if (rows.Select(part).Distinct().Skip(1).Any()) return row => part(row) ?? "";
        }

        return row => row.Group ?? row.Area ?? "";
    }

    private static DataTable Table(Released rows,
        IReadOnlyList<(string Name, System.Collections.Immutable.ImmutableArray<(double X, double Y)> Points)> curves, CurveOptions options)
    {
        var texts = Texts.Of(options.Language);
        var format = NumberFormat.For(options.Language);
        var decimals = options.Decimals ?? 1;
        return new DataTable(
            options.Title ?? texts["figure.title.curve"],
            [texts["figure.table.group"], texts["figure.table.point"], options.XName ?? texts["figure.curve.x"],
                options.YName ?? texts["figure.curve.y"]],
            [.. curves.SelectMany(curve => curve.Points.Select((point, i) =>
                (IReadOnlyList<DataCell>)[curve.Name, new DataCell(format.Number(i), i), Cell(point.X), Cell(point.Y)]))],
            TableMaker.Marks(rows, options.Language));

        DataCell Cell(double share) => new(format.Percent(share, decimals), TableMaker.InHeadingsUnit(share, Units.Share));
    }

    private static void Draw(Drawing d, IReadOnlyList<(string Name, IReadOnlyList<(double X, double Y)> Points)> curves,
        CurveOptions options)
    {
        var frame = d.Frame;
        var small = frame.SmallSize;
        var axis = new ValueAxis([0, 0.2, 0.4, 0.6, 0.8, 1]);
        var left = axis.LabelWidth(d, Units.Share);
        var side = Math.Min(frame.Width - left - 16, 430);
        var nameLines = TextWrap.Lines(options.YName ?? d.Texts["figure.curve.y"], frame.Width, small);
        d.Lines(0, small, nameLines, size: small, fill: Palette.MutedInk);
        var top = (nameLines.Count * small * 1.25) + 12;
        var x = axis.Scale(left, left + side);
        var y = axis.Scale(top + side, top);
        axis.DrawHorizontal(d, y, left, left + side, Units.Share);
        axis.DrawVertical(d, x, top, top + side, Units.Share);
        d.Line(x.At(0), y.At(0), x.At(1), y.At(1), Palette.Axis, 1.4, "5 4", kind: "diagonal");
        var words = d.Text(x.At(0.3), y.At(0.3) - 8, d.Texts["figure.curve.diagonal"], Anchor.Middle, small, Palette.MutedInk);
        words.Add(new System.Xml.Linq.XAttribute("transform", $"rotate(-45 {Drawing.N(x.At(0.3))} {Drawing.N(y.At(0.3) - 8)})"));
        for (var i = 0; i < curves.Count; i++)
        {
            var colour = Palette.Series[i % Palette.Series.Count];
            var points = curves[i].Points.Select(point => (x.Clamped(point.X), y.Clamped(point.Y))).ToList();
            if (i == 0 && curves.Count == 1)
                d.Path("M" + string.Join("L", points.Select(p => $"{Drawing.N(p.Item1)} {Drawing.N(p.Item2)}")) + "Z", "#e3eef6");
            d.Polyline(points, colour, 2.4, Palette.Dashes[i % Palette.Dashes.Count], kind: "curve");
            if (points.Count <= 40)
            {
                foreach (var (px, py) in points.Skip(1).SkipLast(1)) d.Circle(px, py, 2.8, Palette.Paper, colour, 1.6, kind: "point");
            }
        }

        var xLines = TextWrap.Lines(options.XName ?? d.Texts["figure.curve.x"], side + left, small);
        d.Lines(left, top + side + (small * 2) + 14, xLines, size: small, fill: Palette.MutedInk);
        var bottom = top + side + (small * 2) + 14 + ((xLines.Count - 1) * small * 1.25);
        var (keyX, keyY) = frame.IsNarrow ? (0.0, bottom + 24) : (left + side + 34, top + 14);
        for (var i = 0; i < curves.Count && (curves.Count > 1 || curves[i].Name.Length > 0); i++)
        {
            d.Line(keyX, keyY - 4, keyX + 26, keyY - 4, Palette.Series[i % Palette.Series.Count], 2.6,
                Palette.Dashes[i % Palette.Dashes.Count]);
            var lines = TextWrap.Lines(curves[i].Name, frame.Width - keyX - 34, frame.FontSize, 4);
            d.Lines(keyX + 34, keyY, lines);
            keyY += (lines.Count * frame.FontSize * 1.25) + 6;
        }

        d.Height = Math.Max(bottom, frame.IsNarrow ? keyY - frame.LineHeight : keyY) + 10;
    }
}
