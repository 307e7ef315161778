namespace Analys.Measure.Inference;

/// <summary>Clusters drawn with replacement within strata: the bootstrap of a clustered sample, and the variance of a total over
/// it.</summary>
/// <remarks>
/// From a stratum of n clusters n − 1 are drawn, each counting n / (n − 1): so the bootstrap variance of a total is the unbiased one (Rao
/// &amp; Wu 1988, JASA 83). A stratum of one cluster is kept as it is: it adds no variance.
/// </remarks>
internal sealed class ClusterDesign
{
    private readonly int[] clusters;
    private readonly int[] starts;
    private readonly int[] stratumOf;

    /// <summary>Makes a design.</summary>
    /// <param name="clusterOf">The cluster of each row, numbered from 0.</param>
    /// <param name="stratumOf">The stratum of each row, numbered from 0; empty for one stratum.</param>
    /// <param name="clusterCount">One more than the largest cluster.</param>
    public ClusterDesign(ReadOnlySpan<int> clusterOf, ReadOnlySpan<int> stratumOf, int clusterCount)
    {
        this.stratumOf = new int[clusterCount];
        Array.Fill(this.stratumOf, -1);
        var strata = 0;
        for (var row = 0; row < clusterOf.Length; row++)
        {
            var stratum = stratumOf.IsEmpty ? 0 : stratumOf[row];
            this.stratumOf[clusterOf[row]] = stratum;
            strata = Math.Max(strata, stratum + 1);
        }

        starts = new int[strata + 1];
        foreach (var stratum in this.stratumOf)
        {
            if (stratum >= 0) starts[stratum + 1]++;
        }

        for (var i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        clusters = new int[starts[^1]];
        var places = starts.ToArray();
        for (var cluster = 0; cluster < clusterCount; cluster++)
        {
            if (this.stratumOf[cluster] >= 0) clusters[places[this.stratumOf[cluster]]++] = cluster;
        }
    }

    /// <summary>The number of cluster numbers.</summary>
    public int ClusterCount => stratumOf.Length;

    /// <summary>The number of strata.</summary>
    public int StratumCount => starts.Length - 1;

    /// <summary>Draws the clusters of a replicate.</summary>
    /// <param name="random">The replicate's stream.</param>
    /// <param name="factors">By cluster, what its weights are multiplied by.</param>
    public void Draw(RandomStream random, Span<double> factors)
    {
        ArgumentNullException.ThrowIfNull(random);
        factors.Clear();
        for (var stratum = 0; stratum < StratumCount; stratum++)
        {
            var members = clusters.AsSpan(starts[stratum], starts[stratum + 1] - starts[stratum]);
            if (members.Length == 1) factors[members[0]] = 1;
            if (members.Length < 2) continue;
            var factor = members.Length / (members.Length - 1.0);
            for (var draw = 1; draw < members.Length; draw++) factors[members[(int)random.NextLong(members.Length)]] += factor;
        }
    }

    /// <summary>The variance of the sum of cluster totals: Σ_h n_h / (n_h − 1) Σ_c (t_hc − t̄_h)².</summary>
    /// <param name="totals">By cluster, its total; 0 for clusters that add nothing.</param>
    public double Variance(ReadOnlySpan<double> totals)
    {
        var variance = 0.0;
        for (var stratum = 0; stratum < StratumCount; stratum++)
        {
            var members = clusters.AsSpan(starts[stratum], starts[stratum + 1] - starts[stratum]);
            if (members.Length < 2) continue;
            double sum = 0, squares = 0;
            foreach (var cluster in members) sum += totals[cluster];
            var mean = sum / members.Length;
            foreach (var cluster in members) squares += (totals[cluster] - mean) * (totals[cluster] - mean);
            variance += squares * members.Length / (members.Length - 1);
        }

        return variance;
    }
}
