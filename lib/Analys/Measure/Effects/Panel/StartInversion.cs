using System.Globalization;
using Analys.Measure.Effects.Draws;

namespace Analys.Measure.Effects.Panel;

/// <summary>
/// Intervals, power and the smallest detectable effect by turning the randomisation test around: which constant effects it does not reject.
/// </summary>
/// <remarks>
/// With a constant effect d taken away, the statistic of an assignment a is A_a − d·B_a, where B_a is the statistic of who had the measure
/// when as if that were the outcome, and the observed one is A − d. The set of effects with which a counts as being as large is then an
/// interval around A (all effects where |B_a| &gt; 1, which errs towards a wider interval), so that the set that is not rejected is one,
/// too, and holds the true effect at least as often as the level says, however few the clusters: if the measure moves all by the same and
/// any
/// other cluster could have had the start. Sources: Rosenbaum 2002, Statistical Science 17; MacKinnon and Webb 2020, J. Econometrics 218.
/// </remarks>
internal static class StartInversion
{
    /// <summary>Up to so many assignments all are looked at; beyond, <see cref="DrawPlan.Usual"/> are drawn.</summary>
    public const int Most = 100_000;

    private const int Truths = 200, Others = 999;

    /// <summary>Beside each estimate that randomisation can test, the interval of effects that it does not reject.</summary>
    public static IEnumerable<Estimate> Intervals(PanelData panel, ComparisonGroup comparison, IEnumerable<Estimate> estimates,
        double level, int? replicates, long seed)
    {
        Estimate[] wanted = [.. estimates.Where(one => HasInterval(one.Id))];
        var outcomes = new StartDraws(panel, comparison, wanted);
        if (outcomes.Targets.Count == 0) yield break;
        var exposure = new StartDraws(panel.WithOutcomes((unit, t) => panel.Has(unit, t) ? 1 : 0), comparison, wanted);
        var assignments = new Assignments([.. outcomes.Observed]);
        var plan = DrawPlan.For(assignments.Possible, replicates ?? (assignments.Possible > Most ? DrawPlan.Usual : null), seed);
        int count = outcomes.Targets.Count;
        double[] observed = new double[count], own = new double[count];
        outcomes.NewStatistics()([.. outcomes.Observed], observed);
        exposure.NewStatistics()([.. outcomes.Observed], own);
        var sides = assignments.Values<(double Low, double High)[]>(plan, () =>
        {
            var (first, second) = (outcomes.NewStatistics(), exposure.NewStatistics());
            double[] values = new double[count], exposed = new double[count];
            return assignment =>
            {
                first(assignment, values);
                second(assignment, exposed);
                var found = new (double, double)[count];
                for (var k = 0; k < count; k++) found[k] = Kept(observed[k], own[k], values[k], exposed[k]);
                return found;
            };
        });
        for (var k = 0; k < count; k++)
        {
            // What lies before the start (negative events) does not move with the effect: no effect can be read off it.
            if (own[k] < 0.5) continue;
            var (low, high) = Set([.. sides.Select(one => one[k].Low)], [.. sides.Select(one => one[k].High)], plan, level);
            var one = outcomes.Targets[k];
            var none = !double.IsFinite(low) && !double.IsFinite(high);
            var record = (one with
            {
                Id = $"{one.Id}-interval",
                StandardError = null,
                Degrees = null,
                Influence = [],
                Lower = double.IsFinite(low) ? low : null,
                Upper = double.IsFinite(high) ? high : null,
                Value = none ? null : one.Value,
                Reason = none ? "with so few ways to give the starts no effect is rejected at this level" : null,
            }).With("inference", "randomisation").With("draws", plan.Drawn is null ? "all" : "random");
            yield return plan.Drawn is null ? record : record.With("seed", seed.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>True where an estimate has an interval of this kind.</summary>
    public static bool HasInterval(string id) =>
        id is "att-simple" or "att-group" or "att-dynamic" or "att-event" or "att-calendar" or "twfe";

    /// <summary>
    /// By assignment (all, or 200 drawn), which constant effects its own randomisation test would find in these outcomes, the estimated
    /// effect taken away: those below the first and above the second number.
    /// </summary>
    /// <param name="panel">The panel.</param>
    /// <param name="comparison">Who is compared.</param>
    /// <param name="simple">att-simple.</param>
    /// <param name="level">The level of the test's interval.</param>
    /// <param name="seed">The seed of the assignments.</param>
    public static (double Below, double Above)[] Found(PanelData panel, ComparisonGroup comparison, Estimate simple, double level,
        long seed)
    {
        var free = panel.WithOutcomes((unit, t) => panel.Outcomes[unit][t] - (panel.Has(unit, t) ? simple.Value!.Value : 0));
        var outcomes = new StartDraws(free, comparison, [simple]);
        var assignments = new Assignments([.. outcomes.Observed]);
        var clusters = panel.ClusterOrUnit;
        int[][] truths = Drawn(assignments, Truths, seed), others = Drawn(assignments, Others, seed + 1);
        // The one that is looked at counts where the others are drawn.
        var plan = DrawPlan.For(assignments.Possible, assignments.Possible > Others ? Others : null, seed);
        double[] values = new double[1], by = new double[others.Length];
        var statistic = outcomes.NewStatistics();
        for (var k = 0; k < others.Length; k++)
        {
            statistic(others[k], values);
            by[k] = values[0];
        }

        var found = new (double Below, double Above)[truths.Length];
        Parallel.For(0, truths.Length, a =>
        {
            var truth = truths[a];
            var exposure = new StartDraws(panel.WithOutcomes((unit, t) =>
                truth[clusters[unit]] is var label and > 0 && t >= panel.First[label - 1] ? 1 : 0), comparison, [simple]);
            var (of, exposed) = (outcomes.NewStatistics(), exposure.NewStatistics());
            double[] own = new double[1], all = new double[1], ones = new double[1];
            of(truth, own);
            exposed(truth, all);
            double[] low = new double[others.Length], high = new double[others.Length];
            for (var k = 0; k < others.Length; k++)
            {
                exposed(others[k], ones);
                (low[k], high[k]) = Kept(own[0], all[0], by[k], ones[0]);
            }

            // An effect d added is one of −d taken away.
            var (from, to) = Set(low, high, plan, level);
            found[a] = (-to, -from);
        });
        return found;
    }

    private static int[][] Drawn(Assignments assignments, int most, long seed) => assignments.Values<int[]>(
        DrawPlan.For(assignments.Possible, assignments.Possible > most ? most : null, seed), () => labels => (int[])labels.Clone());

    // The effects d with |A_a − d·B_a| ≥ |A − d·B|.
    private static (double Low, double High) Kept(double observed, double own, double value, double exposed)
    {
        const double Alike = 1e-9;
        if (Math.Abs(exposed) > own + Alike
            || (Math.Abs(value - observed) <= Alike * Math.Abs(observed) && Math.Abs(exposed - own) <= Alike))
            return (double.NegativeInfinity, double.PositiveInfinity);
        double one = Root(observed - value, own - exposed), two = Root(observed + value, own + exposed);
        return (Math.Min(one, two), Math.Max(one, two));

        // Where the assignments have the same of the measure a line is never crossed: the effects on the far side all count.
        double Root(double difference, double slope) => slope > Alike ? difference / slope
            : difference >= 0 ? double.PositiveInfinity : double.NegativeInfinity;
    }

    private static (double Low, double High) Set(double[] low, double[] high, DrawPlan plan, double level)
    {
        Array.Sort(low);
        Array.Sort(high);
        // Kept: effects with which more than the level's rest of all draws are as large; a drawn set has the observed one besides.
        var rest = (long)Math.Floor(((1 - level) * plan.Count) + 1e-9);
        var place = (int)(rest - (plan.Drawn is null ? 0 : 1));
        return place < 0 || place >= low.Length ? (double.NegativeInfinity, double.PositiveInfinity) : (low[place], high[^(place + 1)]);
    }
}
