using System.Collections.Immutable;
using Analys.Measure.Inference;

namespace Analys.Measure.Segregation;

/// <summary>Atkinson's index: inequality of the group's share between units, with weight b on where the share is high or low.</summary>
/// <remarks>A(b) = 1 − (P / (1 − P)) (Σ (1 − p_i)^(1−b) p_i^b t_i / (P T))^(1/(1−b)), 0 &lt; b &lt; 1; b = 0.5 weighs all alike. Swedish:
/// <i>Atkinsons index</i>.</remarks>
internal static class Atkinson
{
    /// <summary>A unit without members adds a root of zero to every replicate: with fewer than ten members a unit the basic interval lies
    /// below the index of the units' own chances in up to a fifth of simulated cities (the room's page).</summary>
    internal const double FewestMembers = 10;

    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "atkinson", "Atkinson index", "Atkinsons index", "A(b) = 1 − (P / (1 − P)) (Σ (1 − p_i)^(1−b) p_i^b t_i / (P T))^(1/(1−b))",
            Units.Index, ValueRange.Unit, "Atkinson 1970; James & Taeuber 1985, Sociological Methodology 15"),
        Formula)
    {
        FewestMembers = FewestMembers,
        Options = [new MeasureOption("b", "0.5", "Atkinson: the weight of units where the group's share is high, between 0 and 1")],
        Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("b", "0.5"),
        Configure = (arguments, _) => With(arguments.Number("b", 0.5)),
    };

    /// <summary>The measure with another weight.</summary>
    /// <param name="b">The weight, above 0 and below 1.</param>
    /// <exception cref="MeasureOptionException">b is not between 0 and 1.</exception>
    public static TwoGroupMeasure With(double b) => b is > 0 and < 1
        ? Measure with { Formula = (x, y) => Formula(x, y, b), Parameters = Measure.Parameters.SetItem("b", MeasureArguments.Text(b)) }
        : throw new MeasureOptionException("The option b of atkinson must be above 0 and below 1.");

    /// <summary>The formula with a weight.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    /// <param name="b">The weight, above 0 and below 1.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double b)
    {
        // The textbook formula with p_i t_i = x_i and (1 - p_i) t_i = y_i put in.
        double sumX = Sums.Of(x), sumY = Sums.Of(y), sum = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] > 0 && y[i] > 0) sum += PortableMath.Pow(y[i] / sumY, 1 - b) * PortableMath.Pow(x[i] / sumX, b);
        }

        return Quantity.Known(Math.Max(0, 1 - PortableMath.Pow(sum, 1 / (1 - b))));
    }

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        return Formula(x, y, 0.5);
    }
}

/// <summary>The square-root index: how far the two groups' spreads are from the same, by their geometric mean.</summary>
/// <remarks>S = 1 − Σ √((x_i / X)(y_i / Y)), from 0 to 1; additively decomposable. Swedish: <i>Hutchens kvadratrotsindex</i>.</remarks>
internal static class Hutchens
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "hutchens", "Hutchens square-root index", "Hutchens kvadratrotsindex", "S = 1 − Σ √((x_i / X)(y_i / Y))",
            Units.Index, ValueRange.Unit,
            "Hutchens 2001, Mathematical Social Sciences 42; Hutchens 2004, International Economic Review 45"),
        Formula)
    {
        FewestMembers = Atkinson.FewestMembers,
    };

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), sumY = Sums.Of(y), sum = 0;
        for (var i = 0; i < x.Length; i++) sum += Math.Sqrt(x[i] / sumX * (y[i] / sumY));
        return Quantity.Known(Math.Max(0, 1 - sum));
    }
}
