using Analys.Measure.Areas;

namespace Analys.Tests.Measure.Areas;

public class StandardisedTests
{
    [Fact]
    public void Agrees_with_the_reference()
    {
        var direct = Standardised.Direct([12, 30, 45, 20], [4000, 9000, 7000, 2000], [0.2, 0.35, 0.3, 0.15]);
        Near.Equal(0.0051952380952381, direct.Value.Number);
        Near.Equal(Math.Sqrt(2.7052343159486e-07), direct.StandardError);
        Near.Equal(0.00422600281103082, direct.Lower);
        Near.Equal(0.00634889218876669, direct.Upper);
        var ratio = Standardised.Ratio(107, 90.5);
        Near.Equal(1.18232044198895, ratio.Value.Number);
        Near.Equal(0.968940134773876, ratio.Lower);
        Near.Equal(1.42871322962325, ratio.Upper);
    }

    // Garwood's own: 0 events [0, 3.688879], by −ln 0.025.
    [Fact]
    public void No_event_has_a_lower_end_of_0()
    {
        var (lower, upper) = Standardised.PoissonInterval(0);
        Assert.Equal(0, lower);
        Near.Equal(-Math.Log(0.025), upper);
        var direct = Standardised.Direct([0, 0], [100, 300], [0.5, 0.5]);
        Assert.Equal(0, direct.Lower);
        // y = 0: w_M/2·χ²(2, 0.975) = w_M·(−ln 0.025), w_M = 0.5/100.
        Near.Equal(0.005 * -Math.Log(0.025), direct.Upper);
    }

    [Fact]
    public void One_group_is_the_exact_Poisson_interval()
    {
        var direct = Standardised.Direct([7], [1000], [42]);
        var (lower, upper) = Standardised.PoissonInterval(7);
        Near.Equal(lower / 1000, direct.Lower);
        Near.Equal(upper / 1000, direct.Upper);
    }

    [Fact]
    public void A_group_without_persons_leaves_no_rate_unless_the_standard_has_none_either()
    {
        Assert.False(Standardised.Direct([1, 0], [100, 0], [0.5, 0.5]).Value.HasNumber);
        Assert.True(Standardised.Direct([1, 0], [100, 0], [0.5, 0]).Value.HasNumber);
        Assert.Null(Standardised.Expected([10, 5], [3, 0], [100, 0]));
        Near.Equal(0.3, Standardised.Expected([10, 0], [3, 0], [100, 0]));
        Assert.False(Standardised.Ratio(3, 0).Value.HasNumber);
    }

    [Fact]
    public void Funnel_limits_hold_chance_and_widen_with_what_all_areas_share()
    {
        double[] expected = [.. Enumerable.Range(1, 200).Select(i => 5.0 + i)];
        var random = new Analys.Measure.Inference.RandomStream(4, 0);
        double[] chance = [.. expected.Select(e => Analys.Measure.Inference.Variates.Poisson(random, e))];
        double[] spread = [.. expected.Select(e => Analys.Measure.Inference.Variates.Poisson(random,
            e * Math.Exp(0.3 * Analys.Measure.Inference.Variates.Normal(random))))];
        Funnel plain = Funnel.Of(chance, expected), wide = Funnel.Of(spread, expected);
        // Winsorised at 10 % in each tail, a standard normal has a mean square of 0.678.
        Assert.InRange(plain.Dispersion, 0.5, 0.9);
        // √ratio varies by half of what ln ratio does: 0.15² = 0.0225; winsorising leaves about half of it.
        Assert.InRange(wide.BetweenVariance, 0.008, 0.025);
        var (low, high) = new Funnel(1, 0).Limits(100, 0.95);
        Assert.InRange(low, 0.80, 0.82);
        Assert.InRange(high, 1.19, 1.21);
        Assert.True(wide.Limits(100, 0.95).Upper > high);
        Assert.Equal(0, new Funnel(1, 0).Limits(0.01, 0.95).Lower);
    }
}
