using Analys.Present;

namespace Analys;

/// <summary>Saves released results as a file; its ending chooses the form.</summary>
public static class ResultFiles
{
    /// <summary>The endings that are known.</summary>
    internal const string Endings = ".csv, .json, .xlsx, .parquet or .md";

    /// <summary>Saves released results: the flat record in full precision, numbers as numbers, and in a workbook definitions and sources on
    /// a second sheet.</summary>
    /// <remarks>The file is written whole or not at all.</remarks>
    /// <param name="released">The results.</param>
    /// <param name="path">A file that ends in <c>.csv</c>, <c>.json</c>, <c>.xlsx</c>, <c>.parquet</c> or <c>.md</c>.</param>
    /// <exception cref="ArgumentException">The ending is another.</exception>
    public static void Save(this Released released, string path)
    {
        ArgumentNullException.ThrowIfNull(released);
        ArgumentNullException.ThrowIfNull(path);
        Action<Stream> write = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" => stream => RecordWriter.WriteCsv(stream, released),
            ".JSON" => stream => RecordWriter.WriteJson(stream, released, "Save"),
            ".XLSX" => stream => WorkbookWriter.Write(stream, released),
            ".PARQUET" => SheetTable.Of(released).WriteParquet,
            ".MD" => SheetTable.Of(released).WriteMarkdown,
            _ => throw new ArgumentException($"Results are saved as {Endings}.", nameof(path)),
        };
        Whole(path, write);
    }

    /// <summary>Writes a file beside its place and moves it there when it is whole.</summary>
    internal static void Whole(string path, Action<Stream> write)
    {
        var full = Path.GetFullPath(path);
        var draft = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Environment.ProcessId}");
        try
        {
            using (var stream = File.Create(draft)) write(stream);
            File.Move(draft, full, overwrite: true);
        }
        finally
        {
            if (File.Exists(draft)) File.Delete(draft);
        }
    }
}
