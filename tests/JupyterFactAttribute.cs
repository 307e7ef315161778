using System.Diagnostics;

namespace Analys.Tests;

/// <summary>A test with Jupyter's own tools; skipped, with a word, where Python does not have them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JupyterFactAttribute : FactAttribute
{
    public JupyterFactAttribute()
    {
        if (Python is null) Skip = "No Python with nbconvert and nbclient was found.";
    }

    // The first python3 on the path may be a user's own without Debian's packages.
    public static string? Python { get; } = Array.Find(["/usr/bin/python3", "python3"], HasJupyter);

    private static bool HasJupyter(string python)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import nbconvert, nbclient, jupyter_client"])
            {
                RedirectStandardError = true,
                WorkingDirectory = AppContext.BaseDirectory,
            })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
