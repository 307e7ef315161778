using System.Text.Json;
using Analys.Disclosure.Audit;
using Analys.Disclosure.Counts;
using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;

namespace Analys.Disclosure.Ledgers;

/// <summary>Remembers what was released from a source, and refuses a table that together with earlier ones gives a cell away.</summary>
/// <remarks>
/// One JSON object per line: hashes, marks and equations, no values. Linear algebra over all releases finds cells that differencing fixes
/// whatever the values are. Where all cells of an earlier relation are in the new table too, the full attack with bounds is made on the
/// union. Counts of one place at other ages or by another line are subtracted from each other: such a difference is fixed by the two, and
/// one that no release has looked at with its value may be small. Swedish: <i>liggare över utlämnade tabeller</i>.
/// </remarks>
internal sealed class ReleaseLedger
{
    // A merged district that the new release does not name, but adds up to.
    private const string Merged = "a district merged from those of this release";
    private readonly List<LedgerEntry> entries;

    private ReleaseLedger(List<LedgerEntry> entries) => this.entries = entries;

    /// <summary>A ledger with nothing in it.</summary>
    public static ReleaseLedger Empty => new([]);

    /// <summary>The releases, oldest first.</summary>
    public IReadOnlyList<LedgerEntry> Entries => entries;

    /// <summary>Reads the lines of a ledger file.</summary>
    /// <exception cref="JsonException">A line is not an entry.</exception>
    public static ReleaseLedger Read(TextReader reader) => ReadChain(reader).Releases;

    /// <summary>Reads the lines and the chain that they make.</summary>
    /// <param name="reader">The lines.</param>
    /// <param name="head">The head that was kept of it; null for none.</param>
    /// <exception cref="JsonException">A line is not an entry.</exception>
    /// <exception cref="LedgerException">Lines are missing, changed or moved.</exception>
    internal static (ReleaseLedger Releases, LedgerChain Chain) ReadChain(TextReader reader, LedgerChain? head = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var entries = new List<LedgerEntry>();
        var chain = LedgerChain.Empty;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            var entry = JsonSerializer.Deserialize<LedgerEntry>(line) ?? throw new JsonException("A line of the ledger is empty.");
            if (entry.Extract is null || entry.Cells is null || entry.Equations is null
                || entry.Equations.Any(equation => equation?.Total is null || equation.Parts is null || equation.Parts.Any(part =>
                    part is null)))
                throw new JsonException("A line of the ledger is no entry.");
            if (entry.Cells.Keys.Concat(entry.Equations.SelectMany(equation => equation.Parts.Append(equation.Total)))
                .Any(cell => !cell.Contains('@', StringComparison.Ordinal)))
                throw new JsonException(
                    "A line of the ledger was written by an earlier version, which did not say at what ages is counted.");
            chain = chain.With(Line(entry with { Link = null }));
            if (entry.Link is { } link && link != chain.Link)
                throw new LedgerException($"Line {chain.Count} of the ledger does not follow from those before it: a line was changed, "
                    + "moved or left out.");
            if (head is not null && chain.Count == head.Count && chain.Link != head.Link)
                throw new LedgerException("The ledger and its head are not of one another.");
            entries.Add(entry);
        }

