using System.Text;
using Analys.Load.Csv;
using Analys.Load.Formats.Records.Sas;
using Analys.Load.Formats.Records.Spss;
using Analys.Load.Formats.Records.Stata;
using Analys.Load.Schema;

namespace Analys.Load.Formats.Records;

/// <summary>Statistics programs' files as extracts: typed by the file or by a schema, validated and screened as text files are.</summary>
internal static class RecordSource
{
    /// <summary>The rows of a record file are numbered from 1: it has no header.</summary>
    private static readonly RowMap Numbering = new(1, []);

    /// <summary>Whether a file's name says that it is one of these formats.</summary>
    public static bool Knows(string path) =>
        Path.GetExtension(path).ToUpperInvariant() is ".DTA" or ".SAV" or ".ZSAV" or ".SAS7BDAT" or ".PARQUET";

    /// <summary>Opens a file by what its name says.</summary>
    /// <exception cref="DamagedFileException">It is not whole, or of another kind.</exception>
    public static RecordFile Open(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.RandomAccess);
        try
        {
            return Path.GetExtension(path).ToUpperInvariant() switch
            {
                ".DTA" => new StataFile(stream),
                ".SAV" or ".ZSAV" => new SpssFile(stream),
                ".SAS7BDAT" => new SasFile(stream),
                _ => new ParquetRecords(stream),
            };
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads a file into an extract, or says what is wrong with it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">Its schema; null for what the file itself says.</param>
    public static (Extract? Extract, IReadOnlyList<Finding> Findings) Read(string path, TableSchema? schema) => Guarded(path, () =>
    {
        var file = Path.GetFileName(path);
        var (own, notices) = schema is null ? Survey(path) : (schema, []);
        own = own with { Dialect = new Dialect(',') };
        var read =
            CsvFile.Read(() => new CsvSource(new RecordCsv(Open(path), own, new FileInfo(path).Length), Encoding.UTF8), file, own,
            Environment.ProcessorCount, native: true);
        if (read.Findings.Count > 0) return (null, [.. read.Findings.Select(Renumbered)]);
        var source = new SourceFile(file, SourceReader.Hash(path), read.Rows, schema?.Name, DataPackage.FindOrigin(path));
        return Extract.Create(read.Schema, read.Columns, source, [.. notices, .. read.Notices], Numbering);
    });

    /// <summary>The schema that the file itself suggests, and what was taken for granted.</summary>
    public static (TableSchema Schema, IReadOnlyList<Notice> Notices) Survey(string path)
    {
        using var records = Open(path);
        var file = Path.GetFileName(path);
        var (schema, notices) = RecordSurvey.Of(records, file);
        return (schema,
            [.. records.Remarks.Select(remark => new Notice(NoticeCodes.Remark, file, null, null, RowNumbers.None, remark)), .. notices]);
    }

    /// <summary>Runs a reading and turns what is wrong with the file into a finding.</summary>
    public static (Extract? Extract, IReadOnlyList<Finding> Findings) Guarded(string path,
        Func<(Extract? Extract, IReadOnlyList<Finding> Findings)> read)
    {
        try
        {
            return read();
        }
        catch (DamagedFileException e)
        {
            return (null, [SourceReader.At(path, $"a whole {Name(path)} file: this one is damaged: {e.Message}", "format-error")]);
        }
        catch (UnreadableFileException e)
        {
            return (null, [SourceReader.At(path, e.Message, "format-error")]);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ArgumentException or IndexOutOfRangeException
            or OverflowException or FormatException or InvalidOperationException or NotSupportedException)
        {
            // A file made to mislead can reach beyond what was foreseen; its bytes are not repeated.
            return (null, [SourceReader.At(path, $"a whole {Name(path)} file: this one is damaged", "format-error")]);
        }
    }

    private static Finding Renumbered(Finding finding) => finding with { Row = finding.Row - 1 };

    private static string Name(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".DTA" => "Stata",
        ".SAV" or ".ZSAV" => "SPSS",
        ".SAS7BDAT" => "SAS",
        ".PARQUET" => "Parquet",
        _ => "data",
    };
}

/// <summary>A file is whole but of a version or shape that is not read; the message says what to do.</summary>
/// <param name="message">What was expected, and the way out.</param>
internal sealed class UnreadableFileException(string message) : Exception(message);
