using System.Text.Json;
using Analys.Domain;

namespace Analys.Present.Figures;

/// <summary>Where a division's districts stand on its tile grid: columns from the west, rows from the north.</summary>
/// <remarks>Read from <c>data-schemas/geography/tiles.json</c>. Swedish: <i>rutkarta</i>.</remarks>
public sealed class TileGrid
{
    private static readonly Lazy<IReadOnlyList<TileGrid>> Shipped = new(Load);

    private TileGrid(string division, IReadOnlyDictionary<string, (int Column, int Row)> tiles, IReadOnlyDictionary<string, string[]> breaks)
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
        ?? throw new ArgumentException($"There are tile grids for {string.Join(", ", All.Select(grid => grid.Division))}.", nameof(division));

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
        return (known.Find(area) ?? known.Areas.FirstOrDefault(other => other.Code == area))?.Name is { } name && Tiles.ContainsKey(name) ? name : null;
    }

    private static IReadOnlyList<TileGrid> Load()
    {
        using var stream = DataSchemas.Open("geography/tiles.json");
        using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { AllowDuplicateProperties = false });
        var breaks = document.RootElement.GetProperty("short").EnumerateObject()
            .ToDictionary(pair => pair.Name, pair => pair.Value.EnumerateArray().Select(line => line.GetString()!).ToArray());
        return [.. document.RootElement.GetProperty("grids").EnumerateArray().Select(grid => new TileGrid(
            grid.GetProperty("division").GetString()!,
            grid.GetProperty("tiles").EnumerateObject().ToDictionary(tile => tile.Name, tile => (tile.Value[0].GetInt32(), tile.Value[1].GetInt32())),
            breaks))];
    }
}
