using Analys.Disclosure;
using Analys.Domain;
using Analys.Present.Svg;

namespace Analys.Present.Figures;

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
        var city = Rows.Reference(released.Where(row => row.Area is null || grid.Find(row.Area) is null), options.Reference, options);
        var rows = Rows.Ranked(released.Where(row => !ReferenceEquals(row, city)), options);
        return FigureMaker.Make(
            released, options, "tiles", "figure.title.areas", drawing => Draw(drawing, grid, rows, city, options),
            city is null ? rows : [.. rows, city], reference: city, count: rows.Count);
    }

    private static void Draw(Drawing d, TileGrid grid, List<Result> rows, Result? city, MapOptions options)
    {
        var frame = d.Frame;
        var unit = (rows.FirstOrDefault() ?? city!).Unit;
        var classes = ClassBreaks.Make([.. rows.Where(row => row.Value.HasNumber).Select(row => row.Value.Number)], options.Classing, options.Classes, options.Middle ?? (city?.Value.HasNumber == true ? city.Value.Number : null), options.Limits);
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
        var end = Legend.Draw(d, legendX, legendY, frame.Width - legendX, classes, unit, city, rows, options, grid.Tiles.Keys.Any(name => !byTile.ContainsKey(name)));
        foreach (var (row, i) in outside.Select((row, i) => (row, i)))
        {
            if (i == 0)
            {
                bottom = Math.Max(bottom, frame.IsNarrow ? end : 0) + 28;
                d.Text(0, bottom, d.Texts["figure.outside"], bold: true);
            }

            var lines = TextWrap.Lines($"{options.LabelOf(row)} {d.Numbers.Value(row.Value, row.Unit, options.Decimals)}", frame.Width, frame.SmallSize);
            d.Lines(0, bottom + frame.LineHeight, lines, size: frame.SmallSize);
            bottom += lines.Count * frame.SmallSize * 1.25;
        }

        d.Height = Math.Max(bottom, end) + 12;
    }

    private static void Tile(Drawing d, LabelPlacement.Box box, string name, Result? row, TileGrid grid, ClassBreaks classes, MapOptions options)
    {
        var known = row?.Value.HasNumber == true;
        var fill = known ? classes.ColourOf(row!.Value.Number) : row?.Value.Status == ValueStatus.Suppressed ? d.Hatch : Palette.Paper;
        d.Rect(box.X + 0.5, box.Y + 0.5, box.Width - 1, box.Height - 1, fill, Palette.Axis, radius: 3, kind: known ? "tile" : row is null ? "tile nodata" : "tile withheld");
        var ink = known ? Contrast.InkOn(fill) : Palette.Ink;
        var narrow = d.Frame.IsNarrow;
        var size = narrow ? 12 : 13;
        IReadOnlyList<string> lines = narrow && grid.Short.TryGetValue(name, out var broken) ? broken : TextWrap.Lines(name, box.Width - 8, size, 2);
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
            d.Text(middle, top + (i * size * 1.2), lines[i], Anchor.Middle, fits, ink, kind: "tile-name");
        }

        Ground(value, valueSize, top + (lines.Count * size * 1.2) + valueSize - size + 4);
        d.Text(middle, top + (lines.Count * size * 1.2) + valueSize - size + 4, value, Anchor.Middle, valueSize, ink, row is not null, kind: "value");

        // Words need a calm ground under them, also on the hatch.
        void Ground(string text, double at, double baseline)
        {
            if (row?.Value.Status != ValueStatus.Suppressed) return;
            var width = TextWidth.Of(text, at, true) + 4;
            d.Rect(middle - (width / 2), baseline - (at * 0.82), width, at * 1.12, Palette.Paper, kind: "ground");
        }
    }
}
