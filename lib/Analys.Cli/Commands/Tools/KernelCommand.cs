using System.CommandLine;
using Analys.Notebooks.Jupyter;

namespace Analys.Cli.Commands.Tools;

/// <summary><c>analys kernel install|uninstall|run</c>: C# notebooks in VS Code and JupyterLab.</summary>
internal static class KernelCommand
{
    public static Command Create(Terminal terminal) =>
        new("kernel", "The Jupyter kernel for C# notebooks") { Install(terminal), Uninstall(terminal), Run(terminal) };

    private static Option<string?> Folder() =>
        new("--directory") { Description = "The Jupyter folder in which kernels lies; the user's own when it is left out" };

    private static Command Install(Terminal terminal)
    {
        var folder = Folder();
        var command = new Command("install", "Let VS Code and JupyterLab find the kernel, for this user") { folder };
        command.SetAction(call =>
            terminal.Output.WriteLine(KernelSpec.Install([.. Self(), "kernel", "run", "--connection-file", "{connection_file}"],
                call.GetValue(folder))));
        return command;
    }

    private static Command Uninstall(Terminal terminal)
    {
        var folder = Folder();
        var command = new Command("uninstall", "Remove the kernel, and put back what stood there before") { folder };
        command.SetAction(call => terminal.Say(KernelSpec.Uninstall(call.GetValue(folder)) ? "removed" : "there was none"));
        return command;
    }

    private static Command Run(Terminal terminal)
    {
        var file = new Option<string>("--connection-file") { Description = "The file that Jupyter wrote", Required = true };
        var command = new Command("run", "Run the kernel; Jupyter does this") { file };
        command.SetAction((call, cancel) =>
        {
            // A kernel is no work that comes to an end: how long it has run is nobody's concern.
            terminal.Progress?.Dispose();
            return JupyterKernel.RunAsync(call.GetRequiredValue(file), cancellation: cancel);
        });
        return command;
    }

    // An installed tool has a launcher of its own; dotnet run and dotnet analys.dll go through dotnet.
    private static IEnumerable<string> Self()
    {
        var process = Environment.ProcessPath ?? "dotnet";
        var isDotnet = Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return isDotnet ? [process, typeof(KernelCommand).Assembly.Location] : [process];
    }
}
