using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Linemerge;
using NetTopologySuite.Operation.Polygonize;
using NetTopologySuite.Operation.Union;
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
        // The borders cut where three areas meet, each piece once.
        var merger = new LineMerger();
        merger.Add(UnaryUnionOp.Union(areas.Select(area => area.Boundary).ToList()));
        var polygonizer = new Polygonizer();
        foreach (var line in merger.GetMergedLineStrings()) polygonizer.Add(Simplified(line, tolerance));
        var parts = new List<Geometry>[areas.Count];
        foreach (var polygon in polygonizer.GetPolygons())
        {
            // A piece belongs to the area that most of it lies in; a hole of all belongs to none.
            var owner = -1;
            var largest = polygon.Area / 2;
            for (var i = 0; i < areas.Count; i++)
            {
                if (!areas[i].EnvelopeInternal.Intersects(polygon.EnvelopeInternal)) continue;
                var common = areas[i].Intersection(polygon).Area;
                if (common <= largest) continue;
                (owner, largest) = (i, common);
            }

            if (owner >= 0) (parts[owner] ??= []).Add(polygon);
        }

        return [.. areas.Select((area, i) => parts[i] is { } mine ? UnaryUnionOp.Union(mine) : area)];
    }

    private static Geometry Simplified(Geometry line, double tolerance)
    {
        var simple = DouglasPeuckerSimplifier.Simplify(line, tolerance);
        var needed = line is LineString { IsClosed: true } ? 4 : 2;
        return simple.NumPoints >= needed && simple.IsSimple ? simple : line;
    }
}
