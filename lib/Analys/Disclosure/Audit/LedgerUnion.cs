namespace Analys.Disclosure;

/// <summary>All releases of an extract taken together: a cell printed in any of them is known in all.</summary>
internal sealed class LedgerUnion
{
    private readonly HashSet<string> published = new(StringComparer.Ordinal);
    private readonly HashSet<string> primary = new(StringComparer.Ordinal);
    private readonly HashSet<string> mine = new(StringComparer.Ordinal);
    private readonly List<LedgerEquation> equations = [];

    public static LedgerUnion Of(IEnumerable<LedgerEntry> earlier, LedgerEntry current)
    {
        var union = new LedgerUnion();
        foreach (var entry in earlier.Append(current))
        {
            foreach (var (cell, mark) in entry.Cells)
            {
                if (mark == 'P') union.published.Add(cell);
                // A hidden primary cell (h) is protected like a printed one.
                if (mark is 'U' or 'h') union.primary.Add(cell);
            }
            union.equations.AddRange(entry.Equations);
        }
        foreach (var cell in current.Cells.Keys) union.mine.Add(cell);
        return union;
    }

    public bool IsPublished(string cell) => published.Contains(cell);

    public bool IsPrimary(string cell) => primary.Contains(cell);

    /// <summary>The primary cells that linear algebra fixes, and how many of them are not in the current table.</summary>
    public (IReadOnlySet<string> Mine, int Earlier) Fixed()
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new List<string>();
        foreach (var equation in equations)
        {
            foreach (var cell in equation.Parts.Append(equation.Total))
            {
                if (!published.Contains(cell) && index.TryAdd(cell, names.Count)) names.Add(cell);
            }
        }
        var system = new MoveSystem(names.Count);
        foreach (var equation in equations)
        {
            var terms = new Dictionary<int, double>();
            if (index.TryGetValue(equation.Total, out var total)) terms[total] = 1;
            foreach (var part in equation.Parts)
                if (index.TryGetValue(part, out var variable)) terms[variable] = terms.GetValueOrDefault(variable) - 1;
            if (terms.Count > 0) system.Add([.. terms.Keys], [.. terms.Values]);
        }
        var disclosed = LinearDeterminacy.FixedVariables(system).Select(variable => names[variable]).Where(primary.Contains).ToHashSet(StringComparer.Ordinal);
        var elsewhere = disclosed.Count(cell => !mine.Contains(cell)) + primary.Count(cell => published.Contains(cell) && !mine.Contains(cell));
        disclosed.IntersectWith(mine);
        return (disclosed, elsewhere);
    }

    /// <summary>The full attack on what is known of the new table's cells when the earlier releases are laid beside it.</summary>
    /// <remarks>The values of earlier cells are not remembered; relations that need them are left out here and stand in <see cref="Fixed"/>.</remarks>
    public IReadOnlyList<string> AttackWithValues(
        ProtectionTable table, Func<string, string> identity, string extract, ProtectionRequirements requirements)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var cell in table.Cells) ids.TryAdd(CellIdentity.Hash(extract, identity(cell.Id)), cell.Id);
        var hashes = ids.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
        var builder = new ProtectionTableBuilder { IsInteger = table.IsInteger };
        // A cell that was printed before is known, whatever its mark is now.
        builder.Add(table.Select(cell => hashes.TryGetValue(cell.Id, out var hash) && cell.Status != CellStatus.Primary && published.Contains(hash)
            ? cell with { Status = CellStatus.Published, Hidden = false }
            : cell));
        foreach (var equation in equations)
        {
            if (!ids.TryGetValue(equation.Total, out var total) || !equation.Parts.All(ids.ContainsKey)) continue;
            builder.Equate(total, equation.Parts.Select(part => ids[part]));
        }
        var audit = Auditor.Audit(builder.Build(), requirements, AuditScope.VerdictOnly);
        return [.. audit.Failures.Select(failure => failure.Cell).Distinct()];
    }
}
