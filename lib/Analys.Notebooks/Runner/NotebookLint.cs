using System.Text.RegularExpressions;
using Analys.Notebooks.Engine;

namespace Analys.Notebooks.Runner;

/// <summary>Something in a notebook that will surprise its next reader.</summary>
/// <param name="Code">
/// A stable name: <c>missing-magic</c>, <c>unknown-magic</c>, <c>execution-order</c>, <c>absolute-path</c>, <c>outputs</c>,
/// <c>secure-output</c>, <c>error-output</c>.
/// </param>
/// <param name="Position">The cell's place among all cells, from 1.</param>
/// <param name="Id">The cell's id.</param>
/// <param name="Line">The line of the cell, from 1; null where it is the cell as a whole.</param>
/// <param name="Message">What is wrong, and what to do.</param>
internal sealed record LintFinding(string Code, int Position, string Id, int? Line, string Message);

/// <summary>Reads a notebook for what will surprise its next reader, without running it.</summary>
internal static partial class NotebookLint
{
    private static readonly string[] Languages = ["csharp", "fsharp", "sql", "markdown", "html"];

    /// <summary>All findings, in the order of the cells.</summary>
    /// <param name="path">The notebook.</param>
    /// <param name="outputsAllowed">Whether the notebook may hold outputs; those kept in git should not.</param>
    /// <exception cref="InvalidDataException">The file is no notebook.</exception>
    public static IReadOnlyList<LintFinding> Check(string path, bool outputsAllowed = false)
    {
        var notebook = Notebook.Load(path);
        var findings = new List<LintFinding>();
        var last = 0;
        foreach (var cell in notebook.CodeCells)
        {
            void Add(string code, int? line, string message) =>
                findings.Add(new LintFinding(code, notebook.Cells.IndexOf(cell) + 1, cell.Id, line, message));
            Language(cell, Add);
            Lines(cell, Add);
            if (!outputsAllowed && cell.Outputs.Count > 0)
                Add("outputs", null, "The cell has outputs; strip the notebook before it goes into git.");
            if (NotebookStrip.IsSecure(cell))
                Add("secure-output", null, "The cell was run in a secure session: its outputs may be confidential and must be stripped.");
            if (!cell.Tags.Contains("raises-exception") && cell.Outputs.Any(output => (string?)output?["output_type"] == "error"))
                Add("error-output", null, "The cell failed in its last run.");
            if (cell.ExecutionCount is not { } count) continue;
            if (count <= last) Add("execution-order", null, "The cell was run out of order; restart and run all.");
            last = count;
        }
        return findings;
    }

    // VS Code keeps a cell's language in metadata that no other front end sends to the kernel, so the magic must be in the text.
    private static void Language(NotebookCell cell, Action<string, int?, string> add)
    {
        var meta = (string?)cell.Metadata["polyglot_notebook"]?["kernelName"] ?? (string?)cell.Metadata["dotnet_interactive"]?["language"]
            ?? (string?)cell.Metadata["vscode"]?["languageId"];
        var hasMagic = cell.Source.Split('\n')
            .Any(line => DirectiveLine.Is(line) && DirectiveTable.Find(line.TrimEnd().Split(' ')[0]) is null);
        if (hasMagic) return;
        if (meta is not null && meta is not ("csharp" or "dotnet-interactive.csharp" or "polyglot-notebook"))
            add("missing-magic", 1, $"The cell's metadata says {meta}; its first line must be #!{meta} for other front ends.");
        else if (Sql().IsMatch(cell.Source))
            add("missing-magic", 1, "The cell looks like SQL; its first line must be #!sql or #!sql-NAME.");
    }

    private static void Lines(NotebookCell cell, Action<string, int?, string> add)
    {
        var lines = cell.Source.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (AbsolutePath().IsMatch(lines[i]))
                add("absolute-path", i + 1, "An absolute path is found on one machine only; write it relative to the notebook.");
            if (!DirectiveLine.Is(lines[i])) continue;
            var name = lines[i].TrimEnd().Split(' ')[0];
            var known = DirectiveTable.Find(name) is not null || Languages.Contains(name[2..])
                || name.StartsWith("#!sql-", StringComparison.Ordinal);
            if (!known) add("unknown-magic", i + 1, $"{name} is neither a language nor a directive.");
        }
    }

    [GeneratedRegex(@"""(/(home|Users|root|tmp|mnt|media|var|opt|srv|data)/|[A-Za-z]:\\|[A-Za-z]:/|\\\\|file://)")]
    private static partial Regex AbsolutePath();

    [GeneratedRegex(
        @"\A\s*(SELECT\s.+\sFROM\s|WITH\s+\w+\s+AS\s*\(|CREATE\s+(TABLE|VIEW)\s|INSERT\s+INTO\s)",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Sql();
}
