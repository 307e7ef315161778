using System.Globalization;
using Analys.Measure.Effects.Draws;
using Analys.Measure.Effects.Panel;

namespace Analys.Measure.Effects.OneTreated;

/// <summary>A panel where one unit (or a few, together) starts at one time, and the others, the donors, never do.</summary>
internal sealed class Donors
{
    // Each placebo is a fit of its own: beyond this many sets of donors a thousand are drawn.
    private const int MostSets = 5000, DrawnSets = 999;

    /// <summary>Makes the design.</summary>
    /// <exception cref="EffectException">The panel is not of this kind.</exception>
    public Donors(PanelData panel)
    {
        if (panel.Cohorts.Length != 1)
            throw new EffectException("A synthetic control needs one start that some unit has within the window; for staggered starts use "
                + "att-simple.");
        Treated = [.. Enumerable.Range(0, panel.Units).Where(unit => panel.CohortOf[unit] == 0)];
        Others = [.. Enumerable.Range(0, panel.Units).Where(unit => panel.CohortOf[unit] < 0)];
        if (Others.Length <= Treated.Length)
            throw new EffectException("There must be more donors (never treated units) than treated units; widen the comparison.");
        Panel = panel;
        Before = panel.First[0];
        Path = Mean(panel, Treated);
    }

    /// <summary>The panel.</summary>
    public PanelData Panel { get; }

    /// <summary>The treated units.</summary>
    public int[] Treated { get; }

    /// <summary>The donors.</summary>
    public int[] Others { get; }

    /// <summary>The number of periods before the start.</summary>
    public int Before { get; }

    /// <summary>The treated's mean outcome in each period.</summary>
    public double[] Path { get; }

    /// <summary>
    /// As if sets of donors, as many as there are treated, had been treated, each against the other donors: what
    /// <paramref name="statistic"/> gives for
    /// every set.
    /// </summary>
    /// <param name="statistic">Given the mean path of a set and its own donors.</param>
    /// <param name="seed">The seed where sets are drawn.</param>
    /// <returns>One value a set, and how they were chosen.</returns>
    public (double[][] Values, DrawPlan Plan) Placebos(Func<double[], int[], double[]> statistic, long seed)
    {
        int[] labels = [.. Others.Select((_, k) => k < Treated.Length ? 1 : 0)];
        var assignments = new Assignments(labels);
        var plan = new DrawPlan(assignments.Possible, assignments.Possible <= MostSets ? null : DrawnSets, seed);
        var values = assignments.Values<double[]>(plan, () => assignment =>
        {
            int[] set = [.. Others.Where((_, k) => assignment[k] == 1)], rest = [.. Others.Where((_, k) => assignment[k] == 0)];
            return statistic(Mean(Panel, set), rest);
        });
        return (values, plan);
    }

    /// <summary>The p value of a rank among placebos: (1 + number as large)/(placebos + 1).</summary>
    public static Estimate Rank(Estimate of, double own, IReadOnlyCollection<double> placebos, DrawPlan plan)
    {
        var reach = double.IsInfinity(own) ? own : DrawPlan.Reach(own);
        long count = 1 + placebos.Count(value => value >= reach), all = placebos.Count + 1;
        var record = (of with
        {
            Id = $"{of.Id}-p",
            Value = (double)count / all,
            StandardError = null,
            Lower = null,
            Upper = null,
            Reason = null
        })
            .With("inference", "placebo").With("fraction", string.Create(CultureInfo.InvariantCulture, $"{count}/{all}"))
                .With("draws", plan.Drawn is null ? "all" : "random");
        return plan.Drawn is null ? record : record.With("seed", plan.Seed.ToString(CultureInfo.InvariantCulture));
    }

    private static double[] Mean(PanelData panel, int[] units) =>
        [.. Enumerable.Range(0, panel.Periods.Length).Select(t => Compensated.Mean([.. units.Select(unit => panel.Outcomes[unit][t])]))];
}
