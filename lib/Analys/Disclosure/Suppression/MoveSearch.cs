using Analys.Disclosure.Audit;

namespace Analys.Disclosure.Suppression;

/// <summary>Finds, for one primary cell after the other, the cheapest move that the attacker cannot exclude, and withholds the cells in
/// it.</summary>
/// <remarks>
/// Cells already withheld cost nothing, so later moves run along earlier ones. In two-way tables and trees a move is a circulation and this
/// is the shortest augmenting path; in other tables it is a linear program whose answer is made whole.
/// Source: J. P. Kelly, B. L. Golden, A. A. Assad, <i>Networks</i> 22 (1992); J. Castro, <i>European J. Oper. Res.</i> 171 (2006).
/// </remarks>
internal sealed class MoveSearch
{
    private const double Reward = 1 << 26;
    private const double Free = 1.0 / 64;
    private const double Slack = 1e-6;
    private const int LargeTable = 400;

    // What is done beside the tableau, in the measure of a budget: names of cells around one, the whole table looked through, moves known.
    private const long WorkOfNear = 300, WorkOfAny = 10, WorkOfInsider = 50;
    private readonly SuppressionSpace space;
    private readonly ILinearSolver solver;
    private ILinearModel? model;
    private Neighbourhood? surroundings;
    private readonly bool[] allowed;
    private IntegerExtremes? whole;
    private readonly ProofBudget? budget = ProofBudget.Current;

    public MoveSearch(SuppressionSpace space, ILinearSolver solver)
    {
        this.space = space;
        this.solver = solver;
        Withheld = new bool[space.System.Variables];
        allowed = new bool[space.System.Variables];
        Array.Fill(allowed, true);
        for (var v = 0; v < Withheld.Length; v++) Withheld[v] = !space.IsCandidate[v];
    }

    /// <summary>Which variables are withheld now.</summary>
    public bool[] Withheld { get; }

    /// <summary>The moves found so far; each uses withheld cells only.</summary>
    public MovePool Pool { get; } = new();

    /// <summary>How many times a move was looked for.</summary>
    public int Searches { get; private set; }

