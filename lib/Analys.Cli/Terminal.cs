using Analys.Cli.Errors;
using Analys.Cli.Messages;
using Analys.Cli.Tables;
using Analys.Domain;
using Analys.Load;
using Analys.Present;

namespace Analys.Cli;

/// <summary>Where the command writes to, and in what form.</summary>
internal sealed class Terminal(Stream bytes, TextWriter output, TextWriter errors, string[] args)
{
    private const int RowsPerFinding = 5;
    private MemoryStream? kept;

    /// <summary>What the call is read on.</summary>
    public Screen Screen { get; init; } = Screen.Of(args, output, errors);

    /// <summary>The call as it was understood; null before it is run.</summary>
    public System.CommandLine.ParseResult? Parsed { get; set; }

    /// <summary>The call as it was made, for the record.</summary>
    public string Call =>
        "analys " + string.Join(' ', args.Select((arg, i) => Pipes.Shown(Shown(arg, i > 0 ? args[i - 1] : "")))
            .Select(arg => arg.Contains(' ', StringComparison.Ordinal) ? $"\"{arg}\"" : arg));

    // An address of a database names server and user: the record shows the engine only.
    private static string Shown(string arg, string before)
    {
        var (name, value) = before is "--source" or "--into" ? ("", arg) : ("", "");
        foreach (var option in (string[])["--source", "--into"])
        {
            if (arg.StartsWith(option, StringComparison.Ordinal) && arg.Length > option.Length && (arg[option.Length] is '=' or ':'))
                (name, value) = (arg[..(option.Length + 1)], arg[(option.Length + 1)..]);
        }

        var engine = value.IndexOf(':', StringComparison.Ordinal);
        return engine < 0 ? arg : $"{name}{value[..engine]}:...";
    }

    /// <summary>The word of how far the work has come; null where nobody wants it.</summary>
    public Progress? Progress { get; set; }

    /// <summary>How many figures were shown, and how many there were.</summary>
    public (int Shown, int All) Told { get; set; }

    /// <summary>Why the gate refused the call; null where it did not.</summary>
    public ReleaseRefusedException? Refusal { get; set; }

    /// <summary>The categories that the call takes together.</summary>
    public IEnumerable<string> Merges => args.Zip(args.Skip(1)).Where(pair => pair.First == "--merge").Select(pair => pair.Second)
        .Concat(args.Where(arg => arg.StartsWith("--merge=", StringComparison.Ordinal)).Select(arg => arg["--merge=".Length..]));

    /// <summary>Where answers to questions come from.</summary>
    public TextReader? Input { get; init; }

    /// <summary>Plain text on standard output.</summary>
    public TextWriter Output
    {
        get
        {
            Progress?.Pause();
            return output;
        }
    }

    /// <summary>Standard error: messages and progress, never results.</summary>
    public TextWriter Errors
    {
        get
        {
            // A message takes the line of progress.
            Progress?.Pause();
            return errors;
        }
    }

    /// <summary>Lines that belong below a table of results.</summary>
    public IList<string> Notes { get; } = [];

    /// <summary>The file that results go to instead of standard output; null for none.</summary>
    public string? OutFile { get; set; }

    /// <summary>Whether the call is only tried: then no file is written.</summary>
    public bool IsTrial { get; init; }

    /// <summary>Raw standard output, for JSON and CSV; what goes to a file is kept until all of it is there.</summary>
    public Stream Bytes => OutFile is null ? bytes : kept ??= new MemoryStream();

    /// <summary>The form that results are written in: as asked, or as the ending of the file says.</summary>
    public OutputFormat Form(OutputFormat asked)
    {
        if (OutFile is null)
        {
            return asked is not (OutputFormat.Xlsx or OutputFormat.Parquet) || !Screen.IsTerminal ? asked
                : throw new CallException("This form is not for a terminal: give a file with --out.");
        }

        OutputFormat? ending = Path.GetExtension(OutFile).ToUpperInvariant() switch
        {
            ".CSV" => OutputFormat.Csv,
            ".JSON" => OutputFormat.Json,
            ".XLSX" => OutputFormat.Xlsx,
            ".PARQUET" => OutputFormat.Parquet,
            ".MD" => OutputFormat.Markdown,
            _ => null,
        };
        if (ending is null && asked == OutputFormat.Table)
            throw new CallException($"--out ends in {ResultFiles.Endings}, or --format says which form is wanted.");
        if (ending is not null && asked != OutputFormat.Table && asked != ending)
            throw new CallException("The ending of --out and --format say different forms.");
        return ending ?? asked;
    }

