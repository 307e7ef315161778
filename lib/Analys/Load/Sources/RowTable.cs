using System.Security.Cryptography;
using System.Text;
using Analys.Domain;
using Analys.Load.Csv;
using CsvHelper;

namespace Analys.Load.Sources;

/// <summary>A table of texts from a spreadsheet or a JSON file, the header first; it is validated exactly as a CSV file is.</summary>
/// <param name="Rows">The header and the rows.</param>
/// <param name="FirstRow">The number of the header's row in the file, from 1.</param>
internal sealed record RowTable(IReadOnlyList<string?[]> Rows, int FirstRow = 1)
{
    /// <summary>Types, validates and screens the table.</summary>
    public (Extract? Extract, IReadOnlyList<Finding> Findings) ToExtract(string path, string sha256, TableSchema? schema, Origin? origin = null)
    {
        var file = Path.GetFileName(path);
        // The rows are commas and quotes again for one reader only: whatever layout the schema has is of the file, not of this.
        var plain = schema is null ? null : schema with { Dialect = new Dialect(',', 1, schema.Dialect.Footer) };
        var bytes = ToCsv();
        var read = CsvFile.Read(() => new CsvSource(new MemoryStream(bytes), Encoding.UTF8), file, plain, 1, native: true);
        if (read.Findings.Count > 0) return (null, [.. read.Findings.Select(finding => finding with { Row = finding.Row + FirstRow - 1 })]);
        return Extract.Create(read.Schema, read.Columns, new SourceFile(file, sha256, read.Rows, schema?.Name, origin ?? DataPackage.FindOrigin(path)), [.. Notices, .. read.Notices.Select(Below)], read.Map.Below(FirstRow - 1));
    }

    /// <summary>The schema that the rows suggest.</summary>
    public TableSchema Infer(string file)
    {
        using var source = new CsvSource(new MemoryStream(ToCsv()), Encoding.UTF8);
        return new CsvLayout(source.Blocks.Next(), null, file, native: true).Schema;
    }

    /// <summary>What was taken for granted when the table was found.</summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];

    private Notice Below(Notice notice) => notice with { Rows = notice.Rows with { First = [.. notice.Rows.First.Select(row => row + FirstRow - 1)] } };

    private byte[] ToCsv()
    {
        var stream = new MemoryStream();
        using (var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n", Separator = ',', ValidateFieldCount = false }, leaveOpen: true))
        {
            foreach (var row in Rows)
            {
                foreach (var cell in row) csv.WriteField(cell ?? "");
                if (row.Length == 0) csv.WriteField("");
                csv.EndRecord();
            }
        }

        return stream.ToArray();
    }

    /// <summary>The SHA-256 of a file's bytes.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
