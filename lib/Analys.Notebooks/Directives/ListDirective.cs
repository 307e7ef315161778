namespace Analys.Notebooks.Directives;

/// <summary><c>#!lsmagic</c></summary>
internal static class ListDirective
{
    private sealed record Row(string Name, string Usage, string Summary);

    public static Task RunAsync(DirectiveCall call)
    {
        var languages = call.Session.Languages.Select(language => new Row("#!" + language.Name, string.Join(' ', language.Options.Select(option => $"[{option} …]")), language.Summary));
        var directives = DirectiveTable.All.Select(directive => new Row(directive.Name, directive.Usage, directive.Summary));
        call.Context.Display(languages.Concat(directives).ToList());
        return Task.CompletedTask;
    }
}
