namespace Analys.Measure.Effects;

/// <summary>A sum that keeps what rounding would lose (Neumaier 1974).</summary>
internal struct Compensated
{
    private double sum, lost;

    /// <summary>The sum so far.</summary>
    public readonly double Value => sum + lost;

    /// <summary>Adds a term.</summary>
    public void Add(double term)
    {
        var next = sum + term;
        lost += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
        sum = next;
    }

    /// <summary>The sum of the values.</summary>
    public static double Sum(ReadOnlySpan<double> values)
    {
        var sum = default(Compensated);
        foreach (var value in values) sum.Add(value);
        return sum.Value;
    }

    /// <summary>Σ a·b.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = default(Compensated);
        for (var i = 0; i < a.Length; i++) sum.Add(a[i] * b[i]);
        return sum.Value;
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
}
