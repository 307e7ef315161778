using System.Text.RegularExpressions;
using Analys.Cli.Commands.Report;
using Analys.Tests;
using AngleSharp.Html.Parser;

namespace Analys.Cli.Tests.Report;

/// <summary>The report as a browser and a reader meet it.</summary>
public sealed class ReportTests(ReportFixture report) : IClassFixture<ReportFixture>
{
    [Theory]
    [InlineData("sv")]
    [InlineData("en")]
    public void Every_figure_has_title_description_table_and_source(string language)
    {
        var page = report.Page(language);
        var figures = page.QuerySelectorAll("figure");
        Assert.True(figures.Length >= 8);
        foreach (var figure in figures)
        {
            foreach (var svg in figure.QuerySelectorAll("svg"))
            {
                var labelled = svg.GetAttribute("aria-labelledby")!.Split(' ').Select(id => page.GetElementById(id)).ToList();
                Assert.All(labelled, element => Assert.False(string.IsNullOrWhiteSpace(element?.TextContent)));
                Assert.Equal("img", svg.GetAttribute("role"));
            }

            Assert.False(string.IsNullOrWhiteSpace(figure.QuerySelector(".figure-title")?.TextContent));
            Assert.False(string.IsNullOrWhiteSpace(figure.QuerySelector(".figure-source")?.TextContent));
            var table = figure.QuerySelector("table")!;
            Assert.Null(table.Closest("svg"));
            Assert.NotNull(table.QuerySelector("caption"));
            Assert.All(table.QuerySelectorAll("th"), heading => Assert.Contains(heading.GetAttribute("scope"), (string[])["col", "row"]));
            // The data travel in the page: the link works where the page is mailed alone, and holds what the file beside it holds.
            var link = figure.QuerySelector("a[download]")!;
            Assert.Equal(figure.Id + ".csv", link.GetAttribute("download"));
            var data = Convert.FromBase64String(link.GetAttribute("href")!.Split("base64,")[1]);
            var tables = Path.Combine(report.Folder(language), language == "sv" ? "tabeller" : "tables");
            Assert.Equal(File.ReadAllBytes(Path.Combine(tables, figure.Id + ".csv")), data);
        }
    }

    [Theory]
    [InlineData("sv")]
    [InlineData("en")]
    public void The_page_is_self_contained_valid_and_in_its_language(string language)
    {
        var html = File.ReadAllText(report.File(language));
        var errors = new List<string>();
        var parser = new HtmlParser(new HtmlParserOptions { IsStrictMode = false });
        parser.Error += (_, e) => errors.Add(e.ToString()!);
        var page = parser.ParseDocument(html);
        Assert.Empty(errors);
        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        // Links to where a source was found are text of the manifest, not of the page: nothing on it may be fetched.
        Assert.Empty(page.QuerySelectorAll("link,iframe,img,object,embed,script[src]"));
        Assert.All(page.QuerySelectorAll("[src],[href]"),
            element => Assert.DoesNotMatch("^(https?:)?//", element.GetAttribute("src") ?? element.GetAttribute("href")!));
        Assert.DoesNotMatch(new Regex(@"url\((?!data:|#)|@import"),
            Regex.Replace(html, @"<script>.*?</script>", "", RegexOptions.Singleline));
        Assert.True(html.Length < 600_000, $"{html.Length}");
        Assert.True(page.QuerySelectorAll("script").Sum(script => script.TextContent.Length) < 20_000);
        foreach (var script in page.QuerySelectorAll("script").ToList()) script.Remove();
        var ids = page.QuerySelectorAll("[id]").Select(element => element.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(page.QuerySelectorAll("a[href^='#']"), link => Assert.NotNull(page.GetElementById(link.GetAttribute("href")![1..])));
        Assert.DoesNotContain("NaN", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex(@"\{\w+\}"), page.Body.TextContent);
    }

    [Fact]
    public void The_sections_stand_in_their_order()
    {
        var headings = report.Page("sv").QuerySelectorAll("h2").Select(heading => heading.TextContent).ToList();
        Assert.Equal(
            ["Det viktigaste", "Nyckeltal", "1 Barn i familjer med ekonomiskt bistånd", "2 Ekonomiskt bistånd i alla åldrar",
                "3 Barn i familjer med bistånd sedan 1990", "4 Barnfattigdom enligt Rädda Barnen", "5 Segregation", "6 Inkomster",
                "7 Hushåll med låga inkomster", "8 Alla mått i en tabell", "9 Måluppföljning", "10 Stödgrupper för barn",
                "Områdesprofiler", "11 Så har vi räknat", "12 Källor"],
            headings);
        Assert.Equal(3, report.Page("sv").QuerySelectorAll("header .lead").Length);
        Assert.Equal(5, report.Page("sv").QuerySelectorAll(".key li").Length);
        Assert.Equal(3, report.Page("sv").QuerySelectorAll(".findings li").Length);
        Assert.Equal(14, report.Page("sv").QuerySelectorAll("details.profile").Length);
    }

    [Fact]
    public void The_figures_of_the_city_stand_in_its_sentences()
    {
        var text = report.Page("sv").Body!.TextContent.Replace('\u00A0', ' ');
        foreach (var figure in (string[])["4,1 %", "7 801 barn", "5 304 personer", "1 807 barn", "0,296", "0,198", "13 av 18", "696",
            "27,6 miljoner kronor netto", "50,0 miljoner kronor"])
        {
            Assert.Contains(figure, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_same_data_give_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        var again = folder.At("again");
        Assert.Equal(0, (await CommandRun.Of("report", "--out", again)).Code);
        foreach (var file in Directory.GetFiles(report.Folder("sv"), "*", SearchOption.AllDirectories))
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(again, Path.GetRelativePath(report.Folder("sv"), file))));
        }
    }

