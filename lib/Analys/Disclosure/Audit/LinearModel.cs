using Analys.Disclosure.Suppression;

namespace Analys.Disclosure.Audit;

/// <summary>A loaded linear program: minimise Σ cost(z) subject to A·z = 0 and lower ≤ z ≤ upper, from a feasible point onwards.</summary>
/// <remarks>
/// The cost of a variable is convex in two pieces: <c>up</c> for each unit above zero and <c>down</c> for each unit below it, so that
/// (c, c) is c·|z| and (−1, 1) maximises z. The current point survives between calls; <see cref="Reset"/> returns to z = 0.
/// </remarks>
internal interface ILinearModel
{
    /// <summary>Number of variables.</summary>
    int Variables { get; }

    /// <summary>The current point.</summary>
    ReadOnlySpan<double> Values { get; }

    /// <summary>Returns to the true table, z = 0.</summary>
    void Reset();

    /// <summary>Sets the bounds of a variable; the current point must lie within them when the model is solved.</summary>
    void SetBounds(int variable, double lower, double upper);

    /// <summary>Sets the cost of a unit upwards and of a unit downwards; their sum must not be negative.</summary>
    void SetCost(int variable, double up, double down);

    /// <summary>Moves the current point to a cheapest one.</summary>
    LinearOutcome Minimise();

    /// <summary>After <see cref="Minimise"/>: would the optimum become cheaper if this variable, now fixed, were free to move?</summary>
    /// <remarks>The answer comes from the reduced costs; it is what makes the cuts of the exact suppression.</remarks>
    bool WouldImproveIfFreed(int variable);
}

/// <summary>The edge behind which linear programs are solved.</summary>
/// <remarks>
/// The library brings its own bounded simplex (<see cref="BoundedSimplexSolver"/>) because neither Google.OrTools nor Highs.Native
/// can be had from the package registry that builds it. A real solver takes its place here: one column per variable with the bounds
/// and the two-piece cost that <see cref="ILinearModel"/> describes (or two columns, one per direction), and the rows of the system.
/// </remarks>
internal interface ILinearSolver
{
    /// <summary>Loads a system; the model can then be asked many times with other bounds and costs.</summary>
    /// <param name="system">The equations A·z = 0.</param>
    ILinearModel Load(MoveSystem system);
}

/// <summary>The library's own solver: a primal simplex with bounds on a dense tableau.</summary>
internal sealed class BoundedSimplexSolver : ILinearSolver
{
    /// <summary>The one instance; it holds no state.</summary>
    public static BoundedSimplexSolver Instance { get; } = new();

    /// <inheritdoc/>
    public ILinearModel Load(MoveSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return new BoundedSimplex(system);
    }
}

/// <summary>How a minimisation ended.</summary>
internal enum LinearOutcome
{
    /// <summary>The current point is cheapest.</summary>
    Optimal,

    /// <summary>The cost falls without end.</summary>
    Unbounded,

    /// <summary>The step limit was reached; the current point is feasible, nothing more is claimed.</summary>
    Stopped,
}
