using System.Collections.Immutable;
using Analys.Measure.Segregation.Change;

namespace Analys.Measure.Segregation;

/// <summary>The share of either group that would have to move for both to be spread alike.</summary>
/// <remarks>D = ½ Σ |x_i / X − y_i / Y|, from 0 (spread alike) to 1 (no unit has both). Swedish: <i>dissimilaritetsindex</i>.</remarks>
internal static class Dissimilarity
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "dissimilarity", "Index of dissimilarity", "Dissimilaritetsindex", "D = ½ Σ |x_i / X − y_i / Y|",
            Units.Index, ValueRange.Unit, "Duncan & Duncan 1955, American Sociological Review 20(2)"),
        Formula)
    {
        Corrected = (x, y, _, options) => BiasCorrectedDissimilarity.OfPlain(x, y, d => d, options),
    };

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), sumY = Sums.Of(y), sum = 0;
        for (var i = 0; i < x.Length; i++) sum += Math.Abs((x[i] / sumX) - (y[i] / sumY));
        return Quantity.Known(sum / 2);
    }
}

/// <summary>The share of the group that would have to move for it to be spread like everyone.</summary>
/// <remarks>GS = ½ Σ |x_i / X − t_i / T| = D (1 − P), from 0 to 1 − P. Swedish: <i>Gorards segregationsindex</i>.</remarks>
internal static class Gorard
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "gorard", "Gorard's segregation index", "Gorards segregationsindex", "GS = ½ Σ |x_i / X − t_i / T|",
            Units.Index, ValueRange.Unit, "Gorard & Taylor 2002, Sociology 36(4); Gorard 2000"),
        Formula)
    {
        Corrected = (x, y, _, options) => BiasCorrectedDissimilarity.OfPlain(
            x, y, d => d * Sums.Of(y) / (Sums.Of(x) + Sums.Of(y)), options),
    };

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), total = sumX + Sums.Of(y), sum = 0;
        for (var i = 0; i < x.Length; i++) sum += Math.Abs((x[i] / sumX) - ((x[i] + y[i]) / total));
        return Quantity.Known(sum / 2);
    }
}

/// <summary>The overlap of the two groups' spreads that is missing, as a share of their union.</summary>
/// <remarks>MM = 1 − Σ min(x_i / X, y_i / Y) / Σ max(x_i / X, y_i / Y) = 2D / (1 + D). Swedish: <i>min-max-index</i>.</remarks>
internal static class MinMax
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "min-max", "Min-max index", "Min-max-index", "MM = 1 − Σ min(x_i / X, y_i / Y) / Σ max(x_i / X, y_i / Y)",
            Units.Index, ValueRange.Unit, "O'Sullivan & Wong 2007, Geographical Analysis 39(2)"),
        Formula)
    {
        Corrected = (x, y, _, options) => BiasCorrectedDissimilarity.OfPlain(x, y, d => 2 * d / (1 + d), options),
    };

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), sumY = Sums.Of(y), least = 0, most = 0;
        for (var i = 0; i < x.Length; i++)
        {
            least += Math.Min(x[i] / sumX, y[i] / sumY);
            most += Math.Max(x[i] / sumX, y[i] / sumY);
        }

        return Quantity.Known(Math.Max(0, 1 - (least / most)));
    }
}

/// <summary>The index of dissimilarity for several groups.</summary>
/// <remarks>D = Σ_g Σ_i t_i |p_ig − P_g| / (2 N I), I = Σ_g P_g (1 − P_g), from 0 to 1. Swedish: <i>dissimilaritetsindex för flera
/// grupper</i>.</remarks>
internal static class MultigroupDissimilarity
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "multigroup-dissimilarity", "Multigroup index of dissimilarity", "Dissimilaritetsindex för flera grupper",
            "D = Σ_g Σ_i t_i |p_ig − P_g| / (2 N I), I = Σ_g P_g (1 − P_g)",
            Units.Index, ValueRange.Unit,
            "Morgan 1975; Sakoda 1981, Demography 18(2); Reardon & Firebaugh 2002, Sociological Methodology 32"),
        Formula)
    {
        Corrected = MultigroupIntervals.OfDissimilarity,
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        var interaction = SimpsonInteraction.Of(table.GroupTotals, table.Total);
        var sum = 0.0;
        for (var i = 0; i < table.Units; i++)
        {
            var row = table.Unit(i);
            var share = table.UnitTotals[i] / table.Total;
            for (var g = 0; g < row.Length; g++) sum += Math.Abs((row[g] / table.Total) - (share * (table.GroupTotals[g] / table.Total)));
        }

        return Quantity.Known(sum / (2 * interaction));
    }
}

/// <summary>Area between the group's concentration profile and that of an even spread.</summary>
/// <remarks>v(θ) is the part of the group that lives in units where its share is at least θ. R = (P − ∫₀^P v + ∫_P^1 v) / (1 − P), from 0
/// to 1. The integrals are exact sums unless a number m of thresholds is given; then they are means over m thresholds from 0 to 1. Swedish:
/// <i>koncentrationsprofil</i>.</remarks>
internal static class ConcentrationProfile
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "concentration-profile", "Concentration profile index", "Koncentrationsprofil",
            "R = (P − ∫₀^P v(θ) dθ + ∫_P^1 v(θ) dθ) / (1 − P)",
            Units.Index, ValueRange.Unit, "Hong & Sadahiro 2014, Geographical Analysis 46(2)"),
        Formula)
    {
        Options =
        [new MeasureOption("m", "exact",
            "Concentration profile: the number of thresholds, at least 2; exact integrates without thresholds")],
        Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("m", "exact"),
        Configure = (arguments, _) => arguments.Options.GetValueOrDefault("m", "exact") == "exact" ? Measure!
        : With(arguments.Number("m", 0)),
    };

    /// <summary>The measure by means over thresholds.</summary>
    /// <param name="m">The number of thresholds, a whole number from 2 to a million.</param>
    /// <exception cref="MeasureOptionException">m is not such a number.</exception>
    public static TwoGroupMeasure With(double m) => m is >= 2 and <= 1_000_000 && m == Math.Floor(m)
        ? Measure with { Formula = (x, y) => Formula(x, y, (int)m), Parameters = Measure.Parameters.SetItem("m", MeasureArguments.Text(m)) }
        : throw new MeasureOptionException("The option m of concentration-profile must be a whole number from 2 to 1000000, or exact.");

    /// <summary>The formula by means over m thresholds 0, 1/(m−1), ..., 1.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    /// <param name="m">The number of thresholds.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int m)
    {
        double sumX = Sums.Of(x), share = sumX / (sumX + Sums.Of(y)), below = 0, above = 0;
        var order = SegregationCurve.Order(x, y);
        var at = 0;
        var remaining = 1.0;
        for (var step = 0; step < m; step++)
        {
            var threshold = step / (m - 1.0);
            while (at < order.Length && x[order[at]] / (x[order[at]] + y[order[at]]) < threshold) remaining -= x[order[at++]] / sumX;
            if (threshold < share) below += remaining / m;
            else above += at < order.Length ? remaining / m : 0;
        }

        return Quantity.Known((share - below + above) / (1 - share));
    }

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), share = sumX / (sumX + Sums.Of(y)), below = 0, above = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] <= 0) continue;
            var p = x[i] / (x[i] + y[i]);
            below += x[i] / sumX * Math.Min(p, share);
            above += x[i] / sumX * Math.Max(p - share, 0);
        }

        return Quantity.Known(Math.Max(0, (share - below + above) / (1 - share)));
    }
}