    [Fact]
    public async Task A_broken_file_leaves_only_its_section_out()
    {
        using var data = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(ReportCommand.ShippedData)) File.Copy(file, data.At(Path.GetFileName(file)));
        File.WriteAllText(data.At("hushallsinkomst-2016.csv"), "stadsdelsomrade,hemligt\nBromma,811218-9876\n");
        var run = await CommandRun.Of("report", data.Path, "--out", data.At("out"));
        Assert.True(run.Code == 0, run.Errors);
        Assert.Contains("left out: hushallsinkomst-2016.csv", run.Errors, StringComparison.Ordinal);
        var html = File.ReadAllText(data.At("out", "rapport.html"));
        Assert.DoesNotContain("9876", run.Errors + run.Output + html, StringComparison.Ordinal);
        var headings = new HtmlParser().ParseDocument(html).QuerySelectorAll("h2").Select(heading => heading.TextContent).ToList();
        Assert.DoesNotContain(headings, heading => heading.Contains("Inkomster", StringComparison.Ordinal));
        Assert.Contains("7 Måluppföljning", headings);
    }

    [Fact]
    public async Task A_folder_without_a_table_that_can_be_read_writes_nothing()
    {
        using var data = new TemporaryFolder();
        File.WriteAllText(data.At("personer.csv"), "namn,personnummer\nAnna,811218-9876\n");
        var run = await CommandRun.Of("report", data.Path, "--out", data.At("out"));
        Assert.Equal(1, run.Code);
        Assert.False(Directory.Exists(data.At("out")));
        Assert.DoesNotContain("9876", run.Errors + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_is_a_page_of_its_own()
    {
        using var folder = new TemporaryFolder();
        var run = await CommandRun.Of("profile", "farsta", "--out", folder.At("farsta.html"));
        Assert.True(run.Code == 0, run.Errors);
        var page = new HtmlParser().ParseDocument(File.ReadAllText(folder.At("farsta.html")));
        Assert.Equal("Farsta: områdesprofil", page.QuerySelector("h1")!.TextContent);
        Assert.True(page.QuerySelectorAll("tbody tr").Length >= 4);
        Assert.Equal(2, (await CommandRun.Of("profile", "ingenstans", "--out", folder.At("x.html"))).Code);
    }

    [Theory]
    [InlineData("bar", "svg")]
    [InlineData("line", "png")]
    [InlineData("map", "pdf")]
    [InlineData("dumbbell", "html")]
    [InlineData("slope", "svg")]
    [InlineData("heat", "svg")]
    [InlineData("strip", "svg")]
    public async Task A_chart_of_a_public_table_comes_in_every_kind_and_form(string kind, string ending)
    {
        using var folder = new TemporaryFolder();
        var run = await CommandRun.Of(
            "chart", Path.Combine(ReportCommand.ShippedData, "ekonomiskt-bistand-2015-2017.csv"), "--x", kind == "line" ? "area" : "area",
                "--y", "share", "--kind", kind,
            "--out", folder.At("f." + ending));
        Assert.True(run.Code == 0, run.Errors);
        var start = File.ReadAllBytes(folder.At("f." + ending)).Take(5).ToArray();
        Assert.Equal(ending switch { "png" => "\u0089PNG\r", "pdf" => "%PDF-", "html" => "<!DOC", _ => "<svg " },
            System.Text.Encoding.Latin1.GetString(start));
    }

    [Fact]
    public async Task A_chart_of_a_file_without_a_schema_needs_the_users_word_and_prints_it()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), "omrade,barn,andel\nGottsunda,2000,12.5\nLuthagen,1000,2.2\n");
        string[] call = ["chart", folder.At("t.csv"), "--y", "share", "--out", folder.At("f.svg")];
        Assert.Equal(3, (await CommandRun.Of(call)).Code);
        var run = await CommandRun.Of([.. call, "--public", "Kommunens statistik, 2024-05-01"]);
        Assert.True(run.Code == 0, run.Errors);
        Assert.Contains("Kommunens statistik, 2024-05-01", File.ReadAllText(folder.At("f.svg")), StringComparison.Ordinal);
        File.WriteAllText(folder.At("p.csv"), "personid,omrade,andel\n1,Gottsunda,0.5\n2,Gottsunda,0.2\n");
        Assert.Equal(3, (await CommandRun.Of("chart", folder.At("p.csv"), "--y", "share", "--out", folder.At("p.svg"), "--public", "x"))
            .Code);
    }

    [Theory]
    [InlineData("bar")]
    [InlineData("line")]
    [InlineData("map")]
    [InlineData("dumbbell")]
    [InlineData("heat")]
    [InlineData("strip")]
    [InlineData("slope")]
    public async Task A_chart_of_every_kind_is_drawn_of_one_table(string kind)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), "stadsdelsområde,år,andel,antal\n" + string.Concat(
            ((string[])["Järva", "Hässelby-Vällingby", "Bromma", "Kungsholmen", "Norra innerstaden", "Södermalm", "Enskede-Årsta-Vantör",
                "Skarpnäck", "Farsta", "Hägersten-Älvsjö", "Skärholmen"]).SelectMany((area, i) =>
                (string[])[$"{area},2023,{i + 1}.5,100\n", $"{area},2024,{i + 2}.5,110\n"])));
        var run = await CommandRun.Of("chart", folder.At("t.csv"), "--y", "share", "--kind", kind, "--public", "x, 2025", "--out",
            folder.At("f.html"));
        Assert.True(run.Code == 0, run.Errors);
        Assert.Contains("Skärholmen", File.ReadAllText(folder.At("f.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scatter_takes_the_latest_year_of_each_measure_and_a_funnel_wants_numbers_behind()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("t.csv"), "område,Arbetslöshet 2023 (%),Valdeltagande 2022 (%)\nA,9.1,71.2\nB,4.2,88.1\nC,12.3,62.5\n");
        var run = await CommandRun.Of("chart", folder.At("t.csv"), "--kind", "scatter", "--y",
            "Arbetslöshet 2023 (%),Valdeltagande 2022 (%)",
            "--public", "x, 2025", "--out", folder.At("f.svg"));
        Assert.True(run.Code == 0, run.Errors);
        run = await CommandRun.Of("chart", folder.At("t.csv"), "--kind", "funnel", "--y", "Arbetslöshet 2023 (%)", "--public", "x, 2025",
            "--out", folder.At("f.svg"));
        Assert.Equal(2, run.Code);
        Assert.Contains("number of persons behind", run.Errors, StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task A_profile_prints_on_one_page_of_A4()
    {
        using var folder = new TemporaryFolder();
        var run = await CommandRun.Of("profile", "skärholmen", "--out", folder.At("s.html"), "--pdf");
        Assert.True(run.Code == 0, run.Errors);
        var pdf = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(folder.At("s.pdf")));
        Assert.StartsWith("%PDF", pdf, StringComparison.Ordinal);
        Assert.Contains("/MediaBox [0 0 594.95", pdf, StringComparison.Ordinal);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(pdf, @"/Type /Page\b"));
    }

    [Fact]
    public async Task Confidential_counts_are_withheld_in_the_report()
    {
        using var data = new TemporaryFolder();
        var name = "ekonomiskt-bistand-2015-2017";
        var csv = File.ReadAllText(Path.Combine(ReportCommand.ShippedData, name + ".csv"))
            .Replace("310,0.6,0.5,0.4,57,", "310,0.6,0.5,0.4,3,", StringComparison.Ordinal);
        Assert.Contains(",3,30,", csv, StringComparison.Ordinal);
        File.WriteAllText(data.At(name + ".csv"), csv);
        var schema = File.ReadAllText(Repository.At("data-schemas", "extracts", name + ".schema.json"))
            .Replace("\"public\"", "\"confidential\"", StringComparison.Ordinal);
        File.WriteAllText(data.At(name + ".schema.json"), schema);
        var output = data.At("out");
        var run = await CommandRun.Of("report", data.Path, "--out", output);
        Assert.True(run.Code == 0, run.Errors);
        var table = File.ReadAllText(Path.Combine(output, "tabeller", "andel-ranked.csv"));
        Assert.Contains("Kungsholmen;..", table, StringComparison.Ordinal);
    }
}
