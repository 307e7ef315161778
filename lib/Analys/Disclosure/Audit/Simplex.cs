using Analys.Disclosure.Suppression;

namespace Analys.Disclosure.Audit;

/// <summary>Primal simplex for moves: bounds on every variable, convex two-piece costs with the break at zero, started from a feasible
/// point.</summary>
/// <remarks>
/// A non-basic variable may rest anywhere between its bounds (it starts at zero); it leaves such a place once and never returns, which
/// keeps the method finite. The largest gain enters (Dantzig), and after a run of degenerate steps the lowest index (Bland), which cannot
/// cycle. Source: G. B. Dantzig, <i>Linear Programming and Extensions</i> (1963), ch. 18; R. G. Bland, <i>Math. Oper. Res.</i> 2 (1977).
/// </remarks>
internal sealed class BoundedSimplex : ILinearModel
{
    private const double Tolerance = 1e-8;
    private const double SmallestPivot = 1e-7;
    private const int PatienceBeforeBland = 60;
    private const int StepsBetweenRebuilds = 20_000;

    private readonly MoveSystem system;
    private SimplexTableau tableau;
    private readonly double[] value;
    private readonly double[] lower;
    private readonly double[] upper;
    private readonly double[] up;
    private readonly double[] down;
    private readonly double[] products;
    private readonly bool[] below;   // a basic variable on the negative side of its break
    private readonly ProofBudget? budget = ProofBudget.Current;
    private int stepsSinceRebuild;

    public BoundedSimplex(MoveSystem system)
    {
        this.system = system;
        tableau = new SimplexTableau(system);
        budget?.Spend(tableau.LastWork);
        var n = system.Variables;
        value = new double[n];
        lower = new double[n];
        upper = new double[n];
        up = new double[n];
        down = new double[n];
        products = new double[n];
        below = new bool[n];
    }

    public int Variables => value.Length;

    public ReadOnlySpan<double> Values => value;

    public void Reset()
    {
        Array.Clear(value);
        if (stepsSinceRebuild < StepsBetweenRebuilds) return;
        // Rounding gathers in the tableau; a fresh one is cheap beside the steps since the last.
        tableau = new SimplexTableau(system);
        budget?.Spend(tableau.LastWork);
        stepsSinceRebuild = 0;
    }

    public void SetBounds(int variable, double lower, double upper)
    {
        this.lower[variable] = lower;
        this.upper[variable] = upper;
    }

    public void SetCost(int variable, double up, double down)
    {
        this.up[variable] = up;
        this.down[variable] = down;
    }

    public bool WouldImproveIfFreed(int variable)
    {
        if (tableau.RowOf[variable] >= 0) return false;
        return products[variable] - up[variable] > Tolerance || -products[variable] - down[variable] > Tolerance;
    }

    public LinearOutcome Minimise()
    {
        PriceBasis();
        var limit = 50 * (value.Length + tableau.Rows.Length) + 1000;
        var still = 0;
        for (var step = 0; step < limit; step++)
        {
            var entering = Enter(still > PatienceBeforeBland, out var upwards);
            if (entering < 0) return LinearOutcome.Optimal;
            var length = Ratio(entering, upwards, still > PatienceBeforeBland, out var row, out var stop);
            if (double.IsPositiveInfinity(length)) return LinearOutcome.Unbounded;
            still = length > Tolerance ? 0 : still + 1;
            Advance(entering, upwards, length, row, stop);
            stepsSinceRebuild++;
            budget?.Spend(tableau.LastWork + value.Length);
        }
        return LinearOutcome.Stopped;
    }

    private bool HasBreak(int j) => up[j] + down[j] > Tolerance;

    private void PriceBasis()
    {
        Array.Clear(products);
        for (var i = 0; i < tableau.Rows.Length; i++)
        {
            var j = tableau.Basis[i];
            below[j] = value[j] < -Tolerance;
            var cost = below[j] ? -down[j] : up[j];
            if (cost == 0) continue;
            var row = tableau.Rows[i];
            budget?.Spend(row.Length);
            for (var k = 0; k < row.Length; k++) products[k] += cost * row[k];
        }
    }

