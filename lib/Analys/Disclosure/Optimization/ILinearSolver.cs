namespace Analys.Disclosure;

/// <summary>The edge behind which linear programs are solved.</summary>
/// <remarks>
/// The library brings its own bounded simplex (<see cref="BoundedSimplexSolver"/>) because neither Google.OrTools nor Highs.Native
/// can be had from the package registry that builds it. A real solver takes its place here: one column per variable with the bounds
/// and the two-piece cost that <see cref="ILinearModel"/> describes (or two columns, one per direction), and the rows of the system.
/// </remarks>
public interface ILinearSolver
{
    /// <summary>Loads a system; the model can then be asked many times with other bounds and costs.</summary>
    /// <param name="system">The equations A·z = 0.</param>
    ILinearModel Load(MoveSystem system);
}
