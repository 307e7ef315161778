using System.Runtime.CompilerServices;

namespace Analys.Measure.Space;

/// <summary>A k-d tree over points: boxes in boxes, so that whole boxes inside or outside a circle are settled at once.</summary>
/// <remarks>Balanced and implicit: node 0 is the root, the children of node v are 2v + 1 and 2v + 2. Memory is linear in the
/// points.</remarks>
internal sealed class PointIndex
{
    private const int LeafSize = 8;

    public PointIndex(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var n = x.Length;
        Order = new int[n];
        for (var i = 0; i < n; i++) Order[i] = i;
        var levels = 0;
        while ((n >> levels) > LeafSize) levels++;
        FirstLeaf = (1 << levels) - 1;
        var nodes = (2 << levels) - 1;
        Boxes = new Box[nodes];
        var keys = new double[n];
        if (n > 0) Build(0, 0, n, x.ToArray(), y.ToArray(), keys);
        X = new double[n];
        Y = new double[n];
        for (var i = 0; i < n; i++) (X[i], Y[i]) = (x[Order[i]], y[Order[i]]);
    }

    /// <summary>A node: the range of its points and the box around them.</summary>
    public readonly record struct Box(int Start, int End, double MinX, double MinY, double MaxX, double MaxY)
    {
        /// <summary>The square of the smallest distance from a point to the box.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public double Nearest(double x, double y)
        {
            double dx = Math.Max(0, Math.Max(MinX - x, x - MaxX)), dy = Math.Max(0, Math.Max(MinY - y, y - MaxY));
            return (dx * dx) + (dy * dy);
        }

        /// <summary>The square of the largest distance from a point to the box.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public double Farthest(double x, double y)
        {
            double dx = Math.Max(x - MinX, MaxX - x), dy = Math.Max(y - MinY, MaxY - y);
            return (dx * dx) + (dy * dy);
        }
    }

    /// <summary>The points' own numbers, in the tree's order.</summary>
    public int[] Order { get; }

    /// <summary>East coordinates, in the tree's order.</summary>
    public double[] X { get; }

    /// <summary>North coordinates, in the tree's order.</summary>
    public double[] Y { get; }

    /// <summary>The nodes.</summary>
    public Box[] Boxes { get; }

    /// <summary>The number of the first leaf; all nodes from it on are leaves.</summary>
    public int FirstLeaf { get; }

    /// <summary>Columns of numbers by point, put in the tree's order.</summary>
    /// <param name="rows">The numbers, point by point.</param>
    /// <param name="width">How many each point has.</param>
    public double[] Permute(ReadOnlySpan<double> rows, int width)
    {
        var permuted = new double[rows.Length];
        for (var i = 0; i < Order.Length; i++) rows.Slice(Order[i] * width, width).CopyTo(permuted.AsSpan(i * width, width));
        return permuted;
    }

    /// <summary>The sums of the columns over the points of each node.</summary>
    /// <param name="permuted">The numbers in the tree's order.</param>
    /// <param name="width">How many each point has.</param>
    public double[] NodeSums(ReadOnlySpan<double> permuted, int width)
    {
        var sums = new double[Boxes.Length * width];
        for (var node = Boxes.Length - 1; node >= 0; node--)
        {
            var own = sums.AsSpan(node * width, width);
            if (node < FirstLeaf)
            {
                for (var g = 0; g < width; g++) own[g] = sums[((2 * node) + 1) * width + g] + sums[((2 * node) + 2) * width + g];
                continue;
            }

            for (var i = Boxes[node].Start; i < Boxes[node].End; i++)
            {
                for (var g = 0; g < width; g++) own[g] += permuted[(i * width) + g];
            }
        }

        return sums;
    }

    private void Build(int node, int start, int end, double[] x, double[] y, double[] keys)
    {
        double minX = double.PositiveInfinity, minY = minX, maxX = double.NegativeInfinity, maxY = maxX;
        for (var i = start; i < end; i++)
        {
            minX = Math.Min(minX, x[Order[i]]);
            maxX = Math.Max(maxX, x[Order[i]]);
            minY = Math.Min(minY, y[Order[i]]);
            maxY = Math.Max(maxY, y[Order[i]]);
        }

        Boxes[node] = new Box(start, end, minX, minY, maxX, maxY);
        if (node >= FirstLeaf) return;
        var along = maxX - minX >= maxY - minY ? x : y;
        for (var i = start; i < end; i++) keys[i] = along[Order[i]];
        Array.Sort(keys, Order, start, end - start);
        var middle = (start + end) / 2;
        Build((2 * node) + 1, start, middle, x, y, keys);
        Build((2 * node) + 2, middle, end, x, y, keys);
    }
}
