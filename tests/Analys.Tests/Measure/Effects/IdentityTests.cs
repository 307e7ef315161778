using Analys.Measure.Effects;
using Analys.Measure.Effects.Fits;
using Analys.Measure.Effects.Panel;
using Analys.Measure.Effects.Persons;
using Analys.Measure.Inference;

namespace Analys.Tests.Measure.Effects;

/// <summary>What must hold on any data.</summary>
public class IdentityTests
{
    [Fact]
    public void The_influence_is_how_the_estimate_moves_with_a_units_weight()
    {
        var data = Persons(21, 40);
        foreach (var estimate in new Func<CrossSection, Estimate>[]
        {
            one => MeanDifference.Difference(one, 0.95), one => MeanDifference.Regression(one, 0.95), one =>
                new Weighting(one).InverseProbability(),
            one => new Weighting(one).DoublyRobust(), one => new Weighting(one).EntropyBalance(), Strata.Exact,
        })
        {
            var strata = estimate == Strata.Exact;
            var source = strata ? data with { Covariates = new([data.Covariates.Names[1]], [data.Covariates.Columns[1]]) } : data;
            Same(source.Units, estimate(source), weights => estimate(source with { SampleWeights = weights }));
        }

        var panel = (double[]? weights) => RandomPanel(5, weights, covariate: true);
        foreach (var aggregate in new Func<GroupTime,
            Estimate>[] { Aggregates.Simple, Aggregates.Dynamic, one => Aggregates.Group(one)[0], one =>
            Aggregates.Calendar(one)[0], one => Aggregates.Event(one)[1] })
        {
            foreach (var comparison in Enum.GetValues<ComparisonGroup>())
            {
                Same(30, aggregate(GroupTime.Of(panel(null), comparison)), weights => aggregate(GroupTime.Of(panel(weights), comparison)));
            }
        }
    }

    [Fact]
    public void With_one_start_and_two_periods_all_panel_estimators_are_the_difference_in_differences()
    {
        PanelData panel = new([[1, 4], [2, 6], [0, 1], [5, 5], [3, 5]], [2, 2, null, null, null], [1, 2]);
        // Changes 3 and 4 beside 1, 0 and 2: 3.5 − 1.
        var effects = GroupTime.Of(panel, ComparisonGroup.Never);
        Assert.Equal(2.5, Aggregates.Simple(effects).Value!.Value, 1e-12);
        Assert.Equal(2.5, new TwoWay(panel).Record(0.95).Value!.Value, 1e-12);
        Assert.Equal(2.5, new Imputation(panel).Records()[0].Value!.Value, 1e-12);
        var welch = MeanDifference.Difference(BeforeAfter.Of(panel).Changes!, 0.95);
        Assert.Equal(2.5, welch.Value!.Value, 1e-12);
        // s² are 0.5 and 1: sqrt(0.25 + 1/3); Welch's degrees (7/12)²/(0.0625 + (1/9)/2) = 49/17.
        Assert.Equal(Math.Sqrt(7.0 / 12), welch.StandardError!.Value, 1e-12);
        Assert.Equal(49.0 / 17, welch.Degrees!.Value, 1e-12);
        // Of the ten ways to choose two of five changes 3, 4, 1, 0, 2 none has a larger difference; none other an equal one but {0, 1}.
        Assert.Equal("2/10", MeanDifference.Randomised(BeforeAfter.Of(panel).Changes!, welch, null, 1)!.Parameters["fraction"]);
    }

