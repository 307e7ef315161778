namespace Analys.Measure.Inference;

/// <summary>How standard errors and intervals are found.</summary>
public enum IntervalMethod
{
    /// <summary>No sampling: Wilson's interval for shares, on the effective number of clusters; none for other measures. The default for registers.</summary>
    Wilson,

    /// <summary>The linearised variance over clusters in strata, the estimated line included; Wilson's form for shares.</summary>
    Linearised,

    /// <summary>Clusters drawn again within strata, the line estimated anew in each replicate; percentile intervals.</summary>
    Bootstrap,

    /// <summary>The replicate weights that came with the data.</summary>
    ReplicateWeights,

    /// <summary>None.</summary>
    None,
}

/// <summary>How replicate weights were made: it decides the factor of their variance.</summary>
public enum ReplicateKind
{
    /// <summary>Bootstrap: (1/R) Σ (θ_r − θ)².</summary>
    Bootstrap,

    /// <summary>Balanced repeated replication: the same factor.</summary>
    Balanced,

    /// <summary>Delete-one jackknife: ((R − 1)/R) Σ (θ_r − θ)².</summary>
    Jackknife,
}

/// <summary>What is asked for beside a value.</summary>
/// <param name="Method">How.</param>
/// <param name="Replicates">The number of bootstrap replicates.</param>
/// <param name="Seed">Their seed.</param>
/// <param name="Level">The coverage of intervals.</param>
/// <param name="Kind">How replicate weights were made.</param>
public sealed record Uncertainty(
    IntervalMethod Method = IntervalMethod.Wilson, int Replicates = 200, long Seed = 1, double Level = 0.95, ReplicateKind Kind = ReplicateKind.Bootstrap)
{
    /// <summary>Wilson's interval for shares, none for other measures.</summary>
    public static Uncertainty Default { get; } = new();
}
