using Analys.Measure.Indicators;

namespace Analys.Tests.Measure.Indicators;

public class IndicatorTests
{
    private static readonly IReadOnlyList<Indicator> Plan = IndicatorFollowUp.Read(ShippedData.Load("verksamhetsplan-2018-indikatorer"));

    [Theory]
    [InlineData("Antal tillhandahållna platser för feriejobb", 696)]
    [InlineData("Antal tillhandahållna platser för Stockholmsjobb", 75)]
    [InlineData("Antal aspiranter som fått Stockholmsjobb", 18)]
    [InlineData("Antal praktiktillfällen som genomförs inom stadens verksamheter av de aspiranter som Jobbtorg Stockholm matchar", 40)]
    public void The_joint_units_sum_is_the_plans(string name, double sum)
    {
        var indicator = Plan.Single(candidate => candidate.Name == name);
        Assert.Equal(sum, indicator.Joint().Value.Number);
        Assert.Equal(sum, indicator.BoardTarget);
        Assert.True(indicator.AddsUp());
    }

    [Fact]
    public void A_weighted_mean_without_weights_is_bounded_not_invented()
    {
        var children = Plan.Single(candidate => candidate.Name.StartsWith("Andel barn", StringComparison.Ordinal));
        var (value, lower, upper) = children.Joint();
        Assert.Equal(ValueStatus.Undefined, value.Status);
        Assert.Equal((0.3, 0.6), (lower, upper));
        Assert.True(children.AddsUp());
        Assert.Equal(0.6 * 0.5 + 0.5 * 0.3 + 0.3 * 0.2, children.Joint([50, 30, 20]).Value.Number, 1e-12);
    }

    [Fact]
    public void Every_row_of_the_plan_adds_up_and_a_changed_one_is_a_finding()
    {
        Assert.Empty(IndicatorFollowUp.Check(ShippedData.Load("verksamhetsplan-2018-indikatorer")));
        Assert.False((Plan.Single(indicator => indicator.BoardTarget == 696) with { BoardTarget = 697 }).AddsUp());
        Assert.False((Plan.First(indicator => indicator.Aggregation == Aggregation.WeightedMean) with { BoardTarget = 0.9 }).AddsUp());
    }

    [Fact]
    public void Direction_decides_what_is_better()
    {
        var children = Plan.Single(candidate => candidate.Name.StartsWith("Andel barn", StringComparison.Ordinal));
        Assert.Equal(Direction.Lower, children.Direction);
        Assert.Equal(2.5, children.Margin(0.5, 3.0), 1e-12);
        var jobs = Plan.Single(candidate => candidate.BoardTarget == 696);
        Assert.Equal(-46, jobs.Margin(650, 696));
    }

    [Fact]
    public void The_budget_adds_up_to_its_total()
    {
        var sums = IndicatorFollowUp.Of(ShippedData.Load("verksamhetsplan-2018-budget"))
            .ToDictionary(result => result.Group!, result => result.Value.Number);
        Assert.Equal(50.0, sums["Kostnader, mnkr"]);
        Assert.Equal(27.6, sums["Netto, mnkr"]);
    }

    [Fact]
    public void Coverage_rose_from_7_to_13_of_18()
    {
        var coverage = ServiceCoverage.Of(ShippedData.Load("barnstod-2006-stodgrupper"));
        Assert.Equal([7.0 / 18, 13.0 / 18], coverage.Select(result => result.Value.Number));
    }
}
