using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;

namespace Analys.Disclosure.Audit;

/// <summary>Attacks a table: the bounds of every withheld cell for the outsider, the reader of the legend and the insider.</summary>
/// <remarks>
/// One unknown per withheld cell; the equations are all that is published. Each unknown is minimised and maximised, in the linear
/// relaxation and then in whole numbers. The true value must lie inside: otherwise the model of the attacker is wrong, and that is an
/// error. Swedish: <i>röjandekontroll, angriparens gränser</i>.
/// </remarks>
internal static class Auditor
{
    /// <summary>Audits a table.</summary>
    /// <param name="table">The table with its statuses.</param>
    /// <param name="requirements">What it must withstand.</param>
    /// <param name="scope">Which cells are given bounds; failures are looked for in all primary cells either way.</param>
    /// <param name="solver">The solver; the library's own by default.</param>
    /// <param name="evidence">Other tables that look the same to the reader, as amounts by cell that the true one would change by. Each is
    /// checked, equation by equation; what does not hold is passed over.</param>
    /// <exception cref="TableModelException">The true value of a cell lies outside what the attacker is told.</exception>
    public static TableAudit Audit(
        ProtectionTable table, ProtectionRequirements requirements, AuditScope scope = AuditScope.AllWithheld,
        ILinearSolver? solver = null, IEnumerable<IReadOnlyDictionary<int, double>>? evidence = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(requirements);
        return new AttackRun(table, requirements, scope, solver ?? BoundedSimplexSolver.Instance).Run(evidence ?? []);
    }
}

/// <summary>One run of the attack on one table.</summary>
internal sealed class AttackRun
{
    private const double Slack = 1e-6;
    private readonly ProtectionTable table;
    private readonly ProtectionRequirements requirements;
    private readonly AuditScope scope;
    private readonly AttackSystem attack;
    private readonly ILinearModel model;
    private readonly bool[] integer;
    private readonly List<AuditFailure> failures = [];
    private readonly List<double[]>?[] through;   // whole-number moves that the strongest attacker cannot exclude, by what they move

    public AttackRun(ProtectionTable table, ProtectionRequirements requirements, AuditScope scope, ILinearSolver solver)
    {
        this.table = table;
        this.requirements = requirements;
        this.scope = scope;
        attack = AttackSystem.Of(table, cell => cell.IsUnknown);
        model = solver.Load(attack.System);
        integer = new bool[attack.Variables];
        through = new List<double[]>?[attack.Variables];
        for (var v = 0; v < attack.Cells; v++) integer[v] = table.IsInteger;
    }

    public TableAudit Run(IEnumerable<IReadOnlyDictionary<int, double>> evidence)
    {
        var outsider = Bounded(legend: false);
        var reader = requirements.LegendTellsApart ? Bounded(legend: true) : null;
        foreach (var move in evidence) Take(move, reader ?? outsider);
        var bounds = new List<CellBounds>();
        for (var v = 0; v < attack.Cells; v++)
        {
            var cell = table.Cells[attack.CellOf[v]];
            var primary = cell.Status == CellStatus.Primary;
            if (!primary && scope != AuditScope.AllWithheld) continue;
            var strongest = Attack(reader ?? outsider, v, cell, primary, reader is null ? Attacker.Outsider : Attacker.LegendReader);
            // Whatever the reader of the legend cannot exclude, the outsider cannot either: the verdict needs no second attack.
            var weaker = reader is null || (scope == AuditScope.VerdictOnly && failures.All(failure => failure.Cell != cell.Id))
                ? strongest
                : Attack(outsider, v, cell, primary, Attacker.Outsider);
            if (scope == AuditScope.VerdictOnly) continue;
            bounds.Add(new CellBounds(
                cell.Id, cell.Status, weaker.Lower, weaker.Upper, strongest.Lower, strongest.Upper, weaker.Proven && strongest.Proven));
        }
        if (requirements.GuardAgainstInsiders) AttackFromInside(reader ?? outsider);
        return new TableAudit(bounds, failures);
    }

