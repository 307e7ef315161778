using MathNet.Numerics;

namespace Analys.Measure.Segregation.Ordinal;

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
