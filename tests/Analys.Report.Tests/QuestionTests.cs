using Analys.Measure.Synthetic;
using Analys.Tests;

namespace Analys.Report.Tests;

/// <summary>Questions that gather more than one table tells: effects, the table of all measures, registers of the same persons.</summary>
public class QuestionTests
{
    [Fact]
    public void A_panel_with_starts_becomes_a_section_that_a_board_can_read()
    {
        using var tables = new Tables();
        foreach (var file in (string[])["syntetisk-barnstod.csv"])
            File.Copy(Repository.At("notebooks", "data", "syntetiskt", file), Path.Combine(tables.Folder, file));
        File.Copy(Repository.At("data-schemas", "extracts", "syntetisk-barnstod.schema.json"),
            Path.Combine(tables.Folder, "syntetisk-barnstod.schema.json"));
        var report = tables.Make(statement: null);
        var page = GuessedTableTests.Parse(report.Html);
        Assert.Equal(["Vad som gjordes", "För vem, jämfört med vem", "Vad som ändrades", "Hur säkert det är", "Vad så få kan visa"],
            page.QuerySelectorAll("h3").Select(heading => heading.TextContent).Take(5));
        Assert.NotNull(page.QuerySelector("#effekt-event-study"));
        Assert.Contains("fyra av fem studier", GuessedTableTests.Text(page), StringComparison.Ordinal);
    }

    [Fact]
    public void All_measures_stand_in_one_table_coloured_column_by_column()
    {
        using var tables = new Tables().With("tal.csv",
            "område,Arbetslöshet 2023 (%),Medianinkomst 2022 (tkr)\nNorr,9.1,212.4\nSöder,4.2,331.9\nÖster,12.3,289\n");
        var heat = GuessedTableTests.Parse(tables.Make().Html).QuerySelector("#oversikt-heat")!;
        Assert.Equal(["Område", "Arbetslöshet, 2023, procent", "Medianinkomst, 2022, kronor"],
            heat.QuerySelectorAll("thead th").Select(cell => cell.TextContent));
        Assert.Equal(["Öster", "Norr", "Söder"], heat.QuerySelectorAll("tbody th").Select(cell => cell.TextContent));
    }

    [Fact]
    public void Of_two_registers_of_the_same_persons_one_is_asked_and_nothing_is_told_twice()
    {
        using var tables = new Tables();
        SyntheticFiles.Write(SyntheticRegister.Make(4_000, seed: 3, years: 3), tables.Folder, seed: 3);
        var report = tables.Make(statement: null);
        var headings = GuessedTableTests.Parse(report.Html).QuerySelectorAll("h2")
            .Select(heading => heading.TextContent.TrimStart([.. "0123456789 "])).ToList();
        Assert.Equal(headings.Distinct(), headings);
        Assert.Contains("Barn under fattigdomsgränsen", headings);
        Assert.Contains(headings, heading => heading.StartsWith("Segregation", StringComparison.Ordinal));
        Assert.Contains(headings, heading => heading == "Medianinkomst");
        Assert.DoesNotContain("totalräkningar", report.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_of_very_many_figures_stays_small_enough_to_mail_and_says_what_it_lacks()
    {
        using var tables = new Tables();
        for (var i = 0; i < 8; i++)
        {
            tables.With($"matt-{(char)('a' + i)}.csv", "område,andel 2022,andel 2023\n"
                + string.Concat(Enumerable.Range(1, 25).Select(k => $"Område {k:00},{k + i}.5,{k + i + 1}.1\n")));
        }

        var report = tables.Make();
        Assert.InRange(report.Html.Length, 100_000, 600_000);
        Assert.Contains(report.LeftOut, line => line.Contains("too large to mail", StringComparison.Ordinal));
    }

    [Fact]
    public void Words_of_the_tables_are_in_english_where_the_recipe_has_them()
    {
        using var tables = new Tables();
        foreach (var file in Directory.GetFiles(Repository.At("notebooks", "data", "stockholm")))
            File.Copy(file, Path.Combine(tables.Folder, Path.GetFileName(file)));
        foreach (var file in Directory.GetFiles(Repository.At("data-schemas", "extracts")))
            File.Copy(file, Path.Combine(tables.Folder, Path.GetFileName(file)));
        var page = GuessedTableTests.Parse(tables.Make(statement: null, recipe: "stockholm", language: Language.English).Html);
        foreach (var source in page.QuerySelectorAll(".figure-source,section[aria-labelledby=sources]").ToList()) source.Remove();
        var text = GuessedTableTests.Text(page);
        foreach (var word in (string[])["Afrika", "projektstart", "introduktionsersättning", "utbildning", "ekonomiskt bistånd", "Andel",
            " och ",
            " för ", "årsmål"]) Assert.DoesNotContain(word, text, StringComparison.Ordinal);
        Assert.Contains("Africa", text, StringComparison.Ordinal);
    }
}
