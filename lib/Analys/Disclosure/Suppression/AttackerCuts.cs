using Analys.Disclosure.Audit;

namespace Analys.Disclosure.Suppression;

/// <summary>Exact secondary suppression: a master problem that grows by the attacker's cuts.</summary>
/// <remarks>
/// As long as a pattern leaves a primary cell unprotected, the duals of the attacker's program name the cells of which at least one more
/// must be withheld. The master chooses a cheapest set that hits every such cut; when it protects the table it is optimal, and before that
/// its cost is a lower bound. Source: M. Fischetti and J. J. Salazar, <i>Management Science</i> 47 (2001), with covering cuts.
/// </remarks>
internal sealed class AttackerCuts
{
    private const double Slack = 1e-6;
    private const int ProgramLimit = 2_000;
    private readonly SuppressionSpace space;
    private readonly ILinearSolver solver;
    private readonly Lazy<ILinearModel> loaded;
    private readonly IReadOnlyList<TableMove> found;
    private readonly List<TableMove> own = [];
    private readonly List<int[]> cuts = [];
    private readonly bool[] open;
    private ILinearModel Model => loaded.Value;
    private IntegerExtremes? whole;
    private int programs;

    public AttackerCuts(SuppressionSpace space, ILinearSolver solver, MovePool pool)
    {
        this.space = space;
        this.solver = solver;
        found = [.. pool.Moves];
        loaded = new(() => solver.Load(space.System.System));
        open = new bool[space.System.Variables];
    }

    /// <summary>No protecting pattern costs less.</summary>
    public double LowerBound { get; private set; }

    /// <summary>The master's last choice: a good beginning even where it does not protect yet.</summary>
    public int[] Choice { get; private set; } = [];

    /// <summary>Replaces the pattern by a cheapest one when it is found.</summary>
    /// <param name="pattern">The heuristic's pattern; changed when a cheaper one is proven to protect.</param>
    /// <param name="cost">Its cost.</param>
    /// <returns>True when the pattern is now proven optimal.</returns>
    public bool Improve(bool[] pattern, double cost)
    {
        if (cost <= Slack || space.Requirements.ExactCuts == 0) return cost <= Slack;
        if (space.Candidates.Length > 2 * space.Requirements.ExactCells) return false;
        var rounds = space.Candidates.Length <= space.Requirements.ExactCells ? 200 : 1;
        var master = new CoveringProblem(space.Candidates, space.Cost);
        var chosen = Array.Empty<int>();
        for (var round = 0; round < rounds && cuts.Count < space.Requirements.ExactCuts && programs < ProgramLimit; round++)
        {
            var before = cuts.Count;
            if (!Separate(chosen)) return false;
            if (cuts.Count == before)
            {
                // Every need is met by the master's own choice, which costs no more than any other.
                foreach (var v in space.Candidates) pattern[v] = Array.IndexOf(chosen, v) >= 0;
                return master.IsProven;
            }
            for (var k = before; k < cuts.Count; k++) master.Add(cuts[k]);
            Choice = chosen = master.Solve();
            LowerBound = Math.Max(LowerBound, master.LowerBound);
            if (LowerBound >= cost - Slack * Math.Max(1, cost)) return true;
            if (!master.IsProven) return false;
        }
        return false;
    }

    // Finds disjoint cuts that the choice does not hit; false when a need cannot be met at all.
    private bool Separate(int[] chosen)
    {
        for (var v = 0; v < open.Length; v++) Open(v, !space.IsCandidate[v]);
        foreach (var v in chosen) Open(v, true);
        var pool = Active();
        foreach (var need in space.Needs)
        {
            while (!pool.Meets(need))
            {
                if (!Step(need, null, ref pool)) return false;
            }
            foreach (var known in space.Insiders)
            {
                while (!pool.Meets(need, known))
                {
                    if (!Step(need, known, ref pool)) return false;
                }
            }
        }
        return true;
    }

