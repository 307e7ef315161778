using Analys.Load;
using Analys.Load.Schema;

namespace Analys;

/// <summary>Rows in groups, to be added up: one row a group, in the order of their first rows.</summary>
/// <remarks>
/// A missing key is a group of its own; no row vanishes. A sum over a cell that has no value is not known, and is marked as that cell is:
/// what a source withholds is not zero. A mean is taken over the cells that have a value, and <c>n</c> says how many they are. The
/// figures of a confidential extract stay confidential: they are no release.
/// </remarks>
public sealed class ExtractGroups
{
    private readonly Extract extract;
    private readonly IReadOnlyList<string> keys;
    private readonly List<List<int>> groups = [];

    internal ExtractGroups(Extract extract, IReadOnlyList<string> keys)
    {
        this.extract = extract;
        this.keys = keys;
        var known = new Dictionary<RowKey, int>();
        for (var row = 0; row < extract.RowCount; row++)
        {
            var key = RowKey.Of(extract, keys, row);
            if (!known.TryGetValue(key, out var group))
            {
                known[key] = group = groups.Count;
                groups.Add([]);
            }

            groups[group].Add(row);
        }
    }

    /// <summary>How many rows each group has, in the column <c>n</c>.</summary>
    public Extract Count() => Make([new Field { Name = "n", Type = FieldType.Integer }], rows => [(rows.Count, Mark.None)], "rows were counted");

    /// <summary>The sums of columns, and the number of rows in <c>n</c>.</summary>
    /// <param name="columns">Columns of numbers.</param>
    public Extract Sum(params IReadOnlyList<string> columns) => Sum(columns, passOver: false);

    /// <summary>The sums of columns over the cells that have a value, and the number of rows in <c>n</c>.</summary>
    /// <param name="columns">Columns of numbers.</param>
    /// <param name="passOver">Whether cells without a value are passed over: a sum is then one of what is known only.</param>
    public Extract Sum(IReadOnlyList<string> columns, bool passOver) => Each(columns, "summed", (column, rows) =>
    {
        if (!passOver && rows.Select(row => column.MarkAt(row)).FirstOrDefault(mark => mark != Mark.None) is var mark && mark != Mark.None)
            return (double.NaN, mark);
        var known = rows.Where(row => column.MarkAt(row) == Mark.None).ToList();
        return known.Count == 0 ? (double.NaN, Mark.Missing) : (Total(known.Select(row => column.Values[row])), Mark.None);
    });

    /// <summary>The means of columns over the cells that have a value; with one column, <c>n</c> is the number of such cells.</summary>
    /// <param name="columns">Columns of numbers.</param>
    public Extract Mean(params IReadOnlyList<string> columns) => Mean(columns, weight: null);

    /// <summary>The means of columns, each row weighted.</summary>
    /// <param name="columns">Columns of numbers.</param>
    /// <param name="weight">The column of weights; rows without a weight are passed over. Null for one each.</param>
    public Extract Mean(IReadOnlyList<string> columns, string? weight)
    {
        var weights = weight is null ? null : extract.Number(weight);
        return Each(columns, weight is null ? "averaged" : $"averaged, weighted by {weight}", (column, rows) =>
        {
            var known = rows.Where(row => column.MarkAt(row) == Mark.None && weights?.MarkAt(row) is null or Mark.None).ToList();
            var total = Total(known.Select(row => weights?.Values[row] ?? 1));
            return total > 0 ? (Total(known.Select(row => column.Values[row] * (weights?.Values[row] ?? 1))) / total, Mark.None) : (double.NaN, Mark.Missing);
        }, known: true);
    }

    private Extract Each(IReadOnlyList<string> names, string done, Func<NumberColumn, List<int>, (double, Mark)> value, bool known = false)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count == 0) throw new ArgumentException("Name at least one column of numbers.", nameof(names));
        NumberColumn[] columns = [.. names.Select(extract.Number)];
        Field[] fields = [.. columns.Select(column => column.Field with { Type = FieldType.Number, Constraints = Constraints.None }), new Field { Name = "n", Type = FieldType.Integer }];
        return Make(fields, rows =>
        [
            .. columns.Select(column => value(column, rows)),
            (known && columns.Length == 1 ? rows.Count(row => columns[0].MarkAt(row) == Mark.None) : rows.Count, Mark.None),
        ], $"{string.Join(", ", names)} {done}");
    }

    private Extract Make(Field[] fields, Func<List<int>, IReadOnlyList<(double Value, Mark Mark)>> values, string step)
    {
        if (fields.FirstOrDefault(field => keys.Contains(field.Name)) is { } clash)
            throw new ArgumentException($"{clash.Name} is a key and a figure at once: rename the column with With first.");
        int[] first = [.. groups.Select(rows => rows[0])];
        var cells = groups.Select(values).ToArray();
        Column[] figures = [.. fields.Select((field, i) =>
        {
            double[] numbers = [.. cells.Select(cell => cell[i].Value)];
            Mark[] marks = [.. cells.Select(cell => cell[i].Mark)];
            return new NumberColumn(field, numbers, marks.All(mark => mark == Mark.None) ? null : marks);
        })];
        Column[] columns = [.. keys.Select(key => extract[key].Take(first)), .. figures];
        var schema = new TableSchema
        {
            Name = extract.Schema.Name,
            Title = extract.Schema.Title,
            Fields = [.. columns.Select(column => column.Field)],
            // A missing key may not stand in a primary key.
            PrimaryKey = columns.Take(keys.Count).Any(column => column.HasMarks && column.Marks.IndexOfAnyExcept(Mark.None) >= 0) ? [] : [.. keys],
            Confidentiality = extract.Confidentiality,
            UnitOfObservation = string.Join(" × ", keys),
            Region = extract.Schema.Region,
            Totals = extract.Schema.Totals,
            Breaks = extract.Schema.Breaks,
        };
        return Extract.Derive(schema, columns, extract.Provenance.With($"{step} by {(keys.Count == 0 ? "all rows" : string.Join(", ", keys))}"), RowMap.None);
    }

    // Neumaier: the sum of millions of rows keeps its digits.
    private static double Total(IEnumerable<double> values)
    {
        double sum = 0, lost = 0;
        foreach (var value in values)
        {
            var next = sum + value;
            lost += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
            sum = next;
        }

        return sum + lost;
    }
}

public sealed partial class Extract
{
    /// <summary>The rows in groups of equal keys.</summary>
    /// <param name="keys">The columns of the key; none puts all rows into one group.</param>
    /// <exception cref="ColumnNotFoundException">There is none of a name.</exception>
    public ExtractGroups GroupBy(params IReadOnlyList<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (var key in keys) _ = this[key];
        return new(this, [.. keys]);
    }
}
