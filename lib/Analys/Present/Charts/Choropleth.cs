using System.Text;
using Analys.Present;
using Analys.Present.Svg;

namespace Analys;

/// <summary>The outline of an area: rings of coordinates, in metres or in degrees. Holes are rings too.</summary>
/// <param name="Area">The area's code or name, as the results have it.</param>
/// <param name="Rings">The rings; an area in several pieces has several, or several outlines.</param>
public sealed record MapOutline(string Area, IReadOnlyList<IReadOnlyList<(double X, double Y)>> Rings);

/// <summary>Areas on a map in colour classes, withheld ones hatched.</summary>
/// <remarks>Classes, not a sliding scale, so that a reader can name what a colour means. Swedish: <i>koropletkarta</i>.</remarks>
public static class ChoroplethFigure
{
    /// <summary>Draws a map.</summary>
    /// <param name="released">One result per area.</param>
    /// <param name="outlines">The outlines.</param>
    /// <param name="options">The options.</param>
    public static Figure Choropleth(this Released released, IReadOnlyList<MapOutline> outlines, MapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        ArgumentNullException.ThrowIfNull(outlines);
        options ??= new();
        Rows.OnePerArea(released, options, "map");
        var all = new AreaJoin(released);
        var drawn = outlines.Select(outline => all.Find(outline.Area)).OfType<Result>().ToHashSet(ReferenceEqualityComparer.Instance);
        var city = Rows.Reference(released, options.Reference, options) is { } whole && !drawn.Contains(whole) ? whole : null;
        var rows = Rows.Ranked(released.Where(row => !ReferenceEquals(row, city)), options);
        return FigureMaker.Make(
            released, options, "map", "figure.title.areas", drawing => Draw(drawing, outlines, rows, city, options),
            city is null ? rows : [.. rows, city], reference: city, count: rows.Count);
    }

    private static void Draw(Drawing d, IReadOnlyList<MapOutline> outlines, List<Result> rows, Result? city, MapOptions options)
    {
        var frame = d.Frame;
        var known = rows.Where(row => row.Value.HasNumber).Select(row => row.Value.Number).ToList();
        var classes = ClassBreaks.Make(known, options.Classing, options.Classes,
            options.Middle ?? (city?.Value.HasNumber == true ? city.Value.Number : null), options.Limits,
            ClassBreaks.Step((rows.FirstOrDefault() ?? city!).Unit, known));
        var unit = (rows.FirstOrDefault() ?? city!).Unit;
        var legend = frame.IsNarrow ? 0 : 210;
        var place = MapProjection.Fit(outlines.Concat(options.Water), frame.Width - legend, frame.IsNarrow ? 420 : 520);
        var join = new AreaJoin(rows);
        var missing = false;
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        // Water lies under the areas: what they leave open within the city is seen as lakes and sounds, not as a hole.
        foreach (var water in options.Water) d.Path(Data(water, place), Palette.Water,
            kind: "water").Add(new System.Xml.Linq.XAttribute("fill-rule", "evenodd"));
        foreach (var outline in outlines)
        {
            var row = join.Find(outline.Area);
            using var telling = d.Tell(row);
            if (row is not null) seen.Add(row);
            missing |= row is null;
            var hasNumber = row?.Value.HasNumber == true;
            var fill = hasNumber ? classes.ColourOf(row!.Value.Number) : row?.Value.Status == ValueStatus.Suppressed
                ? d.Hatch : Palette.Paper;
            var path = d.Path(Data(outline, place), fill, Palette.Axis, outlines.Count > 200 ? 0.4 : 0.9, kind: hasNumber
                ? "area" : row is null ? "area nodata" : "area withheld");
            path.Add(new System.Xml.Linq.XAttribute("fill-rule", "evenodd"));
        }

        var numbered = outlines.Count <= 40 ? MapLabels.Draw(d, outlines, place, join, classes, options) : [];
        var (x, y) = frame.IsNarrow ? (0.0, place.Height + 24) : (frame.Width - legend + 16, 14.0);
        var end = Legend.Draw(d, x, y, frame.Width - x, classes, unit, city, rows, options, missing);
        end = MapLabels.Key(d, numbered, x, end, frame.Width - x, options);
        var outside = rows.Where(row => !seen.Contains(row)).Select(options.LabelOf).ToList();
        d.Height = Math.Max(place.Height, end) + 12;
        if (outside.Count == 0) return;
        var lines = TextWrap.Lines($"{d.Texts["figure.outside"]}: {string.Join(", ", outside)}", frame.Width, frame.SmallSize, 6);
        d.Lines(0, d.Height + frame.SmallSize, lines, size: frame.SmallSize, fill: Palette.MutedInk);
        d.Height += (lines.Count * frame.SmallSize * 1.25) + 10;
    }

