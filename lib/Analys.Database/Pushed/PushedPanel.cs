using System.Collections.Immutable;
using Analys.Measure.Income;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Source;
using Analys.Measure.Study;

namespace Analys.Database.Pushed;

/// <summary>Persons who are followed over years and stay where they are: all questions of a panel study are one round to the
/// source.</summary>
internal sealed class PushedPanel : IPanelSource
{
    private readonly IAggregateSource source;
    private readonly SourceFrame frame;
    private readonly IncomeStudy study;
    private readonly CancellationToken cancel;
    private readonly PanelYears years;
    private readonly ImmutableArray<Cut> cuts;

    /// <summary>A panel of a source.</summary>
    /// <exception cref="ColumnNotFoundException">Persons or years are not known.</exception>
    public PushedPanel(IAggregateSource source, SourceFrame frame, IncomeStudy study, CancellationToken cancel)
    {
        (this.source, this.frame, this.study, this.cancel) = (source, frame, study, cancel);
        if (frame.Layout.Person is null)
            throw new ColumnNotFoundException("Panel measures need the person: name the column with --person.");
        if (frame.Periods.Length < 2)
            throw new ColumnNotFoundException("Panel measures need two years or more: name their column with --period.");
        if (frame.Layout.Income is null) throw new ColumnNotFoundException("Panel measures need an income: name it with --income.");
        if (study.Ages.Length > 0 && frame.Layout.Age is null)
            throw new ColumnNotFoundException("Ages are asked for, but no column has the role Age: name it with --age.");
        (years, cuts) = (new PanelYears(frame.Periods), Cut.All(study.Persons.Breakdowns));
    }

    public IReadOnlyList<PanelAnswer> Answers(IReadOnlyList<PanelQuestion> asked) => Answers(asked, null);

    public double[][] Replicates(IReadOnlyList<PanelQuestion> asked, Func<IReadOnlyList<PanelAnswer>, double[]> made,
        CancellationToken cancel) =>
        [.. Enumerable.Range(0, study.Uncertainty.Replicates)
            .Select(number => made(Answers(asked, new PoissonReplicate(study.Uncertainty.Seed, number))))];

    private PanelAnswer[] Answers(IReadOnlyList<PanelQuestion> asked, PoissonReplicate? replicate)
    {
        cancel.ThrowIfCancellationRequested();
        var lines = Lines(replicate);
        var parts = asked.Select(question => Parts(question, lines[question.Line], replicate).ToArray()).ToArray();
        PanelQuery[] queries = [.. parts.SelectMany(part => part).Select(part => part.Query).OfType<PanelQuery>()];
        var answers = queries.Length == 0 ? [] : source.Answer(frame, queries, cancel);
        var next = 0;
        return [.. asked.Select((question, i) => Answer(parts[i], cuts[question.Cut].Domains.Length))];

        PanelAnswer Answer(Part[] of, int domains)
        {
            var sums = new PovertySums[frame.Periods.Length * domains];
            var isSpell = of.Any(part => part.Length > 0);
            double[] atRisk = isSpell ? new double[domains * frame.Periods.Length] : [], ended = [.. atRisk];
            foreach (var part in of.Where(part => part.Query is not null))
            {
                var found = answers[next++];
                for (var domain = 0; domain < domains; domain++)
                {
                    var sum = PushedPersons.Sum(found[domain]);
                    if (part.Length == 0)
                    {
                        sums[(part.Period * domains) + domain] = sum;
                        continue;
                    }

                    atRisk[(domain * frame.Periods.Length) + part.Length - 1] += sum.Weight;
                    ended[(domain * frame.Periods.Length) + part.Length - 1] += sum.PoorWeight;
                }
            }

            return new PanelAnswer(sums, atRisk, ended);
        }
    }

    // A part of an answer: the sums of a period, or a length of spells that began there; no query where nobody can count.
    private readonly record struct Part(int Period, int Length, PanelQuery? Query);

    private IEnumerable<Part> Parts(PanelQuestion question, double[] lines, PoissonReplicate? replicate)
    {
        for (var period = 0; period < frame.Periods.Length; period++)
            yield return new Part(period, 0, Sums(question, period, lines, replicate));
        if (question.Kind != PanelKind.Spell) yield break;
        for (var period = 0; period < frame.Periods.Length; period++)
        {
            if (years.Before(period, 1) is not (>= 0 and var before)) continue;
            var others = new List<int> { before };
            for (var length = 1; years.Before(period, -length) is >= 0 and var next; length++)
            {
                others.Add(next);
                yield return new Part(period, length, Query(question, PanelStep.SpellStep, period, lines, replicate, [.. others]));
            }
        }
    }

    private PanelQuery? Sums(PanelQuestion question, int period, double[] lines, PoissonReplicate? replicate)
    {
        int[] before = [.. Enumerable.Range(1, 3).Select(back => years.Before(period, back))];
        return question.Kind switch
        {
            PanelKind.Persistent => Of(PanelStep.Persistent, before),
            PanelKind.Entry => Of(PanelStep.Entry, before[0]),
            PanelKind.Exit => Of(PanelStep.Exit, before[0]),
            PanelKind.Spell => Of(PanelStep.SpellStart, before[0]),
            PanelKind.Stayed => Of(PanelStep.Stayed, before[0]),
            PanelKind.Entered => Of(PanelStep.Missing, before[0]),
            // Leavers are seen from the year before, in which they were still there.
            _ => before[0] < 0 ? null : Query(question, PanelStep.Missing, before[0], lines, replicate, period),
        };

        PanelQuery? Of(PanelStep step, params ReadOnlySpan<int> others) => Query(question, step, period, lines, replicate, others);
    }

    private PanelQuery? Query(PanelQuestion question, PanelStep step, int period, double[] lines, PoissonReplicate? replicate,
        params ReadOnlySpan<int> others)
    {
        if (others.Contains(-1)) return null;
        var scope = new Scope(period, IncomeConcept.Disposable, cuts[question.Cut].Breakdowns, question.Ages, replicate);
        return new PanelQuery(scope, step, lines[period], [.. others.ToArray().Select(other => new PanelYear(other, lines[other]))],
            study.Poor);
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
