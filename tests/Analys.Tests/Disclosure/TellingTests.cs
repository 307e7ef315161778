using Analys.Disclosure;
using Analys.Disclosure.Suppression;

namespace Analys.Tests.Disclosure;

/// <summary>What a figure tells once its counts have passed, at the limits of each rule; steps by hand from the ladder 1, 2, 5.</summary>
public class TellingTests
{
    private static readonly Policy Five = new() { Name = "test", Threshold = 5 };

    private static Result Told(Basis basis, double value, Policy policy, double? error = null, double? lower = null, double? upper = null) =>
        Telling.Of(new Result
        {
            Measure = new Definition("m", "m", "m", "m", Units.Kronor, ValueRange.Any, "test"),
            Value = Quantity.Known(value),
            StandardError = error,
            Lower = lower,
            Upper = upper,
            Basis = basis,
        }, policy);

    private static string? Reason(Result told) => told.Value.Status == ValueStatus.Suppressed ? told.Value.Reason : null;

    private static Basis Amount(double total, params ReadOnlySpan<double> largest) =>
        new(null, 100) { Tells = Tells.Amount, Influence = 0, Largest = [.. largest], Total = total };

    [Theory]
    // The largest two hold 50 per cent and no more; with a little less beside them they hold more than that.
    [InlineData("dominance", 100, 99.999, new[] { 30.0, 20 })]
    // 100 of 150 and 40: the rest of 10 is p/100 · x₁.
    [InlineData("p-percent", 150, 149.999, new[] { 100.0, 40 })]
    // One household alone, and a rest of exactly a tenth.
    [InlineData("p-percent", 110, 109.999, new[] { 100.0 })]
    // p/q · x₁ = 20/40 · 100 = 50.
    [InlineData("prior-posterior", 160, 159.999, new[] { 100.0, 10 })]
    public void A_rule_of_amounts_begins_beyond_its_limit(string rule, double atLimit, double beyond, double[] largest)
    {
        var policy = rule switch
        {
            "dominance" => Five with { Dominance = new DominanceRule(2, 50) },
            "p-percent" => Five with { PPercent = new PPercentRule(10) },
            _ => Five with { PriorPosterior = new PriorPosteriorRule(20, 40) },
        };
        Assert.Null(Reason(Told(Amount(atLimit, largest), 1000, policy)));
        Assert.Equal(rule, Reason(Told(Amount(beyond, largest), 1000, policy)));
        // No contributions: no rule of contributions.
        Assert.Null(Reason(Told(Amount(beyond), 1000, policy)));
        Assert.Null(Reason(Told(Amount(0, largest), 1000, policy)));
    }

    [Fact]
    public void A_position_is_open_to_the_policys_households_and_twice_the_nearest()
    {
        Result At(Policy policy, params ReadOnlySpan<double> near) =>
            Told(new Basis(null, 100) { Tells = Tells.Position, Near = [.. near] }, 1240, policy);
        var three = new Policy { Name = "test", Threshold = 3 };
        // max(10/2, 1) = 5: a step of 10. max(10/2, 10): of 20.
        Assert.Equal((1240, 10), (At(three, 1, 4, 10).Value.Number, At(three, 1, 4, 10).Step));
        Assert.Equal(20, At(three, 10, 10, 10).Step);
        // Households before persons: the second of the list, max(4/2, 1) = 2, a step of 5 that 1240 stands on.
        Assert.Equal(5, At(three with { MinimumContributors = 2 }, 1, 4, 10).Step);
        // Without a number of households, the threshold's.
        Assert.Equal(10, At(three with { MinimumContributors = 0 }, 1, 4, 10).Step);
        Assert.Equal(Telling.Alone, Reason(At(three, 1, 4)));
        Assert.Equal(Telling.Unknown, Reason(At(three)));
        Assert.Equal(Telling.Alone, Reason(At(three, 1, 4, double.PositiveInfinity)));
    }

    [Fact]
    public void A_composition_is_open_by_the_threshold_and_by_one_in_an_empty_cell()
    {
        Result Of(double? influence, bool zerosAreSafe, int threshold = 5) => Told(
            new Basis(null, 100) { Tells = Tells.Composition, Influence = influence }, 30,
            Five with { ZerosAreSafe = zerosAreSafe, Threshold = threshold });
        // 5 · 0.001 twice: 0.01. Where a zero is not told, one person more changes (1 + ln 100) / 100 = 0.056: five make 0.28, a step of 1.
        Assert.Equal(0.01, Of(0.001, true).Step);
        Assert.Equal(1, Of(0.001, false).Step);
        // Without a threshold one person: 0.002.
        Assert.Equal(0.002, Of(0.001, true, 0).Step);
        Assert.Equal((30, null), (Of(0, true).Value.Number, Of(0, true).Step));
        Assert.Equal("threshold", Reason(Of(0, false)));
        Assert.Equal(Telling.Unknown, Reason(Of(null, true)));
    }

    [Theory]
    // Four cells twice are eight: 0.08 and a step of 0.2; from a threshold of ten it is the threshold that holds: 0.3, a step of 1.
    [InlineData(3, 0.2)]
    [InlineData(8, 0.2)]
    [InlineData(30, 1)]
    public void A_summary_is_open_by_eight_persons_or_the_threshold(int threshold, double step) =>
        Assert.Equal(step, Told(new Basis(null, 100) { Tells = Tells.Summary, Influence = 0.01 }, 20,
            Five with { Threshold = threshold }).Step);