    private static string Data(MapOutline outline, MapProjection place)
    {
        var data = new StringBuilder();
        foreach (var ring in outline.Rings)
        {
            // A tenth of a pixel is not seen, and there are many points: steps from the one before are the shortest to write.
            var last = (X: 0.0, Y: 0.0);
            var started = false;
            foreach (var point in ring)
            {
                var (x, y) = place.At(point);
                (x, y) = (Math.Round(x, 1), Math.Round(y, 1));
                // Points closer than half a pixel are not seen either.
                if (started && Math.Abs(x - last.X) < 0.5 && Math.Abs(y - last.Y) < 0.5) continue;
                var down = Drawing.N(Math.Round(started ? y - last.Y : y, 1));
                data.Append(started ? 'l' : 'M').Append(Drawing.N(Math.Round(started ? x - last.X : x, 1)))
                    .Append(down[0] == '-' ? "" : " ").Append(down);
                (last, started) = ((x, y), true);
            }

            if (started) data.Append('Z');
        }

        return data.Length == 0 ? "M0 0" : data.ToString();
    }
}

/// <summary>Fits outlines into a box, north up, with one scale on both axes; degrees are made as wide as they are at the map's
/// latitude.</summary>
internal sealed record MapProjection(double MinX, double MaxY, double ScaleX, double ScaleY, double Height)
{
    public static MapProjection Fit(IEnumerable<MapOutline> outlines, double width, double mostHeight)
    {
        double minX = double.PositiveInfinity, maxX = double.NegativeInfinity, minY = double.PositiveInfinity,
            maxY = double.NegativeInfinity;
        foreach (var ring in outlines.SelectMany(outline => outline.Rings))
        {
            foreach (var (x, y) in ring)
            {
                if (!double.IsFinite(x) || !double.IsFinite(y)) continue;
                (minX, maxX, minY, maxY) = (Math.Min(minX, x), Math.Max(maxX, x), Math.Min(minY, y), Math.Max(maxY, y));
            }
        }

        if (minX > maxX) return new(0, 0, 1, 1, 40);
        var degrees = Math.Abs(minX) <= 180 && Math.Abs(maxX) <= 180 && Math.Abs(minY) <= 90 && Math.Abs(maxY) <= 90;
        var narrowing = degrees ? Math.Cos((minY + maxY) / 2 * Math.PI / 180) : 1;
        var scale = Math.Min((width - 2) / Math.Max(1e-12, (maxX - minX) * narrowing), (mostHeight - 2) / Math.Max(1e-12, maxY - minY));
        return new(minX, maxY, scale * narrowing, scale, Math.Max(40, ((maxY - minY) * scale) + 2));
    }

    public (double X, double Y) At((double X, double Y) point) => (1 + ((point.X - MinX) * ScaleX), 1 + ((MaxY - point.Y) * ScaleY));
}

/// <summary>What a tile map or a choropleth can be told.</summary>
public sealed record MapOptions : FigureOptions
{
    /// <summary>The division of the tile map, such as <c>sdo14</c>; null for the one that fits the areas.</summary>
    public string? Division { get; init; }

    /// <summary>How values are put into classes.</summary>
    public Classing Classing { get; init; }

    /// <summary>About how many classes, 2 to 6.</summary>
    public int Classes { get; init; } = 5;

    /// <summary>The limits of the classes; null to make them.</summary>
    public IReadOnlyList<double>? Limits { get; init; }

    /// <summary>The middle of <see cref="Classing.AroundMiddle"/>; null for the city's value, else the median.</summary>
    public double? Middle { get; init; }

    /// <summary>Water beneath the areas, in the outlines' coordinates; empty where it is not known.</summary>
    internal IReadOnlyList<MapOutline> Water { get; init; } = [];

    /// <summary>The area that stands for the whole and is not on the map; null for the whole city where it is among the results.</summary>
    public string? Reference { get; init; }
}

/// <summary>Finds the result of an outline: by the same text, else by the same name where only one result has it.</summary>
/// <remarks>Names are cleaned of footnote digits, which would make one of many codes; so the text itself comes first.</remarks>
internal sealed class AreaJoin
{
    private readonly Dictionary<string, Result> exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Result?> byName = new(StringComparer.Ordinal);

    public AreaJoin(IEnumerable<Result> rows)
    {
        foreach (var row in rows)
        {
            if (row.Area is not { } area) continue;
            exact.TryAdd(area, row);
            if (!byName.TryAdd(AreaName.Key(area), row)) byName[AreaName.Key(area)] = null;
        }
    }

    public Result? Find(string area) =>
        exact.GetValueOrDefault(area) ?? (IsCode(area) ? null : byName.GetValueOrDefault(AreaName.Key(area)));

    // 0180C1010 is a code, Farsta3 a name with a footnote.
    private static bool IsCode(string area) => area.Length > 0 && char.IsAsciiDigit(area[0]);
}
