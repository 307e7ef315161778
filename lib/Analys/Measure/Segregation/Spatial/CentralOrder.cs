using Analys.Measure.Spatial;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>Units by their distance from a centre, or from the nearest of several; units at one distance together.</summary>
/// <param name="Units">The units, nearest first.</param>
/// <param name="Ends">Where each run of equally distant units ends in <paramref name="Units"/>.</param>
public sealed record CentralOrder(int[] Units, int[] Ends)
{
    /// <summary>The order around centres.</summary>
    /// <param name="x">East coordinates of the units in metres; units without a place are left out.</param>
    /// <param name="y">North coordinates of the units.</param>
    /// <param name="centres">The centres.</param>
    public static CentralOrder Around(ReadOnlySpan<double> x, ReadOnlySpan<double> y, IReadOnlyList<(double X, double Y)> centres)
    {
        ArgumentNullException.ThrowIfNull(centres);
        var distances = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            distances[i] = double.PositiveInfinity;
            foreach (var (atX, atY) in centres)
            {
                distances[i] = Math.Min(distances[i], Math.Sqrt(((x[i] - atX) * (x[i] - atX)) + ((y[i] - atY) * (y[i] - atY))));
            }
        }

        return By(distances);
    }

    /// <summary>The order by distances; units whose distance is not finite are left out.</summary>
    internal static CentralOrder By(double[] distances)
    {
        int[] units = [.. Enumerable.Range(0, distances.Length).Where(i => double.IsFinite(distances[i]))];
        Array.Sort(Array.ConvertAll(units, i => distances[i]), units);
        var ends = new List<int>();
        for (var i = 1; i <= units.Length; i++)
        {
            if (i == units.Length || distances[units[i]] - distances[units[i - 1]] > Distances.Tie) ends.Add(i);
        }

        return new CentralOrder(units, [.. ends]);
    }

    /// <summary>Σ X_{k−1} B_k − Σ X_k B_{k−1} over cumulated shares from the centre outwards: above 0 where a lies nearer to the centre than b.</summary>
    /// <param name="a">By unit; with a sum above 0.</param>
    /// <param name="b">By unit; with a sum above 0.</param>
    /// <param name="sumA">The sum of a over the units of the order.</param>
    /// <param name="sumB">The sum of b over the units of the order.</param>
    public double Lead(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double sumA, double sumB)
    {
        double beforeA = 0, beforeB = 0, lead = 0;
        var at = 0;
        foreach (var end in Ends)
        {
            var (nowA, nowB) = (beforeA, beforeB);
            for (; at < end; at++)
            {
                nowA += a[Units[at]] / sumA;
                nowB += b[Units[at]] / sumB;
            }

            lead += (beforeA * nowB) - (nowA * beforeB);
            (beforeA, beforeB) = (nowA, nowB);
        }

        return lead;
    }
}
