using Analys.Database.Contract;
using Analys.Domain;
using Analys.Load;
using Analys.Measure.Inequality;
using Analys.Measure.Inference;
using Analys.Measure.Poverty;

namespace Analys.Database.Pushed;

/// <summary>Measures of persons who are followed over years, from the aggregates of a source: the figures of <see cref="PanelStudy"/>.</summary>
internal sealed class PushedPanelStudy(IAggregateSource source, SourceFrame frame, IncomeStudy study, CancellationToken cancel)
{
    private readonly PanelRecords formulas = new(study);

    /// <summary>Computes the measures.</summary>
    /// <exception cref="ColumnNotFoundException">Persons or years are not known.</exception>
    public Results Run(IReadOnlyList<PanelMeasure> measures)
    {
        if (frame.Layout.Person is null) throw new ColumnNotFoundException("Panel measures need the person: name the column with --person.");
        if (frame.Periods.Length < 2) throw new ColumnNotFoundException("Panel measures need two years or more: name their column with --period.");
        if (frame.Layout.Income is null) throw new ColumnNotFoundException("Panel measures need an income: name it with --income.");
        if (study.Ages.Length > 0 && frame.Layout.Age is null) throw new ColumnNotFoundException("Ages are asked for, but no column has the role Age: name it with --age.");
        var records = Evaluate(measures, null);
        var how = study.Uncertainty;
        if (how.Method == IntervalMethod.Bootstrap)
        {
            formulas.Replicated(records, [.. Enumerable.Range(0, how.Replicates).Select(number => Numbers(Evaluate(measures, new PoissonReplicate(how.Seed, number))))]);
        }

        return new Results(records.Where(record => record.N > 0), study.Persons.Confidentiality, study.Persons.Provenance.With("panel measures with each year's own line"));
    }

    private static double[] Numbers(Result[] records) => [.. records.Select(record => record.Value.HasNumber ? record.Value.Number : double.NaN)];

    private Result[] Evaluate(IReadOnlyList<PanelMeasure> measures, PoissonReplicate? replicate)
    {
        cancel.ThrowIfCancellationRequested();
        var lines = Lines(replicate);
        var panels = lines.Select(line => new PushedPanel(frame, study.Poor, line, replicate)).ToArray();
        // Once to learn what is asked, then with the answers.
        _ = formulas.Of(measures, line => panels[line]).Count();
        PanelQuery[] queries = [.. panels.SelectMany(panel => panel.Asked)];
        var answers = source.Answer(frame, queries, cancel);
        var next = 0;
        foreach (var panel in panels)
        {
            panel.Learn(Enumerable.Range(next, panel.Asked.Count).Select(i => answers[i]));
            next += panel.Asked.Count;
        }

        return [.. formulas.Of(measures, line => panels[line])];
    }

    // By line and period; each year's own, from everyone in it.
    private double[][] Lines(PoissonReplicate? replicate)
    {
        var scopes = frame.Periods.Select((_, period) => new Scope(period, IncomeConcept.Disposable, [], null, replicate)).ToArray();
        var medians = scopes.Select(scope => new QuantileRequest(scope, 0, 0.5, study.Quantiles)).ToArray();
        if (study.Lines.Any(line => line.Kind == LineKind.Median)) QuantileSearch.Run(source, frame, medians, cancel);
        double?[] means = [];
        if (study.Lines.Any(line => line.Kind == LineKind.Mean))
        {
            var answers = source.Answer(frame, [.. scopes.Select(scope => new TermQuery(scope, [new Term(TermKind.One), new Term(TermKind.Income)]))], cancel);
            means = [.. answers.Select(answer => answer[0] is { } row && row[0] > 0 ? row[1] / row[0] : (double?)null)];
        }

        return [.. study.Lines.Select(line => scopes.Select((_, period) => line.Kind switch
        {
            LineKind.Fixed => line.Number,
            LineKind.Median => medians[period].Value is { } median ? line.Of(median) : double.NaN,
            _ => means[period] is { } mean ? line.Of(mean) : double.NaN,
        }).ToArray())];
    }
}
