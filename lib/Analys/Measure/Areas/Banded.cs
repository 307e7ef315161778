namespace Analys.Measure.Areas;

/// <summary>A symmetric matrix with few numbers a row, kept by rows: those of neighbours and of neighbours' neighbours.</summary>
/// <param name="Rows">By row, columns and values; both sides of the diagonal, in any order, no column twice.</param>
internal sealed record SparseRows((int Column, double Value)[][] Rows)
{
    /// <summary>A·x.</summary>
    public double[] Times(ReadOnlySpan<double> x)
    {
        var result = new double[Rows.Length];
        for (var i = 0; i < result.Length; i++)
        {
            foreach (var (column, value) in Rows[i]) result[i] += value * x[column];
        }

        return result;
    }
}

/// <summary>An order of the areas in which neighbours stand near each other (reverse Cuthill–McKee), and how near.</summary>
/// <remarks>On a map of m areas the band is about as wide as some rows of areas across the map, so that a factor costs m times that
/// width squared and not m cubed. Source: George &amp; Liu 1981, Computer Solution of Large Sparse Positive Definite Systems.</remarks>
internal sealed class BandOrder
{
    /// <summary>The order for matrices whose numbers stand where these do.</summary>
    public BandOrder(SparseRows pattern)
    {
        var rows = pattern.Rows;
        var seen = new bool[rows.Length];
        var order = new List<int>(rows.Length);
        foreach (var start in Enumerable.Range(0, rows.Length).OrderBy(i => rows[i].Length).ThenBy(i => i))
        {
            if (!seen[start]) Visit(rows, Furthest(rows, start), seen, order);
        }

        order.Reverse();
        At = [.. order];
        Place = new int[At.Length];
        for (var i = 0; i < At.Length; i++) Place[At[i]] = i;
        for (var i = 0; i < rows.Length; i++)
        {
            foreach (var (column, _) in rows[i]) Width = Math.Max(Width, Math.Abs(Place[i] - Place[column]));
        }
    }

    /// <summary>By place, the area.</summary>
    public int[] At { get; }

    /// <summary>By area, its place.</summary>
    public int[] Place { get; }

    /// <summary>How far from the diagonal a number can stand.</summary>
    public int Width { get; }

    // An area at the rim of its part of the map: the last one reached from the last one reached.
    private static int Furthest((int Column, double Value)[][] rows, int start)
    {
        for (var round = 0; round < 2; round++)
        {
            var reached = new List<int>();
            Visit(rows, start, new bool[rows.Length], reached);
            start = reached[^1];
        }

        return start;
    }

    private static void Visit((int Column, double Value)[][] rows, int start, bool[] seen, List<int> order)
    {
        var next = order.Count;
        seen[start] = true;
        order.Add(start);
        for (; next < order.Count; next++)
        {
            foreach (var (column, _) in rows[order[next]].OrderBy(pair => rows[pair.Column].Length).ThenBy(pair => pair.Column))
            {
                if (seen[column]) continue;
                seen[column] = true;
                order.Add(column);
            }
        }
    }
}

/// <summary>Cholesky's factor of a symmetric positive matrix with a band, for solutions, the determinant, and the inverse's numbers
/// within the band.</summary>
internal sealed class BandFactor
{
    private readonly BandOrder order;
    private readonly int width;

    // Row i of L from column i − width to i: the last number is the diagonal's.
    private readonly double[][] lower;

