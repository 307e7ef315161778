using System.Text.Json;
using Analys.Domain;

namespace Analys.Report.Questions;

/// <summary>The outlines of Stockholm's districts in each division that is known, and the water between them.</summary>
/// <remarks>They were joined once of the city's 117 stadsdelar, each of which lies in one district of every division since 2007, and then
/// simplified together, so that no border is drawn twice in two places: to join them again for every report would take most of its time. A
/// test holds them to the stadsdelar.</remarks>
internal static class ShippedMap
{
    private static readonly Lazy<(Dictionary<string, IReadOnlyList<MapOutline>> Divisions, IReadOnlyList<MapOutline> Water)> Shipped =
        new(Read);

    /// <summary>The divisions that have a map, the oldest first.</summary>
    public static IReadOnlyList<string> Divisions { get; } = ["sdo14", "sdo13", "sdo11"];

    /// <summary>The water of the city: lakes, and the parts of Mälaren and Saltsjön that lie within its border.</summary>
    public static IReadOnlyList<MapOutline> Water => Shipped.Value.Water;

    /// <summary>The outlines of the division that has nearly all of these areas; null where none has.</summary>
    /// <param name="areas">Names of areas.</param>
    public static IReadOnlyList<MapOutline>? For(IReadOnlyList<string> areas)
    {
        var best = Divisions.Select(division => (Division: division, Known: Geography.Stockholm.Division(division)))
            .Select(item => (item.Division, Count: areas.Count(area => item.Known.Find(area) is not null), item.Known.Count))
            .OrderByDescending(item => item.Item2).ThenBy(item => item.Item3).First();
        return best.Item2 * 10 >= areas.Count * 9 && best.Item2 * 2 > best.Item3 ? Of(best.Division) : null;
    }

    /// <summary>The outlines of a division.</summary>
    /// <param name="division">One of <see cref="Divisions"/>.</param>
    public static IReadOnlyList<MapOutline> Of(string division) => Shipped.Value.Divisions[division];

    /// <summary>The districts of an earlier division that a district was put together of, where all of them are among the names; none where
    /// it was not.</summary>
    /// <param name="district">The district.</param>
    /// <param name="names">Names that a table has.</param>
    public static IReadOnlyList<string> PartsOf(string district, IReadOnlyCollection<string> names)
    {
        var key = AreaName.Key(district);
        var known = names.Select(AreaName.Key).ToHashSet();
        for (var i = 1; i < Divisions.Count; i++)
        {
            var parts = Geography.Stockholm.Crosswalk(Divisions[i - 1], Divisions[i]).Target
                .Where(pair => AreaName.Key(pair.Value) == key).Select(pair => pair.Key).Order(SwedishOrder.Comparer).ToList();
            if (parts.Count > 1 && parts.TrueForAll(part => known.Contains(AreaName.Key(part)))) return parts;
        }

        return [];
    }

    private static (Dictionary<string, IReadOnlyList<MapOutline>> Divisions, IReadOnlyList<MapOutline> Water) Read()
    {
        using var stream = DataSchemas.Open("geography/outlines.json");
        using var document = JsonDocument.Parse(stream);
        var divisions = document.RootElement.GetProperty("divisions").EnumerateObject().ToDictionary(division => division.Name,
            division => (IReadOnlyList<MapOutline>)[.. division.Value.EnumerateObject()
                .Select(area => new MapOutline(area.Name, Rings(area.Value)))]);
        return (divisions, [new MapOutline("", Rings(document.RootElement.GetProperty("water")))]);
    }

    private static IReadOnlyList<IReadOnlyList<(double X, double Y)>> Rings(JsonElement rings) =>
        [.. rings.EnumerateArray().Select(ring => (IReadOnlyList<(double, double)>)[.. ring.EnumerateArray()
            .Select(point => (point[0].GetDouble(), point[1].GetDouble()))])];
}

/// <summary>Which outlines a measure's areas can be drawn on.</summary>
internal static class MapFit
{
    /// <summary>The outlines that carry the areas' names; null where more than one area in ten would have no outline.</summary>
    /// <param name="outlines">The outlines that the user gave; the shipped ones are taken where there are none.</param>
    /// <param name="areas">The areas.</param>
    public static IReadOnlyList<MapOutline>? For(IReadOnlyList<MapOutline> outlines, IReadOnlyList<string> areas)
    {
        if (outlines.Count == 0) return ShippedMap.For(areas);
        var known = outlines.Select(outline => AreaName.Key(outline.Area)).ToHashSet();
        return areas.Count(area => known.Contains(AreaName.Key(area))) * 10 >= areas.Count * 9 ? outlines : null;
    }
}