        if (head is not null && chain.Count < head.Count)
            throw new LedgerException($"The ledger has {chain.Count} of {head.Count} entries: it was cut off or emptied.");
        return (new ReleaseLedger(entries), chain);
    }

    /// <summary>Whether anything is remembered of a source.</summary>
    internal bool Knows(string source) => entries.Exists(entry => entry.Extract == source || entry.LoadedInto == source);

    /// <summary>The hashed columns by which releases of a source were divided.</summary>
    internal IReadOnlySet<string> Columns(string source) =>
        entries.Where(entry => entry.Extract == source).SelectMany(entry => entry.Columns ?? []).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a release of a source withheld anything.</summary>
    internal bool Withholds(string source) =>
        entries.Exists(entry => entry.Extract == source && entry.Cells.Values.Any(mark => mark is 'U' or 'S'));

    /// <summary>The line that is to be appended to the file when a table has been released.</summary>
    public static string Line(LedgerEntry entry) => JsonSerializer.Serialize(entry);

    /// <summary>The ledger with one more release.</summary>
    public ReleaseLedger With(LedgerEntry entry) => new([.. entries, entry]);

    /// <summary>The source under which releases are remembered: of a table that was loaded from a file, the file.</summary>
    /// <param name="source">The hash of a source.</param>
    public string OriginOf(string source)
    {
        // A table is loaded once; a chain of loads ends at the first file.
        for (var i = 0; i < entries.Count && entries.Find(entry => entry.LoadedInto == source) is { } load && load.Extract != source; i++)
            source = load.Extract;
        return source;
    }

    /// <summary>Describes a protected table for the ledger.</summary>
    /// <param name="table">The table as it is released.</param>
    /// <param name="identity">Its cells' names across tables; hidden cells and cells of earlier tables may be given names of their
    /// own.</param>
    /// <param name="extract">SHA-256 of the extract.</param>
    /// <param name="release">A name for the release.</param>
    /// <param name="rule">Which counts are small; below 5 where it is null.</param>
    public static LedgerEntry Describe(ProtectionTable table, Func<string, string> identity, string extract, string release,
        FrequencyThreshold? rule = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        var keys = table.Cells.Select(cell => LedgerName.Key(extract, identity(cell.Id))).ToArray();
        var cells = new SortedDictionary<string, char>(StringComparer.Ordinal);
        for (var i = 0; i < keys.Length; i++) cells[keys[i]] = Strictest(cells.GetValueOrDefault(keys[i]), Mark(table.Cells[i]));
        foreach (var (difference, value) in LookedAt.Of(keys, table.Cells)) cells.TryAdd(difference,
            (rule ?? new FrequencyThreshold()).IsUnsafe(value) ? 'h' : 'H');
        return new LedgerEntry
        {
            Extract = extract,
            Release = release,
            Cells = cells,
            Equations = [.. table.Equations.Where(equation => equation.Tolerance == 0)
                .Select(equation => new LedgerEquation(keys[equation.Total], [.. equation.Parts.Select(part => keys[part])]))],
        };
    }

    /// <summary>Attacks the union of this table and everything released before from the same extract.</summary>
    /// <param name="table">The protected table that is to be released.</param>
    /// <param name="identity">Its cells' names across tables.</param>
    /// <param name="extract">SHA-256 of the extract.</param>
    /// <param name="requirements">What the union must withstand.</param>
    public LedgerVerdict Check(ProtectionTable table, Func<string, string> identity, string extract, ProtectionRequirements requirements)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(requirements);
        var own = Describe(table, identity, extract, "", requirements.Frequency);
        LedgerEntry[] earlier = [.. entries.Where(entry => entry.Extract == extract)];
        var union = LedgerUnion.Of(earlier.Append(own));
        var attack = union.Attack(own.Cells.Keys.ToHashSet(StringComparer.Ordinal),
            [.. LedgerAreas.Sums(table.Cells.Select(cell => identity(cell.Id)), extract, union.Cells)]);
        var keys = table.Cells.ToDictionary(cell => cell.Id, cell => LedgerName.Key(extract, identity(cell.Id)), StringComparer.Ordinal);
        var disclosed = table.Cells.Where(cell => attack.Mine.Contains(keys[cell.Id])).Select(cell => cell.Id)
            .ToHashSet(StringComparer.Ordinal);
        if (earlier.Length > 0)
            disclosed.UnionWith(Auditor.Audit(Known(table, identity, extract), requirements,
                AuditScope.VerdictOnly).Failures.Select(failure => failure.Cell));
        // A difference that is small and known has no cell in the table: the counts that it lies between are named.
        var named = attack.Mine.Where(cell => !keys.ContainsValue(cell)).Select(cell => LedgerName.Parts(cell).Stem)
            .ToHashSet(StringComparer.Ordinal);
        string[] unseen = [.. table.Cells.Select(cell => cell.Id).Where(id => attack.Unseen.Contains(keys[id]))];
        return new LedgerVerdict([.. table.Cells.Select(cell => cell.Id)
            .Where(id => disclosed.Contains(id) || named.Contains(LedgerName.Parts(keys[id]).Stem))], attack.Earlier)
        {
            Unseen = unseen.Length > 0 || attack.Unseen.Count == 0 ? unseen : [Merged],
        };
    }

    /// <summary>The table with what earlier releases say of its cells: those printed are known, those withheld stay so, and earlier sums
    /// hold.</summary>
    /// <remarks>
    /// A cell that is primary stays primary. So the pattern of an earlier release is kept where it can be, and what it printed cannot hide
    /// anything. Whether that is enough, <see cref="Check"/> says.
    /// </remarks>
    internal ProtectionTable Known(ProtectionTable table, Func<string, string> identity, string source, FrequencyThreshold? rule = null)
    {
        var union = LedgerUnion.Of(entries.Where(entry => entry.Extract == source));
        if (union.Cells.Count == 0) return table;
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var cell in table.Cells) ids.TryAdd(LedgerName.Key(source, identity(cell.Id)), cell.Id);
        var keys = ids.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
        var builder = new ProtectionTableBuilder { IsInteger = table.IsInteger };
        builder.Add(table.Select(cell => keys.TryGetValue(cell.Id, out var key)
            ? Known(cell, key, union, rule) with { Told = union.ToldOf(key, cell.Value) } : cell));
        foreach (var (key, value) in Followed(table, ids, union))
        {
            var cell = new TableCell { Id = key, Value = value, Hidden = true };
            if (union.IsPrimary(key)) cell = cell with { Status = CellStatus.Primary, Protection = CellProtection.Silent("threshold") };
            builder.Add(Known(cell, key, union, rule) with { Told = union.ToldOf(key, value) });
            ids.Add(key, key);
        }

        foreach (var equation in union.Equations)
        {
            if (ids.TryGetValue(equation.Total, out var total) && equation.Parts.All(ids.ContainsKey))
                builder.Equate(total, equation.Parts.Select(part => ids[part]));
        }

        return builder.Build();
    }

    // Cells of earlier releases that this table has not, but adds up to: what a merged category holds is known from its parts.
    private static Dictionary<string, double> Followed(ProtectionTable table, Dictionary<string, string> ids, LedgerUnion union)
    {
        var values = ids.ToDictionary(pair => pair.Key, pair => table[pair.Value].Value, StringComparer.Ordinal);
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var more = true; more;)
        {
            more = false;
            foreach (var equation in union.Equations)
            {
                if (LedgerName.IsDifference(equation.Total) || values.ContainsKey(equation.Total)
                    || !equation.Parts.All(values.ContainsKey)) continue;
                values[equation.Total] = found[equation.Total] = equation.Parts.Sum(part => values[part]);
                more = true;
            }
        }

        return found;
    }

    private static TableCell Known(TableCell cell, string key, LedgerUnion union, FrequencyThreshold? rule)
    {
        if (cell.Status == CellStatus.Primary) return cell;
        // A cell that was printed before is known, whatever its mark is now.
        if (union.IsPublished(key)) return cell with { Status = CellStatus.Published, Hidden = false, MustBePublished = true };
        return rule is not null && union.IsSecondary(key) && !cell.Hidden && cell.Value >= Math.Max(1, rule.Threshold)
            ? cell with { Status = CellStatus.Secondary } : cell;
    }

    // Under two marks for one cell the stricter holds; a zero character is no mark.
    private static char Strictest(char a, char b) =>
        a is 'U' or 'h' ? a : b is 'U' or 'h' || a is '\0' ? b : a == 'P' || b == 'P' ? 'P' : b;

    private static char Mark(TableCell cell) => cell.Status switch
    {
        CellStatus.Primary => cell.Hidden ? 'h' : 'U',
        CellStatus.Secondary => 'S',
        _ => cell.Hidden ? 'H' : 'P',
    };
}

