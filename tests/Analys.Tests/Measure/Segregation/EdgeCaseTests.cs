using Analys.Measure;
using Analys.Measure.Segregation;

namespace Analys.Tests.Measure.Segregation;

/// <summary>Every measure on every awkward table: a value within its range, or undefined with a reason; never NaN, never a crash.</summary>
public class EdgeCaseTests
{
    public static TheoryData<string> Names =>
        ["empty_unit", "zero_group_of_2", "zero_group_of_3", "single_unit", "single_group", "one_person_unit", "fractional", "all_zero",
            "huge", "one_cell_each"];

    [SharedTheory]
    [MemberData(nameof(Names))]
    public void Known_within_range_or_undefined_with_a_reason(string name)
    {
        var counts = Cases.Tiny(name);
        foreach (var measure in SegregationMeasures.All.Where(measure => !measure.NeedsGeography))
        {
            foreach (var result in measure.Of(counts, MeasureArguments.None with { Pairs = true }))
            {
                if (result.Value.HasNumber)
                {
                    Assert.InRange(result.Value.Number, measure.Definition.Range.Min - 1e-12, measure.Definition.Range.Max + 1e-12);
                }
                else
                {
                    Assert.False(string.IsNullOrEmpty(result.Value.Reason), measure.Definition.Id);
                }
            }
        }
    }

    [SharedTheory]
    [InlineData("negative")]
    [InlineData("missing")]
    public void Wrong_counts_are_refused(string name) => Assert.Throws<CountException>(() => Cases.Tiny(name));

    [Fact]
    public void An_empty_unit_weighs_nothing()
    {
        GroupCounts with = Cases.Table([10, 5], [0, 0], [5, 10]), without = Cases.Table([10, 5], [5, 10]);
        foreach (var measure in SegregationMeasures.All.Where(measure => !measure.NeedsGeography))
        {
            var left = measure.Of(with).Where(result => result.Area is null).Select(result => result.Value);
            Assert.Equal(measure.Of(without).Where(result => result.Area is null).Select(result => result.Value), left);
        }
    }

    [Theory]
    [InlineData("dissimilarity", "only one inhabited unit")]
    [InlineData("mutual-information", "only one inhabited unit")]
    public void One_unit_has_nothing_to_be_compared_with(string id, string reason) =>
        Assert.All(SegregationMeasures.Find(id).SelectMany(measure => measure.Of(Cases.Table([10, 5]))),
            result => Assert.Equal(reason, result.Value.Reason));

    [Fact]
    public void Counts_that_would_overflow_are_refused() => Assert.Throws<CountException>(() => Cases.Table([1e200, 1], [1, 1e200]));

    [Fact]
    public void Every_definition_is_complete_and_every_option_is_read()
    {
        foreach (var measure in SegregationMeasures.All)
        {
            var definition = measure.Definition;
            Assert.Matches("^[a-z]+(-[a-z]+)*$", definition.Id);
            Assert.All([definition.Name, definition.Swedish, definition.Formula, definition.Unit, definition.Citation],
                text => Assert.False(string.IsNullOrWhiteSpace(text)));
            Assert.All(measure.Options, _ => Assert.NotNull(measure.Configure));
        }

        Assert.Throws<MeasureOptionException>(() => Atkinson.With(1));
        Assert.Throws<MeasureOptionException>(() => Cases.Table([1, 2], [2, 1]).Value("mutual-information", null, null, ("base", "1")));
        Assert.Equal(ValueStatus.Undefined, SegregationMeasures.Find("neighbourhood-sorting").Single()
            .Of(Cases.Table([1, 2], [2, 1]))[0].Value.Status);
    }
}
