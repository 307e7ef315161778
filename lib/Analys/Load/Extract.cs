using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Load.Screening;
using Analys.Load.Undescribed;

namespace Analys;

/// <summary>
/// A validated, typed, columnar table with its schema and provenance. It cannot be made from a file that holds personal
/// identity numbers or other direct identifiers: screening is part of loading.
/// </summary>
/// <remarks>Swedish: <i>uttag</i>.</remarks>
public sealed partial class Extract
{
    private readonly Dictionary<string, Column> byName;

    private readonly RowMap map;

    private Extract(TableSchema schema, Column[] columns, int rows, Provenance provenance, IReadOnlyList<Notice> notices, RowMap map)
    {
        Notices = notices;
        this.map = map;
        Schema = schema;
        Columns = columns;
        RowCount = rows;
        Provenance = provenance;
        byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        if (Confidentiality == Confidentiality.Confidential) NotebookHooks.MarkConfidential();
    }

    /// <summary>The schema that it was read with.</summary>
    public TableSchema Schema { get; }

    /// <summary>The columns, in the schema's order.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Where it came from.</summary>
    public Provenance Provenance { get; }

    /// <summary>What was taken for granted or passed over while a file without a schema was read.</summary>
    public IReadOnlyList<Notice> Notices { get; }

    /// <summary>Whether individuals stand behind the rows.</summary>
    public Confidentiality Confidentiality => Schema.Confidentiality;

    /// <summary>Loads a file, validates and screens it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">Its schema; null to find it: a shipped one or a file <c>NAME.schema.json</c> beside it, else one inferred from
    /// its first rows and confidential.</param>
    /// <param name="sheet">Of a workbook, the name or number of the sheet; null for the first with a table.</param>
    /// <exception cref="ExtractRejectedException">The file does not satisfy its schema, or holds identifiers.</exception>
    public static Extract Load(string path, TableSchema? schema = null, string? sheet = null)
    {
        var (extract, findings) = TryLoad(path, schema, sheet);
        return extract ?? throw new ExtractRejectedException(Path.GetFileName(path), findings);
    }

    /// <summary>Loads a file, or says everything that is wrong with it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">Its schema; null to find it.</param>
    /// <param name="sheet">Of a workbook, the name or number of the sheet; null for the first with a table.</param>
    public static (Extract? Extract, IReadOnlyList<Finding> Findings) TryLoad(string path, TableSchema? schema = null, string? sheet = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return TryLoad(path, schema, new ReadOptions(sheet));
    }

    /// <summary>Loads a file as a call says it is to be read, or says everything that is wrong with it.</summary>
    internal static (Extract? Extract, IReadOnlyList<Finding> Findings) TryLoad(string path, TableSchema? schema, ReadOptions options) =>
        SourceReader.Read(path, schema ?? SchemaFinder.Find(path), options);

    /// <summary>Loads a file as a call says it is to be read.</summary>
    internal static Extract Load(string path, TableSchema? schema, ReadOptions options)
    {
        var (extract, findings) = TryLoad(path, schema, options);
        return extract ?? throw new ExtractRejectedException(Path.GetFileName(path), findings);
    }

    /// <summary>The conditions that the rows were chosen by; empty for all rows of the source.</summary>
    internal string Selection { get; private init; } = "";

    /// <summary>Whether somebody asked that rows of several periods are added up.</summary>
    internal bool PoolsPeriods { get; private init; }

    /// <summary>The same rows, which may be added up over periods.</summary>
    internal Extract Pooled() =>
        new(Schema, [.. Columns], RowCount, Provenance.With("rows of all periods are added up"), Notices, map)
        {
            Selection =
        Selection,
            PoolsPeriods = true
        };

    /// <summary>The same rows with ages below 0 as 0: children born after the date that ages are counted at.</summary>
    internal Extract WithNewborn(string age) =>
        new(Schema, [.. Columns.Select(column => column is NumberColumn numbers && column.Name == age
        ? new NumberColumn(column.Field, Array.ConvertAll(numbers.Values.ToArray(), value => value < 0 ? 0 : value), column.HasMarks
            ? column.Marks.ToArray() : null)
        : column)], RowCount, Provenance.With($"ages below 0 in the column {age} count as 0"), Notices, map)
        { Selection = Selection, PoolsPeriods = PoolsPeriods };

    /// <summary>The rows that satisfy conditions; what was chosen stands in the provenance.</summary>
    /// <param name="choice">The conditions.</param>
    /// <exception cref="ColumnNotFoundException">A condition names a column that is not there.</exception>
    /// <exception cref="CallException">No row satisfies them.</exception>
    internal Extract Where(RowChoice choice)
    {
        if (choice.Conditions.IsEmpty) return this;
        var rows = choice.Rows(Columns, RowCount);
        if (rows.Length == 0) throw new CallException($"No row of {Provenance.Sources.FirstOrDefault()?.File ?? Schema.Name} satisfies "
            + $"--where {choice.Text}.");
        var taken = Slice(rows);
        // The ledger knows persons: those of the rows that are left.
        var persons = RowKeys.PersonsOf(taken.Columns, rows.Length);
        var provenance = Provenance with { Sources = [.. Provenance.Sources.Select(source => source with { Persons = persons })] };
        return new Extract(Schema, [.. taken.Columns], rows.Length, provenance.With($"rows where {choice.Text}"), Notices, taken.map)
        {
            Selection = Selection.Length == 0 ? choice.Text : $"{Selection}, {choice.Text}",
            PoolsPeriods = PoolsPeriods,
        };
    }

