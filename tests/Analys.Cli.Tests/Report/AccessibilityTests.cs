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
                JavaScriptEnabled = script,
                ColorScheme = scheme,
                ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
            });
            var page = await context.NewPageAsync();
            await page.GotoAsync(new Uri(report.File(language)).AbsoluteUri);
            Assert.Equal(script, await page.Locator("#pick").IsVisibleAsync());
            // The checker comes by the debugging protocol, which the page's own settings do not bind.
            await page.EvaluateAsync(checker + "; 0");
            var found = await page.EvaluateAsync<string[]>(Run);
            Assert.Empty(found);
        }
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
