using System.Text.Json;
using Analys.Domain;
using Analys.Present;
using Analys.Present.Svg;

namespace Analys;

/// <summary>The districts as squares of one size, placed as on a map, in colour classes with name and value.</summary>
/// <remarks>Every district counts alike, whatever its area. Swedish: <i>rutkarta</i>.</remarks>
public static class TileMapFigure
{
    /// <summary>Draws a tile map.</summary>
    /// <param name="released">One result per district.</param>
    /// <param name="options">The options.</param>
    public static Figure TileMap(this Released released, MapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        options ??= new();
        Rows.OnePerArea(released, options, "tile map");
        var areas = released.Select(row => row.Area).OfType<string>().ToList();
        var grid = options.Division is { } division ? TileGrid.Of(division) : TileGrid.For(areas);
        var city = Rows.Reference(released, options.Reference, options) is { } whole
            && (whole.Area is null || grid.Find(whole.Area) is null) ? whole : null;
        var rows = Rows.Ranked(released.Where(row => !ReferenceEquals(row, city)), options);
        return FigureMaker.Make(
            released, options, "tiles", "figure.title.areas", drawing => Draw(drawing, grid, rows, city, options),
            city is null ? rows : [.. rows, city], reference: city, count: rows.Count);
    }

    private static void Draw(Drawing d, TileGrid grid, List<Result> rows, Result? city, MapOptions options)
    {
        var frame = d.Frame;
        var unit = (rows.FirstOrDefault() ?? city!).Unit;
        List<double> values = [.. rows.Where(row => row.Value.HasNumber).Select(row => row.Value.Number)];
        var classes = ClassBreaks.Make(values, options.Classing, options.Classes,
            options.Middle ?? (city?.Value.HasNumber == true ? city.Value.Number : null), options.Limits, ClassBreaks.Step(unit, values));
        var columns = grid.Tiles.Values.Max(tile => tile.Column) + 1;
        var gap = frame.IsNarrow ? 3 : 5;
        var side = frame.IsNarrow ? (frame.Width - (gap * (columns - 1))) / columns : 104;
        var height = frame.IsNarrow ? side : 84;
        var byTile = new Dictionary<string, Result>(StringComparer.Ordinal);
        var outside = new List<Result>();
        foreach (var row in rows)
        {
            if (row.Area is { } area && grid.Find(area) is { } tile && byTile.TryAdd(tile, row)) continue;
            outside.Add(row);
        }

        var bottom = 0.0;
        foreach (var (name, (column, line)) in grid.Tiles.OrderBy(tile => tile.Value.Row).ThenBy(tile => tile.Value.Column))
        {
            var box = new LabelPlacement.Box(column * (side + gap), line * (height + gap), side, height);
            Tile(d, box, name, byTile.GetValueOrDefault(name), grid, classes, options);
            bottom = Math.Max(bottom, box.Y + height);
        }

        // Beside the map there is room on a page; below it on a telephone.
        var mapWidth = (columns * (side + gap)) - gap;
        var (legendX, legendY) = frame.IsNarrow ? (0.0, bottom + 22) : (mapWidth + 30, 14.0);
        var end = Legend.Draw(d, legendX, legendY, frame.Width - legendX, classes, unit, city, rows, options,
            grid.Tiles.Keys.Any(name => !byTile.ContainsKey(name)));
        foreach (var (row, i) in outside.Select((row, i) => (row, i)))
        {
            if (i == 0)
            {
                bottom = Math.Max(bottom, frame.IsNarrow ? end : 0) + 28;
                d.Text(0, bottom, d.Texts["figure.outside"], bold: true);
            }

            var lines = TextWrap.Lines($"{options.LabelOf(row)} {d.Numbers.Value(row.Value, row.Unit, options.Decimals)}", frame.Width,
                frame.SmallSize);
            d.Lines(0, bottom + frame.LineHeight, lines, size: frame.SmallSize);
            bottom += lines.Count * frame.SmallSize * 1.25;
        }

        d.Height = Math.Max(bottom, end) + 12;
    }

