using System.Collections.Immutable;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Load.Screening;

namespace Analys;

/// <summary>A row of an extract, for conditions and expressions.</summary>
/// <remarks>
/// A cell without a value is null, so that comparisons are false where it is not known: <c>row.Number("age") &lt; 18</c> keeps no row
/// whose age is missing. Only <c>!=</c> holds for a missing value: add <c>is not null</c> where it must not.
/// </remarks>
public readonly struct ExtractRow
{
    private readonly Extract extract;
    private readonly int row;

    internal ExtractRow(Extract extract, int row) => (this.extract, this.row) = (extract, row);

    /// <summary>The number in a column; null where there is none.</summary>
    /// <param name="column">The name of a column of numbers.</param>
    /// <exception cref="ColumnNotFoundException">There is none of that name, or it holds text.</exception>
    public double? Number(string column) =>
        extract.Number(column) is var numbers && numbers.MarkAt(row) == Mark.None ? numbers.Values[row] : null;

    /// <summary>The text in a column; null where there is none.</summary>
    /// <param name="column">The name of a column of texts.</param>
    /// <exception cref="ColumnNotFoundException">There is none of that name, or it holds numbers.</exception>
    public string? Text(string column) =>
        extract.Text(column) is var texts && texts.Codes[row] is >= 0 and var code ? texts.Categories[code] : null;

    /// <summary>What stands in a cell instead of a value.</summary>
    /// <param name="column">The name of a column.</param>
    public Mark MarkAt(string column) => extract[column].MarkAt(row);

    /// <summary>Says which row it is; never shows a value.</summary>
    public override string ToString() => $"row {row + 1} of {extract?.Schema.Name}";
}

/// <summary>Rows chosen, columns added: what comes out keeps schema, marks, provenance and confidentiality.</summary>
public sealed partial class Extract
{
    /// <summary>The rows for which a condition holds.</summary>
    /// <param name="condition">The condition; not known is not true.</param>
    public Extract Where(Func<ExtractRow, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        int[] kept = [.. Enumerable.Range(0, RowCount).Where(row => condition(new ExtractRow(this, row)))];
        return Derive(Schema, [.. Columns.Select(column => column.Take(kept))], "rows were chosen by a condition", kept);
    }

    /// <summary>Some of the columns.</summary>
    /// <param name="names">Their names, in the order that is wanted.</param>
    /// <exception cref="ColumnNotFoundException">There is none of a name.</exception>
    public Extract Only(params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        Column[] columns = [.. names.Distinct(StringComparer.Ordinal).Select(name => this[name])];
        return Derive(Keyed([.. columns.Select(column => column.Field)]), columns, "columns were chosen", null);
    }

    /// <summary>The extract with a column of numbers more, or in the place of the one of that name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="expression">The number of each row; null, and what is no finite number, becomes a missing value.</param>
    /// <param name="unit">The unit of the numbers.</param>
    public Extract With(string name, Func<ExtractRow, double?> expression, string? unit = null)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var (values, marks) = (new double[RowCount], (Mark[]?)null);
        for (var row = 0; row < RowCount; row++)
        {
            values[row] = expression(new ExtractRow(this, row)) is { } value && double.IsFinite(value) ? value : double.NaN;
            if (double.IsNaN(values[row])) (marks ??= new Mark[RowCount])[row] = Mark.Missing;
        }

        return WithColumn(new NumberColumn(new Field { Name = name, Type = FieldType.Number, Unit = unit }, values, marks));
    }

    /// <summary>The extract with a column of texts more, or in the place of the one of that name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="expression">The text of each row; null becomes a missing value.</param>
    /// <exception cref="ExtractRejectedException">The texts are personal identity numbers or other direct identifiers.</exception>
    public Extract With(string name, Func<ExtractRow, string?> expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return WithColumn(Column.OfTexts(new Field { Name = name },
            Enumerable.Range(0, RowCount).Select(row => expression(new ExtractRow(this, row)))));
    }

    private Extract WithColumn(Column added)
    {
        var at = Enumerable.Range(0, Columns.Count).FirstOrDefault(i => Columns[i].Name == added.Name, Columns.Count);
        Column[] columns = [.. Columns.Take(at), added, .. Columns.Skip(at + 1)];
        return Derive(Keyed([.. columns.Select(column => column.Field)])
            with
        { PrimaryKey = Schema.PrimaryKey.Contains(added.Name) ? [] : Schema.PrimaryKey },
            columns, $"the column {added.Name} was computed", null);
    }

    // A key that has lost a column is none.
    private TableSchema Keyed(Field[] fields)
    {
        bool Has(string name) => fields.Any(field => field.Name == name);
        return Schema with
        {
            Fields = [.. fields],
            PrimaryKey = Schema.PrimaryKey.All(Has) ? Schema.PrimaryKey : [],
            UniqueKeys = [.. Schema.UniqueKeys.Where(key => key.All(Has))],
            ForeignKeys = [.. Schema.ForeignKeys.Where(key => key.Fields.All(Has))],
        };
    }

    /// <summary>An extract made of this one: screened again, since new columns may hold what no file may.</summary>
    private Extract Derive(TableSchema schema, Column[] columns, string step, int[]? rows) =>
        Derive(schema, columns, Provenance.With(step), rows is null && map != RowMap.None ? map : RowMap.None,
            rows is null ? Left(columns) : ImmutableDictionary<string, Column>.Empty);

    // The columns that are no more, or others under their name: a ledger goes on knowing them.
    private ImmutableDictionary<string, Column> Left(Column[] columns) => Columns.Where(own => Array.IndexOf(columns, own) < 0)
        .Aggregate(Originals, (all, own) => all.ContainsKey(own.Name) ? all : all.Add(own.Name, own));

    internal static Extract Derive(TableSchema schema, Column[] columns, Provenance provenance, RowMap map,
        ImmutableDictionary<string, Column>? originals = null)
    {
        var name = provenance.Sources.Length > 0 ? provenance.Sources[0].File : schema.Name;
        Finding[] findings = [.. columns.OfType<TextColumn>().SelectMany(column => IdentifiersIn(column, name))];
        if (findings.Length > 0) throw new ExtractRejectedException(name, findings);
        var rows = columns.Length == 0 ? 0 : columns[0].Count;
        if (originals is not null)
        {
            var persons = RowKeys.PersonsOf(columns, rows, originals);
            provenance = provenance with { Sources = [.. provenance.Sources.Select(source => source with { Persons = persons })] };
        }

        return new Extract(schema, columns, rows, provenance, [], map)
        {
            Originals = originals ?? ImmutableDictionary<string,
            Column>.Empty
        };
    }

    private static IEnumerable<Finding> IdentifiersIn(TextColumn column, string file) => IdentifierScreening.Screen(column, file);
}
