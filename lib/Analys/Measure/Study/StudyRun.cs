using System.Runtime.CompilerServices;
using Analys.Measure.Income;
using Analys.Measure.Income.Inequality;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Source;

namespace Analys.Measure.Study;

/// <summary>Computes all figures of a plan under one set of weights; its buffers serve one replicate after the other.</summary>
internal sealed class StudyRun(StudyPlan plan)
{
    private readonly Dictionary<(int Period, IncomeConcept Concept, int Line), double> lines = [];
    private double[] buffer = [];

    /// <summary>The figures in the order of the plan's estimates.</summary>
    public Quantity[] Evaluate(Weigh weigh)
    {
        lines.Clear();
        var values = new Quantity[plan.Estimates.Count];
        DomainSlices? weighed = null;
        foreach (var i in plan.Order)
        {
            var estimate = plan.Estimates[i];
            var line = Line(estimate.Period, estimate.Measure, estimate.Line, weigh, ref weighed);
            var concept = plan.Rows.Concept(estimate.Period, estimate.Measure.Concept);
            var slices = concept.Slices(estimate.AgesIndex, estimate.Ages, estimate.Cut);
            if (slices != weighed) Fill(concept.Table, slices, weigh, ref weighed);
            var range = slices[estimate.DomainIndex];
            var incomes = plan.With(new WeightedIncomes(slices.Incomes.AsSpan(range), buffer.AsSpan(range)), estimate.Period,
                estimate.Measure.Concept, slices, range);
            values[i] = estimate.Measure.Of(incomes, plan.Context(line));
        }

        return values;
    }

    /// <summary>The line under these weights, from everyone.</summary>
    private double Line(int period, IncomeMeasure measure, int line, Weigh weigh, ref DomainSlices? weighed)
    {
        if (measure.OwnLine is { } own) return own;
        if (!measure.Choices.HasFlag(Choices.Line)) return double.NaN;
        var from = measure.IsAnchored ? plan.AnchorPeriod : period;
        var concept = plan.LineConcept(measure.Concept);
        if (!lines.TryGetValue((from, concept, line), out var value))
        {
            var chosen = plan.Study.Lines[line];
            if (chosen.Kind == LineKind.Fixed)
            {
                value = chosen.Number;
            }
            else
            {
                var everyone = plan.Rows.Concept(from, concept);
                if (everyone.Whole != weighed) Fill(everyone.Table, everyone.Whole, weigh, ref weighed);
                var whole = new WeightedIncomes(everyone.Whole.Incomes, buffer.AsSpan(0, everyone.Whole.Incomes.Length));
                value = whole.IsEmpty ? double.NaN : chosen.Of(whole, plan.Study.Quantiles);
            }

            lines[(from, concept, line)] = value;
        }

        return measure.IsAnchored ? value * plan.Study.Anchor!.Factor(plan.Periods[period].Period) : measure.LineFactor * value;
    }

    private void Fill(PersonTable table, DomainSlices slices, Weigh weigh, ref DomainSlices? weighed)
    {
        if (buffer.Length < slices.Incomes.Length) buffer = new double[slices.Incomes.Length];
        weigh(table, slices, buffer.AsSpan(0, slices.Incomes.Length));
        weighed = slices;
    }
}

/// <summary>The figures of a plan in each replicate, the line estimated anew.</summary>
internal static class StudyReplicates
{
    /// <summary>What is said where replicate weights are wanting.</summary>
    public const string TooFew =
        "Replicate weights are asked for, but fewer than two columns have the role ReplicateWeight: name them with --replicate-weights.";

    /// <summary>Clusters drawn again within strata, the same clusters in every period.</summary>
    public static double[][] Bootstrap(StudyPlan plan, CancellationToken cancel)
    {
        var clusters = plan.Study.Persons.Clusters.Span;
        var design = new ClusterDesign(clusters, plan.Study.Persons.Strata.Span, KeyIndex.Size(clusters));
        return Replicates.Run(
            plan.Study.Uncertainty.Replicates,
            plan.Study.Uncertainty.Seed,
            () => (Run: new StudyRun(plan), Factors: new double[design.ClusterCount]),
            (random, state) =>
            {
                design.Draw(random, state.Factors);
                return Numbers(state.Run, (_, slices, weights) => Times(slices.Weights, state.Factors, slices.Clusters, weights));
            },
            cancel);
    }

