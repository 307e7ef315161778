namespace Analys.Measure.Inference;

/// <summary>Control of the false discovery rate over many tests.</summary>
/// <remarks>Source: Benjamini &amp; Hochberg 1995, JRSS B 57(1).</remarks>
public static class FalseDiscovery
{
    /// <summary>Adjusted p-values: a test is a discovery at rate q where its adjusted value is at most q.</summary>
    /// <param name="p">The p-values.</param>
    public static double[] Adjust(ReadOnlySpan<double> p)
    {
        var sorted = p.ToArray();
        var order = new int[p.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(sorted, order);
        var adjusted = new double[p.Length];
        var least = 1.0;
        for (var rank = sorted.Length; rank >= 1; rank--)
        {
            least = Math.Min(least, sorted[rank - 1] * sorted.Length / rank);
            adjusted[order[rank - 1]] = least;
        }

        return adjusted;
    }
}
