using Analys.Measure.Areas;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Analys.Tests.Measure.Areas;

public class GradientTests
{
    private static readonly double[] Counts = [20000, 21000, 19000, 20500, 19500];
    private static readonly double[] Rates = [0.182, 0.151, 0.128, 0.109, 0.094];

    // Errors and intervals: lm with weights, confint, and the delta method on the log scale in R; the log-binomial error is glm's.
    [Fact]
    public void Agrees_with_the_reference()
    {
        var gradient = Of([1, 2, 3, 4, 5], Counts, Rates);
        Check(gradient.Slope, -0.109006563525551, 0.00846825523884482, -0.135956331122612, -0.0820567959284896);
        Check(gradient.Relative(RelativeIndex.Fit), 0.418967209222746, 0.418967209222746 * 0.0784606061293988, 0.326390981063089,
            0.537801387256981);
        Near.Equal(-0.818951681195678, gradient.Relative(RelativeIndex.Mean).Value.Number);
        Near.Equal(-0.131011795199279, gradient.Concentration.Value.Number);
        Near.Equal(0.0101777478820044, gradient.Concentration.StandardError);
        Near.Equal(-0.0697533, gradient.Erreygers.Value.Number);
        Near.Equal(-0.151127639678714, gradient.Wagstaff.Value.Number);
        var logBinomial = gradient.Relative(RelativeIndex.LogBinomial);
        Near.Equal(0.436070527863005, logBinomial.Value.Number);
        Near.Equal(0.436070527863005 * 0.0290361982263820, logBinomial.StandardError, 1e-6);
    }

    // By hand: two groups of one person each, rates 1 and 0. Ridits 1/4 and 3/4: slope −2, concentration 2/0.5·(−1/8).
    [Fact]
    public void Two_groups_have_a_slope_and_no_residual_error()
    {
        var gradient = Of([1, 2], [1, 1], [1, 0]);
        Near.Equal(-2, gradient.Slope.Value.Number);
        Assert.Null(gradient.Slope.StandardError);
        Near.Equal(-0.5, gradient.Concentration.Value.Number);
        Near.Equal(-1, gradient.Wagstaff.Value.Number);
        Assert.False(gradient.Relative(RelativeIndex.Fit).Value.HasNumber);
        Assert.Throws<AreaModelException>(() => Of([1, 1], [1, 1], [1, 0]));
    }

    [Fact]
    public void Where_nobody_has_the_outcome_shares_of_it_are_undefined()
    {
        var gradient = Of([1, 2, 3], [5, 6, 7], [0, 0, 0]);
        Assert.Equal(0, gradient.Slope.Value.Number);
        Assert.All(
            new[] { gradient.Concentration, gradient.Wagstaff, gradient.Relative(RelativeIndex.Fit), gradient.Relative(RelativeIndex.Mean),
                gradient.Relative(RelativeIndex.LogBinomial) },
            estimate => Assert.False(estimate.Value.HasNumber));
        Assert.False(Of([1, 2, 3], [5, 6, 7], [2, 1, 1]).Erreygers.Value.HasNumber);
    }

    // Binomial errors against the change that one rate makes, numerically.
    [Fact]
    public void Binomial_errors_are_those_of_the_rates()
    {
        var measures = new Func<Gradient, Estimated>[]
        {
            g => g.Slope, g => g.Relative(RelativeIndex.Fit), g => g.Relative(RelativeIndex.Mean), g => g.Concentration, g => g.Erreygers,
                g => g.Wagstaff,
        };
        foreach (var measure in measures)
        {
            var variance = 0.0;
            for (var g = 0; g < 5; g++)
            {
                double At(double change) =>
                    measure(Of([1, 2, 3, 4, 5], Counts, [.. Rates.Select((rate, k) => k == g ? rate + change : rate)])).Value.Number;
                var slope = (At(1e-5) - At(-1e-5)) / 2e-5;
                variance += slope * slope * Rates[g] * (1 - Rates[g]) / Counts[g];
            }

            Near.Equal(Math.Sqrt(variance), measure(Of([1, 2, 3, 4, 5], Counts, Rates, GradientError.Binomial)).StandardError, 1e-6);
        }
    }

    [Property]
    public Property Order_of_rows_and_splitting_a_rank_change_nothing() => Prop.ForAll(
        Gen.Choose(0, 100).ArrayOf(12).ToArbitrary(), numbers =>
        {
            double[] ranks = [.. numbers.Select((_, i) => (double)(i % 5))], counts = [.. numbers.Select((n, i) => 3.0 + n + i)],
                rates = [.. numbers.Select(n => n / 100.0)];
            int[] order = [.. Enumerable.Range(0, 12).OrderBy(i => (numbers[i] * 7919) % 101).ThenBy(i => -i)];
            var plain = Of(ranks, counts, rates);
            var shuffled = Of([.. order.Select(i => ranks[i])], [.. order.Select(i => counts[i])], [.. order.Select(i => rates[i])]);
            Assert.Equal(plain.Slope, shuffled.Slope);
            // Turned round, the slope changes its sign; a rate of the complement too.
            Near.Equal(-plain.Slope.Value.Number, Of([.. ranks.Select(rank => -rank)], counts, rates).Slope.Value.Number, 1e-6);
            var complement = Of(ranks, counts, [.. rates.Select(rate => 1 - rate)]);
            Near.Equal(-plain.Erreygers.Value.Number, complement.Erreygers.Value.Number, 1e-6);
            if (plain.Mean is > 0 and < 1) Near.Equal(-plain.Wagstaff.Value.Number, complement.Wagstaff.Value.Number, 1e-6);
        });

    private static Gradient Of(double[] ranks, double[] counts, double[] rates, GradientError kind = GradientError.Residuals) =>
        Gradient.Of(ranks, counts, [.. rates.Select((rate, i) => rate * counts[i])], kind);

    private static void Check(Estimated estimate, double value, double error, double lower, double upper)
    {
        Near.Equal(value, estimate.Value.Number);
        Near.Equal(error, estimate.StandardError);
        Near.Equal(lower, estimate.Lower, 1e-7);
        Near.Equal(upper, estimate.Upper, 1e-7);
    }
}
