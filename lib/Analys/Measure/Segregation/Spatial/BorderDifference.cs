using Analys.Measure.Spatial;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>What neighbours differ by: Σ w_ij |z_i − z_j| / Σ w_ij over units that touch, z the group's share.</summary>
internal static class BorderDifference
{
    /// <summary>How a pair counts: the first unit, the second, the length of their common border.</summary>
    public delegate double PairWeight(int first, int second, double length);

    /// <summary>The mean difference, each pair times <paramref name="factor"/> above the line only; null where no inhabited units touch.</summary>
    /// <param name="x">The group of interest by unit.</param>
    /// <param name="y">The other group by unit.</param>
    /// <param name="adjacency">Which units touch.</param>
    /// <param name="weight">How a pair counts.</param>
    /// <param name="factor">What its difference is multiplied by.</param>
    /// <param name="byRow">Whether the weights of each unit are first made to add up to one.</param>
    public static double? Mean(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, Adjacency adjacency, PairWeight weight, PairWeight? factor = null, bool byRow = false)
    {
        double above = 0, below = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] + y[i] <= 0) continue;
            var (neighbours, lengths) = (adjacency.Of(i).ToArray(), adjacency.LengthsOf(i).ToArray());
            double rowAbove = 0, rowBelow = 0;
            for (var n = 0; n < neighbours.Length; n++)
            {
                var j = neighbours[n];
                if (x[j] + y[j] <= 0) continue;
                var w = weight(i, j, lengths[n]);
                rowBelow += w;
                rowAbove += w * Math.Abs((x[i] / (x[i] + y[i])) - (x[j] / (x[j] + y[j]))) * (factor?.Invoke(i, j, lengths[n]) ?? 1);
            }

            if (rowBelow <= 0) continue;
            above += byRow ? rowAbove / rowBelow : rowAbove;
            below += byRow ? 1 : rowBelow;
        }

        return below > 0 ? above / below : null;
    }
}
