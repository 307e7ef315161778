using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Analys.Measure.Inference;
using Analys.Measure.Space;
using MathNet.Numerics.Integration;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>Egocentric divergence: the composition around a unit, ever farther outwards, against that of the whole.</summary>
internal static class Egocentric
{
    /// <summary>By unit, the area under the largest divergence yet to come; NaN for units where nobody lives.</summary>
    /// <param name="table">Persons by unit and group.</param>
    /// <param name="x">East coordinates in metres.</param>
    /// <param name="y">North coordinates in metres.</param>
    public static double[] Areas(CountTable table, double[] x, double[] y)
    {
        var areas = new double[table.Units];
        Array.Fill(areas, double.NaN);
        var inhabited = new List<int>();
        for (var i = 0; i < table.Units; i++)
        {
            if (table.UnitTotals[i] > 0 && double.IsFinite(x[i])) inhabited.Add(i);
        }

        // Groups without members say nothing and would divide by zero.
        var groups = new List<int>();
        for (var g = 0; g < table.Groups; g++)
        {
            if (table.GroupTotals[g] > 0) groups.Add(g);
        }

        var counts = new double[inhabited.Count * groups.Count];
        for (var i = 0; i < inhabited.Count; i++)
        {
            for (var g = 0; g < groups.Count; g++) counts[(i * groups.Count) + g] = table.Counts[(inhabited[i] * table.Groups) + groups[g]];
        }

        var logShares = new double[groups.Count];
        for (var g = 0; g < groups.Count; g++) logShares[g] = PortableMath.Log(table.GroupTotals[groups[g]] / table.Total);
        var points = new EgocentricPoints([.. inhabited.Select(i => x[i])], [.. inhabited.Select(i => y[i])], counts, logShares);
        Parallel.For(0, inhabited.Count, () => new EgocentricWalk(points), (i, _, walk) =>
        {
            areas[inhabited[i]] = walk.Area(i);
            return walk;
        }, _ => { });
        return areas;
    }

    /// <summary>The area for the most isolated person of the smallest group where every group has a ghetto of its own, ordered by
    /// size.</summary>
    /// <param name="groupTotals">All persons by group.</param>
    public static double Worst(ReadOnlySpan<double> groupTotals)
    {
        double[] shares = [.. groupTotals.ToArray().Where(total => total > 0)];
        var total = shares.Sum();
        Array.Sort(shares);
        double area = 0, before = 0;
        foreach (var share in shares.Select(people => people / total))
        {
            // Ghettos already passed are complete, so their part of the divergence is −ln s; the one being passed adds its own.
            var (start, size) = (before, share);
            double Divergence(double s)
            {
                var passing = (s - start) / s;
                return ((1 - passing) * -PortableMath.Log(s)) + (passing > 0 ? passing * PortableMath.Log(passing / size) : 0);
            }

            area += start == 0 ? size * -PortableMath.Log(size) : DoubleExponentialTransformation.Integrate(Divergence, start, start
                + size, 1e-10);
            before += size;
        }

        return area;
    }
}

/// <summary>Inhabited units as a walk outwards needs them.</summary>
/// <remarks>A unit's row holds its groups and then everyone, padded to whole vectors; everyone counts with the opposite sign.</remarks>
internal sealed class EgocentricPoints
{
    public EgocentricPoints(double[] x, double[] y, double[] counts, double[] logShares)
    {
        (X, Y) = (x, y);
        var groups = logShares.Length;
        Vectors = (groups + 1 + 3) / 4;
        Rows = new Vector256<double>[x.Length * Vectors];
        LogShares = new Vector256<double>[Vectors];
        Signs = new Vector256<double>[Vectors];
        People = new double[x.Length];
        var rows = MemoryMarshal.Cast<Vector256<double>, double>(Rows.AsSpan());
        var shares = MemoryMarshal.Cast<Vector256<double>, double>(LogShares.AsSpan());
        var signs = MemoryMarshal.Cast<Vector256<double>, double>(Signs.AsSpan());
        logShares.CopyTo(shares);
        signs[..groups].Fill(1);
        signs[groups] = -1;
        for (var i = 0; i < x.Length; i++)
        {
            var row = counts.AsSpan(i * groups, groups);
            row.CopyTo(rows.Slice(i * 4 * Vectors, groups));
            rows[(i * 4 * Vectors) + groups] = People[i] = Sums.Of(row);
        }
    }

    /// <summary>East coordinates.</summary>
    public double[] X { get; }

    /// <summary>North coordinates.</summary>
    public double[] Y { get; }

    /// <summary>How many vectors a row has.</summary>
    public int Vectors { get; }

    /// <summary>Persons by unit: the groups, then everyone.</summary>
    public Vector256<double>[] Rows { get; }

    /// <summary>Everyone by unit.</summary>
    public double[] People { get; }

    /// <summary>ln P_g; 0 for everyone.</summary>
    public Vector256<double>[] LogShares { get; }

    /// <summary>1 for a group, −1 for everyone.</summary>
    public Vector256<double>[] Signs { get; }