    /// <summary>Whether results are printed as a table for people.</summary>
    public bool IsTable(OutputFormat asked) => OutFile is null && asked == OutputFormat.Table;

    /// <summary>Writes what was kept for a file, whole or not at all.</summary>
    public void Commit()
    {
        if (!IsTrial && OutFile is { } file && kept is not null) OutputFile.Write(file, kept.WriteTo);
    }

    /// <summary>Prints released results in the asked form.</summary>
    public void Results(Released released, OutputFormat format)
    {
        Progress?.Dispose();
        if (released.IsConfidential) errors.WriteLine(Product.ConfidentialNotice);
        Told = (released.Count - released.SuppressedCount, released.Count);
        switch (Form(format))
        {
            case OutputFormat.Json:
                RecordWriter.WriteJson(Bytes, released, Call);
                Bytes.WriteByte((byte)'\n');
                break;
            case OutputFormat.Csv:
                RecordWriter.WriteCsv(Bytes, released);
                break;
            case OutputFormat.Markdown:
                SheetTable.Of(released).WriteMarkdown(Bytes);
                break;
            case OutputFormat.Xlsx:
                WorkbookWriter.Write(Bytes, released);
                break;
            case OutputFormat.Parquet:
                SheetTable.Of(released).WriteParquet(Bytes);
                break;
            default:
                new ResultTable(output, released, Screen).Write(Notes);
                break;
        }

        Bytes.Flush();
    }

    /// <summary>Says something in words on standard output, in the language of tables.</summary>
    public void Say(string text) => Output.WriteLine(Screen.Language == Language.Swedish ? SwedishMessages.Of(text) : text);

    /// <summary>Prints findings, alike ones together; never a value.</summary>
    public void Findings(IReadOnlyList<Finding> findings)
    {
        foreach (var kind in findings.GroupBy(finding => (finding.Code, finding.File, finding.Column, finding.Field, finding.Expected)))
        {
            var rows = kind.Where(finding => finding.Row is not null).Select(finding => finding.Row!.Value).ToList();
            var where = kind.Key.Column is { } column ? $", column {column}" : kind.Key.Field is { } field ? $", column {field}" : "";
            var more = rows.Count > RowsPerFinding ? $" and {rows.Count - RowsPerFinding} more" : "";
            var plural = rows.Count == 1 ? "" : "s";
            var which = rows.Count == 0 ? "" : $", row{plural} {string.Join(", ", rows.Take(RowsPerFinding))}{more}";
            errors.WriteLine($"{kind.Key.Code}: {kind.Key.File}{where}{which}: expected {kind.Key.Expected}");
        }

        errors.WriteLine($"{findings.Count} finding{(findings.Count == 1 ? "" : "s")}");
    }
}

/// <summary>The form of printed results.</summary>
internal enum OutputFormat
{
    /// <summary>A table for people.</summary>
    Table,

    /// <summary>The record document.</summary>
    Json,

    /// <summary>Records as CSV.</summary>
    Csv,

    /// <summary>A table for a page or an issue.</summary>
    Markdown,

    /// <summary>A workbook: the record on one sheet, definitions and sources on another.</summary>
    Xlsx,

    /// <summary>Records by columns.</summary>
    Parquet,
}

/// <summary>Output files are written whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file beside its place and moves it there when it is whole.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full) ?? throw new CallException("--out names a folder; a file is wanted.");
        // A new folder is made only when there is something to put in it, so the draft lies in the nearest folder that stands.
        var stands = folder;
        while (!Directory.Exists(stands)) stands = Path.GetDirectoryName(stands) ?? throw new CallException("--out cannot be written.");
        if (Directory.Exists(full)) throw new CallException("--out names a folder; a file is wanted.");
        var draft = Path.Combine(stands, $".{Path.GetFileName(full)}.{Environment.ProcessId}");
        Drafts.Begin(draft);
        try
        {
            using (var stream = File.Create(draft)) write(stream);
            Drafts.Place(() =>
            {
                Directory.CreateDirectory(folder);
                File.Move(draft, full, overwrite: true);
            });
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw MachineFault.Writing(e, "--out");
        }
        finally
        {
            if (File.Exists(draft)) File.Delete(draft);
            Drafts.End(draft);
        }
    }
}
