using Analys.Notebooks.CSharp;
using Analys.Notebooks.Engine;
using Analys.Notebooks.Nbformat;

namespace Analys.Notebooks.Directives;

/// <summary><c>#!import FILE</c></summary>
internal static class ImportDirective
{
    public static async Task RunAsync(DirectiveCall call)
    {
        if (call.Line.Words is not [var name]) throw CellException.Directive("#!import FILE: name one file.");
        var path = NotebookPaths.Find(name, call.Session.Options.Directory);
        if (Path.GetExtension(path) == ".ipynb")
        {
            foreach (var cell in Notebook.Load(path).CodeCells) await call.Session.RunPartAsync(cell.Source, call.Context).ConfigureAwait(false);
            return;
        }
        var language = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".cs" or ".csx" => "csharp",
            ".fs" or ".fsx" => "fsharp",
            ".md" => "markdown",
            ".html" or ".htm" => "html",
            ".sql" => call.Language.Name.StartsWith("sql", StringComparison.Ordinal) ? call.Language.Name : "sql",
            _ => throw CellException.Directive("#!import takes .cs, .csx, .fs, .fsx, .sql, .md, .html and .ipynb."),
        };
        var code = await File.ReadAllTextAsync(path, call.Context.Interrupted).ConfigureAwait(false);
        await call.Session.RunPartAsync($"#!{language}\n{code}", call.Context).ConfigureAwait(false);
    }
}
