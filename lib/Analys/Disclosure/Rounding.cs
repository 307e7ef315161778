using Analys.Disclosure.Audit;
using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;

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

/// <summary>Rounds whole tables.</summary>
internal static class TableRounding
{
    /// <summary>Rounds every cell by itself to the nearest multiple; totals need not be the sums of their parts.</summary>
    public static RoundedTable Independent(ProtectionTable table, int @base) => Each(table, value => RoundingRule.ToBase(value, @base));

    /// <summary>Rounds every cell by itself by the city's practice for small areas.</summary>
    public static RoundedTable CityPractice(ProtectionTable table) => Each(table, RoundingRule.CityPractice);

    /// <summary>Rounds every cell to a neighbouring multiple so that totals stay the sums of their parts, as near the true table as can
    /// be.</summary>
    /// <remarks>
    /// A multiple of the base stays itself. The fractional table solves the equations, so the linear program starts from it; in two-way
    /// tables and trees its vertices are whole (they are network flows), elsewhere a short search follows. Where no additive rounding is
    /// found the cells are rounded by themselves and the result says so. Source: L. H. Cox, <i>J. Amer. Statist. Assoc.</i> 82 (1987).
    /// </remarks>
    /// <param name="table">The table.</param>
    /// <param name="base">3, 5 or another base.</param>
    /// <param name="solver">The solver; the library's own by default.</param>
    public static RoundedTable Controlled(ProtectionTable table, int @base, ILinearSolver? solver = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentOutOfRangeException.ThrowIfLessThan(@base, 2);
        var values = new ControlledRounding(table, @base, solver ?? BoundedSimplexSolver.Instance).Solve();
        return values is null ? Independent(table, @base) : RoundedTable.Of(table, values);
    }

    private static RoundedTable Each(ProtectionTable table, Func<double, double> rule)
    {
        ArgumentNullException.ThrowIfNull(table);
        return RoundedTable.Of(table, [.. table.Cells.Select(cell => rule(cell.Value))]);
    }
}

/// <summary>How a single count is rounded.</summary>
/// <remarks>Swedish: <i>avrundning</i>. Deterministic: the same count always gives the same figure, so that repeating a table tells nothing
/// new.</remarks>
internal static class RoundingRule
{
    /// <summary>The nearest multiple of a base; halves go away from zero.</summary>
    /// <param name="count">The count.</param>
    /// <param name="base">3, 5 or another positive base.</param>
    public static double ToBase(double count, int @base)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(@base, 1);
        return Math.Round(count / @base, MidpointRounding.AwayFromZero) * @base;
    }

    /// <summary>The counts that are shown as a figure, each rounded by itself.</summary>
    /// <param name="shown">The figure.</param>
    /// <param name="base">The base.</param>
    public static (double Low, double High) BehindBase(double shown, int @base) =>
        (Math.Max(0, shown - (@base / 2)), shown + ((@base - 1) / 2));

    /// <summary>The counts that a controlled rounding may show as a figure: both neighbouring multiples are open to it.</summary>
    /// <param name="shown">The figure.</param>
    /// <param name="base">The base.</param>
    public static (double Low, double High) BehindControlled(double shown, int @base) =>
        (Math.Max(0, shown - (@base - 1)), shown + (@base - 1));

    /// <summary>The counts that the city's practice shows as a figure.</summary>
    /// <param name="shown">The figure.</param>
    public static (double Low, double High) BehindCityPractice(double shown) =>
        shown switch { 0 => (0, 2), 5 => (3, 5), _ => (shown, shown) };

    /// <summary>The city's practice for small areas: 1 and 2 become 0, 3 and 4 become 5, all else stays.</summary>
    public static double CityPractice(double count) => count switch
    {
        > 0 and < 3 => 0,
        >= 3 and < 5 => 5,
        _ => count,
    };
}

/// <summary>A table after rounding, and a statement of whether its totals are still the sums of their parts.</summary>
/// <param name="Values">The rounded value of every cell, in the table's order.</param>
/// <param name="IsAdditive">Every total is the sum of its rounded parts.</param>
/// <param name="NotAdditive">The totals that are not.</param>
internal sealed record RoundedTable(IReadOnlyList<double> Values, bool IsAdditive, IReadOnlyList<string> NotAdditive)
{
    internal static RoundedTable Of(ProtectionTable table, double[] values)
    {
        var broken = new List<string>();
        foreach (var equation in table.Equations)
        {
            var difference = values[equation.Total];
            foreach (var part in equation.Parts) difference -= values[part];
            if (Math.Abs(difference) > 1e-6) broken.Add(table.Cells[equation.Total].Id);
        }
        // A zero that a program of mixed signs left behind has none itself.
        for (var i = 0; i < values.Length; i++) values[i] += 0.0;
        return new RoundedTable(values, broken.Count == 0, [.. broken.Distinct()]);
    }
}

/// <summary>Noise by cell keys, as in SCB's population tables from reference year 2025: every cell is off by at most a few, totals
/// too.</summary>
/// <remarks>
/// Such a table is marked and not called wrong. Its equations hold within an interval: each of the k parts and the total may be off by D,
/// so that |total − Σ parts| ≤ (k + 1)·D, and the audit attacks with the interval. Swedish: <i>cellnyckelmetoden</i>.
/// </remarks>
/// <param name="Maximum">D, the greatest perturbation of one cell.</param>
internal sealed record CellKeyNoise(int Maximum)
{
    /// <summary>(k + 1)·D.</summary>
    /// <param name="parts">k.</param>
    public double ToleranceOf(int parts) => (parts + 1.0) * Maximum;

    /// <summary>Adds total = Σ parts within the noise.</summary>
    public ProtectionTableBuilder Equate(ProtectionTableBuilder builder, string total, IReadOnlyList<string> parts)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(parts);
        return builder.Equate(total, parts, ToleranceOf(parts.Count));
    }

    /// <summary>The totals of a table that are not the sums of their parts: a sign of noise in a source that does not say so.</summary>
    public static IReadOnlyList<string> NotAdditive(ProtectionTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return RoundedTable.Of(table, [.. table.Cells.Select(cell => cell.Value)]).NotAdditive;
    }
}
