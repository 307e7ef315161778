using Parquet;
using Parquet.Schema;

namespace Analys.Load.Formats.Records;

/// <summary>Writes a table of columns as a Parquet file.</summary>
internal static class ParquetTable
{
    /// <summary>The rows of a group: readers take one at a time into memory.</summary>
    private const int GroupRows = 1 << 20;

    /// <summary>Writes numbers as doubles or whole numbers and texts as strings; a null stands for no value.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    /// <param name="columns">Names with their cells: <c>double?[]</c>, <c>long?[]</c>, <c>bool?[]</c> or <c>string?[]</c>, all of one length.</param>
    /// <exception cref="ArgumentException">A column has another type or length.</exception>
    public static void Write(Stream stream, IReadOnlyList<(string Name, Array Cells)> columns)
    {
        var rows = columns.Count == 0 ? 0 : columns[0].Cells.Length;
        if (columns.Any(column => column.Cells.Length != rows)) throw new ArgumentException("The columns are not of one length.", nameof(columns));
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
