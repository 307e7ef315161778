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
    private readonly PanelRecords formulas;
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
        formulas = new PanelRecords(study);
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
        if (study.Uncertainty.Method == IntervalMethod.Bootstrap) formulas.Replicated(records, Bootstrap(measures, own, cancel));
        return new Results(records.Where(record => record.N > 0), study.Persons.Confidentiality, study.Persons.Provenance.With("panel measures with each year's own line"));
    }

    private IEnumerable<Result> Evaluate(IReadOnlyList<PanelMeasure> measures, double[] weights) =>
        formulas.Of(measures, line => new PanelPass(panel, Poor(line, weights), weights));

    private double[][] Bootstrap(IReadOnlyList<PanelMeasure> measures, double[] own, CancellationToken cancel)
    {
        var clusters = study.Persons.Clusters;
        var design = new ClusterDesign(clusters.Span, study.Persons.Strata.Span, KeyIndex.Size(clusters.Span));
        var how = study.Uncertainty;
        return Replicates.Run(how.Replicates, how.Seed, () => (Factors: new double[design.ClusterCount], Weights: new double[own.Length]), (random, state) =>
        {
            design.Draw(random, state.Factors);
            for (var row = 0; row < own.Length; row++) state.Weights[row] = own[row] * state.Factors[clusters.Span[row]];
            return Evaluate(measures, state.Weights).Select(record => record.Value.HasNumber ? record.Value.Number : double.NaN).ToArray();
        }, cancel);
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