    [Theory]
    [InlineData(40, 10.0, 40, null, Tells.Counts)]
    [InlineData(10, 10.0, 40, null, Tells.Counts)]
    [InlineData(0.25, 10.0, 40, null, Tells.Counts)]
    [InlineData(0.26, 10.0, 40, null, Tells.Unstated)]
    [InlineData(11, 10.0, 40, null, Tells.Unstated)]
    [InlineData(0.25, null, 40, null, Tells.Unstated)]
    [InlineData(0, 10.0, 0, null, Tells.Counts)]
    [InlineData(0.25, 10.0, 40, 0.1, Tells.Amount)]
    public void A_value_that_does_not_say_is_known_by_its_numbers(double value, double? numerator, double denominator, double? influence,
        Tells expected)
    {
        var basis = new Basis(numerator, denominator) { Influence = influence };
        var result = new Result
        {
            Measure = new Definition("m", "m", "m", "m", Units.Share, ValueRange.Any, "test"),
            Value = Quantity.Known(value),
            Basis = basis,
        };
        Assert.Equal(expected, Telling.Kind(result, basis));
        Assert.Equal(Tells.Position, Telling.Kind(result, basis with { Tells = Tells.Position }));
        if (expected == Tells.Unstated) Assert.Equal(Telling.Unknown, Reason(Telling.Of(result, Five)));
    }

    [Fact]
    public void A_weighted_share_is_rounded_by_what_one_person_exchanged_makes()
    {
        Result Of(double? exchange, double value = 0.4444) => Told(
            new Basis(40, 90) { Tells = Tells.Counts, IsWeighted = true, Exchange = exchange }, value, Five);
        Assert.Equal((0.44, 0.02), (Of(0.01).Value.Number, Of(0.01).Step));
        Assert.Equal((0.4444, null), (Of(0).Value.Number, Of(0).Step));
        Assert.Equal(Telling.Unknown, Reason(Of(null)));
        Assert.Equal(Telling.Unknown, Reason(Of(double.PositiveInfinity)));
        Assert.Equal(Resolution.Rule, Reason(Of(0.3)));
    }

    [Fact]
    public void Errors_of_households_beside_an_exact_share_are_rounded_or_left_out()
    {
        Result Of(double? influence, double error = 0.05) => Told(new Basis(40, 90)
        {
            Tells = Tells.Counts,
            Influence = influence
        }, 40 / 90.0,
            Five, error, (40 / 90.0) - (2 * error), (40 / 90.0) + (2 * error));
        // The value stays; error and ends are multiples of the step.
        var told = Of(0.005);
        Assert.Equal(40 / 90.0, told.Value.Number);
        Assert.NotNull(told.Step);
        foreach (var number in (double[])[told.StandardError!.Value, told.Lower!.Value, told.Upper!.Value])
            Assert.Equal(number, Steps.Round(number, told.Step.Value));
        Assert.NotEqual(0.05, told.Lower!.Value);
        // Nobody moves it: as it is. Anybody may: none. A step of more than two errors would leave a false zero.
        Assert.Equal((0.05, null), (Of(0).StandardError, Of(0).Step));
        Assert.Equal((0.05, null), (Of(null).StandardError, Of(null).Step));
        foreach (var influence in (double[])[double.PositiveInfinity, 0.2])
        {
            var bare = Of(influence);
            Assert.Equal((40 / 90.0, null, null, null), (bare.Value.Number, bare.StandardError, bare.Lower, bare.Upper));
        }
    }

    [Theory]
    // An error far above the influence hardly moves: s − √(s² − d²) = 5 − √(25 − 9) = 1. One below it is taken to move by all of it.
    [InlineData(5, 3, 1)]
    [InlineData(3, 3, 3)]
    [InlineData(2, 3, 3)]
    public void A_household_moves_an_error_by_what_its_square_adds(double error, double influence, double expected) =>
        Assert.Equal(expected, Resolution.InfluenceOnError(error, influence), 1e-12);

    [Fact]
    public void The_step_of_errors_covers_the_end_that_moves_most()
    {
        // s = 5, d = 3: the error moves by 1; an end two errors away by 2, so the step is at least 4 and the ends keep 1 from its edges.
        Assert.Equal(5, Resolution.StepOfErrors(new Unrounded(100, 3, 5, 90, 110)));
        // Ends without an error are those of replicates: they move with the value, 2 · 3 = 6.
        Assert.Equal(10, Resolution.StepOfErrors(new Unrounded(100, 3, null, 90, 110)));
        // Three errors away: 3, a step of at least 6; 115 lies on an edge of tens.
        Assert.Equal(20, Resolution.StepOfErrors(new Unrounded(100, 3, 5, 100, 115)));
        Assert.Equal(20, Resolution.StepOfErrors(new Unrounded(100, 3, 5, 85, 100)));
        // An end that is not there asks for nothing: the error alone, 2 · 1, but 5 lies on an edge of twos.
        Assert.Equal(5, Resolution.StepOfErrors(new Unrounded(100, 3, 5)));
    }
}
