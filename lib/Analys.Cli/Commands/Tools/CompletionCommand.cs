using System.CommandLine;
using Analys.Cli.Completion;

namespace Analys.Cli.Commands.Tools;

/// <summary><c>analys completion SHELL</c>: the script that lets a shell complete commands, options and what they take.</summary>
internal static class CompletionCommand
{
    public static Command Create(Terminal terminal)
    {
        var shell = new Argument<string>("SHELL") { Description = string.Join(", ", CompletionScripts.Shells) };
        shell.AcceptOnlyFromAmong([.. CompletionScripts.Shells]);
        var command = new Command("completion", "The script that lets a shell complete commands, options, measures, areas and "
            + "columns") { shell };
        command.SetAction(call => terminal.Output.WriteLine(CompletionScripts.Of(call.GetRequiredValue(shell))));
        return command;
    }
}
