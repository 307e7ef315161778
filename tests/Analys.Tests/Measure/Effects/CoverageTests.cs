using Analys.Measure.Effects;
using Analys.Measure.Effects.Fits;
using Analys.Measure.Effects.Panel;
using Analys.Measure.Effects.Persons;
using Analys.Measure.Inference;

namespace Analys.Tests.Measure.Effects;

/// <summary>How often intervals of 95 % hold the true effect with few units: the numbers of the room's page.</summary>
public class CoverageTests
{
    private const int Studies = 300;

    // Coverage of the normal interval of att-simple, of CR1 with t of twfe, and of the intervals by randomisation of both.
    [Theory]
    [InlineData(6, 0.68, 0.87, 0.94)]
    [InlineData(12, 0.81, 0.90, 0.93)]
    [InlineData(18, 0.84, 0.90, 0.93)]
    public void Few_clusters(int units, double normal, double robust, double exact)
    {
        int treated = units / 3, att = 0, twfe = 0, kept = 0, event0 = 0, fixedEffects = 0;
        for (var study = 0; study < Studies; study++)
        {
            var random = new RandomStream(11, (units * 100_000L) + study);
            var outcomes = Enumerable.Range(0, units).Select(unit =>
            {
                var level = 10 + (2 * Variates.Normal(random));
                return Enumerable.Range(1, 8)
                    .Select(t => level + (0.3 * t) + Variates.Normal(random) + (unit < treated && t >= Start(unit) ? -1 : 0)).ToArray();
            }).ToArray();
            PanelData Panel(double[][] values) =>
                new(values, [.. Enumerable.Range(0, units).Select(unit => unit < treated ? Start(unit) : (double?)null)],
                [1, 2, 3, 4, 5, 6, 7, 8]);
            var panel = Panel(outcomes);
            var effects = GroupTime.Of(panel, ComparisonGroup.Never);
            var simple = Aggregates.Simple(effects);
            var twoWay = new TwoWay(panel).Record(0.95);
            if (Holds(Errors.Complete(simple, 0.95), -1)) att++;
            if (Holds(twoWay, -1)) twfe++;
            var exacts = StartInversion.Intervals(panel, ComparisonGroup.Never,
                [simple, twoWay, Aggregates.Event(effects).Single(one => one.Parameters["event"] == "0")], 0.95, units > 6 ? 399 : null,
                    study)
                .ToArray();
            if (Holds(exacts[0], -1)) kept++;
            if (Holds(exacts[1], -1)) fixedEffects++;
            if (Holds(exacts[2], -1)) event0++;
        }

        Console.WriteLine($"{units} clusters: att-simple {(double)att / Studies:P1}, twfe {(double)twfe / Studies:P1}, by randomisation "
            + $"att-simple {(double)kept / Studies:P1}, twfe {(double)fixedEffects / Studies:P1}, att-event {(double)event0 / Studies:P1}");
        Assert.InRange((double)fixedEffects / Studies, exact, 1);
        Assert.InRange((double)event0 / Studies, exact, 1);
        Assert.InRange((double)att / Studies, normal, 0.97);
        Assert.InRange((double)twfe / Studies, robust, 0.98);
        Assert.InRange((double)kept / Studies, exact, 1);
        double Start(int unit) => unit % 2 == 0 ? 4 : 6;
    }

    [Fact]
    public void Twenty_treated_persons()
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var study = 0; study < Studies; study++)
        {
            var random = new RandomStream(12, study);
            List<double> outcomes = [], age = [], support = [];
            List<bool> treated = [];
            while (treated.Count(value => value) < 20 || treated.Count(value => !value) < 60)
            {
                double x = Variates.Normal(random), z = random.NextDouble() < 0.4 ? 1 : 0;
                var given = random.NextDouble() < 1 / (1 + Math.Exp(1 - (0.6 * x) - (0.5 * z)));
                if (treated.Count(value => value == given) >= (given ? 20 : 60)) continue;
                age.Add(x);
                support.Add(z);
                treated.Add(given);
                outcomes.Add((2 * x) + z + Variates.Normal(random) + (given ? 1 : 0));
            }

            var data = new CrossSection([.. outcomes], [.. treated],
                Covariates.Of([("age", [.. age], null), ("support", [.. support], null)]));
            var weighting = new Weighting(data);
            foreach (var one in new[]
            {
                MeanDifference.Regression(data, 0.95), Errors.Complete(weighting.InverseProbability(), 0.95),
                    Errors.Complete(weighting.DoublyRobust(), 0.95),
                Errors.Complete(weighting.EntropyBalance(), 0.95),
                    NearestMatch.Of(weighting.Propensity!, data.Treated, new()).Record(data, weighting.Propensity!, new(), 0.95),
                MeanDifference.Difference(data
                    with { Outcomes = [.. outcomes.Select((value, i) => value - (2 * age[i]) - support[i])] }, 0.95),
            })
            {
                counts[one.Id] = counts.GetValueOrDefault(one.Id) + (Holds(one, 1) ? 1 : 0);
            }
        }

        foreach (var (id, count) in counts)
        {
            Console.WriteLine($"{id} {(double)count / Studies:P1}");
            Assert.InRange((double)count / Studies, 0.80, 0.975);
        }
    }

    private static bool Holds(Estimate one, double truth) => (one.Lower ?? double.NegativeInfinity) <= truth
        && truth <= (one.Upper ?? double.PositiveInfinity);
}
