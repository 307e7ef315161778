using Analys.Domain;
using Analys.Load;
using Analys.Measure.Segregation;

namespace Analys.Tests.Load.Formats;

/// <summary>Rows are chosen by conditions, and years are never added up unasked.</summary>
public sealed class RowChoiceTests
{
    private const string Years =
        "stadsdel;år;grupp;antal\nKista;2018;a;10\nKista;2018;b;20\nFarsta;2018;a;30\nFarsta;2018;b;5\nKista;2024;a;15\nKista;2024;b;"
            + "20\nFarsta;2024;a;30\nFarsta;2024;b;15\n";

    [Theory]
    [InlineData("år=2024", 4)]
    [InlineData("år!=2024", 4)]
    [InlineData("år=2018..2020", 4)]
    [InlineData("år=2000-2030", 8)]
    [InlineData("antal=..15", 4)]
    [InlineData("antal=20..", 4)]
    [InlineData("grupp=a|c", 4)]
    [InlineData("stadsdel!=Kista", 4)]
    public void Conditions_choose_rows(string condition, int rows)
    {
        using var file = new TestFile("years.csv", Years);
        Assert.Equal(rows, Extract.Load(file.Path).Where(RowChoice.Parse([condition])).RowCount);
    }

    [Fact]
    public void What_was_chosen_is_known_and_rows_keep_their_numbers()
    {
        using var file = new TestFile("years.csv", Years);
        var chosen = Extract.Load(file.Path).Where(RowChoice.Parse(["år=2024", "grupp=b"]));
        Assert.Equal([20, 15], chosen.Number("antal").Values.ToArray());
        Assert.Equal("column antal, rows 7, 9", chosen.Where("antal", _ => true));
        Assert.Contains("rows where år=2024, grupp=b", chosen.Provenance.Steps);
        Assert.Equal(["b"], chosen.Text("grupp").Categories);
    }

    [Fact]
    public void Years_are_not_added_up_unless_asked()
    {
        using var file = new TestFile("years.csv", Years);
        var extract = Extract.Load(file.Path);
        var refused = Assert.Throws<CallException>(() => GroupCountsReader.Long(extract, "stadsdel", "grupp", "antal"));
        Assert.Contains("år", refused.Message, StringComparison.Ordinal);
        Assert.Equal(80, GroupCountsReader.Long(extract.Where(RowChoice.Parse(["år=2024"])), "stadsdel", "grupp", "antal").Totals.ToArray()
            .Sum());
        Assert.Equal(145, GroupCountsReader.Long(extract.Pooled(), "stadsdel", "grupp", "antal").Totals.ToArray().Sum());
    }

    [Theory]
    [InlineData("år", "2018", "2024")]
    [InlineData("X", "2018", "2024")]
    [InlineData("datum", "2018-01-01", "2024-01-01")]
    [InlineData("läsår", "2018/2019", "2023/24")]
    [InlineData("månad", "2018M01", "2018M02")]
    [InlineData("kvartal", "2018K1", "2018K2")]
    [InlineData("termin", "VT 2018", "HT 2018")]
    [InlineData("X", "2018 VT", "2018 HT")]
    [InlineData("X", "VT18", "HT18")]
    [InlineData("X", "mars 2018", "apr. 2018")]
    [InlineData("X", "Kvartal 1 2018", "Kvartal 2 2018")]
    [InlineData("X", "2018 kv 1", "2018 kv 2")]
    [InlineData("X", "2018M03", "2018M04")]
    [InlineData("X", "2018-W03", "2018-W04")]
    [InlineData("X", "v. 3 2018", "v. 4 2018")]
    [InlineData("X", "31 dec 2018", "31 december 2019")]
    [InlineData("X", "31.12.2018", "31.12.2019")]
    [InlineData("X", "12/31/2018", "12/31/2019")]
    [InlineData("X", "20181231", "20191231")]
    [InlineData("X", "201801", "201802")]
    [InlineData("X", "17/18", "18/19")]
    [InlineData("X", "läsår 17/18", "läsår 18/19")]
    [InlineData("X", "jan-18", "feb-18")]
    [InlineData("X", "vår 2018", "höst 2018")]
    [InlineData("X", "H1 2018", "H2 2018")]
    [InlineData("X", "Kv. 1 2018", "Kv. 2 2018")]
    [InlineData("X", "1:a kvartalet 2018", "2:a kvartalet 2018")]
    [InlineData("X", "2017 och 2018", "2018 och 2019")]
    [InlineData("X", "2018 (prel.)", "2019")]
    [InlineData("mätperiod", "första", "andra")]
    [InlineData("period", "före", "efter")]
    public void Years_under_any_name_and_in_any_form_give_a_figure_each(string name, string first, string second)
    {
        using var file = new TestFile("t.csv", Named(name, first, second));
        var figures = Extract.Load(file.Path).Segregation("stadsdel", group: "grupp", count: "antal", measures: ["dissimilarity"]);
        Assert.Equal([(first, 0.55), (second, 0.238095238)], figures.Where(figure => figure.Group == "a")
            .Select(figure => (figure.Period!, Math.Round(figure.Value.Number, 9))).OrderByDescending(figure => figure.Item2));
    }

