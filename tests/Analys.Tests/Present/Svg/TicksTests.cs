using Analys.Present.Svg;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Analys.Tests.Present.Svg;

public class TicksTests
{
    [Theory]
    [InlineData(0, 0.108, 6, new[] { 0, 0.05, 0.1, 0.15 })]
    [InlineData(0, 100, 6, new[] { 0.0, 20, 40, 60, 80, 100 })]
    [InlineData(-7, 12, 5, new[] { -10.0, -5, 0, 5, 10, 15 })]
    public void Are_round(double min, double max, int about, double[] expected) => Assert.Equal(expected, Ticks.Around(min, max, about));

    [Property]
    public Property Hold_all_values_evenly_spaced() => Prop.ForAll(
        ArbMap.Default.ArbFor<NormalFloat>(), ArbMap.Default.ArbFor<NormalFloat>(), Gen.Choose(2, 9).ToArbitrary(), (a, b, about) =>
        {
            var (min, max) = (Math.Min(a.Get, b.Get), Math.Max(a.Get, b.Get));
            var ticks = Ticks.Around(min, max, about);
            var span = ticks[^1] - ticks[0];
            var steps = ticks.Zip(ticks.Skip(1), (x, y) => y - x).ToList();
            return ticks.Length >= 2 && ticks.Length <= (3 * about) + 3 && ticks[0] <= min + (span * 1e-6)
                && ticks[^1] >= max - (span * 1e-6)
                && steps.TrueForAll(step => step > 0 && Math.Abs(step - steps[0]) <= span * 1e-6);
        });

    [Property]
    public Property Classes_hold_all_values_and_are_not_too_many() => Prop.ForAll(
        Gen.Choose(-1_000_000, 1_000_000).Two().ToArbitrary(), Gen.Choose(2, 6).ToArbitrary(), (pair, count) =>
        {
            var (min, max) = (Math.Min(pair.Item1, pair.Item2) / 997.0, Math.Max(pair.Item1, pair.Item2) / 997.0);
            var limits = Ticks.Classes(min, max, count);
            return limits.Length >= 2 && (min == max || limits.Length - 1 <= Math.Max(count, 3)) && limits[0] <= min + 1e-6
                && limits[^1] >= max - 1e-6;
        });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 5)]
    [InlineData(-3, -3)]
    [InlineData(double.NaN, 1)]
    [InlineData(-1e308, 1e308)]
    [InlineData(1e-300, 2e-300)]
    [InlineData(0.1, 0.1)]
    public void Exist_for_any_range(double min, double max)
    {
        var ticks = Ticks.Around(min, max);
        Assert.True(ticks.Length >= 2 && ticks[0] < ticks[^1]);
    }

    [Property]
    public Property A_scale_keeps_order_and_ends() => Prop.ForAll(
        Gen.Choose(-100_000, 100_000).Three().ToArbitrary(), triple =>
        {
            int[] sorted = [.. new[] { triple.Item1, triple.Item2, triple.Item3 }.Order()];
            if (sorted[0] == sorted[2]) return true;
            var scale = new LinearScale(sorted[0], sorted[2], 40, 700);
            return scale.At(sorted[0]) == 40 && Math.Abs(scale.At(sorted[2]) - 700) < 1e-9 && scale.At(sorted[1]) is >= 40 and <= 700.0001;
        });
}
