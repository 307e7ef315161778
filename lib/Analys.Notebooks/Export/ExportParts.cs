using System.Globalization;
using Analys.Notebooks.CSharp;
using Analys.Notebooks.Engine;
using Analys.Notebooks.Runner;
using Microsoft.CodeAnalysis.CSharp;

namespace Analys.Notebooks.Export;

/// <summary>Reads a notebook as the parts of a program, directives turned into code.</summary>
internal sealed class ExportParts(string directory)
{
    private readonly List<ExportPart> parts = [];
    private int cellNumber;

    public IReadOnlyList<ExportPart> Read(Notebook notebook)
    {
        foreach (var cell in notebook.Cells)
        {
            if (!cell.IsCode) parts.Add(new ExportPart(ExportKind.Comment, cell.Source, 0, 1));
            else if (!string.IsNullOrWhiteSpace(cell.Source) && !cell.Tags.Contains("skip-execution")) ReadCell(cell.Source, ++cellNumber);
        }
        return parts;
    }

    private void ReadCell(string source, int number, string language = "csharp")
    {
        IReadOnlyDictionary<string, string> options = new Dictionary<string, string>();
        var lines = source.ReplaceLineEndings("\n").Split('\n');
        var first = 0;
        for (var i = 0; i <= lines.Length; i++)
        {
            if (i < lines.Length && !DirectiveLine.Is(lines[i])) continue;
            AddCode(language, string.Join('\n', lines[first..i]), number, first + 1, options);
            first = i + 1;
            if (i == lines.Length) return;
            var line = DirectiveLine.Parse(lines[i], i + 1);
            if (DirectiveTable.Find(line.Name) is null) (language, options) = (line.Name[2..], line.Options);
            else AddDirective(line, language, number);
        }
    }

    private void AddCode(string language, string text, int number, int line, IReadOnlyDictionary<string, string> options)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        switch (language)
        {
            case "csharp":
                foreach (var load in ScriptHead.Take(text).Lines.Where(head => head.Kind == ScriptHeadKind.Load))
                    parts.Add(new ExportPart(ExportKind.Code, File.ReadAllText(NotebookPaths.Find(load.Argument, directory)), number, 1));
                parts.Add(new ExportPart(ExportKind.Code, text, number, line));
                break;
            case "markdown" or "html":
                parts.Add(new ExportPart(ExportKind.Comment, text, number, line));
                break;
            case var sql when sql == "sql" || sql.StartsWith("sql-", StringComparison.Ordinal):
                var result = options.GetValueOrDefault("--name");
                parts.Add(new ExportPart(ExportKind.Sql, text, number, line) { Database = sql, ResultName = result });
                break;
            default:
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture, $"Cell {number} is {language}; a program can be made of C#, SQL, Markdown and HTML."));
        }
    }

    private void AddDirective(DirectiveLine line, string language, int number)
    {
        switch (line.Name)
        {
            case "#!connect" when line.Words is [_, var connection]:
                Glue($"NotebookSql.Connect({Quote("sql-" + line.Option("--kernel-name"))}, {Quote(connection)});", number, line);
                break;
            case "#!table" when line.Words.Count is 1 or 2:
                Glue($"NotebookSql.Set(\"sql\", {Quote(line.Words[0])}, ${line.Words[^1]}$);", number, line);
                break;
            case "#!share" when line.Words is [var name]:
                Share(line.Option("--from"), name, language, line.Options.GetValueOrDefault("--as") ?? name, number, line);
                break;
            case "#!set":
                var value = line.Option("--value");
                if (value.StartsWith("@input:", StringComparison.Ordinal) || value.StartsWith("@password:", StringComparison.Ordinal))
                    Assign(language, line.Option("--name"), "(System.Console.ReadLine() ?? \"\")", number, line);
                else if (value.Split(':', 2) is [['@', .. var from], var variable])
                    Share(from, variable, language, line.Option("--name"), number, line);
                else if (value.StartsWith('@')) Share("csharp", value[1..], language, line.Option("--name"), number, line);
                else Assign(language, line.Option("--name"), Quote(value), number, line);
                break;
            case "#!import" when line.Words is [var file]:
                Import(NotebookPaths.Find(file, directory), language, number);
                break;
        }
    }

    private void Share(string from, string name, string to, string target, int number, DirectiveLine line)
    {
        if (from == "csharp") Assign(to, target, $"${name}$", number, line);
        else if (from.StartsWith("sql", StringComparison.Ordinal))
            Assign(to, target, $"NotebookSql.Result({Quote(from)}, {Quote(name)})", number, line);
        else
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"Cell {number} takes a value from {from}; a program can be made of C# and SQL."));
    }

    private void Assign(string language, string name, string value, int number, DirectiveLine line)
    {
        if (language.StartsWith("sql", StringComparison.Ordinal))
            Glue($"NotebookSql.Set({Quote(language)}, {Quote(name)}, {value});", number, line);
        else if (value.StartsWith("NotebookSql", StringComparison.Ordinal))
            parts.Add(new ExportPart(ExportKind.Code, $"System.Data.DataTable {name} = {value};", number, line.Number));
        else parts.Add(new ExportPart(ExportKind.Code, $"var {name} = {value.Trim('$')};", number, line.Number));
    }

    private void Import(string path, string language, int number)
    {
        if (Path.GetExtension(path) == ".ipynb")
        {
            foreach (var cell in Notebook.Load(path).CodeCells) ReadCell(cell.Source, number);
            return;
        }
        var kind = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".cs" or ".csx" => "csharp",
            ".sql" => language.StartsWith("sql", StringComparison.Ordinal) ? language : "sql",
            ".md" => "markdown",
            ".html" or ".htm" => "html",
            var other => other.TrimStart('.'),
        };
        ReadCell(File.ReadAllText(path), number, kind);
    }

    private void Glue(string code, int number, DirectiveLine line) => parts.Add(new ExportPart(ExportKind.Glue, code, number, line.Number));

    private static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}

/// <summary>A part of a notebook on its way to a program.</summary>
/// <param name="Kind">What the part is.</param>
/// <param name="Text">Its code or text.</param>
/// <param name="Cell">The number of the code cell that it is from; 0 for a text cell.</param>
/// <param name="FirstLine">The line of the cell on which it begins.</param>
internal sealed record ExportPart(ExportKind Kind, string Text, int Cell, int FirstLine)
{
    /// <summary>The language of SQL: <c>sql</c> or <c>sql-NAME</c>.</summary>
    public string Database { get; init; } = "";

    /// <summary>The name under which a result of SQL is kept.</summary>
    public string? ResultName { get; init; }
}

/// <summary>What a part of a notebook becomes in a program.</summary>
internal enum ExportKind
{
    /// <summary>C#, which is compiled to find what its names mean.</summary>
    Code,

    /// <summary>C# that the export itself makes, and in which <c>$0</c> stands for a variable of the notebook.</summary>
    Glue,

    /// <summary>A query.</summary>
    Sql,

    /// <summary>Prose.</summary>
    Comment,
}