    private MovePool Active()
    {
        var pool = new MovePool();
        foreach (var move in found) if (Uses(move)) pool.Add(move);
        foreach (var move in own) if (Uses(move)) pool.Add(move);
        return pool;
    }

    private bool Uses(TableMove move)
    {
        foreach (var v in move.Variables) if (!open[v]) return false;
        return true;
    }

    // Either a new move or a new cut; after a cut its cells are open, so that the next cut is disjoint from it.
    private bool Step(ProtectionNeed need, int[]? known, ref MovePool pool)
    {
        var (rise, fall) = pool.Room(need.Variable, known);
        var cut = new HashSet<int>();
        var moved = false;
        var (up, down) = known is null ? (need.Up, need.Down) : (0, 0);
        if (rise < up - Slack) moved |= Push(need.Variable, 1, up, known, rise, cut, pool);
        else if (fall < down - Slack) moved |= Push(need.Variable, -1, down, known, fall, cut, pool);
        else
        {
            moved |= Push(need.Variable, 1, need.Width - fall, known, rise, cut, pool);
            if (!moved) moved |= Push(need.Variable, -1, need.Width - rise, known, fall, cut, pool);
        }
        if (moved) return true;
        if (cut.Count == 0) return false;
        cuts.Add([.. cut.Order()]);
        foreach (var v in cut) Open(v, true);
        pool = Active();
        return true;
    }

    private bool Push(int variable, int sign, double amount, int[]? known, double before, HashSet<int> cut, MovePool pool)
    {
        programs++;
        Model.Reset();
        foreach (var other in known ?? []) Model.SetBounds(other, 0, 0);
        Model.SetBounds(variable, sign > 0 ? 0 : Math.Max(-amount, space.Lower[variable]), sign > 0
            ? Math.Min(amount, space.Upper[variable]) : 0);
        Model.SetCost(variable, -sign, sign);
        Model.Minimise();
        // Part of the way is progress too: the rest may lie in the other direction.
        var reached = Math.Abs(Model.Values[variable]) >= Math.Min(amount, before + (space.Table.IsInteger ? 1 : 2 * Slack)) - Slack;
        TableMove? move = null;
        if (reached && IsWhole() && space.System.System.Holds(Model.Values)) move = TableMove.Of(Model.Values, 1, space.Table.IsInteger);
        else if (!reached)
        {
            foreach (var v in space.Candidates) if (!open[v] && Model.WouldImproveIfFreed(v)) cut.Add(v);
        }
        Restore(variable);
        Model.SetCost(variable, 0, 0);
        foreach (var other in known ?? []) Restore(other);
        if (reached && move is null) move = PushWhole(variable, sign, amount, before, known);
        if (move is null)
        {
            // The relaxation is satisfied but no whole table is: something more must be withheld, no one can say which.
            if (reached) foreach (var v in space.Candidates) if (!open[v]) cut.Add(v);
            return false;
        }
        own.Add(move);
        pool.Add(move);
        return true;
    }

    private TableMove? PushWhole(int variable, int sign, double amount, double before, int[]? known)
    {
        whole ??= new IntegerExtremes(space.System.System, solver.Load(space.System.System), space.Integer, space.Lower, space.Upper);
        for (var v = 0; v < open.Length; v++)
        {
            var free = open[v] && (known is null || Array.IndexOf(known, v) < 0);
            whole.SetBounds(v, free ? space.Lower[v] : 0, free ? space.Upper[v] : 0);
        }
        return whole.Find(variable, sign, Math.Ceiling(amount)) > before + Slack ? TableMove.Of(whole.Best, 1, whole: true) : null;
    }

    private bool IsWhole()
    {
        var values = Model.Values;
        for (var v = 0; v < values.Length; v++) if (space.Integer[v] && Math.Abs(values[v] - Math.Round(values[v])) > Slack) return false;
        return true;
    }

    private void Open(int v, bool value)
    {
        open[v] = value;
        Restore(v);
    }

    private void Restore(int v) => Model.SetBounds(v, open[v] ? space.Lower[v] : 0, open[v] ? space.Upper[v] : 0);
}
