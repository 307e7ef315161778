using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Analys.Measure.Inference;

/// <summary>Logarithm, exponential, power and hyperbolic tangent whose bits are the same on every processor.</summary>
/// <remarks>
/// The functions of the run-time and of the system's library multiply and add in one rounding where the processor can, so that their last
/// digit depends on it; <c>reproduce</c> promises bits. Here every step is one IEEE operation in a stated order, and the vector of four
/// does the same steps as the scalar, lane by lane. Errors are below one unit in the last place for the logarithm and the exponential.
/// Sources: Tang 1990, ACM Transactions on Mathematical Software 16(4) for the reduction; the minimax coefficients of the logarithm are
/// those of fdlibm.
/// </remarks>
internal static class PortableMath
{
    private const double Log2High = 6.93147180369123816490e-01, Log2Low = 1.90821492927058770002e-10, PerLog2 = 1.44269504088896338700;

    // 2^52 + 2^51: adding and taking it away rounds to the nearest whole number, also in a vector.
    private const double Rounder = 6755399441055744.0;
    private const double LeastExponent = -708, MostExponent = 709;
    private const long Mantissa = 0x000F_FFFF_FFFF_FFFF, HalfRoot = 0x3FE6_A09E_0000_0000, One = 0x3FF0_0000_0000_0000;

    private static ReadOnlySpan<double> Factorials =>
        [1 / 6227020800.0, 1 / 479001600.0, 1 / 39916800.0, 1 / 3628800.0, 1 / 362880.0, 1 / 40320.0, 1 / 5040.0, 1 / 720.0, 1 / 120.0,
            1 / 24.0, 1 / 6.0, 0.5];

    /// <summary>e^x; 0 below −708, where the result would no longer have all its digits.</summary>
    public static double Exp(double x)
    {
        if (!(x >= LeastExponent)) return double.IsNaN(x) ? x : 0;
        if (x > MostExponent) return Math.Exp(x);
        var whole = (x * PerLog2) + Rounder;
        var n = whole - Rounder;
        var rest = (x - (n * Log2High)) - (n * Log2Low);
        var sum = Factorials[0];
        foreach (var next in Factorials[1..]) sum = (sum * rest) + next;
        sum = 1 + (rest + (sum * (rest * rest)));
        return sum * BitConverter.Int64BitsToDouble((BitConverter.DoubleToInt64Bits(whole) << 52) + One);
    }

    /// <summary>e^x of four numbers, none above 709: the bits of <see cref="Exp(double)"/>.</summary>
    public static Vector256<double> Exp(Vector256<double> x)
    {
        var whole = (x * Vector256.Create(PerLog2)) + Vector256.Create(Rounder);
        var n = whole - Vector256.Create(Rounder);
        var rest = (x - (n * Vector256.Create(Log2High))) - (n * Vector256.Create(Log2Low));
        var sum = Vector256.Create(Factorials[0]);
        foreach (var next in Factorials[1..]) sum = (sum * rest) + Vector256.Create(next);
        sum = Vector256<double>.One + (rest + (sum * (rest * rest)));
        var scale = (Vector256.ShiftLeft(whole.AsInt64(), 52) + Vector256.Create(One)).AsDouble();
        return Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(x, Vector256.Create(LeastExponent)), sum * scale,
            Vector256<double>.Zero);
    }

    /// <summary>e^x of numbers, none above 709, each in its place: the bits of <see cref="Exp(double)"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Exp(Span<double> values)
    {
        var vectors = MemoryMarshal.Cast<double, Vector256<double>>(values);
        foreach (ref var vector in vectors) vector = Exp(vector);
        foreach (ref var value in values[(vectors.Length * Vector256<double>.Count)..]) value = Exp(value);
    }

    /// <summary>ln x of a positive, finite number; as <see cref="Math.Log(double)"/> of any other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Log(double x)
    {
        // Subnormal numbers, zero, negative numbers, infinity and NaN are exact cases or none that a measure meets.
        if (!(x >= 2.2250738585072014e-308) || x > double.MaxValue) return Math.Log(x);
        var bits = BitConverter.DoubleToInt64Bits(x);
        // The exponent that leaves a fraction from √½ to √2.
        var k = (bits - HalfRoot) >> 52;
        var f = BitConverter.Int64BitsToDouble(bits - (k << 52)) - 1;
        double s = f / (2 + f), z = s * s, w = z * z, half = 0.5 * f * f;
        var even = w * (0.3999999999940941908 + (w * (0.2222219843214978396 + (w * 0.1531383769920937332))));
        var odd = z * (0.6666666666666735130 + (w * (0.2857142874366239149 + (w * (0.1818357216161805012 + (w * 0.1479819860511658591))))));
        return (k * Log2High) - ((half - ((s * (half + (even + odd))) + (k * Log2Low))) - f);
    }

    /// <summary>ln x of four positive, finite numbers that are not subnormal: the bits of <see cref="Log(double)"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Log(Vector256<double> x)
    {
        var bits = x.AsInt64();
        var shifted = Vector256.ShiftRightArithmetic(bits - Vector256.Create(HalfRoot), 52);
        // A small whole number becomes a double through the mantissa of the rounder, which every vector can do.
        var k = (shifted + Vector256.Create(BitConverter.DoubleToInt64Bits(Rounder))).AsDouble() - Vector256.Create(Rounder);
        var f = (bits - Vector256.ShiftLeft(shifted, 52)).AsDouble() - Vector256<double>.One;
        var s = f / (Vector256.Create(2.0) + f);
        Vector256<double> z = s * s, w = z * z, half = Vector256.Create(0.5) * f * f;
        var even = w * (Vector256.Create(0.3999999999940941908)
            + (w * (Vector256.Create(0.2222219843214978396) + (w * Vector256.Create(0.1531383769920937332)))));
        var odd = z * (Vector256.Create(0.6666666666666735130) + (w * (Vector256.Create(0.2857142874366239149)
            + (w * (Vector256.Create(0.1818357216161805012) + (w * Vector256.Create(0.1479819860511658591)))))));
        return (k * Vector256.Create(Log2High)) - ((half - ((s * (half + (even + odd))) + (k * Vector256.Create(Log2Low)))) - f);
    }

    /// <summary>ln(1 + x) for x above −1, with the digits that a small x has.</summary>
    public static double Log1p(double x)
    {
        var one = 1 + x;
        // What rounding took from 1 + x is put back in proportion (Kahan).
        return one == 1 ? x : double.IsInfinity(one) ? one : Log(one) * (x / (one - 1));
    }

    /// <summary>x^p for x of at least 0.</summary>
    public static double Pow(double x, double p) => p == 0 || x == 1 ? 1 : p == 1 ? x : p == 0.5 ? Math.Sqrt(x)
        : x == 0 ? (p > 0 ? 0 : double.PositiveInfinity)
        : Exp(p * Log(x));

    /// <summary>The hyperbolic tangent.</summary>
    public static double Tanh(double x) => Math.Abs(x) > 22 ? Math.Sign(x) : 1 - (2 / (Exp(2 * x) + 1));

    /// <summary>The sum of the lanes, the first two and the last two first.</summary>
    public static double Sum(Vector256<double> lanes) => (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}
