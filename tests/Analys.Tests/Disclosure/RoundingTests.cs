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
}
