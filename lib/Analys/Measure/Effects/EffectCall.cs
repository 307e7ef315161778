using System.Collections.Immutable;
using Analys.Measure.Effects.Panel;
using Analys.Measure.Effects.Persons;

namespace Analys.Measure.Effects;

/// <summary>How p values and errors are found.</summary>
internal enum EffectInference
{
    /// <summary>From the influence function, unit by unit.</summary>
    Analytic,

    /// <summary>The same, summed by cluster.</summary>
    Cluster,

    /// <summary>Signs of clusters turned.</summary>
    Wild,

    /// <summary>Treatment given anew.</summary>
    Randomisation,

    /// <summary>Donors as if treated.</summary>
    Placebo,
}

/// <summary>What is asked of an effect study; the same for the command, the plan and a notebook.</summary>
internal sealed record EffectCall
{
    /// <summary>The ids asked for; empty for all that the data allow.</summary>
    public ImmutableHashSet<string> Measures { get; init; } = [];

    /// <summary>The kinds of inference asked for; empty for the errors, and the enumerated tests where there are few clusters.</summary>
    public ImmutableHashSet<EffectInference> Inference { get; init; } = [];

    /// <summary>Who is compared.</summary>
    public ComparisonGroup Comparison { get; init; }

    /// <summary>The level of intervals.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The number of random draws; null to enumerate where that is possible.</summary>
    public int? Replicates { get; init; }

    /// <summary>The seed of random draws.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>What wild draws multiply by.</summary>
    public Draws.WildWeights Weights { get; init; }

    /// <summary>The effect whose power is asked for.</summary>
    public double? Detect { get; init; }

    /// <summary>How nearest neighbours are chosen.</summary>
    public MatchChoice Match { get; init; } = new();

    /// <summary>By covariate the cuts of the coarsened match.</summary>
    public ImmutableDictionary<string, double[]> Cuts { get; init; } = ImmutableDictionary<string, double[]>.Empty;

    /// <summary>The number of classes of the propensity.</summary>
    public int Classes { get; init; } = 6;

    /// <summary>True where only values are wanted, without draws: to see how far they move when a unit is left out.</summary>
    public bool ValuesOnly { get; init; }

    /// <summary>With fewer clusters than this errors from large samples are too small; the enumerated tests stand beside them.</summary>
    public const int FewClusters = 30;

    /// <summary>True where the id, or nothing in particular, is asked for.</summary>
    public bool Wants(string id) => Measures.Count == 0 || Named(id);

    /// <summary>True where the id, its p value, or its interval by randomisation is asked for by name.</summary>
    public bool Named(string id) => Measures.Contains(id) || Measures.Contains($"{id}-p") || Measures.Contains($"{id}-interval");

    /// <summary>True where a kind of test is asked for, or follows from few clusters.</summary>
    public bool Tests(EffectInference kind, int clusters) =>
        !ValuesOnly && (Inference.Count == 0 ? clusters < FewClusters : Inference.Contains(kind));

    /// <summary>The clusters that errors are summed over: those given, unless single units are asked for.</summary>
    public int[]? ClustersFor(int[]? clusters) =>
        Inference.Contains(EffectInference.Analytic) && !Inference.Contains(EffectInference.Cluster) ? null : clusters;

    /// <summary>The name of the kind of error.</summary>
    public string ErrorName(int[]? clusters) => ClustersFor(clusters) is null ? "analytic" : "cluster";

    /// <summary>The p values of errors: t or normal, of estimates that are tested against 0.</summary>
    public IEnumerable<Estimate> ErrorTests(IEnumerable<Estimate> estimates, int[]? clusters)
    {
        if (Inference.Count > 0 && !Inference.Contains(EffectInference.Analytic)
            && !Inference.Contains(EffectInference.Cluster)) yield break;
        foreach (var one in estimates)
        {
            if (one is not { Value: { } value, StandardError: > 0 and { } error }) continue;
            yield return (one with
            {
                Id = $"{one.Id}-p",
                Value = Errors.TwoSided(value / error, one.Degrees),
                StandardError = null,
                Lower = null,
                Upper = null,
                Degrees = null,
                Influence = [],
                Reason = null,
            }).With("inference", one.Id == "twfe" ? "cluster" : ErrorName(clusters));
        }
    }
}

/// <summary>Something that a reader of the results must know; <paramref name="Code"/> finds its words in another language.</summary>
/// <param name="Code">A short name.</param>
/// <param name="Text">What, and what would help; never a cell's value or a number of persons.</param>
internal sealed record EffectNote(string Code, string Text);

/// <summary>What a study found.</summary>
/// <param name="Estimates">The records.</param>
/// <param name="Notes">What must be known of them.</param>
internal sealed record EffectFindings(IReadOnlyList<Estimate> Estimates, IReadOnlyList<EffectNote> Notes);
