using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Analys.Measure.Spatial;

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

    /// <summary>Boxcar, triangular, biweight: boxes of the tree outside the reach are skipped; inside a boxcar they are taken whole.</summary>
    public static double[] Sparse(PointIndex index, double[] rows, int width, Kernel kernel)
    {
        var permuted = index.Permute(rows, width);
        var boxcar = kernel.Shape == KernelShape.Boxcar;
        var nodeSums = boxcar ? index.NodeSums(permuted, width) : [];
        var reach = kernel.Reach + (boxcar ? Distances.Tie : 0);
        var (reach2, perReach2, perReach, triangular) = (reach * reach, 1 / (reach * reach), 1 / reach, kernel.Shape == KernelShape.Triangular);
        var sums = new double[rows.Length];
        Parallel.For(0, index.Order.Length, () => new int[128], (q, _, stack) =>
        {
            double x = index.X[q], y = index.Y[q];
            var own = sums.AsSpan(index.Order[q] * width, width);
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

            return stack;
        }, _ => { });
        return sums;
    }

    private static void Weights(double x, double y, ReadOnlySpan<double> px, ReadOnlySpan<double> py, double scale, bool squared, Span<double> weights)
    {
        var vx = MemoryMarshal.Cast<double, Vector256<double>>(px);
        var vy = MemoryMarshal.Cast<double, Vector256<double>>(py);
        var into = MemoryMarshal.Cast<double, Vector256<double>>(weights);
        var (atX, atY, by) = (Vector256.Create(x), Vector256.Create(y), Vector256.Create(scale));
        for (var v = 0; v < vx.Length; v++)
        {
            Vector256<double> dx = vx[v] - atX, dy = vy[v] - atY, d2 = (dx * dx) + (dy * dy);
            into[v] = Vector256.Exp((squared ? d2 : Vector256.Sqrt(d2)) * by);
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
        return Vector256.Sum(even + odd);
    }
}
