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

    [Fact]
    public void Rank_order_measures_report_the_order_that_was_used()
    {
        // Three brackets have two limits, which a polynomial of order 1 passes through.
        var counts = Cases.Table([10, 5, 3], [2, 9, 6], [4, 4, 4]);
        foreach (var id in new[] { "rank-order-information-theory", "rank-order-variation-ratio", "rank-order-square-root" })
        {
            Assert.Equal("1", SegregationMeasures.Find(id).Single().Of(counts).Single().Parameters["polynomial-order"]);
            var other = counts.Value(id, null, null, ("polynomial-order", "1"));
            Assert.Equal(other, counts.Value(id));
        }
    }

    [Fact]
    public void A_zero_has_no_sign()
    {
        Assert.False(double.IsNegative(Quantity.Known(-0.0).Number));
        double[] areas = [1, 2, 4];
        var even = Analys.Measure.Segregation.Spatial.RelativeConcentration.Formula([10, 20, 30], [20, 40, 60], areas);
        Assert.Equal("0", even.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Equal_areas_leave_absolute_concentration_undefined_and_ties_do_not_matter()
    {
        Assert.Equal("the units do not differ in area",
            Analys.Measure.Segregation.Spatial.AbsoluteConcentration.Formula([10, 20], [20, 40], [5, 5]).Reason);
        double[] x = [10, 2, 30, 5], y = [20, 40, 60, 9], areas = [1, 1, 3, 3];
        var value = Analys.Measure.Segregation.Spatial.AbsoluteConcentration.Formula(x, y, areas).Number;
        Assert.Equal(value, Analys.Measure.Segregation.Spatial.AbsoluteConcentration.Formula([2, 10, 5, 30], [40, 20, 9, 60],
            areas).Number, 1e-14);
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
