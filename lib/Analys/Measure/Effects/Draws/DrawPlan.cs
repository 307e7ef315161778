using System.Globalization;
using System.Numerics;

namespace Analys.Measure.Effects.Draws;

/// <summary>
/// Which draws a test takes: all there are, where these are few enough and nothing else is asked, else a number with a seed.
/// </summary>
/// <param name="Possible">How many different draws there are.</param>
/// <param name="Drawn">How many are drawn at random; null where all are taken.</param>
/// <param name="Seed">The seed of those.</param>
internal sealed record DrawPlan(BigInteger Possible, int? Drawn, long Seed)
{
    /// <summary>Of wild draws: what residuals are multiplied by.</summary>
    public WildWeights Weights { get; init; }

    /// <summary>The most draws that are enumerated.</summary>
    public const long Most = 1 << 20;

    /// <summary>How many draws are drawn where all are too many and no number is given.</summary>
    public const int Usual = 9999;

    /// <summary>The number of draws looked at; a random test counts the observed one too.</summary>
    public long Count => Drawn is { } drawn ? drawn + 1L : (long)Possible;

    /// <summary>Plans.</summary>
    /// <param name="possible">How many different draws there are.</param>
    /// <param name="replicates">How many the user asks for; null for all where they can be enumerated.</param>
    /// <param name="seed">The seed.</param>
    public static DrawPlan For(BigInteger possible, int? replicates, long seed) =>
        new(possible, replicates ?? (possible <= Most ? null : Usual), seed);

    /// <summary>
    /// The record of a p value: as large draws over all draws, with the fraction, how it was found, and the number of draws.
    /// </summary>
    /// <param name="of">The estimate that is tested.</param>
    /// <param name="asLarge">How many draws are as large as the observed, without the observed one where they are random.</param>
    /// <param name="inference">wild, randomisation or placebo.</param>
    public Estimate Record(Estimate of, long asLarge, string inference)
    {
        var count = Drawn is null ? asLarge : asLarge + 1;
        var record = (of with
        {
            Id = $"{of.Id}-p",
            Value = (double)count / Count,
            StandardError = null,
            Lower = null,
            Upper = null,
            Degrees = null,
            Influence = [],
            Reason = null
        })
            .With("inference", inference)
            .With("fraction", string.Create(CultureInfo.InvariantCulture, $"{count}/{Count}"))
            .With("draws", Drawn is null ? "all" : "random");
        if (Weights == WildWeights.Webb) record = record.With("weights", "webb");
        return Drawn is null ? record : record.With("seed", Seed.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What a statistic must reach to be as large as the observed one: ties that differ by rounding count.</summary>
    public static double Reach(double observed) => Math.Abs(observed) * (1 - 1e-9);
}
