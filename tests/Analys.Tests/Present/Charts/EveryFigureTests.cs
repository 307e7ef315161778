using System.Text;
using System.Xml.Linq;
using Analys.Present.Svg;
using AngleSharp.Html.Parser;
using static Analys.Tests.Present.Charts.Sample;

namespace Analys.Tests.Present.Charts;

/// <summary>What holds for every kind of figure on every kind of data.</summary>
public class EveryFigureTests
{
    private static readonly string[] Hostile =
    [
        "<script>alert(1)</script>", "=1+1", "+cmd|' /C calc'!A0", "", " ", "]]>", "&amp;\"'", "A\u0000\uD800B", "e\u0301cole", "𝔘𝔫𝔦",
        new string('W', 300), "Mycket långt namn på ett område som ingen ryms med-och-med-bindestreck-också", "{area}", "__proto__", "عربى",
    ];

    private static readonly Dictionary<string, IReadOnlyList<Result>> Cases = new()
    {
        ["districts"] = Districts,
        ["none"] = [],
        ["one"] = [Row("Farsta", 0.1)],
        ["only the city"] = [Row(null, 0.1)],
        ["sixty"] = [.. Enumerable.Range(1, 60).Select(i => Row($"Område {i}", i / 100.0))],
        ["all suppressed"] = [.. Districts.Select(row => row with { Value = Quantity.Suppressed("threshold"), N = null })],
        ["all undefined"] =
        [.. Districts.Where(row => row.Area is not null).Select(row => row with { Value = Quantity.Undefined("group is empty") })],
        ["some withheld"] =
        [.. Districts.Select((row, i) => (i % 3) switch { 0 => row with { Value = Quantity.Suppressed("threshold"), N = null }, 1 =>
            row with { Value = Quantity.Undefined("x < 1") }, _ => row })],
        ["all equal"] = [.. Districts.Select(row => row with { Value = Quantity.Known(0.05) })],
        ["all zero"] = [.. Districts.Select(row => row with { Value = Quantity.Known(0) })],
        ["negative"] = [.. Districts.Select((row, i) => row with { Value = Quantity.Known((i - 7) / 20.0) })],
        ["huge"] = [.. Districts.Select((row, i) => row with { Value = Quantity.Known(Math.Pow(10, i * 20)) })],
        ["tiny"] = [.. Districts.Select((row, i) => row with { Value = Quantity.Known(1e-15 * i) })],
        ["hostile"] = [.. Hostile.Select((name, i) => Row(name, i / 100.0))],
    };

