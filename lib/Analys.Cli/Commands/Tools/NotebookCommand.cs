using System.CommandLine;
using Analys.Domain;
using Analys.Notebooks.Engine;
using Analys.Notebooks.Export;
using Analys.Notebooks.Runner;

namespace Analys.Cli.Commands.Tools;

/// <summary><c>analys notebook run|stale|strip|lint|export</c>: notebooks without Python.</summary>
internal static class NotebookCommand
{
    public static Command Create(Terminal terminal) => new("notebook", "Run, check and export notebooks")
    {
        Run(terminal), Stale(terminal), Strip(terminal), Lint(terminal), Export(terminal),
    };

    private static Argument<string[]> Files() => new("FILES") { Description = "Notebooks (.ipynb)", Arity = ArgumentArity.OneOrMore };

    private static Command Run(Terminal terminal)
    {
        var files = Files();
        var parameter = new Option<string[]>("--parameter",
            "-p")
        { Description = "k=v: a value for a variable of the cell tagged parameters", DefaultValueFactory = _ => [] };
        var output = new Option<string?>("--out")
        {
            Description =
            "The folder to write the notebooks with their outputs to; over the notebooks themselves when it is left out"
        };
        var timeout = new Option<int?>("--timeout") { Description = "Seconds that a cell may take" };
        var secure = new Option<bool>("--secure") { Description = "Let confidential data be shown; every output is marked" };
        var command = new Command("run", "Run notebooks cell by cell; ends with 1 at the first cell that fails, and keeps the outputs")
        {
            files, parameter, output, timeout, secure,
        };
        command.SetAction(async (call, cancel) =>
        {
            var parameters = (call.GetValue(parameter) ?? []).Select(Pair).ToDictionary();
            string[] notebooks = [.. Existing(call.GetRequiredValue(files))];
            var work = Work.Of("notebooks", notebooks.Length);
            foreach (var file in notebooks)
            {
                // The folder is made when the first notebook is whole.
                var target = call.GetValue(output) is { } folder ? Path.Combine(folder, Path.GetFileName(file)) : null;
                var result = await NotebookRunner.RunAsync(file, new RunOptions
                {
                    Output = target,
                    Parameters = parameters,
                    Secure = call.GetValue(secure),
                    CellTimeout = call.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                }, cancel);
                if (result.Failure is { } failure)
                {
                    await terminal.Errors.WriteLineAsync(failure.ToString());
                    return ExitCode.DataIsWrong;
                }

                work.Step();
                await terminal.Output.WriteLineAsync(
                    FormattableString.Invariant($"{Path.GetFileName(file)}: {result.Cells} cells in {result.Elapsed.TotalSeconds:0.0} s"));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Command Stale(Terminal terminal)
    {
        var files = Files();
        var command = new Command("stale", "Name the cells whose outputs no longer belong to their code") { files };
        command.SetAction(call =>
        {
            var stale = 0;
            foreach (var file in Existing(call.GetRequiredValue(files)))
            {
                var report = NotebookStale.Check(file);
                foreach (var cell in report.Cells)
                    terminal.Output.WriteLine($"{Path.GetFileName(file)}: cell {cell.Position} ({cell.Id}): {cell.Reason}");
                foreach (var input in report.ChangedInputs) terminal.Output.WriteLine($"{Path.GetFileName(file)}: {input} has changed");
                stale += report.Cells.Count + report.ChangedInputs.Count;
            }

            return stale == 0 ? ExitCode.Done : ExitCode.DataIsWrong;
        });
        return command;
    }

    private static Command Strip(Terminal terminal)
    {
        var files = Files();
        var secure = new Option<bool>("--secure") { Description = "Remove only what was put out in a secure session" };
        var command = new Command("strip", "Remove outputs and execution counts, as notebooks stand in git") { files, secure };
        command.SetAction(call =>
        {
            foreach (var file in Existing(call.GetRequiredValue(files)))
            {
                var found = call.GetValue(secure) ? NotebookStrip.ApplySecure(file) : NotebookStrip.Apply(file);
                terminal.Output.WriteLine($"{Path.GetFileName(file)}: {(found ? "stripped" : "nothing to strip")}");
            }
        });
        return command;
    }

    private static Command Lint(Terminal terminal)
    {
        var files = Files();
        var allowed = new Option<bool>("--outputs-allowed") { Description = "Do not report outputs" };
        var command =
            new Command("lint", "Find non-C# cells without their magic line, out-of-order execution counts, absolute paths, outputs") {
                files, allowed };
        command.SetAction(call =>
        {
            var count = 0;
            foreach (var file in Existing(call.GetRequiredValue(files)))
            {
                foreach (var finding in NotebookLint.Check(file, call.GetValue(allowed)))
                {
                    terminal.Output.WriteLine(
                        $"{Path.GetFileName(file)}: cell {finding.Position}{(finding.Line is { } line ? $", line {line}" : "")}: "
                            + $"{finding.Code}: {finding.Message}");
                    count++;
                }
            }

            return count == 0 ? ExitCode.Done : ExitCode.DataIsWrong;
        });
        return command;
    }

    private static Command Export(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "A notebook (.ipynb)" };
        var output = new Option<string?>("--out") { Description = "The C# file to write; beside the notebook when it is left out" };
        var command = new Command("export", "Write a program for dotnet run FILE.cs that runs alone") { file, output };
        command.SetAction(async (call, cancel) =>
        {
            var notebook = Existing([call.GetRequiredValue(file)]).Single();
            var program = call.GetValue(output) ?? Path.ChangeExtension(notebook, ".cs");
            try
            {
                await NotebookExport.WriteAsync(notebook, program, cancel);
            }
            catch (CellException e)
            {
                throw new CallException(e.Message);
            }

            await terminal.Output.WriteLineAsync(program);
        });
        return command;
    }

    private static IEnumerable<string> Existing(IEnumerable<string> files) =>
        files.Select(file => File.Exists(file) ? file : throw new CallException($"There is no notebook {Path.GetFileName(file)}."));

    private static KeyValuePair<string, string> Pair(string text) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
        ? new(text[..at], text[(at + 1)..])
        : throw new CallException("A parameter is written name=value.");
}
