using System.Collections.Immutable;
using Analys.Measure.Inference;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Analys.Measure.Segregation.Ordinal;

/// <summary>Rank-order segregation from brackets: binary segregation at each limit, a polynomial through it, its weighted mean.</summary>
internal static class RankOrder
{
    /// <summary>The order of the polynomial in Reardon &amp; Bischoff 2011.</summary>
    public const int DefaultOrder = 4;

    /// <summary>The option.</summary>
    public static MeasureOption OrderOption { get; } =
        new("polynomial-order", "4",
            "Rank-order measures: the order of the polynomial, 0 to 8; at most the number of bracket limits less one is used");

    /// <summary>The order that a call asks for.</summary>
    public static int Order(MeasureArguments arguments)
    {
        var order = arguments.Number("polynomial-order", DefaultOrder);
        return order is >= 0 and <= 8 && order == Math.Floor(order) ? (int)order
            : throw new MeasureOptionException("The option polynomial-order must be a whole number from 0 to 8.");
    }

    /// <summary>What the record says: the order of the groups, and the order of the polynomial that these counts allow.</summary>
    public static ImmutableSortedDictionary<string, string> Parameters(GroupCounts counts, int order)
    {
        double below = 0, total = 0;
        for (var group = 0; group < counts.Groups.Length; group++) total += counts.GroupTotal(group);
        var limits = 0;
        for (var group = 0; group < counts.Groups.Length - 1; group++)
        {
            var members = counts.GroupTotal(group);
            below += members;
            if (members > 0 && below / total < 1) limits++;
        }

        return OrdinalVariation.Order(counts).Add("polynomial-order", MeasureArguments.Text(Math.Max(0, Math.Min(order, limits - 1))));
    }

    /// <summary>A rank-order measure: ordinal segregation at each limit, weighed over the ranks.</summary>
    /// <param name="definition">What it is.</param>
    /// <param name="variation">The variation of those up to a limit.</param>
    /// <param name="mean">δ_m of its weights.</param>
    public static MultigroupMeasure Of(Definition definition, Func<double, double> variation, Func<int, double> mean)
    {
        var measure = new MultigroupMeasure(definition, table => Index(table, variation, mean, DefaultOrder))
        {
            Ordered = true,
            Options = [OrderOption],
        };
        return measure with
        {
            Configure = (arguments, counts) =>
            {
                var order = Order(arguments);
                return measure with { Formula = table => Index(table, variation, mean, order), Parameters = Parameters(counts, order) };
            },
        };
    }

    /// <summary>The index: Σ_m β_m δ_m, β the fitted polynomial, δ_m the mean of p^m under the weights.</summary>
    public static Quantity Index(CountTable table, Func<double, double> variation, Func<int, double> mean, int order)
    {
        var limits = new List<(double P, double Segregation)>();
        double below = 0;
        for (var k = 0; k < table.Groups - 1; k++)
        {
            below += table.GroupTotals[k];
            // The limit of an empty bracket is the limit before it; limits at 0 and 1 divide nobody.
            if (table.GroupTotals[k] == 0 || below / table.Total >= 1) continue;
            limits.Add((below / table.Total, Binary(table, k, below / table.Total, variation)));
        }

        if (limits.Count == 0) return Quantity.Undefined(UndefinedReason.OneGroup);
        order = Math.Min(order, limits.Count - 1);
        var matrix = Matrix<double>.Build.Dense(limits.Count, order + 1, (row, m) =>
            variation(limits[row].P) * PortableMath.Pow(limits[row].P, m));
        var right = Vector<double>.Build.Dense(limits.Count, row => variation(limits[row].P) * limits[row].Segregation);
        var beta = matrix.QR(QRMethod.Thin).Solve(right);
        var index = 0.0;
        for (var m = 0; m <= order; m++) index += beta[m] * mean(m);
        return double.IsFinite(index) ? Quantity.Known(index) : Quantity.Undefined("the bracket limits are too close for the polynomial");
    }

    // Segregation of those up to a limit from those above it.
    private static double Binary(CountTable table, int limit, double p, Func<double, double> variation)
    {
        var within = 0.0;
        for (var i = 0; i < table.Units; i++)
        {
            if (table.UnitTotals[i] == 0) continue;
            var share = Sums.Of(table.Unit(i)[..(limit + 1)]) / table.UnitTotals[i];
            within += table.UnitTotals[i] / table.Total * variation(Math.Min(1, share));
        }

        return 1 - (within / variation(p));
    }
}

/// <summary>δ_m = ∫ w(p) p^m dp / ∫ w(p) dp over 0 to 1, in closed form.</summary>
internal static class RankOrderWeights
{
    /// <summary>w = −(p ln p + (1 − p) ln(1 − p)), whose integral is ½.</summary>
    public static double Entropy(int m)
    {
        var sum = 1.0 / ((m + 2) * (m + 2));
        for (var n = 0; n <= m; n++) sum += (n % 2 == 0 ? 1 : -1) * SpecialFunctions.Binomial(m, n) / ((n + 2) * (n + 2));
        return 2 * sum;
    }

    /// <summary>w = p(1 − p): B(m + 2, 2) / B(2, 2).</summary>
    public static double VariationRatio(int m) => SpecialFunctions.Beta(m + 2, 2) / SpecialFunctions.Beta(2, 2);

    /// <summary>w = √(p(1 − p)): B(m + 3/2, 3/2) / B(3/2, 3/2).</summary>
    public static double SquareRoot(int m) => SpecialFunctions.Beta(m + 1.5, 1.5) / SpecialFunctions.Beta(1.5, 1.5);
}

