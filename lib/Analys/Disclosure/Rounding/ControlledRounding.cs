namespace Analys.Disclosure;

/// <summary>One search for an additive rounding.</summary>
internal sealed class ControlledRounding
{
    private const double Whole = 1e-6;
    private const int NodeLimit = 2_000;
    private readonly ProtectionTable table;
    private readonly int @base;
    private readonly ILinearModel model;
    private readonly double[] part;      // the fraction of a step that the true value lies above the multiple below it
    private readonly double[] low;
    private readonly double[] high;
    private int nodes;

    public ControlledRounding(ProtectionTable table, int @base, ILinearSolver solver)
    {
        this.table = table;
        this.@base = @base;
        var n = table.Cells.Count;
        part = new double[n];
        low = new double[n];
        high = new double[n];
        var system = new MoveSystem(n);
        foreach (var equation in table.Equations)
        {
            // Noisy totals are not sums to begin with; rounding cannot make them so.
            if (equation.Tolerance > 0) continue;
            system.Add([equation.Total, .. equation.Parts], [1, .. equation.Parts.Select(_ => -1.0)]);
        }
        model = solver.Load(system);
        for (var i = 0; i < n; i++)
        {
            var steps = table.Cells[i].Value / @base;
            part[i] = steps - Math.Floor(steps);
            if (part[i] is < 1e-9 or > 1 - 1e-9) part[i] = 0;
            Free(i);
        }
    }

    public double[]? Solve()
    {
        model.Reset();
        if (!Descend()) return null;
        var values = new double[part.Length];
        for (var i = 0; i < values.Length; i++) values[i] = Math.Round(table.Cells[i].Value / @base + model.Values[i]) * @base;
        return values;
    }

    private void Free(int i)
    {
        (low[i], high[i]) = part[i] == 0 ? (0, 0) : (-part[i], 1 - part[i]);
        model.SetBounds(i, low[i], high[i]);
    }

    // Going up costs 1 − 2·part more than going down; a small odd amount per cell makes the optimum a single vertex.
    private void Price()
    {
        for (var i = 0; i < part.Length; i++)
        {
            var cost = part[i] == 0 ? 0 : 1 - 2 * part[i] + 1e-4 * ((i * 7919 % 1009 + 1) / 1009.0);
            model.SetCost(i, cost, -cost);
        }
    }

    private bool Descend()
    {
        if (++nodes > NodeLimit) return false;
        Price();
        model.Minimise();
        var fractional = MostDecided();
        if (fractional < 0) return true;
        var upFirst = model.Values[fractional] + part[fractional] >= 0.5;
        return Fix(fractional, upFirst) || Fix(fractional, !upFirst);
    }

    private bool Fix(int cell, bool upwards)
    {
        var goal = upwards ? high[cell] : low[cell];
        for (var i = 0; i < part.Length; i++) model.SetCost(i, 0, 0);
        model.SetCost(cell, upwards ? -1 : 1, upwards ? 1 : -1);
        model.Minimise();
        if (Math.Abs(model.Values[cell] - goal) > Whole) return false;
        model.SetBounds(cell, goal, goal);
        if (Descend()) return true;
        model.SetBounds(cell, low[cell], high[cell]);
        return false;
    }

    // Of the cells that are still between two multiples the one nearest to either; −1 when all are decided.
    private int MostDecided()
    {
        var best = -1;
        var least = double.PositiveInfinity;
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] == 0) continue;
            var steps = model.Values[i] + part[i];
            var distance = Math.Min(steps, 1 - steps);
            if (distance > Whole && distance < least) (best, least) = (i, distance);
        }
        return best;
    }
}
