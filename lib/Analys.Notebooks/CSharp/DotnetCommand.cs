using System.Diagnostics;

namespace Analys.Notebooks.CSharp;

/// <summary>Calls the .NET SDK.</summary>
internal static class DotnetCommand
{
    /// <summary>Runs a command to its end; what it printed if it failed, null if it did not.</summary>
    public static async Task<string?> RunAsync(string directory, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Executable(), arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            var printed = await output.ConfigureAwait(false) + await errors.ConfigureAwait(false);
            return process.ExitCode == 0 ? null : printed.Replace(directory + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Trim();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static string Executable()
    {
        // The host that runs this process is the surest; the command may also be started by a launcher of its own.
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        if (Path.GetFileName(Environment.ProcessPath) == name) return Environment.ProcessPath!;
        var root = Path.GetFullPath(Path.Combine(FrameworkReferences.Directory, "..", "..", ".."));
        var beside = Path.Combine(root, name);
        return File.Exists(beside) ? beside : name;
    }
}
