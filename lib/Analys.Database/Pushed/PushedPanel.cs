using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Source;
using Analys.Measure.Study;

namespace Analys.Database.Pushed;

/// <summary>The sums of panel measures by one line: asked for together, once it is known which they are.</summary>
/// <param name="frame">The frame.</param>
/// <param name="rule">Whether an income on the line is poor.</param>
/// <param name="lines">The line of each period; NaN where nobody is there.</param>
/// <param name="weights">The weights of a replicate.</param>
internal sealed class PushedPanel(SourceFrame frame, PoorRule rule, double[] lines, PoissonReplicate? weights) : IPanelSums
{
    private readonly PanelYears years = new(frame.Periods);
    private readonly Dictionary<(PanelStep, int Period, int Length, Scope), PanelQuery> asked = [];
    private Dictionary<(PanelStep, int Period, int Length, Scope), PovertySums[]>? known;

    /// <summary>What was asked for and is not known yet.</summary>
    public IReadOnlyCollection<PanelQuery> Asked => asked.Values;

    /// <summary>Learns the answers to <see cref="Asked"/>, in its order.</summary>
    public void Learn(IEnumerable<double[]?[]> answers) =>
        known = asked.Keys.Zip(answers).ToDictionary(pair => pair.First, pair => pair.Second.Select(PushedPersons.Sum).ToArray());

    public PovertySums[] Of(PanelKind kind, Cut cut, AgeSpan? ages)
    {
        var sums = new PovertySums[frame.Periods.Length * cut.Domains.Length];
        for (var period = 0; period < frame.Periods.Length; period++)
            Sums(kind, period, cut, ages).CopyTo(sums, period * cut.Domains.Length);
        return sums;
    }

    public (double[] AtRisk, double[] Ended) Spells(Cut cut, AgeSpan? ages)
    {
        var atRisk = new double[cut.Domains.Length * frame.Periods.Length];
        var ended = new double[atRisk.Length];
        for (var period = 0; period < frame.Periods.Length; period++)
        {
            if (years.Before(period, 1) is not (>= 0 and var before)) continue;
            var others = new List<int> { before };
            for (var length = 1; years.Before(period, -length) is >= 0 and var next; length++)
            {
                others.Add(next);
                var sums = Ask(PanelStep.SpellStep, period, cut, ages, length, [.. others]);
                for (var domain = 0; domain < sums.Length; domain++)
                {
                    atRisk[(domain * frame.Periods.Length) + length - 1] += sums[domain].Weight;
                    ended[(domain * frame.Periods.Length) + length - 1] += sums[domain].PoorWeight;
                }
            }
        }

        return (atRisk, ended);
    }

    private PovertySums[] Sums(PanelKind kind, int period, Cut cut, AgeSpan? ages)
    {
        int[] before = [.. Enumerable.Range(1, 3).Select(back => years.Before(period, back))];
        return kind switch
        {
            PanelKind.Persistent => Ask(PanelStep.Persistent, period, cut, ages, 0, before),
            PanelKind.Entry => Ask(PanelStep.Entry, period, cut, ages, 0, before[0]),
            PanelKind.Exit => Ask(PanelStep.Exit, period, cut, ages, 0, before[0]),
            PanelKind.Spell => Ask(PanelStep.SpellStart, period, cut, ages, 0, before[0]),
            PanelKind.Stayed => Ask(PanelStep.Stayed, period, cut, ages, 0, before[0]),
            PanelKind.Entered => Ask(PanelStep.Missing, period, cut, ages, 0, before[0]),
            // Leavers are seen from the year before, in which they were still there.
            _ => before[0] < 0 ? new PovertySums[cut.Domains.Length] : Ask(PanelStep.Missing, before[0], cut, ages, -1, period),
        };
    }

    private PovertySums[] Ask(PanelStep step, int period, Cut cut, AgeSpan? ages, int length, params ReadOnlySpan<int> others)
    {
        if (others.Contains(-1)) return new PovertySums[cut.Domains.Length];
        var scope = new Scope(period, IncomeConcept.Disposable, cut.Breakdowns, ages, weights);
        var key = (step, period, length, scope);
        if (known is not null) return known[key];
        asked[key] =
            new PanelQuery(scope, step, lines[period], [.. others.ToArray().Select(other => new PanelYear(other, lines[other]))], rule);
        return new PovertySums[cut.Domains.Length];
    }
}

/// <summary>Measures of persons who are followed over years, from the aggregates of a source: the figures of
/// <see cref="PanelStudy"/>.</summary>
internal sealed class PushedPanelStudy(IAggregateSource source, SourceFrame frame, IncomeStudy study, CancellationToken cancel)
{
    private readonly PanelRecords formulas = new(study);

    /// <summary>Computes the measures.</summary>
    /// <exception cref="ColumnNotFoundException">Persons or years are not known.</exception>
    public Results Run(IReadOnlyList<PanelMeasure> measures)
    {
        if (frame.Layout.Person is null)
            throw new ColumnNotFoundException("Panel measures need the person: name the column with --person.");
        if (frame.Periods.Length < 2)
            throw new ColumnNotFoundException("Panel measures need two years or more: name their column with --period.");
        if (frame.Layout.Income is null) throw new ColumnNotFoundException("Panel measures need an income: name it with --income.");
        if (study.Ages.Length > 0 && frame.Layout.Age is null)
            throw new ColumnNotFoundException("Ages are asked for, but no column has the role Age: name it with --age.");
        var records = Evaluate(measures, null);
        var how = study.Uncertainty;
        if (how.Method == IntervalMethod.Bootstrap)
        {
            formulas.Replicated(records,
                [.. Enumerable.Range(0, how.Replicates)
                    .Select(number => Numbers(Evaluate(measures, new PoissonReplicate(how.Seed, number))))]);
        }

        return new Results(records.Where(record => record.N > 0), study.Persons.Confidentiality,
            study.Persons.Provenance.With("panel measures with each year's own line"));
    }

    private static double[] Numbers(Result[] records) =>
        [.. records.Select(record => record.Value.HasNumber ? record.Value.Number : double.NaN)];

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
            var answers =
                source.Answer(frame, [.. scopes.Select(scope => new TermQuery(scope, [new Term(TermKind.One), new Term(TermKind.Income)]))],
                    cancel);
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
