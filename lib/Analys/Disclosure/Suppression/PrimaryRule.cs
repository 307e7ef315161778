namespace Analys.Disclosure;

/// <summary>A rule that finds a single cell unsafe.</summary>
/// <remarks>Swedish: <i>primärregel</i>. Source of the rules and protection levels: A. Hundepool et al., <i>Handbook on Statistical Disclosure Control</i>.</remarks>
public abstract record PrimaryRule
{
    /// <summary>The rule's name, such as <c>frequency&lt;5</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Why and how far the cell must be protected, or null when the rule finds it safe.</summary>
    public abstract CellProtection? Judge(TableCell cell);
}
