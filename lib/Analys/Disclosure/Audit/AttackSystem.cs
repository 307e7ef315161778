using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;

namespace Analys.Disclosure.Audit;

/// <summary>The attacker's equations: one variable per cell that is not known, one slack per relation that holds only within an
/// interval.</summary>
internal sealed class AttackSystem
{
    private AttackSystem(MoveSystem system, int[] cellOf, int[] variableOf, double[] slackLower, double[] slackUpper)
    {
        System = system;
        CellOf = cellOf;
        VariableOf = variableOf;
        SlackLower = slackLower;
        SlackUpper = slackUpper;
    }

    public MoveSystem System { get; }

    /// <summary>The cell of a variable; slacks follow after the last.</summary>
    public int[] CellOf { get; }

    /// <summary>The variable of a cell, or −1.</summary>
    public int[] VariableOf { get; }

    /// <summary>Bounds of the slacks' moves.</summary>
    public double[] SlackLower { get; }

    public double[] SlackUpper { get; }

    public int Cells => CellOf.Length;

    public int Variables => System.Variables;

    /// <summary>Sets up the equations in which at least one of the chosen cells takes part.</summary>
    public static AttackSystem Of(ProtectionTable table, Func<TableCell, bool> isVariable)
    {
        var variableOf = new int[table.Cells.Count];
        var cellOf = new List<int>();
        for (var i = 0; i < variableOf.Length; i++)
        {
            variableOf[i] = isVariable(table.Cells[i]) ? cellOf.Count : -1;
            if (variableOf[i] >= 0) cellOf.Add(i);
        }
        var rows = new List<(int[] Columns, double[] Coefficients, double Lower, double Upper)>();
        foreach (var equation in table.Equations) AddEquation(rows, table, equation, variableOf);
        foreach (var rate in table.Rates) if (rate.AlwaysShown) AddRate(rows, table, rate, variableOf);
        var slacks = rows.Where(row => row.Lower != 0 || row.Upper != 0).ToList();
        var system = new MoveSystem(cellOf.Count + slacks.Count);
        var slack = cellOf.Count;
        foreach (var (columns, coefficients, lower, upper) in rows)
        {
            if (lower == 0 && upper == 0) system.Add(columns, coefficients);
            else system.Add([.. columns, slack++], [.. coefficients, -1]);
        }
        return new AttackSystem(system, [.. cellOf], variableOf, [.. slacks.Select(row => row.Lower)],
            [.. slacks.Select(row => row.Upper)]);
    }

    private static void AddEquation(
        List<(int[], double[], double, double)> rows, ProtectionTable table, TableEquation equation, int[] variableOf)
    {
        var terms = new Terms();
        terms.Add(variableOf[equation.Total], 1);
        foreach (var part in equation.Parts) terms.Add(variableOf[part], -1);
        if (terms.IsEmpty) return;
        if (equation.Tolerance == 0)
        {
            rows.Add((terms.Columns, terms.Coefficients, 0, 0));
            return;
        }
        // total − Σ parts is off by some noise now and may be off by any amount within the tolerance.
        var noise = table.Cells[equation.Total].Value;
        foreach (var part in equation.Parts) noise -= table.Cells[part].Value;
        rows.Add((terms.Columns, terms.Coefficients, -equation.Tolerance - noise, equation.Tolerance - noise));
    }

    private static void AddRate(List<(int[], double[], double, double)> rows, ProtectionTable table, RateLink rate, int[] variableOf)
    {
        var (numerator, @base) = (table.Cells[rate.Numerator].Value, table.Cells[rate.Base].Value);
        if (@base <= 0) return;
        var printed = rate.Printed(numerator, @base);
        // x − N(r + h)/100 ≤ 0 and x − N(r − h)/100 ≥ 0; their present values are the room that a move has.
        foreach (var (edge, upper) in new[] { ((printed + rate.HalfUnit) / 100, true),
            (Math.Max(0, printed - rate.HalfUnit) / 100, false) })
        {
            var terms = new Terms();
            terms.Add(variableOf[rate.Numerator], 1);
            terms.Add(variableOf[rate.Base], -edge);
            if (terms.IsEmpty) continue;
            var now = numerator - edge * @base;
            rows.Add(upper
                ? (terms.Columns, terms.Coefficients, double.NegativeInfinity, Math.Max(0, -now))
                : (terms.Columns, terms.Coefficients, Math.Min(0, -now), double.PositiveInfinity));
        }
    }

    private sealed class Terms
    {
        private readonly Dictionary<int, double> values = [];

        public bool IsEmpty => values.Count == 0;

        public int[] Columns => [.. values.Keys];

        public double[] Coefficients => [.. values.Values];

        public void Add(int variable, double coefficient)
        {
            if (variable < 0) return;
            values[variable] = values.GetValueOrDefault(variable) + coefficient;
        }
    }
}
