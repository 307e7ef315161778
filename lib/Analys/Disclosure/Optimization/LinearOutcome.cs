namespace Analys.Disclosure;

/// <summary>How a minimisation ended.</summary>
public enum LinearOutcome
{
    /// <summary>The current point is cheapest.</summary>
    Optimal,

    /// <summary>The cost falls without end.</summary>
    Unbounded,

    /// <summary>The step limit was reached; the current point is feasible, nothing more is claimed.</summary>
    Stopped,
}
