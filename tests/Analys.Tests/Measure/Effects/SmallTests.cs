using Analys.Measure.Effects.Fits;
using Analys.Measure.Effects.OneTreated;
using Analys.Measure.Effects.Panel;
using Analys.Measure.Effects.Persons;
using Analys.Measure.Effects.Planning;
using Analys.Measure.Effects.Robustness;
using Analys.Measure.Effects.SmallTables;
using Analys.Measure.Inference;

namespace Analys.Tests.Measure.Effects;

public class SmallTableTests
{
    [Fact]
    public void Three_of_twelve_beside_fourteen_of_twenty_four()
    {
        var table = new TwoByTwo(3, 12, 14, 24);
        Assert.Equal(0.082959903, table.Fisher(), 5e-10);
        Assert.Equal(0.057866766, table.MidP(), 5e-10);
        Assert.Equal(0.439103940, Power.Fisher(12, 24, 0.25, 0.60), 5e-10);
        Assert.Equal(0.549406584, Power.Fisher(12, 48, 0.25, 0.60), 5e-10);
    }

    // Newcombe 1998, table II: 56/70 and 48/80, method 10: 0.0524 to 0.3339; 9/10 and 3/10: 0.1705 to 0.8090; 10/10 and 0/20: 0.6791 to 1.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(10, 10, 0, 20, 0.6791, 1.0)]
    public void Risk_differences_have_the_papers_intervals(int a, int n, int b, int m, double lower, double upper)
    {
        var record = new TwoByTwo(a, n, b, m).RiskDifference(0.95);
        Assert.Equal(lower, record.Lower!.Value, 5e-5);
        Assert.Equal(upper, record.Upper!.Value, 5e-5);
    }

    [Fact]
    public void Smallest_effects_and_e_values_are_the_papers()
    {
        Assert.Equal(1.019848, Power.Individual(12, 24), 5e-7);
        Assert.Equal(0.347577760, Power.Cluster(6, 12, 40, 0.03), 5e-10);
        Assert.Equal(7.263, HiddenBias.EValue(3.9).Value!.Value, 5e-4);
        Assert.Equal(3.0, HiddenBias.EValue(1.8).Value!.Value, 1e-9);
        Assert.Equal(3.0, HiddenBias.EValue(1 / 1.8).Value!.Value, 1e-9);
        Assert.Null(HiddenBias.EValue(0).Value);
        // With the smallest effect of two groups the t test's power is close to the four fifths that it was made for.
        Assert.Equal(0.8, Power.Student(1.019848, Math.Sqrt((1.0 / 12) + (1.0 / 24)), 34), 5e-3);
        Assert.Equal(0.05, Power.Student(0, 1, 7), 1e-9);
    }

    [SharedFact]
    public void Signed_rank_bounds_agree()
    {
        var data = EffectReference.LalondePersons();
        var differences = NearestMatch.Of(new Weighting(data).Propensity!, data.Treated, new()).Differences(data.Outcomes);
        foreach (var row in EffectReference.Lalonde.GetProperty("rosenbaum").GetProperty("signed_rank").EnumerateArray())
        {
            Assert.Equal(row.GetProperty("Upper bound").GetDouble(),
                HiddenBias.SignedRank(differences, row.GetProperty("Gamma").GetDouble(), true)!.Value, 5e-5);
        }
    }

    [Fact]
    public void The_exact_signed_rank_bound_is_the_enumeration()
    {
        double[] differences = [1.5, -0.5, 2, 3, -1, 4];
        // Γ = 1: of 64 sign patterns those with a rank sum of at least 18 (ranks 3, 4, 5, 6 positive; 1 and 2 negative).
        var ranks = new[] { 1, 2, 3, 4, 5, 6 };
        var count = Enumerable.Range(0, 64).Count(set => ranks.Where((_, k) => ((set >> k) & 1) == 1).Sum() >= 18);
        Assert.Equal(count / 64.0, HiddenBias.SignedRankExact(differences, 1, true)!.Value, 1e-12);
    }
}

