using Analys.Disclosure;
using Analys.Domain;
using Analys.Load;
using Analys.Present.Records;
using Spectre.Console;

namespace Analys.Cli;

/// <summary>Where the command writes to, and in what form.</summary>
internal sealed class Terminal(Stream bytes, TextWriter output, TextWriter errors, string[] args)
{
    private const int RowsPerFinding = 5;

    /// <summary>The call as it was made, for the record.</summary>
    public string Call => "analys " + string.Join(' ', args.Select((arg, i) => Shown(arg, i > 0 ? args[i - 1] : "")).Select(arg => arg.Contains(' ', StringComparison.Ordinal) ? $"\"{arg}\"" : arg));

    // An address of a database names server and user: the record shows the engine only.
    private static string Shown(string arg, string before)
    {
        var (name, value) = before is "--source" or "--into" ? ("", arg) : ("", "");
        foreach (var option in (string[])["--source", "--into"])
        {
            if (arg.StartsWith(option, StringComparison.Ordinal) && arg.Length > option.Length && (arg[option.Length] is '=' or ':')) (name, value) = (arg[..(option.Length + 1)], arg[(option.Length + 1)..]);
        }

        var engine = value.IndexOf(':', StringComparison.Ordinal);
        return engine < 0 ? arg : $"{name}{value[..engine]}:...";
    }

    /// <summary>Plain text on standard output.</summary>
    public TextWriter Output => output;

    /// <summary>Standard error: messages and progress, never results.</summary>
    public TextWriter Errors => errors;

    /// <summary>Raw standard output, for JSON and CSV.</summary>
    public Stream Bytes => bytes;

    /// <summary>Prints released results in the asked form.</summary>
    public void Results(Released released, OutputFormat format)
    {
        if (released.IsConfidential) errors.WriteLine(Product.ConfidentialNotice);
        switch (format)
        {
            case OutputFormat.Json:
                RecordWriter.WriteJson(bytes, released, Call);
                bytes.WriteByte((byte)'\n');
                break;
            case OutputFormat.Csv:
                RecordWriter.WriteCsv(bytes, released);
                break;
            default:
                ResultTable.Write(Ansi(), released);
                break;
        }

        bytes.Flush();
    }

    /// <summary>Prints findings, alike ones together; never a value.</summary>
    public void Findings(IReadOnlyList<Finding> findings)
    {
        foreach (var kind in findings.GroupBy(finding => (finding.Code, finding.File, finding.Column, finding.Field, finding.Expected)))
        {
            var rows = kind.Where(finding => finding.Row is not null).Select(finding => finding.Row!.Value).ToList();
            var where = kind.Key.Column is { } column ? $", column {column}" : kind.Key.Field is { } field ? $", column {field}" : "";
            var which = rows.Count == 0 ? "" : $", row{(rows.Count == 1 ? "" : "s")} {string.Join(", ", rows.Take(RowsPerFinding))}{(rows.Count > RowsPerFinding ? $" and {rows.Count - RowsPerFinding} more" : "")}";
            errors.WriteLine($"{kind.Key.Code}: {kind.Key.File}{where}{which}: expected {kind.Key.Expected}");
        }

        errors.WriteLine($"{findings.Count} finding{(findings.Count == 1 ? "" : "s")}");
    }

    /// <summary>A console for tables: plain when redirected.</summary>
    public IAnsiConsole Ansi()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        // A redirected table must not be folded at 80 columns: names would break.
        if (Console.IsOutputRedirected) console.Profile.Width = 1000;
        return console;
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
}
