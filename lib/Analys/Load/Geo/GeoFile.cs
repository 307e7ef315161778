using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Linemerge;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Polygonize;
using NetTopologySuite.Simplify;

namespace Analys.Load.Geo;

/// <summary>A GeoJSON file (RFC 7946, with the older <c>crs</c> member) or a shapefile: features with their properties and
/// geometries.</summary>
/// <remarks>Without a <c>crs</c> member coordinates are EPSG:4326, as RFC 7946 says.</remarks>
internal sealed class GeoFile
{
    internal GeoFile(IReadOnlyList<GeoFeature> features, CoordinateReference? stated, SourceFile source)
    {
        Features = features;
        StatedReference = stated;
        Source = source;
    }

    /// <summary>The features, in the file's order.</summary>
    public IReadOnlyList<GeoFeature> Features { get; }

    /// <summary>The reference system that the file states; null where it states none.</summary>
    public CoordinateReference? StatedReference { get; }

    /// <summary>The file.</summary>
    public SourceFile Source { get; }

    /// <summary>Whether all coordinates could be longitude and latitude in degrees.</summary>
    public bool CouldBeDegrees => IsWithin(-180, -90, 180, 90);

    /// <summary>Whether all coordinates would, as degrees, lie in or around Sweden: then degrees is what they are.</summary>
    public bool AreSwedishDegrees => IsWithin(4, 53, 32, 72);

    /// <summary>Whether they would, with latitude and longitude exchanged.</summary>
    public bool AreSwedishDegreesExchanged => IsWithin(53, 4, 72, 32);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ExtractRejectedException">It is not a GeoJSON feature collection; the findings say where.</exception>
    public static GeoFile Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = Path.GetFileName(path);
        if (!File.Exists(path)) throw Rejected(name, null, FindingCodes.File, "a file that exists");
        if (Path.GetExtension(path).Equals(".shp", StringComparison.OrdinalIgnoreCase)) return Shapefile.Load(path);
        return Parse(SourceReader.Bytes(path), name);
    }

    /// <summary>Reads the bytes of a GeoJSON file.</summary>
    internal static GeoFile Parse(byte[] bytes, string name)
    {
        try
        {
            // Text that is not UTF-8 is taken over, as that of tables is.
            using var document = JsonDocument.Parse(JsonSource.Clean(bytes));
            return Read(document.RootElement, name, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            var kind = Formats.FileKind.Of(bytes.AsSpan(0, Math.Min(bytes.Length, Formats.FileKind.Sample)), name);
            throw Rejected(name, null, FindingCodes.Source, kind.What is { } what ? $"GeoJSON: this is {what}" : "JSON");
        }
    }

    /// <summary>The areas of some names whose geometry cannot be measured: none, empty, without surface, crossing itself, or on several
    /// features.</summary>
    /// <param name="field">The property that names the areas.</param>
    /// <param name="needed">The names that are needed.</param>
    internal IReadOnlyList<(string Area, string Fault)> Faults(string field, IEnumerable<string> needed)
    {
        var byName =
            Features.Where(feature => feature.Code(field) is not null).ToLookup(feature => feature.Code(field)!, StringComparer.Ordinal);
        var faults = new List<(string, string)>();
        foreach (var area in needed.Distinct(StringComparer.Ordinal))
        {
            var shapes = byName[area].Select(feature => feature.Geometry).ToList();
            var surfaces = shapes.Exists(shape => shape.Dimension == Dimension.Surface);
            var fault = shapes.Count == 0 ? null
                : shapes.Exists(shape => shape.IsEmpty) ? "no geometry"
                : shapes.Count > 1 ? "several features"
                // The halves of a border that crosses itself may take each other's surface away.
                : surfaces && shapes.Exists(shape => !(shape.Area > 0) && (shape.IsValid || !(Mended(shape).Area > 0))) ? "no surface"
                : shapes.Exists(shape => !shape.IsValid) ? "a border that crosses itself" : null;
            if (fault is not null) faults.Add((area, fault));
        }

        return faults;
    }

    /// <summary>The same file with borders that cross themselves mended and features of one name taken together.</summary>
    /// <param name="field">The property that names the areas.</param>
    /// <param name="areas">The areas to mend.</param>
    internal GeoFile Repaired(string field, IReadOnlySet<string> areas)
    {
        var features = new List<GeoFeature>();
        foreach (var group in Features.GroupBy(feature => feature.Code(field) is { } name && areas.Contains(name) ? name : null))
        {
            if (group.Key is null)
            {
                features.AddRange(group);
                continue;
            }

            var first = group.First();
            var parts = group.Select(feature => Mended(feature.Geometry)).ToList();
            features.Add(first with { Geometry = parts is [var one] ? one : UnaryUnionNG.Union(parts, new PrecisionModel()) });
        }

        return new GeoFile(features, StatedReference, Source);
    }

    private static NetTopologySuite.Geometries.Geometry Mended(NetTopologySuite.Geometries.Geometry shape) =>
        NetTopologySuite.Geometries.Utilities.GeometryFixer.Fix(shape);

    private bool IsWithin(double west, double south, double east, double north) =>
        Features.All(feature => feature.Geometry.EnvelopeInternal is var box
        && (box.IsNull || (box.MinX >= west && box.MaxX <= east && box.MinY >= south && box.MaxY <= north)));

    private static GeoFile Read(JsonElement root, string name, string hash)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("features", out var list)
            || list.ValueKind != JsonValueKind.Array)
        {
            throw Rejected(name, null, FindingCodes.Source, "a GeoJSON FeatureCollection");
        }

        var features = new List<GeoFeature>();
        foreach (var element in list.EnumerateArray())
        {
            try
            {
                features.Add(GeoFeature.Read(element));
            }
            catch (Exception e) when (e is FormatException or InvalidOperationException or KeyNotFoundException
                or ArgumentException or IndexOutOfRangeException)
            {
                throw Rejected(name, features.Count + 1, FindingCodes.Type, "a GeoJSON feature with a point or polygon");
            }
        }

        return new GeoFile(features, Reference(root, name), new SourceFile(name, hash, features.Count));
    }

    private static CoordinateReference? Reference(JsonElement root, string name)
    {
        if (!root.TryGetProperty("crs", out var crs) || crs.ValueKind == JsonValueKind.Null) return null;
        if (crs.ValueKind == JsonValueKind.Object && crs.TryGetProperty("properties", out var properties)
            && properties.ValueKind == JsonValueKind.Object
            && properties.TryGetProperty("name", out var text) && text.ValueKind == JsonValueKind.String)
        {
            try
            {
                return CoordinateReference.Parse(text.GetString()!);
            }
            catch (FormatException)
            {
                // Falls through: a system that we cannot project is as unusable as none.
            }
        }

        throw Rejected(name, null, FindingCodes.Schema, "a crs that is EPSG:4326, EPSG:3006 or EPSG:3011");
    }

    private static ExtractRejectedException Rejected(string file, long? feature, string code, string expected) =>
        new(file, [new Finding(code, file, feature, null, null, expected)]);
}

