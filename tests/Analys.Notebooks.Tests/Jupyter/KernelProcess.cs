using System.Diagnostics;

namespace Analys.Notebooks.Tests.Jupyter;

/// <summary>A kernel in a process of its own.</summary>
internal sealed class KernelProcess : IDisposable
{
    public KernelProcess(string connectionFile, string? launcher = null)
    {
        // With a launcher the kernel is the child of a shell, which can then be killed over its head.
        var start = launcher is null
            ? new ProcessStartInfo("dotnet", [.. Arguments, connectionFile])
            : new ProcessStartInfo("/bin/sh", ["-c", $"dotnet \"{Dll}\" \"{connectionFile}\" & echo $!; wait"])
            {
                RedirectStandardOutput = true,
            };
        start.UseShellExecute = false;
        start.WorkingDirectory = AppContext.BaseDirectory; // this process's own moves with every notebook that another test runs
        start.Environment.Remove("JPY_PARENT_PID");
        Process = Process.Start(start)!;
    }

    public static string Dll { get; } = Path.Combine(AppContext.BaseDirectory, "Analys.Notebooks.KernelProcess.dll");

    public static IReadOnlyList<string> Arguments { get; } = [Dll];

    public Process Process { get; }

    public void Dispose()
    {
        if (!Process.HasExited) Process.Kill(entireProcessTree: true);
        Process.Dispose();
    }
}
