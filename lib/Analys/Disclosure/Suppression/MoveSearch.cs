namespace Analys.Disclosure;

/// <summary>Finds, for one primary cell after the other, the cheapest move that the attacker cannot exclude, and withholds the cells in it.</summary>
/// <remarks>
/// Cells already withheld cost nothing, so later moves run along earlier ones. In two-way tables and trees a move is a circulation and this is
/// the shortest augmenting path; in other tables it is a linear program whose answer is made whole.
/// Source: J. P. Kelly, B. L. Golden, A. A. Assad, <i>Networks</i> 22 (1992); J. Castro, <i>European J. Oper. Res.</i> 171 (2006).
/// </remarks>
internal sealed class MoveSearch
{
    private const double Reward = 1 << 26;
    private const double Free = 1.0 / 64;
    private const double Slack = 1e-6;
    private readonly SuppressionSpace space;
    private readonly ILinearSolver solver;
    private readonly ILinearModel model;
    private readonly bool[] allowed;
    private IntegerExtremes? whole;

    public MoveSearch(SuppressionSpace space, ILinearSolver solver)
    {
        this.space = space;
        this.solver = solver;
        model = solver.Load(space.System.System);
        Withheld = new bool[space.System.Variables];
        allowed = new bool[space.System.Variables];
        Array.Fill(allowed, true);
        for (var v = 0; v < Withheld.Length; v++)
        {
            Withheld[v] = !space.IsCandidate[v];
            Apply(v);
        }
    }

    /// <summary>Which variables are withheld now.</summary>
    public bool[] Withheld { get; }

    /// <summary>The moves found so far; each uses withheld cells only.</summary>
    public MovePool Pool { get; } = new();

    /// <summary>Withholds a candidate, or takes it back.</summary>
    public void Withhold(int variable, bool value)
    {
        Withheld[variable] = value;
        Apply(variable);
    }

    /// <summary>Lets a candidate be chosen, or not.</summary>
    public void Allow(int variable, bool value)
    {
        allowed[variable] = value;
        Apply(variable);
    }

    /// <summary>Protects one cell against everyone; false when it cannot be done.</summary>
    public bool Protect(ProtectionNeed need)
    {
        if (!Pool.Meets(need))
        {
            var (rise, fall) = Pool.Room(need.Variable, null);
            if (rise < need.Up - Slack && !Commit(Find(need.Variable, 1, need.Up, null), need.Variable, need.Up)) return false;
            if (fall < need.Down - Slack && !Commit(Find(need.Variable, -1, need.Down, null), need.Variable, need.Down)) return false;
            if (!Widen(need, null)) return false;
        }
        foreach (var known in space.Insiders)
        {
            if (!Pool.Meets(need, known) && !Widen(need, known)) return false;
        }
        return true;
    }

    private bool Widen(ProtectionNeed need, int[]? known)
    {
        var (rise, fall) = Pool.Room(need.Variable, known);
        if (rise + fall >= need.Width - Slack) return true;
        var upwards = Find(need.Variable, 1, Math.Min(need.Width - fall, space.Upper[need.Variable]), known);
        var downwards = Find(need.Variable, -1, Math.Min(need.Width - rise, -space.Lower[need.Variable]), known);
        var (reachUp, reachDown) = (upwards?[need.Variable] ?? 0, -(downwards?[need.Variable] ?? 0));
        var upSuffices = reachUp + fall >= need.Width - Slack;
        var downSuffices = reachDown + rise >= need.Width - Slack;
        if (upSuffices && (!downSuffices || PriceOf(upwards!).CompareTo(PriceOf(downwards!)) <= 0)) return Commit(upwards, need.Variable, 0);
        if (downSuffices) return Commit(downwards, need.Variable, 0);
        if (Math.Max(reachUp, rise) + Math.Max(reachDown, fall) < need.Width - Slack) return false;
        if (upwards is not null) Commit(upwards, need.Variable, 0);
        if (downwards is not null) Commit(downwards, need.Variable, 0);
        return true;
    }

    private (double Price, int Cells) PriceOf(TableMove move)
    {
        var price = 0.0;
        var cells = 0;
        foreach (var v in move.Variables)
        {
            if (Withheld[v]) continue;
            price += space.Price[v];
            cells++;
        }
        return (price, cells);
    }

    private bool Commit(TableMove? move, int variable, double least)
    {
        if (move is null) return false;
        foreach (var v in move.Variables) if (!Withheld[v]) Withhold(v, true);
        Pool.Add(move);
        return Math.Abs(move[variable]) >= least - Slack;
    }

    // The cheapest move that shifts the variable by the amount, or as near to it as can be; null when it cannot be shifted at all.
    private TableMove? Find(int variable, int sign, double amount, int[]? known)
    {
        if (amount <= Slack || !allowed[variable]) return null;
        model.Reset();
        foreach (var own in known ?? []) model.SetBounds(own, 0, 0);
        model.SetBounds(variable, sign > 0 ? 0 : Math.Max(-amount, space.Lower[variable]), sign > 0 ? Math.Min(amount, space.Upper[variable]) : 0);
        model.SetCost(variable, -sign * Reward, sign * Reward);
        model.Minimise();
        var factor = WholeFactor(model.Values);
        var move = factor > 0 && Math.Abs(model.Values[variable]) > Slack ? TableMove.Of(model.Values, factor, space.Table.IsInteger) : null;
        var fractional = factor == 0;
        Apply(variable);
        foreach (var own in known ?? []) Apply(own);
        if (fractional) move = FindWhole(variable, sign, amount, known);
        return move is not null && Math.Abs(move[variable]) > Slack ? move : null;
    }

    // 1, or the small factor that makes a fractional move whole within the bounds; 0 when there is none.
    private int WholeFactor(ReadOnlySpan<double> values)
    {
        if (!space.Table.IsInteger) return 1;
        for (var factor = 1; factor <= 4; factor++)
        {
            var fits = true;
            for (var v = 0; v < values.Length && fits; v++)
            {
                if (values[v] == 0) continue;
                var amount = values[v] * factor;
                fits = !space.Integer[v] || Math.Abs(amount - Math.Round(amount)) < Slack;
                fits &= amount >= space.Lower[v] - Slack && amount <= space.Upper[v] + Slack;
            }
            if (fits) return factor;
        }
        return 0;
    }

    private TableMove? FindWhole(int variable, int sign, double amount, int[]? known)
    {
        whole ??= new IntegerExtremes(solver.Load(space.System.System), space.Integer, space.Lower, space.Upper);
        for (var v = 0; v < Withheld.Length; v++)
        {
            var open = (Withheld[v] || allowed[v]) && (known is null || Array.IndexOf(known, v) < 0);
            whole.SetBounds(v, open ? space.Lower[v] : 0, open ? space.Upper[v] : 0);
        }
        return whole.Find(variable, sign, Math.Ceiling(amount)) > 0 ? TableMove.Of(whole.Best, 1, whole: true) : null;
    }

    private void Apply(int v)
    {
        var open = Withheld[v] || allowed[v];
        model.SetBounds(v, open ? space.Lower[v] : 0, open ? space.Upper[v] : 0);
        var price = v >= space.System.Cells ? 0 : Withheld[v] ? Free : space.Price[v];
        model.SetCost(v, price, price);
    }
}
