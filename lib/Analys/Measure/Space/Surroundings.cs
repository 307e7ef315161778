using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Analys.Measure.Inference;

namespace Analys.Measure.Space;

/// <summary>
/// The environment of each unit: everyone around it, weighted by a kernel of distance, or its k nearest people. Made once for a geography,
/// evaluated on as many counts as one likes.
/// </summary>
/// <remarks>
/// Reardon and O'Sullivan's environments weight by the counts as they are, not by smoothed ones. No array of units by units is ever made.
/// Swedish: <i>närmiljö</i>.
/// </remarks>
internal sealed class Surroundings
{
    private readonly int units;
    private readonly int[] placed;
    private readonly double[] x, y;
    private readonly double[]? ownWeights;
    private readonly PointIndex index;
    private readonly DistanceMatrix? distances;
    private readonly double[] within = [];

    /// <summary>The environments of units.</summary>
    /// <param name="x">East coordinates in metres by unit; NaN where a unit has no place (it must then be empty).</param>
    /// <param name="y">North coordinates in metres by unit.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="selfDistances">The distance within each unit in metres; empty for 0. The k nearest people do not use it.</param>
    /// <param name="ties">Who comes first among equally distant units (k nearest people).</param>
    public Surroundings(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Kernel kernel, ReadOnlySpan<double> selfDistances = default,
        NearestTies ties = NearestTies.SouthWest)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        Kernel = kernel;
        Ties = ties;
        units = x.Length;
        var members = new List<int>(units);
        for (var i = 0; i < units; i++)
        {
            if (double.IsFinite(x[i]) && double.IsFinite(y[i])) members.Add(i);
        }

        placed = [.. members];
        this.x = new double[placed.Length];
        this.y = new double[placed.Length];
        for (var i = 0; i < placed.Length; i++) (this.x[i], this.y[i]) = (x[placed[i]], y[placed[i]]);
        index = new PointIndex(this.x, this.y);
        if (kernel.Shape == KernelShape.NearestPeople || selfDistances.IsEmpty) return;
        ownWeights = new double[placed.Length];
        for (var i = 0; i < placed.Length; i++) ownWeights[i] = kernel.Weight(selfDistances[placed[i]]);
    }

    /// <summary>The environments of units by distances along a network.</summary>
    /// <param name="distances">The distances.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="selfDistances">The distance within each unit in metres; empty for 0.</param>
    public Surroundings(DistanceMatrix distances, Kernel kernel, ReadOnlySpan<double> selfDistances = default)
    {
        (Kernel, Ties, this.distances, within) = (kernel, NearestTies.Together, distances, selfDistances.ToArray());
        (units, placed, x, y, index) = (distances.Units, [], [], [], new PointIndex([], []));
    }

    /// <summary>The kernel.</summary>
    public Kernel Kernel { get; }

    /// <summary>Who comes first among equally distant units.</summary>
    public NearestTies Ties { get; }

    /// <summary>The weighted sums around each unit: Σ_j w_ij n_jg, or the counts of the k nearest people.</summary>
    /// <param name="rows">Numbers by unit and column, unit by unit.</param>
    /// <param name="width">The number of columns.</param>
    public double[] Sums(ReadOnlySpan<double> rows, int width)
    {
        if (distances is not null)
        {
            return Kernel.Shape == KernelShape.NearestPeople ? distances.Nearest(rows, width, Kernel.People)
                : distances.Sums(rows, width, Kernel, within);
        }

        var (at, all) = (new double[placed.Length * width], new double[units * width]);
        for (var i = 0; i < placed.Length; i++) rows.Slice(placed[i] * width, width).CopyTo(at.AsSpan(i * width, width));
        var sums = Kernel.Shape == KernelShape.NearestPeople ? NearestPeople.Sums(index, at, width, [Kernel.People], Ties)
            : ownWeights is not null || !IsDense ? SparseOrOwn(at, width)
            : KernelSums.Dense(x, y, at, width, Kernel);
        for (var i = 0; i < placed.Length; i++) sums.AsSpan(i * width, width).CopyTo(all.AsSpan(placed[i] * width, width));
        return all;
    }

    /// <summary>For each number of people, the counts of that many nearest people of each unit, unit by unit.</summary>
    /// <param name="rows">Numbers by unit and group, unit by unit.</param>
    /// <param name="width">The number of groups.</param>
    /// <param name="people">The numbers of people, rising.</param>
    public double[][] NearestSums(ReadOnlySpan<double> rows, int width, ReadOnlySpan<double> people)
    {
        if (distances is not null)
        {
            var byPeople = new double[people.Length][];
            for (var k = 0; k < people.Length; k++) byPeople[k] = distances.Nearest(rows, width, people[k]);
            return byPeople;
        }

        var at = new double[placed.Length * width];
        for (var i = 0; i < placed.Length; i++) rows.Slice(placed[i] * width, width).CopyTo(at.AsSpan(i * width, width));
        var sums = NearestPeople.Sums(index, at, width, people, Ties);
        var result = new double[people.Length][];
        for (var k = 0; k < result.Length; k++)
        {
            result[k] = new double[units * width];
            for (var i = 0; i < placed.Length; i++)
            {
                sums.AsSpan(((i * people.Length) + k) * width, width).CopyTo(result[k].AsSpan(placed[i] * width, width));
            }
        }

        return result;
    }

    private bool IsDense => Kernel.Shape is KernelShape.Exponential or KernelShape.Gaussian;

    // With a distance within units the unit's own weight is not 1: its difference is put in afterwards.
    private double[] SparseOrOwn(double[] at, int width)
    {
        var sums = IsDense ? KernelSums.Dense(x, y, at, width, Kernel) : KernelSums.Sparse(index, at, width, Kernel);
        for (var i = 0; ownWeights is not null && i < placed.Length; i++)
        {
            for (var g = 0; g < width; g++) sums[(i * width) + g] += (ownWeights[i] - 1) * at[(i * width) + g];
        }

        return sums;
    }
}

