namespace Analys.Disclosure;

/// <summary>The library's own solver: a primal simplex with bounds on a dense tableau.</summary>
public sealed class BoundedSimplexSolver : ILinearSolver
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
