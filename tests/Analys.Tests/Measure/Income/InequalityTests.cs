using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Income.Inequality;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Analys.Tests.Measure.Income;

public class InequalityTests
{
    // Incomes 1, 2, 3, 4 (by hand): mean 2.5, Gini Σ(2i − n − 1)x_i / (n Σx) = 10/40 = 0.25, Hoover (1.5 + 0.5) / 10 = 0.2.
    [Fact]
    public void Hand_computed()
    {
        double[] incomes = [1, 2, 3, 4], weights = [1, 1, 1, 1];
        double Value(IncomeMeasure measure) => measure.Of(new WeightedIncomes(incomes, weights), new()).Number;
        Assert.Equal(2.5, Value(Mean.Measure));
        Assert.Equal(2.5, Value(Median.Measure));
        Assert.Equal(0.25, Value(Gini.Measure), 1e-14);
        Assert.Equal(0.2, Value(Hoover.Measure), 1e-14);
        Assert.Equal(Math.Log(2.5) - (Math.Log(24) / 4), Value(GeneralisedEntropy.MeanLogDeviation), 1e-14);
        Assert.Equal(((2 * Math.Log(2)) + (3 * Math.Log(3)) + (4 * Math.Log(4)) - (10 * Math.Log(2.5))) / 10,
            Value(GeneralisedEntropy.Theil), 1e-14);
        // Half the squared coefficient of variation: variance 1.25, mean 2.5.
        Assert.Equal(0.1, Value(GeneralisedEntropy.Of(2)), 1e-14);
        Assert.Equal(1 - (Math.Pow(24, 0.25) / 2.5), Value(Atkinson.Of(1)), 1e-14);
        Assert.Equal(1 - (Math.Pow((1 + Math.Sqrt(2) + Math.Sqrt(3) + 2) / 4, 2) / 2.5), Value(Atkinson.Of(0.5)), 1e-14);
        Assert.Equal(1 - (4 / (1 + (1 / 2.0) + (1 / 3.0) + (1 / 4.0)) / 2.5), Value(Atkinson.Of(2)), 1e-14);
        Assert.Equal(0.3, Value(Lorenz.At(0.5)), 1e-14);
        Assert.Equal(0.05, Value(Lorenz.At(0.125)), 1e-14);
        Assert.Equal(1, Value(Lorenz.At(1)), 1e-14);
    }

    [Fact]
    public void Palma_and_quantile_ratio_by_hand()
    {
        double[] incomes = [.. Enumerable.Range(1, 20).Select(i => (double)i)], weights = [.. incomes.Select(_ => 1.0)];
        var context = new MeasureContext(Quantiles: QuantileRule.Inverse);
        // Top tenth 19 + 20; lowest four tenths 1 + ... + 8 = 36.
        Assert.Equal(39 / 36.0, Palma.Measure.Of(new WeightedIncomes(incomes, weights), context).Number, 1e-14);
        Assert.Equal(18 / 2.0, QuantileRatio.Of(0.9, 0.1).Of(new WeightedIncomes(incomes, weights), context).Number, 1e-14);
    }

    [Fact]
    public void The_entropy_family_is_continuous_at_its_limits()
    {
        double[] incomes = [1, 2, 3, 9], weights = [1, 2, 1, 3];
        double Value(IncomeMeasure measure) => measure.Of(new WeightedIncomes(incomes, weights), new()).Number;
        Assert.Equal(Value(GeneralisedEntropy.MeanLogDeviation), Value(GeneralisedEntropy.Of(1e-6)), 1e-5);
        Assert.Equal(Value(GeneralisedEntropy.Theil), Value(GeneralisedEntropy.Of(1 + 1e-6)), 1e-5);
        Assert.Equal(Value(Atkinson.Of(1)), Value(Atkinson.Of(1 + 1e-6)), 1e-5);
        Assert.Equal(Value(GeneralisedEntropy.MeanLogDeviation), -Math.Log(1 - Value(Atkinson.Of(1))), 1e-12);
    }

