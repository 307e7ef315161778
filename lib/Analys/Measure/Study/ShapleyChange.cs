using Analys.Measure.Income;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Segregation;

namespace Analys.Measure.Study;

/// <summary>What a change of poverty over time comes from: growth of incomes, their redistribution, and a changed population.</summary>
/// <remarks>
/// Three factors are moved one after the other from the earlier to the later year, and their effects averaged over all six orders
/// (Shapley), so that they add up to the change and none is a residual. Growth: each group's mean. Redistribution: each group's incomes
/// over its mean. Population: the groups' shares. The line is that of the earlier year, held fixed. A group must be there in both years.
/// Source: Shorrocks 2013, Journal of Economic Inequality 11(1); Datt &amp; Ravallion 1992, Journal of Development Economics 38(2).
/// </remarks>
internal static class ShapleyChange
{
    /// <summary>The incomes of a group in one year, in rising order.</summary>
    /// <param name="Incomes">The incomes; their mean must be positive.</param>
    /// <param name="Weights">The weights.</param>
    public sealed record Group(ReadOnlyMemory<double> Incomes, ReadOnlyMemory<double> Weights);

    /// <summary>The effect of one factor.</summary>
    public static Definition Effect { get; } = new(
        "change-effect", "Effect on the change of poverty", "Bidrag till förändringen",
        "Shapley value over growth, redistribution and population", Units.Index, ValueRange.Any,
        "Shorrocks 2013, Journal of Economic Inequality 11(1)")
    {
        Tells = Tells.Summary,
    };