    private double CostUpwards(int j) => value[j] < -Tolerance ? -down[j] : up[j];

    private double CostDownwards(int j) => value[j] > Tolerance ? -up[j] : down[j];

    private int Enter(bool lowestIndex, out bool upwards)
    {
        var best = -1;
        var bestGain = Tolerance;
        upwards = false;
        var rowOf = tableau.RowOf;
        for (var j = 0; j < value.Length; j++)
        {
            if (rowOf[j] >= 0) continue;
            var v = value[j];
            if (v < upper[j] - Tolerance)
            {
                var gain = products[j] - CostUpwards(j);
                if (gain > bestGain) (best, bestGain, upwards) = (j, gain, true);
            }
            if (v > lower[j] + Tolerance)
            {
                var gain = -products[j] - CostDownwards(j);
                if (gain > bestGain) (best, bestGain, upwards) = (j, gain, false);
            }
            if (lowestIndex && best >= 0) break;
        }
        return best;
    }

    private double Ratio(int entering, bool upwards, bool lowestIndex, out int row, out double stop)
    {
        row = -1;
        var from = value[entering];
        stop = upwards
            ? from < -Tolerance && HasBreak(entering) ? 0 : upper[entering]
            : from > Tolerance && HasBreak(entering) ? 0 : lower[entering];
        var length = Math.Abs(stop - from);
        var pivot = 0.0;
        var rows = tableau.Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            var coefficient = rows[i][entering];
            if (coefficient is < SmallestPivot and > -SmallestPivot) continue;
            var rate = upwards ? -coefficient : coefficient;
            var j = tableau.Basis[i];
            double end;
            if (rate > 0) end = below[j] && HasBreak(j) ? 0 : upper[j];
            else end = !below[j] && HasBreak(j) ? 0 : lower[j];
            if (double.IsInfinity(end)) continue;
            var reach = Math.Max(0, (end - value[j]) / rate);
            if (reach > length + Tolerance) continue;
            var better = reach < length - Tolerance || row >= 0 &&
                (lowestIndex ? j < tableau.Basis[row] : Math.Abs(rate) > Math.Abs(pivot) + Tolerance);
            if (!better) continue;
            (length, row, stop, pivot) = (Math.Min(reach, length), i, end, rate);
        }
        return length;
    }

    private void Advance(int entering, bool upwards, double length, int row, double stop)
    {
        var from = value[entering];
        if (length > 0)
        {
            var signed = upwards ? length : -length;
            var rows = tableau.Rows;
            for (var i = 0; i < rows.Length; i++)
            {
                var coefficient = rows[i][entering];
                if (coefficient != 0) value[tableau.Basis[i]] -= coefficient * signed;
            }
            value[entering] = from + signed;
        }
        if (row < 0)
        {
            value[entering] = stop;
            return;
        }
        value[tableau.Basis[row]] = stop;
        below[entering] = upwards ? from < -Tolerance : from <= Tolerance;
        var cost = below[entering] ? -down[entering] : up[entering];
        tableau.Pivot(row, entering, products, cost);
    }
}

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
            LastWork += Columns + basis.Count;
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

    /// <summary>How many elements the last pivot changed; before the first, how many the making of the tableau did.</summary>
    public long LastWork { get; private set; }

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
        LastWork = count;
        var rows = Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            if (i == row) continue;
            var other = rows[i];
            var factor = other[column];
            if (factor == 0) continue;
            LastWork += count;
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

    private void Subtract(double[] source, double[] target, double factor)
    {
        LastWork += target.Length;
        for (var j = 0; j < target.Length; j++)
        {
            if (source[j] == 0) continue;
            var value = target[j] - factor * source[j];
            target[j] = value is < Zero and > -Zero ? 0 : value;
        }
    }
}
