namespace Analys.Disclosure;

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
    private readonly List<double[]> moves = [];   // whole-number moves that the strongest attacker cannot exclude

    public AttackRun(ProtectionTable table, ProtectionRequirements requirements, AuditScope scope, ILinearSolver solver)
    {
        this.table = table;
        this.requirements = requirements;
        this.scope = scope;
        attack = AttackSystem.Of(table, cell => cell.IsUnknown);
        model = solver.Load(attack.System);
        integer = new bool[attack.Variables];
        for (var v = 0; v < attack.Cells; v++) integer[v] = table.IsInteger;
    }

    public TableAudit Run()
    {
        var outsider = Bounded(legend: false);
        var reader = requirements.LegendTellsApart ? Bounded(legend: true) : null;
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
            var (low, high) = legend ? requirements.LegendOf(cell, cell.Status) : (0, double.PositiveInfinity);
            if (cell.Value < low || cell.Value > high)
                throw new TableModelException("A cell's value lies outside what its mark tells the reader: the statuses do not fit the rules.", cell.Id);
            (lower[v], upper[v]) = (low - cell.Value, high - cell.Value);
        }
        attack.SlackLower.CopyTo(lower, attack.Cells);
        attack.SlackUpper.CopyTo(upper, attack.Cells);
        return new IntegerExtremes(attack.System, model, integer, lower, upper);
    }

    private (double Lower, double Upper, bool Proven) Attack(IntegerExtremes search, int v, TableCell cell, bool primary, Attacker attacker)
    {
        var needUp = cell.Protection?.UpperLevel ?? 0;
        var needDown = Math.Min(cell.Value, cell.Protection?.LowerLevel ?? 0);
        var verdict = scope == AuditScope.VerdictOnly;
        var enough = Math.Max(Math.Max(needUp, needDown), requirements.MinimumWidth);
        var rise = search.Find(v, 1, verdict ? enough : double.PositiveInfinity);
        var proven = search.Proven;
        if (attacker == Attacker.LegendReader || !requirements.LegendTellsApart) Remember(search);
        // One move that is far enough is a verdict when nothing is asked of the other direction.
        var fall = verdict && rise >= requirements.MinimumWidth && needDown == 0 ? 0 : search.Find(v, -1, verdict ? enough : double.PositiveInfinity);
        proven &= search.Proven;
        if (attacker == Attacker.LegendReader || !requirements.LegendTellsApart) Remember(search);
        if (!proven)
        {
            // A search that was cut short found less than may be had; what any move has shown counts for this attacker as well.
            foreach (var move in moves)
            {
                rise = Math.Max(rise, move[v]);
                fall = Math.Max(fall, -move[v]);
            }
        }
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

    private void Remember(IntegerExtremes search)
    {
        foreach (var value in search.Best)
        {
            if (value == 0) continue;
            moves.Add(search.Best.ToArray());
            return;
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
        Remember(search);
        if (rise >= requirements.MinimumWidth - Slack) return;
        var fall = search.Find(v, -1, requirements.MinimumWidth);
        proven &= search.Proven;
        Remember(search);
        if (rise + fall >= requirements.MinimumWidth - Slack) return;
        var reason = !proven ? AuditReason.NotProven : rise + fall <= Slack ? AuditReason.Exact : AuditReason.TooNarrow;
        failures.Add(new AuditFailure(cell.Id, Attacker.Insider, reason, own));
    }

    private void Release(IntegerExtremes search, int known)
    {
        var cell = table.Cells[attack.CellOf[known]];
        var (low, high) = requirements.LegendTellsApart ? requirements.LegendOf(cell, cell.Status) : (0, double.PositiveInfinity);
        search.SetBounds(known, low - cell.Value, high - cell.Value);
    }

    // A move that leaves the insider's cells alone and shifts the other far enough is proof that he cannot work it out.
    private bool IsOpenToo(int v, int[] own)
    {
        double rise = 0, fall = 0;
        foreach (var move in moves)
        {
            if (move[v] == 0 || Array.Exists(own, known => move[known] != 0)) continue;
            rise = Math.Max(rise, move[v]);
            fall = Math.Max(fall, -move[v]);
            if (rise + fall >= requirements.MinimumWidth - Slack) return true;
        }
        return false;
    }
}
