namespace Analys.Disclosure;

/// <summary>A release was refused.</summary>
public sealed class ReleaseRefusedException : Exception
{
    private const int Named = 20;

    /// <summary>A refusal by a rule.</summary>
    /// <param name="rule">The rule that refused it.</param>
    /// <param name="why">Why, without figures.</param>
    /// <param name="cells">The cells that cannot be protected, by name; never their values.</param>
    public ReleaseRefusedException(string rule, string why, params IReadOnlyList<string> cells)
        : base(Say(rule, why, cells))
    {
        Rule = rule;
        Cells = cells;
    }

    /// <summary>The rule that refused it.</summary>
    public string Rule { get; }

    /// <summary>The cells that cannot be protected.</summary>
    public IReadOnlyList<string> Cells { get; }

    private static string Say(string rule, string why, IReadOnlyList<string> cells)
    {
        var which = cells.Count == 0 ? "" : $"; cells: {string.Join(", ", cells.Take(Named))}{(cells.Count > Named ? $" and {cells.Count - Named} more" : "")}";
        return $"Release refused by the rule {rule}: {why}{which}.";
    }
}
