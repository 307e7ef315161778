using Analys.Measure.Inference;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Analys.Explore.AreaTypes;

/// <summary>Groups of points around centres: the best of many starts by ML.NET, brought to rest in double precision.</summary>
/// <remarks>
/// k-means (MacQueen 1967; Lloyd 1982). ML.NET makes one start in single precision; each is finished by Lloyd's steps and by moving single
/// points that lie better elsewhere (Hartigan &amp; Wong 1979), which leaves local optima that Lloyd's steps alone keep. Further starts by
/// k-means++ (Arthur &amp; Vassilvitskii 2007). One thread and a seed: the same answer everywhere.
/// </remarks>
internal static class KMeans
{
    private const int MostPasses = 500;

    // The fits of ML.NET take ten milliseconds each, those of our own a few microseconds.
    private const int OutsideStarts = 5;

    /// <summary>The groups of points.</summary>
    /// <param name="Of">For each point the number of its group, from 0.</param>
    /// <param name="Centres">The means of the groups.</param>
    /// <param name="Inertia">The sum of squared distances to the centres.</param>
    public sealed record Groups(int[] Of, double[][] Centres, double Inertia);

    /// <summary>The groups with the smallest inertia among all starts; the first of equals.</summary>
    /// <returns>Null where every start lost a group: the points have too few places.</returns>
    public static Groups? Best(double[][] points, int k, long seed, int starts, bool outside = true)
    {
        Groups? best = null;
        foreach (var centres in (outside ? OutsideCentres(points, k, seed) : [])
            .Concat(Enumerable.Range(0, starts).Select(start => Spread(points, k, new RandomStream(seed, start)))))
        {
            var groups = Settle(points, centres);
            // A millionth: two ways to the same groups differ in their last digits.
            if (groups is not null && (best is null || groups.Inertia < best.Inertia * (1 - 1e-6))) best = groups;
        }

        return best;
    }

    /// <summary>Lloyd's steps and moves of single points from given centres until nothing gets better; null where a group became
    /// empty.</summary>
    public static Groups? Settle(double[][] points, double[][] start)
    {
        var k = start.Length;
        double[][] centres = [.. start.Select(centre => (double[])centre.Clone())];
        var of = new int[points.Length];
        Array.Fill(of, -1);
        var sizes = new int[k];
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var moved = false;
            for (var i = 0; i < points.Length; i++)
            {
                var nearest = Nearest(points[i], centres);
                moved |= nearest != of[i];
                of[i] = nearest;
            }

            Means(points, of, centres, sizes);
            if (sizes.Contains(0)) return null;
            if (!moved && !MoveOne(points, of, centres, sizes)) break;
        }

        return new(of, centres, points.Select((point, i) => Distance(point, centres[of[i]])).Sum());
    }

    /// <summary>The squared distance between two points.</summary>
    public static double Distance(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++) sum += (a[j] - b[j]) * (a[j] - b[j]);
        return sum;
    }

    // A point that moves draws both centres with it: it may be better elsewhere though its own centre is nearer.
    private static bool MoveOne(double[][] points, int[] of, double[][] centres, int[] sizes)
    {
        var any = false;
        for (var i = 0; i < points.Length; i++)
        {
            var from = of[i];
            if (sizes[from] == 1) continue;
            var gain = Distance(points[i], centres[from]) * sizes[from] / (sizes[from] - 1.0);
            var (to, least) = (from, gain * (1 - 1e-9));
            for (var g = 0; g < centres.Length; g++)
            {
                var cost = g == from ? double.PositiveInfinity : Distance(points[i], centres[g]) * sizes[g] / (sizes[g] + 1.0);
                if (cost < least) (to, least) = (g, cost);
            }

            if (to == from) continue;
            of[i] = to;
            Means(points, of, centres, sizes);
            any = true;
        }

        return any;
    }

    private static void Means(double[][] points, int[] of, double[][] centres, int[] sizes)
    {
        Array.Clear(sizes);
        var sums = centres.Select(centre => new double[centre.Length]).ToArray();
        for (var i = 0; i < points.Length; i++)
        {
            sizes[of[i]]++;
            for (var j = 0; j < points[i].Length; j++) sums[of[i]][j] += points[i][j];
        }

        for (var g = 0; g < centres.Length; g++)
        {
            if (sizes[g] == 0) continue;
            for (var j = 0; j < sums[g].Length; j++) centres[g][j] = sums[g][j] / sizes[g];
        }
    }

    private static int Nearest(double[] point, double[][] centres)
    {
        var (nearest, least) = (0, double.PositiveInfinity);
        for (var g = 0; g < centres.Length; g++)
        {
            var distance = Distance(point, centres[g]);
            if (distance < least) (nearest, least) = (g, distance);
        }

        return nearest;
    }

    private static double[][] Spread(double[][] points, int k, RandomStream random)
    {
        var centres = new List<double[]> { points[random.NextLong(points.Length)] };
        double[] far = [.. points.Select(point => Distance(point, centres[0]))];
        while (centres.Count < k)
        {
            var target = random.NextDouble() * far.Sum();
            var chosen = 0;
            for (; chosen < points.Length - 1 && (target -= far[chosen]) > 0; chosen++)
            {
            }

            centres.Add(points[chosen]);
            for (var i = 0; i < points.Length; i++) far[i] = Math.Min(far[i], Distance(points[i], points[chosen]));
        }

        return [.. centres];
    }

    private static IEnumerable<double[][]> OutsideCentres(double[][] points, int k, long seed)
    {
        var width = points[0].Length;
        var shape = SchemaDefinition.Create(typeof(Point));
        shape[nameof(Point.Values)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        Point[] rows = [.. points.Select(point => new Point { Values = [.. point.Select(value => (float)value)] })];
        for (var start = 0; start < OutsideStarts; start++)
        {
            var context = new MLContext(unchecked((int)(seed + start)));
            var model = context.Clustering.Trainers.KMeans(new KMeansTrainer.Options
            {
                FeatureColumnName = nameof(Point.Values),
                NumberOfClusters = k,
                NumberOfThreads = 1,
            }).Fit(context.Data.LoadFromEnumerable(rows, shape));
            VBuffer<float>[] centres = [];
            model.Model.GetClusterCentroids(ref centres, out _);
            yield return [.. centres.Select(centre => centre.DenseValues().Select(value => (double)value).ToArray())];
        }
    }

    private sealed class Point
    {
        public float[] Values { get; set; } = [];
    }
}