/// <summary>Who comes first among units at one distance when the k nearest people are gathered.</summary>
internal enum NearestTies
{
    /// <summary>From south to north, then from west to east: the order of a grid's cells, whatever the order of rows. Units at one point go
    /// together.</summary>
    SouthWest,

    /// <summary>All at one distance together, each with the same part.</summary>
    Together,
}

/// <summary>Weighted sums around points: over all pairs for kernels without end, by the tree for those that end.</summary>
internal static class KernelSums
{
    private const int Block = 512;

    /// <summary>All pairs, four at a time: exp(−d/L) and exp(−d²/2s²).</summary>
    public static double[] Dense(double[] x, double[] y, double[] rows, int width, Kernel kernel)
    {
        var n = x.Length;
        // Columns one after another, padded with zeros, so that a block of weights meets a block of counts.
        var padded = (n + 3) / 4 * 4;
        var columns = new double[padded * width];
        for (var i = 0; i < n; i++)
        {
            for (var g = 0; g < width; g++) columns[(g * padded) + i] = rows[(i * width) + g];
        }

        double[] px = new double[padded], py = new double[padded];
        x.CopyTo(px, 0);
        y.CopyTo(py, 0);
        var sums = new double[n * width];
        var scale = kernel.Shape == KernelShape.Gaussian ? -1 / (2 * kernel.Width.Metres * kernel.Width.Metres) : -1 / kernel.Width.Metres;
        var squared = kernel.Shape == KernelShape.Gaussian;
        Parallel.For(0, n, () => new double[Block], (i, _, weights) =>
        {
            for (var start = 0; start < padded; start += Block)
            {
                var length = Math.Min(Block, padded - start);
                Weights(x[i], y[i], px.AsSpan(start, length), py.AsSpan(start, length), scale, squared, weights);
                for (var g = 0; g < width; g++)
                {
                    sums[(i * width) + g] += Dot(weights.AsSpan(0, length), columns.AsSpan((g * padded) + start, length));
                }
            }

            return weights;
        }, _ => { });
        return sums;
    }

