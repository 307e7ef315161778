namespace Analys.Measure.Segregation;

/// <summary>Sums of counts.</summary>
internal static class Sums
{
    /// <summary>The sum, left to right.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum;
    }

    // n ln n of whole counts: a table is many times faster than the logarithm, and replicates hold nothing else.
    private static readonly double[] Whole = [.. Enumerable.Range(0, 16_384).Select(n => PLogP(n))];

    /// <summary>n ln n, with its limit 0 at 0.</summary>
    public static double NLogN(double n)
    {
        var whole = (int)n;
        return (uint)whole < (uint)Whole.Length && whole == n ? Whole[whole] : PLogP(n);
    }

    /// <summary>p ln p, with its limit 0 at 0.</summary>
    public static double PLogP(double p) => p > 0 ? p * Math.Log(p) : 0;
}
