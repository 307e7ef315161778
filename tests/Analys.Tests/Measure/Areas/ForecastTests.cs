using Analys.Measure.Areas;
using Analys.Measure.Inference;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Analys.Tests.Measure.Areas;

public class ForecastTests
{
    private static readonly double[] Ten = [14.1, 13.6, 15.2, 15.0, 16.4, 15.8, 17.1, 18.3, 17.2, 18.9];

    // R: a fine grid and optimize for α; L-BFGS-B from 96 starts for the damped trend, whose optimum here is a fixed curve.
    [Fact]
    public void Agree_with_a_search_in_R()
    {
        var ses = Forecasts.Of(Ten, 2, ForecastMethod.Ses);
        Assert.Equal(18.535593837675, ses.Values[0], 1e-7);
        Assert.Equal(1.18515813360868, ses.Errors[0]!.Value, 1e-7);
        Near.Equal(ses.Errors[0]!.Value * Math.Sqrt(1 + (0.760644039976759 * 0.760644039976759)), ses.Errors[1], 1e-7);
        double[] theta = [18.8925479050965, 19.1640630566116, 19.4355782081268, 19.7070933596419];
        var found = Forecasts.Of(Ten, 4, ForecastMethod.Theta).Values;
        for (var h = 0; h < 4; h++) Assert.Equal(theta[h], found[h], 1e-7);
        var damped = DampedTrend.Fit(Ten);
        Assert.Equal((0.0, 0.98), (damped.Alpha, damped.Phi));
        Near.Equal(3.01472238001361, damped.Squares);
        Near.Equal(18.5360969178495, damped.Level);
        Near.Equal(0.499824525704392, damped.Slope);
    }

    // By hand: 1, 3, 2 → 2 with σ² = (4 + 1)/2.
    [Fact]
    public void Naive_is_the_last_value()
    {
        var naive = Forecasts.Of([1, 3, 2], 3, ForecastMethod.Naive);
        Assert.Equal([2, 2, 2], naive.Values);
        Near.Equal(Math.Sqrt(2.5 * 3), naive.Errors[2]);
        Assert.Null(Forecasts.Of([4], 1, ForecastMethod.Naive).Errors[0]);
        Assert.Throws<AreaModelException>(() => Forecasts.Of([1, 2], 1, ForecastMethod.Ses));
    }

    // The stationary points that the fits claim: no place of the box nearby, nor of a coarse grid, has smaller squares.
    [Property(MaxTest = 15)]
    public Property Fits_are_global_minima() => Prop.ForAll(Gen.Choose(0, 100000).ToArbitrary(), seed =>
    {
        var random = new RandomStream(seed, 0);
        double[] y = [.. Enumerable.Range(0, 8 + (seed % 9)).Select(t => (seed % 3 * t) + (3 * Variates.Normal(random)))];
        var ses = Smoothing.Fit(y);
        var damped = DampedTrend.Fit(y);
        for (var k = 0; k <= 50; k++)
        {
            var alpha = k / 50.0;
            Assert.True(ses.Squares <= Squares(y, alpha, 0, 1, flat: true) * (1 + 1e-12));
            for (var j = 0; j <= 5; j++) Assert.True(damped.Squares <= Squares(y, alpha, alpha * j / 5, 0.80 + (0.18 * (k % 7) / 6),
                flat: false) * (1 + 1e-9));
        }
    });

    [Fact]
    public void Units_and_origin_do_not_matter_and_a_line_is_followed()
    {
        foreach (var method in Enum.GetValues<ForecastMethod>())
        {
            var plain = Forecasts.Of(Ten, 3, method);
            var moved = Forecasts.Of([.. Ten.Select(value => 1e6 + (1e5 * value))], 3, method);
            for (var h = 0; h < 3; h++) Assert.Equal(1e6 + (1e5 * plain.Values[h]), moved.Values[h], 1e-2);
        }

        Assert.All(Enum.GetValues<ForecastMethod>(), method => Assert.Equal([5, 5], Forecasts.Of([5, 5, 5, 5, 5, 5], 2, method).Values));
    }

    [Fact]
    public void Series_are_put_in_order_and_cut_at_their_last_break()
    {
        var series = Series.Of([2012, 2010, 2011, 2013], [3, 1, 2, 4], []);
        Assert.Equal([1, 2, 3, 4], series.Values);
        var cut = Series.Of([2012, 2010, 2011, 2013], [3, 1, 2, 4], [2011, 2020]);
        Assert.Equal((2011, 2013), (cut.First, cut.Last));
        Assert.Throws<AreaModelException>(() => Series.Of([2010, 2012], [1, 2], []));
        Assert.Throws<AreaModelException>(() => Series.Of([2010, 2010], [1, 2], []));
        Assert.Equal([2], Series.Of([2010, 2012], [1, 2], [2011]).Values);
    }

