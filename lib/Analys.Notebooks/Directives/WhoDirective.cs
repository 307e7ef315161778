using Analys.Notebooks.CSharp;
using Analys.Notebooks.Display;

namespace Analys.Notebooks.Directives;

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
        var rows = call.Language.Variables.Select(variable => new Row(variable.Name, TypeText.Short(variable.Type), ValueText.Of(variable.Value))).ToList();
        if (rows.Count == 0) call.Context.Streams.Write("stdout", "There are no variables.\n");
        else call.Context.Display(rows);
        return Task.CompletedTask;
    }
}