    /// <summary>Set while superfluous cells are taken back.</summary>
    public bool IsTakingBack { get; set; }

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
        budget?.Spend(WorkOfInsider * space.Insiders.Length);
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
        return WidenBy(need, known, rise, fall, onlyNear: true)
            || (space.System.Cells > LargeTable && WidenBy(need, known, rise, fall, onlyNear: false));
    }

    private bool WidenBy(ProtectionNeed need, int[]? known, double rise, double fall, bool onlyNear)
    {
        var upwards = Find(need.Variable, 1, Math.Min(need.Width - fall, space.Upper[need.Variable]), known, onlyNear);
        var downwards = Find(need.Variable, -1, Math.Min(need.Width - rise, -space.Lower[need.Variable]), known, onlyNear);
        var (reachUp, reachDown) = (upwards?[need.Variable] ?? 0, -(downwards?[need.Variable] ?? 0));
        var upSuffices = reachUp + fall >= need.Width - Slack;
        var downSuffices = reachDown + rise >= need.Width - Slack;
        if (upSuffices && (!downSuffices || PriceOf(upwards!).CompareTo(PriceOf(downwards!)) <= 0))
            return Commit(upwards, need.Variable, 0);
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
    private TableMove? Find(int variable, int sign, double amount, int[]? known, bool onlyNear = false)
    {
        if (amount <= Slack || !allowed[variable]) return null;
        Searches++;
        if (space.System.Cells > LargeTable)
        {
            surroundings ??= new Neighbourhood(space);
            for (var wide = -1; wide <= surroundings.DimensionsOf(variable); wide++)
            {
                // First the siblings, then one dimension in full after the other, at last more siblings.
                var more = wide == surroundings.DimensionsOf(variable);
                var near = FindNear(variable, sign, amount, known, more ? 8 : 3, more ? -1 : wide);
                if (near is not null && Math.Abs(near[variable]) >= amount - Slack) return near;
            }
            // Taking back is worth a look nearby, not a search of the whole of a large table; and where nothing near will do, any move
            // will.
            if (IsTakingBack || onlyNear) return null;
            return FindWhole(variable, sign, amount, known);
        }
        model ??= LoadWhole();
        model.Reset();
        foreach (var own in known ?? []) model.SetBounds(own, 0, 0);
        Push(model, variable, variable, sign, amount);
        var factor = WholeFactor(model.Values);
        var move = factor > 0 && Math.Abs(model.Values[variable]) > Slack ? TableMove.Of(model.Values, factor, space.Table.IsInteger)
            : null;
        Apply(variable);
        foreach (var own in known ?? []) Apply(own);
        if (factor == 0) move = FindWhole(variable, sign, amount, known);
        return move is not null && Math.Abs(move[variable]) > Slack ? move : null;
    }

    private TableMove? FindNear(int variable, int sign, double amount, int[]? known, int others, int wide)
    {
        var subset = surroundings!.Of(variable, others, wide, v =>
            (known is not null && Array.IndexOf(known, v) >= 0) || !(Withheld[v] || allowed[v]) ? double.PositiveInfinity
            : Withheld[v] ? 0 : space.Price[v], v => sign > 0 ? space.Lower[v] < 0 : space.Upper[v] > 0);
        budget?.Spend((WorkOfNear * subset.Length) + (WorkOfAny * space.System.Variables));
        var system = surroundings.SystemOf(subset);
        var local = solver.Load(system);
        for (var k = 0; k < subset.Length; k++) Apply(local, k, subset[k]);
        Push(local, Array.BinarySearch(subset, variable), variable, sign, amount);
        var values = new double[Withheld.Length];
        for (var k = 0; k < subset.Length; k++) values[subset[k]] = local.Values[k];
        if (Math.Abs(values[variable]) <= Slack) return null;
        var factor = WholeFactor(values);
        return factor > 0 ? TableMove.Of(values, factor, space.Table.IsInteger) : WholeNear(system, local, subset, values, variable, sign);
    }

    // A fractional move is made whole within the cells that it uses and those withheld already, and only then among all nearby.
    private TableMove? WholeNear(MoveSystem system, ILinearModel local, int[] subset, double[] relaxed, int variable, int sign)
    {
        var lower = Array.ConvertAll(subset, v => space.Lower[v]);
        var upper = Array.ConvertAll(subset, v => space.Upper[v]);
        var search = new IntegerExtremes(system, local, Array.ConvertAll(subset, v => space.Integer[v]), lower, upper) { NodeLimit = 60 };
        foreach (var everything in stackalloc[] { false, true })
        {
            for (var k = 0; k < subset.Length; k++)
            {
                var v = subset[k];
                var open = everything || Withheld[v] || relaxed[v] != 0 || v >= space.System.Cells;
                search.SetBounds(k, open ? space.Lower[v] : 0, open ? space.Upper[v] : 0);
            }
            if (search.Find(Array.BinarySearch(subset, variable), sign, 1) <= 0) continue;
            var values = new double[Withheld.Length];
            for (var k = 0; k < subset.Length; k++) values[subset[k]] = search.Best[k];
            return TableMove.Of(values, 1, whole: true);
        }
        return null;
    }

    private void Push(ILinearModel program, int column, int variable, int sign, double amount)
    {
        var low = sign > 0 ? 0 : Math.Max(-amount, space.Lower[variable]);
        var high = sign > 0 ? Math.Min(amount, space.Upper[variable]) : 0;
        program.SetBounds(column, low, high);
        program.SetCost(column, -sign * Reward, sign * Reward);
        program.Minimise();
    }

    private ILinearModel LoadWhole()
    {
        var loaded = solver.Load(space.System.System);
        for (var v = 0; v < Withheld.Length; v++) Apply(loaded, v, v);
        return loaded;
    }

    // 1, or the small factor that makes a fractional move whole within the bounds; 0 when there is none.
    private int WholeFactor(ReadOnlySpan<double> values)
    {
        if (!space.System.System.Holds(values)) return 0;
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
        whole ??= new IntegerExtremes(space.System.System, solver.Load(space.System.System), space.Integer, space.Lower, space.Upper);
        for (var v = 0; v < Withheld.Length; v++)
        {
            var open = (Withheld[v] || allowed[v]) && (known is null || Array.IndexOf(known, v) < 0);
            whole.SetBounds(v, open ? space.Lower[v] : 0, open ? space.Upper[v] : 0);
        }
        return whole.Find(variable, sign, Math.Ceiling(amount)) > 0 ? TableMove.Of(whole.Best, 1, whole: true) : null;
    }

    private void Apply(int v)
    {
        if (model is not null) Apply(model, v, v);
    }

    private void Apply(ILinearModel program, int column, int v)
    {
        var open = Withheld[v] || allowed[v];
        program.SetBounds(column, open ? space.Lower[v] : 0, open ? space.Upper[v] : 0);
        var price = v >= space.System.Cells ? 0 : Withheld[v] ? Free : space.Price[v];
        program.SetCost(column, price, price);
    }
}
