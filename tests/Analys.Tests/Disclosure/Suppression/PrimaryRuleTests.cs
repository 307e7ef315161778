using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;

namespace Analys.Tests.Disclosure.Suppression;

public class PrimaryRuleTests
{
    private static TableCell Cell(double value) => new() { Id = "a", Value = value };

    private static TableCell Magnitude(params double[] amounts) =>
        new() { Id = "a", Value = amounts.Sum(), Contributions = Contributions.Of(amounts) };

    [Theory]
    [InlineData(0, true, false)]
    [InlineData(0, false, true)]
    [InlineData(1, true, true)]
    [InlineData(4, true, true)]
    [InlineData(5, true, false)]
    public void A_count_below_the_threshold_is_unsafe_and_zeros_are_a_choice(int count, bool zerosAreSafe, bool unsafeCell) =>
        Assert.Equal(unsafeCell, new FrequencyThreshold(5, zerosAreSafe).Judge(Cell(count)) is not null);

    [Fact]
    public void Six_siblings_are_one_household()
    {
        Assert.NotNull(new MinimumContributors(3).Judge(Cell(6) with { Contributors = 1 }));
        Assert.Null(new MinimumContributors(3).Judge(Cell(6) with { Contributors = 3 }));
        // Nobody is no household; where none are known the persons are counted, or the amounts.
        Assert.Null(new MinimumContributors(3).Judge(Cell(0)));
        Assert.NotNull(new MinimumContributors(3).Judge(Cell(2)));
        Assert.NotNull(new MinimumContributors(3).Judge(Magnitude(500, 400)));
        Assert.Null(new MinimumContributors(3).Judge(Magnitude(500, 400, 1)));
    }

    [Fact]
    public void Dominance_has_the_handbooks_level()
    {
        // 100/80·(50 + 40) − 100 = 12.5
        var protection = new DominanceRule(2, 80).Judge(Magnitude(40, 50, 6, 4))!;
        Assert.Equal((12.5, 12.5), (protection.LowerLevel, protection.UpperLevel));
        Assert.Null(new DominanceRule(2, 95).Judge(Magnitude(40, 50, 6, 4)));
    }

    [Fact]
    public void P_percent_has_the_handbooks_level()
    {
        // 30/100·50 − (100 − 90) = 5
        Assert.Equal(5, new PPercentRule(30).Judge(Magnitude(50, 40, 6, 4))!.UpperLevel, 12);
        Assert.Null(new PPercentRule(10).Judge(Magnitude(50, 40, 6, 4)));
    }

    [Fact]
    public void Prior_posterior_has_the_handbooks_level() =>
        Assert.Equal(15, new PriorPosteriorRule(20, 40).Judge(Magnitude(50, 40, 6, 4))!.UpperLevel, 12);

    [Fact]
    public void A_rate_of_nearly_everyone_speaks_of_the_few_others()
    {
        var table = new ProtectionTableBuilder().Add("poor", 48).Add("all", 50).Rate("poor", "all", 1).Build();
        var marked = PrimarySuppression.Apply(table, [new FrequencyThreshold()]);
        Assert.Equal(CellStatus.Primary, marked["poor"].Status);
        Assert.Equal(CellStatus.Published, marked["all"].Status);
    }

    [Fact]
    public void Magnitudes_are_protected_to_their_levels()
    {
        var dimensions = new[] { TableDimension.Flat("branch", "a", "b", "c"), TableDimension.Flat("area", "x", "y", "z") };
        var counts = new Dictionary<string, double>
        {
            ["a|x"] = 100,
            ["a|y"] = 40,
            ["a|z"] = 60,
            ["b|x"] = 30,
            ["b|y"] = 90,
            ["b|z"] = 20,
            ["c|x"] = 70,
            ["c|y"] = 35,
            ["c|z"] = 45
        };
        var table = CrossTable.Of(dimensions, values => counts[string.Join('|', values)])
            .Select(cell => cell.Id == "a|x" ? cell with { Contributions = Contributions.Of([80, 10, 10]) } : cell);
        var result = SecondarySuppression.ProtectAll(table, new() { Rules = [new PPercentRule(50)], LegendTellsApart = false });
        Assert.False(result.IsRefused);
        var bounds = result.Audit.Find("a|x")!;
        // 50/100·80 − 10 = 30 on both sides.
        Assert.True(bounds.Lower <= 70 && bounds.Upper >= 130);
    }
}
