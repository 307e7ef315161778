namespace Analys.Measure.Segregation.Resampling;

/// <summary>How an interval is made from replicates θ* of an estimate θ.</summary>
public enum IntervalKind
{
    /// <summary>Percentiles of 2θ − θ*: each replicate is freed from the bias that resampling adds, as R's segregation does.</summary>
    Basic,

    /// <summary>Percentiles of θ*.</summary>
    Percentile,
}

/// <summary>What would be so if there were no segregation, or no pattern.</summary>
public enum NullModel
{
    /// <summary>Unit and group are independent, both margins are those observed.</summary>
    Independence,

    /// <summary>Persons are shuffled over the places: the same distribution as <see cref="Independence"/>.</summary>
    Persons,

    /// <summary>Units with their inhabitants are shuffled over the positions; only measures that know where units lie can change.</summary>
    Geographic,
}

/// <summary>Which replicates count as at least as extreme as what was observed.</summary>
public enum Tail
{
    /// <summary>Those at least as large.</summary>
    Greater,

    /// <summary>Those at most as large.</summary>
    Less,

    /// <summary>Those at least as far from the replicates' mean.</summary>
    TwoSided,
}

/// <summary>How a resampling procedure runs. The same options give the same result on any number of threads.</summary>
public sealed record ResamplingOptions
{
    /// <summary>The number of replicates, at least 1; two or more for intervals.</summary>
    public int Replicates { get; init; } = 999;

    /// <summary>The seed.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The coverage of intervals.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>How intervals are made.</summary>
    public IntervalKind Interval { get; init; }

    /// <summary>The tail of tests; null for what the measure itself says.</summary>
    public Tail? Tail { get; init; }

    /// <summary>Whether pairs of groups are compared too.</summary>
    public bool Pairs { get; init; }

    /// <summary>Stops between replicates.</summary>
    public CancellationToken Cancel { get; init; }
}
