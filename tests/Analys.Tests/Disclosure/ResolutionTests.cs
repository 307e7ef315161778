using Analys.Disclosure;

namespace Analys.Tests.Disclosure;

/// <summary>The step of a figure: hand-computed, and what is left of a household for one who knows all the others.</summary>
public class ResolutionTests
{
    [Theory]
    [InlineData(0.3, 0.5)]
    [InlineData(0.2, 0.2)]
    [InlineData(1, 1)]
    [InlineData(1.0001, 2)]
    [InlineData(2300, 5000)]
    [InlineData(5000.1, 10_000)]
    [InlineData(0.00051, 0.001)]
    [InlineData(9.99e-7, 1e-6)]
    public void Steps_are_one_two_five(double least, double step) => Assert.Equal(step, Steps.AtLeast(least));

    [Theory]
    [InlineData(0.3049, 0.1, 0.3)]
    [InlineData(0.74, 0.02, 0.74)]
    [InlineData(-0.75, 0.5, -1)]
    [InlineData(-0.2, 0.5, 0)]
    [InlineData(123_456.7, 5000, 125_000)]
    [InlineData(2_500, 5_000, 5_000)]
    [InlineData(1.0 / 3, 0, 1.0 / 3)]
    public void Rounding_writes_no_noise(double value, double step, double rounded)
    {
        Assert.Equal(rounded, Steps.Round(value, step));
        Assert.False(double.IsNegative(Steps.Round(value, step)) && rounded == 0);
    }

    [Fact]
    public void The_mean_of_ten_households_by_hand()
    {
        // Incomes 200 000 nine times and 700 000: mean 250 000, 200 000 without the richest, so that d = 50 000 and the step is at least
        // 100 000. 250 000 lies at the end between 200 000 and 300 000; by 200 000 it becomes 200 000 or 0 with 50 000 to spare, more
        // than d/2 = 25 000.
        var mean = Resolution.Of(new Unrounded(250_000, 50_000));
        Assert.Equal((200_000, 200_000, false), (mean.Step, mean.Value, mean.IsSwallowed));
        // 210 000 by 100 000 is 200 000 with 40 000 to spare.
        Assert.Equal((100_000, 200_000), (Resolution.Of(new Unrounded(210_000, 50_000)).Step, Resolution.Of(new Unrounded(210_000,
            50_000)).Value));
    }

