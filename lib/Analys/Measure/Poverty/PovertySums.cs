using Analys.Domain;
using Analys.Measure.Inequality;

namespace Analys.Measure.Poverty;

/// <summary>
/// The sums of one domain from which headcount, gap and severity follow, and the counts that disclosure control checks. It is an aggregate: it
/// may come from rows in one pass, from <c>select area, sum(weight), sum(weight * gap) ... group by area</c>, or from a stream.
/// </summary>
public struct PovertySums
{
    /// <summary>Persons.</summary>
    public long Count { get; set; }

    /// <summary>Poor persons.</summary>
    public long PoorCount { get; set; }

    /// <summary>The sum of the weights.</summary>
    public double Weight { get; set; }

    /// <summary>The sum of the weights of the poor.</summary>
    public double PoorWeight { get; set; }

    /// <summary>Σ w (z − y) / z over the poor.</summary>
    public double Gaps { get; set; }

    /// <summary>Σ w ((z − y) / z)² over the poor.</summary>
    public double SquaredGaps { get; set; }

    /// <summary>Households with a poor person of the domain.</summary>
    public long PoorHouseholds { get; set; }

    /// <summary>Households with a person of the domain who is not poor.</summary>
    public long OtherHouseholds { get; set; }

    /// <summary>The sum over clusters of the square of their weight, from which the effective number of observations follows.</summary>
    public double SquaredClusterWeights { get; set; }

    /// <summary>The effective number of observations: (Σ W_c)² / Σ W_c² over clusters (Kish 1965).</summary>
    public readonly double EffectiveCount => SquaredClusterWeights > 0 ? Weight * Weight / SquaredClusterWeights : 0;

    /// <summary>The FGT index of α = 0, 1 or 2.</summary>
    /// <param name="power">α.</param>
    public readonly Quantity Fgt(int power) => Quantity.Ratio(
        power switch { 0 => Math.Min(PoorWeight, Weight), 1 => Gaps, _ => SquaredGaps }, Weight, IncomeMeasure.Nobody);

    /// <summary>The counts behind a figure of this domain.</summary>
    /// <param name="withPoor">Whether the figure shows something of the poor.</param>
    /// <param name="withHouseholds">Whether households are known.</param>
    public readonly Basis Basis(bool withPoor, bool withHouseholds)
    {
        double? households = !withHouseholds ? null : withPoor ? Fewest(PoorHouseholds, OtherHouseholds) : PoorHouseholds + OtherHouseholds;
        return new Basis(withPoor ? PoorCount : null, Count, households);
    }

    /// <summary>The sums of two parts of a domain that share no household.</summary>
    /// <param name="other">The other part.</param>
    public readonly PovertySums Plus(PovertySums other) => new()
    {
        Count = Count + other.Count,
        PoorCount = PoorCount + other.PoorCount,
        Weight = Weight + other.Weight,
        PoorWeight = PoorWeight + other.PoorWeight,
        Gaps = Gaps + other.Gaps,
        SquaredGaps = SquaredGaps + other.SquaredGaps,
        PoorHouseholds = PoorHouseholds + other.PoorHouseholds,
        OtherHouseholds = OtherHouseholds + other.OtherHouseholds,
        SquaredClusterWeights = SquaredClusterWeights + other.SquaredClusterWeights,
    };

    // Five poor children of one family are one family: the side with fewer households counts. A side with none is judged by its persons.
    private static double Fewest(long poor, long others) => poor == 0 ? others : others == 0 ? poor : Math.Min(poor, others);
}
