using System.Globalization;
using Analys.Measure.Areas;
using Analys.Measure.Inference;
using MathNet.Numerics.LinearAlgebra;

namespace Analys.Tests.Measure.Areas;

public class AreaModelTests
{
    // An own computation with whole matrices in R, the score's root to 1e-16; σ², β and the first MSE are those of the reference.
    [SharedTheory]
    [InlineData("Reml", 0.0185503347627667, 0.0134602564596456, 0.00990364779688791)]
    [InlineData("Ml", 0.0155175087124194, 0.0135799384231697, 0.010037131488457)]
    [InlineData("Fh", 0.0164202636541285, 0.012757013880816, 0.00948421896461057)]
    public void Agrees_on_milk(string method, double variance, double first, double last)
    {
        var fit = Milk(Enum.Parse<VarianceMethod>(method));
        Near.Equal(variance, fit.RandomVariance);
        Near.Equal(first, fit.MeanSquaredErrors[0]);
        Near.Equal(last, fit.MeanSquaredErrors[42]);
        if (method != "Reml") return;
        Near.Equal([0.968188986974967, 0.132780305456736, 0.226946224520591, -0.241301039944632], fit.Coefficients);
        Near.Equal([0.0693622082792575, 0.103000889948512, 0.0923299614595035, 0.0816172170835795], fit.CoefficientErrors);
        Near.Equal(1.02197054415062, fit.Estimates[0]);
    }

    // By hand: m = 3, no covariate, equal ψ = 1, y = 0, 3, 6. Σ(y − ȳ)² = 18 = (m − 1)(σ² + 1) for REML and FH, = m(σ² + 1) for ML.
    [Theory]
    [InlineData("Reml", 8)]
    [InlineData("Fh", 8)]
    [InlineData("Ml", 5)]
    public void Agrees_with_a_hand_computed_case(string method, double variance)
    {
        var fit = FayHerriot.Fit([0, 3, 6], [1, 1, 1], [], [], Enum.Parse<VarianceMethod>(method));
        Near.Equal(variance, fit.RandomVariance);
        Near.Equal(3, fit.Coefficients[0]);
        Near.Equal(3 - (3 * variance / (variance + 1)), fit.Estimates[0]);
        // g1 = γ, g2 = (1 − γ)²(σ² + 1)/3, g3 = avar/(σ² + 1)³ with avar = 2(σ² + 1)²/3.
        double gamma = variance / (variance + 1), b = 1 - gamma, bias = method == "Ml" ? -(variance + 1) / 3 : 0;
        Near.Equal(gamma + (b * b * (variance + 1) / 3) + (2 * 2 / (3 * (variance + 1))) - (bias * b * b), fit.MeanSquaredErrors[0]);
    }

    [Theory]
    [InlineData(new[] { 1.0, 1.1, 0.9, 1.05 })]
    public void A_negative_root_is_zero_and_estimates_are_synthetic(double[] y)
    {
        foreach (var method in Enum.GetValues<VarianceMethod>())
        {
            var fit = FayHerriot.Fit(y, [1, 1, 1, 1], [], [], method);
            Assert.Equal(0, fit.RandomVariance);
            Assert.All(fit.Estimates, estimate => Near.Equal(y.Average(), estimate));
        }
    }

    [Fact]
    public void Areas_without_an_estimate_take_no_part_and_get_the_line()
    {
        double[] y = [1, 3, 2, 5, 4, 6, double.NaN, 0], psi = [.2, .3, .2, .4, .3, .2, .3, 0], x = [1, 2, 3, 4, 5, 6, 7, 8];
        var fit = FayHerriot.Fit(y, psi, [x], ["x"]);
        var without = FayHerriot.Fit(y[..6], psi[..6], [x[..6]], ["x"]);
        Near.Equal(without.Estimates, fit.Estimates[..6]);
        Near.Equal(fit.Coefficients[0] + (7 * fit.Coefficients[1]), fit.Estimates[6]);
        Assert.True(fit.MeanSquaredErrors[6] > fit.RandomVariance);
        Assert.Equal(6, fit.Fitted);
        Assert.Contains("x", Assert.Throws<AreaModelException>(() => FayHerriot.Fit(y[..6], psi[..6], [[2, 2, 2, 2, 2, 2]], ["x"])).Message,
            StringComparison.Ordinal);
        Assert.Throws<AreaModelException>(() => FayHerriot.Fit([1, 2], [1, 1], [[1, 2]], ["x"]));
    }

