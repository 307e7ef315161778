using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Linemerge;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Polygonize;
using NetTopologySuite.Simplify;

namespace Analys.Load.Geo;

/// <summary>Areas made simpler for a map: neighbours keep one common border.</summary>
public static class Boundaries
{
    /// <summary>The geometries with fewer points. Borders are simplified once for both their sides, so that no gap or overlap opens.</summary>
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
