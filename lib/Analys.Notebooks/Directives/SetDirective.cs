namespace Analys.Notebooks.Directives;

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