    private IntegerExtremes Bounded(bool legend)
    {
        var lower = new double[attack.Variables];
        var upper = new double[attack.Variables];
        for (var v = 0; v < attack.Cells; v++)
        {
            var cell = table.Cells[attack.CellOf[v]];
            var (low, high) = legend || !requirements.LegendTellsApart
                ? requirements.LegendOf(cell, cell.Status) : cell.Told ?? (0, double.PositiveInfinity);
            if (cell.Value < low || cell.Value > high)
                throw new TableModelException(
                    "A cell's value lies outside what its mark tells the reader: the statuses do not fit the rules.", cell.Id);
            (lower[v], upper[v]) = (low - cell.Value, high - cell.Value);
        }
        attack.SlackLower.CopyTo(lower, attack.Cells);
        attack.SlackUpper.CopyTo(upper, attack.Cells);
        return new IntegerExtremes(attack.System, model, integer, lower, upper);
    }

    // A slack would have to move with the cells; where there is any, the search finds its own.
    private void Take(IReadOnlyDictionary<int, double> changes, IntegerExtremes attacker)
    {
        if (attack.Variables > attack.Cells) return;
        var move = new double[attack.Variables];
        foreach (var (cell, amount) in changes)
        {
            var v = attack.VariableOf[cell];
            if (v < 0 || (integer[v] && amount != Math.Round(amount)) || !attacker.Allows(v, amount)) return;
            move[v] = amount;
        }

        if (attack.System.Holds(move)) Remember(move);
    }

    private (double Lower, double Upper, bool Proven) Attack(IntegerExtremes search, int v, TableCell cell, bool primary, Attacker attacker)
    {
        var needUp = cell.Protection?.UpperLevel ?? 0;
        var needDown = Math.Min(cell.Value, cell.Protection?.LowerLevel ?? 0);
        var verdict = scope == AuditScope.VerdictOnly;
        var enough = Math.Max(Math.Max(needUp, needDown), requirements.MinimumWidth);
        // Moves that are known stand for the strongest attacker; a verdict needs no others.
        if (verdict && RoomOf(v, []) is var (up, down) && up >= needUp && down >= needDown && up + down >= requirements.MinimumWidth)
            return (cell.Value - down, cell.Value + up, true);
        var rise = search.Find(v, 1, verdict ? enough : double.PositiveInfinity);
        var proven = search.Proven;
        if (attacker == Attacker.LegendReader || !requirements.LegendTellsApart) Remember(search.Best);
        // One move that is far enough is a verdict when nothing is asked of the other direction.
        var fall = verdict && rise >= requirements.MinimumWidth && needDown == 0
            ? 0 : search.Find(v, -1, verdict ? enough : double.PositiveInfinity);
        proven &= search.Proven;
        if (attacker == Attacker.LegendReader || !requirements.LegendTellsApart) Remember(search.Best);
        // What a move has shown stands, whatever the search says: it may have been cut short, or have lost its way among many equal steps.
        var (shownRise, shownFall) = RoomOf(v, []);
        proven &= shownRise <= rise + Slack && shownFall <= fall + Slack;
        (rise, fall) = (Math.Max(rise, shownRise), Math.Max(fall, shownFall));
        if (primary) Judge(cell, attacker, rise, fall, needUp, needDown, proven);
        return (cell.Value - fall, cell.Value + rise, proven);
    }

    private void Judge(TableCell cell, Attacker attacker, double rise, double fall, double needUp, double needDown, bool proven)
    {
        AuditReason? reason = rise + fall <= Slack ? AuditReason.Exact
            : rise + fall < requirements.MinimumWidth - Slack ? AuditReason.TooNarrow
            : fall < needDown - Slack ? AuditReason.LowerTooHigh
            : rise < needUp - Slack ? AuditReason.UpperTooLow : null;
        if (reason is { } found) failures.Add(new AuditFailure(cell.Id, attacker, proven ? found : AuditReason.NotProven));
    }

