using Analys.Load.Schema;
using Analys.Measure.Swedish;

namespace Analys.Tests.Measure.Swedish;

/// <summary>The norm between years: price part and child part, and what both do to households.</summary>
public class NormChangeTests
{
    // By hand from the tables: adults + children by age + common costs of all.
    [Theory]
    [InlineData(2012, 1, "3 8", 2920 + 1710 + 2390 + 1300)]
    [InlineData(2018, 2, "5 13", 5460 + 2330 + 3370 + 1540)]
    [InlineData(2023, 1, "16", 3490 + 4390 + 1250)]
    public void Limits_of_households_are_right_to_the_krona(int year, int adults, string ages, double limit) =>
        Assert.Equal(limit, new Riksnorm(PolicyParameters.Riksnorm.In(year).Value).Of(Of(adults, ages)));

    // The city's question of 2012: 3.2 % is what prices explain.
    [Theory]
    [InlineData(3, 100.08)]
    [InlineData(8, 191.84)]
    [InlineData(12, 291.92)]
    [InlineData(16, 392.32)]
    [InlineData(19, 391.36)]
    public void The_child_part_of_2012_is_what_prices_do_not_explain(int age, double part)
    {
        var change = Change2012();
        Assert.Equal(part, new Riksnorm(change.To).Child(age) - new Riksnorm(change.Priced).Child(age), 9);
    }

    [Fact]
    public void Adults_and_the_youngest_have_no_child_part_and_parts_add_up()
    {
        var change = Change2012();
        Assert.Equal(0.0318, new NormChange(change.From, change.To, null).Uprate, 4);
        foreach (var age in new[] { 0, 1, 2, 4, 5, 6 })
            Assert.InRange(new Riksnorm(change.To).Child(age) - new Riksnorm(change.Priced).Child(age), -5, 5);
        var rows = NormChangeStudy.Norms(change, LunchRule.NoDeduction, NormChange.StandardHouseholds).ToList();
        foreach (var household in rows.GroupBy(row => row.Parameters["household"]))
        {
            double Part(string part) => household.Single(row => row.Parameters.GetValueOrDefault("part") == part).Value.Number;
            Assert.Equal(Part("total"), Part("price") + Part("child"), 9);
            if (!household.Key.Contains("children", StringComparison.Ordinal)) Assert.Equal(0, Part("child"));
        }
    }

    // Single adult with a child of 8; from 2011 to 2012 the norm rises by 90 + 260 + 30 = 380, of which 191.84 is the child part.
    // The need of 2011 is 12 · (2 830 + 2 130 + 1 000) + 60 000 = 131 520, priced 133 778, of 2012 136 080.
    [Fact]
    public void Children_households_cost_and_winners_follow_by_hand()
    {
        var results = Study((131_519, 0), (132_000, 0), (135_000, 0), (140_000, 6)).ToList();
        Assert.Equal(1, Value(results, "poor-children", "scenario", "baseline"));
        Assert.Equal(3, Value(results, "poor-children", "scenario", "changed"));
        Assert.Equal(1, Value(results, "poor-children-change", "part", "price"));
        Assert.Equal(1, Value(results, "poor-children-change", "part", "child"));
        Assert.Equal(2, Value(results, "households-entitled-change", "part", "total"));
        Assert.Equal(6 * (380 - 191.84), Value(results, "support-cost-change", "part", "price"), 6);
        Assert.Equal(6 * 191.84, Value(results, "support-cost-change", "part", "child"), 6);
        Assert.Equal(1, Value(results, "norm-winners", "part", "child"));
        var family = results.Where(row => row.Population?.Properties.ContainsKey("family") == true).ToList();
        Assert.All(family, row => Assert.Equal("single, 1 child", row.Population!.Properties["family"]));
    }

    [Fact]
    public void A_lower_norm_for_large_families_leaves_three_children_whole()
    {
        var table = PolicyParameters.Riksnorm.In(2017).Value;
        var half = new Riksnorm(table) { LargeFamilyFactor = 0.5 };
        Assert.Equal(new Riksnorm(table).Of(Of(2, "2 5 9")), half.Of(Of(2, "2 5 9")));
        // The youngest of four is 2 years: 2 100.
        Assert.Equal(new Riksnorm(table).Of(Of(2, "5 2 13 9")) - 1050, half.Of(Of(2, "5 2 13 9")));
    }

