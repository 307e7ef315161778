using System.Collections.Immutable;
using Analys.Domain;
using Analys.Load;
using Analys.Measure.Inequality;
using Analys.Measure.Inference;
using Analys.Measure.Persons;

namespace Analys.Measure.Poverty;

/// <summary>Measures of persons who are followed over years, under the choices of a study.</summary>
/// <remarks>
/// A full-register panel has Wilson's interval on the effective number of households; with bootstrap replicates the same households are drawn
/// in all years and each year's line is estimated anew. There is no linearised variance of these measures: Wilson's interval stands in.
/// </remarks>
public sealed class PanelStudy
{
    private readonly IncomeStudy study;
    private readonly PanelTable panel;
    private readonly ImmutableArray<Cut> cuts;
    private readonly (ReadOnlyMemory<double> Incomes, int[] Rows, int[] Order)[] periods;

    /// <summary>Prepares a panel.</summary>
    /// <param name="study">The persons and the choices.</param>
    /// <exception cref="ColumnNotFoundException">Persons or years are not known.</exception>
    public PanelStudy(IncomeStudy study)
    {
        ArgumentNullException.ThrowIfNull(study);
        this.study = study = study.WithClusters();
        panel = new PanelTable(study.Persons);
        if (study.Ages.Length > 0 && study.Persons.Ages.IsEmpty) throw new ColumnNotFoundException("Ages are asked for, but no column has the role Age: name it with --age.");
        if (study.Persons.Incomes.IsEmpty) throw new ColumnNotFoundException("Panel measures need an income: name it with --income.");
        cuts = Cut.All(study.Persons.Breakdowns);
        periods = [.. Enumerable.Range(0, panel.PeriodCount).Select(Sorted)];
    }

    /// <summary>Computes the measures.</summary>
    /// <param name="measures">Which.</param>
    /// <param name="cancel">Stops the bootstrap between replicates.</param>
    public Results Run(IReadOnlyList<PanelMeasure> measures, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(measures);
        var own = Enumerable.Range(0, study.Persons.Count).Select(row => study.Persons.Weights.IsEmpty ? 1 : study.Persons.Weights.Span[row]).ToArray();
        var records = Evaluate(measures, own).ToArray();
        if (study.Uncertainty.Method == IntervalMethod.Bootstrap) Replicated(records, measures, own, cancel);
        return new Results(records.Where(record => record.N > 0), study.Persons.Confidentiality, study.Persons.Provenance.With("panel measures with each year's own line"));
    }

    private IEnumerable<Result> Evaluate(IReadOnlyList<PanelMeasure> measures, double[] weights)
    {
        for (var line = 0; line < study.Lines.Length; line++)
        {
            var pass = new PanelPass(panel, Poor(line, weights), weights);
            foreach (var measure in measures)
            {
                foreach (var ages in study.Ages.IsEmpty ? [(AgeSpan?)null] : study.Ages.Select(span => (AgeSpan?)span))
                {
                    foreach (var cut in cuts)
                    {
                        var records = measure.Kind == PanelKind.Spell ? Spells(pass, measure, line, ages, cut) : Rates(pass, measure, line, ages, cut);
                        foreach (var record in records) yield return record;
                    }
                }
            }
        }
    }

    private IEnumerable<Result> Rates(PanelPass pass, PanelMeasure measure, int line, AgeSpan? ages, Cut cut)
    {
        var sums = pass.Of(measure.Kind, cut, ages);
        var isShare = measure.Definition.Unit == Units.Share;
        for (var i = 0; i < sums.Length; i++)
        {
            var sum = sums[i];
            var record = Record(measure, line, ages, cut.Domains[i % cut.Domains.Length], sum) with
            {
                Period = study.Persons.PeriodNames[i / cut.Domains.Length],
                Value = isShare ? sum.Fgt(0) : Quantity.Known(sum.PoorWeight),
            };
            if (isShare && sum.EffectiveCount > 0 && record.Value.HasNumber && study.Uncertainty.Method != IntervalMethod.None)
            {
                var (p, n) = (record.Value.Number, sum.EffectiveCount);
                var (lower, upper) = Wilson.Interval(p == 1 ? n : p * n, n, study.Uncertainty.Level);
                record = record.WithInterval(study.Uncertainty with { Method = IntervalMethod.Wilson }, Math.Sqrt(p * (1 - p) / n), lower, upper);
            }

            yield return record;
        }
    }

