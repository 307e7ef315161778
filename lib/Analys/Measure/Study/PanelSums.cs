using System.Collections.Immutable;
using Analys.Measure.Inference;
using Analys.Measure.Source;

namespace Analys.Measure.Study;

/// <summary>Adds up a panel measure over the rows, by period and domain.</summary>
/// <param name="panel">The panel.</param>
/// <param name="poor">For each row whether the person is poor by the line of its period.</param>
/// <param name="weights">The weights of the rows.</param>
internal sealed class PanelPass(PanelTable panel, bool[] poor, double[] weights)
{
    private const int NotCounted = -1;

    /// <summary>The sums of a question, and the spells where it is about them.</summary>
    public PanelAnswer Of(PanelKind kind, Cut cut, AgeSpan? ages)
    {
        var (atRisk, ended) = kind == PanelKind.Spell ? Spells(cut, ages) : ([], []);
        return new PanelAnswer(Sums(kind, cut, ages), atRisk, ended);
    }

    private PovertySums[] Sums(PanelKind kind, Cut cut, AgeSpan? ages)
    {
        var persons = panel.Persons;
        var sums = new PovertySums[panel.PeriodCount * cut.Domains.Length];
        var open = new (int Cluster, int With, int Without, double Weight)[sums.Length];
        open.AsSpan().Fill((-1, -1, -1, 0));
        var clusters = persons.ClustersInForce.Span;
        var apart = new HouseholdCount();
        for (var row = 0; row < persons.Count; row++)
        {
            if (Place(row, cut, ages) is not { } domain) continue;
            var (period, has) = Classify(kind, row);
            if (period == NotCounted) continue;
            var at = (period * cut.Domains.Length) + domain;
            ref var sum = ref sums[at];
            ref var now = ref open[at];
            sum.Count++;
            sum.Weight += weights[row];
            var key = persons.CellKeys.IsEmpty ? 0 : persons.CellKeys.Span[row];
            sum.Key += key;
            if (has)
            {
                sum.PoorCount++;
                sum.PoorKey += key;
                sum.PoorWeight += weights[row];
            }

            var cluster = clusters.IsEmpty ? row : clusters[row];
            if (cluster != now.Cluster)
            {
                sum.SquaredClusterWeights += now.Weight * now.Weight;
                (now.Cluster, now.Weight) = (cluster, 0);
            }

            now.Weight += weights[row];
            if (persons.Households.IsEmpty) continue;
            var household = persons.Households.Span[row];
            if (persons.HouseholdsScattered)
            {
                apart.Add(ref sum, at, household, has);
                continue;
            }

            if (has && household != now.With) (now.With, sum.PoorHouseholds) = (household, sum.PoorHouseholds + 1);
            if (!has && household != now.Without) (now.Without, sum.OtherHouseholds) = (household, sum.OtherHouseholds + 1);
        }

        for (var i = 0; i < sums.Length; i++) sums[i].SquaredClusterWeights += open[i].Weight * open[i].Weight;
        return sums;
    }

    private (double[] AtRisk, double[] Ended) Spells(Cut cut, AgeSpan? ages)
    {
        var atRisk = new double[cut.Domains.Length * panel.PeriodCount];
        var ended = new double[atRisk.Length];
        for (var row = 0; row < panel.Persons.Count; row++)
        {
            if (Place(row, cut, ages) is not { } domain || Classify(PanelKind.Spell, row).Period == NotCounted) continue;
            var (length, over) = Spell(row);
            for (var k = 1; k <= length; k++)
            {
                if (k < length || over) atRisk[(domain * panel.PeriodCount) + k - 1] += weights[row];
            }

            if (over) ended[(domain * panel.PeriodCount) + length - 1] += weights[row];
        }

        return (atRisk, ended);
    }

    // The period that a row counts in, and whether it has the property.
    private (int Period, bool Has) Classify(PanelKind kind, int row)
    {
        var (person, period) = (panel.Persons.Persons.Span[row], panel.Persons.Periods.Span[row]);
        if (period < 0) return (NotCounted, false);
        var back = panel.Years.Before(period, 1);
        var before = panel.Row(person, back);
        switch (kind)
        {
            case PanelKind.Persistent:
                int two = panel.Row(person, panel.Years.Before(period, 2)), three = panel.Row(person, panel.Years.Before(period, 3));
                if (before < 0 || two < 0 || three < 0) return (NotCounted, false);
                return (period, poor[row] && (poor[before] ? 1 : 0) + (poor[two] ? 1 : 0) + (poor[three] ? 1 : 0) >= 2);
            case PanelKind.Entry:
                return before < 0 || poor[before] ? (NotCounted, false) : (period, poor[row]);
            case PanelKind.Exit:
                return before < 0 || !poor[before] ? (NotCounted, false) : (period, !poor[row]);
            case PanelKind.Spell:
                return before < 0 || poor[before] || !poor[row] ? (NotCounted, false) : (period, true);
            case PanelKind.Left:
                var next = panel.Years.Before(period, -1);
                return next < 0 ? (NotCounted, false) : (next, panel.Row(person, next) < 0);
            default:
                return back < 0 ? (NotCounted, false) : (period, before < 0 == (kind == PanelKind.Entered));
        }
    }

    // How many years a spell lasted, and whether its end was seen; the year in which it ended is not counted.
    private (int Length, bool Over) Spell(int row)
    {
        var (person, period) = (panel.Persons.Persons.Span[row], panel.Persons.Periods.Span[row]);
        for (var length = 1; ; length++)
        {
            var next = panel.Row(person, panel.Years.Before(period, -length));
            if (next < 0) return (length, false);
            if (!poor[next]) return (length, true);
        }
    }