    private static void Tile(Drawing d, LabelPlacement.Box box, string name, Result? row, TileGrid grid, ClassBreaks classes,
        MapOptions options)
    {
        using var telling = d.Tell(row);
        var known = row?.Value.HasNumber == true;
        var fill = known ? classes.ColourOf(row!.Value.Number) : row?.Value.Status == ValueStatus.Suppressed ? d.Hatch : Palette.Paper;
        d.Rect(box.X + 0.5, box.Y + 0.5, box.Width - 1, box.Height - 1, fill, Palette.Axis, radius: 3, kind: known ? "tile" : row is null
            ? "tile nodata" : "tile withheld");
        var ink = known ? Contrast.InkOn(fill) : Palette.Ink;
        var narrow = d.Frame.IsNarrow;
        var size = narrow ? 12 : 13;
        IReadOnlyList<string> lines = narrow && grid.Short.TryGetValue(name, out var broken)
            ? broken : TextWrap.Lines(name, box.Width - 8, size, 2);
        var value = row is null ? d.Texts["figure.nodata.short"] : d.Numbers.Value(row.Value, row.Unit, options.Decimals);
        var middle = box.X + (box.Width / 2);
        var valueSize = row is null ? 12 : narrow ? 14 : 17;
        // A long amount is written smaller rather than past the tile's edge.
        while (valueSize > 11 && TextWidth.Of(value, valueSize, true) > box.Width - 6) valueSize--;
        var top = box.Y + (box.Height / 2) - (((lines.Count * size * 1.2) + valueSize + 4) / 2) + size - 2;
        for (var i = 0; i < lines.Count; i++)
        {
            var fits = size;
            while (fits > 10 && TextWidth.Of(lines[i], fits) > box.Width - 3) fits--;
            Ground(lines[i], fits, top + (i * size * 1.2));
            d.Text(middle, top + (i * size * 1.2), lines[i], Anchor.Middle, fits, ink, kind: known ? "tile-name inked" : "tile-name");
        }

        Ground(value, valueSize, top + (lines.Count * size * 1.2) + valueSize - size + 4);
        d.Text(middle, top + (lines.Count * size * 1.2) + valueSize - size + 4, value, Anchor.Middle, valueSize, ink, row is not null,
            kind: known ? "value inked" : "value");

        // Words need a calm ground under them, also on the hatch.
        void Ground(string text, double at, double baseline)
        {
            if (row?.Value.Status != ValueStatus.Suppressed) return;
            var width = TextWidth.Of(text, at, true) + 4;
            d.Rect(middle - (width / 2), baseline - (at * 0.82), width, at * 1.12, Palette.Paper, kind: "ground");
        }
    }
}

/// <summary>Where a division's districts stand on its tile grid: columns from the west, rows from the north.</summary>
/// <remarks>Read from <c>data-schemas/geography/tiles.json</c>. Swedish: <i>rutkarta</i>.</remarks>
internal sealed class TileGrid
{
    private static readonly Lazy<IReadOnlyList<TileGrid>> Shipped = new(Load);

    private TileGrid(string division, IReadOnlyDictionary<string, (int Column, int Row)> tiles, IReadOnlyDictionary<string,
        string[]> breaks)
    {
        Division = division;
        Tiles = tiles;
        Short = breaks;
    }

    /// <summary>The grids that ship with the library.</summary>
    public static IReadOnlyList<TileGrid> All => Shipped.Value;

    /// <summary>The division's id, such as <c>sdo14</c>.</summary>
    public string Division { get; }

    /// <summary>The tiles by the district's name.</summary>
    public IReadOnlyDictionary<string, (int Column, int Row)> Tiles { get; }

    internal IReadOnlyDictionary<string, string[]> Short { get; }

    /// <summary>The grid of a division.</summary>
    /// <param name="division">Such as <c>sdo14</c>.</param>
    /// <exception cref="ArgumentException">There is no grid of it; the message names those there are.</exception>
    public static TileGrid Of(string division) => All.FirstOrDefault(grid => grid.Division == division)
        ?? throw new ArgumentException($"There are tile grids for {string.Join(", ", All.Select(grid => grid.Division))}.",
            nameof(division));

    /// <summary>The grid on which most of these areas have a tile, of equals the one with fewest tiles left over.</summary>
    /// <param name="areas">Names or codes of areas.</param>
    public static TileGrid For(IReadOnlyCollection<string> areas) => All
        .OrderByDescending(grid => areas.Count(area => grid.Find(area) is not null))
        .ThenBy(grid => grid.Tiles.Count)
        .First();

    /// <summary>The name of the tile of an area, by name or code; null where it has none.</summary>
    /// <param name="area">The name, however it is written, or the code.</param>
    public string? Find(string area)
    {
        if (Tiles.ContainsKey(area)) return area;
        var known = Geography.Stockholm.Division(Division);
        return (known.Find(area) ?? known.Areas.FirstOrDefault(other => other.Code == area))?.Name is { } name && Tiles.ContainsKey(name)
            ? name : null;
    }

