namespace Analys.Disclosure;

/// <summary>Rounds whole tables.</summary>
public static class TableRounding
{
    /// <summary>Rounds every cell by itself to the nearest multiple; totals need not be the sums of their parts.</summary>
    public static RoundedTable Independent(ProtectionTable table, int @base) => Each(table, value => RoundingRule.ToBase(value, @base));

    /// <summary>Rounds every cell by itself by the city's practice for small areas.</summary>
    public static RoundedTable CityPractice(ProtectionTable table) => Each(table, RoundingRule.CityPractice);

    /// <summary>Rounds every cell to a neighbouring multiple so that totals stay the sums of their parts, as near the true table as can be.</summary>
    /// <remarks>
    /// A multiple of the base stays itself. The fractional table solves the equations, so the linear program starts from it; in two-way tables
    /// and trees its vertices are whole (they are network flows), elsewhere a short search follows. Where no additive rounding is found the cells are
    /// rounded by themselves and the result says so. Source: L. H. Cox, <i>J. Amer. Statist. Assoc.</i> 82 (1987).
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
