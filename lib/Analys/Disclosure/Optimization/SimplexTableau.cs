namespace Analys.Disclosure;

/// <summary>The dense tableau B⁻¹A of a move system with its basis, and the pivots on it.</summary>
/// <remarks>Rows that depend on others are dropped when the tableau is made, so linked tables may repeat their equations.</remarks>
internal sealed class SimplexTableau
{
    private const double Zero = 1e-9;
    private readonly int[] touched;

    public SimplexTableau(MoveSystem system)
    {
        Columns = system.Variables;
        touched = new int[Columns];
        RowOf = new int[Columns];
        Array.Fill(RowOf, -1);
        var occurrences = Occurrences(system);
        var rows = new List<double[]>(system.Rows);
        var basis = new List<int>(system.Rows);
        for (var r = 0; r < system.Rows; r++)
        {
            var row = new double[Columns];
            var variables = system.ColumnsOf(r);
            var coefficients = system.CoefficientsOf(r);
            for (var k = 0; k < variables.Length; k++) row[variables[k]] += coefficients[k];
            // Most earlier basics are absent from a sparse row: reduce by those it contains, and by no others, since rows are kept reduced.
            for (var k = 0; k < basis.Count; k++)
            {
                var factor = row[basis[k]];
                if (factor != 0) Subtract(rows[k], row, factor);
            }
            var pivot = ChoosePivot(row, occurrences);
            if (pivot < 0) continue;
            var scale = 1 / row[pivot];
            for (var j = 0; j < Columns; j++) row[j] *= scale;
            row[pivot] = 1;
            foreach (var other in rows)
            {
                var factor = other[pivot];
                if (factor != 0) Subtract(row, other, factor);
            }
            RowOf[pivot] = rows.Count;
            rows.Add(row);
            basis.Add(pivot);
        }
        Rows = [.. rows];
        Basis = [.. basis];
    }

    public int Columns { get; }

    /// <summary>One array per equation, in the basis' coordinates.</summary>
    public double[][] Rows { get; }

    /// <summary>The variable that is basic in each row.</summary>
    public int[] Basis { get; }

    /// <summary>The row in which a variable is basic, or −1.</summary>
    public int[] RowOf { get; }

    /// <summary>Brings a column into the basis of a row and updates the extra row of dual products with it.</summary>
    /// <param name="row">The row to pivot on.</param>
    /// <param name="column">The entering variable.</param>
    /// <param name="products">The row w = c_B·B⁻¹A.</param>
    /// <param name="cost">The entering variable's marginal cost.</param>
    public void Pivot(int row, int column, double[] products, double cost)
    {
        var pivotRow = Rows[row];
        var scale = 1 / pivotRow[column];
        var count = 0;
        for (var j = 0; j < pivotRow.Length; j++)
        {
            var value = pivotRow[j];
            if (value == 0) continue;
            value *= scale;
            pivotRow[j] = value;
            touched[count++] = j;
        }
        pivotRow[column] = 1;
        var rows = Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            if (i == row) continue;
            var other = rows[i];
            var factor = other[column];
            if (factor == 0) continue;
            for (var k = 0; k < count; k++)
            {
                var j = touched[k];
                var value = other[j] - factor * pivotRow[j];
                other[j] = value is < Zero and > -Zero ? 0 : value;
            }
            other[column] = 0;
        }
        var change = cost - products[column];
        if (change != 0) for (var k = 0; k < count; k++) products[touched[k]] += change * pivotRow[touched[k]];
        products[column] = cost;
        RowOf[Basis[row]] = -1;
        Basis[row] = column;
        RowOf[column] = row;
    }

    private static int[] Occurrences(MoveSystem system)
    {
        var count = new int[system.Variables];
        for (var r = 0; r < system.Rows; r++) foreach (var column in system.ColumnsOf(r)) count[column]++;
        return count;
    }

    // A column that occurs in few equations fills the tableau least.
    private static int ChoosePivot(double[] row, int[] occurrences)
    {
        var best = -1;
        for (var j = 0; j < row.Length; j++)
        {
            if (Math.Abs(row[j]) < 1e-7) continue;
            if (best < 0 || occurrences[j] < occurrences[best]) best = j;
        }
        return best;
    }

    private static void Subtract(double[] source, double[] target, double factor)
    {
        for (var j = 0; j < target.Length; j++)
        {
            if (source[j] == 0) continue;
            var value = target[j] - factor * source[j];
            target[j] = value is < Zero and > -Zero ? 0 : value;
        }
    }
}
