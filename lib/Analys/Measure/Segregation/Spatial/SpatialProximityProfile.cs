using Analys.Measure.Space;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>How near to each other, in steps from neighbour to neighbour, the units lie where a group is strong, over all thresholds of
/// strength.</summary>
/// <remarks>
/// For a threshold θ, the k units where the group's share z is at least θ have η(θ) = (k² − k) / Σ_i Σ_j δ_ij, δ the steps between two of
/// them: 1 where all touch. The index is (P − ∫₀^P η + ∫_P^1 η) / (1 − P), from 0 to 1 / (1 − P): it has no maximum of its own. η is 0
/// where fewer than two units are left or two have no way
/// between them. The integrals are exact sums unless a number m of thresholds is given; then they are sums over m thresholds from 0 to 1,
/// divided by m. Swedish: <i>rumslig närhetsprofil</i>.
/// </remarks>
internal static class SpatialProximityProfile
{
    private static readonly MeasureOption Thresholds =
        new("m", "exact", "Spatial proximity profile: the number of thresholds, at least 2; exact integrates without thresholds");

    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = SpatialCall.TwoGroup(
        new Definition(
            "spatial-proximity-profile", "Spatial proximity profile index", "Rumslig närhetsprofil",
            "(P − ∫₀^P η(θ) dθ + ∫_P^1 η(θ) dθ) / (1 − P), η = (k² − k) / ΣΣ δ_ij; from 0, no fixed maximum: at most 1 / (1 − P)",
            Units.Index, ValueRange.NonNegative, "Hong & Sadahiro 2014, Journal of Geographical Systems 16(2)"),
        [SpatialOptions.Contiguity, Thresholds],
        call =>
        {
            var contiguity = call.Contiguity(Contiguity.Queen);
            var m = call.Given(Thresholds.Name) is null or "exact"
                ? Exact(call)
                : (int)call.Number(Thresholds.Name, 0, k => k is >= 2 and <= 1_000_000 && k == Math.Floor(k),
                    "a whole number from 2 to 1000000, or exact");
            if (call.Lacks(neighbours: true) is { } lack) return (null, lack);
            var adjacency = call.Geography.Adjacency!.By(contiguity);
            return ((x, y) => Formula(x, y, adjacency, m), null);
        });

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    /// <param name="adjacency">Which units touch.</param>
    /// <param name="m">The number of thresholds; 0 for exact integrals.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Adjacency adjacency, int m = 0)
    {
        var (shares, etas) = Profile(x, y, adjacency);
        double sumX = Sums.Of(x), share = sumX / (sumX + Sums.Of(y)), below = 0, above = 0;
        if (m == 0)
        {
            // η is constant between one share and the next lower one.
            for (var k = 0; k < shares.Length; k++)
            {
                var (high, low) = (shares[k], k + 1 < shares.Length ? shares[k + 1] : 0);
                below += etas[k] * Math.Max(0, Math.Min(high, share) - low);
                above += etas[k] * Math.Max(0, high - Math.Max(low, share));
            }
        }

        for (int step = m - 1, k = -1; step >= 0; step--)
        {
            var threshold = step / (m - 1.0);
            while (k + 1 < shares.Length && shares[k + 1] >= threshold) k++;
            if (threshold < share) below += k < 0 ? 0 : etas[k] / m;
            else above += k < 0 ? 0 : etas[k] / m;
        }

        return Quantity.Known((share - below + above) / (1 - share));
    }

    /// <summary>The profile: falling distinct shares of units, and η among the units at or above each.</summary>
    /// <param name="x">The group of interest by unit.</param>
    /// <param name="y">The other group by unit.</param>
    /// <param name="adjacency">Which units touch.</param>
    public static (double[] Shares, double[] Etas) Profile(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Adjacency adjacency)
    {
        ArgumentNullException.ThrowIfNull(adjacency);
        var share = new double[x.Length];
        var inhabited = new List<int>();
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] + y[i] <= 0) continue;
            share[i] = x[i] / (x[i] + y[i]);
            inhabited.Add(i);
        }

        int[] order = [.. inhabited.OrderByDescending(i => share[i])];
        var rank = new int[x.Length];
        Array.Fill(rank, int.MaxValue);
        for (var r = 0; r < order.Length; r++) rank[order[r]] = r;

        // The steps from each unit to those before it, added up; infinite where no way leads to one of them.
        var added = new double[order.Length];
        Parallel.For(0, order.Length, () => (new int[rank.Length], new int[rank.Length]), (r, _, scratch) =>
        {
            var (reached, sum) = (0, 0L);
            foreach (var to in adjacency.StepsFrom(order[r], int.MaxValue, scratch.Item1, scratch.Item2))
            {
                if (rank[to] >= r) continue;
                reached++;
                sum += scratch.Item1[to];
            }

            added[r] = reached == r ? 2.0 * sum : double.PositiveInfinity;
            return scratch;
        }, _ => { });

        var (shares, etas, steps) = (new List<double>(), new List<double>(), 0.0);
        for (var r = 0; r < order.Length; r++)
        {
            steps += added[r];
            if (r + 1 < order.Length && share[order[r + 1]] == share[order[r]]) continue;
            var k = r + 1.0;
            shares.Add(share[order[r]]);
            etas.Add(steps > 0 ? ((k * k) - k) / steps : 0);
        }

        return ([.. shares], [.. etas]);
    }

    private static int Exact(SpatialCall call)
    {
        call.Word(Thresholds.Name, "exact");
        return 0;
    }
}
