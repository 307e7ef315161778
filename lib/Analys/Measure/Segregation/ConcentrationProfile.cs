using System.Collections.Immutable;

namespace Analys.Measure.Segregation;

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
