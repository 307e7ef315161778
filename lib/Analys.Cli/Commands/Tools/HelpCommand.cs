using System.CommandLine;
using Analys.Cli.Completion;
using Analys.Cli.Help;
using Analys.Domain;

namespace Analys.Cli.Commands.Tools;

/// <summary><c>analys help [TOPIC|COMMAND]</c>: what there is to say beside the help of each command.</summary>
internal static class HelpCommand
{
    public static Command Create(Terminal terminal)
    {
        var topic = new Argument<string[]>("TOPIC")
        {
            Description = $"A topic ({string.Join(", ", HelpTopics.Names)}) or a command",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("help", "Help on a topic or a command") { topic };
        command.SetAction(call =>
        {
            string[] asked = call.GetValue(topic) ?? [];
            if (asked is [var one] && HelpTopics.Names.Contains(one))
            {
                HelpTopics.Write(one, terminal.Output, terminal.Screen);
                return;
            }

            if (asked.Length > 0 && !CommandList.Names.Contains(asked[0]))
            {
                string[] known = [.. HelpTopics.Names, .. CommandList.Names];
                throw new CallException($"There is no help on {asked[0]}.{Nearest.Hint(asked[0], known)} Topics are {string.Join(", "
                    + "", HelpTopics.Names)}; "
                    + "and every command.");
            }

            HelpPage.Write(CommandList.Root(terminal, asked), asked, terminal.Output, terminal.Screen);
        });
        return command;
    }
}

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