    /// <summary>Some of the rows; the provenance does not tell which.</summary>
    /// <param name="rows">Their places, rising.</param>
    internal Extract Slice(int[] rows)
    {
        var kept = rows.ToHashSet();
        var places = map == RowMap.None || rows.Length == 0 ? map
            : new RowMap(map.Of(rows[0]),
                [.. Enumerable.Range(rows[0], rows[^1] - rows[0] + 1).Where(row => !kept.Contains(row)).Select(map.Of)
                .Concat(map.Skipped.Where(row => row > map.Of(rows[0]))).Order()]);
        return new Extract(Schema, RowChoice.Take(Columns, rows), rows.Length, Provenance, Notices, places)
        {
            Originals = Originals.ToImmutableDictionary(pair => pair.Key, pair => RowChoice.Take([pair.Value], rows)[0]),
            Selection = Selection,
            PoolsPeriods = PoolsPeriods,
        };
    }

    /// <summary>The same rows with one more step in their provenance.</summary>
    internal Extract Stating(string step) => new(Schema, [.. Columns], RowCount, Provenance.With(step), Notices, map)
    {
        Originals = Originals,
        Selection = Selection,
        PoolsPeriods = PoolsPeriods,
    };

    /// <summary>The same rows as they came out of another file, which was packed.</summary>
    internal Extract From(string file, string sha256, Origin? origin) => new(Schema, [.. Columns], RowCount,
        Provenance with
        {
            Sources =
            [.. Provenance.Sources.Select(source => source with { File = file, Sha256 = sha256, Origin = origin ?? source.Origin })]
        },
        [.. Notices.Select(notice => notice with { File = file })], map);

    /// <summary>Makes an extract of columns that a reader has filled; keys and identifiers are checked here, for every kind of
    /// source.</summary>
    internal static (Extract? Extract, IReadOnlyList<Finding> Findings) Create(TableSchema schema, Column[] columns, SourceFile source,
        IReadOnlyList<Notice>? notices = null, RowMap? map = null)
    {
        var findings = columns.OfType<TextColumn>().SelectMany(column => IdentifierScreening.Screen(column, source.File))
            .Concat(columns.OfType<NumberColumn>().SelectMany(column => IdentifierScreening.Screen(column, source.File)))
            .Concat(columns.Any(column => IdentifierScreening.IsInText(column.Name))
                ? [IdentifierScreening.OfText(source.File, "names of columns")] : [])
            .Concat(KeyCheck.Check(schema, columns, source.File, map ?? RowMap.Plain)).ToList();
        if (findings.Count > 0) return (null, findings);
        var rows = columns.Length == 0 ? 0 : columns[0].Count;
        source = source with { Persons = RowKeys.PersonsOf(columns, rows), IsTableOfCounts = !RowKeys.HasPersons(columns) };
        return (new Extract(schema, columns, rows, new Provenance { Sources = [source] },
            [.. notices ?? [], .. Unchecked(schema, source.File), .. Trimmed(columns, source.File)], map ?? RowMap.Plain), findings);
    }

    private static IEnumerable<Notice> Trimmed(Column[] columns, string file) =>
        columns.OfType<TextColumn>().Where(column => column.HasTrimmed)
        .Select(column => new Notice(NoticeCodes.Trimmed, file, column.Name, Array.IndexOf(columns, column) + 1, RowNumbers.None,
            "blanks before or behind texts were left out: with and without them they are one"));

    /// <summary>The same rows with another column in the place of one of them.</summary>
    internal Extract Replace(string name, Column column, string step)
    {
        Column[] columns = [.. Columns.Select(own => own.Name == name ? column : own)];
        var originals = Originals.ContainsKey(name) ? Originals : Originals.Add(name, this[name]);
        // The ledger knows the column as it was, too: what was released by it adds up to what is released by the new one.
        var persons = RowKeys.PersonsOf(columns, RowCount, originals);
        var provenance = Provenance with { Sources = [.. Provenance.Sources.Select(source => source with { Persons = persons })] };
        return new Extract(Schema with { Fields = [.. columns.Select(own => own.Field)] }, columns, RowCount, provenance.With(step),
            Notices, map)
        {
            Selection = Selection,
            PoolsPeriods = PoolsPeriods,
            Originals = originals,
        };
    }

    /// <summary>Columns that were put in the place of others, by name, as they were.</summary>
    internal ImmutableDictionary<string, Column> Originals { get; private init; } = ImmutableDictionary<string, Column>.Empty;

    /// <summary>The same rows with a column as it was before it was replaced.</summary>
    internal Extract WithOriginal(string name) =>
        new(Schema, [.. Columns.Select(own => own.Name == name ? Originals[name] : own)], RowCount, Provenance, Notices, map);

