namespace Analys.Disclosure;

/// <summary>One thing that an attacker can learn and should not.</summary>
/// <param name="Cell">The primary cell's id.</param>
/// <param name="Attacker">Who learns it.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="KnownCell">The insider's own cell; null for others.</param>
public sealed record AuditFailure(string Cell, Attacker Attacker, AuditReason Reason, string? KnownCell = null);

/// <summary>Why an audit fails.</summary>
public enum AuditReason
{
    /// <summary>The bounds meet: the value is known.</summary>
    Exact,

    /// <summary>The bounds are closer than the policy allows.</summary>
    TooNarrow,

    /// <summary>The lower bound lies above max(0, v − LPL).</summary>
    LowerTooHigh,

    /// <summary>The upper bound lies below v + UPL.</summary>
    UpperTooLow,

    /// <summary>The search for whole-number bounds was cut short before it found protection; counted as a failure.</summary>
    NotProven,
}