/// <summary>The differences that one release can look at, since it knows all its counts.</summary>
internal static class LookedAt
{
    /// <summary>Their keys and their values.</summary>
    /// <param name="keys">The keys of the cells.</param>
    /// <param name="cells">The cells.</param>
    public static IEnumerable<(string Difference, double Value)> Of(string[] keys, IReadOnlyList<TableCell> cells)
    {
        var counts = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < keys.Length; i++) if (!LedgerName.IsDifference(keys[i])) counts.TryAdd(keys[i], cells[i].Value);
        var parts = counts.Select(pair => (pair.Key, pair.Value, Parts: LedgerName.Parts(pair.Key))).ToList();
        foreach (var group in parts.GroupBy(one => (one.Parts.Stem, one.Parts.Variant)))
        {
            var spans = group.Select(one => (Span: AgeSpan.Parse(one.Parts.Ages), Count: one.Value)).ToArray();
            if (spans.Length < 2) continue;
            foreach (var chain in AgeChain.Of(spans))
            {
                for (var i = 0; i < chain.Ends.Count; i++)
                {
                    for (var j = i + 1; j < chain.Ends.Count; j++)
                        yield return (LedgerName.Key(group.Key.Stem, AgeChain.Span(chain.Ends[i], chain.Ends[j]).ToString(),
                            group.Key.Variant), chain.Between(chain.Ends[i], chain.Ends[j]));
                }
            }

            foreach (var (outer, wide) in spans)
            {
                foreach (var (inner, narrow) in spans)
                    if (AgeChain.IsInside(inner, outer))
                        yield return (LedgerName.Key(group.Key.Stem, $"{outer}{LedgerName.Difference}{inner}", group.Key.Variant),
                            wide - narrow);
            }
        }

        foreach (var group in parts.Where(one => one.Parts.Variant.Length > 0).GroupBy(one => (one.Parts.Stem, one.Parts.Ages)))
        {
            var variants = group.OrderBy(one => one.Parts.Variant, StringComparer.Ordinal).ToArray();
            for (var i = 0; i < variants.Length; i++)
            {
                for (var j = i + 1; j < variants.Length; j++)
                    yield return (LedgerName.Key(group.Key.Stem, group.Key.Ages,
                        $"{variants[i].Parts.Variant}{LedgerName.Difference}{variants[j].Parts.Variant}"),
                        Math.Abs(variants[i].Value - variants[j].Value));
            }
        }
    }
}
