using System.Text.Json;
using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Income.Inequality;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Study;

namespace Analys.Tests.Measure.Study;

/// <summary>Twenty persons with rational arithmetic: zero and negative incomes, two persons exactly on the line, three quantile
/// rules.</summary>
public class FixtureTests
{
    private static readonly (QuantileRule Rule, string Name)[] Rules =
        [(QuantileRule.Above, "D1"), (QuantileRule.Average, "D2"), (QuantileRule.Inverse, "D3")];

    [SharedFact]
    public void Quantiles_and_the_line_agree_under_all_three_rules()
    {
        using var fixture = People.Fixture();
        var root = fixture.RootElement;
        foreach (var (rule, name) in Rules)
        {
            foreach (var quantile in root.GetProperty("quantiles").EnumerateObject())
            {
                var parts = quantile.Name.Split('/');
                Assert.Equal(Rational(quantile.Value.GetProperty(name)),
                    Whole(fixture, incomes => incomes.Quantile(Number(parts[0]) / Number(parts[1]), rule)), 1e-12);
            }

            Assert.Equal(Rational(root.GetProperty("arpt60").GetProperty(name)),
                Value(Study(fixture) with { Quantiles = rule }, AtRiskOfPovertyThreshold.Measure, null), 1e-12);
        }
    }

    [SharedTheory]
    [InlineData("poverty_all", null, null)]
    [InlineData("poverty_child_lt18", null, "0-17")]
    [InlineData("poverty_child_0_19", null, "0-19")]
    [InlineData("poverty_A", "A", null)]
    [InlineData("poverty_B", "B", null)]
    [InlineData("poverty_C", "C", null)]
    public void Poverty_agrees(string key, string? area, string? ages)
    {
        using var fixture = People.Fixture();
        foreach (var (poor, name) in new[] { (PoorRule.Below, "strict_lt"), (PoorRule.AtOrBelow, "loose_le") })
        {
            var expected = fixture.RootElement.GetProperty(key).GetProperty(name);
            var study = Study(fixture) with { Poor = poor, Ages = ages is null ? [] : [AgeSpan.Parse(ages)] };
            void Check(string field, IncomeMeasure measure, Func<IncomeStudy, IncomeStudy>? change = null)
            {
                if (expected.TryGetProperty(field, out var value))
                    Assert.Equal(Rational(value), Value((change ?? (s => s))(study), measure, area), 1e-12);
            }

            Check("H", Fgt.AtRiskOfPovertyRate);
            Check("H", Fgt.Headcount);
            Check("PG", Fgt.Gap);
            Check("PG", Fgt.Of(1));
            Check("SPG", Fgt.Severity);
            Check("SPG", Fgt.Of(2));
            Check("sst", SenShorrocksThon.Measure);
            Check("watts_pos_only", Watts.Measure);
            Check("watts_num_pos_den_all", Watts.Measure, s => s with { NonPositive = NonPositiveIncomes.Denominator });
            foreach (var (rule, id) in Rules) Check($"rmpg_{id}", RelativeMedianPovertyGap.Measure, s => s with { Quantiles = rule });
            // The sums of one pass and the sorted distribution agree with the fixture alike: the median gap forces the sorted one.
            if (expected.TryGetProperty("H", out var share))
            {
                var both = study.Run([Fgt.Headcount, RelativeMedianPovertyGap.Measure])
                    .First(result => result.Area == area && result.Measure.Id == "poverty-headcount");
                Assert.Equal(Rational(share), both.Value.Number, 1e-12);
            }
        }
    }

    [SharedFact]
    public void The_gap_of_the_poor_is_undefined_where_nobody_is_poor()
    {
        using var fixture = People.Fixture();
        var result = Study(fixture).Run([RelativeMedianPovertyGap.Measure]).Single(result => result.Area == "C");
        Assert.Equal("nobody is poor", result.Value.Reason);
    }

    [SharedFact]
    public void Gini_agrees_with_negative_incomes_kept_and_set_to_zero()
    {
        using var fixture = People.Fixture();
        Assert.Equal(67561 / 134376.0, Whole(fixture, incomes => Gini.Measure.Of(incomes, new()).Number), 1e-12);
        var twenty = People.Twenty(fixture);
        var zeroed = twenty with { Incomes = twenty.Incomes.ToArray().Select(income => Math.Max(0, income)).ToArray() };
        Assert.Equal(67131 / 134816.0, Value(new IncomeStudy { Persons = zeroed }, Gini.Measure, null), 1e-12);
    }

    [SharedFact]
    public void The_quintile_ratio_agrees_under_all_three_rules()
    {
        using var fixture = People.Fixture();
        foreach (var (rule, name) in Rules)
        {
            var expected = Rational(fixture.RootElement.GetProperty($"s80s20_{name}").GetProperty("ratio"));
            Assert.Equal(expected, Value(Study(fixture) with { Quantiles = rule }, IncomeQuintileShareRatio.Measure, null), 1e-12);
        }
    }

    [SharedFact]
    public void Sen_is_headcount_gap_and_gini_of_the_poor()
    {
        // S = H [I + (1 − I) G_p], with the fixture's own parts; children have no negative income, so that G_p is unambiguous.
        using var fixture = People.Fixture();
        var parts = fixture.RootElement.GetProperty("poverty_child_0_19").GetProperty("strict_lt");
        double h = Rational(parts.GetProperty("H")), i = Rational(parts.GetProperty("I")),
            g = Rational(parts.GetProperty("gini_poor_nonneg"));
        var sen = Value(Study(fixture) with { Ages = [Ages.ChildrenAndYouth] }, Sen.Measure, null);
        Assert.Equal(h * (i + ((1 - i) * g)), sen, 1e-12);
    }

    [SharedFact]
    public void Counts_are_unweighted_and_households_stand_behind_them()
    {
        using var fixture = People.Fixture();
        var result = (Study(fixture) with { Ages = [Ages.Children] }).Run([Fgt.AtRiskOfPovertyRate]).Single(result => result.Area is null);
        Assert.Equal(7, result.N);
        Assert.Equal((3, 7, 2), (result.Basis!.Numerator, result.Basis.Denominator, result.Basis.Contributors));
        Assert.Equal("0-17", result.Population?.ToString());
    }

    private static IncomeStudy Study(JsonDocument fixture) => new() { Persons = People.Twenty(fixture) };

    private static double Value(IncomeStudy study, IncomeMeasure measure, string? area) =>
        study.Run([measure]).Single(result => result.Area == area).Value.Number;

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private delegate double OfIncomes(WeightedIncomes incomes);

    private static double Whole(JsonDocument fixture, OfIncomes of)
    {
        var persons = People.Twenty(fixture);
        var order = IncomeOrder.Of(persons.Incomes.Span);
        var slices = DomainSlices.Of(persons, persons.Incomes.Span, order, Cut.Whole, null);
        return of(new WeightedIncomes(slices.Incomes, slices.Weights));
    }

    private static double Rational(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? value.GetProperty("num").GetDouble() / value.GetProperty("den").GetDouble()
        : value.GetDouble();
}
