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
                await page.ScreenshotAsync(new PageScreenshotOptions
                {
                    FullPage = true,
                    Path = Path.Combine(report.Folder("sv"), $"{width}.png")
                });
            Assert.True(picture.Length > 50_000);
            await page.CloseAsync();
        }

        Assert.All(requests, url => Assert.StartsWith("file:", url, StringComparison.Ordinal));
    }

    [ChromiumFact]
    public async Task The_page_is_worked_by_keyboard_and_keeps_the_area_in_its_address()
    {
        await using var session = await Session.Open(report.File("sv"));
        var page = session.Page;
        await page.FocusAsync("#area");
        await page.Keyboard.TypeAsync("Farsta");
        await page.Keyboard.PressAsync("Enter");
        Assert.EndsWith("#farsta", page.Url, StringComparison.Ordinal);
        Assert.True(await page.Locator("svg .bar.on").CountAsync() >= 2);
        Assert.True(await page.Locator("tr.on").CountAsync() >= 3);
        Assert.StartsWith("Farsta: 3,5", await page.Locator("#barn-bistand-stadsdelsomraden .figure-pick").TextContentAsync());
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('details.profile.on').open"));
        // An address that was sent marks the same.
        await page.GotoAsync("about:blank");
        await page.GotoAsync(new Uri(report.File("sv")).AbsoluteUri + "#farsta");
        Assert.True(await page.Locator("svg .bar.on").CountAsync() >= 2);
        // The arrow keys read the figure's table, mark by mark.
        await page.FocusAsync("#barn-bistand-stadsdelsomraden .figure-picture");
        await page.Keyboard.PressAsync("Home");
        var first = await page.Locator("#tip").InnerTextAsync();
        Assert.StartsWith("Rinkeby-Kista", first, StringComparison.Ordinal);
        Assert.Contains("10,8", first, StringComparison.Ordinal);
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.StartsWith("Spånga-Tensta", await page.Locator("#tip").InnerTextAsync(), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Escape");
        Assert.False(await page.Locator("#tip").IsVisibleAsync());
    }

    [ChromiumFact]
    public async Task Tab_reaches_all_that_a_mouse_does_and_shows_where_it_is()
    {
        await using var session = await Session.Open(report.File("en"));
        var page = session.Page;
        var reached = new HashSet<string>();
        var unseen = new List<string>();
        for (var i = 0; i < 400; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var at = await page.EvaluateAsync<string[]>(Focus);
            if (at.Length == 0 || !reached.Add(at[0])) break;
            if (at[1] != "seen") unseen.Add(at[0]);
        }

        Assert.Empty(unseen);
        var wanted = await page.EvaluateAsync<string[]>(Workable);
        Assert.True(wanted.Length > 60, $"{wanted.Length} things to work");
        Assert.Empty(wanted.Except(reached));
        // A table and a profile open and close by the keyboard alone.
        var summary = page.Locator("#medelinkomst details summary");
        await summary.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.True(await page.Locator("#medelinkomst table").IsVisibleAsync());
        await page.Locator("#medelinkomst thead button").Nth(1).FocusAsync();
        await page.Keyboard.PressAsync("Space");
        Assert.Equal("descending", await page.Locator("#medelinkomst thead th").Nth(1).GetAttributeAsync("aria-sort"));
        await page.Locator("details.profile[data-a=farsta] > summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.True(await page.Locator("#profil-farsta table").IsVisibleAsync());
    }

    // What has the focus, and whether one sees it: an outline, and within the window.
    private const string Focus = """
        () => {
          const element = document.activeElement;
          if (!element || element === document.body) return [];
          const style = getComputedStyle(element), box = element.getBoundingClientRect();
          const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 && box.bottom > 0 && box.top < innerHeight;
          element.dataset.at ||= `${element.tagName} ${[...document.querySelectorAll('*')].indexOf(element)} `
            + element.textContent.slice(0, 30);
          return [element.dataset.at, seen ? 'seen' : 'unseen'];
        }
        """;

    // Everything that can be pressed, opened or chosen and is to be seen.
    private const string Workable = """
        () => [...document.querySelectorAll('a[href],button,select,summary')].filter(element => element.checkVisibility())
          .map(element => element.dataset.at || `${element.tagName} ${[...document.querySelectorAll('*')].indexOf(element)} `
            + element.textContent.slice(0, 30))
        """;

    [ChromiumFact]
    public async Task Tables_sort_and_pictures_download_from_the_page_itself()
    {
        await using var session = await Session.Open(report.File("sv"));
        var page = session.Page;
        await page.ClickAsync("#medelinkomst details summary");
        var head = page.Locator("#medelinkomst thead th").Nth(1);
        await head.Locator("button").ClickAsync();
        await head.Locator("button").ClickAsync();
        Assert.Equal("ascending", await head.GetAttributeAsync("aria-sort"));
        Assert.Equal("Rinkeby-Kista", await page.Locator("#medelinkomst tbody th").First.TextContentAsync());
        foreach (var (kind, start) in ((string, string)[])[("PNG", "\u0089PNG"), ("SVG", "<svg")])
        {
            var download = await page.RunAndWaitForDownloadAsync(() =>
                page.Locator("#medelinkomst button.file", new PageLocatorOptions { HasTextString = kind }).ClickAsync());
            Assert.Equal("medelinkomst." + kind.ToLowerInvariant(), download.SuggestedFilename);
            await using var stream = await download.CreateReadStreamAsync();
            var bytes = new byte[4];
            await stream.ReadExactlyAsync(bytes);
            Assert.Equal(start, System.Text.Encoding.Latin1.GetString(bytes));
        }

        var data = await page.RunAndWaitForDownloadAsync(() => page.Locator("#medelinkomst a[download]").ClickAsync());
        Assert.Equal("medelinkomst.csv", data.SuggestedFilename);
    }

    [ChromiumFact]
    public async Task No_text_of_a_figure_is_cut_or_lies_on_another_whatever_fonts_the_machine_has()
    {
        await using var session = await Session.Open(report.File("sv"));
        var page = session.Page;
        // The page as it stands, which carries its typeface; the system's Arial or the one with its widths, where the machine has either;
        // and a family that no machine has, for which the shipped one stands in.
        foreach (var family in (string[])["'Analys Sans', Arial, 'Liberation Sans', Helvetica, sans-serif",
            "Arial, 'Liberation Sans', 'Analys Sans'", "'No Such Font', 'Analys Sans'"])
        {
            foreach (var width in (int[])[1280, 390, 640])
            {
                await page.SetViewportSizeAsync(width, 900);
                await page.EvaluateAsync("family => document.fonts.ready.then(() => document.querySelectorAll('svg').forEach(svg => "
                    + "svg.setAttribute('font-family', family)))", family);
                Assert.Empty(await page.EvaluateAsync<string[]>(TextFaults));
                Assert.Empty(await page.EvaluateAsync<string[]>(LinesThroughNumbers));
            }
        }

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.Empty(await page.EvaluateAsync<string[]>(TextFaults));
    }

    // Texts that reach out of their picture, and texts of one picture that overlap by more than a hair.
    private const string TextFaults = """
        () => [...document.querySelectorAll('figure svg')].filter(svg => svg.getBoundingClientRect().width > 0).flatMap(svg => {
          const frame = svg.getBoundingClientRect();
          const texts = [...svg.querySelectorAll('text')].filter(text => !text.hasAttribute('transform')).map(text =>
            [text, text.getBoundingClientRect()]);
          const outside = texts.filter(([, box]) => box.left < frame.left - 1 || box.right > frame.right + 1
            || box.top < frame.top - 1 || box.bottom > frame.bottom + 2);
          const over = texts.flatMap(([a, p], i) => texts.slice(i + 1).filter(([, q]) =>
            Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1.5
              && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 4).map(([b]) => [a, b]));
          const id = svg.closest('figure').id;
          return [...outside.map(([text]) => `${id} outside: ${text.textContent}`), ...over.map(([a, b]) =>
            `${id} overlap: ${a.textContent} | ${b.textContent}`)];
        })
        """;

    // Lines that cross a number and are drawn over it, or have no ground of the number's own between.
    private const string LinesThroughNumbers = """
        () => [...document.querySelectorAll('figure svg')].filter(svg => svg.getBoundingClientRect().width > 0).flatMap(svg => {
          const order = new Map([...svg.querySelectorAll('*')].map((element, i) => [element, i]));
          const grounds = [...svg.querySelectorAll('rect')].map(rect => [order.get(rect), rect.getBoundingClientRect()]);
          const lines = [...svg.querySelectorAll('line,path')].filter(line => line.tagName === 'line'
            || line.getAttribute('fill') === 'none')
            .filter(line => !/grid|area/.test(line.getAttribute('class') || '')
              && !['#ffffff', '#dfe3e8'].includes(line.getAttribute('stroke')));
          const points = lines.map(line => {
            const matrix = line.getScreenCTM();
            return Array.from({ length: Math.ceil(line.getTotalLength() / 1.5) }, (_, i) =>
              line.getPointAtLength(i * 1.5).matrixTransform(matrix));
          });
          return [...svg.querySelectorAll('text')].filter(text => !text.hasAttribute('transform')
            && /\d/.test(text.textContent)).flatMap(text => {
            const box = text.getBoundingClientRect(), quarter = box.height / 4;
            return lines.filter((line, i) => points[i].some(p => p.x > box.left + 1 && p.x < box.right - 1
              && p.y > box.top + quarter && p.y < box.bottom - quarter)
              && (order.get(line) > order.get(text) || !grounds.some(([at, ground]) => at > order.get(line) && at < order.get(text)
                && ground.left <= box.left + 2 && ground.right >= box.right - 2 && ground.top <= box.top + quarter
                  && ground.bottom >= box.bottom - quarter)))
              .map(line => `${svg.closest('figure').id} ${line.getAttribute('class')} through ${text.textContent}`);
          });
        })
        """;

    /// <summary>A browser with a page.</summary>
    private sealed class Session(IPlaywright playwright, IBrowser browser, IPage page) : IAsyncDisposable
    {
        public IPage Page => page;

        public static async Task<Session> Open(string file)
        {
            var playwright = await Playwright.CreateAsync();
            var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = ChromiumFactAttribute.Chromium,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            });
            var page = await browser.NewPageAsync(new BrowserNewPageOptions
            {
                ViewportSize =
                new ViewportSize { Width = 1280, Height = 900 }
            });
            await page.GotoAsync(new Uri(file).AbsoluteUri);
            return new Session(playwright, browser, page);
        }

        public async ValueTask DisposeAsync()
        {
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }
}
