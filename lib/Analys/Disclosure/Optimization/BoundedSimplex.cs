namespace Analys.Disclosure;

/// <summary>Primal simplex for moves: bounds on every variable, convex two-piece costs with the break at zero, started from a feasible point.</summary>
/// <remarks>
/// A non-basic variable may rest anywhere between its bounds (it starts at zero); it leaves such a place once and never returns, which
/// keeps the method finite. The largest gain enters (Dantzig), and after a run of degenerate steps the lowest index (Bland), which cannot cycle.
/// Source: G. B. Dantzig, <i>Linear Programming and Extensions</i> (1963), ch. 18; R. G. Bland, <i>Math. Oper. Res.</i> 2 (1977).
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
    private int stepsSinceRebuild;

    public BoundedSimplex(MoveSystem system)
    {
        this.system = system;
        tableau = new SimplexTableau(system);
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
