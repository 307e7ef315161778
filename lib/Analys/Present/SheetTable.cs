using System.Globalization;
using System.Text;
using Parquet.Schema;

namespace Analys.Present;

/// <summary>A table of texts and numbers on its way into a file; a cell that is null is empty.</summary>
/// <param name="Name">The name of its sheet.</param>
/// <param name="Columns">The columns, and which of them hold numbers.</param>
/// <param name="Rows">The rows.</param>
internal sealed record SheetTable(string Name, IReadOnlyList<(string Name, bool IsNumber)> Columns,
    IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    private static readonly string[] SourceColumns = ["what", "id", "name", "swedish", "formula", "unit", "citation"];
    private static readonly string[] Numbers = ["value", "standardError", "lower", "upper", "n", "step"];

    /// <summary>Released results, with the columns of the record.</summary>
    public static SheetTable Of(Released released)
    {
        (string Name, bool IsNumber)[] columns = [.. RecordWriter.Columns.Select(name => (name, Numbers.Contains(name)))];
        return new("Results", columns,
            [.. released.Select(result =>
                (IReadOnlyList<object?>)[.. RecordWriter.Cells(result).Select((cell, i) => columns[i].IsNumber && cell is not null
            ? double.Parse(cell, CultureInfo.InvariantCulture) : (object?)cell)])]);
    }

    /// <summary>What the figures are and where they came from, for the second sheet of a workbook.</summary>
    public static SheetTable SourceOf(Released released)
    {
        var rows = new List<IReadOnlyList<object?>> { Row("analys", Domain.Product.Version), Row("policy", released.Policy.Name) };
        if (released.IsConfidential) rows.Add(Row("notice", Domain.Product.ConfidentialNotice));
        foreach (var measure in released.Select(result => result.Measure).DistinctBy(measure => measure.Id))
            rows.Add(Row("measure", measure.Id, measure.Name, measure.Swedish, measure.Formula, measure.Unit, measure.Citation));
        foreach (var source in released.Provenance.Sources)
            rows.Add(Row("file", source.File, source.Sha256, source.Origin?.Publisher, source.Origin?.Title,
                source.Rows == SourceFile.NotTold ? null : source.Rows));
        foreach (var step in released.Provenance.Steps) rows.Add(Row("step", step));
        return new("Source",
            [.. SourceColumns.Select(name => (name, false))], rows);

        static IReadOnlyList<object?> Row(params IReadOnlyList<object?> cells) =>
            [.. cells, .. Enumerable.Repeat<object?>(null, 7 - cells.Count)];
    }

    /// <summary>Writes the table as Parquet: numbers as doubles, texts as texts, empty cells as nulls.</summary>
    public void WriteParquet(Stream stream)
    {
        // The library writes to streams that can be sought in and is asynchronous throughout; nothing here waits for anything but memory.
        using var whole = new MemoryStream();
        Task.Run(() => ParquetAsync(whole)).GetAwaiter().GetResult();
        whole.Position = 0;
        whole.CopyTo(stream);
    }

    private async Task ParquetAsync(Stream stream)
    {
        var fields = Columns.Select(column => column.IsNumber ? (DataField)new DataField<double?>(column.Name)
            : new DataField<string>(column.Name)).ToArray();
        await using var writer = await Parquet.ParquetWriter.CreateAsync(new ParquetSchema(fields), stream).ConfigureAwait(false);
        using var group = writer.CreateRowGroup();
        for (var i = 0; i < fields.Length; i++)
        {
            if (Columns[i].IsNumber)
            {
                double?[] numbers = [.. Rows.Select(row => row[i] as double?)];
                await group.WriteAsync<double>(fields[i], numbers.AsMemory()).ConfigureAwait(false);
            }
            else
            {
                string?[] texts = [.. Rows.Select(row => row[i] is { } cell ? Convert.ToString(cell, CultureInfo.InvariantCulture) : null)];
                await group.WriteAsync(fields[i], texts!).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Writes the table as Markdown, for a page or an issue: columns that are empty throughout are left out.</summary>
    public void WriteMarkdown(Stream stream)
    {
        int[] shown = [.. Enumerable.Range(0, Columns.Count).Where(i => Rows.Any(row => row[i] is not (null or "")))];
        var text = new StringBuilder();
        Line(shown.Select(i => Columns[i].Name));
        Line(shown.Select(i => Columns[i].IsNumber ? "---:" : "---"));
        foreach (var row in Rows) Line(shown.Select(i => Shown(row[i])));
        stream.Write(Encoding.UTF8.GetBytes(text.ToString()));

        void Line(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }

    // A bar would begin a new cell, and an angle bracket a tag.
    private static string Shown(object? cell) => cell switch
    {
        null => "",
        double number => number.ToString("G10", CultureInfo.InvariantCulture),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture)!.ReplaceLineEndings(" ").Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal),
    };
}
