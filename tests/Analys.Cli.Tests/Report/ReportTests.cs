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
            Assert.True(File.Exists(Path.Combine(report.Folder(language), figure.QuerySelector("a[href$='.csv']")!.GetAttribute("href")!)));
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
        Assert.Empty(page.QuerySelectorAll("script,link,iframe,img,object,embed"));
        Assert.All(page.QuerySelectorAll("[src],[href]"),
            element => Assert.DoesNotMatch("^(https?:)?//", element.GetAttribute("src") ?? element.GetAttribute("href")!));
        Assert.DoesNotMatch(new Regex(@"url\(|@import"), html);
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
            ["Fem nyckeltal", "1 Barn i familjer med ekonomiskt bistånd", "2 Segregation", "3 Inkomster", "4 Måluppföljning",
                "5 Stödgrupper för barn", "6 Så har vi räknat", "7 Källor"],
            headings);
        Assert.Equal(3, report.Page("sv").QuerySelectorAll("header .lead").Length);
        Assert.Equal(5, report.Page("sv").QuerySelectorAll(".key li").Length);
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
        var again = Directory.CreateTempSubdirectory("analys").FullName;
        Assert.Equal(0, (await CommandRun.Of("report", "--out", again)).Code);
        foreach (var file in Directory.GetFiles(report.Folder("sv"), "*", SearchOption.AllDirectories))
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(again, Path.GetRelativePath(report.Folder("sv"), file))));
        }
    }

    [Fact]
    public async Task A_broken_file_leaves_no_partial_output()
    {
        var data = Directory.CreateTempSubdirectory("analys");
        foreach (var file in Directory.GetFiles(ReportCommand.ShippedData))
            File.Copy(file, Path.Combine(data.FullName, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(data.FullName, "hushallsinkomst-2016.csv"), "stadsdelsomrade,hemligt\nBromma,811218-9876\n");
        var output = Path.Combine(data.FullName, "out");
        var run = await CommandRun.Of("report", data.FullName, "--out", output);
        Assert.Equal(1, run.Code);
        Assert.False(Directory.Exists(output));
        Assert.DoesNotContain("9876", run.Errors + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confidential_counts_are_withheld_in_the_report()
    {
        var data = Directory.CreateTempSubdirectory("analys");
        var name = "ekonomiskt-bistand-2015-2017";
        var csv = File.ReadAllText(Path.Combine(ReportCommand.ShippedData, name + ".csv"))
            .Replace("310,0.6,0.5,0.4,57,", "310,0.6,0.5,0.4,3,", StringComparison.Ordinal);
        Assert.Contains(",3,30,", csv, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(data.FullName, name + ".csv"), csv);
        var schema = File.ReadAllText(Repository.At("data-schemas", "extracts", name + ".schema.json"))
            .Replace("\"public\"", "\"confidential\"", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(data.FullName, name + ".schema.json"), schema);
        var output = Path.Combine(data.FullName, "out");
        var run = await CommandRun.Of("report", data.FullName, "--out", output);
        Assert.True(run.Code == 0, run.Errors);
        var table = File.ReadAllText(Path.Combine(output, "tabeller", "barn-bistand-stadsdelsomraden.csv"));
        Assert.Contains("Kungsholmen;..", table, StringComparison.Ordinal);
    }
}
