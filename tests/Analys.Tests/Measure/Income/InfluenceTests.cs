using Analys.Measure;
using Analys.Measure.Income;

namespace Analys.Tests.Measure.Income;

/// <summary>The influence functions are the derivatives by the weights, and the slopes those by the line: checked against
/// differences.</summary>
public class InfluenceTests
{
    public static TheoryData<string> Smooth { get; } =
        ["mean", "gini", "hoover", "mean-log-deviation", "theil", "generalised-entropy:2", "generalised-entropy:-1", "atkinson:0.5",
            "atkinson:1", "poverty-headcount",
            "poverty-gap", "poverty-severity", "fgt:1.5", "watts", "sen", "sen-shorrocks-thon"];

    [Theory]
    [MemberData(nameof(Smooth))]
    public void Influence_is_the_derivative_by_the_weight(string id)
    {
        var measure = new MeasureCatalogue().Find(id)!.Single();
        foreach (var treatment in (NonPositiveIncomes[])[NonPositiveIncomes.Exclude, NonPositiveIncomes.Denominator])
        {
            var context = new MeasureContext(60, NonPositive: treatment);
            double[] incomes = [-5, 0, 12, 30, 30, 59, 60, 75, 80, 140, 300], weights = [1, 2, 1, 3, 1, 2, 4, 1, 2, 5, 1];
            if (treatment == NonPositiveIncomes.Denominator && id is "atkinson:1") continue;
            var influence = new double[incomes.Length];
            measure.Influence!(new WeightedIncomes(incomes, weights), context, influence);
            for (var i = 0; i < incomes.Length; i++)
            {
                const double Step = 1e-5;
                double[] more = [.. weights], less = [.. weights];
                more[i] += Step;
                less[i] -= Step;
                var difference = (measure.Of(new WeightedIncomes(incomes, more), context).Number
                    - measure.Of(new WeightedIncomes(incomes, less), context).Number) / (2 * Step);
                Assert.Equal(difference, influence[i], 1e-7 * Math.Max(1, Math.Abs(difference)));
            }
        }
    }

    [Theory]
    [InlineData("poverty-headcount")]
    [InlineData("poverty-gap")]
    [InlineData("poverty-severity")]
    [InlineData("fgt:1.5")]
    [InlineData("watts")]
    [InlineData("sen")]
    [InlineData("sen-shorrocks-thon")]
    [InlineData("relative-median-poverty-gap")]
    public void Slope_is_the_derivative_by_the_line(string id)
    {
        // A smooth population: a fine grid of lognormal quantiles.
        var measure = new MeasureCatalogue().Find(id)!.Single();
        double[] incomes = [.. Enumerable.Range(0, 40_000)
            .Select(i => 100 * Math.Exp(0.6 * MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (i + 0.5) / 40_000)))];
        double[] weights = [.. incomes.Select(_ => 1.0)];
        double At(double line) => measure.Of(new WeightedIncomes(incomes, weights), new MeasureContext(line)).Number;
        var slope = measure.Slope!(new WeightedIncomes(incomes, weights), new MeasureContext(60));
        var difference = (At(61) - At(59)) / 2;
        // The median gap is a quotient of two kernel densities: it is smoothed twice.
        Assert.Equal(difference, slope, (id == "relative-median-poverty-gap" ? 0.05 : 0.02) * Math.Abs(difference));
    }
}