    private IEnumerable<Result> Spells(PanelPass pass, PanelMeasure measure, int line, AgeSpan? ages, Cut cut)
    {
        var (atRisk, ended) = pass.Spells(cut, ages);
        var sums = pass.Of(PanelKind.Spell, cut, ages);
        for (var domain = 0; domain < cut.Domains.Length; domain++)
        {
            var sum = new PovertySums();
            for (var period = 0; period < panel.PeriodCount; period++) sum = sum.Plus(sums[(period * cut.Domains.Length) + domain]);
            double survival = 1, mean = 0;
            for (var k = 0; k < panel.PeriodCount - 1; k++)
            {
                mean += survival;
                var at = (domain * panel.PeriodCount) + k;
                if (atRisk[at] > 0) survival *= 1 - (ended[at] / atRisk[at]);
            }

            yield return Record(measure, line, ages, cut.Domains[domain], sum) with
            {
                Period = $"{study.Persons.PeriodNames[0]}-{study.Persons.PeriodNames[^1]}",
                Value = sum.Count == 0 ? Quantity.Undefined("no spell began in the years observed") : Quantity.Known(mean),
                Basis = sum.Basis(false, !study.Persons.Households.IsEmpty),
            };
        }
    }

    private Result Record(PanelMeasure measure, int line, AgeSpan? ages, Persons.Domain domain, PovertySums sum) => new()
    {
        Measure = measure.Definition,
        Area = domain.Area,
        Population = StudyRecords.Population(ages, domain.Population),
        Parameters = measure.Kind is PanelKind.Stayed or PanelKind.Left or PanelKind.Entered
            ? ImmutableSortedDictionary<string, string>.Empty
            : ImmutableSortedDictionary<string, string>.Empty.Add("line", study.Lines[line].ToString()).Add("poor", study.Poor == PoorRule.Below ? "below" : "at-or-below"),
        Value = Quantity.Undefined("not computed"),
        N = sum.Count,
        Basis = sum.Basis(true, !study.Persons.Households.IsEmpty),
    };

    private void Replicated(Result[] records, IReadOnlyList<PanelMeasure> measures, double[] own, CancellationToken cancel)
    {
        var clusters = study.Persons.Clusters;
        var design = new ClusterDesign(clusters.Span, study.Persons.Strata.Span, KeyIndex.Size(clusters.Span));
        var how = study.Uncertainty;
        var replicates = Replicates.Run(how.Replicates, how.Seed, () => (Factors: new double[design.ClusterCount], Weights: new double[own.Length]), (random, state) =>
        {
            design.Draw(random, state.Factors);
            for (var row = 0; row < own.Length; row++) state.Weights[row] = own[row] * state.Factors[clusters.Span[row]];
            return Evaluate(measures, state.Weights).Select(record => record.Value.HasNumber ? record.Value.Number : double.NaN).ToArray();
        }, cancel);
        for (var i = 0; i < records.Length; i++)
        {
            var some = replicates.Select(values => values[i]).Where(double.IsFinite).Order().ToArray();
            if (!records[i].Value.HasNumber || some.Length < 2) continue;
            var error = Replicates.StandardDeviation(some);
            // Where no replicate differs, Wilson's interval stays.
            if (error == 0 && records[i].Lower is not null) continue;
            records[i] = records[i].WithInterval(how, error, Replicates.Quantile(some, (1 - how.Level) / 2), Replicates.Quantile(some, 1 - ((1 - how.Level) / 2)), some.Length);
        }
    }

    // For each row whether it is poor, by the line of its own period under these weights.
    private bool[] Poor(int line, double[] weights)
    {
        var poor = new bool[study.Persons.Count];
        foreach (var (incomes, rows, order) in periods)
        {
            if (rows.Length == 0) continue;
            var values = new double[order.Length];
            var theirs = new double[order.Length];
            for (var i = 0; i < order.Length; i++)
            {
                values[i] = incomes.Span[order[i]];
                theirs[i] = weights[rows[order[i]]];
            }

            var whole = new WeightedIncomes(values, theirs);
            var z = whole.IsEmpty ? double.NaN : study.Lines[line].Of(whole, study.Quantiles);
            var count = whole.CountPoor(z, study.Poor);
            for (var i = 0; i < count; i++) poor[rows[order[i]]] = true;
        }

        return poor;
    }

    private (ReadOnlyMemory<double>, int[], int[]) Sorted(int period)
    {
        var codes = study.Persons.Periods;
        int[] rows = [.. Enumerable.Range(0, study.Persons.Count).Where(row => codes.Span[row] == period)];
        var all = study.Persons.Incomes;
        double[] incomes = [.. rows.Select(row => all.Span[row])];
        return (incomes, rows, IncomeOrder.Of(incomes));
    }
}
