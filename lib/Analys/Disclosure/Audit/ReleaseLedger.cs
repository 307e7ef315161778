using System.Text.Json;

namespace Analys.Disclosure;

/// <summary>Remembers what was released from an extract, and refuses a table that together with earlier ones gives a cell away.</summary>
/// <remarks>
/// The file holds one JSON object per line: hashes, marks and equations, no values. Two tests are made. Linear algebra over all releases finds
/// cells that differencing fixes whatever the values are. Where all cells of an earlier relation are in the new table too, the full attack with
/// bounds is made on the union. A difference of populations (children 0–17 less 0–16) is declared as a hidden cell of the new table:
/// outer = inner + difference. Swedish: <i>liggare över utlämnade tabeller</i>.
/// </remarks>
public sealed class ReleaseLedger
{
    private readonly List<LedgerEntry> entries;

    private ReleaseLedger(List<LedgerEntry> entries) => this.entries = entries;

    /// <summary>A ledger with nothing in it.</summary>
    public static ReleaseLedger Empty => new([]);

    /// <summary>The releases, oldest first.</summary>
    public IReadOnlyList<LedgerEntry> Entries => entries;

    /// <summary>Reads the lines of a ledger file.</summary>
    /// <exception cref="JsonException">A line is not an entry.</exception>
    public static ReleaseLedger Read(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var entries = new List<LedgerEntry>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            entries.Add(JsonSerializer.Deserialize<LedgerEntry>(line) ?? throw new JsonException("A line of the ledger is empty."));
        }
        return new ReleaseLedger(entries);
    }

    /// <summary>The line that is to be appended to the file when a table has been released.</summary>
    public static string Line(LedgerEntry entry) => JsonSerializer.Serialize(entry);

    /// <summary>The ledger with one more release.</summary>
    public ReleaseLedger With(LedgerEntry entry) => new([.. entries, entry]);

    /// <summary>Describes a protected table for the ledger.</summary>
    /// <param name="table">The table as it is released.</param>
    /// <param name="identity">Its cells' names across tables; hidden cells and cells of earlier tables may be given names of their own.</param>
    /// <param name="extract">SHA-256 of the extract.</param>
    /// <param name="release">A name for the release.</param>
    public static LedgerEntry Describe(ProtectionTable table, Func<string, string> identity, string extract, string release)
    {
        ArgumentNullException.ThrowIfNull(table);
        var hashes = table.Cells.Select(cell => CellIdentity.Hash(extract, identity(cell.Id))).ToArray();
        var cells = new SortedDictionary<string, char>(StringComparer.Ordinal);
        for (var i = 0; i < hashes.Length; i++) cells[hashes[i]] = Mark(table.Cells[i]);
        return new LedgerEntry
        {
            Extract = extract,
            Release = release,
            Cells = cells,
            Equations = [.. table.Equations.Where(equation => equation.Tolerance == 0)
                .Select(equation => new LedgerEquation(hashes[equation.Total], [.. equation.Parts.Select(part => hashes[part])]))],
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
        var union = LedgerUnion.Of(entries.Where(entry => entry.Extract == extract), Describe(table, identity, extract, ""));
        var (disclosed, earlier) = union.Fixed();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var cell in table.Cells)
        {
            var hash = CellIdentity.Hash(extract, identity(cell.Id));
            // Printing in one table what another withholds as primary needs no arithmetic.
            if (disclosed.Contains(hash) || (union.IsPrimary(hash) && union.IsPublished(hash))) names.Add(cell.Id);
        }
        foreach (var failure in union.AttackWithValues(table, identity, extract, requirements)) names.Add(failure);
        return new LedgerVerdict([.. table.Cells.Select(cell => cell.Id).Where(names.Contains)], earlier);
    }

    private static char Mark(TableCell cell) => cell.Status switch
    {
        CellStatus.Primary => cell.Hidden ? 'h' : 'U',
        CellStatus.Secondary => 'S',
        _ => cell.Hidden ? 'H' : 'P',
    };
}