    [Fact]
    public void Neither_units_nor_the_origin_of_a_covariate_change_an_estimate()
    {
        var (y, psi, x) = Made(40, 3, 1);
        var fit = FayHerriot.Fit(y, psi, [x], ["x"]);
        var moved = FayHerriot.Fit(y, psi, [[.. x.Select(value => 1e9 + (1e4 * value))]], ["x"]);
        var thousands = FayHerriot.Fit([.. y.Select(value => 1000 * value)], [.. psi.Select(value => 1e6 * value)], [x], ["x"]);
        for (var i = 0; i < y.Length; i++)
        {
            Assert.Equal(fit.Estimates[i], moved.Estimates[i], 1e-7);
            Near.Equal(1000 * fit.Estimates[i], thousands.Estimates[i]);
        }
    }

    [Fact]
    public void Benchmarked_estimates_add_up_to_the_city()
    {
        var (y, psi, x) = Made(30, 3, 2);
        double[] weights = [.. Enumerable.Range(1, 30).Select(i => 100.0 + (7 * i))];
        var fit = FayHerriot.Fit(y, psi, [x], ["x"]);
        double Mean(double[] values) => values.Zip(weights, (value, w) => value * w).Sum() / weights.Sum();
        foreach (var ratio in new[] { true, false }) Near.Equal(Mean(y), Mean(fit.Benchmark(y, weights, ratio).Estimates));
        Near.Equal(0.25, Mean(fit.Benchmark(y, weights, true, 0.25).Estimates));
    }

    // An own computation with whole matrices in R (optim on the restricted likelihood): its digits end at the optimiser's.
    [SharedFact]
    public void Spatial_model_agrees_on_milk_in_a_line()
    {
        var (y, psi, major) = MilkColumns();
        IReadOnlyList<int>[] line =
            [.. Enumerable.Range(0, 43).Select(i => (int[])[.. new[] { i - 1, i + 1 }.Where(j => j is >= 0 and < 43)])];
        var fit = SpatialFayHerriot.Fit(y, psi, [[.. major.Select(value => value == 3 ? 1.0 : 0)]], ["third"], line);
        Assert.Equal(0.0228924001609495, fit.RandomVariance, 1e-8);
        Assert.Equal(0.513805486245418, fit.Autocorrelation!.Value, 1e-7);
        Assert.Equal(0.856810972244478, fit.Coefficients[0], 1e-7);
        Assert.Equal(1.04249503680063, fit.Estimates[0], 1e-7);
        Assert.Equal(0.722773261702092, fit.Estimates[42], 1e-7);
        Assert.Equal(0.014353627995188, fit.MeanSquaredErrors[0], 1e-7);
        Assert.Equal(0.011214763455732, fit.MeanSquaredErrors[42], 1e-7);
    }

