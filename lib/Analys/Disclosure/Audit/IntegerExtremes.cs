using Analys.Disclosure.Suppression;

namespace Analys.Disclosure.Audit;

/// <summary>The farthest integer move of one variable: linear relaxation first, then branch and bound.</summary>
/// <remarks>
/// Two-way tables and trees have totally unimodular equations, so that the relaxation is already whole; tables of three and more
/// dimensions need the branching. Every node starts from a feasible point of its parent and pushes the branching variable over, so no
/// first phase is needed.
/// </remarks>
internal sealed class IntegerExtremes
{
    private const double Whole = 1e-6;
    private readonly MoveSystem system;
    private readonly ILinearModel model;
    private readonly double[] found;
    private readonly bool[] integer;
    private readonly double[] lower;
    private readonly double[] upper;
    private readonly double[] best;
    private int target;
    private int sign;
    private double bestValue;
    private double enough;
    private int nodes;
    private int sinceReset;

    public IntegerExtremes(MoveSystem system, ILinearModel model, bool[] integer, double[] lower, double[] upper)
    {
        this.system = system;
        this.model = model;
        this.integer = integer;
        this.lower = [.. lower];
        this.upper = [.. upper];
        best = new double[model.Variables];
        found = new double[model.Variables];
        // A node costs more in a larger table, and the whole is to end in seconds.
        NodeLimit = Math.Clamp(20_000 / Math.Max(1, model.Variables), 20, 400);
    }

    /// <summary>Nodes visited before a search gives up and says so.</summary>
    public int NodeLimit { get; init; }

    /// <summary>The move that attains the last answer.</summary>
    public ReadOnlySpan<double> Best => best;

    /// <summary>True when the last answer is the extreme itself; false when it is only what was attained.</summary>
    public bool Proven { get; private set; }

    /// <summary>The outer bound of the last answer by the linear relaxation, rounded inwards where the variable is whole.</summary>
    public double Relaxed { get; private set; }

    /// <summary>Changes the bounds of one variable for all later questions.</summary>
    public void SetBounds(int variable, double low, double high)
    {
        lower[variable] = low;
        upper[variable] = high;
    }

    /// <summary>Whether a variable may move so far.</summary>
    public bool Allows(int variable, double amount) => amount >= lower[variable] && amount <= upper[variable];

    /// <summary>Finds max direction·z of a variable.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="direction">+1 or −1.</param>
    /// <param name="sufficient">Stop as soon as this much is attained.</param>
    public double Find(int variable, int direction, double sufficient = double.PositiveInfinity)
    {
        (target, sign, enough, nodes) = (variable, direction, sufficient, 0);
        bestValue = 0;
        Array.Clear(best);
        Proven = true;
        // An extreme is sought from the last vertex, which is near; a mere sign of room from the true table, where moves stay small.
        if (!double.IsPositiveInfinity(sufficient) || ++sinceReset > 40 || !IsInside())
        {
            model.Reset();
            sinceReset = 0;
        }

        for (var j = 0; j < lower.Length; j++)
        {
            model.SetBounds(j, lower[j], upper[j]);
            model.SetCost(j, 0, 0);
        }
        // What is enough may also be asked for as a bound: the relaxation then stays bounded.
        if (!double.IsPositiveInfinity(sufficient)) CapTarget(sufficient);
        Aim(target, sign);
        var outcome = model.Minimise();
        if (outcome == LinearOutcome.Unbounded)
        {
            Relaxed = bestValue = double.PositiveInfinity;
            return bestValue;
        }
        Relaxed = Inward(sign * model.Values[target]);
        if (outcome == LinearOutcome.Stopped)
        {
            Proven = false;
            Relaxed = double.PositiveInfinity;
        }
        Branch();
        return bestValue;
    }

    private bool IsInside()
    {
        var values = model.Values;
        for (var j = 0; j < lower.Length; j++) if (values[j] < lower[j] || values[j] > upper[j]) return false;
        return true;
    }

    private void CapTarget(double sufficient)
    {
        if (sign > 0) model.SetBounds(target, lower[target], Math.Min(upper[target], sufficient));
        else model.SetBounds(target, Math.Max(lower[target], -sufficient), upper[target]);
    }

    private double Inward(double value) => integer[target] ? Math.Floor(value + Whole) : value;

    private void Aim(int variable, int direction) => model.SetCost(variable, -direction, direction);

    private void Branch()
    {
        var reached = sign * model.Values[target];
        if (Inward(reached) <= bestValue + (integer[target] ? 0 : Whole)) return;
        var fractional = FirstFractional();
        if (fractional < 0)
        {
            Accept();
            return;
        }
        if (++nodes > NodeLimit)
        {
            Proven = false;
            return;
        }
        var middle = model.Values[fractional];
        var (low, high) = (lower[fractional], upper[fractional]);
        Descend(fractional, low, Math.Floor(middle), low, high);
        if (bestValue >= Math.Min(Relaxed, enough)) return;
        Descend(fractional, Math.Ceiling(middle), high, low, high);
    }

    private void Descend(int variable, double low, double high, double oldLow, double oldHigh)
    {
        if (low > high) return;
        var direction = model.Values[variable] < low ? 1 : model.Values[variable] > high ? -1 : 0;
        var feasible = true;
        if (direction != 0)
        {
            var goal = direction > 0 ? low : high;
            Aim(target, 0);
            model.SetBounds(variable, direction > 0 ? oldLow : goal, direction > 0 ? goal : oldHigh);
            Aim(variable, direction);
            model.Minimise();
            feasible = Math.Abs(model.Values[variable] - goal) <= Whole;
            Aim(variable, 0);
        }
        if (feasible)
        {
            (lower[variable], upper[variable]) = (low, high);
            model.SetBounds(variable, low, high);
            Aim(target, sign);
            if (model.Minimise() == LinearOutcome.Optimal) Branch();
            else Proven = false;
            (lower[variable], upper[variable]) = (oldLow, oldHigh);
        }
        model.SetBounds(variable, oldLow, oldHigh);
        Aim(target, sign);
    }

    // Rounding gathers in a long run of pivots: what does not keep the equations when it is made whole is no proof.
    private void Accept()
    {
        model.Values.CopyTo(found);
        for (var j = 0; j < found.Length; j++) if (integer[j]) found[j] = Math.Round(found[j]);
        if (!system.Holds(found))
        {
            Proven = false;
            return;
        }
        bestValue = sign * found[target];
        found.CopyTo(best, 0);
    }

    private int FirstFractional()
    {
        var values = model.Values;
        for (var j = 0; j < values.Length; j++)
        {
            if (integer[j] && Math.Abs(values[j] - Math.Round(values[j])) > Whole) return j;
        }
        return -1;
    }
}
