using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Change;

namespace Analys.Tests.Measure.Segregation.Change;

/// <summary>A seed gives the same replicates whatever order the rows stand in.</summary>
public class DrawOrderTests
{
    private static readonly string[] Units = ["d", "a", "c", "b"];
    private static readonly double[] Counts = [30, 20, 10, 40, 35, 5, 12, 60, 0, 7, 19, 80];

    [Theory]
    [InlineData(null)]
    [InlineData(NullModel.Independence)]
    [InlineData(NullModel.Geographic)]
    internal void Shuffled_units_and_groups_give_the_same_records(NullModel? model)
    {
        SegregationMeasure[] measures =
            [Dissimilarity.Measure, MultigroupMutualInformation.Measure, LocationQuotient.Measure];
        var options = new ResamplingOptions { Replicates = 40, Seed = 6, Pairs = true };
        Results Run(GroupCounts counts) => model is { } given ? SegregationInference.Test(measures, counts, given, options)
            : SegregationInference.Bootstrap(measures, counts, options);
        var first = Run(new GroupCounts(Units, ["x", "y", "z"], Counts));
        var second = Run(Shuffled([2, 0, 3, 1], [2, 0, 1]));
        Assert.Equal(first.Count, second.Count);
        var other = second.ToDictionary(Key);
        foreach (var result in first)
        {
            var match = other[Key(result)];
            Assert.Equal(result.Value.HasNumber ? result.Value.Number : double.NaN, match.Value.HasNumber ? match.Value.Number
                : double.NaN, 1e-12);
            Assert.Equal(result.StandardError ?? 0, match.StandardError ?? 0, 1e-12);
            Assert.Equal(result.Lower ?? 0, match.Lower ?? 0, 1e-12);
        }

        Assert.Contains(first, result => result.StandardError > 0);
    }

    [Fact]
    public void Two_tables_with_the_same_units_in_another_order_are_paired()
    {
        var options = new ResamplingOptions { Replicates = 40, Seed = 6 };
        var first = new GroupCounts(Units, ["x", "y", "z"], Counts);
        var later = new GroupCounts(Units, ["x", "y", "z"], [25, 25, 10, 45, 30, 5, 20, 50, 2, 10, 16, 80]);
        var straight = TwoSamples.Compare([Dissimilarity.Measure], first, later, options);
        var turned = TwoSamples.Compare([Dissimilarity.Measure], first, later.Select([3, 1, 0, 2]), options);
        Assert.All(straight, result => Assert.Equal("paired", result.Parameters["labels"]));
        Assert.Equal(straight.Select(result => result.Value.Number), turned.Select(result => result.Value.Number));
    }

    private static (string, string?, string?, string?) Key(Result result) =>
        (result.Measure.Id, result.Area, result.Group, result.Reference);

    private static GroupCounts Shuffled(int[] units, int[] groups) => new(
        units.Select(unit => Units[unit]), groups.Select(group => "xyz"[group].ToString()),
        [.. units.SelectMany(unit => groups.Select(group => Counts[(unit * 3) + group]))]);
}