    /// <summary>The three effects on an FGT index.</summary>
    /// <param name="before">The groups in the earlier year.</param>
    /// <param name="after">The same groups in the later year.</param>
    /// <param name="line">The line, the same in both years.</param>
    /// <param name="alpha">α of the index.</param>
    /// <param name="poor">Whether a person on the line is poor.</param>
    /// <returns>Growth, redistribution, population; they add up to the change.</returns>
    /// <exception cref="ArgumentException">The groups are not the same in number.</exception>
    /// <exception cref="Analys.Measure.Segregation.CountException">A group has nobody or no income in one of the years.</exception>
    public static (double Growth, double Redistribution, double Population) Of(
        IReadOnlyList<Group> before, IReadOnlyList<Group> after, double line, double alpha = 0, PoorRule poor = PoorRule.Below)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (before.Count != after.Count) throw new ArgumentException("The groups must be the same in both years.", nameof(after));
        return Of(before, after, line, Fgt.Of(alpha), new MeasureContext(line, Poor: poor));
    }

    private static (double Growth, double Redistribution, double Population) Of(IReadOnlyList<Group> before, IReadOnlyList<Group> after,
        double line, IncomeMeasure measure, MeasureContext context)
    {
        return Effects(
            [[.. before.Select(Summary)], [.. after.Select(Summary)]],
            line,
            (year, group, moved) =>
            {
                var shape = (year == 0 ? before : after)[group];
                return measure.Of(new WeightedIncomes(shape.Incomes.Span, shape.Weights.Span), context with { Line = moved }).Number;
            });
    }

    /// <summary>The three effects from the weights and means of the groups in both years.</summary>
    /// <param name="years">By year, the weight and the mean of each group.</param>
    /// <param name="line">The line.</param>
    /// <param name="index">The index of a group in a year by a line.</param>
    internal static (double Growth, double Redistribution, double Population) Effects((double Weight, double Mean)[][] years, double line,
        Func<int, int, double, double> index)
    {
        // The index with each factor at the earlier (0) or the later (1) year: eight worlds.
        var worlds = new double[8];
        for (var world = 0; world < 8; world++) worlds[world] = World(years, world & 1, (world >> 1) & 1, world >> 2, line, index);
        var effects = new double[3];
        foreach (var order in (int[][])[[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
        {
            var world = 0;
            foreach (var factor in order)
            {
                effects[factor] += (worlds[world | (1 << factor)] - worlds[world]) / 6;
                world |= 1 << factor;
            }
        }

        return (effects[0], effects[1], effects[2]);
    }

    /// <summary>
    /// Incomes of one year's shape with another year's mean are below the line where they are themselves below the line moved the other
    /// way.
    /// </summary>
    internal static double Moved(double line, (double Weight, double Mean)[][] years, int shape, int growth, int group) =>
        shape == growth ? line : line * years[shape][group].Mean / years[growth][group].Mean;

    private static double World((double Weight, double Mean)[][] years, int growth, int redistribution, int population, double line,
        Func<int, int, double, double> index)
    {
        var total = years[population].Sum(group => group.Weight);
        var sum = 0.0;
        for (var g = 0; g < years[0].Length; g++)
            sum += years[population][g].Weight / total * index(redistribution, g, Moved(line, years, redistribution, growth, g));
        return sum;
    }

    private static (double Weight, double Mean) Summary(Group group)
    {
        var incomes = new WeightedIncomes(group.Incomes.Span, group.Weights.Span);
        return Summary(incomes.Total, incomes.Sum());
    }

    /// <summary>The weight and the mean of a group.</summary>
    internal static (double Weight, double Mean) Summary(double weight, double sum) => weight <= 0 || sum <= 0
        ? throw new CountException("A group has nobody, or no income, in one of the years.")
        : (weight, sum / weight);

    /// <summary>The effects between each period of a study and the one before, the groups being those of its breakdown; the whole is one
    /// group where it has none.</summary>
    /// <param name="study">The persons of several periods; its first line is used.</param>
    /// <param name="alphas">α of each FGT index, Watts's index beside them; null for the headcount alone.</param>
    public static Results Of(IncomeStudy study, IReadOnlyList<double>? alphas = null)
    {
        ArgumentNullException.ThrowIfNull(study);
        return Of(study, study, Indices(alphas), (plan, period, ages, measure) =>
        {
            Group[] before = Groups(plan, period - 1, ages), after = Groups(plan, period, ages);
            var line = plan.Line(period - 1, Fgt.Headcount, 0);
            return Of(before, after, line, measure, plan.Context(line) with { NonPositive = NonPositiveIncomes.Denominator });
        });
    }

    /// <summary>The indices of some α, and with several of them Watts's.</summary>
    /// <remarks>Incomes of zero and below have no logarithm. In Watts's index they stay in the population here, whatever the choice: else
    /// the
    /// groups' shares would not be those of the other indices, and the parts not add up.</remarks>
    internal static IReadOnlyList<IncomeMeasure> Indices(IReadOnlyList<double>? alphas) =>
        alphas is null ? [Fgt.Of(0)] : [.. alphas.Select(Fgt.Of), Watts.Measure];

    /// <summary>The records of the effects, wherever they come from.</summary>
    /// <param name="study">The study.</param>
    /// <param name="planned">The study with what its plan asks for.</param>
    /// <param name="indices">The indices.</param>
    /// <param name="effects">The effects of a period, of an age span by its place, on an index.</param>
    internal static Results Of(IncomeStudy study, IncomeStudy planned, IReadOnlyList<IncomeMeasure> indices, Func<StudyPlan, int, int,
        IncomeMeasure, (double Growth, double Redistribution, double Population)> effects)
    {
        if (study.Persons.Breakdowns.Length > 1)
            throw new ArgumentException("The change of poverty is divided among the groups of one breakdown.", nameof(study));
        var plan = new StudyPlan(planned with { Uncertainty = new(IntervalMethod.None) }, [Fgt.Headcount]);
        var rows = new List<Result>();
        for (var period = 1; period < plan.Periods.Length; period++)
        {
            for (var ages = 0; ages < Math.Max(1, study.Ages.Length); ages++)
            {
                foreach (var index in indices) rows.AddRange(Records(plan, period, ages, index, effects(plan, period, ages, index)));
            }
        }

        return new Results(rows, study.Persons.Confidentiality,
            study.Persons.Provenance.With("change over time divided among growth, redistribution and population"));
    }

    private static IEnumerable<Result> Records(StudyPlan plan, int period, int ages, IncomeMeasure index,
        (double Growth, double Redistribution, double Population) effects)
    {
        var wholes = plan.Estimates.Where(estimate => estimate.Cut == 0 && estimate.AgesIndex == ages && estimate.Line == 0).ToArray();
        var (now, then) = (wholes.Single(estimate => estimate.Period == period), wholes.Single(estimate => estimate.Period == period - 1));
        foreach (var (name, value) in new[] { ("growth", effects.Growth), ("redistribution", effects.Redistribution),
            ("population", effects.Population) })
        {
            yield return StudyRecords.Of(plan, now, Quantity.Known(value)) with
            {
                Measure = Effect,
                Reference = plan.Periods[period - 1].Period,
                Parameters = StudyRecords.Parameters(plan, now).SetItem("effect", name)
                    .SetItems(index.Parameters).SetItem("of", index.Definition.Id)
                    .SetItems(index == Watts.Measure ? [new("nonpositive", "denominator")] : []),
                Basis = now.Sums.PoorCount <= then.Sums.PoorCount ? StudyRecords.Basis(plan, now) : StudyRecords.Basis(plan, then),
            };
        }
    }

    private static Group[] Groups(StudyPlan plan, int period, int ages)
    {
        AgeSpan? span = plan.Study.Ages.IsEmpty ? null : plan.Study.Ages[ages];
        var slices = plan.Rows.Concept(period, IncomeConcept.Disposable)
            .Slices(ages, span, plan.Rows.Concept(period, IncomeConcept.Disposable).Cuts.Length - 1);
        return [.. Enumerable.Range(0, slices.Starts.Length - 1)
            .Select(domain => new Group(slices.Incomes.AsMemory(slices[domain]), slices.Weights.AsMemory(slices[domain])))];
    }
}
