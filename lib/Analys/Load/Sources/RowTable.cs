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
        using var source = new CsvSource(bytes, Encoding.UTF8);
        var read = CsvFile.Read(source, file, plain, 1);
        if (read.Findings.Count > 0) return (null, [.. read.Findings.Select(finding => finding with { Row = finding.Row + FirstRow - 1 })]);
        return Extract.Create(read.Schema, read.Columns, new SourceFile(file, sha256, read.Rows, schema?.Name, origin ?? DataPackage.FindOrigin(path)));
    }

    /// <summary>The schema that the rows suggest.</summary>
    public TableSchema Infer(string file)
    {
        using var source = new CsvSource(ToCsv(), Encoding.UTF8);
        return new CsvLayout(source.Blocks.Next(), null, Dialect.Default, file).Schema;
    }

    private MemoryStream ToCsv()
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

        stream.Position = 0;
        return stream;
    }

    /// <summary>The SHA-256 of a file's bytes.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