public class SyntheticTests
{
    [Fact]
    public void The_optimum_on_the_simplex_is_exact()
    {
        var random = new RandomStream(7, 0);
        for (var trial = 0; trial < 60; trial++)
        {
            int rows = 2 + (trial % 9), size = 2 + (trial % 13);
            double[] Vector() => [.. Enumerable.Range(0, rows).Select(_ => 1000 + (50 * Variates.Normal(random)))];
            var columns = Enumerable.Range(0, size).Select(_ => Vector()).ToArray();
            var target = trial % 4 == 0 ? [.. Enumerable.Range(0, rows).Select(t => columns.Average(column => column[t]))] : Vector();
            var ridge = trial % 3 == 0 ? 0 : Math.Pow(10, (trial % 5) - 3);
            var fit = SimplexFit.Solve(columns, target, ridge);
            Assert.Equal(1, fit.Weights.Sum(), 1e-12);
            Assert.All(fit.Weights, weight => Assert.True(weight >= 0));
            // Karush, Kuhn and Tucker: no column's gradient lies below the common one of those with weight.
            var rest = Enumerable.Range(0, rows)
                .Select(t => Enumerable.Range(0, size).Sum(j => fit.Weights[j] * columns[j][t]) - target[t]).ToArray();
            var gradient = Enumerable.Range(0, size)
                .Select(j => Enumerable.Range(0, rows).Sum(t => (columns[j][t] - target[t]) * rest[t]) + (ridge * fit.Weights[j]))
                .ToArray();
            var level = Enumerable.Range(0, size).Sum(j => fit.Weights[j] * gradient[j]);
            for (var j = 0; j < size; j++)
            {
                Assert.True(gradient[j] >= level - 1e-6);
                if (fit.Weights[j] > 1e-9) Assert.Equal(level, gradient[j], 1e-6);
            }

            // The order of the columns does not matter, even where many mixtures are as near.
            var turned = SimplexFit.Solve([.. columns.Reverse()], target, ridge).Weights;
            for (var j = 0; j < size; j++) Assert.Equal(fit.Weights[j], turned[size - 1 - j], 1e-7);
        }
    }

    [Fact]
    public void A_treated_that_is_a_mixture_of_donors_gets_its_effect_back()
    {
        double[][] donors = [[1, 2, 3, 5, 6], [4, 1, 2, 2, 3], [9, 8, 9, 7, 6], [3, 3, 8, 1, 0], [7, 2, 6, 4, 4]];
        var treated = Enumerable.Range(0, 5).Select(t => (0.25 * donors[0][t]) + (0.75 * donors[2][t]) + (t >= 3 ? -2 : 0)).ToArray();
        var panel = new PanelData([treated, .. donors], [2004, null, null, null, null, null], [2001, 2002, 2003, 2004, 2005],
            ["t", "a", "b", "c", "d", "e"]);
        var control = new SyntheticControl(new(panel), 1);
        Assert.Equal(-2, control.Records(0.95)[0].Value!.Value, 1e-10);
        Assert.Equal(0.25, control.Fit.Weights[0], 1e-10);
        Assert.Equal(0.75, control.Fit.Weights[2], 1e-10);
        Assert.Equal("1/6", control.Records(0.95)[^1].Parameters["fraction"]);
        Assert.Null(control.Records(0.95)[0].Lower);
        // With a level that five placebos can reach the confidence set is an interval around the mean gap, or the line where the fit is
        // perfect.
        Assert.NotNull(control.Records(0.5)[0].Reason);
    }

    [Fact]
    public void The_confidence_set_holds_exactly_the_effects_that_are_not_rejected()
    {
        var random = new RandomStream(3, 1);
        var outcomes = Enumerable.Range(0, 25).Select(_ => Enumerable.Range(0, 10).Select(_ => 10 + Variates.Normal(random)).ToArray())
            .ToArray();
        for (var t = 6; t < 10; t++) outcomes[0][t] += 3;
        PanelData Shifted(double effect) =>
            new([[.. outcomes[0].Select((value, t) => t >= 6 ? value - effect : value)], .. outcomes.Skip(1)],
            [.. Enumerable.Range(0, 25).Select(unit => unit == 0 ? (double?)7 : null)],
                [.. Enumerable.Range(1, 10).Select(t => (double)t)]);
        double P(double effect) => new SyntheticControl(new(Shifted(effect)), 1).Records(0.9)[^1].Value!.Value;
        var set = new SyntheticControl(new(Shifted(0)), 1).Records(0.9)[0];
        Assert.True(P(set.Lower!.Value + 1e-6) > 0.1 && P(set.Upper!.Value - 1e-6) > 0.1);
        Assert.True(P(set.Lower!.Value - 1e-6) <= 0.1 && P(set.Upper!.Value + 1e-6) <= 0.1);
        // A synthetic difference in differences of a pure shift of all later outcomes moves by the shift.
        double Did(double effect) => SyntheticDid.Records(new(Shifted(effect)), 0.95, 1)[0].Value!.Value;
        Assert.Equal(Did(0) - 1.5, Did(1.5), 1e-9);
    }
}
