using Analys.Measure.Inequality;
using Analys.Measure.Inference;
using Analys.Measure.Persons;

namespace Analys.Measure.Poverty;

/// <summary>The variance of a figure from its influence function, the estimated line included, over clusters in strata.</summary>
/// <remarks>
/// z_i = [i in the domain] ∂θ/∂w_i + (∂θ/∂z) ∂z/∂w_i for everyone, since everyone's income moves the line; the variance is that of the total
/// of w z. Source: Deville 1999, Survey Methodology 25(2); Osier 2009, Survey Research Methods 3(3).
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
    public double? Of(int estimate, int? minus = null)
    {
        Array.Clear(totals);
        if (!Add(plan.Estimates[estimate], 1)) return null;
        if (minus is { } other && !Add(plan.Estimates[other], -1)) return null;
        return design.Variance(totals);
    }

    private bool Add(Estimate estimate, double sign)
    {
        if (estimate.Measure.Influence is not { } of) return false;
        var concept = plan.Concept(estimate.Period, estimate.Measure.Concept);
        var slices = concept.Slices(estimate.AgesIndex, estimate.Ages, estimate.Cut);
        var range = slices[estimate.DomainIndex];
        var incomes = new WeightedIncomes(slices.Incomes.AsSpan(range), slices.Weights.AsSpan(range), slices.Persons.AsSpan(range));
        var clusters = slices.Clusters.AsSpan(range);
        var context = plan.Context(plan.Line(estimate.Period, estimate.Measure, estimate.Line));
        if (influence.Length < clusters.Length) influence = new double[clusters.Length];
        var own = influence.AsSpan(0, clusters.Length);
        of(incomes, context, own);
        for (var i = 0; i < own.Length; i++) totals[clusters[i]] += sign * incomes.Weights[i] * own[i];
        if (estimate.Measure.Slope is null || plan.Study.Lines[estimate.Line].Kind == LineKind.Fixed) return true;

        var slope = sign * estimate.Measure.Slope(incomes, context);
        var factor = estimate.Measure.IsAnchored ? plan.Study.Anchor!.Factor(plan.Periods[estimate.Period].Period) : 1;
        var line = OfLine(estimate.Measure.IsAnchored ? plan.AnchorPeriod : estimate.Period, plan.LineConcept(estimate.Measure.Concept), estimate.Line);
        for (var cluster = 0; cluster < totals.Length; cluster++) totals[cluster] += slope * factor * line[cluster];
        return true;
    }

    // By cluster, the total of the weighted influence on the line.
    private double[] OfLine(int period, IncomeConcept concept, int line)
    {
        if (lines.TryGetValue((period, concept, line), out var known)) return known;
        var whole = plan.Concept(period, concept).Whole;
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