    [Fact]
    public void Means_of_effects_are_means_of_their_parts()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var panel = RandomPanel(seed, seed % 2 == 0 ? null : [.. Enumerable.Range(0, 30).Select(i => 1.0 + (i % 4))], covariate: false);
            var effects = GroupTime.Of(panel, seed % 3 == 0 ? ComparisonGroup.NotYet : ComparisonGroup.Never);
            double size(int cohort) => panel.CohortOf.Select((own, unit) => own == cohort ? panel.Weights[unit] : 0).Sum();
            var after = effects.Known.Where(effects.IsAfter).ToArray();
            Assert.Equal(after.Sum(cell => size(cell.Cohort) * cell.Value!.Value) / after.Sum(cell => size(cell.Cohort)),
                Aggregates.Simple(effects).Value!.Value, 1e-10);
            var pairs = BaconDecomposition.Of(panel);
            Assert.All(pairs, pair => Assert.True(pair.Weight >= 0));
            Assert.Equal(new TwoWay(panel).Coefficient!.Value, pairs.Sum(pair => pair.Weight * pair.Value), 1e-9);
            // An effect that is the same everywhere is found by every estimator that allows for unit and period effects.
            var shifted = RandomPanel(seed, null, covariate: false, effect: -3, noise: 0);
            Assert.Equal(-3, Aggregates.Dynamic(GroupTime.Of(shifted, ComparisonGroup.NotYet)).Value!.Value, 1e-9);
            Assert.Equal(-3, new Imputation(shifted).Records()[0].Value!.Value, 1e-9);
            Assert.Equal(-3, new TwoWay(shifted).Coefficient!.Value, 1e-9);
        }
    }

    [Fact]
    public void Entropy_balance_gives_the_treateds_means_and_refuses_what_lies_outside()
    {
        var data = Persons(3, 200);
        var weights = new Weighting(data).Balance!;
        Assert.Equal(1, weights.Sum(), 1e-12);
        foreach (var column in data.Covariates.Columns)
        {
            Assert.Equal(data.TreatedRows.Average(row => column[row]), data.ComparisonRows.Sum(row => weights[row] * column[row]), 1e-11);
        }

        var apart = data with { Covariates = new(["x"], [[.. data.Treated.Select((treated, i) => treated ? 10 + (i % 3) : i % 5)]]) };
        var refused = new Weighting(apart);
        Assert.Null(refused.Balance);
        Assert.Null(refused.Propensity);
        Assert.NotNull(refused.DoublyRobust().Reason);
    }

    [Fact]
    public void Nearest_neighbours_are_what_a_search_through_all_finds()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new RandomStream(seed, 9);
            // Many ties, above and below alike.
            double[] p = [.. Enumerable.Range(0, 60).Select(_ => random.NextLong(16) / 16.0)];
            bool[] treated = [.. p.Select((_, i) => i % 3 == 0)];
            var choice = new MatchChoice(seed % 2 + 1, seed % 3 == 0, seed % 5 == 0 ? 0.5 : null);
            var match = NearestMatch.Of(p, treated, choice);
            var free = Enumerable.Range(0, 60).Where(i => !treated[i]).ToHashSet();
            var found = Enumerable.Range(0, 60).Where(i => treated[i]).ToDictionary(i => i, _ => new List<int>());
            for (var round = 0; round < choice.Ratio; round++)
            {
                foreach (var i in found.Keys.OrderByDescending(i => p[i]).ThenBy(i => i).ToArray())
                {
                    var best = free.Where(j => !found[i].Contains(j) && (match.Caliper is null || Math.Abs(p[j] - p[i]) <= match.Caliper))
                        .OrderBy(j => Math.Abs(p[j] - p[i])).ThenBy(j => j).FirstOrDefault(-1);
                    if (best < 0 || found[i].Count < round) continue;
                    found[i].Add(best);
                    if (!choice.Replacement) free.Remove(best);
                }
            }

            Assert.Equal(found.Where(one => one.Value.Count > 0).OrderByDescending(one => p[one.Key]).ThenBy(one => one.Key)
                .Select(one => one.Key), match.Treated);
            for (var k = 0; k < match.Treated.Length; k++) Assert.Equal(found[match.Treated[k]], match.Comparisons[k]);
        }
    }

    private static void Same(int units, Estimate estimate, Func<double[], Estimate> weighted)
    {
        Assert.Equal(0, estimate.Influence.Sum() / units, 1e-9);
        for (var unit = 0; unit < units; unit += 3)
        {
            double At(double weight)
            {
                double[] weights = [.. Enumerable.Repeat(1.0, units)];
                weights[unit] = weight;
                return weighted(weights).Value!.Value;
            }

            Assert.Equal(estimate.Influence[unit] / units, (At(1 + 1e-4) - At(1 - 1e-4)) / 2e-4, 1e-6);
        }
    }

    private static CrossSection Persons(int seed, int units)
    {
        var random = new RandomStream(seed, 0);
        double[] x = [.. Enumerable.Range(0, units).Select(_ => Variates.Normal(random))],
            z = [.. Enumerable.Range(0, units).Select(i => i % 2 == 0 ? 1.0 : 0)];
        bool[] treated = [.. Enumerable.Range(0, units)
            .Select(i => random.NextDouble() < 1 / (1 + Math.Exp(0.4 - (0.5 * x[i]) - (0.3 * z[i]))))];
        return new([.. x.Select((value, i) => value + z[i] + Variates.Normal(random) + (treated[i] ? 1 : 0))], treated,
            Covariates.Of([("x", x, null), ("z", z, null)]));
    }

    private static PanelData RandomPanel(int seed, double[]? weights, bool covariate, double effect = 0, double noise = 1)
    {
        var random = new RandomStream(seed, 4);
        double?[] starts = [.. Enumerable.Range(0, 30).Select(i => i < 8 ? 3.0 : i < 15 ? 5.0 : (double?)null)];
        var x = Enumerable.Range(0, 30).Select(_ => Variates.Normal(random)).ToArray();
        var outcomes = Enumerable.Range(0, 30).Select(i =>
        {
            var level = Variates.Normal(random);
            return Enumerable.Range(1, 6)
                .Select(t => level + (t * t * 0.1) + (noise * (Variates.Normal(random) + (0.3 * t * x[i])))
                + (t >= starts[i] ? effect : 0)).ToArray();
        }).ToArray();
        return new(outcomes, starts, [1, 2, 3, 4, 5, 6], weights: weights, covariates: covariate ? Covariates.Of([("x", x, null)]) : null);
    }
}
