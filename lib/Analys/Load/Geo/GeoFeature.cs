using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Analys.Load.Geo;

/// <summary>A feature of a GeoJSON file.</summary>
/// <param name="Id">The feature's own id as text; null where it has none.</param>
/// <param name="Properties">Its properties as text; numbers without trailing zeros, so that 114 and 114.0 are one code.</param>
/// <param name="Geometry">Its geometry; heights and measures (Z, M) are left out.</param>
public sealed record GeoFeature(string? Id, ImmutableDictionary<string, string> Properties, Geometry Geometry)
{
    private static readonly GeometryFactory Factory = new();

    /// <summary>The code of the feature under a name: the property of that name, or the feature's own id for <c>id</c>.</summary>
    /// <param name="field">The name.</param>
    public string? Code(string field) => Properties.GetValueOrDefault(field) ?? (field == "id" ? Id : null);

    internal static GeoFeature Read(JsonElement feature)
    {
        var properties = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (feature.TryGetProperty("properties", out var members) && members.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in members.EnumerateObject())
            {
                if (Text(member.Value) is { } text) properties[member.Name] = text;
            }
        }

        var id = feature.TryGetProperty("id", out var own) ? Text(own) : null;
        return new GeoFeature(id, properties.ToImmutable(), Shape(feature.GetProperty("geometry")));
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Trim(),
        JsonValueKind.Number => value.TryGetInt64(out var whole)
            ? whole.ToString(CultureInfo.InvariantCulture)
            : value.GetDouble().ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static Geometry Shape(JsonElement geometry)
    {
        if (geometry.ValueKind == JsonValueKind.Null) return Factory.CreatePolygon();
        if (geometry.GetProperty("type").GetString() == "GeometryCollection")
        {
            return Factory.BuildGeometry(geometry.GetProperty("geometries").EnumerateArray().Select(Shape).ToList());
        }

        var at = geometry.GetProperty("coordinates");
        return geometry.GetProperty("type").GetString() switch
        {
            "Point" => Factory.CreatePoint(Position(at)),
            "MultiPoint" => Factory.CreateMultiPointFromCoords(Positions(at)),
            "Polygon" => Polygon(at),
            "MultiPolygon" => Factory.CreateMultiPolygon([.. at.EnumerateArray().Select(Polygon)]),
            _ => throw new FormatException("Only points and polygons are places."),
        };
    }

    private static Polygon Polygon(JsonElement rings)
    {
        var all = rings.EnumerateArray().Select(ring => Factory.CreateLinearRing(Positions(ring))).ToArray();
        return all.Length == 0 ? Factory.CreatePolygon() : Factory.CreatePolygon(all[0], all[1..]);
    }

    private static Coordinate[] Positions(JsonElement list) => [.. list.EnumerateArray().Select(Position)];

    private static Coordinate Position(JsonElement at)
    {
        var (x, y) = (at[0].GetDouble(), at[1].GetDouble());
        return double.IsFinite(x) && double.IsFinite(y) ? new Coordinate(x, y) : throw new FormatException("A coordinate must be finite.");
    }
}
