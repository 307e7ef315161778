using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Analys.Cli.Tests.Report;

/// <summary>The report under axe-core: no violation in either language, whether the page's script runs or not, in light and in dark.</summary>
public sealed class AccessibilityTests(ReportFixture report) : IClassFixture<ReportFixture>
{
    [ChromiumFact]
    public async Task No_violation_in_either_language_with_script_and_without()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = ChromiumFactAttribute.Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
        var checker = new BundledAxeScriptProvider().GetScript();
        foreach (var (language, script, scheme) in ((string, bool, ColorScheme)[])
            [("sv", true, ColorScheme.Light), ("sv", false, ColorScheme.Dark), ("en", true, ColorScheme.Dark),
                ("en", false, ColorScheme.Light)])
        {
            await using var context = await browser.NewContextAsync(new BrowserNewContextOptions
            {
                ColorScheme = scheme,
                ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
            });
            var page = await context.NewPageAsync();
            var file = script ? report.File(language) : WithoutScript(report.File(language));
            await page.GotoAsync(new Uri(file).AbsoluteUri);
            Assert.Equal(script, await page.Locator("#pick").IsVisibleAsync());
            // The checker comes by the debugging protocol, which the page's own settings do not bind.
            await page.EvaluateAsync(checker + "; 0");
            var found = await page.EvaluateAsync<string[]>(Run);
            Assert.Empty(found);
        }
    }

    // A browser whose script is turned off runs no checker to its end either: it waits for timers that never come. Here the page forbids
    // its own script, and the browser keeps to it.
    private static string WithoutScript(string file)
    {
        var copy = Path.ChangeExtension(file, ".noscript.html");
        File.WriteAllText(copy, File.ReadAllText(file).Replace("<meta charset=\"utf-8\">",
            "<meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'none'\">",
            StringComparison.Ordinal));
        return copy;
    }

    // Every rule that axe knows for WCAG 2.2 and its own of good practice; the number of passes shows that it looked.
    private const string Run = """
        async () => {
          const result = await axe.run(document, { resultTypes: ['violations'] });
          const seen = result.passes.length;
          return [...(seen > 20 ? [] : [`only ${seen} rules looked at anything`]), ...result.violations.flatMap(violation =>
            violation.nodes.slice(0, 3).map(node => `${violation.id}: ${node.target.join(' ')}`))];
        }
        """;
}
