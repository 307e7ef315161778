namespace Analys.Explore.AreaTypes;

/// <summary>How well groups hold together and apart.</summary>
internal static class GroupQuality
{
    /// <summary>
    /// The mean over points of (b − a)/max(a, b): a the mean distance to the others of its group, b that to the nearest other group (Rousseeuw 1987).
    /// −1 to 1; 0 for a point alone in its group.
    /// </summary>
    public static double Silhouette(double[][] points, int[] of, int k)
    {
        double[] each = [.. points.Select((_, i) => SilhouetteOf(points, of, k, i))];
        return each.Average();
    }

    /// <summary>The silhouette of one point.</summary>
    public static double SilhouetteOf(double[][] points, int[] of, int k, int i)
    {
        var sums = new double[k];
        var sizes = new int[k];
        for (var j = 0; j < points.Length; j++)
        {
            sizes[of[j]]++;
            if (j != i) sums[of[j]] += Math.Sqrt(KMeans.Distance(points[i], points[j]));
        }

        if (sizes[of[i]] == 1) return 0;
        var own = sums[of[i]] / (sizes[of[i]] - 1);
        var other = Enumerable.Range(0, k).Where(g => g != of[i] && sizes[g] > 0).Min(g => sums[g] / sizes[g]);
        return Math.Max(own, other) > 0 ? (other - own) / Math.Max(own, other) : 0;
    }

    /// <summary>
    /// The mean over groups of the worst (Sᵢ + Sⱼ)/Mᵢⱼ: S the mean distance to the centre, M the distance of the centres (Davies &amp; Bouldin 1979, order 1).
    /// At least 0; small is good.
    /// </summary>
    public static double DaviesBouldin(double[][] points, int[] of, double[][] centres)
    {
        var k = centres.Length;
        var spread = new double[k];
        var sizes = new int[k];
        for (var i = 0; i < points.Length; i++)
        {
            spread[of[i]] += Math.Sqrt(KMeans.Distance(points[i], centres[of[i]]));
            sizes[of[i]]++;
        }

        for (var g = 0; g < k; g++) spread[g] /= sizes[g];
        return Enumerable.Range(0, k).Average(g => Enumerable.Range(0, k).Where(h => h != g)
            .Max(h => (spread[g] + spread[h]) / Math.Sqrt(KMeans.Distance(centres[g], centres[h]))));
    }
}
