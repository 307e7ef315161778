using Analys.Measure.Effects;
using Analys.Measure.Effects.Draws;
using Analys.Measure.Effects.Panel;
using Analys.Measure.Effects.Planning;
using Analys.Measure.Inference;

namespace Analys.Tests.Measure.Effects;

/// <summary>Intervals and power by randomisation turned around, and Webb's points, against going through everything by hand.</summary>
public class InversionTests
{
    // Just within an end more than 5 % of the assignments are as large once the effect is taken away, just beyond no more.
    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    public void An_interval_ends_where_the_test_begins_to_reject(bool notYet, long seed)
    {
        var comparison = notYet ? ComparisonGroup.NotYet : ComparisonGroup.Never;
        var panel = Panel(seed, 9);
        var effects = GroupTime.Of(panel, comparison);
        Estimate[] targets = [Aggregates.Simple(effects), Aggregates.Dynamic(effects), Aggregates.Event(effects).Single(one =>
            one.Parameters["event"] == "0")];
        var intervals = StartInversion.Intervals(panel, comparison, targets, 0.95, null, 1).ToArray();
        Assert.Equal(3, intervals.Length);
        for (var k = 0; k < targets.Length; k++)
        {
            double low = intervals[k].Lower!.Value, high = intervals[k].Upper!.Value, hair = 1e-6 * (high - low);
            Assert.InRange(targets[k].Value!.Value, low, high);
            Assert.True(P(k, low + hair) > 0.05 && P(k, high - hair) > 0.05);
            Assert.True(P(k, low - hair) <= 0.05 && P(k, high + hair) <= 0.05);
        }

        double P(int k, double effect)
        {
            var free = panel.WithOutcomes((unit, t) => panel.Outcomes[unit][t] - (panel.Has(unit, t) ? effect : 0));
            var again = GroupTime.Of(free, comparison);
            var target = k == 0 ? Aggregates.Simple(again) : k == 1 ? Aggregates.Dynamic(again)
                : Aggregates.Event(again).Single(one => one.Parameters["event"] == "0");
            return new StartDraws(free, comparison, [target]).Records(null, 1)[0].Value!.Value;
        }
    }

    // 6 choose 1 times 5 choose 1: thirty assignments, each once the truth.
    [Fact]
    public void Power_is_the_share_of_assignments_whose_own_test_finds_the_effect()
    {
        var panel = Panel(4, 7);
        var simple = Aggregates.Simple(GroupTime.Of(panel, ComparisonGroup.Never));
        var found = StartInversion.Found(panel, ComparisonGroup.Never, simple, 0.9, 1);
        Assert.Equal(42, found.Length);
        foreach (var detect in new[] { -4.0, -1.5, 0.7, 3 })
        {
            var count = 0;
            for (var first = 0; first < 7; first++)
            {
                for (var second = 0; second < 7; second++)
                {
                    if (first == second) continue;
                    var (one, two) = (first, second);
                    double Start(int unit) => unit == one ? 3 : unit == two ? 5 : double.PositiveInfinity;
                    var with = new PanelData([.. Enumerable.Range(0, 7).Select(unit => panel.Outcomes[unit].Select((value, t) => value
                        - (panel.Has(unit, t) ? simple.Value!.Value : 0) + (t + 1 >= Start(unit) ? detect : 0)).ToArray())],
                        [.. Enumerable.Range(0, 7).Select(unit => double.IsFinite(Start(unit)) ? Start(unit) : (double?)null)],
                            panel.Periods);
                    var target = Aggregates.Simple(GroupTime.Of(with, ComparisonGroup.Never));
                    if (new StartDraws(with, ComparisonGroup.Never, [target]).Records(null, 1)[0].Value <= 0.1) count++;
                }
            }

            Assert.Equal(count / 42.0, Power.Staggered(found, detect), 1e-12);
        }

        var least = Power.Staggered(found);
        Assert.True(Power.Staggered(found, least * 1.0001) >= 0.8 && Power.Staggered(found, -least * 1.0001) >= 0.8);
    }

    [Fact]
    public void Webbs_points_are_all_looked_at_where_few_clusters_have_few_draws()
    {
        double[] parts = [1.2, -0.4, 0.9];
        var plan = SignDraws.Plan(3, null, 1, WildWeights.Webb);
        Assert.Equal(216, plan.Count);
        double[] points = [-Math.Sqrt(1.5), -1, -Math.Sqrt(0.5), Math.Sqrt(0.5), 1, Math.Sqrt(1.5)];
        var reach = DrawPlan.Reach(parts.Sum());
        var byHand = points.SelectMany(a => points.SelectMany(b => points.Select(c => Math.Abs((a * parts[0]) + (b * parts[1])
            + (c * parts[2]))))).Count(value => value >= reach);
        var counts = SignDraws.Count([[1.2], [-0.4], [0.9]], 1, (forms, tally) => tally[0] += Math.Abs(forms[0]) >= reach ? 1 : 0, plan);
        Assert.Equal(byHand, counts[0]);
        Assert.Equal($"{byHand}/216", plan.Record(new Estimate("att-simple") { Value = 1 }, counts[0], "wild").Parameters["fraction"]);
    }

    private static PanelData Panel(long seed, int units)
    {
        var random = new RandomStream(seed, 7);
        return new([.. Enumerable.Range(0, units).Select(unit => Enumerable.Range(1, 6)
                .Select(t => Variates.Normal(random) + (unit == 0 && t >= 3 ? 1 : 0)).ToArray())],
            [.. Enumerable.Range(0, units).Select(unit => unit == 0 ? 3 : unit == 1 ? 5 : (double?)null)], [1, 2, 3, 4, 5, 6]);
    }
}
