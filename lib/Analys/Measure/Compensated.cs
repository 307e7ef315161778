using System.Runtime.CompilerServices;

namespace Analys.Measure;

/// <summary>A sum that keeps what rounding would lose, so that the sum over a hundred million persons is right to the last place or
/// two.</summary>
/// <remarks>Source: Neumaier 1974, Zeitschrift für Angewandte Mathematik und Mechanik 54(1).</remarks>
internal struct Compensated
{
    private double sum, lost;

    /// <summary>The sum so far.</summary>
    public readonly double Value => sum + lost;

    /// <summary>Adds a term.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double term) => Add(ref sum, ref lost, term);

    /// <summary>Adds another sum with what it has kept.</summary>
    public void Add(Compensated other)
    {
        Add(other.sum);
        lost += other.lost;
    }

    /// <summary>Adds a term to a sum whose lost part stands elsewhere; the two are added at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ref double sum, ref double lost, double term)
    {
        var next = sum + term;
        lost += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
        sum = next;
    }

    /// <summary>The sum of the values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum(ReadOnlySpan<double> values)
    {
        // Four sums side by side: the additions do not wait for each other. Always in this order, so that the bits are the same everywhere.
        Compensated a = default, b = default, c = default, d = default;
        var i = 0;
        for (; i + 4 <= values.Length; i += 4)
        {
            a.Add(values[i]);
            b.Add(values[i + 1]);
            c.Add(values[i + 2]);
            d.Add(values[i + 3]);
        }

        for (; i < values.Length; i++) a.Add(values[i]);
        return Together(a, b, c, d);
    }

    /// <summary>Σ a·b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        b = b[..a.Length];
        Compensated s = default, t = default, u = default, v = default;
        var i = 0;
        for (; i + 4 <= a.Length; i += 4)
        {
            s.Add(a[i] * b[i]);
            t.Add(a[i + 1] * b[i + 1]);
            u.Add(a[i + 2] * b[i + 2]);
            v.Add(a[i + 3] * b[i + 3]);
        }

        for (; i < a.Length; i++) s.Add(a[i] * b[i]);
        return Together(s, t, u, v);
    }

    /// <summary>Σ w·v / Σ w.</summary>
    public static double Mean(ReadOnlySpan<double> values, ReadOnlySpan<double> weights) => Dot(values, weights) / Sum(weights);

    /// <summary>The mean; NaN for none.</summary>
    public static double Mean(ReadOnlySpan<double> values) => Sum(values) / values.Length;

    /// <summary>Σ(v − mean)², the mean taken first.</summary>
    public static double SquaresAroundMean(ReadOnlySpan<double> values)
    {
        var mean = Mean(values);
        var sum = default(Compensated);
        foreach (var value in values) sum.Add((value - mean) * (value - mean));
        return sum.Value;
    }

    /// <summary>The variance with n − 1.</summary>
    public static double Variance(ReadOnlySpan<double> values) => SquaresAroundMean(values) / (values.Length - 1);

    private static double Together(Compensated a, Compensated b, Compensated c, Compensated d)
    {
        a.Add(b);
        c.Add(d);
        a.Add(c);
        return a.Value;
    }
}