    private int? Place(int row, Cut cut, AgeSpan? ages)
    {
        if (ages is { } span && !span.Contains(panel.Persons.Ages.Span[row])) return null;
        var domain = cut.DomainOf.IsEmpty ? 0 : cut.DomainOf.Span[row];
        return domain >= 0 ? domain : null;
    }
}

/// <summary>What a panel study asks of persons.</summary>
/// <param name="Line">The place of the line among the study's.</param>
/// <param name="Kind">Who counts.</param>
/// <param name="Cut">The place of the cut.</param>
/// <param name="Ages">Who belongs; null for everyone.</param>
internal readonly record struct PanelQuestion(int Line, PanelKind Kind, int Cut, AgeSpan? Ages);

/// <summary>The sums that panel measures follow from; those with the property stand where the poor stand in a cross-section.</summary>
/// <param name="Sums">By period and domain, the domains of a period side by side.</param>
/// <param name="AtRisk">By domain and length, the weight of the spells that lasted at least so long; empty where spells are not asked
/// for.</param>
/// <param name="Ended">The weight of those that ended then.</param>
internal sealed record PanelAnswer(PovertySums[] Sums, double[] AtRisk, double[] Ended);

/// <summary>Persons who are followed over years, wherever they are: a study says all it wants to know, and is answered at once.</summary>
internal interface IPanelSource
{
    /// <summary>The answers, in the order of the questions.</summary>
    IReadOnlyList<PanelAnswer> Answers(IReadOnlyList<PanelQuestion> asked);

    /// <summary>What is made of the answers in each replicate of a bootstrap.</summary>
    double[][] Replicates(IReadOnlyList<PanelQuestion> asked, Func<IReadOnlyList<PanelAnswer>, double[]> made, CancellationToken cancel);
}

/// <summary>The formulas of panel measures on their sums, and the records of the figures.</summary>
internal sealed class PanelRecords
{
    private readonly IncomeStudy study;
    private readonly ImmutableArray<Cut> cuts;
    private readonly (PanelMeasure Measure, PanelQuestion Question, int Answer)[] figures;

    public PanelRecords(IncomeStudy study, IReadOnlyList<PanelMeasure> measures)
    {
        this.study = study;
        cuts = Cut.All(study.Persons.Breakdowns);
        // Two measures may ask the same.
        var places = new Dictionary<PanelQuestion, int>();
        figures =
        [
            .. from line in Enumerable.Range(0, study.Lines.Length)
               from measure in measures
               from ages in study.Ages.IsEmpty ? [(AgeSpan?)null] : study.Ages.Select(span => (AgeSpan?)span)
               from cut in Enumerable.Range(0, cuts.Length)
               let question = new PanelQuestion(line, measure.Kind, cut, ages)
               select (measure, question, places.TryAdd(question, places.Count) ? places.Count - 1 : places[question]),
        ];
        Questions = [.. places.OrderBy(place => place.Value).Select(place => place.Key)];
    }

    /// <summary>What is asked, each question once.</summary>
    public IReadOnlyList<PanelQuestion> Questions { get; }

    private int PeriodCount => study.Persons.PeriodNames.Length;

    /// <summary>The records of the measures, from the answers to <see cref="Questions"/>.</summary>
    public IEnumerable<Result> Of(IReadOnlyList<PanelAnswer> answers) => figures.SelectMany(figure =>
    {
        var (measure, question, answer) = figure;
        return measure.Kind == PanelKind.Spell ? Spells(answers[answer], measure, question.Line, question.Ages, cuts[question.Cut])
            : Rates(answers[answer].Sums, measure, question.Line, question.Ages, cuts[question.Cut]);
    });

    /// <summary>The numbers of the records; NaN where there is none.</summary>
    public double[] Numbers(IReadOnlyList<PanelAnswer> answers) =>
        [.. Of(answers).Select(record => record.Value.HasNumber ? record.Value.Number : double.NaN)];

    private IEnumerable<Result> Rates(PovertySums[] sums, PanelMeasure measure, int line, AgeSpan? ages, Cut cut)
    {
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
                record = record.WithInterval(study.Uncertainty with { Method = IntervalMethod.Wilson }, Math.Sqrt(p * (1 - p) / n), lower,
                    upper);
            }

            yield return record;
        }
    }

    private IEnumerable<Result> Spells(PanelAnswer answer, PanelMeasure measure, int line, AgeSpan? ages, Cut cut)
    {
        var (sums, atRisk, ended) = answer;
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
                Basis = sum.Basis(false, study.Persons.Has(PersonParts.Household)),
            };
        }
    }

    private Result Record(PanelMeasure measure, int line, AgeSpan? ages, Domain domain, PovertySums sum) => new()
    {
        Measure = measure.Definition,
        Area = domain.Area,
        Population = StudyRecords.Population(ages, domain.Population),
        Parameters = measure.Kind is PanelKind.Stayed or PanelKind.Left or PanelKind.Entered
            ? ImmutableSortedDictionary<string, string>.Empty
            : ImmutableSortedDictionary<string, string>.Empty.Add("line", study.Lines[line].ToString())
            .Add("poor", study.Poor == PoorRule.Below ? "below" : "at-or-below"),
        Value = Quantity.Undefined("not computed"),
        N = sum.Count,
        Basis = sum.Basis(true, study.Persons.Has(PersonParts.Household)) with { Tells = measure.Definition.Tells },
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
            records[i] = records[i].WithInterval(how, error, Replicates.Quantile(some, (1 - how.Level) / 2),
                Replicates.Quantile(some, 1 - ((1 - how.Level) / 2)), some.Length);
        }
    }
}
