using Analys.Domain;
using Analys.Measure.Inequality;
using Analys.Measure.Persons;

namespace Analys.Measure.Poverty;

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
            var concept = plan.Concept(estimate.Period, estimate.Measure.Concept);
            var slices = concept.Slices(estimate.AgesIndex, estimate.Ages, estimate.Cut);
            if (slices != weighed) Fill(concept.Table, slices, weigh, ref weighed);
            var range = slices[estimate.DomainIndex];
            var incomes = new WeightedIncomes(slices.Incomes.AsSpan(range), buffer.AsSpan(range));
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
                var everyone = plan.Concept(from, concept);
                if (everyone.Whole != weighed) Fill(everyone.Table, everyone.Whole, weigh, ref weighed);
                var whole = new WeightedIncomes(everyone.Whole.Incomes, buffer.AsSpan(0, everyone.Whole.Incomes.Length));
                value = whole.IsEmpty ? double.NaN : chosen.Of(whole, plan.Study.Quantiles);
            }

            lines[(from, concept, line)] = value;
        }

        return measure.IsAnchored ? value * plan.Study.Anchor!.Factor(plan.Periods[period].Period) : value;
    }

    private void Fill(PersonTable table, DomainSlices slices, Weigh weigh, ref DomainSlices? weighed)
    {
        if (buffer.Length < slices.Incomes.Length) buffer = new double[slices.Incomes.Length];
        weigh(table, slices, buffer.AsSpan(0, slices.Incomes.Length));
        weighed = slices;
    }
}