    private static IReadOnlyList<TileGrid> Load()
    {
        using var stream = DataSchemas.Open("geography/tiles.json");
        using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { AllowDuplicateProperties = false });
        var breaks = document.RootElement.GetProperty("short").EnumerateObject()
            .ToDictionary(pair => pair.Name, pair => pair.Value.EnumerateArray().Select(line => line.GetString()!).ToArray());
        return [.. document.RootElement.GetProperty("grids").EnumerateArray().Select(grid => new TileGrid(
            grid.GetProperty("division").GetString()!,
            grid.GetProperty("tiles").EnumerateObject()
            .ToDictionary(tile => tile.Name, tile => (tile.Value[0].GetInt32(), tile.Value[1].GetInt32())),
            breaks))];
    }
}

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

    public static ClassBreaks Make(IReadOnlyList<double> values, Classing classing, int count, double? middle, IReadOnlyList<double>? given,
        double step = 0)
    {
        if (given is { Count: > 1 }) return Sequential([.. given.Distinct().Order()]);
        if (values.Count == 0) return Sequential([0, 1]);
        var sorted = values.Order().ToArray();
        return classing switch
        {
            Classing.Quantiles => Sequential(Quantiles(sorted, count, step)),
            Classing.AroundMiddle => Diverging(sorted, middle ?? Median(sorted)),
            // A scale that nearly reaches zero starts there.
            _ => Sequential(Ticks.Classes(sorted[0] >= 0 && sorted[0] < 0.4 * sorted[^1]
                ? 0 : sorted[0], sorted[^1], Math.Clamp(count, 2, Palette.Sequential.Count))),
        };
    }

    /// <summary>The legend's words for a class.</summary>
    public string Label(int i, NumberFormat numbers, Texts texts, string unit)
    {
        var decimals = NumberFormat.DecimalsNeeded(openEnds ? Limits[1..^1] : Limits, unit);
        if (openEnds && i == 0) return texts.Get("figure.class.below", ("limit", numbers.Value(Limits[1], unit, decimals)));
        if (openEnds && i == Count - 1) return texts.Get("figure.class.above", ("limit", numbers.Value(Limits[i], unit, decimals)));
        // The unit is said once, after the upper limit.
        var lower = unit == Units.Share ? numbers.Points(Limits[i], decimals) : numbers.Number(Limits[i], decimals);
        return texts.Get(i == Count - 1 ? "figure.class.last" : "figure.class.range", ("lower", lower),
            ("upper", numbers.Value(Limits[i + 1], unit, decimals)));
    }

    private static double Median(double[] sorted) => sorted[sorted.Length / 2];

    /// <summary>The step that limits are rounded down to, so that the legend says no more decimals than the numbers on the map.</summary>
    public static double Step(string unit, IReadOnlyList<double> values)
    {
        if (unit == Units.Share) return 0.001;
        var largest = values.Select(Math.Abs).DefaultIfEmpty(0).Max();
        return largest > 0 ? Math.Pow(10, Math.Floor(Math.Log10(largest)) - 2) : 0;
    }

    private static double[] Quantiles(double[] sorted, int count, double step)
    {
        double Down(double value)
        {
            var down = step > 0 ? Math.Floor((value / step) + 1e-9) * step : value;
            // A value that stands at a step is its own limit to the last bit, or it would fall below itself.
            return Math.Abs(down - value) <= 1e-9 * step ? value : down;
        }

        var limits = new List<double> { Down(sorted[0]) };
        for (var k = 1; k < count; k++)
        {
            var limit = Down(sorted[Math.Min(sorted.Length - 1, k * sorted.Length / count)]);
            if (limit > limits[^1]) limits.Add(limit);
        }

        var last = step > 0 ? Math.Ceiling((sorted[^1] / step) - 1e-9) * step : sorted[^1];
        if (last > limits[^1]) limits.Add(last);
        else if (limits.Count == 1) limits.Add(limits[0] + step);
        return [.. limits];
    }

    private static ClassBreaks Sequential(double[] limits)
    {
        if (limits.Length < 2) limits = [limits.FirstOrDefault(), limits.FirstOrDefault()];
        if (limits.Length > Palette.Sequential.Count + 1) limits = [.. limits.Take(Palette.Sequential.Count), limits[^1]];
        var classes = limits.Length - 1;
        // Few classes lie far apart: the lightest is the least and the darkest but one the most.
        var darkest = Math.Max(classes - 1, Palette.Sequential.Count - 2);
        return new(limits,
            [.. Enumerable.Range(0, classes)
                .Select(i => Palette.Sequential[classes == 1 ? 1 : (int)Math.Round(i * darkest / (classes - 1.0))])]);
    }

    private static ClassBreaks Diverging(double[] sorted, double middle)
    {
        var reach = Math.Max(Math.Abs(sorted[0] - middle), Math.Abs(sorted[^1] - middle));
        if (reach == 0) reach = 1;
        var ticks = Ticks.Around(0, reach, 4);
        var step = ticks[1] - ticks[0];
        double[] limits = [middle - (2.5 * step), middle - (1.5 * step), middle - (0.5 * step), middle + (0.5 * step),
            middle + (1.5 * step), middle + (2.5 * step)];
        limits[0] = Math.Min(limits[0], sorted[0]);
        limits[^1] = Math.Max(limits[^1], sorted[^1]);
        return new(limits, [Palette.Diverging[0], Palette.Diverging[2], Palette.Diverging[3], Palette.Diverging[4], Palette.Diverging[6]],
            openEnds: true);
    }
}
