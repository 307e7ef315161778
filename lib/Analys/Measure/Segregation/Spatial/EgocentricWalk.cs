using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Analys.Measure.Spatial;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>Walks outwards from one unit after another; one thread's scratch space, linear in the units.</summary>
internal sealed class EgocentricWalk
{
    private readonly EgocentricPoints points;
    private readonly int padded;
    private readonly double[] distances2, sorted, people, cumulated, divergence;
    private readonly int[] bucketOf, ends, order;

    public EgocentricWalk(EgocentricPoints points)
    {
        this.points = points;
        padded = (points.Units + 3) / 4 * 4;
        (distances2, sorted, people, divergence) = (new double[padded], new double[padded], new double[padded], new double[padded]);
        cumulated = new double[padded * points.Groups];
        (bucketOf, ends, order) = (new int[points.Units], new int[points.Units + 1], new int[points.Units]);
    }

    /// <summary>∫₀¹ max_{r ≥ s} KL(r) ds around a unit.</summary>
    public double Area(int centre)
    {
        Sort(centre);
        Cumulate();
        Diverge();
        var (n, largest, area, current) = (points.Units, 0.0, 0.0, 0.0);
        for (var k = n - 1; k >= 0; k--)
        {
            // Units at one distance come together: only where they end is the divergence looked at.
            if (k == n - 1 || sorted[k + 1] - sorted[k] > Distances.Tie * ((2 * Math.Sqrt(sorted[k])) + Distances.Tie)) current = divergence[k];
            largest = Math.Max(largest, current);
            area += (people[k] - (k > 0 ? people[k - 1] : 0)) * largest;
        }

        return area / people[n - 1];
    }

    // By buckets of squared distance, which a plane fills evenly, then within each bucket.
    private void Sort(int centre)
    {
        var n = points.Units;
        double x = points.X[centre], y = points.Y[centre], farthest = 0;
        for (var i = 0; i < n; i++)
        {
            double dx = points.X[i] - x, dy = points.Y[i] - y, d2 = (dx * dx) + (dy * dy);
            distances2[i] = d2;
            farthest = Math.Max(farthest, d2);
        }

        var scale = farthest > 0 ? (n - 1) / farthest : 0;
        Array.Clear(ends);
        for (var i = 0; i < n; i++)
        {
            var bucket = (int)(distances2[i] * scale);
            bucketOf[i] = bucket;
            ends[bucket + 1]++;
        }

        for (var b = 1; b <= n; b++) ends[b] += ends[b - 1];
        for (var i = 0; i < n; i++)
        {
            var at = ends[bucketOf[i]]++;
            order[at] = i;
            sorted[at] = distances2[i];
        }

        for (int bucket = 0, start = 0; bucket < n; start = ends[bucket], bucket++)
        {
            var length = ends[bucket] - start;
            if (length > 24) Array.Sort(sorted, order, start, length);
            else Insert(start, ends[bucket]);
        }
    }

    private void Insert(int start, int end)
    {
        for (var i = start + 1; i < end; i++)
        {
            var (key, unit, at) = (sorted[i], order[i], i);
            for (; at > start && sorted[at - 1] > key; at--) (sorted[at], order[at]) = (sorted[at - 1], order[at - 1]);
            (sorted[at], order[at]) = (key, unit);
        }
    }

    private void Cumulate()
    {
        var groups = points.Groups;
        Array.Clear(people);
        for (var g = 0; g < groups; g++)
        {
            var sum = 0.0;
            var column = cumulated.AsSpan(g * padded, padded);
            for (var k = 0; k < points.Units; k++)
            {
                sum += points.Counts[(order[k] * groups) + g];
                column[k] = sum;
                people[k] += sum;
            }
        }
    }

    // KL = Σ c_g (ln c_g − ln P_g) / c − ln c over cumulated counts c, four steps at a time.
    private void Diverge()
    {
        var all = MemoryMarshal.Cast<double, Vector256<double>>(people);
        var into = MemoryMarshal.Cast<double, Vector256<double>>(divergence.AsSpan());
        into.Clear();
        for (var g = 0; g < points.Groups; g++)
        {
            var column = MemoryMarshal.Cast<double, Vector256<double>>(cumulated.AsSpan(g * padded, padded));
            var share = Vector256.Create(points.LogShares[g]);
            for (var v = 0; v < column.Length; v++)
            {
                // 0 ln 0 is 0.
                into[v] += column[v] * (Vector256.Log(Vector256.Max(column[v], Vector256.Create(1e-300))) - share);
            }
        }

        for (var v = 0; v < all.Length; v++) into[v] = (into[v] / all[v]) - Vector256.Log(Vector256.Max(all[v], Vector256.Create(1e-300)));
    }
}
