using Analys.Measure;
using Analys.Measure.Income;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Analys.Tests.Measure.Income;

public class QuantileTests
{
    [Theory]
    [InlineData(QuantileRule.Inverse, 4)]
    [InlineData(QuantileRule.Average, 4.5)]
    [InlineData(QuantileRule.Above, 5)]
    internal void A_tie_is_resolved_by_the_rule(QuantileRule rule, double expected)
    {
        double[] incomes = [5, 1, 3, 3, 2, 9, 7, 4, 6, 8];
        double[] weights = [2, 1, 3, 1, 1, 1, 2, 2, 1, 2];
        var (sorted, theirs) = Sort(incomes, weights);
        Assert.Equal(expected, new WeightedIncomes(sorted, theirs).Quantile(0.5, rule));
        Assert.Equal(expected, QuantileSelection.Of(incomes, weights, 0.5, rule));
        // A tie must stay one when weights do not add up exactly in binary.
        var tenths = theirs.Select(weight => weight / 10).ToArray();
        Assert.Equal(expected, new WeightedIncomes(sorted, tenths).Quantile(0.5, rule));
    }

    [Property]
    public Property Selection_agrees_with_sorting()
    {
        return Prop.ForAll(
            Gen.Choose(1, 60).SelectMany(n => Gen.Zip(Gen.ArrayOf(Gen.Choose(-20, 40), n), Gen.ArrayOf(Gen.Choose(0, 3), n))).ToArbitrary(),
            pair =>
            {
                double[] incomes = [.. pair.Item1.Select(x => x * 1.5)], weights = [.. pair.Item2.Select(w => (double)w)];
                var (sorted, theirs) = Sort(incomes, weights);
                var whole = new WeightedIncomes(sorted, theirs);
                foreach (var rule in Enum.GetValues<QuantileRule>())
                {
                    foreach (var p in (double[])[0.1, 0.25, 0.5, 0.8, 1])
                    {
                        double? expected = whole.IsEmpty ? null : whole.Quantile(p, rule);
                        if (QuantileSelection.Of(incomes, weights, p, rule) != expected) return false;
                    }
                }

                return true;
            });
    }

    [Fact]
    public void Large_data_in_blocks_give_the_same_quantile()
    {
        // Ties at the bucket's end, incomes heaped in one bucket, zero weights and negative incomes included.
        var random = new Random(5);
        foreach (var (spread, offset) in new[] { (1.0, 0.0), (1e-6, 0.0), (3.0, -2e5) })
        {
            double[] incomes =
                [.. Enumerable.Range(0, 220_000).Select(_ => offset + Math.Round(1e5 * Math.Exp(spread * random.NextDouble())))];
            double[] weights = [.. incomes.Select(_ => (double)random.Next(0, 3))];
            var (sorted, theirs) = Sort(incomes, weights);
            foreach (var rule in Enum.GetValues<QuantileRule>())
            {
                foreach (var p in (double[])[0.001, 0.5, 0.9, 1])
                {
                    Assert.Equal(new WeightedIncomes(sorted, theirs).Quantile(p, rule), QuantileSelection.Of(incomes, weights, p, rule));
                }
            }
        }

        double[] halves = [.. Enumerable.Range(0, 40_000).Select(i => i % 2 == 0 ? 100.0 : 1e6)];
        Assert.Equal(500_050, QuantileSelection.Of(halves, default, 0.5, QuantileRule.Average));
    }

    [Property]
    public Property Radix_order_is_stable_and_rising()
    {
        return Prop.ForAll(
            ArbMap.Default.ArbFor<NormalFloat[]>(),
            values =>
            {
                double[] incomes = [.. values.Select(value => value.Get), -0.0, 0.0, double.MaxValue, double.MinValue];
                var order = IncomeOrder.Of(incomes);
                return order.SequenceEqual(Enumerable.Range(0, incomes.Length).OrderBy(i => incomes[i] + 0.0));
            });
    }

    internal static (double[] Incomes, double[] Weights) Sort(double[] incomes, double[] weights)
    {
        var order = IncomeOrder.Of(incomes);
        return ([.. order.Select(i => incomes[i])], [.. order.Select(i => weights[i])]);
    }
}
