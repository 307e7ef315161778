using System.Globalization;
using System.Text.Json;
using Analys.Disclosure.Ledgers;
using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;

namespace Analys;

/// <summary>What has been released from each source, in a file or for as long as a notebook runs: releases that take it know each
/// other.</summary>
/// <remarks>
/// Give the same ledger to every release of a source. What an earlier one printed is known to the attacker, what it withheld stays
/// withheld, and a release that would give a cell away together with earlier ones is refused. Swedish: <i>liggare</i>.
/// </remarks>
public sealed class Ledger
{
    private const int Patience = 100;
    private readonly string? path;
    private readonly List<LedgerEntry> pending = [];

    /// <summary>A ledger in memory: it knows the releases of this session.</summary>
    public Ledger() => Releases = ReleaseLedger.Empty;

    private Ledger(string path)
    {
        this.path = path;
        Releases = Read(path);
    }

    /// <summary>The releases, oldest first.</summary>
    internal ReleaseLedger Releases { get; private set; }

    /// <summary>A ledger in a file, which is made with the first release.</summary>
    /// <param name="path">The file: one line a release, hashes and sums, no names and no values.</param>
    /// <exception cref="LedgerException">The file is not a ledger.</exception>
    public static Ledger Open(string path) => Open(path, null);

    /// <summary>A ledger in a file, to which the next source is another than those it knows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="anotherSourceBecause">Why, in words that are recorded; null where the same persons are the same source.</param>
    /// <exception cref="LedgerException">The file is not a ledger, or not whole.</exception>
    public static Ledger Open(string path, string? anotherSourceBecause)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new(path) { AnotherSourceBecause = anotherSourceBecause };
    }

    /// <summary>Says that a table holds the rows of another source: what is released from either is then remembered together.</summary>
    /// <param name="table">The hash of the table.</param>
    /// <param name="source">The hash of the source that was loaded into it.</param>
    /// <exception cref="LedgerException">Figures of the table were released before it was known whose rows it holds.</exception>
    public void Loaded(string table, string source)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(source);
        using var hold = Hold();
        var origin = Releases.OriginOf(source);
        if (Releases.OriginOf(table) == origin) return;
        if (Releases.Entries.Any(entry => entry.Extract == table || entry.LoadedInto == table))
            throw new LedgerException("The ledger has releases of this table from other rows: load into a table of another name.");
        Append([new LedgerEntry { Extract = origin, Release = "load", LoadedInto = table, Cells = new Dictionary<string, char>(),
            Equations = [] }]);
    }

    /// <summary>Why a source that holds persons of an earlier one is another source all the same, in words that are recorded; null where
    /// the same persons are the same source.</summary>
    public string? AnotherSourceBecause { get; init; }

    /// <summary>The sources of a release, as they are remembered: a file with the persons of an earlier one under that one.</summary>
    internal IReadOnlyList<string> Sources(Provenance provenance)
    {
        if (provenance.Sources.IsEmpty) return [""];
        foreach (var source in provenance.Sources)
        {
            if (Releases.Knows(source.Sha256) || source.Persons is not { } persons) continue;
            var entry = PersonLedger.Recognise(Releases, source.Sha256, persons, AnotherSourceBecause);
            pending.Add(entry);
            Releases = Releases.With(entry);
        }

        return [.. provenance.Sources.Select(source => Releases.OriginOf(source.Sha256)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Checks protected tables against earlier releases and remembers them, or refuses them all.</summary>
    /// <param name="tables">The tables and the names of their cells.</param>
    /// <param name="provenance">Where they came from.</param>
    /// <param name="release">A name for the release.</param>
    /// <param name="requirements">What the union must withstand.</param>
    /// <param name="columns">The columns by which the tables are divided, as ledgers know them.</param>
    /// <param name="looksAtRelated">Whether what columns that hang together with these told stands in the tables.</param>
    /// <exception cref="ReleaseRefusedException">Together with earlier releases a cell could be worked out.</exception>
    internal void Admit(IReadOnlyList<(ProtectionTable Table, Func<string, string> Name)> tables, Provenance provenance, string release,
        ProtectionRequirements requirements, IReadOnlyCollection<string> columns, bool looksAtRelated = false)
    {
        var lines = new List<LedgerEntry>();
        foreach (var source in Sources(provenance))
        {
            var chosen = ChosenRows(provenance) is { Length: > 0 } text ? RelatedColumns.Hash(source, text) : null;
            if (Releases.Entries.Any(entry => entry.Extract == source && entry.Cells.Count > 0 && entry.Chosen != chosen))
            {
                throw new ReleaseRefusedException("ledger",
                    "the rows are chosen by another condition than in earlier releases of these persons, and "
                    + "nobody has looked at those who are in one and not in the other: divide by the column of the condition instead");
            }

            var withholds = Releases.Withholds(source) || tables.Any(one => one.Table.Cells.Any(cell =>
                cell.Status != CellStatus.Published));
            if (withholds) RefuseOtherColumns(provenance, source, columns, looksAtRelated);
            foreach (var (table, name) in tables)
            {
                Refuse(Releases.Check(table, name, source, requirements));
                lines.Add(ReleaseLedger.Describe(table, name, source, release, requirements.Frequency) with
                {
                    Columns = [.. Known(Persons(provenance), columns, looksAtRelated).Select(column => RelatedColumns.Hash(source, column))
                        .Order(StringComparer.Ordinal)],
                    Chosen = chosen,
                    Tells = requirements.LegendTellsApart ? requirements.Frequency?.Threshold : null,
                });
            }
        }

        Append(lines);
    }

    // By another column the same persons are in other cells: one that is cut from a column of an earlier release adds up to its cells.
    private void RefuseOtherColumns(Provenance provenance, string source, IReadOnlyCollection<string> columns, bool looksAtRelated)
    {
        var used = Releases.Columns(source);
        foreach (var file in provenance.Sources.Where(file => Releases.OriginOf(file.Sha256) == source))
        {
            if (file.Persons is not { Texts: not null } persons) continue;
            var here = persons.Columns.GroupBy(column => column.Known).ToDictionary(group => group.Key, group => group.First().Name);
            columns = [.. Known(persons, columns, looksAtRelated)];
            string[] news = [.. columns.Where(column => here.ContainsKey(column) && !used.Contains(RelatedColumns.Hash(source, column)))];
            var known = here.Keys.Select(column => RelatedColumns.Hash(source, column)).ToHashSet(StringComparer.Ordinal);
            if (news.Length > 0 && used.Any(column => !known.Contains(column)))
            {
                throw new ReleaseRefusedException("ledger",
                    "earlier releases of these persons were divided by a column that this file does not "
                    + $"have, so nobody can see whether {string.Join(", ", news.Select(column => here[column]))} is cut from it: release "
                        + "from a file that has both, or leave it out");
            }

            if (looksAtRelated) continue;
            foreach (var column in columns.Where(here.ContainsKey))
            {
                foreach (var other in here.Where(pair => used.Contains(RelatedColumns.Hash(source, pair.Key))
                    && !columns.Contains(pair.Key)))
                {
                    if (ColumnBlocks.Of(persons, here[column], other.Value).Count < 2) continue;
                    throw new ReleaseRefusedException("ledger",
                        $"the columns {here[column]} and {other.Value} divide the same persons, one cut from "
                        + "the other, and a figure of either was withheld: release both in one call, which sees what they tell together");
                }
            }
        }
    }

    // A table by a column that was changed has the column as it was beside it.
    private static IEnumerable<string> Known(SourcePersons? persons, IEnumerable<string> columns, bool looksAtRelated) =>
        persons is null ? columns
        : columns.Select(column => looksAtRelated && persons.Columns.FirstOrDefault(own =>
            own.Name == column + SourcePersons.AsItWas).Known is { } original
            ? original : persons.KnownOf(column));

    private static SourcePersons? Persons(Provenance provenance) => provenance.Sources.Select(file =>
        file.Persons).FirstOrDefault(one => one is not null);

    // A year is no choice of persons: its counts have names of their own.
    private static string ChosenRows(Provenance provenance)
    {
        var periods = (Persons(provenance)?.Columns ?? []).Where(column => column.Known == "period").Select(column =>
            column.Name).ToArray();
        return string.Join(", ", provenance.Steps.Where(step => step.StartsWith(RowsWhere, StringComparison.Ordinal)).Select(step =>
            step[RowsWhere.Length..])
            .Where(text => !periods.Any(period => text.StartsWith(period + "=", StringComparison.Ordinal) && !text.Contains(',',
                StringComparison.Ordinal)))
            // What code chose has no text: other persons are as a rule another number.
            .Concat(provenance.Steps.Contains(RowsByCode) && Persons(provenance) is { Columns: [var first, ..], Texts: { } texts }
                ? [texts(first.Name).Length.ToString(CultureInfo.InvariantCulture)] : [])
            .Order(StringComparer.Ordinal));
    }

    private const string RowsByCode = "rows were chosen by a condition";

    private const string RowsWhere = "rows where ";

    /// <summary>The refusal of a policy under which a ledger has nothing to compare.</summary>
    internal static ReleaseRefusedException Incomparable(Policy policy) =>
        new("ledger", $"a ledger compares releases with withheld cells; under the policy {policy.Name} there are none");

    /// <summary>Keeps others from the file until the release is written, and reads what they have written before.</summary>
    internal IDisposable? Hold()
    {
        if (path is null) return null;
        var held = Lock(path + ".lock");
        Releases = Read(path);
        pending.Clear();
        return held;
    }

    private static void Refuse(LedgerVerdict verdict)
    {
        if (verdict.Disclosed.Count > 0 || verdict.DisclosedEarlier > 0)
        {
            var earlier = verdict.DisclosedEarlier > 0 ? $", and {verdict.DisclosedEarlier} withheld cells of earlier ones" : "";
            throw new ReleaseRefusedException("ledger", $"together with earlier releases this table gives cells away{earlier}",
                verdict.Disclosed);
        }

        if (verdict.Unseen.Count > 0)
        {
            throw new ReleaseRefusedException(
                "ledger",
                "counts at other ages or by another line were released before, and nobody has looked at the difference: release both in "
                    + "one call, which can see whether it is small", verdict.Unseen);
        }
    }

    private void Append(IReadOnlyList<LedgerEntry> entries)
    {
        foreach (var entry in entries) Releases = Releases.With(entry);
        LedgerEntry[] all = [.. pending, .. entries];
        pending.Clear();
        if (path is null) return;
        var text = File.Exists(path) ? File.ReadAllText(path) : "";
        var (_, chain) = ReleaseLedger.ReadChain(new StringReader(text));
        foreach (var entry in all)
        {
            chain = chain.With(ReleaseLedger.Line(entry));
            text += ReleaseLedger.Line(entry with { Link = chain.Link }) + "\n";
        }

        // Whole or not at all: a line cut short would make the file unreadable.
        var next = path + ".new";
        try
        {
            File.WriteAllText(next, text);
            File.Move(next, path, overwrite: true);
            // The head comes last: one that lags behind its ledger by a release is no sign of anything missing.
            File.WriteAllText(next, chain.ToString());
            File.Move(next, HeadOf(path), overwrite: true);
        }
        finally
        {
            File.Delete(next);
        }
    }

    private static ReleaseLedger Read(string path)
    {
        var head = HeadOf(path);
        if (!File.Exists(path) && !File.Exists(head)) return ReleaseLedger.Empty;
        try
        {
            using TextReader reader = File.Exists(path) ? File.OpenText(path) : new StringReader("");
            var (releases, chain) = ReleaseLedger.ReadChain(reader, File.Exists(head) ? LedgerChain.Parse(File.ReadAllText(head)) : null);
            if (!File.Exists(head) && releases.Entries.Any(entry => entry.Link is not null))
                throw new LedgerException($"The head of {Path.GetFileName(path)} is missing: it stands beside it, with .head behind the "
                    + "name.");
            if (chain.Count == 0) throw new LedgerException($"{Path.GetFileName(path)} is empty: a ledger is made with its first release.");
            return releases;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new LedgerException($"{Path.GetFileName(path)} is not a ledger, or one of an earlier version.");
        }
    }

    private static string HeadOf(string path) => path + ".head";

    private static FileStream Lock(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (attempt < Patience)
            {
                Thread.Sleep(100);
            }
        }
    }
}

/// <summary>A ledger cannot be used.</summary>
/// <param name="message">Why.</param>
public sealed class LedgerException(string message) : Exception(message);
