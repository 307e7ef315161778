using System.Runtime.CompilerServices;

namespace Analys.Measure.Space;

/// <summary>Gathers the k nearest people of one point after another; one thread's scratch space.</summary>
internal sealed class NearestSearch(PeopleTree tree, NearestTies ties)
{
    // Wider than a tie, so that units at one distance fall on the same side of a ring's edges.
    private const double Margin = 4 * Distances.Tie;
    private const int Ranks = 256;

    private readonly PointIndex index = tree.Index;
    private readonly NearestRing ring = new();
    private readonly int[] stack = new int[128];
    private readonly int[] starts = new int[Ranks + 1], places = new int[Ranks + 1];
    private readonly double[] peopleBelow = new double[Ranks + 1], countsBelow = new double[(Ranks + 1) * tree.Width];
    private NearestRing.Point[] ranked = [];
    private int[] ranks = [];
    private double x, y, step;
    private int at;
    private bool hasNeighbour;

    // For each k the distances between which the last point reached it.
    private double[] from = [], to = [];

    /// <summary>Starts anew: the next point has no neighbour to lean on.</summary>
    /// <param name="ks">How many numbers of people will be asked for at each point.</param>
    public void Forget(int ks)
    {
        hasNeighbour = false;
        at = -1;
        if (from.Length != ks) (from, to) = (new double[ks], new double[ks]);
    }

    /// <summary>The point whose people are gathered, by its place in the tree's order.</summary>
    public void MoveTo(int point)
    {
        hasNeighbour = at >= 0;
        double dx = index.X[point] - x, dy = index.Y[point] - y;
        step = Math.Sqrt((dx * dx) + (dy * dy));
        (at, x, y) = (point, index.X[point], index.Y[point]);
    }

    /// <summary>Adds up the k nearest people by group. The numbers of people of one point are asked for in rising order.</summary>
    /// <param name="slot">Which of the numbers of people this is.</param>
    /// <param name="smaller">The slot of the number before it at this point; −1 for the first.</param>
    /// <param name="k">How many people.</param>
    /// <param name="sums">Where the counts go, by group.</param>
    public void Gather(int slot, int smaller, double k, Span<double> sums)
    {
        if (k >= tree.Everyone)
        {
            tree.NodeCounts.AsSpan(0, tree.Width).CopyTo(sums);
            (from[slot], to[slot]) = (0, double.PositiveInfinity);
        }
        else if (tree.People[at] >= k)
        {
            Add(sums, at, k / tree.People[at]);
            (from[slot], to[slot]) = (0, 0);
        }
        else
        {
            var (low, high) = hasNeighbour
                ? (from[slot] - step - Margin, to[slot] + step + Margin)
                : Bracket(smaller < 0 ? 0 : from[smaller], k);
            var inside = Collect(low, high, sums);
            Close(slot, k - inside, sums);
        }
    }

    /// <summary>Adds up the k nearest people by group for numbers of people that few points hold, all at once.</summary>
    /// <param name="slots">Which of the numbers, rising; each below everyone.</param>
    /// <param name="ks">All numbers of people.</param>
    /// <param name="sums">Where the counts of this point go, by number and group.</param>
    public void GatherFew(ReadOnlySpan<int> slots, ReadOnlySpan<double> ks, Span<double> sums)
    {
        if (slots.IsEmpty) return;
        var largest = slots[^1];
        var high = hasNeighbour ? to[largest] + step + Margin : Bracket(0, ks[largest]).High;
        CollectAll(high);
        Rank(high * high);
        foreach (var slot in slots)
        {
            var own = sums.Slice(slot * tree.Width, tree.Width);
            if (tree.People[at] >= ks[slot])
            {
                Add(own, at, ks[slot] / tree.People[at]);
                (from[slot], to[slot]) = (0, 0);
                continue;
            }

            var rank = 0;
            while (rank < Ranks - 1 && peopleBelow[rank + 1] < ks[slot]) rank++;
            // The edge lies in this rank; a tie may reach into the next on either side.
            var (first, last) = (Math.Max(0, rank - 1), Math.Min(Ranks, rank + 2));
            countsBelow.AsSpan(first * tree.Width, tree.Width).CopyTo(own);
            ring.Clear();
            for (var i = starts[first]; i < starts[last]; i++) ring.Add(ranked[i].Distance2, ranked[i].Index, ranked[i].People);
            Close(slot, ks[slot] - peopleBelow[first], own);
        }
    }

    // The gathered points by rank of squared distance, which rises evenly over a plane, with the people and counts below each rank.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rank(double high2)
    {
        var points = ring.Points;
        if (ranked.Length < points.Length) (ranked, ranks) = (new NearestRing.Point[2 * points.Length], new int[2 * points.Length]);
        var scale = high2 > 1e-3 ? Ranks / high2 : 0;
        Array.Clear(starts);
        for (var i = 0; i < points.Length; i++)
        {
            ranks[i] = Math.Min(Ranks - 1, (int)(points[i].Distance2 * scale));
            starts[ranks[i] + 1]++;
        }

        for (var rank = 0; rank < Ranks; rank++) starts[rank + 1] += starts[rank];
        starts.CopyTo(places, 0);
        for (var i = 0; i < points.Length; i++) ranked[places[ranks[i]]++] = points[i];
        var width = tree.Width;
        Array.Clear(peopleBelow);
        Array.Clear(countsBelow);
        for (var rank = 0; rank < Ranks; rank++)
        {
            var counts = countsBelow.AsSpan((rank + 1) * width, width);
            countsBelow.AsSpan(rank * width, width).CopyTo(counts);
            var people = peopleBelow[rank];
            for (var i = starts[rank]; i < starts[rank + 1]; i++)
            {
                people += ranked[i].People;
                Add(counts, ranked[i].Index, 1);
            }

            peopleBelow[rank + 1] = people;
        }
    }