    // Whole matrices, whose likelihood is compared at many places with the one that the sparse search ends at: where neighbours are nearly
    // alike it must not stop at the bound of the correlation.
    [Fact]
    public void Spatial_search_ends_at_the_top_and_its_likelihood_is_that_of_whole_matrices()
    {
        const int side = 7, m = side * side;
        IReadOnlyList<int>[] grid = [.. Enumerable.Range(0, m).Select(i => (int[])[.. Enumerable.Range(0, m).Where(j => i != j
            && Math.Abs((i / side) - (j / side)) + Math.Abs((i % side) - (j % side)) == 1)])];
        var w = Matrix<double>.Build.Dense(m, m, (i, j) => grid[i].Contains(j) ? 1.0 / grid[i].Count : 0);
        var one = Matrix<double>.Build.DenseIdentity(m);
        var random = new RandomStream(11, 2);
        double Draw() => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, 1e-12 + random.NextDouble());
        foreach (var rho in new[] { 0.93, -0.4 })
        {
            var effects = (one - (rho * w)).Solve(Vector<double>.Build.Dense(m, _ => Draw()));
            double[] psi = [.. Enumerable.Range(0, m).Select(i => 0.3 + (0.02 * i))], x = [.. Enumerable.Range(0, m).Select(_ => Draw())];
            double[] y =
                [.. Enumerable.Range(0, m).Select(i => i % 17 == 5 ? double.NaN : 1 + x[i] + effects[i] + (Draw() * Math.Sqrt(psi[i])))];
            var fit = SpatialFayHerriot.Fit(y, psi, [x], ["x"], grid);
            int[] seen = [.. Enumerable.Range(0, m).Where(i => !double.IsNaN(y[i]))];
            double Whole(double variance, double correlation)
            {
                var structure = ((one - (correlation * w)).Transpose() * (one - (correlation * w))).Inverse();
                var v = Matrix<double>.Build.Dense(seen.Length, seen.Length, (j, k) => (variance * structure[seen[j], seen[k]])
                    + (j == k ? psi[seen[j]] : 0));
                var z = Matrix<double>.Build.Dense(seen.Length, 2, (j, k) => k == 0 ? 1 : x[seen[j]]);
                // The likelihood of orthonormal columns, as the model has it.
                z = z.GramSchmidt().Q;
                Matrix<double> inverse = v.Inverse(), normal = z.TransposeThisAndMultiply(inverse * z);
                var values = Vector<double>.Build.Dense(seen.Length, j => y[seen[j]]);
                var residuals = values - (z * normal.Solve(z.TransposeThisAndMultiply(inverse * values)));
                return -0.5 * (((seen.Length - 2) * Math.Log(2 * Math.PI)) + Math.Log(v.Determinant()) + Math.Log(normal.Determinant())
                    + residuals.DotProduct(inverse * residuals));
            }

            Near.Equal(Whole(fit.RandomVariance, fit.Autocorrelation!.Value), fit.LogLikelihood);
            foreach (var variance in new[] { 0.25, 0.5, 1, 2 })
            {
                foreach (var correlation in new[] { -0.9, -0.3, 0, 0.4, 0.8, 0.95, 0.999 })
                    Assert.True(Whole(variance, correlation) <= fit.LogLikelihood + 1e-9);
            }
        }
    }

    // lme4 for the variances and coefficients, an own computation in R for the mean squared errors.
    [Fact]
    public void Unit_level_model_agrees_with_lme4()
    {
        int[] area = [0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 5, 5, 5, 5];
        double[] x = [7.1, 9.1, 10.8, 6.5, 10.6, 10.1, 10.3, 13.3, 6.3, 13.8, 7.8, 6.6, 7.9, 10.8, 10.5, 9.1, 7.1, 8.1, 13.7, 10.6, 8.3];
        double[] y = [11.7, 14.1, 14, 8.7, 11.7, 13.2, 13.3, 16.1, 9.4, 18.4, 13.6, 12.5, 13.6, 14.8, 11.6, 11.1, 8.2, 10.5, 16.8, 14.3,
            11.3];
        var fit = UnitLevel.Fit(area, y, [x], ["x"], 6, [[11], [9], [10], [10.5], [8], [12]]);
        Assert.Equal(1.72130691001025, fit.AreaVariance, 1e-7);
        Assert.Equal(0.556895877323304, fit.ResidualVariance, 1e-7);
        Assert.Equal(4.06827117493661, fit.Coefficients[0], 1e-7);
        Assert.Equal(0.909480941616299, fit.Coefficients[1], 1e-7);
        double[] estimates = [14.9870110125714, 11.4490211381004, 12.9640865442794, 15.4782381898999, 9.66278793998588, 14.8920791925685];
        double[] errors = [0.210599077839301, 0.143070729887705, 0.283884633579435, 0.120357114556636, 0.19480117712832, 0.161388868263471];
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(estimates[i], fit.Estimates[i], 1e-7);
            Assert.Equal(errors[i], fit.MeanSquaredErrors[i], 1e-7);
        }
    }

    // A balanced one-way layout by hand: σ_e² = the mean square within, σ_v² = (between − within)/n.
    [Fact]
    public void Unit_level_model_is_the_analysis_of_variance_where_areas_are_alike()
    {
        var fit = UnitLevel.Fit([0, 0, 1, 1, 2, 2], [1, 3, 6, 8, 2, 4], [], [], 3);
        Near.Equal(2, fit.ResidualVariance);
        Near.Equal((14 - 2) / 2.0, fit.AreaVariance);
        Near.Equal(6.0 / 8, fit.IntraclassCorrelation);
    }

    // Made areas with known truth: estimates borrow strength, and their stated errors are right on average.
    [Fact]
    public void Stated_errors_are_those_that_are_made()
    {
        double direct = 0, model = 0, stated = 0;
        var covered = 0;
        const int Rounds = 60, Areas = 60;
        for (var round = 0; round < Rounds; round++)
        {
            var (y, psi, x, truth) = MadeWithTruth(Areas, 1, 100 + round);
            var fit = FayHerriot.Fit(y, psi, [x], ["x"]);
            for (var i = 0; i < Areas; i++)
            {
                double error = fit.Estimates[i] - truth[i], reach = 1.96 * Math.Sqrt(fit.MeanSquaredErrors[i]);
                direct += (y[i] - truth[i]) * (y[i] - truth[i]);
                model += error * error;
                stated += fit.MeanSquaredErrors[i];
                if (Math.Abs(error) <= reach) covered++;
            }
        }

        Assert.InRange(stated / model, 0.9, 1.1);
        Assert.True(model < 0.6 * direct);
        Assert.InRange(covered / (double)(Rounds * Areas), 0.93, 0.97);
    }

    internal static (double[] Y, double[] Psi, double[] X, double[] Truth) MadeWithTruth(int areas, double between, int seed)
    {
        var random = new RandomStream(seed, 0);
        double[] y = new double[areas], psi = new double[areas], x = new double[areas], truth = new double[areas];
        for (var i = 0; i < areas; i++)
        {
            x[i] = Variates.Normal(random);
            psi[i] = 0.5 + (3 * random.NextDouble());
            truth[i] = 10 + (2 * x[i]) + (Math.Sqrt(between) * Variates.Normal(random));
            y[i] = truth[i] + (Math.Sqrt(psi[i]) * Variates.Normal(random));
        }

        return (y, psi, x, truth);
    }

    private static (double[] Y, double[] Psi, double[] X) Made(int areas, double between, int seed)
    {
        var (y, psi, x, _) = MadeWithTruth(areas, between, seed);
        return (y, psi, x);
    }

    private static (double[] Y, double[] Psi, double[] Major) MilkColumns()
    {
        var rows = File.ReadLines(Repository.SharedAt("reference", "models", "milk.csv")).Skip(1).Select(line => line.Split(',')).ToList();
        double[] Column(int j) => [.. rows.Select(row => double.Parse(row[j], CultureInfo.InvariantCulture))];
        return (Column(2), Column(6), Column(5));
    }

    private static AreaFit Milk(VarianceMethod method)
    {
        var (y, psi, major) = MilkColumns();
        double[][] columns = [.. new[] { 2, 3, 4 }.Select(level => major.Select(value => value == level ? 1.0 : 0).ToArray())];
        return FayHerriot.Fit(y, psi, columns, ["b", "c", "d"], method);
    }
}

/// <summary>Agreement to 1e-9 of the number's size.</summary>
internal static class Near
{
    public static void Equal(double expected, double? actual, double tolerance = 1e-9) =>
        Assert.True(actual is { } value && Math.Abs(expected - value) <= tolerance * Math.Max(1e-3, Math.Abs(expected)),
            $"expected {expected:R}, got {actual:R}");

    public static void Equal(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++) Equal(expected[i], actual[i]);
    }
}
