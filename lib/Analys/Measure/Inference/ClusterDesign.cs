using System.Buffers;
using System.Runtime.CompilerServices;

namespace Analys.Measure.Inference;

/// <summary>What a stratum of one cluster adds to a variance: nobody can see how its clusters differ.</summary>
/// <remarks>The choices of R's survey (<c>options(survey.lonely.psu)</c>). Source: Lumley 2010, Complex Surveys, ch. 2.</remarks>
internal enum LonelyStrata
{
    /// <summary>Nothing: the cluster was certain to be drawn.</summary>
    Certainty,

    /// <summary>The mean of what the other strata add.</summary>
    Average,

    /// <summary>The square of its distance from the mean of all clusters.</summary>
    Adjust,
}

/// <summary>The clusters of a stratum as a variance needs them.</summary>
/// <param name="Clusters">How many.</param>
/// <param name="Sum">The sum of their totals.</param>
/// <param name="Around">The squares of their totals' distances from their mean.</param>
/// <param name="Squares">The squares of their totals.</param>
/// <param name="Fourths">The fourth powers of their totals.</param>
internal readonly record struct StratumSpread(double Clusters, double Sum, double Around, double Squares, double Fourths);

/// <summary>A variance, and how many degrees of freedom it is worth.</summary>
/// <param name="Variance">The variance.</param>
/// <param name="Freedom">The degrees of freedom.</param>
internal readonly record struct Spread(double Variance, double Freedom)
{
    /// <summary>No variance, known for certain: that of a constant.</summary>
    public static Spread None { get; } = new(0, double.PositiveInfinity);

    /// <summary>Σ_h n_h / (n_h − 1) Σ_c (t_hc − t̄_h)², with what lonely strata add; NaN where every stratum is one of them and they are
    /// not
    /// certain.</summary>
    /// <remarks>
    /// Degrees of freedom: those of a variance whose totals have the kurtosis of these, 2 n q / (n − q) with q = (Σ t²)² / Σ t⁴ the number
    /// of
    /// clusters that the variance rests on, and at most clusters less strata. Where few clusters have the property that is measured, q is
    /// small, whatever the size of the sample. Source: Satterthwaite 1946, Biometrics Bulletin 2(6); O'Neill 2014, The American
    /// Statistician
    /// 68(4) (the variance of a variance by its kurtosis).
    /// </remarks>
    public static Spread Of(ReadOnlySpan<StratumSpread> strata, LonelyStrata lonely)
    {
        Compensated variance = default, squares = default, fourths = default, sum = default;
        double clusters = 0, all = 0, alone = 0, known = 0;
        foreach (var stratum in strata)
        {
            if (stratum.Clusters < 1) continue;
            all += stratum.Clusters;
            sum.Add(stratum.Sum);
            if (stratum.Clusters < 2)
            {
                alone++;
                if (lonely != LonelyStrata.Adjust) continue;
            }
            else
            {
                known++;
                variance.Add(stratum.Around * stratum.Clusters / (stratum.Clusters - 1));
            }

            clusters += stratum.Clusters;
            squares.Add(stratum.Squares);
            fourths.Add(stratum.Fourths);
        }

        var value = variance.Value;
        if (alone > 0 && lonely == LonelyStrata.Average) value = known > 0 ? value * (known + alone) / known : double.NaN;
        if (alone > 0 && lonely == LonelyStrata.Adjust)
        {
            var mean = sum.Value / all;
            foreach (var stratum in strata)
            {
                if (stratum.Clusters is >= 1 and < 2) value += (stratum.Sum - mean) * (stratum.Sum - mean);
            }
        }

        var q = fourths.Value > 0 ? squares.Value * squares.Value / fourths.Value : clusters;
        var most = Math.Max(1, clusters - known);
        return new Spread(value, q < clusters ? Math.Clamp(2 * clusters * q / (clusters - q), 1, most) : most);
    }
}

/// <summary>Clusters drawn with replacement within strata: the bootstrap of a clustered sample, and the variance of a total over
/// it.</summary>
/// <remarks>
/// From a stratum of n clusters n − 1 are drawn, each counting n / (n − 1): so the bootstrap variance of a total is the unbiased one (Rao
/// &amp; Wu 1988, JASA 83). A stratum of one cluster is kept as it is by the bootstrap: there it adds no variance.
/// </remarks>
internal sealed class ClusterDesign
{
    private readonly int[] clusters;
    private readonly int[] starts;
    private readonly int[] stratumOf;

    /// <summary>Makes a design.</summary>
    /// <param name="clusterOf">The cluster of each row, numbered from 0; in one stratum only.</param>
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

    /// <summary>Whether a stratum has one cluster only.</summary>
    public bool HasLonely => Enumerable.Range(0, StratumCount).Any(stratum => starts[stratum + 1] - starts[stratum] == 1);

    /// <summary>Draws the clusters of a replicate.</summary>
    /// <param name="random">The replicate's stream.</param>
    /// <param name="factors">By cluster, what its weights are multiplied by.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Draw(RandomStream random, Span<double> factors)
    {
        ArgumentNullException.ThrowIfNull(random);
        factors.Clear();
        // Times drawn lie closer together than factors: a draw is a place anywhere in them, and most of its time is waiting for memory.
        // So many as a place can count to are never drawn of clusters that are drawn once in the mean.
        var largest = 0;
        for (var stratum = 0; stratum < StratumCount; stratum++) largest = Math.Max(largest, starts[stratum + 1] - starts[stratum]);
        var drawn = ArrayPool<ushort>.Shared.Rent(largest);
        for (var stratum = 0; stratum < StratumCount; stratum++)
        {
            var members = clusters.AsSpan(starts[stratum], starts[stratum + 1] - starts[stratum]);
            if (members.Length == 1) factors[members[0]] = 1;
            if (members.Length < 2) continue;
            var factor = members.Length / (members.Length - 1.0);
            var times = drawn.AsSpan(0, members.Length);
            times.Clear();
            for (var draw = 1; draw < members.Length; draw++) times[(int)random.NextLong(members.Length)]++;
            for (var i = 0; i < times.Length; i++)
            {
                // Added up one by one: a product would have other last bits.
                var sum = 0.0;
                for (var time = 0; time < times[i]; time++) sum += factor;
                factors[members[i]] = sum;
            }
        }

        ArrayPool<ushort>.Shared.Return(drawn);
    }

    /// <summary>The variance of the sum of cluster totals.</summary>
    /// <param name="totals">By cluster, its total; 0 for clusters that add nothing.</param>
    /// <param name="lonely">What a stratum of one cluster adds.</param>
    public Spread Spread(ReadOnlySpan<double> totals, LonelyStrata lonely)
    {
        var strata = new StratumSpread[StratumCount];
        for (var stratum = 0; stratum < strata.Length; stratum++)
        {
            Compensated sum = default, around = default, squares = default, fourths = default;
            var members = clusters.AsSpan(starts[stratum], starts[stratum + 1] - starts[stratum]);
            foreach (var cluster in members) sum.Add(totals[cluster]);
            var mean = sum.Value / members.Length;
            foreach (var cluster in members)
            {
                var t = totals[cluster];
                around.Add((t - mean) * (t - mean));
                squares.Add(t * t);
                fourths.Add(t * t * t * t);
            }

            strata[stratum] = new(members.Length, sum.Value, around.Value, squares.Value, fourths.Value);
        }

        return Inference.Spread.Of(strata, lonely);
    }
}
