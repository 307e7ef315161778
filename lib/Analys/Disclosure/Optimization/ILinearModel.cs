namespace Analys.Disclosure;

/// <summary>A loaded linear program: minimise Σ cost(z) subject to A·z = 0 and lower ≤ z ≤ upper, from a feasible point onwards.</summary>
/// <remarks>
/// The cost of a variable is convex in two pieces: <c>up</c> for each unit above zero and <c>down</c> for each unit below it, so that
/// (c, c) is c·|z| and (−1, 1) maximises z. The current point survives between calls; <see cref="Reset"/> returns to z = 0.
/// </remarks>
public interface ILinearModel
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
