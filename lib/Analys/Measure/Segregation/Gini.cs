using Analys.Measure.Segregation.Change;

namespace Analys.Measure.Segregation;

/// <summary>Twice the area between the segregation curve and the line of an even spread.</summary>
/// <remarks>
/// G = Σ_i Σ_j t_i t_j |p_i − p_j| / (2 T² P (1 − P)), computed from units sorted by p in n log n. Swedish: <i>ginikoefficient för
/// segregation</i>.
/// </remarks>
internal static class Gini
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "gini", "Gini index of segregation", "Ginikoefficient för segregation", "G = Σ_i Σ_j t_i t_j |p_i − p_j| / (2 T² P (1 − P))",
            Units.Index, ValueRange.Unit, "Massey & Denton 1988, Social Forces 67(2)"),
        Formula)
    {
        Corrected = BiasCorrectedDissimilarity.OfGini,
    };

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), sumY = Sums.Of(y);
        var order = SegregationCurve.Order(x, y);
        double below = 0, area = 0;
        // Under the curve of y against x, units in rising order of x's share: trapezoids.
        foreach (var i in order)
        {
            var height = x[i] / sumX;
            area += (y[i] / sumY) * (below + (height / 2));
            below += height;
        }

        return Quantity.Known(Math.Max(0, 1 - (2 * area)));
    }
}

/// <summary>The Gini index of segregation for several groups.</summary>
/// <remarks>G = Σ_g Σ_i Σ_j t_i t_j |p_ig − p_jg| / (2 N² I), from units sorted by p_ig, group by group: n log n, no array of pairs.
/// Swedish: <i>ginikoefficient för flera grupper</i>.</remarks>
internal static class MultigroupGini
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "multigroup-gini", "Multigroup Gini index", "Ginikoefficient för flera grupper",
            "G = Σ_g Σ_i Σ_j t_i t_j |p_ig − p_jg| / (2 N² I), I = Σ_g P_g (1 − P_g)",
            Units.Index, ValueRange.Unit, "Reardon & Firebaugh 2002, Sociological Methodology 32"),
        Formula)
    {
        Corrected = MultigroupIntervals.OfGini,
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        var interaction = SimpsonInteraction.Of(table.GroupTotals, table.Total);
        var share = new double[table.Units];
        var weight = new double[table.Units];
        var sum = 0.0;
        for (var g = 0; g < table.Groups; g++)
        {
            for (var i = 0; i < share.Length; i++)
            {
                var t = table.UnitTotals[i];
                weight[i] = t / table.Total;
                share[i] = t > 0 ? table.Counts[(i * table.Groups) + g] / t : 0;
            }

            Array.Sort(share, weight);
            // Each pair once: unit i against all units of a lower share.
            double below = 0, product = 0;
            for (var i = 0; i < share.Length; i++)
            {
                sum += 2 * weight[i] * ((share[i] * below) - product);
                below += weight[i];
                product += weight[i] * share[i];
            }
        }

        return Quantity.Known(Math.Max(0, sum / (2 * interaction)));
    }
}

/// <summary>The segregation curve: units in rising order of the group's share, its cumulated part against the others'.</summary>
/// <remarks>The diagonal is an even spread. Source: Duncan &amp; Duncan 1955. Swedish: <i>segregationskurva</i>.</remarks>
internal static class SegregationCurve
{
    /// <summary>A point of the curve.</summary>
    /// <param name="Others">The cumulated share of the other group.</param>
    /// <param name="Group">The cumulated share of the group of interest.</param>
    public readonly record struct Point(double Others, double Group);

    /// <summary>The points, from (0, 0) to (1, 1).</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static IReadOnlyList<Point> Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), sumY = Sums.Of(y), group = 0, others = 0;
        var points = new List<Point> { new(0, 0) };
        foreach (var i in Order(x, y))
        {
            group += x[i];
            others += y[i];
            points.Add(new Point(others / sumY, group / sumX));
        }

        return points;
    }

    /// <summary>The units in rising order of the group's share; empty units left out, ties in the units' own order.</summary>
    internal static int[] Order(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var share = new double[x.Length];
        var order = new List<int>(x.Length);
        for (var i = 0; i < share.Length; i++)
        {
            if (x[i] + y[i] <= 0) continue;
            share[i] = x[i] / (x[i] + y[i]);
            order.Add(i);
        }

        int[] sorted = [.. order];
        Array.Sort(sorted, (a, b) => share[a] != share[b] ? share[a].CompareTo(share[b]) : a.CompareTo(b));
        return sorted;
    }
}