    /// <summary>The replicate weights that came with the data.</summary>
    public static double[][] Weights(StudyPlan plan, CancellationToken cancel)
    {
        var count = plan.Study.Persons.ReplicateWeights.Length;
        if (count < 2) throw new ColumnNotFoundException(TooFew);
        var all = new double[count][];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancel }, () => new StudyRun(plan), (replicate, _, run) =>
        {
            all[replicate] = Numbers(run, (table, slices, weights) =>
            {
                var column = table.ReplicateWeights[replicate].Span;
                for (var i = 0; i < weights.Length; i++) weights[i] = column[slices.Rows[i]];
            });
            return run;
        }, _ => { });
        return all;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Times(ReadOnlySpan<double> own, ReadOnlySpan<double> factors, ReadOnlySpan<int> cluster, Span<double> weights)
    {
        own = own[..weights.Length];
        cluster = cluster[..weights.Length];
        for (var i = 0; i < weights.Length; i++) weights[i] = own[i] * factors[cluster[i]];
    }

    private static double[] Numbers(StudyRun run, Weigh weigh)
    {
        var quantities = run.Evaluate(weigh);
        var numbers = new double[quantities.Length];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = quantities[i].HasNumber ? quantities[i].Number : double.NaN;
        return numbers;
    }
}

/// <summary>The variance of a figure from its influence function, the estimated line included, over clusters in strata.</summary>
/// <remarks>
/// z_i = [i in the domain] ∂θ/∂w_i + (∂θ/∂z) ∂z/∂w_i for everyone, since everyone's income moves the line; the variance is that of the
/// total of w z. Source: Deville 1999, Survey Methodology 25(2); Osier 2009, Survey Research Methods 3(3).
/// </remarks>
internal sealed class LinearisedVariance
{
    private readonly StudyPlan plan;
    private readonly ClusterDesign design;
    private readonly double[] totals;
    private readonly Dictionary<(int Period, IncomeConcept Concept, int Line), double[]> lines = [];
    private double[] influence = [];

    public LinearisedVariance(StudyPlan plan)
    {
        this.plan = plan;
        var clusters = plan.Study.Persons.Clusters.Span;
        design = new ClusterDesign(clusters, plan.Study.Persons.Strata.Span, KeyIndex.Size(clusters));
        totals = new double[design.ClusterCount];
    }

    /// <summary>The variance of an estimate, or of its difference from another; null where a measure has no influence function.</summary>
    public Spread? Of(int estimate, int? minus = null)
    {
        Array.Clear(totals);
        if (!Add(plan.Estimates[estimate], 1)) return null;
        if (minus is { } other && !Add(plan.Estimates[other], -1)) return null;
        return design.Spread(totals, plan.Study.Uncertainty.Lonely);
    }

    private bool Add(Estimate estimate, double sign)
    {
        if (estimate.Measure.Influence is not { } of) return false;
        var concept = plan.Rows.Concept(estimate.Period, estimate.Measure.Concept);
        var slices = concept.Slices(estimate.AgesIndex, estimate.Ages, estimate.Cut);
        var range = slices[estimate.DomainIndex];
        var incomes = plan.With(new WeightedIncomes(slices.Incomes.AsSpan(range), slices.Weights.AsSpan(range),
            slices.Persons.AsSpan(range)),
            estimate.Period, estimate.Measure.Concept, slices, range);
        var clusters = slices.Clusters.AsSpan(range);
        var context = plan.Context(plan.Line(estimate.Period, estimate.Measure, estimate.Line));
        if (influence.Length < clusters.Length) influence = new double[clusters.Length];
        var own = influence.AsSpan(0, clusters.Length);
        of(incomes, context, own);
        for (var i = 0; i < own.Length; i++) totals[clusters[i]] += sign * incomes.Weights[i] * own[i];
        if (estimate.Measure.Slope is null || plan.Study.Lines[estimate.Line].Kind == LineKind.Fixed) return true;

        var slope = sign * estimate.Measure.Slope(incomes, context);
        var factor = estimate.Measure.IsAnchored ? plan.Study.Anchor!.Factor(plan.Periods[estimate.Period].Period)
            : estimate.Measure.LineFactor;
        var line = OfLine(estimate.Measure.IsAnchored ? plan.AnchorPeriod : estimate.Period, plan.LineConcept(estimate.Measure.Concept),
            estimate.Line);
        for (var cluster = 0; cluster < totals.Length; cluster++) totals[cluster] += slope * factor * line[cluster];
        return true;
    }

    // By cluster, the total of the weighted influence on the line.
    private double[] OfLine(int period, IncomeConcept concept, int line)
    {
        if (lines.TryGetValue((period, concept, line), out var known)) return known;
        var whole = plan.Rows.Concept(period, concept).Whole;
        var incomes = new WeightedIncomes(whole.Incomes, whole.Weights, whole.Persons);
        var own = new double[whole.Incomes.Length];
        var chosen = plan.Study.Lines[line];
        var centre = chosen.Kind == LineKind.Mean ? Mean.Measure : Median.Measure;
        centre.Influence!(incomes, plan.Context(double.NaN), own);
        var byCluster = new double[design.ClusterCount];
        for (var i = 0; i < own.Length; i++) byCluster[whole.Clusters[i]] += whole.Weights[i] * own[i] * chosen.Number / 100;
        return lines[(period, concept, line)] = byCluster;
    }
}
