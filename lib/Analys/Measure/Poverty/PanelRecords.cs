using System.Collections.Immutable;
using Analys.Domain;
using Analys.Measure.Inequality;
using Analys.Measure.Inference;
using Analys.Measure.Persons;

namespace Analys.Measure.Poverty;

/// <summary>The sums that panel measures follow from; those with the property stand where the poor stand in a cross-section.</summary>
internal interface IPanelSums
{
    /// <summary>The sums by period and domain, the domains of a period side by side.</summary>
    PovertySums[] Of(PanelKind kind, Cut cut, AgeSpan? ages);

    /// <summary>By domain and length, the weight of the spells that lasted at least so long and of those that ended then.</summary>
    (double[] AtRisk, double[] Ended) Spells(Cut cut, AgeSpan? ages);
}

/// <summary>The formulas of panel measures on their sums, and the records of the figures.</summary>
internal sealed class PanelRecords(IncomeStudy study)
{
    private readonly ImmutableArray<Cut> cuts = Cut.All(study.Persons.Breakdowns);

    private int PeriodCount => study.Persons.PeriodNames.Length;

    /// <summary>The records of the measures, from the sums of each line.</summary>
    public IEnumerable<Result> Of(IReadOnlyList<PanelMeasure> measures, Func<int, IPanelSums> sums)
    {
        for (var line = 0; line < study.Lines.Length; line++)
        {
            var pass = sums(line);
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

    private IEnumerable<Result> Rates(IPanelSums pass, PanelMeasure measure, int line, AgeSpan? ages, Cut cut)
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

    private IEnumerable<Result> Spells(IPanelSums pass, PanelMeasure measure, int line, AgeSpan? ages, Cut cut)
    {
        var (atRisk, ended) = pass.Spells(cut, ages);
        var sums = pass.Of(PanelKind.Spell, cut, ages);
        for (var domain = 0; domain < cut.Domains.Length; domain++)
        {
            var sum = new PovertySums();
            for (var period = 0; period < PeriodCount; period++) sum = sum.Plus(sums[(period * cut.Domains.Length) + domain]);
            double survival = 1, mean = 0;
            for (var k = 0; k < PeriodCount - 1; k++)
            {
                mean += survival;
                var at = (domain * PeriodCount) + k;
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

    /// <summary>Puts the spread of replicates beside the values.</summary>
    public void Replicated(Result[] records, double[][] replicates)
    {
        var how = study.Uncertainty;
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
}
