using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Analys.Report.Tests;

/// <summary>Tables without a schema as they come from statistics offices: what their names and shapes tell.</summary>
public class GuessedTableTests
{
    [Fact]
    public void The_municipality_among_its_areas_is_the_whole_and_is_named()
    {
        using var tables = new Tables().With("tal.csv",
            "område;Arbetslöshet 2023 (%)\nNorr;9,1\nSöder;4,2\nÖster;12,3\nMalmö;8,2\n");
        var report = tables.Make();
        var page = Parse(report.Html);
        Assert.Contains("I 2 av 3 områden är andelen högre än för Malmö (8,2 %).", Text(page), StringComparison.Ordinal);
        Assert.Equal("Områden i Malmö i jämförelse", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(["Norr", "Söder", "Öster"], report.Profiles.Keys);
        // The unit is said beside the numbers, not in the name.
        Assert.DoesNotContain("(%)", Text(page).Replace("tal.csv", "", StringComparison.Ordinal).Split("saknar beskrivning")[0],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("andel-barn-i-fattigdom.csv", "område,2022,2023\nA,10.5,9.5\nB,4.5,5.5\n", "9,5 %")]
    [InlineData("fil.csv", "område,år,mått,värde\nA,2022,Andel fattiga (%),10.5\nB,2022,Andel fattiga (%),4.5\nA,2023,Andel fattiga "
        + "(%),9.5\nB,2023,Andel fattiga (%),5.5\n", "9,5 %")]
    [InlineData("skola.csv", "stadsdel;läsår;andel behöriga\nA;2021/22;10,5\nB;2021/22;4,5\nA;2022/23;9,5\nB;2022/23;5,5\n", "9,5 %")]
    [InlineData("antal.csv", "område,antal barn 2022,antal barn 2023\nA,310,298\nB,90,101\n", "298")]
    public void Years_and_measures_are_found_where_they_stand(string file, string csv, string top)
    {
        using var tables = new Tables().With(file, csv);
        var report = tables.Make();
        Assert.Equal(1, report.Sections);
        Assert.Contains($"i A ({top}) och", Text(Parse(report.Html)), StringComparison.Ordinal);
        Assert.Contains(report.Figures, figure => figure.Id.EndsWith("-trend", StringComparison.Ordinal));
    }

    [Fact]
    public void Everyone_comes_before_the_sexes_and_is_no_kind()
    {
        using var tables = new Tables().With("barn.csv",
            "kommun,kön,andel 2023\nA,kvinnor,3\nA,män,5\nA,totalt,4\nB,kvinnor,13\nB,män,15\nB,totalt,14\n");
        Assert.Equal(["1 Barn", "2 Barn, kvinnor", "3 Barn, män"], Parse(tables.Make().Html).QuerySelectorAll("h2")
            .Select(heading => heading.TextContent).Where(text => char.IsAsciiDigit(text[0])).Take(3));
    }

    [Fact]
    public void Counts_by_area_and_kind_are_a_question_of_segregation_and_chosen_areas_are_marked_not_taken_for_the_whole()
    {
        using var tables = new Tables().With("folk.csv", "område,födelseland,antal\n"
            + "Norr,Sverige,500\nNorr,Europa,100\nNorr,Världen,400\nSöder,Sverige,900\nSöder,Europa,50\nSöder,Världen,50\n"
            + "Väster,Sverige,700\nVäster,Europa,100\nVäster,Världen,200\n");
        var all = Parse(tables.Make().Html);
        Assert.Contains("gruppen ”andra än sverige” är fördelad över 3 områden", Text(all).Replace("Sverige", "sverige",
            StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("2025-01-15", all.QuerySelector("#segregation-curve .figure-source")!.TextContent, StringComparison.Ordinal);
        // Two of three areas are not the municipality: its figures stay, and the page says what was chosen.
        var two = Text(Parse(tables.Make(areas: ["Norr", "Söder"]).Html));
        Assert.Contains("över 3 områden", two, StringComparison.Ordinal);
        Assert.Contains("Valda områden: Norr, Söder.", two, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_numbers_share_their_place_and_an_island_takes_its_preposition()
    {
        using var tables = new Tables().With("a.csv", "område,andel\nSödermalm,3.0\nFarsta,7.0\nBromma,7.0\n");
        var text = Text(Parse(tables.Make().Html));
        Assert.Contains("högst i Bromma och Farsta (7,0 %) och lägst på Södermalm (3,0 %)", text, StringComparison.Ordinal);
        Assert.Contains("delad plats 1 av 3 uppifrån", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_in_cells_is_text_on_the_page()
    {
        using var tables = new Tables().With("a.csv", "område;andel\n\"<b>Norr</b>\";10\n\"Söder & Co\";20\n");
        var page = Parse(tables.Make().Html);
        Assert.Empty(page.QuerySelectorAll("main b"));
        Assert.Contains("<b>Norr</b>", Text(page), StringComparison.Ordinal);
    }

    internal static IDocument Parse(string html)
    {
        var page = new HtmlParser().ParseDocument(html);
        foreach (var script in page.QuerySelectorAll("script,style").ToList()) script.Remove();
        return page;
    }

    internal static string Text(IDocument page) => page.Body!.TextContent.Replace('\u00A0', ' ')
        .Replace("\u2060", "", StringComparison.Ordinal);
}
