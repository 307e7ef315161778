using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace Analys.Measure.Space;

/// <summary>Two units that touch.</summary>
/// <param name="First">The one.</param>
/// <param name="Second">The other.</param>
/// <param name="Length">The length of their common border in metres; 0 where they meet in corners only; NaN where it is not known.</param>
internal readonly record struct Border(int First, int Second, double Length);

/// <summary>Which units touch which, and along how long a border. Each pair is kept in both directions.</summary>
/// <remarks>Swedish: <i>grannskap</i>.</remarks>
internal sealed class Adjacency
{
    private readonly int[] starts;
    private readonly int[] neighbours;
    private readonly double[] lengths;

    /// <summary>Adjacency of units.</summary>
    /// <param name="units">The number of units.</param>
    /// <param name="borders">The pairs, each in one direction or in both; a unit is not its own neighbour.</param>
    public Adjacency(int units, IEnumerable<Border> borders)
    {
        ArgumentNullException.ThrowIfNull(borders);
        var both = new SortedDictionary<(int, int), double>();
        foreach (var (first, second, length) in borders)
        {
            if (first == second) continue;
            both[(first, second)] = length;
            both[(second, first)] = length;
        }

        starts = new int[units + 1];
        neighbours = new int[both.Count];
        lengths = new double[both.Count];
        var at = 0;
        foreach (var ((first, second), length) in both)
        {
            starts[first + 1]++;
            (neighbours[at], lengths[at]) = (second, length);
            at++;
        }

        for (var unit = 0; unit < units; unit++) starts[unit + 1] += starts[unit];
        LengthsKnown = Array.TrueForAll(lengths, double.IsFinite);
    }

    /// <summary>The number of units.</summary>
    public int Units => starts.Length - 1;

    /// <summary>The number of pairs, each counted in both directions.</summary>
    public int Pairs => neighbours.Length;

    /// <summary>Whether the length of every common border is known.</summary>
    public bool LengthsKnown { get; }

    /// <summary>The neighbours of a unit, rising.</summary>
    /// <param name="unit">The unit.</param>
    public ReadOnlySpan<int> Of(int unit) => neighbours.AsSpan(starts[unit], starts[unit + 1] - starts[unit]);

    /// <summary>The lengths of the borders with each of the neighbours.</summary>
    /// <param name="unit">The unit.</param>
    public ReadOnlySpan<double> LengthsOf(int unit) => lengths.AsSpan(starts[unit], starts[unit + 1] - starts[unit]);

    /// <summary>The pairs that are neighbours in the stated sense. Where lengths are not known, all are.</summary>
    /// <param name="contiguity">The sense.</param>
    public Adjacency By(Contiguity contiguity) => contiguity == Contiguity.Queen || !LengthsKnown
        ? this
        : new Adjacency(Units, Borders().Where(border => border.Length > 0));

    /// <summary>Units that are exactly so many steps apart, as pairs in both directions.</summary>
    /// <param name="order">How many steps, 1 for neighbours.</param>
    public Adjacency OfOrder(int order)
    {
        if (order == 1) return this;
        var borders = new List<Border>();
        var steps = new int[Units];
        var queue = new int[Units];
        for (var unit = 0; unit < Units; unit++)
        {
            foreach (var other in StepsFrom(unit, order, steps, queue))
            {
                if (steps[other] == order) borders.Add(new Border(unit, other, double.NaN));
            }
        }

        return new Adjacency(Units, borders);
    }

    /// <summary>Every pair, in both directions.</summary>
    public IEnumerable<Border> Borders()
    {
        for (var unit = 0; unit < Units; unit++)
        {
            for (var i = starts[unit]; i < starts[unit + 1]; i++) yield return new Border(unit, neighbours[i], lengths[i]);
        }
    }

    /// <summary>The units within so many steps of one, nearest first, and in <paramref name="steps"/> how many steps; −1 where none lead
    /// there.</summary>
    internal ReadOnlySpan<int> StepsFrom(int unit, int most, int[] steps, int[] queue)
    {
        Array.Fill(steps, -1);
        var (next, end) = (0, 0);
        steps[unit] = 0;
        queue[end++] = unit;
        while (next < end)
        {
            var from = queue[next++];
            if (steps[from] == most) break;
            foreach (var to in Of(from))
            {
                if (steps[to] >= 0) continue;
                steps[to] = steps[from] + 1;
                queue[end++] = to;
            }
        }

        return queue.AsSpan(0, end);
    }
}

/// <summary>Finds which polygons touch and along how long a border, also where one has vertices that the other lacks.</summary>
/// <remarks>
/// Segments of two borders count as common where they lie on one line within a tolerance of 1e-8 of the map's extent (a third of a
/// millimetre over 30 km): rounded coordinates leave no more than that between borders drawn from one line.
/// </remarks>
internal static class CommonBorders
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

    private static (LineSegment Line, Envelope Box)[] Near((LineSegment Line, Envelope Box)[] segments,
        (LineSegment Line, Envelope Box)[] other, double tolerance)
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

/// <summary>When two units are neighbours.</summary>
internal enum Contiguity
{
    /// <summary>When they share a stretch of border.</summary>
    Rook,

    /// <summary>When they share a stretch of border or a corner.</summary>
    Queen,
}
