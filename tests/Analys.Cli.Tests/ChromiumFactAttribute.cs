namespace Analys.Cli.Tests;

/// <summary>A test in Debian's Chromium; skipped, with a word, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public const string Chromium = "/usr/bin/chromium";

    public ChromiumFactAttribute()
    {
        if (!File.Exists(Chromium)) Skip = "Chromium is not installed.";
        else if (!Directory.Exists(Path.Combine(AppContext.BaseDirectory, ".playwright")))
            Skip = "Playwright's driver is not beside the tests.";
    }
}