    public static TheoryData<string, string> All()
    {
        var data = new TheoryData<string, string>();
        foreach (var kind in Kinds.Keys)
        {
            foreach (var set in Cases.Keys) data.Add(kind, set);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Is_whole(string kind, string set)
    {
        var figure = Kinds[kind](Cases[set]);

        var file = XDocument.Parse(figure.ToSvg());
        Assert.Equal("img", file.Root!.Attribute("role")!.Value);
        var names = file.Root.Attribute("aria-labelledby")!.Value.Split(' ');
        Assert.Equal(2, names.Length);
        Assert.All(names, name => Assert.Single(file.Descendants(), element => element.Attribute("id")?.Value == name));
        Assert.DoesNotContain("NaN", file.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", file.ToString(), StringComparison.Ordinal);

        var html = figure.ToHtml("tabell.csv");
        XElement.Parse(html);
        var page = new HtmlParser().ParseDocument($"<!doctype html><title>x</title>{html}");
        Assert.Empty(page.QuerySelectorAll("script"));
        var ids = page.QuerySelectorAll("[id]").Select(element => element.Id!).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.Equal(2, page.QuerySelectorAll("svg[role=img] > title").Length);
        Assert.All(page.QuerySelectorAll("svg"),
            svg => Assert.All(svg.GetAttribute("aria-labelledby")!.Split(' '), id => Assert.NotNull(page.GetElementById(id))));
        Assert.NotEmpty(page.QuerySelector("figcaption")!.TextContent);
        Assert.NotNull(page.QuerySelector("details table > caption"));
        Assert.Null(page.QuerySelector("svg table"));
        Assert.Equal(figure.Table.Rows.Count, page.QuerySelectorAll("tbody tr").Length);
        Assert.All(page.QuerySelectorAll("th"), heading => Assert.Contains(heading.GetAttribute("scope"), new[] { "col", "row" }));
        Assert.Equal("tabell.csv", page.QuerySelector("a")!.GetAttribute("href"));
        Assert.All(figure.Table.Rows, row => Assert.Equal(figure.Table.Columns.Count, row.Count));
        Assert.NotEmpty(figure.ToString());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Stays_on_its_sheet_and_is_large_enough_to_read(string kind, string set)
    {
        // Names of letters wider than the table knows are allowed to be a little too long.
        if (set is "huge") return;
        var page = new HtmlParser().ParseDocument(Kinds[kind](Cases[set]).ToHtml());
        foreach (var svg in page.QuerySelectorAll("svg"))
        {
            var box = svg.GetAttribute("viewBox")!.Split(' ').Select(Parse).ToArray();
            foreach (var text in svg.QuerySelectorAll("text"))
            {
                var size = Parse(text.GetAttribute("font-size")!);
                Assert.True(size >= (text.ClassList.Contains("tile-name") ? 10 : 11), text.OuterHtml);
                var width = TextWidth.Of(text.TextContent, size, text.HasAttribute("font-weight"));
                var x = Parse(text.GetAttribute("x")!);
                var left = text.GetAttribute("text-anchor") switch { "middle" => x - (width / 2), "end" => x - width, _ => x };
                if (text.HasAttribute("transform")) continue;
                Assert.True(left >= -6 && left + width <= box[2] + 6, $"{text.OuterHtml} is {left:0}–{left + width:0} of {box[2]}");
                Assert.True(Parse(text.GetAttribute("y")!) <= box[3] + 1, text.OuterHtml);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Has_a_table_that_opens_in_a_spreadsheet(string kind, string set)
    {
        using var stream = new MemoryStream();
        Kinds[kind](Cases[set]).Table.WriteCsv(stream);
        var text = Encoding.UTF8.GetString(stream.ToArray());
        Assert.Equal('\uFEFF', text[0]);
        Assert.DoesNotContain("\n=1+1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n+cmd", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_results_give_the_same_bytes() =>
        Assert.All(Kinds.Values, kind => Assert.Equal(kind(Districts).ToHtml(), kind([.. Districts]).ToHtml()));

    [Fact]
    public void Does_not_depend_on_the_machine()
    {
        var before = Kinds.Values.Select(kind => kind(Districts).ToSvg()).ToList();
        System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("ar-SA");
        Assert.Equal(before, Kinds.Values.Select(kind => kind(Districts).ToSvg()));
    }

    [Theory]
    [InlineData("bar")]
    [InlineData("tiles")]
    [InlineData("intervals")]
    [InlineData("heat")]
    [InlineData("dumbbell")]
    public void Shows_the_numbers_of_its_table(string kind)
    {
        var figure = Kinds[kind](Districts);
        var words = string.Join('\n', XDocument.Parse(figure.ToSvg()).Descendants().Where(element => element.Name.LocalName == "text")
            .Select(element => element.Value));
        var columns = Enumerable.Range(1, kind == "dumbbell" || kind == "heat" ? 2 : 1);
        Assert.All(figure.Table.Rows.SelectMany(row => columns.Select(i => row[i].Text)),
            number => Assert.Contains(number.Replace("\u00A0%", ""), words, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_withheld_is_drawn_as_a_number()
    {
        var rows = new[] { Row("Farsta", 0.1), Row("Bromma", 0.2) with { Value = Quantity.Suppressed("threshold"), N = null } };
        Assert.All(Kinds, kind =>
        {
            var svg = kind.Value(rows).ToSvg();
            Assert.True(kind.Key is "line" or "multiples" or "curve" or "scatter" or "strips" or "funnel"
                || svg.Contains("-hatch", StringComparison.Ordinal), kind.Key);
        });
    }

    private static double Parse(string number) => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
}
