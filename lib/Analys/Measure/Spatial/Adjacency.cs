namespace Analys.Measure.Spatial;

/// <summary>Two units that touch.</summary>
/// <param name="First">The one.</param>
/// <param name="Second">The other.</param>
/// <param name="Length">The length of their common border in metres; 0 where they meet in corners only; NaN where it is not known.</param>
public readonly record struct Border(int First, int Second, double Length);

/// <summary>Which units touch which, and along how long a border. Each pair is kept in both directions.</summary>
/// <remarks>Swedish: <i>grannskap</i>.</remarks>
public sealed class Adjacency
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

    /// <summary>The units within so many steps of one, nearest first, and in <paramref name="steps"/> how many steps; −1 where none lead there.</summary>
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
