using System.Runtime.CompilerServices;

namespace Analys.Measure.Inference;

/// <summary>ln n!, from a table for small n and Stirling's series above it.</summary>
internal static class LogFactorial
{
    private static readonly double[] Table = MakeTable(4096);

    /// <summary>ln n!.</summary>
    /// <param name="n">A whole number, at least 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(double n)
    {
        if (n < Table.Length) return Table[(int)n];
        var inverse = 1 / n;
        return ((n + 0.5) * PortableMath.Log(n)) - n + 0.91893853320467274178
            + (inverse * ((1.0 / 12) - (inverse * inverse * ((1.0 / 360) - (inverse * inverse / 1260)))));
    }

    /// <summary>ln n! of every number below a size.</summary>
    internal static double[] MakeTable(int size)
    {
        var table = new double[size];
        // Compensated, so that the last entry is as exact as the first.
        double sum = 0, lost = 0;
        for (var n = 2; n < size; n++)
        {
            var term = PortableMath.Log(n) - lost;
            var next = sum + term;
            lost = next - sum - term;
            table[n] = sum = next;
        }

        return table;
    }
}
