using System.Globalization;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Segregation;

namespace Analys.Database;

/// <summary>Counts that were added up where the rows are, as an extract: from there on they are a file of counts like any other.</summary>
internal static class AggregatedExtract
{
    /// <summary>Sums of columns by the values of others.</summary>
    /// <param name="source">The table.</param>
    /// <param name="keys">The columns of units, groups and areas.</param>
    /// <param name="sums">The columns of counts.</param>
    /// <param name="areCounts">Whether a number below zero is no count, and its sum then none.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="ColumnNotFoundException">A column is not there, or one to add up holds text.</exception>
    /// <exception cref="ExtractRejectedException">A key holds identifiers of persons.</exception>
    public static Extract Of(ICountSource source, IReadOnlyList<string> keys, IReadOnlyList<string> sums, bool areCounts = true,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(sums);
        var (description, schema) = (source.Description, source.Description.Schema);
        Field[] by = [.. keys.Select(name => Field(schema, name))], added = [.. sums.Select(name => Field(schema, name))];
        if (added.FirstOrDefault(field => !field.IsNumeric) is { } text)
            throw new ColumnNotFoundException($"The column {text.Name} holds text, not numbers.");
        var totals = source.Totals(keys, sums, cancel);
        var rows = totals.InOrder ? totals.Rows : Sorted(totals.Rows, by);
        Column[] columns =
        [
            .. by.Select((field, i) => Key(Plain(field), rows, i, totals.InOrder)),
            .. added.Select((field, i) => Numbers(Plain(field) with { Type = FieldType.Number },
                [.. rows.Select(row => areCounts && row.Negative[i] ? double.NaN : row.Sums[i])])),
        ];
        var file = new SourceFile(description.Name, totals.Sha256 ?? description.Hash, rows.Sum(row => row.Rows), schema.Name);
        var (extract, findings) = Extract.Create(schema with { Fields = [.. columns.Select(column => column.Field)], PrimaryKey = [] },
            columns, file, null, RowMap.None);
        return extract ?? throw new ExtractRejectedException(file.File, findings);
    }

    private static Field Field(TableSchema schema, string name) => schema.Find(name)
        ?? throw new ColumnNotFoundException(
            $"There is no column {name}. The columns are {string.Join(", ", schema.Fields.Select(field => field.Name))}.");

    // What a row must satisfy, a sum need not.
    private static Field Plain(Field field) => field with { Constraints = Constraints.None };

    // An engine has no order of rows: numbers are taken in theirs, texts as a Swedish reader expects them.
    private static CountRow[] Sorted(IReadOnlyList<CountRow> rows, Field[] by)
    {
        var sorted = rows.OrderBy(_ => 0);
        for (var i = 0; i < by.Length; i++)
        {
            var key = i;
            sorted = by[key].IsNumeric
                ? sorted.ThenBy(row => Number(by[key], row.Keys[key]))
                : sorted.ThenBy(row => row.Keys[key], SwedishOrder.Comparer).ThenBy(row => row.Keys[key], StringComparer.Ordinal);
        }

        return [.. sorted];
    }

    private static Column Key(Field field, IReadOnlyList<CountRow> rows, int key, bool inOrder)
    {
        if (field.IsNumeric) return Numbers(field, [.. rows.Select(row => Number(field, row.Keys[key]))]);
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var values = rows.Select(row => row.Keys[key]).OfType<string>();
        if (!inOrder) values = values.Distinct().Order(SwedishOrder.Comparer).ThenBy(value => value, StringComparer.Ordinal);
        foreach (var value in values) known.TryAdd(value, known.Count);
        return new TextColumn(field, [.. rows.Select(row => row.Keys[key] is { } value ? known[value] : -1)], [.. known.Keys],
            Marks(rows.Select(row => row.Keys[key] is null)));
    }

    private static NumberColumn Numbers(Field field, double[] values) => new(field, values, Marks(values.Select(double.IsNaN)));

    private static Mark[]? Marks(IEnumerable<bool> missing)
    {
        Mark[] marks = [.. missing.Select(isMissing => isMissing ? Mark.Missing : Mark.None)];
        return marks.Contains(Mark.Missing) ? marks : null;
    }

    private static double Number(Field field, string? text) => text switch
    {
        null => double.NaN,
        _ when field.Type == FieldType.Boolean => text == "true" ? 1 : 0,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}

/// <summary>A plan's indicators from a source: its numbers added up by indicator, so that what comes is an aggregate even where the table
/// is not a plan.</summary>
internal static class IndicatorTable
{
    private static readonly Role[] Words = [Role.Indicator, Role.Area, Role.UnitName, Role.Direction, Role.Aggregation];

    private static readonly Role[] Numbers =
        [Role.CouncilTarget, Role.BoardTarget, Role.DistrictTarget, Role.Outcome, Role.Count, Role.Total, Role.Group, Role.Amount];

    /// <summary>The table, a row for each indicator; its rows have no numbers, since an engine's have none.</summary>
    /// <param name="source">The source.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="ColumnNotFoundException">No column has the role of the indicator.</exception>
    /// <exception cref="CountException">An indicator stands in several rows, which would be added up.</exception>
    public static Extract Of(ICountSource source, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var fields = source.Description.Schema.Fields;
        if (!fields.Any(field => field.Role == Role.Indicator))
            throw new ColumnNotFoundException($"No column has the role {Role.Indicator}: give the schema one, or name the column.");
        var words = fields.Where(field => Words.Contains(field.Role) && !field.IsNumeric).Select(field => field.Name);
        var numbers = fields.Where(field => Numbers.Contains(field.Role) && field.IsNumeric).Select(field => field.Name);
        var extract = AggregatedExtract.Of(source, [.. words], [.. numbers], areCounts: false, cancel);
        return extract.Provenance.Sources[0].Rows == extract.RowCount
            ? extract
            : throw new CountException("An indicator stands in several rows: from a source its numbers would be added up.");
    }
}
