using Analys.Measure.Inference;

namespace Analys.Measure.Synthetic;

/// <summary>Draws from distributions that a stream of uniform numbers gives.</summary>
internal static class Normal
{
    /// <summary>A standard normal number (Box–Muller).</summary>
    public static double Draw(RandomStream stream)
    {
        var u = 1 - stream.NextDouble();
        return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * stream.NextDouble());
    }

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public static int Between(RandomStream stream, int low, int high) => low + (int)stream.NextLong(high - low + 1);

    /// <summary>The index of the interval of cumulated shares into which <paramref name="u"/> falls.</summary>
    public static int Choose(double u, ReadOnlySpan<double> cumulated)
    {
        var i = 0;
        while (i < cumulated.Length - 1 && u >= cumulated[i]) i++;
        return i;
    }
}