/// <summary>Segregation by income rank (H^R) from counts in income brackets.</summary>
/// <remarks>H^R = ∫ w(p) Λ(p) dp / ∫ w(p) dp over the ranks p from 0 to 1, weight E(p), binary H(p): Λ is measured at the limits of the
/// brackets, a polynomial in p is fitted to it by least squares weighted with w(p)², and integrated in closed form. Brackets stand in
/// rising order. The polynomial has the order of the option, at most the number of limits less one. Swedish: <i>rangordnat
/// entropiindex</i>.</remarks>
internal static class RankOrderInformationTheory
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = RankOrder.Of(
        new Definition(
            "rank-order-information-theory", "Rank-order information theory index", "Rangordnat entropiindex",
            "H^R = ∫ w(p) Λ(p) dp / ∫ w(p) dp, weight E(p), binary H(p)",
            Units.Index, ValueRange.Any,
            "Reardon 2011, Stanford CEPA working paper; Reardon & Bischoff 2011, American Journal of Sociology 116(4)"),
        OrdinalInformationTheory.Variation, RankOrderWeights.Entropy);
}

/// <summary>Segregation by income rank (R^R) from counts in income brackets.</summary>
/// <remarks>R^R = ∫ w(p) Λ(p) dp / ∫ w(p) dp over the ranks p from 0 to 1, weight 4p(1 − p), binary R(p) = η²: Λ is measured at the limits
/// of the brackets, a polynomial in p is fitted to it by least squares weighted with w(p)², and integrated in closed form. Brackets stand
/// in rising order. The polynomial has the order of the option, at most the number of limits less one. Swedish: <i>rangordnat
/// variationskvotsindex</i>.</remarks>
internal static class RankOrderVariationRatio
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = RankOrder.Of(
        new Definition(
            "rank-order-variation-ratio", "Rank-order variation ratio index", "Rangordnat variationskvotsindex",
            "R^R = ∫ w(p) Λ(p) dp / ∫ w(p) dp, weight 4p(1 − p), binary R(p) = η²",
            Units.Index, ValueRange.Any,
            "Reardon 2011, Stanford CEPA working paper; Reardon & Bischoff 2011, American Journal of Sociology 116(4)"),
        OrdinalVariationRatio.Variation, RankOrderWeights.VariationRatio);
}

/// <summary>Segregation by income rank (S^R) from counts in income brackets.</summary>
/// <remarks>S^R = ∫ w(p) Λ(p) dp / ∫ w(p) dp over the ranks p from 0 to 1, weight 2√(p(1 − p)), binary Hutchens index S(p): Λ is measured
/// at the limits of the brackets, a polynomial in p is fitted to it by least squares weighted with w(p)², and integrated in closed form.
/// Brackets stand in rising order. The polynomial has the order of the option, at most the number of limits less one. Swedish:
/// <i>rangordnat kvadratrotsindex</i>.</remarks>
internal static class RankOrderSquareRoot
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = RankOrder.Of(
        new Definition(
            "rank-order-square-root", "Rank-order square-root index", "Rangordnat kvadratrotsindex",
            "S^R = ∫ w(p) Λ(p) dp / ∫ w(p) dp, weight 2√(p(1 − p)), binary Hutchens index S(p)",
            Units.Index, ValueRange.Any,
            "Reardon 2011, Stanford CEPA working paper; Reardon & Bischoff 2011, American Journal of Sociology 116(4)"),
        OrdinalSquareRoot.Variation, RankOrderWeights.SquareRoot);
}

/// <summary>How much of the variation of income lies between units.</summary>
/// <remarks>
/// NSI = σ_N / σ_H, the standard deviation of the units' means over that of the households, from counts in brackets and the income that
/// stands for each bracket (the option values). From 0 to 1. Swedish: <i>områdessorteringsindex</i>.
/// </remarks>
internal static class NeighbourhoodSorting
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "neighbourhood-sorting", "Neighbourhood sorting index", "Områdessorteringsindex",
            "NSI = √(Σ_i t_i (m_i − m)² / Σ_i Σ_g n_ig (v_g − m)²)",
            Units.Index, ValueRange.Unit, "Jargowsky 1996, American Sociological Review 61(6)"),
        _ => Quantity.Undefined("the option values is not given"))
    {
        Ordered = true,
        Options =
        [new MeasureOption("values", null,
            "Neighbourhood sorting: the income that stands for each group, comma-separated in the groups' order")],
        Configure = (arguments, counts) =>
        {
            if (arguments.Numbers("values") is not { } values) return Measure!;
            if (values.Length != counts.Groups.Length)
                throw new MeasureOptionException("The option values must have one number for each group.");
            return Measure! with
            {
                Formula = table => Formula(table, values),
                Parameters = Measure.Parameters.Add("values", string.Join(',', values.Select(MeasureArguments.Text))),
            };
        },
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons or households by unit and bracket; somebody in it.</param>
    /// <param name="values">The income that stands for each bracket.</param>
    public static Quantity Formula(CountTable table, ReadOnlySpan<double> values)
    {
        double mean = 0, all = 0, between = 0;
        for (var g = 0; g < table.Groups; g++) mean += table.GroupTotals[g] / table.Total * values[g];
        for (var g = 0; g < table.Groups; g++) all += table.GroupTotals[g] / table.Total * (values[g] - mean) * (values[g] - mean);
        for (var i = 0; i < table.Units; i++)
        {
            if (table.UnitTotals[i] == 0) continue;
            var unit = 0.0;
            var row = table.Unit(i);
            for (var g = 0; g < row.Length; g++) unit += row[g] / table.UnitTotals[i] * (values[g] - mean);
            between += table.UnitTotals[i] / table.Total * unit * unit;
        }

        return all == 0 ? Quantity.Undefined("everyone has the same value") : Quantity.Known(Math.Min(1, Math.Sqrt(between / all)));
    }
}