    private void Remember(ReadOnlySpan<double> found)
    {
        double[]? move = null;
        for (var v = 0; v < found.Length; v++)
        {
            if (found[v] == 0) continue;
            move ??= found.ToArray();
            (through[v] ??= []).Add(move);
        }
    }

    private void AttackFromInside(IntegerExtremes search)
    {
        foreach (var cells in OwnCells.Of(table))
        {
            var own = Array.ConvertAll(cells, cell => attack.VariableOf[cell]);
            var fixedYet = false;
            for (var v = 0; v < attack.Cells; v++)
            {
                var cell = table.Cells[attack.CellOf[v]];
                if (cell.Status != CellStatus.Primary || Array.IndexOf(own, v) >= 0 || IsOpenToo(v, own)) continue;
                if (!fixedYet) foreach (var known in own) search.SetBounds(known, 0, 0);
                fixedYet = true;
                AttackOne(search, v, cell, table.Cells[cells[0]].Id);
            }
            if (fixedYet) foreach (var known in own) Release(search, known);
        }
    }

    private void AttackOne(IntegerExtremes search, int v, TableCell cell, string own)
    {
        var rise = search.Find(v, 1, requirements.MinimumWidth);
        var proven = search.Proven;
        Remember(search.Best);
        if (rise >= requirements.MinimumWidth - Slack) return;
        var fall = search.Find(v, -1, requirements.MinimumWidth);
        proven &= search.Proven;
        Remember(search.Best);
        if (rise + fall >= requirements.MinimumWidth - Slack) return;
        var reason = !proven ? AuditReason.NotProven : rise + fall <= Slack ? AuditReason.Exact : AuditReason.TooNarrow;
        failures.Add(new AuditFailure(cell.Id, Attacker.Insider, reason, own));
    }

    private void Release(IntegerExtremes search, int known)
    {
        var cell = table.Cells[attack.CellOf[known]];
        var (low, high) = requirements.LegendOf(cell, cell.Status);
        search.SetBounds(known, low - cell.Value, high - cell.Value);
    }

    // A move that leaves the insider's cells alone and shifts the other far enough is proof that he cannot work it out.
    private bool IsOpenToo(int v, int[] own) => RoomOf(v, own) is var (rise, fall) && rise + fall >= requirements.MinimumWidth - Slack;

    // How far a variable rises and falls in the moves that are known and leave some others alone.
    private (double Rise, double Fall) RoomOf(int v, int[] own)
    {
        double rise = 0, fall = 0;
        foreach (var move in through[v] ?? [])
        {
            if (Array.Exists(own, known => move[known] != 0)) continue;
            rise = Math.Max(rise, move[v]);
            fall = Math.Max(fall, -move[v]);
        }

        return (rise, fall);
    }
}

/// <summary>Who tries to work out a withheld cell.</summary>
internal enum Attacker
{
    /// <summary>Knows the published cells, the equations and that nothing is negative.</summary>
    Outsider,

    /// <summary>Also reads the legend: what a primary and what a secondary mark can stand for.</summary>
    LegendReader,

    /// <summary>Also knows one cell, because he is its only contributor.</summary>
    Insider,
}

/// <summary>Which withheld cells an audit gives bounds for.</summary>
internal enum AuditScope
{
    /// <summary>Primary and secondary cells.</summary>
    AllWithheld,

    /// <summary>Primary cells only; enough for a verdict.</summary>
    PrimaryOnly,

    /// <summary>No bounds: only whether each primary cell is protected, with the least work.</summary>
    VerdictOnly,
}

/// <summary>One thing that an attacker can learn and should not.</summary>
/// <param name="Cell">The primary cell's id.</param>
/// <param name="Attacker">Who learns it.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="KnownCell">The insider's own cell; null for others.</param>
internal sealed record AuditFailure(string Cell, Attacker Attacker, AuditReason Reason, string? KnownCell = null);

