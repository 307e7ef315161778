using Analys.Notebooks.Engine;

namespace Analys.Notebooks.Directives;

/// <summary>A line that speaks to the engine and not to a language. The same record serves the parser, completion and help.</summary>
/// <param name="Name">As it is written: <c>#!share</c>, <c>#r</c>.</param>
/// <param name="Usage">What may follow the name.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Options">The options that it takes, with their two dashes.</param>
/// <param name="RunAsync">What happens; null where a language sees to the line itself.</param>
internal sealed record Directive(
    string Name, string Usage, string Summary, IReadOnlyList<string> Options, Func<DirectiveCall, Task>? RunAsync);

/// <summary>A directive as it stands in a cell.</summary>
/// <param name="Line">The line with its words.</param>
/// <param name="Language">The language in force where it stands.</param>
/// <param name="Context">The run of the cell.</param>
internal sealed record DirectiveCall(DirectiveLine Line, CellLanguage Language, CellContext Context)
{
    public NotebookSession Session => Context.Session;
}
