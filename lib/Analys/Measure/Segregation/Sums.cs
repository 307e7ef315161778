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

    /// <summary>p ln p, with its limit 0 at 0.</summary>
    public static double PLogP(double p) => p > 0 ? p * Math.Log(p) : 0;
}
