using Analys.Load.Schema;
using Analys.Measure.Areas.Study;

namespace Analys.Tests.Measure.Areas;

/// <summary>From a table to records, and through the gate.</summary>
public class StudyTests
{
    [Fact]
    public void Each_period_is_a_study_of_its_own_and_texts_are_categories()
    {
        const string rows = """
            ar,omr,y,v,x
            2016,A,1,0.2,norr
            2016,B,3,0.3,norr
            2016,C,2,0.2,söder
            2016,D,5,0.4,söder
            2017,A,2,0.2,norr
            2017,B,3,0.3,norr
            2017,C,4,0.2,söder
            2017,D,5,0.4,söder
            """;
        var results = Table(rows, periods: "ar").SmallArea("omr", "y", "v", ["x"]);
        Assert.Equal(["2016", "2017"], results.Where(row => row.Measure.Id == "refvar").Select(row => row.Period));
        Assert.Equal(["intercept", "x=söder"], results.Where(row => row.Measure.Id == "beta" && row.Period == "2016")
            .Select(row => row.Parameters["term"]));
        Assert.Equal(8, results.Count(row => row.Measure.Id == "eblup"));
        var twice = Table(rows, periods: null);
        Assert.Contains("two rows", Assert.Throws<SchemaException>(() => twice.SmallArea("omr", "y", "v")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Standardised_rates_need_every_group_of_the_standard()
    {
        var table = Table("a,g,e,n\nA,u,12,4000\nA,v,30,9000\nB,u,1,100\n", null);
        var standard = Table("a,g,e,n\nS,u,20,1000\nS,v,30,3000\n", null);
        var results = table.Standardise(standard, "a", "g", "e", "n").ToList();
        // 0.25 · 12/4000 + 0.75 · 30/9000; expected 4000 · 0.02 + 9000 · 0.01.
        Near.Equal(0.00325, results.Single(row => row.Area == "A" && row.Measure == StandardisedStudy.Rate).Value.Number);
        Near.Equal(42.0 / 170, results.Single(row => row.Area == "A" && row.Measure == StandardisedStudy.Ratio).Value.Number);
        Assert.False(results.Single(row => row.Area == "B" && row.Measure == StandardisedStudy.Rate).Value.HasNumber);
        Assert.Throws<SchemaException>(() => Table("a,g,e,n\nA,w,1,2\n", null).Standardise(standard, "a", "g", "e", "n"));
    }

    [Theory]
    [InlineData("2012", "2013")]
    [InlineData("2011/12", "2012/13")]
    [InlineData("1999/00", "2000/01")]
    [InlineData("2011-12", "2012-01")]
    [InlineData("2012M09", "2012M10")]
    [InlineData("2012K4", "2013K1")]
    [InlineData("2012T3", "2013T1")]
    public void The_next_period_is_written_as_the_last(string last, string next)
    {
        var (step, number) = PeriodStep.Read(last)!.Value;
        Assert.Equal(last, step.Write(number));
        Assert.Equal(next, step.Write(number + 1));
    }

    [Theory]
    [InlineData("2012-13")]
    [InlineData("2012K5")]
    [InlineData("2012T0")]
    [InlineData("2011/13")]
    [InlineData("tolv")]
    public void What_is_no_period_is_none(string text) => Assert.Null(PeriodStep.Read(text));

    [Fact]
    public void Forecasts_carry_units_on_and_a_break_of_the_schema_cuts_them()
    {
        var rows = "u,t,v\n"
            + string.Concat(Enumerable.Range(2005, 12).Select(year => $"F,{year},{(year < 2010 ? 100 : year - 2000)}\nK,{year},5\n"));
        var plain = Table(rows, null, "forecast").Forecast("u", "t", "v", 2, "naive");
        Assert.Equal([16, 16, 5, 5], plain.Where(row => row.Measure.Id == "forecast").Select(row => row.Value.Number));
        Assert.Equal(["2017", "2018"], plain.Where(row => row.Measure.Id == "forecast" && row.Area == "F").Select(row => row.Period));
        var cut = Table(rows, null, "forecast", """, "breaks": [ { "before": "2010", "note": "ny definition" } ]""")
            .Forecast("u", "t", "v", 1);
        Assert.All(cut, row => Assert.Equal("2010", row.Parameters["from"]));
        Assert.Throws<SchemaException>(() => Table("u,t,v\nF,2010,1\nF,2012,2\n", null).Forecast("u", "t", "v"));
    }

    [Fact]
    public void A_year_is_followed_up_against_its_budget()
    {
        var rows = "r,m,kr,b\n" + string.Concat(Enumerable.Range(0, 20).Select(k => $"A,{2016 + (k / 12)}-{(k % 12) + 1:00},10,100\n"));
        var results = Table(rows, null).Forecast("r", "m", "kr", 4, "naive", budget: "b").ToList();
        Assert.Equal(120, results.Single(row => row.Measure == ForecastStudy.Year).Value.Number);
        var deviation = results.Single(row => row.Measure == ForecastStudy.Deviation);
        Assert.Equal((20, "yes", "8", "2017"), (deviation.Value.Number, deviation.Parameters["deviates"], deviation.Parameters["months"],
            deviation.Period));
    }

    // What is released of confidential counts is rounded as far as the policy's number of persons could move it, and what nobody can say is
    // withheld.
    [Fact]
    public void Figures_of_confidential_counts_are_rounded_by_what_persons_move()
    {
        const string rows = "r,n,e\n1,2000,364\n2,2100,317\n3,1900,243\n4,2050,223\n5,1950,183\n";
        var open = Table(rows, null).Gradient("r", "n", events: "e");
        var shut = Table(rows, null, isPublic: false).Gradient("r", "n", events: "e").Release(Policy.Stockholm);
        foreach (var (full, told) in open.Zip(shut)
            .Where(pair => pair.First.Measure.Id is "slope-index-of-inequality" or "concentration-index" or "erreygers"))
        {
            Assert.NotNull(told.Step);
            Assert.InRange(Math.Abs(full.Value.Number - told.Value.Number), 0, told.Step!.Value);
        }

        const string amounts = "a,y,v,n\nA,210,4,500\nB,230,5,400\nC,190,6,300\nD,260,5,500\n";
        var kronor = Table(amounts, null, isPublic: false).SmallArea("a", "y", "v", count: "n").Release(Policy.Stockholm);
        Assert.All(kronor, row => Assert.False(row.Value.HasNumber));
        Assert.Throws<ReleaseRefusedException>(() => Table(amounts, null, isPublic: false).SmallArea("a", "y", "v")
            .Release(Policy.Stockholm));
    }

    [Fact]
    public void A_panel_ranks_by_direction_and_takes_the_city_from_its_totals()
    {
        const string poor = "omr,andel\nA,0.30\nB,0.10\nC,0.20\nStaden,0.18\n", school = "omr,behoriga\nA,0.70\nB,0.95\nC,0.80\n";
        using var files = new TemporaryFile("fattiga.csv", poor);
        Extract[] extracts =
        [
            Table(poor, null, "fattiga", """, "totals": [ "Staden" ], "sector": "ekonomi", "direction": "higher-is-worse" """),
            Table(school, null, "skola", """, "sector": "skola", "direction": "lower-is-worse" """),
        ];
        var results = extracts.Panel("omr").ToList();
        string[] Worst(string indicator) =>
            [.. results.Where(row => row.Measure == PanelStudy.Rank && row.Parameters["indicator"] == indicator)
            .OrderBy(row => row.Value.Number).Select(row => row.Area!)];
        Assert.Equal(["A", "C", "B"], Worst("fattiga"));
        Assert.Equal(["A", "C", "B"], Worst("skola"));
        Near.Equal(0.12, results.Single(row => row.Measure == PanelStudy.Gap && row.Area == "A"
            && row.Parameters["indicator"] == "fattiga").Value.Number);
        Assert.True(results.First(row => row.Measure == PanelStudy.Correlation).Value.Number > 0.9);
    }

    [Fact]
    public void Columns_of_one_name_in_several_files_are_called_as_the_files()
    {
        using TemporaryFile one = new("ohalsa.csv", "omr,varde\nA,0.30\nB,0.10\nC,0.20\n"),
            two = new("arbete.csv", "omr,varde\nA,12\nB,15\nC,11\n");
        var results = new[] { Extract.Load(one.Path), Extract.Load(two.Path) }.Panel("omr").ToList();
        Assert.Equal(["arbete", "ohalsa"], results.Where(row => row.Measure == PanelStudy.Rank)
            .Select(row => row.Parameters["indicator"]).Distinct().Order());
    }

    private static Extract Table(string rows, string? periods, string name = "tabell", string more = "", bool isPublic = true)
    {
        var columns = rows[..rows.IndexOf('\n', StringComparison.Ordinal)].Trim().Split(',');
        var first = rows.Split('\n')[1].Split(',');
        var fields = columns.Select((column, i) =>
        {
            var isNumber = double.TryParse(first[i], System.Globalization.NumberStyles.Float,
                System.Globalization.CultureInfo.InvariantCulture, out _)
                && column is not ("t" or "m");
            var role = column == periods ? """, "analys": { "role": "period" }""" : "";
            return $$"""{ "name": "{{column}}", "type": "{{(isNumber && column != periods ? "number" : "string")}}"{{role}} }""";
        });
        var schema = $$"""
            { "title": "{{name}}", "fields": [ {{string.Join(", ", fields)}} ],
                "analys": { "confidentiality": "{{(isPublic ? "public" : "confidential")}}"{{more}} } }
            """;
        using var file = new TemporaryFile($"{name}.csv", rows.TrimEnd() + "\n");
        return Extract.Load(file.Path, TableSchema.Parse(schema, name));
    }
}
