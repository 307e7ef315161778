namespace Analys.Disclosure;

/// <summary>What happens to a cell of a table.</summary>
public enum CellStatus
{
    /// <summary>Published with its value (P).</summary>
    Published,

    /// <summary>Withheld because a primary rule finds it unsafe (U). Swedish: <i>primärt undertryckt</i>.</summary>
    Primary,

    /// <summary>Withheld so that the primary cells cannot be computed (S). Swedish: <i>sekundärt undertryckt</i>.</summary>
    Secondary,
}
