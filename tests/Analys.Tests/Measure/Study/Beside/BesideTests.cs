using Analys.Domain;
using Analys.Measure.Study;

namespace Analys.Tests.Measure.Study.Beside;

/// <summary>Measures that a call gives a second column: as an analyst asks for them.</summary>
public class BesideTests
{
    private const string Csv = """
        pid,hh,area,year,income,education,health,sex,age
        1,1,A,1,100,1,5,kvinna,30
        2,1,A,1,100,4,5,man,70
        3,2,A,1,300,1,2,kvinna,40
        4,3,B,1,50,1,1,man,66
        5,3,B,1,50,3,1,kvinna,8
        6,4,B,1,400,4,9,man,50
        7,5,B,1,120,2,,man,51
        """;

    [Fact]
    public void Deprivation_in_several_dimensions_by_hand()
    {
        // Deprived: income
        // < 110 (persons 1, 2, 4, 5), education ≤ 1 (1, 3, 4), health < 3 (3, 4, 5; the seventh is not known). Two of three: 1, 3, 4, 5.
        var results = Poverty(new StudyChoices
        {
            Income = "income",
            By = ["none"],
            Dimensions = ["income<110", "education<=1", "health<3"],
            Cutoff = 2 / 3.0
        },
            "multidimensional-headcount", "multidimensional-intensity", "multidimensional-poverty", "dimension-headcount",
                "dimension-censored-headcount",
            "multidimensional-gap", "bourguignon-chakravarty");
        double[] Of(string id) => [.. results.Where(row => row.Measure.Id == id).Select(row => Math.Round(row.Value.Number, 12))];
        Assert.Equal([Math.Round(4 / 6.0, 12)], Of("multidimensional-headcount"));
        Assert.Equal([Math.Round(9 / 12.0, 12)], Of("multidimensional-intensity"));
        Assert.Equal([0.5], Of("multidimensional-poverty"));
        Assert.Equal([Math.Round(4 / 6.0, 12), 0.5, 0.5], Of("dimension-headcount"));
        Assert.Equal([0.5, 0.5, 0.5], Of("dimension-censored-headcount"));
        // The weighted mean of the censored headcounts is the adjusted headcount.
        Assert.Equal(Of("multidimensional-poverty")[0], Of("dimension-censored-headcount").Average(), 1e-12);
        // Gaps: income 10/110 and 60/110 twice; education 0 of those on the cutoff; health 1/3, 2/3, 2/3.
        Assert.Equal((((10 + 60 + 60) / 110.0) + (5 / 3.0)) / 18, Of("multidimensional-gap")[0], 1e-11);
        Assert.Equal((((10 + 10 + 60 + 60) / 110.0) + (5 / 3.0)) / 18, Of("bourguignon-chakravarty")[0], 1e-11);
        Assert.All(results, row => Assert.Equal(6, row.N));
    }

    [Fact]
    public void Dimensions_have_their_parts_and_gaps_their_substitution()
    {
        // As above, education counting twice: scores of four. Two of four: persons 1, 3, 4 (education and more), 5 (income and health).
        var results = Poverty(new StudyChoices
        {
            Income = "income",
            By = ["none"],
            Dimensions = ["income<110", "education<=1:2", "health<3"],
            Cutoff = 0.5,
            Substitution = 2,
        }, "dimension-contribution", "multidimensional-poverty", "bourguignon-chakravarty:2");
        double[] parts = [.. results.Where(row => row.Measure.Id == "dimension-contribution").Select(row => row.Value.Number)];
        Assert.Equal([3 / 12.0, 6 / 12.0, 3 / 12.0], parts.Select(part => Math.Round(part, 12)));
        Assert.Equal(12 / 24.0, results.Single(row => row.Measure.Id == "multidimensional-poverty").Value.Number, 1e-12);
        // θ = α = 2: the weighted squares of gaps themselves.
        var squares = ((2 * 100.0 / 12100) + (2 * 3600.0 / 12100) + (1 / 9.0) + (8 / 9.0)) / 4;
        var index = results.Single(row => row.Measure.Id == "bourguignon-chakravarty");
        Assert.Equal(squares / 6, index.Value.Number, 1e-12);
        Assert.Equal(("2", "2"), (index.Parameters["substitution"], index.Parameters["deprivation-power"]));
        Assert.Throws<CallException>(() => Poverty(new StudyChoices { Income = "income", Dimensions = ["income<110"], Substitution = 0.5 },
            "bourguignon-chakravarty"));
    }

    [Fact]
    public void Household_size_divides_the_whole_income()
    {
        var results = Poverty(new StudyChoices
        {
            Income = "income",
            Household = "hh",
            By = ["none"],
            Equivalence = [0, 0.5, 1],
            Lines = ["fixed:60"]
        }, "poverty-headcount",
            "at-risk-of-poverty-threshold");
        Assert.Equal([2 / 7.0, 2 / 7.0, 4 / 7.0], results.Where(row => row.Measure.Id == "poverty-headcount")
            .Select(row => row.Value.Number));
        Assert.Equal(["0", "0.5", "1"], results.Where(row => row.Measure.Id == "poverty-headcount")
            .Select(row => row.Parameters["equivalence"]));
    }

    [Fact]
    public void Women_and_men_and_the_old_and_the_young()
    {
        var results = IncomeStudies.Inequality(Extract(), ["gender-pay-gap", "income-ratio-65"], new StudyChoices
        {
            Income = "income",
            Sex = "sex",
            Age = "age",
            By = ["none"],
        }, default);
        // Women 100, 300, 50; men 100, 50, 400, 120. 65 and above: 100, 50; below: 100, 300, 50, 400, 120.
        Assert.Equal(1 - (150 / 167.5), results[0].Value.Number, 1e-12);
        Assert.Equal(75 / 120.0, results[1].Value.Number, 1e-12);
    }

    [Fact]
    public void Less_poverty_by_every_line_is_found_and_never_both_ways()
    {
        var city = People.City(800, 5, areas: 2);
        var incomes = city.Incomes.ToArray();
        for (var row = 0; row < incomes.Length; row++) incomes[row] *= city.Breakdowns[0].Codes.Span[row] == 0 ? 1.3 : 1;
        var study = new IncomeStudy { Persons = city with { Incomes = incomes }, Comparison = new Comparison("B", false, []) };
        var results = Analys.Measure.Study.Beside.Dominance.Of(study, default);
        Assert.Equal(6, results.Count);
        double P(string order, string alternative) =>
            results.Single(row => row.Parameters["order"] == order && row.Parameters["alternative"] == alternative).Value.Number;
        Assert.True(P("2", "less-poverty") < 0.05);
        foreach (var order in (string[])["1", "2", "3"]) Assert.True(P(order, "more-poverty") > 0.9);
    }

    private static Results Poverty(StudyChoices choices, params string[] ids) =>
        IncomeStudies.Poverty(Extract(), ids, choices, new NormChoices(), default);

    private static Extract Extract()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");
        try
        {
            File.WriteAllText(path, Csv);
            return Analys.Extract.Load(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
