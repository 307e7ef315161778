using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Source;
using Analys.Measure.Study;

namespace Analys.Database.Pushed;

/// <summary>What poverty and its change are made of, from the aggregates of a source.</summary>
internal sealed class PushedDecomposition(IAggregateSource source, SourceFrame frame, IncomeStudy study, CancellationToken cancel)
{
    /// <summary>The parts of the groups of a breakdown: see <see cref="SubgroupDecomposition"/>.</summary>
    public Results Subgroups(double alpha)
    {
        var grouped = frame.Layout with { RequireKeys = true };
        return SubgroupDecomposition.Of(
            new SubgroupDecomposition.Part(study, Prepared(grouped)),
            new SubgroupDecomposition.Part(study, Prepared(grouped with { OnlyPositive = true })),
            alpha);
    }

    /// <summary>The effects on the change of the headcount from year to year: see <see cref="ShapleyChange"/>.</summary>
    public Results Shapley()
    {
        var plain = study with { Uncertainty = new(IntervalMethod.None) };
        var aggregates = new PushedPersons(source, frame, plain, default, cancel);
        var cut = Cut.All(study.Persons.Breakdowns).Length - 1;
        return ShapleyChange.Of(study, plain with { Source = aggregates }, 0, (plan, period, ages) =>
        {
            AgeSpan? span = study.Ages.IsEmpty ? null : study.Ages[ages];
            var scopes = new[] { period - 1, period }.Select(year => aggregates.Scope(year, IncomeConcept.Disposable, cut, span)).ToArray();
            var years =
                source.Answer(frame, [.. scopes.Select(scope => new TermQuery(scope, [new Term(TermKind.One), new Term(TermKind.Income)]))],
                    cancel)
                .Select(answer => answer.Select(row => ShapleyChange.Summary(row?[0] ?? 0, row?[1] ?? 0)).ToArray()).ToArray();
            var line = plan.Line(period - 1, Fgt.Headcount, 0);
            var headcounts = Headcounts(scopes, years, line);
            return ShapleyChange.Effects(years, line, (year, group, moved) => headcounts[year][group][moved]);
        });
    }

    // By year and group the share below each line that a world asks for.
    private Dictionary<double, double>[][] Headcounts(Scope[] scopes, (double Weight, double Mean)[][] years, double line)
    {
        var lines = years.Select((year, shape) => year.Select((_, group) =>
            Enumerable.Range(0, 2).Select(growth => ShapleyChange.Moved(line, years, shape, growth, group)).Distinct().Order().ToArray())
            .ToArray()).ToArray();
        var strict = study.Poor == PoorRule.Below;
        var queries =
            scopes.Select((scope, year) =>
                new BinQuery(scope, [.. lines[year].Select(own => own.Select(z => strict ? Bracket.Below(z) : z).ToArray())])).ToArray();
        var answers = source.Answer(frame, queries, cancel);
        return [.. lines.Select((year, y) => year.Select((own, group) =>
        {
            var below = 0.0;
            return own.Select((z, i) => (z, Share: (below += answers[y][group]![i]) / years[y][group].Weight))
                .ToDictionary(pair => pair.z, pair => pair.Share);
        }).ToArray())];
    }

    private Func<IncomeStudy, IReadOnlyList<IncomeMeasure>, IncomeStudy> Prepared(PersonLayout layout)
    {
        var own = new SourceFrame(layout, frame.Census);
        return (some, measures) => some with { Source = new PushedPersons(source, own, some, default, cancel) };
    }
}
