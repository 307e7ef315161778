namespace Analys.Disclosure;

/// <summary>Which withheld cells an audit gives bounds for.</summary>
public enum AuditScope
{
    /// <summary>Primary and secondary cells.</summary>
    AllWithheld,

    /// <summary>Primary cells only; enough for a verdict.</summary>
    PrimaryOnly,

    /// <summary>No bounds: only whether each primary cell is protected, with the least work.</summary>
    VerdictOnly,
}
