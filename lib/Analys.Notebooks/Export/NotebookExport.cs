using System.Globalization;
using System.Text.RegularExpressions;
using Analys.Notebooks.CSharp;
using Analys.Notebooks.Engine;
using Analys.Notebooks.Nbformat;
using Microsoft.CodeAnalysis.CSharp;

namespace Analys.Notebooks.Export;

/// <summary>Makes a program of a notebook: one file for <c>dotnet run FILE.cs</c>, which needs nothing of this library.</summary>
public static partial class NotebookExport
{
    /// <summary>Writes the program. Tables and values are printed as text; C#, SQL and prose are taken along.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="program">The C# file to write.</param>
    /// <param name="cancellation">Stops the restore of packages.</param>
    /// <exception cref="InvalidDataException">The file is no notebook, or holds what a program cannot: F#, for one.</exception>
    /// <exception cref="CellException">The notebook's C# does not compile.</exception>
    public static async Task WriteAsync(string notebook, string program, CancellationToken cancellation = default)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(notebook))!;
        var target = Path.GetFullPath(program);
        var parts = new ExportParts(directory).Read(Notebook.Load(notebook));
        var head = new ProgramHead(Path.GetDirectoryName(target)!, directory);
        var chain = new ScriptChain();
        var names = new ScriptNames(chain);
        var text = new ProgramText();
        foreach (var space in DefaultUsings.Namespaces) text.Using($"using {space};");
        text.Using("using static NotebookProgram;");
        text.Statement($"NotebookProgram.Start({SymbolDisplay.FormatLiteral(head.WorkingDirectory, quote: true)});");
        names.Rename(ScriptChain.Parse("class NotebookSql { public static System.Data.DataTable Result(string database, string name) => null; }", "program"));
        foreach (var part in parts)
        {
            cancellation.ThrowIfCancellationRequested();
            switch (part.Kind)
            {
                case ExportKind.Comment:
                    text.Comment(part.Text);
                    break;
                case ExportKind.Glue:
                    text.Statement(Variable().Replace(part.Text, match => names.Newest.GetValueOrDefault(match.Groups[1].Value) ?? match.Groups[1].Value));
                    break;
                case ExportKind.Sql:
                    Sql(part, names, text);
                    break;
                default:
                    var script = ScriptHead.Take(part.Text);
                    await head.ReferAsync(script, chain, cancellation).ConfigureAwait(false);
                    var source = string.Create(CultureInfo.InvariantCulture, $"cell {part.Cell}");
                    text.Script(names.Rename(ScriptChain.Parse(new string('\n', part.FirstLine - 1) + script.Rest, source)), part.Cell);
                    break;
            }
        }
        var usesSql = parts.Any(part => part.Kind is ExportKind.Sql or ExportKind.Glue);
        WholeFile.Write(target, head.Build(usesSql) + text.Build() + ProgramRuntime.Text(usesSql));
    }

    private static void Sql(ExportPart part, ScriptNames names, ProgramText text)
    {
        text.Statement(string.Create(CultureInfo.InvariantCulture, $"\n// cell {part.Cell}"));
        // As in a notebook, #!sql finds a variable by the name of the table.
        var words = Word().Matches(part.Text).Select(match => match.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, present) in names.Newest.Where(name => part.Database == "sql" && words.Contains(name.Key)))
            text.Statement($"NotebookSql.Offer({Quote(name)}, {present});");
        var result = part.ResultName is { } given ? Quote(given) : "null";
        text.Statement($"NotebookSql.Run({Quote(part.Database)}, {Quote(part.Text)}, {result});");
    }

    private static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    [GeneratedRegex(@"\$(\w+)\$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
