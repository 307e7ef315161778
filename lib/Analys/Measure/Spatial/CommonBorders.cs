using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace Analys.Measure.Spatial;

/// <summary>Finds which polygons touch and along how long a border, also where one has vertices that the other lacks.</summary>
/// <remarks>
/// Segments of two borders count as common where they lie on one line within a tolerance of 1e-8 of the map's extent (a third of a
/// millimetre over 30 km): rounded coordinates leave no more than that between borders drawn from one line.
/// </remarks>
public static class CommonBorders
{
    /// <summary>The pairs that touch, each once, with the length of their common border in the coordinates' unit.</summary>
    /// <param name="shapes">The units' polygons.</param>
    public static IReadOnlyList<Border> Of(IReadOnlyList<Geometry> shapes)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        var extent = new Envelope();
        foreach (var shape in shapes) extent.ExpandToInclude(shape.EnvelopeInternal);
        var tolerance = 1e-8 * extent.Diameter;
        var tree = new STRtree<int>();
        for (var i = 0; i < shapes.Count; i++)
        {
            if (!shapes[i].IsEmpty) tree.Insert(shapes[i].EnvelopeInternal, i);
        }

        var segments = shapes.Select(Segments).ToArray();
        var found = new List<Border>[shapes.Count];
        if (!tree.IsEmpty) tree.Build();
        Parallel.For(0, shapes.Count, i =>
        {
            found[i] = [];
            if (shapes[i].IsEmpty) return;
            var around = shapes[i].EnvelopeInternal.Copy();
            around.ExpandBy(tolerance);
            foreach (var j in tree.Query(around).Order())
            {
                if (j > i && Common(segments[i], segments[j], tolerance) is { } length) found[i].Add(new Border(i, j, length));
            }
        });
        return [.. found.SelectMany(list => list)];
    }

    private static Envelope Box(LineSegment segment) => new(segment.P0, segment.P1);

    private static (LineSegment Line, Envelope Box)[] Segments(Geometry shape)
    {
        var segments = new List<(LineSegment, Envelope)>();
        for (var part = 0; part < shape.NumGeometries; part++)
        {
            if (shape.GetGeometryN(part) is not Polygon polygon) continue;
            foreach (var ring in polygon.InteriorRings.Prepend(polygon.ExteriorRing))
            {
                var points = ring.Coordinates;
                for (var i = 1; i < points.Length; i++)
                {
                    var line = new LineSegment(points[i - 1], points[i]);
                    if (line.Length > 0) segments.Add((line, Box(line)));
                }
            }
        }

        return [.. segments];
    }

    // The length of the common border; null where the two do not touch.
    private static double? Common((LineSegment Line, Envelope Box)[] one, (LineSegment Line, Envelope Box)[] other, double tolerance)
    {
        var meeting = Near(one, other, tolerance);
        if (meeting.Length == 0) return null;
        var against = Near(other, one, tolerance);
        double? length = null;
        foreach (var (a, boxA) in meeting)
        {
            foreach (var (b, boxB) in against)
            {
                if (boxA.MinX > boxB.MaxX + tolerance || boxB.MinX > boxA.MaxX + tolerance
                    || boxA.MinY > boxB.MaxY + tolerance || boxB.MinY > boxA.MaxY + tolerance) continue;
                if (Overlap(a, b, tolerance) is var overlap and > 0) length = (length ?? 0) + overlap;
                else if (length is null && a.Distance(b) <= tolerance) length = 0;
            }
        }

        return length;
    }

    private static (LineSegment Line, Envelope Box)[] Near((LineSegment Line, Envelope Box)[] segments, (LineSegment Line, Envelope Box)[] other, double tolerance)
    {
        var box = new Envelope();
        foreach (var (_, around) in other) box.ExpandToInclude(around);
        box.ExpandBy(tolerance);
        return Array.FindAll(segments, segment => segment.Box.Intersects(box));
    }

    // How much of the two lines runs together: the shorter is laid along the longer.
    private static double Overlap(LineSegment a, LineSegment b, double tolerance)
    {
        var (line, along) = a.Length >= b.Length ? (a, b) : (b, a);
        if (line.DistancePerpendicular(along.P0) > tolerance || line.DistancePerpendicular(along.P1) > tolerance) return 0;
        double from = line.ProjectionFactor(along.P0), to = line.ProjectionFactor(along.P1);
        var overlap = (Math.Min(1, Math.Max(from, to)) - Math.Max(0, Math.Min(from, to))) * line.Length;
        return overlap > tolerance ? overlap : 0;
    }
}