    // By hand: history 10 a month, three months of 10: the year's forecast is 120, and a budget of 100 lies outside an interval without
    // width.
    [Fact]
    public void A_budget_row_is_flagged_when_its_interval_leaves_the_budget()
    {
        var steady = BudgetFollowUp.Of([10, 10, 10, 10, 10, 10], [10, 10, 10], 100);
        Near.Equal(120, steady.YearForecast);
        Assert.True(steady.Deviates);
        Assert.False(BudgetFollowUp.Of([10, 12, 9, 11, 8, 12], [10, 11, 9], 120).Deviates);
        Assert.Equal(130, BudgetFollowUp.Of([], [.. Enumerable.Repeat(10.0, 11), 20], 120).YearForecast);
    }

    // The collection of the room's page, a tenth of it: auto is no worse than theta and than naive.
    [Fact]
    public void The_chosen_method_is_no_worse_than_theta_and_naive()
    {
        double auto = 0, theta = 0, naive = 0;
        foreach (var series in ShortSeries.Collection(120, 11))
        {
            const int Horizon = 3;
            var (known, rest) = (series[..^Horizon], series[^Horizon..]);
            double Miss(ForecastMethod method) => Forecasts.Of(known, Horizon, method).Values.Zip(rest, (f, y) => Math.Abs(f - y)).Sum();
            auto += Miss(ForecastChoice.Choose(known, Horizon));
            theta += Miss(ForecastMethod.Theta);
            naive += Miss(ForecastMethod.Naive);
        }

        Assert.True(auto <= theta * 1.01, $"auto {auto}, theta {theta}");
        Assert.True(auto <= naive, $"auto {auto}, naive {naive}");
    }

    private static double Squares(double[] y, double alpha, double beta, double phi, bool flat)
    {
        // Ordinary least squares of the two (or one) starting values by their normal equations.
        double[] Errors(double level, double slope, double[] values)
        {
            var errors = new double[values.Length];
            for (var t = 0; t < values.Length; t++)
            {
                errors[t] = values[t] - level - (phi * slope);
                (level, slope) = (level + (phi * slope) + (alpha * errors[t]), (phi * slope) + (beta * errors[t]));
            }

            return errors;
        }

        var zero = new double[y.Length];
        double[] e = Errors(0, 0, y), a = Errors(1, 0, zero), b = flat ? zero : Errors(0, 1, zero);
        double aa = a.Sum(v => v * v), ab = a.Zip(b, (p, q) => p * q).Sum(), bb = b.Sum(v => v * v), ae = a.Zip(e, (p, q) => p * q).Sum(),
            be = b.Zip(e, (p, q) => p * q).Sum();
        var determinant = (aa * bb) - (ab * ab);
        var (l, s) = determinant > 1e-12 * aa * bb ? (((bb * ae) - (ab * be)) / determinant, ((aa * be) - (ab * ae)) / determinant)
            : (ae / aa, 0.0);
        return e.Select((v, t) => Math.Pow(v - (l * a[t]) - (s * b[t]), 2)).Sum();
    }
}

/// <summary>Short yearly series as districts have them: five kinds in turn, 8 to 20 years and three held out, in percent-like
/// units.</summary>
internal static class ShortSeries
{
    public static IEnumerable<double[]> Collection(int count, long seed)
    {
        for (var k = 0; k < count; k++)
        {
            var random = new RandomStream(seed, k);
            var length = 11 + (int)random.NextLong(13);
            double level = 10 + (10 * random.NextDouble()), drift = 0.5 * Variates.Normal(random), damping = 0.8
                + (0.18 * random.NextDouble());
            var series = new double[length];
            var walk = level;
            for (var t = 0; t < length; t++)
            {
                var noise = Variates.Normal(random);
                walk += (k % 5) switch { 0 => noise, 1 => drift + (0.5 * noise), 4 => 0.3 * noise, _ => 0 };
                series[t] = (k % 5) switch
                {
                    // A random walk; one with drift; a line with noise; a trend that dies out with noise; a slow walk seen with noise.
                    0 or 1 => walk,
                    2 => level + (drift * t) + noise,
                    3 => level + (3 * drift * (1 - Math.Pow(damping, t)) / (1 - damping) / 2) + noise,
                    _ => walk + Variates.Normal(random),
                };
            }

            yield return series;
        }
    }
}
