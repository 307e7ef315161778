using Analys.Measure.Inference;

namespace Analys.Explore.Tests.Importance;

public class DriversTests
{
    [Fact]
    public void The_variable_that_matters_comes_first_its_double_is_judged_with_it_and_noise_is_told_as_noise()
    {
        var random = new RandomStream(11, 0);
        double[] Draw() => [.. Enumerable.Range(0, 150).Select(_ => Variates.Normal(random))];
        var (a, b, noise, error) = (Draw(), Draw(), Draw(), Draw());
        double[] twin = [.. a.Select((value, i) => value + (0.3 * error[149 - i]))];
        double[] y = [.. a.Select((value, i) => (2 * value * value) + b[i] + (0.3 * error[i]))];
        y[3] = double.NaN;
        TypologyVariable[] variables = [new("brus", noise), new("a", a), new("b", b), new("tvilling", twin)];
        var drivers = Drivers.Find("andel", y, variables, seed: 5, folds: 4, shuffles: 4, draws: 2);

        Assert.Equal(149, drivers.N);
        Assert.Equal(["a", "tvilling"], drivers.Groups[0].Variables);
        Assert.Equal(["b"], drivers.Groups[1].Variables);
        Assert.True(Math.Abs(drivers.Groups[2].Importance) < 0.05);
        Assert.True(drivers.RSquaredLinear < 0.4 && drivers.RSquaredForest > 0.5 && drivers.RSquaredAdditive > 0.6);
        // b goes with y one for one; a square has its bottom in the middle.
        var effect = drivers.Effects[2];
        Assert.True(effect.Effects[^1] - effect.Effects[0] > 2);
        Assert.All(effect.Values.Select((_, i) => i), i => Assert.True(effect.Lower[i] <= effect.Upper[i]));
        Assert.True(drivers.Effects[1].Effects[0] > drivers.Effects[1].Effects[10]);
        Assert.Contains("inte vad som orsakar vad", effect.Plot().SvgText(), StringComparison.Ordinal);
        Assert.NotEmpty(new PartialEffect("en", [1], [0], [0], [0]).Plot().SvgText());
        Assert.Contains("inte vad som orsakar vad", drivers.Summary(), StringComparison.Ordinal);
        Assert.Contains("not what causes what", drivers.Summary("en"), StringComparison.Ordinal);

        var again = Drivers.Find("andel", y, variables, seed: 5, folds: 4, shuffles: 4, draws: 2);
        Assert.Equal(drivers.Groups.Select(group => group.Importance), again.Groups.Select(group => group.Importance));
        Assert.Equal(drivers.Effects[0].Upper, again.Effects[0].Upper);
    }

    [Fact]
    public void Few_areas_get_no_forest() => Assert.Throws<ModelException>(() => Drivers.Find("y", [1, 2, 3], [new("x", [1, 2, 3])]));
}
