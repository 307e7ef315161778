using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Change;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Analys.Tests.Measure.Segregation.Change;

/// <summary>Parts of a difference add up to it, and each part is moved by what it is named after, and by that alone.</summary>
public class DifferenceTests
{
    private static readonly Arbitrary<double[]> Cells = Gen.Choose(1, 60).ArrayOf(24)
        .Select(cells => cells.Select(cell => (double)cell).ToArray()).ToArbitrary();

    [Theory]
    [InlineData(DifferenceMethod.Shapley)]
    [InlineData(DifferenceMethod.KarmelMaclachlan)]
    [InlineData(DifferenceMethod.MoraRuizCastillo)]
    internal void Parts_add_up_to_the_difference(DifferenceMethod method) => Prop.ForAll(Cells, cells =>
    {
        var (first, second) = Pair(cells);
        var results = InformationDifference.Of(first, second, method)
            .ToDictionary(result => result.Measure.Id, result => result.Value.Number);
        var whole = second.Value("mutual-information") - first.Value("mutual-information");
        return Math.Abs(results["mutual-information-difference"] - whole) < 1e-12
            && Math.Abs(results.Where(part => part.Key != "mutual-information-difference").Sum(part => part.Value) - whole) < 1e-10;
    }).QuickCheckThrowOnFailure();

    [Property]
    public Property Shapley_is_symmetric_in_time_and_its_units_add_up() => Prop.ForAll(Cells, cells =>
    {
        var (first, second) = Pair(cells);
        Results forward = InformationDifference.Of(first, second, byUnit: true), backward = InformationDifference.Of(second, first);
        return new[] { "group-marginal", "unit-marginal",
            "structural" }.All(part => Math.Abs(Part(forward, part) + Part(backward, part)) < 1e-9)
            && Math.Abs(forward.Where(result => result.Area is not null)
                .Sum(result => result.Value.Number) - Part(forward, "structural")) < 1e-10;
    });

    [Fact]
    public void Margins_alone_leave_the_structure()
    {
        // The second table is the first with rows and columns rescaled: the same odds ratios.
        var first = Cases.Table([40, 10, 5], [10, 30, 10], [20, 20, 60]);
        var second = Cases.Table([80, 10, 20], [10, 15, 20], [60, 30, 360]);
        var results = InformationDifference.Of(first, second);
        Assert.Equal(0, Part(results, "structural"), 1e-10);
        Assert.NotEqual(0, Part(results, "unit-marginal"), 1e-3);
    }

    [Fact]
    public void The_same_margins_leave_only_the_structure()
    {
        var results = InformationDifference.Of(Cases.Table([30, 20], [20, 30]), Cases.Table([40, 10], [10, 40]));
        Assert.Equal(0, Part(results, "group-marginal"), 1e-12);
        Assert.Equal(0, Part(results, "unit-marginal"), 1e-12);
        Assert.Equal(results[0].Value.Number, Part(results, "structural"), 1e-12);
    }

    [Fact]
    public void Units_that_came_or_went_are_additions_and_removals()
    {
        var first = new GroupCounts(["a", "b", "gone"], ["A", "B"], [30, 20, 20, 30, 50, 0]);
        var second = new GroupCounts(["a", "b", "new"], ["A", "B"], [30, 20, 20, 30, 0, 10]);
        var results = InformationDifference.Of(first, second);
        Assert.True(Part(results, "removals") < 0 && Part(results, "additions") > 0);
        Assert.Equal(0, Part(results, "structural"), 1e-12);
    }

    [Fact]
    public void A_pattern_of_zeros_that_admits_no_fit_is_said_so()
    {
        var results = InformationDifference.Of(Cases.Table([10, 0], [0, 10]), Cases.Table([10, 20], [5, 10]));
        Assert.Equal(ValueStatus.Undefined,
            results.Single(result => result.Measure.Id.EndsWith("-structural", StringComparison.Ordinal)).Value.Status);
    }

    [Property]
    public Property Between_and_within_add_up() => Prop.ForAll(Cells, cells =>
    {
        var counts = new GroupCounts(Enumerable.Range(0, 8).Select(i => $"{i}"), ["A", "B", "C"], cells);
        var nested = new NestedCounts(counts, ["region", "district"], [[0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 2, 2, 3, 3]],
            [["x", "y"], ["p", "q", "r", "s"]]);
        var terms = WithinBetween.Measures(nested, "unit")
            .ToLookup(measure => measure.Definition.Id.StartsWith("mutual", StringComparison.Ordinal),
                measure => measure.Of(counts)[0].Value.Number);
        // The last term is the mean of M within districts, weighted by population.
        var within = nested.Split(1).Sum(area => area.Counts.Total / counts.Total * area.Counts.Value("mutual-information"));
        return terms.All(kind => kind.All(term => term >= 0))
            && Math.Abs(terms[true].Sum() - counts.Value("mutual-information")) < 1e-12
            && Math.Abs(terms[false].Sum() - counts.Value("information-theory")) < 1e-12
            && Math.Abs(terms[true].Last() - within) < 1e-12;
    });

    [Property]
    public Property Structure_and_composition_add_up_for_any_index() => Prop.ForAll(Cells, cells =>
    {
        var (first, second) = Pair(cells);
        return new SegregationMeasure[] { Dissimilarity.Measure, Gini.Measure, Isolation.Measure, InformationTheory.Measure }.All(measure =>
        {
            var parts = StructureComposition.Of(measure, measure, first, second).Where(result => result.Group == "A")
                .Sum(result => result.Value.Number);
            return Math.Abs(parts - (second.Value(measure.Definition.Id, "A") - first.Value(measure.Definition.Id, "A"))) < 1e-10;
        });
    });

    [Fact]
    public void The_same_shares_in_other_units_have_no_part_of_composition()
    {
        GroupCounts first = Cases.Table([10, 90], [30, 70], [60, 40]), second = Cases.Table([60, 540], [30, 70], [6, 4]);
        var results = StructureComposition.Of(Dissimilarity.Measure, Dissimilarity.Measure, first, second)
            .Where(result => result.Group == "A").ToList();
        Assert.NotEqual(0, results[0].Value.Number, 1e-3);
        Assert.Equal(0, results[1].Value.Number, 1e-12);
    }

    private static double Part(Results results, string part) =>
        results.Single(result => result.Area is null && result.Measure.Id == "mutual-information-difference-" + part).Value.Number;

    private static (GroupCounts First, GroupCounts Second) Pair(double[] cells) =>
        (Cases.Table([.. cells[..12].Chunk(3)]), Cases.Table([.. cells[12..].Chunk(3)]));
}