    // Couple with 5 and 8 in 2017: norm 5 370 + 2 100 + 2 690 + 1 520 = 11 680, rent 8 000, allowance 2 · 1 050 + 150.
    [Fact]
    public void Support_takes_each_krona_below_the_norm_and_none_above()
    {
        var effects = new MarginalEffects(new Riksnorm(PolicyParameters.Riksnorm.In(2017).Value), 1050, [150, 580, 1010, 1250]);
        var household = Of(2, "5 8");
        Assert.Equal(19_680, effects.Disposable(household, 8000, 0));
        Assert.Equal(1, effects.Of(household, 8000, 10_000, 1000));
        Assert.Equal(0, effects.Of(household, 8000, 17_430, 1000));
        Assert.Equal(0.75, (effects with { Disregard = 0.25 }).Of(household, 8000, 10_000, 1000));
        Assert.Equal(15_000, (effects with { Ceiling = 15_000 }).Disposable(household, 8000, 0));
    }

    [Fact]
    public void A_file_of_reforms_is_read_whole_or_refused()
    {
        using var good = new TemporaryFile("reform.json", """
            { "reforms": [ { "name": "tak", "from": "2027-01-01", "reference": "utredning", "ceiling": 25000, "largeFamilyFactor": 0.7 } ] }
            """);
        var reform = Assert.Single(Reform.Load(good.Path));
        Assert.Equal((25_000.0, 0.7), (reform.Change.Ceiling, reform.Change.LargeFamilyFactor));
        foreach (var text in new[]
        {
            """{ "reforms": [ { "name": "tak", "from": "2027-01-01", "reference": "r" } ] }""",
            """{ "reforms": [ { "name": "tak", "from": "2027", "reference": "r", "ceiling": 1 } ] }""",
            """{ "reforms": [ { "name": "tak", "from": "2027-01-01", "reference": " ", "ceiling": 1 } ] }""",
            """{ "reforms": [ { "name": "tak", "from": "2027-01-01", "reference": "r", "cieling": 1 } ] }""",
            """{ "reforms": [] }""",
        })
        {
            using var bad = new TemporaryFile("reform.json", text);
            Assert.Throws<ParameterException>(() => Reform.Load(bad.Path));
        }
    }

    private static NormChange Change2012() => new(PolicyParameters.Riksnorm.In(2011).Value, PolicyParameters.Riksnorm.In(2012).Value,
        0.032);

    private static HouseholdComposition Of(int adults, string ages) =>
        new(adults, adults == 2, [.. ages.Split(' ').Select(age => int.Parse(age, System.Globalization.CultureInfo.InvariantCulture))]);

    private static Results Study(params (double Income, int Months)[] rows)
    {
        var lines = rows.SelectMany((row, i) => new[]
        {
            $"{(2 * i) + 1},{i},2012,30,Farsta,{row.Income},60000,{row.Months}",
                $"{(2 * i) + 2},{i},2012,8,Farsta,{row.Income},60000,{row.Months}",
        });
        const string schema = """
            { "fields": [
              { "name": "p", "type": "integer", "analys": { "role": "person" } },
                  { "name": "h", "type": "integer", "analys": { "role": "household" } },
              { "name": "y", "type": "year", "analys": { "role": "period" } },
                  { "name": "a", "type": "integer", "analys": { "role": "age" } },
              { "name": "area", "type": "string", "analys": { "role": "area" } },
                  { "name": "inc", "type": "number", "analys": { "role": "disposableIncome" } },
              { "name": "cost", "type": "number", "analys": { "role": "housingCost" } },
                  { "name": "m", "type": "integer", "analys": { "role": "incomeSupportMonths" } } ] }
            """;
        using var file = new TemporaryFile("uttag.csv", string.Join('\n', lines.Prepend("p,h,y,a,area,inc,cost,m")));
        var households = RegisterHouseholds.Of(Extract.Load(file.Path, TableSchema.Parse(schema, "uttag")));
        var change = Change2012();
        var terms = new IncomeStandard { Norm = new Riksnorm(change.From) };
        return new NormChangeStudy(households, change, terms, LunchRule.NoDeduction, NormActs.Line, Ages.Children).Run();
    }

    private static double Value(List<Result> results, string measure, string parameter, string word) => results.Single(row =>
        row.Measure.Id == measure && row.Area is null && row.Population?.Properties.IsEmpty != false
        && row.Parameters.GetValueOrDefault(parameter) == word).Value.Number;
}