    private static IEnumerable<Notice> Unchecked(TableSchema schema, string file) =>
        schema.Fields.Where(field => field.Constraints.JsonSchema is not null)
        .Select(field => new Notice(NoticeCodes.UncheckedConstraint, file, field.Name, schema.Fields.IndexOf(field) + 1, RowNumbers.None,
            "the constraint jsonSchema is not checked"));

    /// <summary>Where in its file a column is not as a measure needs it, for messages: the column and the first of its rows, never a
    /// value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="isWrong">Whether a row of the extract, from 0, is wrong.</param>
    internal string Where(string column, Func<int, bool> isWrong)
    {
        var rows = map == RowMap.None ? RowNumbers.None : RowNumbers.Of(Enumerable.Range(0, RowCount).Where(isWrong).Select(map.Of));
        return rows.Count == 0 ? $"column {column}" : $"column {column}, {rows}";
    }

    /// <summary>The column of this name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ColumnNotFoundException">There is none.</exception>
    public Column this[string name] => byName.TryGetValue(name, out var column)
        ? column
        : throw new ColumnNotFoundException($"There is no column {name}.{Nearest.Hint(name, byName.Keys)} The columns are "
            + $"{string.Join(", ", byName.Keys)}.");

    /// <summary>The numbers of this column.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ColumnNotFoundException">There is none of that name, or it holds text.</exception>
    /// <exception cref="CellException">It holds numbers, but some of its cells are none, or they can be read in two ways.</exception>
    public NumberColumn Number(string name) => this[name] switch
    {
        NumberColumn number => number,
        TextColumn { Field.Doubt: { } doubt } text => throw doubt.Failure(name, doubt.RowsOf(text, map)),
        _ => throw new ColumnNotFoundException($"The column {name} holds text, not numbers."),
    };

    /// <summary>The texts of this column.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ColumnNotFoundException">There is none of that name, or it holds numbers.</exception>
    public TextColumn Text(string name) => this[name] as TextColumn
        ?? throw new ColumnNotFoundException($"The column {name} holds numbers, not text.");

    /// <summary>Whether there is a column of this name.</summary>
    /// <param name="name">The name.</param>
    public bool Has(string name) => byName.ContainsKey(name);

    /// <summary>The one column of this role; null where no column has it.</summary>
    /// <param name="role">The role.</param>
    /// <exception cref="ColumnNotFoundException">Several columns have the role: one must be named.</exception>
    public Column? Find(Role role)
    {
        var found = Columns.Where(column => column.Field.Role == role).Take(2).ToArray();
        return found.Length < 2 ? found.FirstOrDefault()
            : throw new ColumnNotFoundException($"Several columns have the role {role}: name the one that is meant.");
    }

    /// <summary>The one column of this role about a period and a population; null where there is none.</summary>
    /// <param name="role">The role.</param>
    /// <param name="period">The period that the schema gives the column.</param>
    /// <param name="population">The population that the schema gives the column; null for everyone.</param>
    public Column? Find(Role role, string? period, string? population) => Columns.FirstOrDefault(
        column => column.Field.Role == role && column.Field.Period == period && column.Field.Population == population);

    /// <summary>The one column of this role.</summary>
    /// <param name="role">The role.</param>
    /// <exception cref="ColumnNotFoundException">No column has it, or several have.</exception>
    public Column Get(Role role) => Find(role)
        ?? throw new ColumnNotFoundException($"No column has the role {role}: give the schema one, or name the column.");

    /// <summary>The rows as a reader, for SqlBulkCopy, CsvHelper, DataFrame.LoadFrom and ML.NET.</summary>
    /// <remarks>These are the extract's own rows: what they are copied into is as confidential as the extract.</remarks>
    public DbDataReader CreateDataReader() => new ExtractDataReader(this);

    // A notebook finds this by its name, and offers the names where a text is to be written for such a parameter. Areas are offered of
    // public extracts, and else those that the schema lists: a name in the rows of a confidential one is a cell's value.
    internal IEnumerable<string> OfferedNames(string parameter)
    {
        if (!parameter.StartsWith("area", StringComparison.OrdinalIgnoreCase)) return Columns.Select(column => column.Name);
        var areas = Columns.FirstOrDefault(column => column.Field.Role == Role.Area);
        return Confidentiality == Confidentiality.Public
            ? (areas as TextColumn)?.Categories ?? []
            : areas?.Field.Categories.Select(category => category.Value) ?? [];
    }

    /// <summary>Says what it is; never shows a value.</summary>
    public override string ToString() =>
        $"{Schema.Name}: {RowCount} rows, {Columns.Count} columns, "
            + $"{(Confidentiality == Confidentiality.Public ? "public" : "confidential")}";
}

/// <summary>A measure asked for a column that the extract does not have.</summary>
/// <param name="message">Which, and which there are.</param>
public sealed class ColumnNotFoundException(string message) : Exception(message);

/// <summary>A workbook has no sheet of the name or number that was asked for.</summary>
/// <param name="message">Which there are.</param>
public sealed class SheetNotFoundException(string message) : Exception(message);