    [Fact]
    public void What_its_step_would_swallow_is_withheld()
    {
        Assert.True(Resolution.Of(new Unrounded(0.3, 0.4)).IsSwallowed);
        Assert.True(Resolution.Of(new Unrounded(0.3, double.PositiveInfinity)).IsSwallowed);
        Assert.False(Resolution.Of(new Unrounded(0.3, 0.001)).IsSwallowed);
        var exact = Resolution.Of(new Unrounded(0.123456, 0, 0.01, 0.1, 0.15));
        Assert.Equal((0.0, 0.123456, 0.01, 0.1, 0.15), (exact.Step, exact.Value, exact.Error, exact.Lower, exact.Upper));
        Assert.Throws<ArgumentOutOfRangeException>(() => Resolution.Of(new Unrounded(double.NaN, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Resolution.Of(new Unrounded(1, double.NaN)));
    }

    [Fact]
    public void A_quantile_stands_among_the_policys_households()
    {
        double[] incomes = [100, 110, 125, 150, 160, 200, 210, 230, 300, 900];
        // Three households at or below 160 (160, 150, 125) and at or above it (160, 200, 210).
        Assert.Equal(50, Resolution.InfluenceOnPosition(incomes, 160, 3));
        // Between two households: 160, 150 and 125 below, 200, 210 and 230 above.
        Assert.Equal(55, Resolution.InfluenceOnPosition(incomes, 175 + 5, 3));
        Assert.Equal(double.PositiveInfinity, Resolution.InfluenceOnPosition(incomes, 900, 2));
        Assert.Equal(double.PositiveInfinity, Resolution.InfluenceOnPosition(incomes, 100, 2));
        Assert.Equal(0, Resolution.InfluenceOnPosition([1, 5, 5, 5, 9], 5, 3));
    }

    [Fact]
    public void However_many_figures_are_read_together_a_household_stays_open()
    {
        var random = new Random(1);
        for (var run = 0; run < 200; run++)
        {
            var (values, influences) = Figures(random, figures: 60, households: 30);
            var steps = new double[values.Length];
            for (var i = 0; i < values.Length; i++)
            {
                var given = Resolution.Of(new Unrounded(values[i], influences[i].Max(Math.Abs)));
                Assert.Equal(given.Value, Steps.Round(values[i], given.Step));
                steps[i] = given.Step;
            }

            Assert.All(JointResolution.OpenShares(values, steps, influences), open => Assert.True(open >= 1 - 1e-9, $"run {run}: {open}"));
        }
    }

    [Fact]
    public void Error_and_interval_ends_leave_as_much_as_the_value()
    {
        var random = new Random(2);
        for (var run = 0; run < 2000; run++)
        {
            var d = Math.Exp(random.NextDouble() * 8);
            var error = d * (1 + (9 * random.NextDouble()));
            var value = 1000 * d * random.NextDouble();
            var given = Resolution.Of(new Unrounded(value, d, error, value - (1.96 * error), value + (1.96 * error)));
            var onError = Resolution.InfluenceOnError(error, d);
            Assert.InRange(onError, 0, d);
            double[] values = [value, error, value - (1.96 * error), value + (1.96 * error)];
            double[][] influences = [[d], [onError], [d - (1.96 * onError)], [d + (1.96 * onError)]];
            Assert.True(JointResolution.OpenShares(values, [given.Step, given.Step, given.Step, given.Step], influences)[0] >= 1 - 1e-9);
        }
    }

    [Fact]
    public void A_step_for_each_alone_is_too_fine_for_all_together_and_the_least_joint_steps_are_not()
    {
        var random = new Random(3);
        var narrow = 0;
        double alone = 0, joint = 0, byRule = 0;
        for (var run = 0; run < 100; run++)
        {
            var (values, influences) = Figures(random, figures: 12, households: 20);
            var own = values.Select((_, i) => Steps.AtLeast(influences[i].Max(Math.Abs))).ToArray();
            if (JointResolution.OpenShares(values, own, influences).Min() < 0.5) narrow++;
            var steps = JointResolution.LeastSteps(values, influences);
            Assert.All(JointResolution.OpenShares(values, steps, influences), open => Assert.True(open >= 1 - 1e-6));
            alone += own.Average(Math.Log10);
            joint += steps.Average(Math.Log10);
            byRule += values.Select((value, i) => Resolution.Of(new Unrounded(value,
                influences[i].Max(Math.Abs))).Step).Average(Math.Log10);
        }

        Assert.True(narrow > 50, $"{narrow} of 100");
        // What the rule costs beside steps that look at every household: less than half a digit.
        Assert.True((byRule - joint) / 100 < 0.5 && (byRule - alone) / 100 < 0.8, $"{(byRule - joint) / 100} {(byRule - alone) / 100}");
    }

    [Fact]
    public void What_was_known_before_is_not_asked_back()
    {
        // A withheld count is known to be within a fifth of the unit: the figure may leave that, no more is asked of it.
        double[] values = [10.4];
        double[][] influences = [[1]];
        var steps = JointResolution.LeastSteps(values, influences, [(0.9, 1.1)]);
        Assert.Equal(1, steps[0]);
        Assert.Equal(0.2, JointResolution.OpenShares(values, steps, influences, [(0.9, 1.1)])[0], 9);
        // 10.4 by 1 says 9.5 to 10.5: t from 0.1 to 1.1. Known to be at least 0.9 leaves 0.2 of 0.5.
        Assert.Equal(2, JointResolution.LeastSteps(values, influences, [(0.9, 1.4)])[0]);
    }

    [Fact]
    public void The_step_does_not_tell_the_largest_contribution()
    {
        // One who reads the step beside the value, knows the rule and even the income of everyone but the richest: he tries every income
        // that would have printed the same. And one who knows how many households there are and the shape of the others, not their
        // incomes: the same for everybody scaled up or down.
        var random = new Random(4);
        var (seenRuns, insider, outsider) = (0, 0, 0);
        for (var run = 0; run < 150; run++)
        {
            var incomes = Enumerable.Range(0, random.Next(10, 60)).Select(_ => 250_000 * Math.Exp(0.5 * Normal(random))).Order().ToArray();
            var others = incomes[..^1];
            var seen = Released(incomes);
            if (seen.IsSwallowed) continue;
            seenRuns++;
            if (Width(factor => [.. others, Math.Max(others[^1], incomes[^1] * factor)]) < 0.01) insider++;
            if (Width(factor => [.. incomes.Select(x => x * factor)]) < 0.01) outsider++;

            double Width(Func<double, double[]> changed)
            {
                double lowest = incomes[^1], highest = incomes[^1];
                for (var factor = 0.3; factor < 3; factor *= 1.004)
                {
                    var guess = changed(factor);
                    if (Released(guess) == seen) (lowest, highest) = (Math.Min(lowest, guess[^1]), Math.Max(highest, guess[^1]));
                }

                return (highest - lowest) / incomes[^1];
            }
        }

        Assert.True(seenRuns > 50 && outsider <= seenRuns / 100 && insider <= seenRuns / 30, $"{insider} and {outsider} of {seenRuns}");

        static Resolution Released(double[] incomes)
        {
            var sum = incomes.Sum();
            var n = incomes.Length;
            var mean = sum / n;
            return Resolution.Of(new Unrounded(mean, incomes.Max(x => Math.Max(Math.Abs(mean - ((sum - x) / (n - 1))), x / n))));
        }
    }

    private static (double[] Values, double[][] Influences) Figures(Random random, int figures, int households)
    {
        var values = new double[figures];
        var influences = new double[figures][];
        for (var i = 0; i < figures; i++)
        {
            var scale = Math.Exp(4 * random.NextDouble());
            values[i] = scale * (50 + (1000 * random.NextDouble()));
            influences[i] = [.. Enumerable.Range(0, households).Select(_ => scale * Normal(random))];
        }

        return (values, influences);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