    // Everyone up to a distance, one by one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CollectAll(double high)
    {
        var (depth, high2) = (0, high * high);
        ring.Clear();
        stack[depth++] = 0;
        while (depth > 0)
        {
            var node = stack[--depth];
            ref readonly var box = ref index.Boxes[node];
            if (box.Nearest(x, y) > high2) continue;
            if (node < index.FirstLeaf && box.Farthest(x, y) > high2)
            {
                (stack[depth], stack[depth + 1], depth) = ((2 * node) + 1, (2 * node) + 2, depth + 2);
                continue;
            }

            for (var i = box.Start; i < box.End; i++)
            {
                var distance2 = Distance2(i);
                if (distance2 <= high2) ring.Add(distance2, i, tree.People[i]);
            }
        }
    }

    // Fewer than k people live within the first distance, at least k within the second.
    private (double Low, double High) Bracket(double low, double k)
    {
        ref readonly var root = ref index.Boxes[0];
        var most = Math.Sqrt(root.Farthest(x, y)) + Margin;
        var high = Math.Max(low * 1.25, most * Math.Sqrt(k / tree.Everyone) / 8);
        for (; high < most && Count(high) < k; high *= 1.25) low = high;
        return (low - Margin, Math.Min(high, most) + Margin);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Count(double distance)
    {
        var people = 0.0;
        var (depth, far2) = (0, distance * distance);
        stack[depth++] = 0;
        while (depth > 0)
        {
            var node = stack[--depth];
            ref readonly var box = ref index.Boxes[node];
            if (box.Nearest(x, y) > far2) continue;
            if (box.Farthest(x, y) <= far2) people += tree.NodePeople[node];
            else if (node < index.FirstLeaf) (stack[depth], stack[depth + 1], depth) = ((2 * node) + 1, (2 * node) + 2, depth + 2);
            else
            {
                for (var i = box.Start; i < box.End; i++)
                {
                    if (Distance2(i) <= far2) people += tree.People[i];
                }
            }
        }

        return people;
    }

    // Everyone nearer than low is added up; those up to high are put into the ring. Returns how many were added.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Collect(double low, double high, Span<double> sums)
    {
        var (people, depth, low2, high2) = (0.0, 0, low > 0 ? low * low : -1, high * high);
        ring.Clear();
        stack[depth++] = 0;
        while (depth > 0)
        {
            var node = stack[--depth];
            ref readonly var box = ref index.Boxes[node];
            if (box.Nearest(x, y) > high2) continue;
            if (box.Farthest(x, y) <= low2)
            {
                people += tree.NodePeople[node];
                for (var g = 0; g < sums.Length; g++) sums[g] += tree.NodeCounts[(node * sums.Length) + g];
            }
            else if (node < index.FirstLeaf) (stack[depth], stack[depth + 1], depth) = ((2 * node) + 1, (2 * node) + 2, depth + 2);
            else
            {
                for (var i = box.Start; i < box.End; i++)
                {
                    var distance2 = Distance2(i);
                    if (distance2 > low2)
                    {
                        if (distance2 <= high2) ring.Add(distance2, i, tree.People[i]);
                        continue;
                    }

                    people += tree.People[i];
                    Add(sums, i, 1);
                }
            }
        }

        return people;
    }

    // Takes from the ring, nearest first, the people that are still missing.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Close(int slot, double missing, Span<double> sums)
    {
        var edge = Math.Sqrt(ring.Reach(missing));
        var (nearer, farther) = (edge > Distances.Tie ? Square(edge - Distances.Tie) : -1, Square(edge + Distances.Tie));
        ring.ClearTied();
        (from[slot], to[slot]) = (edge, edge);
        foreach (ref readonly var point in ring.Points)
        {
            if (point.Distance2 > farther) continue;
            if (point.Distance2 < nearer)
            {
                missing -= point.People;
                Add(sums, point.Index, 1);
                continue;
            }

            double dx = index.X[point.Index] - x, dy = index.Y[point.Index] - y;
            from[slot] = Math.Min(from[slot], Math.Sqrt(point.Distance2));
            to[slot] = Math.Max(to[slot], Math.Sqrt(point.Distance2));
            ring.Tie(point, own: point.Index == at, dx, dy, ties);
        }

        var tied = ring.AtTheEdge;
        for (var first = 0; first < tied.Length && missing > 0;)
        {
            var (last, together) = (first, 0.0);
            for (; last < tied.Length && tied[last].SameAs(tied[first]); last++) together += tree.People[tied[last].Index];
            var part = together <= missing ? 1 : missing / together;
            for (; first < last; first++) Add(sums, tied[first].Index, part);
            missing -= together;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(Span<double> sums, int point, double part)
    {
        var counts = tree.Counts.AsSpan(point * sums.Length, sums.Length);
        for (var g = 0; g < sums.Length; g++) sums[g] += part * counts[g];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Distance2(int point) => Square(index.X[point] - x) + Square(index.Y[point] - y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Square(double value) => value * value;
}
