using System.Text.Json;
using Analys.Domain;
using Analys.Load.Geo;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Union;

namespace Analys.Report.Questions;

/// <summary>The outlines of Stockholm's districts in each division that is known, put together of the city's 117 stadsdelar.</summary>
/// <remarks>A stadsdel lies in one district of every division since 2007, so each division's map is a union of the same pieces and no
/// border is drawn
/// twice in two places.</remarks>
internal static class ShippedMap
{
    // A border may move by this part of the map's width: about a pixel and a half. An islet or a gap between pieces that is smaller than a
    // square
    // of the other part is not seen.
    private const double Thinning = 1.0 / 350, Islet = 1.0 / 80;
    private static readonly string[] Divisions = ["sdo14", "sdo13", "sdo11"];
    private static readonly Lazy<IReadOnlyList<(Geometry Shape, IReadOnlyDictionary<string, string> District)>> Pieces = new(Read);
    private static readonly Dictionary<string, Lazy<IReadOnlyList<MapOutline>>> Maps =
        Divisions.ToDictionary(division => division, division => new Lazy<IReadOnlyList<MapOutline>>(() => Join(division)));

    /// <summary>The outlines of the division that has nearly all of these areas; null where none has.</summary>
    /// <param name="areas">Names of areas.</param>
    public static IReadOnlyList<MapOutline>? For(IReadOnlyList<string> areas)
    {
        var best = Divisions.Select(division => (Division: division, Known: Geography.Stockholm.Division(division)))
            .Select(item => (item.Division, Count: areas.Count(area => item.Known.Find(area) is not null), item.Known.Count))
            .OrderByDescending(item => item.Item2).ThenBy(item => item.Item3).First();
        return best.Item2 * 10 >= areas.Count * 9 && best.Item2 * 2 > best.Item3 ? Maps[best.Division].Value : null;
    }

    /// <summary>The water of the city: lakes, and the parts of Mälaren and Saltsjön that lie within its border.</summary>
    public static IReadOnlyList<MapOutline> Water => Sea.Value;

    /// <summary>The districts of an earlier division that a district was put together of, among the names; none where it was not.</summary>
    /// <param name="district">The district.</param>
    /// <param name="names">Names that a table has.</param>
    public static IReadOnlyList<string> PartsOf(string district, IReadOnlyCollection<string> names)
    {
        var key = AreaName.Key(district);
        foreach (var (division, earlier) in (ReadOnlySpan<(string, string)>)[("sdo13", "sdo14"), ("sdo11", "sdo13")])
        {
            var parts = Pieces.Value.Where(piece => AreaName.Key(piece.District[division]) == key).Select(piece => piece.District[earlier])
                .Distinct().Order(SwedishOrder.Comparer).ToList();
            if (parts.Count > 1 && parts.TrueForAll(part => names.Any(name => AreaName.Key(name) == AreaName.Key(part)))) return parts;
        }

        return [];
    }

    private static readonly Lazy<IReadOnlyList<MapOutline>> Sea = new(() =>
    {
        var water = Shapes("geography/vatten-2021.geojson").Select(item => item.Shape).ToList();
        // A shore that is moved by simplifying lies beneath the land, which is drawn on top.
        return [.. water.Select(shape => new MapOutline("", [.. ReportMap.Rings(shape)]))];
    });

    private static List<MapOutline> Join(string division)
    {
        var districts = Pieces.Value.GroupBy(piece => piece.District[division]).OrderBy(group => group.Key, SwedishOrder.Comparer)
            .Select(group => (Name: group.Key, Shape: UnaryUnionOp.Union([.. group.Select(piece => piece.Shape)]))).ToList();
        var envelope = new Envelope();
        foreach (var (_, shape) in districts) envelope.ExpandToInclude(shape.EnvelopeInternal);
        var simple = Boundaries.Simplify(districts.ConvertAll(district => district.Shape), envelope.Width * Thinning);
        var least = envelope.Width * Islet * envelope.Width * Islet;
        return [.. districts.Select((district, i) => new MapOutline(district.Name,
            [.. ReportMap.Rings(simple[i]).Where(ring => Size(ring) >= least)]))];
    }

    // The area of a ring, by the shoelace formula.
    private static double Size(IReadOnlyList<(double X, double Y)> ring)
    {
        var twice = 0.0;
        for (var i = 1; i < ring.Count; i++) twice += (ring[i - 1].X * ring[i].Y) - (ring[i].X * ring[i - 1].Y);
        return Math.Abs(twice) / 2;
    }

    private static List<(Geometry, IReadOnlyDictionary<string, string>)> Read() => Shapes("geography/stadsdelar-2021.geojson")
        .ConvertAll(item => (item.Shape, (IReadOnlyDictionary<string, string>)Divisions.ToDictionary(
            division => division, division => item.Properties.GetProperty(division).GetString()!)));

    private static List<(Geometry Shape, JsonElement Properties)> Shapes(string file)
    {
        using var stream = DataSchemas.Open(file);
        using var document = JsonDocument.Parse(stream);
        var factory = new GeometryFactory();
        return [.. document.RootElement.GetProperty("features").EnumerateArray().Select(feature => (
            (Geometry)factory.CreateMultiPolygon([.. feature.GetProperty("geometry").GetProperty("coordinates").EnumerateArray()
                .Select(Polygon)]),
            feature.GetProperty("properties").Clone()))];

        Polygon Polygon(JsonElement rings)
        {
            var all = rings.EnumerateArray().Select(ring => factory.CreateLinearRing(
                [.. ring.EnumerateArray().Select(point => new Coordinate(point[0].GetDouble(), point[1].GetDouble()))])).ToList();
            return factory.CreatePolygon(all[0], [.. all.Skip(1)]);
        }
    }
}