    /// <summary>Factors A + diag(d).</summary>
    /// <exception cref="AreaModelException">The matrix is not positive.</exception>
    public BandFactor(BandOrder order, SparseRows matrix, ReadOnlySpan<double> diagonal)
    {
        (this.order, width) = (order, order.Width);
        lower = new double[order.At.Length][];
        for (var i = 0; i < lower.Length; i++)
        {
            var row = lower[i] = new double[width + 1];
            foreach (var (column, value) in matrix.Rows[order.At[i]])
            {
                if (order.Place[column] <= i) row[order.Place[column] - i + width] += value;
            }

            row[width] += diagonal.IsEmpty ? 0 : diagonal[order.At[i]];
            for (var j = Math.Max(0, i - width); j <= i; j++)
            {
                // Columns that both rows have: from the later of their beginnings.
                var from = Math.Max(0, i - width);
                var sum = row[j - i + width] - Sum(row.AsSpan(from - i + width, j - from), lower[j].AsSpan(from - j + width, j - from));
                if (j < i)
                {
                    row[j - i + width] = sum / lower[j][width];
                    continue;
                }

                if (!(sum > 0)) throw new AreaModelException("the areas' covariance matrix is not positive");
                row[width] = Math.Sqrt(sum);
                LogDeterminant += 2 * Math.Log(row[width]);
            }
        }
    }

    /// <summary>The logarithm of the matrix's determinant.</summary>
    public double LogDeterminant { get; }

    /// <summary>The solution of A·x = b.</summary>
    public double[] Solve(ReadOnlySpan<double> b)
    {
        var x = new double[lower.Length];
        for (var i = 0; i < x.Length; i++)
        {
            var from = Math.Max(0, i - width);
            x[i] = (b[order.At[i]] - Sum(lower[i].AsSpan(from - i + width, i - from), x.AsSpan(from, i - from))) / lower[i][width];
        }

        for (var i = x.Length - 1; i >= 0; i--)
        {
            x[i] /= lower[i][width];
            for (var j = Math.Max(0, i - width); j < i; j++) x[j] -= lower[i][j - i + width] * x[i];
        }

        var result = new double[x.Length];
        for (var i = 0; i < x.Length; i++) result[order.At[i]] = x[i];
        return result;
    }

    /// <summary>The inverse's diagonal, and Σ over all places of inverse times a matrix whose numbers stand within the band:
    /// tr(A⁻¹B).</summary>
    /// <remarks>Takahashi's recursion (Erisman &amp; Tinney 1975): within the band the inverse needs no number outside it.</remarks>
    public (double[] Diagonal, double Trace) Inverse(SparseRows matrix)
    {
        var n = lower.Length;
        // Row i of the inverse from column i to i + width.
        var inverse = new double[n][];
        var diagonal = new double[n];
        var below = new double[width];
        for (var i = n - 1; i >= 0; i--)
        {
            var reach = Math.Min(width, n - 1 - i);
            for (var k = 1; k <= reach; k++) below[k - 1] = lower[i + k][width - k];
            var row = inverse[i] = new double[reach + 1];
            for (var j = reach; j >= 1; j--)
            {
                double sum = 0;
                for (var k = 1; k < j; k++) sum += below[k - 1] * inverse[i + k][j - k];
                sum += Sum(below.AsSpan(j - 1, reach - j + 1), inverse[i + j].AsSpan(0, reach - j + 1));
                row[j] = -sum / lower[i][width];
            }

            row[0] = ((1 / lower[i][width]) - Sum(below.AsSpan(0, reach), row.AsSpan(1, reach))) / lower[i][width];
            diagonal[order.At[i]] = row[0];
        }

        var trace = 0.0;
        for (var i = 0; i < n; i++)
        {
            foreach (var (column, value) in matrix.Rows[order.At[i]])
            {
                var j = order.Place[column];
                trace += value * inverse[Math.Min(i, j)][Math.Abs(i - j)];
            }
        }

        return (diagonal, trace);
    }

    // In one order on every machine: four sums that are added up at the end.
    private static double Sum(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double one = 0, two = 0, three = 0, four = 0;
        var i = 0;
        for (; i + 4 <= a.Length; i += 4)
        {
            one += a[i] * b[i];
            two += a[i + 1] * b[i + 1];
            three += a[i + 2] * b[i + 2];
            four += a[i + 3] * b[i + 3];
        }

        for (; i < a.Length; i++) one += a[i] * b[i];
        return one + two + (three + four);
    }
}
