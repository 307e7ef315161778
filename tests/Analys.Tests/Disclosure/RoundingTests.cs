using Analys.Disclosure;
using Analys.Disclosure.Tables;

namespace Analys.Tests.Disclosure;

public class RoundingTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 5)]
    [InlineData(4, 5)]
    [InlineData(5, 5)]
    [InlineData(6, 6)]
    public void The_citys_practice_rounds_one_to_four(double count, double expected) =>
    Assert.Equal(expected, RoundingRule.CityPractice(count));

    [Theory]
    [InlineData(4, 3, 3)]
    [InlineData(5, 3, 6)]
    [InlineData(7, 5, 5)]
    [InlineData(8, 5, 10)]
    public void To_the_nearest_multiple(double count, int @base, double expected) =>
    Assert.Equal(expected, RoundingRule.ToBase(count, @base));

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Controlled_rounding_of_two_way_tables_and_trees_is_always_additive(int @base)
    {
        for (var seed = 1; seed <= 100; seed++)
        {
            foreach (var table in new[] { RandomTables.TwoWay(seed), RandomTables.Hierarchy(seed) })
            {
                var rounded = TableRounding.Controlled(table, @base);
                Assert.True(rounded.IsAdditive, $"seed {seed}");
                for (var i = 0; i < table.Cells.Count; i++)
                {
                    Assert.Equal(0, rounded.Values[i] % @base);
                    Assert.True(Math.Abs(rounded.Values[i] - table.Cells[i].Value) < @base);
                }
            }
        }
    }

    [Fact]
    public void Other_tables_are_additive_or_say_that_they_are_not()
    {
        var additive = 0;
        for (var seed = 1; seed <= 60; seed++)
        {
            var rounded = TableRounding.Controlled(RandomTables.ThreeWay(seed), 3);
            Assert.Equal(rounded.IsAdditive, rounded.NotAdditive.Count == 0);
            if (rounded.IsAdditive) additive++;
        }
        Assert.True(additive >= 50, $"{additive} of 60 additive");
    }

    [Fact]
    public void Rounded_one_by_one_a_table_says_which_totals_are_off()
    {
        var table = new ProtectionTableBuilder().Add("a", 2).Add("b", 2).Add("T", 4).Equate("T", ["a", "b"]).Build();
        var rounded = TableRounding.CityPractice(table);
        Assert.False(rounded.IsAdditive);
        Assert.Equal(["T"], rounded.NotAdditive);
    }

    [Fact]
    public void Totals_of_a_noisy_table_are_rounded_by_themselves()
    {
        // 4 and 4 beside a total of 11: each goes to its nearest, 3, 3 and 12, since the total was no sum to begin with.
        var table = new ProtectionTableBuilder().Add("a", 4).Add("b", 4).Add("T", 11).Equate("T", ["a", "b"], 6).Build();
        Assert.Equal([3.0, 3, 12], TableRounding.Controlled(table, 3).Values);
        // Of an exact total one of its parts moves along, or it does: the sum holds.
        var exact = new ProtectionTableBuilder().Add("a", 4).Add("b", 4).Add("T", 8).Equate("T", ["a", "b"]).Build();
        var rounded = TableRounding.Controlled(exact, 3).Values;
        Assert.Equal(rounded[2], rounded[0] + rounded[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => TableRounding.Controlled(exact, 1));
    }

    [Theory]
    [InlineData(0, 0, 2)]
    [InlineData(5, 3, 5)]
    [InlineData(6, 6, 6)]
    [InlineData(17, 17, 17)]
    public void Behind_the_citys_figures_stand_these_counts(double shown, double low, double high)
    {
        Assert.Equal((low, high), RoundingRule.BehindCityPractice(shown));
        // Every count that is shown so, and no other.
        Assert.All(Enumerable.Range(0, 30), count => Assert.Equal(RoundingRule.CityPractice(count) == shown,
            count >= low && count <= high));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(4)]
    [InlineData(10)]
    public void Behind_a_multiple_stand_the_counts_that_round_to_it(int @base)
    {
        for (var shown = 0; shown <= 4 * @base; shown += @base)
        {
            var near = RoundingRule.BehindBase(shown, @base);
            var either = RoundingRule.BehindControlled(shown, @base);
            foreach (var count in Enumerable.Range(0, 6 * @base))
            {
                Assert.Equal(RoundingRule.ToBase(count, @base) == shown, count >= near.Low && count <= near.High);
                Assert.Equal(Math.Abs(count - shown) < @base, count >= either.Low && count <= either.High);
            }
        }
    }
}
