using Analys.Domain;

namespace Analys.Measure.Indicators;

/// <summary>Whether a lower or a higher value is better.</summary>
public enum Direction
{
    /// <summary>Lower is better. Swedish: <i>lägre</i>.</summary>
    Lower,

    /// <summary>Higher is better. Swedish: <i>högre</i>.</summary>
    Higher,
}

/// <summary>How the districts' values make a joint unit's.</summary>
public enum Aggregation
{
    /// <summary>They do not: the unit has a value of its own.</summary>
    None,

    /// <summary>As their sum.</summary>
    Sum,

    /// <summary>As a mean weighted with the districts' populations.</summary>
    WeightedMean,
}

/// <summary>An indicator of a board's plan, in the city's management system ILS.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">percent, count or index, in the plan's own words.</param>
/// <param name="Direction">Whether a lower or a higher value is better.</param>
/// <param name="Aggregation">How the districts' values make the joint unit's.</param>
/// <param name="CouncilTarget">The council's target for the city. Swedish: <i>KF:s årsmål</i>.</param>
/// <param name="BoardTarget">The board's own target. Swedish: <i>nämndens årsmål</i>.</param>
/// <param name="DistrictTargets">The target of each district of a joint unit.</param>
/// <param name="Outcomes">What came out, by tertial or year.</param>
public sealed record Indicator(
    string Name,
    string Unit,
    Direction Direction,
    Aggregation Aggregation,
    double? CouncilTarget,
    double? BoardTarget,
    IReadOnlyList<(string District, double Target)> DistrictTargets,
    IReadOnlyList<(string Period, double Value)> Outcomes)
{
    /// <summary>How much better than a target a value is, in the indicator's direction: negative when it is worse.</summary>
    /// <param name="value">The value.</param>
    /// <param name="target">The target.</param>
    public double Margin(double value, double target) => Direction == Direction.Higher ? value - target : target - value;

    /// <summary>The joint unit's value: the sum of the districts', or for a weighted mean the range that it must lie in.</summary>
    /// <param name="weights">The districts' weights, in their order; null where they are not known.</param>
    public (Quantity Value, double? Lower, double? Upper) Joint(IReadOnlyList<double>? weights = null)
    {
        if (DistrictTargets.Count == 0 || Aggregation == Aggregation.None) return (Quantity.Undefined("no districts' values"), null, null);
        double[] values = [.. DistrictTargets.Select(pair => pair.Target)];
        if (Aggregation == Aggregation.Sum) return (Quantity.Known(values.Sum()), null, null);
        if (weights is { } known && known.Sum() > 0) return (Quantity.Known(values.Zip(known, (value, weight) => value * weight).Sum() / known.Sum()), null, null);
        return values.Min() == values.Max()
            ? (Quantity.Known(values[0]), null, null)
            : (Quantity.Undefined("weights are not known"), values.Min(), values.Max());
    }

    /// <summary>Whether the board's target can be what the districts' targets make; null where there is nothing to check.</summary>
    public bool? AddsUp()
    {
        if (BoardTarget is not { } target) return null;
        var (value, lower, upper) = Joint();
        // Targets are written with at most two decimals.
        const double Rounding = 0.005 + 1e-9;
        if (value.HasNumber) return Math.Abs(value.Number - target) <= (Aggregation == Aggregation.Sum ? 1e-9 : Rounding);
        return lower is null ? null : target >= lower - Rounding && target <= upper + Rounding;
    }
}
