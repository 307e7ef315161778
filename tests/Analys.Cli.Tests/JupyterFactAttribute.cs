using System.Diagnostics;

namespace Analys.Cli.Tests;

/// <summary>A test with Debian's nbconvert; skipped, with a word, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JupyterFactAttribute : FactAttribute
{
    public const string Python = "/usr/bin/python3";

    public JupyterFactAttribute()
    {
        if (!IsThere()) Skip = "python3-nbconvert and python3-nbclient are not installed.";
    }

    private static bool IsThere()
    {
        if (!File.Exists(Python)) return false;
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", "import nbconvert, nbclient, jupyter_client"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
