using Analys.Database.Contract;
using Analys.Domain;
using Analys.Measure.Inequality;
using Analys.Measure.Persons;
using Analys.Measure.Poverty;

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
        known = asked.Keys.Zip(answers).ToDictionary(pair => pair.First, pair => pair.Second.Select(StudyAggregates.Sum).ToArray());

    public PovertySums[] Of(PanelKind kind, Cut cut, AgeSpan? ages)
    {
        var sums = new PovertySums[frame.Periods.Length * cut.Domains.Length];
        for (var period = 0; period < frame.Periods.Length; period++) Sums(kind, period, cut, ages).CopyTo(sums, period * cut.Domains.Length);
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
        asked[key] = new PanelQuery(scope, step, lines[period], [.. others.ToArray().Select(other => new PanelYear(other, lines[other]))], rule);
        return new PovertySums[cut.Domains.Length];
    }
}
