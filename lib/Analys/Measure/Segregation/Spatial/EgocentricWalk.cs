using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Analys.Measure.Spatial;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>Walks outwards from one unit after another; one thread's scratch space, linear in the units.</summary>
internal sealed class EgocentricWalk
{
    private const int Bits = 11, Radix = 1 << Bits, Mask = Radix - 1;

    private readonly EgocentricPoints points;
    private readonly int padded;
    private readonly double[] distances2, sorted, people, cumulated, divergence, running;
    private readonly int[] digits = new int[3 * Radix];
    private int[] order, otherOrder;
    private uint[] keys, otherKeys;

    public EgocentricWalk(EgocentricPoints points)
    {
        this.points = points;
        padded = (points.Units + 7) / 8 * 8;
        (distances2, sorted, people, divergence) = (new double[padded], new double[padded], new double[padded], new double[padded]);
        (cumulated, running) = (new double[padded * points.Groups], new double[points.Groups]);
        (order, otherOrder, keys, otherKeys) = (new int[points.Units], new int[points.Units], new uint[points.Units], new uint[points.Units]);
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

    // By radix on the squared distance in single precision, whose bits rise with it; what is equal there is put right afterwards. A map
    // with dense spots costs no more than an even one.
    private void Sort(int centre)
    {
        var n = points.Units;
        double x = points.X[centre], y = points.Y[centre];
        Array.Clear(digits);
        for (var i = 0; i < n; i++)
        {
            double dx = points.X[i] - x, dy = points.Y[i] - y, d2 = (dx * dx) + (dy * dy);
            distances2[i] = d2;
            var key = BitConverter.SingleToUInt32Bits((float)d2);
            (keys[i], order[i]) = (key, i);
            digits[key & Mask]++;
            digits[Radix + ((key >> Bits) & Mask)]++;
            digits[(2 * Radix) + (key >> (2 * Bits))]++;
        }

        for (var pass = 0; pass < 3; pass++)
        {
            var starts = digits.AsSpan(pass * Radix, Radix);
            var sum = 0;
            for (var digit = 0; digit < Radix; digit++) (starts[digit], sum) = (sum, sum + starts[digit]);
            for (var i = 0; i < n; i++)
            {
                var at = starts[(int)((keys[i] >> (pass * Bits)) & Mask)]++;
                (otherKeys[at], otherOrder[at]) = (keys[i], order[i]);
            }

            (keys, otherKeys, order, otherOrder) = (otherKeys, keys, otherOrder, order);
        }

        for (var i = 0; i < n; i++)
        {
            var (unit, at) = (order[i], i);
            var key = distances2[unit];
            for (; at > 0 && sorted[at - 1] > key; at--) (sorted[at], order[at]) = (sorted[at - 1], order[at - 1]);
            (sorted[at], order[at]) = (key, unit);
        }
    }

    private void Cumulate()
    {
        var groups = points.Groups;
        var running = this.running.AsSpan(0, groups);
        running.Clear();
        var everyone = 0.0;
        for (var k = 0; k < points.Units; k++)
        {
            var row = points.Counts.AsSpan(order[k] * groups, groups);
            for (var g = 0; g < row.Length; g++)
            {
                everyone += row[g];
                cumulated[(g * padded) + k] = running[g] += row[g];
            }

            people[k] = everyone;
        }
    }

    // KL = Σ c_g (ln c_g − ln P_g) / c − ln c over cumulated counts c, eight steps at a time.
    private void Diverge()
    {
        var all = MemoryMarshal.Cast<double, Vector512<double>>(people);
        var into = MemoryMarshal.Cast<double, Vector512<double>>(divergence.AsSpan());
        into.Clear();
        for (var g = 0; g < points.Groups; g++)
        {
            var column = MemoryMarshal.Cast<double, Vector512<double>>(cumulated.AsSpan(g * padded, padded));
            var share = Vector512.Create(points.LogShares[g]);
            for (var v = 0; v < column.Length; v++)
            {
                // 0 ln 0 is 0.
                into[v] += column[v] * (Vector512.Log(Vector512.Max(column[v], Vector512.Create(1e-300))) - share);
            }
        }

        for (var v = 0; v < all.Length; v++) into[v] = (into[v] / all[v]) - Vector512.Log(Vector512.Max(all[v], Vector512.Create(1e-300)));
    }
}
