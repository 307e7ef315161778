using System.Collections.Immutable;
using Analys.Measure.Inference;

namespace Analys.Measure.Segregation.Ordinal;

/// <summary>Variation of members over ordered groups (Reardon 2009), and how much of it lies between units.</summary>
internal static class OrdinalVariation
{
    /// <summary>Λ = Σ t_i (v − v_i) / (N v).</summary>
    public static Quantity Segregation(CountTable table, Func<double, double> variation)
    {
        var whole = Of(table.GroupTotals, table.Total, variation);
        if (whole == 0) return Quantity.Undefined(UndefinedReason.OneGroup);
        var within = 0.0;
        for (var i = 0; i < table.Units; i++)
        {
            if (table.UnitTotals[i] > 0) within += table.UnitTotals[i] / table.Total * Of(table.Unit(i), table.UnitTotals[i], variation);
        }

        return Quantity.Known(Math.Max(0, 1 - (within / whole)));
    }

    /// <summary>The order in which the groups were taken, for the record.</summary>
    public static ImmutableSortedDictionary<string, string> Order(GroupCounts counts) =>
        ImmutableSortedDictionary<string, string>.Empty.Add("order", string.Join(" < ", counts.Groups));

    // v = Σ_k f(c_k) / (K − 1) over the limits between groups.
    private static double Of(ReadOnlySpan<double> counts, double total, Func<double, double> variation)
    {
        double below = 0, sum = 0;
        for (var k = 0; k < counts.Length - 1; k++)
        {
            below += counts[k];
            sum += variation(Math.Min(1, below / total));
        }

        return sum / (counts.Length - 1);
    }
}

/// <summary>Segregation between ordered groups: how much less the units' members differ in rank than the whole's (Ho).</summary>
/// <remarks>Ho = Σ_i t_i (v − v_i) / (N v), v = Σ_k f(c_k) / (K − 1), c_k the part of members in the first k groups, f(c) = −(c log2 c + (1
/// − c) log2(1 − c)). Groups stand in the order given. From 0 to 1. Swedish: <i>ordinalt entropiindex</i>.</remarks>
internal static class OrdinalInformationTheory
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "ordinal-information-theory", "Ordinal information theory index", "Ordinalt entropiindex",
            "Ho = Σ_i t_i (v − v_i) / (N v), v = Σ_k f(c_k) / (K − 1), f(c) = −(c log2 c + (1 − c) log2(1 − c))",
            Units.Index, ValueRange.Unit, "Reardon 2009, Research on Economic Inequality 17"),
        Formula)
    {
        Ordered = true,
        Configure = (_, counts) => Measure! with { Parameters = OrdinalVariation.Order(counts) },
    };

    /// <summary>The variation at a cumulated share: 0 at 0 and 1, 1 at one half.</summary>
    /// <param name="c">The cumulated share.</param>
    public static double Variation(double c) => -(Sums.PLogP(c) + Sums.PLogP(1 - c)) / PortableMath.Log(2);

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        return OrdinalVariation.Segregation(table, Variation);
    }
}

/// <summary>Segregation between ordered groups: how much less the units' members differ in rank than the whole's (Ro).</summary>
/// <remarks>Ro = Σ_i t_i (v − v_i) / (N v), v = Σ_k f(c_k) / (K − 1), c_k the part of members in the first k groups, f(c) = 4c(1 − c).
/// Groups stand in the order given. From 0 to 1. Swedish: <i>ordinalt variationskvotsindex</i>.</remarks>
internal static class OrdinalVariationRatio
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "ordinal-variation-ratio", "Ordinal variation ratio index", "Ordinalt variationskvotsindex",
            "Ro = Σ_i t_i (v − v_i) / (N v), v = Σ_k f(c_k) / (K − 1), f(c) = 4c(1 − c)",
            Units.Index, ValueRange.Unit, "Reardon 2009, Research on Economic Inequality 17"),
        Formula)
    {
        Ordered = true,
        Configure = (_, counts) => Measure! with { Parameters = OrdinalVariation.Order(counts) },
    };

    /// <summary>The variation at a cumulated share: 0 at 0 and 1, 1 at one half.</summary>
    /// <param name="c">The cumulated share.</param>
    public static double Variation(double c) => 4 * c * (1 - c);

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        return OrdinalVariation.Segregation(table, Variation);
    }
}

/// <summary>Segregation between ordered groups: how much less the units' members differ in rank than the whole's (So).</summary>
/// <remarks>So = Σ_i t_i (v − v_i) / (N v), v = Σ_k f(c_k) / (K − 1), c_k the part of members in the first k groups, f(c) = 2√(c(1 − c)).
/// Groups stand in the order given. From 0 to 1. Swedish: <i>ordinalt kvadratrotsindex</i>.</remarks>
internal static class OrdinalSquareRoot
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "ordinal-square-root", "Ordinal square-root index", "Ordinalt kvadratrotsindex",
            "So = Σ_i t_i (v − v_i) / (N v), v = Σ_k f(c_k) / (K − 1), f(c) = 2√(c(1 − c))",
            Units.Index, ValueRange.Unit, "Reardon 2009, Research on Economic Inequality 17"),
        Formula)
    {
        Ordered = true,
        Configure = (_, counts) => Measure! with { Parameters = OrdinalVariation.Order(counts) },
    };

    /// <summary>The variation at a cumulated share: 0 at 0 and 1, 1 at one half.</summary>
    /// <param name="c">The cumulated share.</param>
    public static double Variation(double c) => 2 * Math.Sqrt(c * (1 - c));

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        return OrdinalVariation.Segregation(table, Variation);
    }
}

/// <summary>Segregation between ordered groups: how much less the units' members differ in rank than the whole's (Lo).</summary>
/// <remarks>Lo = Σ_i t_i (v − v_i) / (N v), v = Σ_k f(c_k) / (K − 1), c_k the part of members in the first k groups, f(c) = 1 − |2c − 1|.
/// Groups stand in the order given. From 0 to 1. Swedish: <i>ordinalt absolutdifferensindex</i>.</remarks>
internal static class OrdinalAbsoluteDifference
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "ordinal-absolute-difference", "Ordinal absolute difference index", "Ordinalt absolutdifferensindex",
            "Lo = Σ_i t_i (v − v_i) / (N v), v = Σ_k f(c_k) / (K − 1), f(c) = 1 − |2c − 1|",
            Units.Index, ValueRange.Unit, "Reardon 2009, Research on Economic Inequality 17"),
        Formula)
    {
        Ordered = true,
        Configure = (_, counts) => Measure! with { Parameters = OrdinalVariation.Order(counts) },
    };

    /// <summary>The variation at a cumulated share: 0 at 0 and 1, 1 at one half.</summary>
    /// <param name="c">The cumulated share.</param>
    public static double Variation(double c) => 1 - Math.Abs((2 * c) - 1);

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        return OrdinalVariation.Segregation(table, Variation);
    }
}
