using Analys.Report.Tables;
using static Analys.Report.Tests.GuessedTableTests;

namespace Analys.Report.Tests;

/// <summary>What a measure is called, where its areas lie, and which rows are compared, of tables that nobody described.</summary>
public class NamesAndPlacesTests
{
    [Theory]
    [InlineData("unga_utanfor_2022.csv", "andel", "Unga utanför")]
    [InlineData("oppen_arbetsloshet_2019_2024.csv", "andel", "Öppen arbetslöshet")]
    [InlineData("trangboddhet_2021.csv", "pct", "Trångboddhet")]
    [InlineData("x.csv", "andel_arbetslosa", "Andel arbetslösa")]
    [InlineData("valdeltagande.csv", "valdeltagande_procent", "Valdeltagande")]
    [InlineData("hyror.csv", "hyra_kr", "Hyra")]
    [InlineData("medellivslangd.csv", "kvinnor", "Medellivslängd, kvinnor")]
    [InlineData("socioekonomiskt_index.csv", "index", "Socioekonomiskt index")]
    [InlineData("andel barn 0-17 år med låg ekonomisk standard efter region, kön och år.csv", "andel",
        "Andel barn 0–17 år med låg ekonomisk standard")]
    [InlineData("andel.csv", "andel_barn", "Andel barn")]
    [InlineData("trangboddhet umea.csv", "andel", "Trångboddhet")]
    public void A_measure_is_called_by_words(string file, string column, string name)
    {
        using var tables = new Tables().With(file, $"omrade,{column}\nAberg,41\nBeckby,22\nCedalen,13\n");
        Assert.Equal([$"1 {name}"], Headings(tables.Make()).Where(text => text[0] == '1'));
    }

    [Fact]
    public void A_municipality_among_its_areas_is_the_whole_and_the_country_is_compared_with()
    {
        using var tables = new Tables().With("barn i utsatta hushåll umeå 2016-2023.csv", "Kommundel;År;Andel barn (%)\n"
            + "I 20-området;2016;16,1\nI 20-området;2023;16,4\nTeg;2016;8,6\nTeg;2023;8,1\nHaga;2016;9,0\nHaga;2023;..\n"
            + "Umeå kommun;2016;9,0\nUmeå kommun;2023;7,6\nRiket;2016;9,9\nRiket;2023;8,2\nVästerbottens län;2016;1\n"
            + "Västerbottens län;2023;1\nOkänt;2016;90\nOkänt;2023;90\n");
        var report = tables.Make();
        Assert.Equal("Områden i Umeå kommun i jämförelse", Parse(report.Html).QuerySelector("h1")!.TextContent);
        Assert.Equal(["Haga", "I 20-området", "Teg"], report.Profiles.Keys);
        var text = Text(Parse(report.Html));
        Assert.Contains("I riket är andelen 8,2 %.", text, StringComparison.Ordinal);
        // One area without a number in the latest year does not make the comparison older.
        Assert.Contains("Under åren 2016–2023 steg andelen mest i I 20-området", text, StringComparison.Ordinal);
        // What the source does not have is not called impossible to compute.
        Assert.Contains("uppgift saknas", text, StringComparison.Ordinal);
        Assert.DoesNotContain("går inte att beräkna", text, StringComparison.Ordinal);
        Assert.All(report.Figures, figure => Assert.StartsWith("Umeå kommun", figure.Subtitle, StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_of_one_area_is_a_series_and_an_index_is_a_measure_of_its_own()
    {
        using var tables = new Tables().With("andel.csv", "kommun,ar,andel_barn\nVaxholm,2019,2.1\nVaxholm,2020,2.4\nVaxholm,2021,1.9\n");
        Assert.Contains("Andelen var 2,1 % år 2019 och 1,9 % år 2021.", Text(Parse(tables.Make().Html)), StringComparison.Ordinal);
        using var others = new Tables().With("ses_2023.csv", "omrade,kod,index\nA,101,60\nB,102,159\nC,103,104\n");
        var text = Text(Parse(others.Make().Html));
        Assert.Contains("Värdet är högst i B (159) och lägst i A (60).", text, StringComparison.Ordinal);
        // Nobody says that the table is published: an unknown number may be a register's.
        Assert.Equal(0, others.Make(statement: null).Sections);
    }

    [Fact]
    public void Water_is_drawn_and_named_and_figures_alone_say_where_they_are()
    {
        using var tables = new Tables().With("andel_2024.csv",
            "stadsdelsomrade,andel\nJärva,8\nHässelby-Vällingby,7\nBromma,3\nKungsholmen,2\nNorra innerstaden,1\nSödermalm,2\n"
            + "Enskede-Årsta-Vantör,4\nSkarpnäck,4\nFarsta,7\nHägersten-Älvsjö,2\nSkärholmen,9\n");
        var map = tables.Make().Figures.Single(figure => figure.Id.EndsWith("-map", StringComparison.Ordinal));
        var html = Parse(map.ToHtml());
        Assert.NotEmpty(html.QuerySelectorAll("path.water"));
        Assert.Contains(html.QuerySelectorAll("svg text"), text => text.TextContent == "Vatten");
        Assert.Empty(html.QuerySelectorAll("path.nodata"));
        Assert.StartsWith("Stockholm", map.Subtitle, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_registers_without_keys_of_the_same_areas_one_is_asked()
    {
        static string Rows(int shift) => "stadsdel;alder;disponibel_inkomst_ke\n" + string.Concat(Enumerable.Range(0, 900).Select(i =>
            $"{(i % 3 == 0 ? "A" : i % 3 == 1 ? "B" : "C")};{i % 70};{90000 + (i * 7919 % 400000) + shift}\n"));
        using var tables = new Tables().With("a.csv", Rows(0)).With("b.csv", Rows(1));
        var report = tables.Make(statement: null);
        Assert.Equal(Headings(report).Distinct(), Headings(report));
    }

    [Theory]
    [InlineData("Andel barn i fattigdom", "andelen barn i fattigdom")]
    [InlineData("Medianinkomst", "medianinkomsten")]
    [InlineData("Öppen arbetslöshet", "öppen arbetslöshet")]
    [InlineData("Rädda Barnens index", "Rädda Barnens index")]
    public void A_name_is_definite_in_a_sentence_about_its_change(string name, string definite) =>
        Assert.Equal(definite, MeasureWords.Definite(name, Language.Swedish));

    [Fact]
    public void A_title_that_has_said_the_measure_is_not_followed_by_it_again()
    {
        Assert.True(MeasureWords.Says("Andelen barn i familjer med bistånd är högst i Farsta",
            "Andel barn i familjer med ekonomiskt bistånd"));
        Assert.False(MeasureWords.Says("Så har det gått", "Andel barn i familjer med ekonomiskt bistånd"));
    }

    private static List<string> Headings(ReportDocument report) =>
        [.. Parse(report.Html).QuerySelectorAll("h2").Select(heading => heading.TextContent)];
}