/// <summary>Why an audit fails.</summary>
internal enum AuditReason
{
    /// <summary>The bounds meet: the value is known.</summary>
    Exact,

    /// <summary>The bounds are closer than the policy allows.</summary>
    TooNarrow,

    /// <summary>The lower bound lies above max(0, v − LPL).</summary>
    LowerTooHigh,

    /// <summary>The upper bound lies below v + UPL.</summary>
    UpperTooLow,

    /// <summary>The search for whole-number bounds was cut short before it found protection; counted as a failure.</summary>
    NotProven,
}

/// <summary>What an attacker can work out about one withheld cell.</summary>
/// <param name="Cell">The cell's id.</param>
/// <param name="Status">Primary or secondary.</param>
/// <param name="Lower">The outsider's lower bound.</param>
/// <param name="Upper">The outsider's upper bound; positive infinity when there is none.</param>
/// <param name="LegendLower">The legend reader's lower bound; the outsider's when the legend tells nothing.</param>
/// <param name="LegendUpper">The legend reader's upper bound.</param>
/// <param name="Proven">False when a search was cut short and the bounds are those that were attained.</param>
internal sealed record CellBounds(
    string Cell, CellStatus Status, double Lower, double Upper, double LegendLower, double LegendUpper, bool Proven)
{
    /// <summary>upper − lower for the outsider.</summary>
    public double Width => Upper - Lower;

    /// <summary>upper − lower for the reader of the legend.</summary>
    public double LegendWidth => LegendUpper - LegendLower;
}

/// <summary>The proof that goes with a release: the bounds of the withheld cells and everything that an attacker can learn and should
/// not.</summary>
internal sealed class TableAudit
{
    private readonly Dictionary<string, CellBounds> byCell;

    internal TableAudit(IReadOnlyList<CellBounds> bounds, IReadOnlyList<AuditFailure> failures)
    {
        Bounds = bounds;
        Failures = failures;
        byCell = bounds.ToDictionary(bound => bound.Cell, StringComparer.Ordinal);
    }

    /// <summary>The bounds of the withheld cells, in the table's order.</summary>
    public IReadOnlyList<CellBounds> Bounds { get; }

    /// <summary>What is wrong; empty when the table withstands every attack.</summary>
    public IReadOnlyList<AuditFailure> Failures { get; }

    /// <summary>The table withstands every attack that was asked for.</summary>
    public bool Passed => Failures.Count == 0;

    /// <summary>The bounds of one cell, or null when it is published or was not asked for.</summary>
    public CellBounds? Find(string cell) => byCell.GetValueOrDefault(cell);
}

/// <summary>The cells that one and the same contributor knows: his own cell and every total of one that contains it.</summary>
/// <remarks>A household alone in its district and its family type stands in three cells of one; that it knows all three discloses nothing
/// to it.</remarks>
internal static class OwnCells
{
    /// <summary>Groups the unknown cells with one contributor by whose they are.</summary>
    /// <param name="table">The table.</param>
    /// <returns>For each contributor, the indices of his cells.</returns>
    public static int[][] Of(ProtectionTable table)
    {
        var parent = new int[table.Cells.Count];
        for (var i = 0; i < parent.Length; i++) parent[i] = i;
        int Root(int i)
        {
            while (parent[i] != i) i = parent[i] = parent[parent[i]];
            return i;
        }
        bool IsOwn(int i) => table.Cells[i].IsUnknown && table.Cells[i].IsKnownToContributor;
        foreach (var equation in table.Equations)
        {
            // Under noise a total of one may be another's.
            if (equation.Tolerance > 0 || !IsOwn(equation.Total)) continue;
            foreach (var part in equation.Parts) if (IsOwn(part)) parent[Root(part)] = Root(equation.Total);
        }
        return [.. Enumerable.Range(0, parent.Length).Where(IsOwn).GroupBy(Root).Select(group => group.ToArray())];
    }
}