    [Theory]
    [InlineData("födelseår", "1988", "1994")]
    [InlineData("kön", "kvinna", "man")]
    [InlineData("byggår", "1950", "1960")]
    public void What_divides_persons_and_is_no_period_is_added_up_and_said(string name, string first, string second)
    {
        using var file = new TestFile("t.csv", Named(name, first, second));
        var figures = Extract.Load(file.Path).Segregation("stadsdel", group: "grupp", count: "antal", measures: ["dissimilarity"]);
        Assert.Equal(0.372549, figures[0].Value.Number, 1e-6);
        Assert.Contains(figures.Provenance.Steps, step => step.Contains("added up", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mätning", "I", "II")]
    [InlineData("kvot", "3/4", "7/9")]
    public void A_column_that_tells_added_rows_apart_is_named(string name, string first, string second)
    {
        using var file = new TestFile("t.csv", Named(name, first, second));
        var steps = Extract.Load(file.Path).Segregation("stadsdel", group: "grupp", count: "antal", measures: ["dissimilarity"])
            .Provenance.Steps;
        Assert.Contains(steps, step => step.Contains($"told apart by the column {name}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("grp=typ=c=d", 2)]
    [InlineData("grp=typ!=c=d", 2)]
    [InlineData("omr=A|B", 2)]
    [InlineData("omr=A|C", 2)]
    public void Names_may_hold_equals_signs_and_values_bars(string condition, int rows)
    {
        using var file = new TestFile("t.csv", "omr,grp=typ,antal\nA|B,c=d,10\nA|B,e,20\nC,c=d,30\nC,e,5\n");
        var found = Extract.Load(file.Path).Where(RowChoice.Parse([condition]));
        Assert.Equal((rows, condition), (found.RowCount, found.Selection));
    }

    [Theory]
    [InlineData("T1 2018,T2 2018,T1 2019", "2018", 2)]
    [InlineData("T1 2018,T2 2018,T1 2019", "2018..2019", 3)]
    [InlineData("T1 2018,T2 2018,T1 2019", "..2018", 2)]
    [InlineData("201801,201812,201901", "2018", 2)]
    [InlineData("20180101,20181231,20190101", "2018|2019", 3)]
    [InlineData("31.12.2018,31.12.2019,31.12.2020", "2019", 1)]
    public void A_year_means_all_periods_in_it(string periods, string asked, int rows)
    {
        using var file = new TestFile("t.csv", "a,datum,n\n" + string.Concat(periods.Split(',').Select(period => $"x,{period},1\n")));
        var extract = Extract.Load(file.Path);
        Assert.Equal(rows, extract.Where(Periods.Choice(extract["datum"], asked)).RowCount);
    }

    [Fact]
    public void Counts_that_look_like_years_are_counts()
    {
        using var file = new TestFile("t.csv",
            "ort,kön,a,b\nUppsala,k,1950,2000\nUppsala,m,1960,1990\nEnköping,k,1970,1980\nEnköping,m,1980,1970\n");
        Assert.Null(Extract.Load(file.Path).Segregation("ort", ["a", "b"], measures: ["dissimilarity"])[0].Period);
    }

    [Fact]
    public void Persons_of_several_years_have_a_line_for_each()
    {
        using var file = new TestFile("t.csv", "id,year,inkomst,fodelsear\n1,2018,10,1980\n2,2018,20,1990\n3,2018,30,1970\n"
            + "1,2019,100,1980\n2,2019,200,1990\n3,2019,20,1970\n");
        var extract = Extract.Load(file.Path);
        Results Gini(string? period) => extract.Inequality(measures: ["gini"], choices: new StudyChoices
        {
            Income = "inkomst",
            Period = period
        });
        Assert.Equal(["2018", "2019"], Gini(null).Select(figure => figure.Period!));
        Assert.Null(Assert.Single(Gini("all")).Period);
    }

    [Theory]
    [InlineData("2018", "2018-01-01|2018-07-01")]
    [InlineData("2018-07", "2018-07-01")]
    [InlineData("2018..2019", "2018-01-01|2018-07-01|2019-01-01")]
    [InlineData("2019,2020", "2019-01-01|2020-01-01")]
    public void A_period_is_asked_for_by_its_beginning(string asked, string found)
    {
        using var file = new TestFile("t.csv", "a,datum,n\nx,2018-01-01,1\nx,2018-07-01,2\nx,2019-01-01,3\nx,2020-01-01,4\n");
        Assert.Equal($"datum={found}", Periods.Choice(Extract.Load(file.Path)["datum"], asked).Text);
    }

    private static string Named(string name, string first, string second) => Years.Replace("år", name, StringComparison.Ordinal)
        .Replace(";2018;", $";{first};", StringComparison.Ordinal).Replace(";2024;", $";{second};", StringComparison.Ordinal);

    [Fact]
    public void A_name_with_a_blank_behind_it_is_the_same_name()
    {
        using var file = new TestFile("t.csv", "omr,g,n\n\"A \",x,3\nA,y,5\nB,x,1\nB,\"y \",2\n");
        var extract = Extract.Load(file.Path);
        Assert.Equal(["A", "B"], extract.Text("omr").Categories);
        Assert.Equal(2, extract.Notices.Count(notice => notice.Code == NoticeCodes.Trimmed));
    }

    [Fact]
    public void A_unit_that_comes_twice_is_said()
    {
        using var file = new TestFile("t.csv", "omr,a,b\nA,3,4\nA,5,1\nB,2,8\n");
        Assert.Contains(GroupCountsReader.Wide(Extract.Load(file.Path), "omr", ["a", "b"]).Provenance.Steps, step =>
            step.Contains("row 3", StringComparison.Ordinal));
    }
}
