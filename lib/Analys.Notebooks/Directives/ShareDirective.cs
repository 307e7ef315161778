using Analys.Notebooks.Engine;

namespace Analys.Notebooks.Directives;

/// <summary><c>#!share --from csharp x --as y</c> and <c>#!table NAME x</c>: a variable of one language given to another.</summary>
internal static class ShareDirective
{
    public static Task RunAsync(DirectiveCall call)
    {
        if (call.Line.Words is not [var name]) throw CellException.Directive("#!share --from LANGUAGE VARIABLE [--as NAME]: name one variable.");
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
