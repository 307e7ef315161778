using System.Globalization;
using Analys.Notebooks.CSharp;
using Analys.Notebooks.Display;
using Analys.Notebooks.Runner;

namespace Analys.Notebooks.Engine;

/// <summary><c>#!connect sqlite --kernel-name NAME "Data Source=…"</c></summary>
internal static class ConnectDirective
{
    public static Task RunAsync(DirectiveCall call)
    {
        if (call.Line.Words is not ["sqlite", var connection])
            throw CellException.Directive("#!connect sqlite --kernel-name NAME \"Data Source=…\" is what can be connected.");
        var name = call.Line.Option("--kernel-name");
        var language = SqlCells.Open("sql-" + name, connection, call.Session);
        call.Session.Add(language);
        call.Context.Streams.Write("stdout", $"#!{language.Name} queries the database.\n");
        return Task.CompletedTask;
    }
}

/// <summary><c>#!set --name x --value @csharp:y</c></summary>
internal static class SetDirective
{
    public static Task RunAsync(DirectiveCall call)
    {
        var value = Value(call, call.Line.Option("--value"));
        return Task.Run(() => call.Language.SetValue(call.Line.Option("--name"), value));
    }

    private static object? Value(DirectiveCall call, string text)
    {
        if (!text.StartsWith('@')) return text;
        var (language, name) = text[1..].Split(':', 2) is [var first, var second] ? (first, second) : ("csharp", text[1..]);
        return language switch
        {
            "input" => call.Session.Ask(call.Context, name, secret: false),
            "password" => call.Session.Ask(call.Context, name, secret: true),
            _ => ShareDirective.Value(call.Session, language, name),
        };
    }
}

/// <summary><c>#!share --from csharp x --as y</c> and <c>#!table NAME x</c>: a variable of one language given to another.</summary>
internal static class ShareDirective
{
    public static Task RunAsync(DirectiveCall call)
    {
        if (call.Line.Words is not [var name])
            throw CellException.Directive("#!share --from LANGUAGE VARIABLE [--as NAME]: name one variable.");
        var value = Value(call.Session, call.Line.Option("--from"), name);
        return Set(call.Language, call.Line.Options.GetValueOrDefault("--as") ?? name, value);
    }

    public static Task TableAsync(DirectiveCall call)
    {
        var (table, variable) = call.Line.Words switch
        {
            [var only] => (only, only),
            [var first, var second] => (first, second),
            _ => throw CellException.Directive("#!table NAME [VARIABLE]: name a table and a variable."),
        };
        var value = Value(call.Session, call.Line.Options.GetValueOrDefault("--from") ?? "csharp", variable);
        return Set(call.Session.Language("sql"), table, value);
    }

    internal static object? Value(NotebookSession session, string language, string name)
    {
        var variables = session.Language(language).Variables;
        return (variables.FirstOrDefault(variable => variable.Name == name)
            ?? throw CellException.Directive($"{language} has no variable '{name}'.")).Value;
    }

    // Loading a large table takes its time, and must not hold up the thread that reads requests.
    private static Task Set(CellLanguage language, string name, object? value) => Task.Run(() => language.SetValue(name, value));
}

/// <summary><c>#!secure</c>: confidential data may be shown to the end of the session, and every output says so.</summary>
internal static class SecureDirective
{
    public static Task RunAsync(DirectiveCall call)
    {
        call.Session.MakeSecure();
        return Task.CompletedTask;
    }
}

/// <summary><c>#!import FILE</c></summary>
internal static class ImportDirective
{
    public static async Task RunAsync(DirectiveCall call)
    {
        if (call.Line.Words is not [var name]) throw CellException.Directive("#!import FILE: name one file.");
        var path = NotebookPaths.Find(name, call.Session.Options.Directory);
        if (Path.GetExtension(path) == ".ipynb")
        {
            foreach (var cell in Notebook.Load(path).CodeCells)
                await call.Session.RunPartAsync(cell.Source, call.Context).ConfigureAwait(false);
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

/// <summary><c>#!time</c></summary>
internal static class TimeDirective
{
    public static Task RunAsync(DirectiveCall call)
    {
        var time = call.Session.Options.Time;
        var start = time.GetTimestamp();
        call.Context.AtEnd(() => call.Context.Streams.Write(
            "stdout", string.Create(CultureInfo.InvariantCulture, $"Wall time: {time.GetElapsedTime(start).TotalMilliseconds:0.0} ms\n")));
        return Task.CompletedTask;
    }
}

/// <summary><c>#!who</c> and <c>#!whos</c></summary>
internal static class WhoDirective
{
    private sealed record Row(string Name, string Type, string Value);

    public static Task NamesAsync(DirectiveCall call)
    {
        call.Context.Streams.Write("stdout", string.Join('\n', call.Language.Variables.Select(variable => variable.Name)) + "\n");
        return Task.CompletedTask;
    }

    public static Task DetailsAsync(DirectiveCall call)
    {
        var rows = call.Language.Variables
            .Select(variable => new Row(variable.Name, TypeText.Short(variable.Type), ValueText.Of(variable.Value)))
            .ToList();
        if (rows.Count == 0) call.Context.Streams.Write("stdout", "There are no variables.\n");
        else call.Context.Display(rows);
        return Task.CompletedTask;
    }
}

/// <summary><c>#!lsmagic</c></summary>
internal static class ListDirective
{
    private sealed record Row(string Name, string Usage, string Summary);

    public static Task RunAsync(DirectiveCall call)
    {
        static string Usage(CellLanguage language) => string.Join(' ', language.Options.Select(option => $"[{option} …]"));
        var languages = call.Session.Languages.Select(language => new Row("#!" + language.Name, Usage(language), language.Summary));
        var directives = DirectiveTable.All.Select(directive => new Row(directive.Name, directive.Usage, directive.Summary));
        call.Context.Display(languages.Concat(directives).ToList());
        return Task.CompletedTask;
    }
}
