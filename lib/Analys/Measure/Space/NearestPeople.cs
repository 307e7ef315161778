namespace Analys.Measure.Space;

/// <summary>The k nearest people of every point (EquiPop): the point's own first, then by distance, the last unit in proportion.</summary>
/// <remarks>
/// Points are taken in the tree's order, so that each is near the one before: the distance at which it reaches k people lies, by the
/// triangle inequality, within that neighbour's distance ± the step between them. Boxes inside that ring are added whole, boxes outside
/// are skipped, and only the points in the ring are looked at one by one. For numbers of people that few points hold, the points of the
/// largest are gathered once and ranked by distance. Source: Östh, Malmberg &amp; Andersson 2014.
/// </remarks>
internal static class NearestPeople
{
    private const int Chunk = 256;

    // Up to so many points are looked at one by one for all numbers of people together.
    private const double Few = 1_500;

    /// <summary>Sums by point, number of people and group. A k above everyone gives everyone.</summary>
    /// <param name="index">The points.</param>
    /// <param name="rows">Counts by point and group, in the points' own order; a point's people are their sum.</param>
    /// <param name="width">The number of groups.</param>
    /// <param name="ks">Numbers of people, in any order.</param>
    /// <param name="ties">Who comes first at one distance.</param>
    public static double[] Sums(PointIndex index, double[] rows, int width, ReadOnlySpan<double> ks, NearestTies ties)
    {
        var permuted = index.Permute(rows, width);
        var tree = new PeopleTree(index, permuted, width);
        var sums = new double[rows.Length * ks.Length];
        var (points, wanted) = (index.Order.Length, ks.ToArray());
        var rising = Enumerable.Range(0, wanted.Length).OrderBy(k => wanted[k]).ToArray();
        var few = rising.TakeWhile(k => wanted[k] < tree.Everyone && wanted[k] / tree.Everyone * points <= Few).ToArray();
        Parallel.For(0, (points + Chunk - 1) / Chunk, () => new NearestSearch(tree, ties), (chunk, _, search) =>
        {
            search.Forget(wanted.Length);
            for (var q = chunk * Chunk; q < Math.Min(points, (chunk + 1) * Chunk); q++)
            {
                search.MoveTo(q);
                search.GatherFew(few, wanted, sums.AsSpan(index.Order[q] * wanted.Length * width, wanted.Length * width));
                for (var r = few.Length; r < rising.Length; r++)
                {
                    var k = rising[r];
                    search.Gather(k, r == 0 ? -1 : rising[r - 1], wanted[k],
                        sums.AsSpan(((index.Order[q] * wanted.Length) + k) * width, width));
                }
            }

            return search;
        }, _ => { });
        return sums;
    }
}

/// <summary>A tree with the people of its points and nodes.</summary>
internal sealed class PeopleTree
{
    public PeopleTree(PointIndex index, double[] permuted, int width)
    {
        Index = index;
        Width = width;
        Counts = permuted;
        NodeCounts = index.NodeSums(permuted, width);
        People = new double[index.Order.Length];
        for (var i = 0; i < People.Length; i++)
        {
            for (var g = 0; g < width; g++) People[i] += permuted[(i * width) + g];
        }

        NodePeople = index.NodeSums(People, 1);
    }

    public PointIndex Index { get; }

    public int Width { get; }

    public double[] Counts { get; }

    public double[] NodeCounts { get; }

    public double[] People { get; }

    public double[] NodePeople { get; }

    public double Everyone => NodePeople.Length == 0 ? 0 : NodePeople[0];
}
