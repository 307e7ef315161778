using System.Globalization;
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
    public Results Subgroups(double alpha, double epsilon)
    {
        var grouped = frame.Layout with { RequireKeys = true };
        var measured = study.NonPositive switch
        {
            NonPositiveIncomes.Exclude => grouped with { OnlyPositive = true },
            NonPositiveIncomes.Denominator when grouped.Negative == NegativeIncomes.Keep =>
                grouped with { Negative = NegativeIncomes.Zero },
            _ => grouped,
        };
        return SubgroupDecomposition.Of(
            new SubgroupDecomposition.Part(study, Prepared(grouped)),
            new SubgroupDecomposition.Part(study, Prepared(measured)),
            alpha, epsilon, inOneOrder: source is not ShardedSource);
    }

    /// <summary>The effects on the change of poverty from year to year: see <see cref="ShapleyChange"/>.</summary>
    public Results Shapley(IReadOnlyList<double>? alphas)
    {
        var plain = study with { Uncertainty = new(IntervalMethod.None) };
        var aggregates = new PushedPersons(source, frame, plain, default, cancel);
        var cut = Cut.All(study.Persons.Breakdowns).Length - 1;
        return ShapleyChange.Of(study, plain with { Source = aggregates }, ShapleyChange.Indices(alphas), (plan, period, ages, index) =>
        {
            AgeSpan? span = study.Ages.IsEmpty ? null : study.Ages[ages];
            var scopes = new[] { period - 1, period }.Select(year => aggregates.Scope(year, IncomeConcept.Disposable, cut, span)).ToArray();
            var years =
                source.Answer(frame, [.. scopes.Select(scope => new TermQuery(scope, [new Term(TermKind.One), new Term(TermKind.Income)]))],
                    cancel)
                .Select(answer => answer.Select(row => ShapleyChange.Summary(row?[0] ?? 0, row?[1] ?? 0)).ToArray()).ToArray();
            var line = plan.Line(period - 1, Fgt.Headcount, 0);
            var values = Values(scopes, years, line, index);
            return ShapleyChange.Effects(years, line, (year, group, moved) => values[year][group][moved]);
        });
    }

    // By year and group the index by each line that a world asks for. A statement has room for so many sums.
    private Dictionary<double, double>[][] Values(Scope[] scopes, (double Weight, double Mean)[][] years, double line, IncomeMeasure index)
    {
        const int Most = 100;
        var values = years.Select(year => year.Select(_ => new Dictionary<double, double>()).ToArray()).ToArray();
        for (var year = 0; year < years.Length; year++)
        {
            var shape = year;
            var lines = years[year].SelectMany((_, group) =>
                Enumerable.Range(0, 2).Select(growth => ShapleyChange.Moved(line, years, shape, growth, group))).Distinct().Order()
                    .ToArray();
            foreach (var some in lines.Chunk(Most))
            {
                var answer = source.Answer(frame, [new TermQuery(scopes[year], [.. some.Select(z => Term(index, z))])], cancel)[0];
                for (var group = 0; group < values[year].Length; group++)
                {
                    for (var i = 0; i < some.Length; i++) values[year][group][some[i]] = answer[group]![i] / years[year][group].Weight;
                }
            }
        }

        return values;
    }

    private Term Term(IncomeMeasure index, double line)
    {
        if (index == Watts.Measure) return new Term(TermKind.PoorLogarithm, 0, line, study.Poor);
        var alpha = double.Parse(index.Parameters["alpha"], CultureInfo.InvariantCulture);
        return alpha == 0 ? new Term(TermKind.Below, 0, line, study.Poor) : new Term(TermKind.GapPower, alpha, line, study.Poor);
    }

    private Func<IncomeStudy, IReadOnlyList<IncomeMeasure>, IncomeStudy> Prepared(PersonLayout layout)
    {
        var own = new SourceFrame(layout, frame.Census);
        return (some, measures) => some with { Source = new PushedPersons(source, own, some, default, cancel) };
    }
}
