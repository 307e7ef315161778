using Analys.Load.Schema;
using Parquet;
using Parquet.Schema;

namespace Analys.Load.Formats.Records;

/// <summary>Writes a table of columns as a Parquet file.</summary>
internal static class ParquetTable
{
    /// <summary>The rows of a group: readers take one at a time into memory.</summary>
    private const int GroupRows = 1 << 20;

    /// <summary>Writes the columns of an extract; where a mark stands the cell is empty.</summary>
    public static void Write(Stream stream, Extract extract) =>
        Write(stream, [.. extract.Columns.Select(column => (column.Name, Cells(column)))]);

    private static Array Cells(Column column)
    {
        var rows = Enumerable.Range(0, column.Count);
        bool Has(int row) => column.MarkAt(row) == Mark.None;
        return column switch
        {
            NumberColumn { Field.Type: FieldType.Boolean } flags =>
                rows.Select(row => Has(row) ? flags.Values[row] != 0 : (bool?)null).ToArray(),
            NumberColumn { Field.Type: FieldType.Integer or FieldType.Year } whole =>
                rows.Select(row => Has(row) ? (long)whole.Values[row] : (long?)null).ToArray(),
            NumberColumn numbers => rows.Select(row => Has(row) ? numbers.Values[row] : (double?)null).ToArray(),
            _ => rows.Select(row => (string?)column.ValueAt(row)).ToArray(),
        };
    }

    /// <summary>Writes numbers as doubles or whole numbers and texts as strings; a null stands for no value.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    /// <param name="columns">Names with their cells: <c>double?[]</c>, <c>long?[]</c>, <c>bool?[]</c> or <c>string?[]</c>, all of one
    /// length.</param>
    /// <exception cref="ArgumentException">A column has another type or length.</exception>
    public static void Write(Stream stream, IReadOnlyList<(string Name, Array Cells)> columns)
    {
        var rows = columns.Count == 0 ? 0 : columns[0].Cells.Length;
        if (columns.Any(column => column.Cells.Length != rows)) throw new ArgumentException("The columns are not of one length.",
            nameof(columns));
        DataField[] fields = [.. columns.Select(column => new DataField(column.Name, column.Cells switch
        {
            double?[] => typeof(double),
            long?[] => typeof(long),
            bool?[] => typeof(bool),
            string?[] => typeof(string),
            _ => throw new ArgumentException("A column has a type that Parquet tables here do not have.", nameof(columns)),
        }, isNullable: true))];
        WriteAsync(stream, fields, columns, rows).GetAwaiter().GetResult();
    }

    private static async Task WriteAsync(Stream stream, DataField[] fields, IReadOnlyList<(string Name, Array Cells)> columns, int rows)
    {
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream);
        for (var from = 0; from < rows || from == 0; from += GroupRows)
        {
            var count = Math.Min(GroupRows, rows - from);
            using var group = writer.CreateRowGroup();
            for (var i = 0; i < fields.Length; i++)
            {
                switch (columns[i].Cells)
                {
                    case double?[] numbers:
                        await group.WriteAsync<double>(fields[i], numbers.AsMemory(from, count));
                        break;
                    case long?[] whole:
                        await group.WriteAsync<long>(fields[i], whole.AsMemory(from, count));
                        break;
                    case bool?[] flags:
                        await group.WriteAsync<bool>(fields[i], flags.AsMemory(from, count));
                        break;
                    case string?[] texts:
                        await group.WriteAsync(fields[i], (IReadOnlyCollection<string>)texts.AsSpan(from, count).ToArray()!);
                        break;
                }
            }

            group.CompleteValidate();
        }
    }
}
