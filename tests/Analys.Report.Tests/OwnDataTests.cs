using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Analys.Measure.Synthetic;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Analys.Report.Tests;

/// <summary>Reports of files that the recipe's writer never saw.</summary>
public class OwnDataTests
{
    private const string Uppsala =
        "omrade,barn,andel\nGottsunda,2000,12.5\nGränby,1500,7.1\nLuthagen,1000,2.2\nStenhagen,1800,8.0\nSävja,1700,6.3\n";

    [Fact]
    public void Another_municipality_gets_its_ranking_profiles_and_source()
    {
        using var tables = new Tables().With("uppsala.csv", Uppsala);
        var report = tables.Make();
        var page = Parse(report.Html);
        Assert.Equal(1, report.Sections);
        Assert.Equal(5, page.QuerySelectorAll("details.profile").Length);
        Assert.Contains("högst i Gottsunda (12,5 %) och lägst i Luthagen (2,2 %)", Text(page), StringComparison.Ordinal);
        Assert.Contains("Kommunens statistik, 2025-01-15", page.QuerySelector(".figure-source")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Stockholm", Text(page), StringComparison.Ordinal);
        // No interval is drawn, so none is spoken of; numbers of sections have no gap.
        Assert.DoesNotContain("intervall", Text(page), StringComparison.Ordinal);
        Assert.Equal(["1", "2", "3"], page.QuerySelectorAll("h2").Select(heading => heading.TextContent.Split(' ')[0])
            .Where(first => char.IsAsciiDigit(first[0])));
    }

    [Fact]
    public void Without_a_schema_or_a_statement_nothing_is_shown_and_the_remedy_is_named()
    {
        using var tables = new Tables().With("uppsala.csv", Uppsala);
        var report = tables.Make(statement: null);
        Assert.Equal(0, report.Sections);
        Assert.True(report.AnyRefused);
        Assert.Contains("--public", Assert.Single(report.LeftOut), StringComparison.Ordinal);
        Assert.DoesNotContain("12,5", report.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_areas_are_enough()
    {
        using var tables = new Tables().With("liten.csv", "kommundel;andel 2023;andel 2024\nNorr;10,5;9,5\nSöder;2,5;3,5\n");
        var page = Parse(tables.Make().Html);
        Assert.Contains("Under åren 2023–2024 steg andelen mest i Söder, med 1,0 procentenheter.", Text(page), StringComparison.Ordinal);
        Assert.Contains("sjönk andelen mest i Norr, med 1,0 procentenheter", Text(page), StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("#andel-trend"));
    }

    [Fact]
    public void Years_in_rows_make_a_trend_for_each_area_and_a_chosen_year_is_told()
    {
        var csv = new StringBuilder("stadsdelsomrade,ar,alder,antal,andel\n");
        for (var year = 2018; year <= 2024; year++)
        {
            csv.Append(CultureInfo.InvariantCulture,
                $"Järva,{year},0-17,{100 + year},{8 + (year - 2018)}.0\nBromma,{year},0-17,{90 + year},{4 - ((year - 2018) * 0.5)}\nHela "
                    + $"staden,{year},0-17,{900 + year},5.0\n");
        }

        using var tables = new Tables().With("bistand.csv", csv.ToString());
        var page = Parse(tables.Make().Html);
        Assert.Contains("högst i Järva (14,0 %)", Text(page), StringComparison.Ordinal);
        Assert.Equal(21, page.QuerySelectorAll("#andel-trend tbody tr").Length);
        Assert.Equal("2018–2024", page.QuerySelector("#andel-trend .figure-subtitle")!.TextContent.Replace("\u2060", "",
            StringComparison.Ordinal).Split(". ")[^1]);
        Assert.Contains("högst i Järva (10,0 %)", Text(Parse(tables.Make(period: "2020").Html)), StringComparison.Ordinal);
        Assert.Equal(0, tables.Make(period: "1999").Sections);
    }

    [Fact]
    public void A_wide_table_of_newer_years_is_read_by_its_column_names()
    {
        using var tables = new Tables().With(
            "ekonomiskt-bistand-2022-2024.csv",
            "stadsdelsomrade,n2022,n2024,pct2022,pct2024,n2024_barn,pct2024_barn,n2024_65plus,pct2024_65plus\nFarsta,500,400,4.0,3.0,"
                + "100,5.5,10,0.4\nBromma,300,310,1.0,1.1,40,1.2,9,0.2\nHela staden,800,710,2.0,1.9,140,3.0,19,0.3\n");
        var page = Parse(tables.Make().Html);
        Assert.Contains("Andel i familjer med ekonomiskt bistånd", Text(page), StringComparison.Ordinal);
        Assert.Contains("högst i Farsta (5,5 %) och lägst i Bromma (1,2 %)", Text(page), StringComparison.Ordinal);
        Assert.Contains("I 1 av 2 områden", Text(page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_file_leaves_only_itself_out_and_its_cells_unsaid()
    {
        using var tables = new Tables().With("uppsala.csv", Uppsala).With("trasig.csv", "namn,personnummer\nAnna Svensson,811218-9876\n");
        var report = tables.Make();
        Assert.Equal(1, report.Sections);
        Assert.StartsWith("trasig.csv", Assert.Single(report.LeftOut), StringComparison.Ordinal);
        Assert.DoesNotContain("9876", report.LeftOut[0] + report.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Svensson", report.LeftOut[0] + report.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_register_passes_the_gate_to_poverty_and_segregation_by_area()
    {
        using var tables = new Tables();
        SyntheticFiles.Write(SyntheticRegister.Make(4_000, seed: 3, years: 1), tables.Folder, seed: 3);
        var report = tables.Make(statement: null);
        var page = Parse(report.Html);
        Assert.True(report.Sections >= 3, string.Join('\n', report.LeftOut));
        Assert.Contains("röjandekontroll", page.QuerySelector("header")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("offentlig statistik", Text(page), StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("#fattigdom-ranked"));
        Assert.Contains(page.QuerySelectorAll("h2"), heading => heading.TextContent.Contains("Segregation", StringComparison.Ordinal));
    }

    [Fact]
    public void The_english_edition_has_no_swedish_word_but_names()
    {
        using var tables = new Tables().With("uppsala.csv", Uppsala)
            .With("tid.csv", "district,year,share\nA,2020,1.5\nB,2020,2.5\nA,2021,1.0\nB,2021,3.5\n");
        var text = Text(Parse(tables.Make(statement: "Statistics of the municipality, 2025", language: Language.English).Html));
        Assert.DoesNotMatch(new Regex(@"\b(och|är|av|i|för|områden|högst|lägst|mått|källa|från|värde|siffror)\b", RegexOptions.IgnoreCase),
            text);
    }

    private static IDocument Parse(string html)
    {
        var page = new HtmlParser().ParseDocument(html);
        foreach (var script in page.QuerySelectorAll("script,style").ToList()) script.Remove();
        return page;
    }

    private static string Text(IDocument page) => page.Body!.TextContent.Replace('\u00A0', ' ')
        .Replace("\u2060", "", StringComparison.Ordinal);
}
