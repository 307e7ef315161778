using System.Security.Cryptography;
using System.Text.Json;
using Analys.Domain;
using Analys.Load.Sources;

namespace Analys.Load.Geo;

/// <summary>A GeoJSON file (RFC 7946, with the older <c>crs</c> member) or a shapefile: features with their properties and geometries.</summary>
/// <remarks>Without a <c>crs</c> member coordinates are EPSG:4326, as RFC 7946 says.</remarks>
public sealed class GeoFile
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

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ExtractRejectedException">It is not a GeoJSON feature collection; the findings say where.</exception>
    public static GeoFile Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = Path.GetFileName(path);
        if (!File.Exists(path)) throw Rejected(name, null, FindingCodes.File, "a file that exists");
        if (Path.GetExtension(path).Equals(".shp", StringComparison.OrdinalIgnoreCase)) return Shapefile.Load(path);
        var bytes = SourceReader.Bytes(path);
        try
        {
            ReadOnlyMemory<byte> json = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement, name, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        catch (JsonException)
        {
            throw Rejected(name, null, FindingCodes.Source, "JSON");
        }
    }

    private bool IsWithin(double west, double south, double east, double north) => Features.All(feature => feature.Geometry.EnvelopeInternal is var box
        && (box.IsNull || (box.MinX >= west && box.MaxX <= east && box.MinY >= south && box.MaxY <= north)));

    private static GeoFile Read(JsonElement root, string name, string hash)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("features", out var list) || list.ValueKind != JsonValueKind.Array)
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
            catch (Exception e) when (e is FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException)
            {
                throw Rejected(name, features.Count + 1, FindingCodes.Type, "a GeoJSON feature with a point or polygon");
            }
        }

        return new GeoFile(features, Reference(root, name), new SourceFile(name, hash, features.Count));
    }

    private static CoordinateReference? Reference(JsonElement root, string name)
    {
        if (!root.TryGetProperty("crs", out var crs) || crs.ValueKind == JsonValueKind.Null) return null;
        if (crs.ValueKind == JsonValueKind.Object && crs.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
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