    /// <summary>How many units there are.</summary>
    public int Units => X.Length;
}

/// <summary>Walks outwards from one unit after another; one thread's scratch space, linear in the units.</summary>
internal sealed class EgocentricWalk
{
    // Twenty-two bits of the squared distance: what is equal in them is put in order afterwards.
    private const int Bits = 11, Radix = 1 << Bits, Mask = Radix - 1, Dropped = 31 - (2 * Bits);

    // Logarithms are carried from step to step by a series; now and then they are taken anew, so that rounding does not gather.
    private const int Anew = 64;
    private const double Small = 1.0 / 32;

    private readonly EgocentricPoints points;
    private readonly double[] distances2, sorted, people, divergence;
    private readonly Vector256<double>[] cumulated, logs;
    private readonly int[] digits = new int[2 * Radix];
    private int[] order, otherOrder;
    private uint[] keys, otherKeys;

    public EgocentricWalk(EgocentricPoints points)
    {
        this.points = points;
        (distances2, sorted, people, divergence) =
            (new double[points.Units], new double[points.Units], new double[points.Units], new double[points.Units]);
        (cumulated, logs) = (new Vector256<double>[points.Vectors], new Vector256<double>[points.Vectors]);
        (order, otherOrder, keys, otherKeys) =
            (new int[points.Units], new int[points.Units], new uint[points.Units], new uint[points.Units]);
    }

    /// <summary>∫₀¹ max_{r ≥ s} KL(r) ds around a unit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Area(int centre)
    {
        Sort(centre);
        Diverge();
        var (n, largest, area, current) = (points.Units, 0.0, 0.0, 0.0);
        // Farther apart than a tie at the farthest unit is no tie anywhere; the root is taken only of what is nearer.
        var noTie = Distances.Tie * ((2 * Math.Sqrt(sorted[n - 1])) + Distances.Tie);
        for (var k = n - 1; k >= 0; k--)
        {
            // Units at one distance come together: only where they end is the divergence looked at.
            if (k == n - 1 || sorted[k + 1] - sorted[k] > noTie
                || sorted[k + 1] - sorted[k] > Distances.Tie * ((2 * Math.Sqrt(sorted[k])) + Distances.Tie))
            {
                current = divergence[k];
            }

            largest = Math.Max(largest, current);
            area += (people[k] - (k > 0 ? people[k - 1] : 0)) * largest;
        }

        return area / people[n - 1];
    }

    // By radix on the squared distance in single precision, whose bits rise with it; what is equal there is put right afterwards. A map
    // with dense spots costs no more than an even one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sort(int centre)
    {
        var n = points.Units;
        double x = points.X[centre], y = points.Y[centre];
        Array.Clear(digits);
        for (var i = 0; i < n; i++)
        {
            double dx = points.X[i] - x, dy = points.Y[i] - y, d2 = (dx * dx) + (dy * dy);
            distances2[i] = d2;
            var key = BitConverter.SingleToUInt32Bits((float)d2) >> Dropped;
            (keys[i], order[i]) = (key, i);
            digits[key & Mask]++;
            digits[Radix + (key >> Bits)]++;
        }

        for (var pass = 0; pass < 2; pass++)
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

    // KL = (Σ c_g (ln c_g − ln P_g) − c ln c) / c over the counts c_g cumulated so far, c their sum. A step adds n to each c_g:
    // ln(c + n) = ln c + 2 artanh(n / (2c + n)), whose series ends soon where n is small beside c; else the logarithm is taken.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Diverge()
    {
        var vectors = points.Vectors;
        Span<Vector256<double>> counts = cumulated.AsSpan(0, vectors), logarithms = logs.AsSpan(0, vectors);
        ReadOnlySpan<Vector256<double>> shares = points.LogShares, signs = points.Signs;
        counts.Clear();
        logarithms.Clear();
        var small = Vector256.Create(Small);
        var persons = 0.0;
        for (var k = 0; k < points.Units; k++)
        {
            var row = points.Rows.AsSpan(order[k] * vectors, vectors);
            var sum = Vector256<double>.Zero;
            for (var v = 0; v < vectors; v++)
            {
                var before = counts[v];
                var after = before + row[v];
                var step = row[v] / Vector256.Max(before + after, Vector256.Create(1e-300));
                if (k % Anew == 0 || Vector256.GreaterThanAny(step, small))
                {
                    logarithms[v] = PortableMath.Log(Vector256.Max(after, Vector256.Create(1e-300)));
                }
                else
                {
                    var square = step * step;
                    var series = Vector256.Create(1.0 / 9) * square;
                    series = (series + Vector256.Create(1.0 / 7)) * square;
                    series = (series + Vector256.Create(0.2)) * square;
                    series = (series + Vector256.Create(1.0 / 3)) * square;
                    logarithms[v] += (step + step) * (series + Vector256<double>.One);
                }

                counts[v] = after;
                sum += signs[v] * after * (logarithms[v] - shares[v]);
            }

            people[k] = persons += points.People[order[k]];
            divergence[k] = PortableMath.Sum(sum) / persons;
        }
    }
}
