using Microsoft.Playwright;

namespace Analys.Cli.Tests.Report;

/// <summary>The report in Debian's Chromium, at a desk's and a phone's width; skipped, with a word, where there is no Chromium.</summary>
public sealed class BrowserTests(ReportFixture report) : IClassFixture<ReportFixture>
{
    [ChromiumFact]
    public async Task Nothing_overflows_at_1280_and_390_pixels()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = ChromiumFactAttribute.Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
        var requests = new List<string>();
        foreach (var width in (int[])[1280, 390])
        {
            var page =
                await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = 900 } });
            page.Request += (_, request) => requests.Add(request.Url);
            await page.GotoAsync(new Uri(report.File("sv")).AbsoluteUri);
            Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            var tooWide =
                await page.EvaluateAsync<string[]>(
                    "[...document.querySelectorAll('svg,p,h1,h2,h3,li')].filter(e => e.getBoundingClientRect().right > window.innerWidth "
                        + "+ 1).map(e => e.tagName + ' ' + e.textContent.slice(0, 40))");
            Assert.Empty(tooWide);
            var small =
                await page.EvaluateAsync<string[]>(
                    "[...document.querySelectorAll('svg text')].filter(e => e.getBoundingClientRect().width > 0).map(e => "
                        + "[parseFloat(getComputedStyle(e).fontSize) * Math.hypot(e.getCTM().a, e.getCTM().b), e]).filter(([size]) => "
                        + "size < 10.9).map(([size, e]) => e.closest('figure').id + ' ' + size.toFixed(1))");
            Assert.Empty(small);
            var picture =
                await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true,
                    Path = Path.Combine(report.Folder("sv"), $"{width}.png") });
            Assert.True(picture.Length > 50_000);
            await page.CloseAsync();
        }

        Assert.All(requests, url => Assert.StartsWith("file:", url, StringComparison.Ordinal));
    }
}