    [Fact]
    public void Incomes_of_zero_follow_the_named_treatment()
    {
        double[] incomes = [0, 1, 3], weights = [1, 1, 1], positive = [1, 3], ones = [1, 1];
        double Value(double[] y, double[] w, NonPositiveIncomes treatment) =>
            GeneralisedEntropy.Theil.Of(new WeightedIncomes(y, w), new(NonPositive: treatment)).Number;
        Assert.Equal(Value(positive, ones, NonPositiveIncomes.Undefined), Value(incomes, weights, NonPositiveIncomes.Exclude), 1e-14);
        // With 0 ln 0 = 0: mean 4/3, (1 ln(3/4) + 3 ln(9/4)) / 4.
        Assert.Equal((Math.Log(0.75) + (3 * Math.Log(2.25))) / 4, Value(incomes, weights, NonPositiveIncomes.Denominator), 1e-14);
        Assert.Equal(ValueStatus.Undefined,
            GeneralisedEntropy.Theil.Of(new WeightedIncomes(incomes, weights), new(NonPositive: NonPositiveIncomes.Undefined)).Status);
    }

    [Property]
    public Property Scaling_incomes_or_weights_and_splitting_persons_change_no_index()
    {
        return Prop.ForAll(Populations(), Gen.Choose(1, 1000).ToArbitrary(), (population, scale) =>
        {
            var (incomes, weights) = QuantileTests.Sort([.. population.Select(person => (double)person.Item1)],
                [.. population.Select(person => (double)person.Item2)]);
            double[] richer = [.. incomes.Select(income => income * scale)], heavier = [.. weights.Select(weight => weight * scale / 7.0)];
            double[] twice = [.. incomes.SelectMany(income => new[] { income, income })],
                halves = [.. weights.SelectMany(weight => new[] { weight / 2, weight / 2 })];
            foreach (var measure in new MeasureCatalogue().Inequality().Where(measure => measure.Definition.Unit != Units.Kronor))
            {
                // Percentile cuts on ties: weights that do not add up exactly are compared with a tolerance.
                var value = measure.Of(new WeightedIncomes(incomes, weights), new());
                if (!Same(value, measure.Of(new WeightedIncomes(richer, weights), new()))) return false;
                if (!Same(value, measure.Of(new WeightedIncomes(incomes, heavier), new()))) return false;
                if (!Same(value, measure.Of(new WeightedIncomes(twice, halves), new()))) return false;
                if (value.HasNumber && !(value.Number >= measure.Definition.Range.Min - 1e-9
                    && value.Number <= measure.Definition.Range.Max + 1e-9)) return false;
            }

            return true;
        });
    }

    [Property]
    public Property A_transfer_from_rich_to_poor_lowers_every_index()
    {
        return Prop.ForAll(Populations(), population =>
        {
            double[] incomes = [.. population.Select(person => person.Item1 + 10.0).Order(), 2000], weights = [.. incomes.Select(_ => 1.0)];
            double[] flatter = [.. incomes];
            (flatter[0], flatter[^1]) = (flatter[0] + 1, flatter[^1] - 1);
            Array.Sort(flatter);
            return new[] { Gini.Measure, GeneralisedEntropy.Theil, GeneralisedEntropy.MeanLogDeviation, GeneralisedEntropy.Of(2),
                Atkinson.Of(0.5) }.All(measure =>
                measure.Of(new WeightedIncomes(flatter, weights), new()).Number < measure.Of(new WeightedIncomes(incomes, weights),
                    new()).Number);
        });
    }

    internal static Arbitrary<(int, int)[]> Populations() =>
        Gen.Choose(2, 40)
        .SelectMany(n => Gen.ArrayOf(Gen.Zip(Gen.Choose(1, 300), Gen.Choose(1, 5)).Select(pair => (pair.Item1, pair.Item2)), n))
        .ToArbitrary();

    private static bool Same(Quantity a, Quantity b) =>
        a.Status == b.Status && (!a.HasNumber || Math.Abs(a.Number - b.Number) <= 1e-9 * Math.Max(1, Math.Abs(a.Number)));
}