    /// <summary>Boxcar, triangular, biweight: boxes of the tree outside the reach are skipped; inside a boxcar they are taken
    /// whole.</summary>
    public static double[] Sparse(PointIndex index, double[] rows, int width, Kernel kernel)
    {
        var permuted = index.Permute(rows, width);
        var boxcar = kernel.Shape == KernelShape.Boxcar;
        var nodeSums = boxcar ? index.NodeSums(permuted, width) : [];
        var reach = kernel.Reach + (boxcar ? Distances.Tie : 0);
        var (reach2, perReach2, perReach, triangular) =
            (reach * reach, 1 / (reach * reach), 1 / reach, kernel.Shape == KernelShape.Triangular);
        var sums = new double[rows.Length];
        Parallel.For(0, index.Order.Length, () => new int[128], (q, _, stack) =>
        {
            Around(q, sums.AsSpan(index.Order[q] * width, width), stack);
            return stack;
        }, _ => { });
        return sums;

        // Compiled well from the first point on: a city has too few of them to wait until it is.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Around(int q, Span<double> own, int[] stack)
        {
            double x = index.X[q], y = index.Y[q];
            var depth = 0;
            stack[depth++] = 0;
            while (depth > 0)
            {
                var node = stack[--depth];
                ref readonly var box = ref index.Boxes[node];
                if (box.Nearest(x, y) > reach2) continue;
                if (boxcar && box.Farthest(x, y) <= reach2)
                {
                    for (var g = 0; g < own.Length; g++) own[g] += nodeSums[(node * width) + g];
                    continue;
                }

                if (node < index.FirstLeaf)
                {
                    stack[depth++] = (2 * node) + 2;
                    stack[depth++] = (2 * node) + 1;
                    continue;
                }

                for (var i = box.Start; i < box.End; i++)
                {
                    double dx = index.X[i] - x, dy = index.Y[i] - y, d2 = (dx * dx) + (dy * dy);
                    if (d2 > reach2) continue;
                    var weight = boxcar ? 1 : triangular ? 1 - (Math.Sqrt(d2) * perReach) : (1 - (d2 * perReach2)) * (1 - (d2 * perReach2));
                    for (var g = 0; g < own.Length; g++) own[g] += weight * permuted[(i * width) + g];
                }
            }
        }
    }

    private static void Weights(double x, double y, ReadOnlySpan<double> px, ReadOnlySpan<double> py, double scale, bool squared,
        Span<double> weights)
    {
        var vx = MemoryMarshal.Cast<double, Vector256<double>>(px);
        var vy = MemoryMarshal.Cast<double, Vector256<double>>(py);
        var into = MemoryMarshal.Cast<double, Vector256<double>>(weights);
        var (atX, atY, by) = (Vector256.Create(x), Vector256.Create(y), Vector256.Create(scale));
        for (var v = 0; v < vx.Length; v++)
        {
            Vector256<double> dx = vx[v] - atX, dy = vy[v] - atY, d2 = (dx * dx) + (dy * dy);
            into[v] = PortableMath.Exp((squared ? d2 : Vector256.Sqrt(d2)) * by);
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var va = MemoryMarshal.Cast<double, Vector256<double>>(a);
        var vb = MemoryMarshal.Cast<double, Vector256<double>>(b);
        Vector256<double> even = default, odd = default;
        var v = 0;
        for (; v + 1 < va.Length; v += 2)
        {
            even += va[v] * vb[v];
            odd += va[v + 1] * vb[v + 1];
        }

        if (v < va.Length) even += va[v] * vb[v];
        return PortableMath.Sum(even + odd);
    }
}
