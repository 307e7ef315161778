using MathNet.Numerics.LinearAlgebra;

namespace Analys.Explore.Regression;

/// <summary>The explanatory columns of a regression: an intercept, numbers as they are, categories as one column for each but the reference.</summary>
internal sealed class DesignMatrix
{
    // Where less than this share of a column's length is left when the earlier columns are taken out, it says nothing of its own.
    private const double Dependent = 1e-9;

    private readonly int rows;
    private readonly List<(string Name, double[] Values)> columns = [];

    /// <param name="rows">The number of rows.</param>
    /// <param name="intercept">Whether a column of ones comes first.</param>
    public DesignMatrix(int rows, bool intercept = true)
    {
        this.rows = rows;
        HasIntercept = intercept;
        if (intercept) columns.Add(("intercept", [.. Enumerable.Repeat(1.0, rows)]));
    }

    public bool HasIntercept { get; }

    public int Rows => rows;

    public IReadOnlyList<string> Names => [.. columns.Select(column => column.Name)];

    /// <summary>Adds a column of numbers.</summary>
    public DesignMatrix Add(string name, IReadOnlyList<double> values)
    {
        if (values.Count != rows) throw new ArgumentException($"The column {name} has another number of rows than the outcome.", nameof(values));
        columns.Add((name, [.. values]));
        return this;
    }

    /// <summary>Adds a category: a column of zeros and ones for each of its kinds that occurs, but for the reference.</summary>
    /// <param name="name">The column's name; its terms are called <c>name=kind</c>.</param>
    /// <param name="codes">For each row the index of its kind.</param>
    /// <param name="kinds">The kinds.</param>
    /// <param name="reference">The kind that the others are compared with; null for the most common one (the first of equals).</param>
    public DesignMatrix AddCategories(string name, IReadOnlyList<int> codes, IReadOnlyList<string> kinds, string? reference = null)
    {
        if (codes.Count != rows) throw new ArgumentException($"The column {name} has another number of rows than the outcome.", nameof(codes));
        var counts = new int[kinds.Count];
        foreach (var code in codes) counts[code]++;
        var first = reference is null ? Array.IndexOf(counts, counts.Max()) : kinds.ToList().IndexOf(reference);
        if (first < 0 || counts[first] == 0) throw new ModelException($"The column {name} has no rows of the kind that was named as its reference.");
        foreach (var kind in Enumerable.Range(0, kinds.Count).Where(kind => kind != first && counts[kind] > 0).OrderBy(kind => kinds[kind], StringComparer.Ordinal))
        {
            columns.Add(($"{name}={kinds[kind]}", [.. codes.Select(code => code == kind ? 1.0 : 0.0)]));
        }

        return this;
    }

    /// <summary>The matrix of the rows that are kept.</summary>
    public Matrix<double> Matrix(IReadOnlyList<int> kept) =>
        Matrix<double>.Build.Dense(kept.Count, columns.Count, (row, column) => columns[column].Values[kept[row]]);

    /// <summary>Names the columns that follow from those before them; a model that has them has no single answer.</summary>
    public static IReadOnlyList<int> Redundant(Matrix<double> x, Vector<double> weights)
    {
        var basis = new List<Vector<double>>();
        var redundant = new List<int>();
        var roots = weights.PointwiseSqrt();
        for (var column = 0; column < x.ColumnCount; column++)
        {
            var rest = x.Column(column).PointwiseMultiply(roots);
            var whole = rest.L2Norm();
            // Twice: one pass of Gram-Schmidt leaves too much of long columns that are nearly alike.
            for (var pass = 0; pass < 2; pass++)
            {
                foreach (var direction in basis) rest -= direction * direction.DotProduct(rest);
            }

            var left = rest.L2Norm();
            if (!(left > Dependent * whole)) redundant.Add(column);
            else basis.Add(rest / left);
        }

        return redundant;
    }
}