/// <summary>A feature of a GeoJSON file.</summary>
/// <param name="Id">The feature's own id as text; null where it has none.</param>
/// <param name="Properties">Its properties as text; numbers without trailing zeros, so that 114 and 114.0 are one code.</param>
/// <param name="Geometry">Its geometry; heights and measures (Z, M) are left out.</param>
internal sealed record GeoFeature(string? Id, ImmutableDictionary<string, string> Properties, Geometry Geometry)
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

/// <summary>Areas made simpler for a map: neighbours keep one common border.</summary>
internal static class Boundaries
{
    /// <summary>The geometries with fewer points. Borders are simplified once for both their sides, so that no gap or overlap
    /// opens.</summary>
    /// <param name="areas">Polygons that do not overlap.</param>
    /// <param name="tolerance">How far a border may move, in the unit of the coordinates. Douglas and Peucker (1973).</param>
    /// <returns>As many geometries in the same order; an area that would vanish keeps its form.</returns>
    public static IReadOnlyList<Geometry> Simplify(IReadOnlyList<Geometry> areas, double tolerance)
    {
        ArgumentNullException.ThrowIfNull(areas);
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        if (areas.Count == 0) return [];
        // The borders cut where three areas meet, each piece once; sources draw a common border twice with tiny differences.
        var grid = new PrecisionModel(100 / Math.Max(tolerance, 1e-9));
        var merger = new LineMerger();
        merger.Add(UnaryUnionNG.Union(areas.Select(area => area.Boundary).ToList(), grid));
        var polygonizer = new Polygonizer();
        // Simplified lines may touch or cross: they are cut again there, or faces would run together.
        polygonizer.Add(UnaryUnionNG.Union(merger.GetMergedLineStrings().Select(line => Simplified(line, tolerance)).ToList(), grid));
        var parts = new List<Geometry>[areas.Count];
        foreach (var polygon in polygonizer.GetPolygons())
        {
            // A piece belongs to the area that its inside lies in; a hole belongs to none.
            var inside = polygon.InteriorPoint;
            for (var i = 0; i < areas.Count; i++)
            {
                if (!areas[i].EnvelopeInternal.Covers(inside.Coordinate) || !areas[i].Covers(inside)) continue;
                (parts[i] ??= []).Add(polygon);
                break;
            }
        }

        return [.. areas.Select((area, i) => parts[i] is { } mine ? UnaryUnionNG.Union(mine, grid) : area)];
    }

    private static Geometry Simplified(Geometry line, double tolerance)
    {
        var simple = DouglasPeuckerSimplifier.Simplify(line, tolerance);
        var needed = line is LineString { IsClosed: true } ? 4 : 2;
        return simple.NumPoints >= needed && simple.IsSimple ? simple : line;
    }
}
