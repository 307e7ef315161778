using Analys.Domain;
using Analys.Load.Geo;
using NetTopologySuite.Geometries;

namespace Analys.Report;

/// <summary>The outlines of the districts for the report's map, from boundaries that the user supplies.</summary>
internal static class ReportMap
{
    // A border may move by this part of the map's width: less than a pixel.
    private const double Thinning = 1.0 / 1500;

    /// <summary>Reads GeoJSON or a shapefile, projects it to SWEREF 99 TM where it is in degrees, and simplifies it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="id">The property that holds the areas' codes or names.</param>
    public static (IReadOnlyList<MapOutline> Outlines, SourceFile Source) Load(string path, string? id)
    {
        var file = GeoFile.Load(path);
        if (id is null || file.Features.Any(feature => feature.Code(id) is null))
        {
            var fields = file.Features.SelectMany(feature => feature.Properties.Keys).Distinct().Order(StringComparer.Ordinal);
            throw new CallException($"Name the property of the areas' names or codes with --id. There are {string.Join(", ", fields)}.");
        }

        var reference = file.StatedReference ?? (file.CouldBeDegrees ? CoordinateReference.Wgs84 : CoordinateReference.Sweref99Tm);
        var areas = file.Features.Select(feature => reference.IsGeographic ? feature.Geometry.To(reference, CoordinateReference.Sweref99Tm)
            : feature.Geometry).ToList();
        var envelope = new Envelope();
        foreach (var area in areas) envelope.ExpandToInclude(area.EnvelopeInternal);
        var simple = Boundaries.Simplify(areas, Math.Max(envelope.Width, envelope.Height) * Thinning);
        return ([.. file.Features.Select((feature, i) => new MapOutline(feature.Code(id)!, [.. Rings(simple[i])]))], file.Source);
    }

    /// <summary>The rings of an area, holes among them.</summary>
    public static IEnumerable<IReadOnlyList<(double X, double Y)>> Rings(Geometry geometry)
    {
        for (var i = 0; i < geometry.NumGeometries; i++)
        {
            if (geometry.GetGeometryN(i) is not Polygon polygon) continue;
            yield return Points(polygon.ExteriorRing);
            foreach (var hole in polygon.InteriorRings) yield return Points(hole);
        }
    }

    private static IReadOnlyList<(double X, double Y)> Points(LineString ring) => [.. ring.Coordinates.Select(point => (point.X, point.Y))];
}
