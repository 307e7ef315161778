using Analys.Domain;
using Analys.Measure.Inequality;

namespace Analys.Measure.Poverty;

/// <summary>What a change of poverty over time comes from: growth of incomes, their redistribution, and a changed population.</summary>
/// <remarks>
/// Three factors are moved one after the other from the earlier to the later year, and their effects averaged over all six orders (Shapley), so
/// that they add up to the change and none is a residual. Growth: each group's mean. Redistribution: each group's incomes over its mean.
/// Population: the groups' shares. The line is that of the earlier year, held fixed. A group must be there in both years. Source: Shorrocks 2013, Journal of
/// Economic Inequality 11(1); Datt &amp; Ravallion 1992, Journal of Development Economics 38(2).
/// </remarks>
public static class ShapleyChange
{
    /// <summary>The incomes of a group in one year, in rising order.</summary>
    /// <param name="Incomes">The incomes; their mean must be positive.</param>
    /// <param name="Weights">The weights.</param>
    public sealed record Group(ReadOnlyMemory<double> Incomes, ReadOnlyMemory<double> Weights);

    /// <summary>The effect of one factor.</summary>
    public static Definition Effect { get; } = new(
        "change-effect", "Effect on the change of poverty", "Bidrag till förändringen", "Shapley value over growth, redistribution and population", Units.Index, ValueRange.Any, "Shorrocks 2013, Journal of Economic Inequality 11(1)");

    /// <summary>The three effects on an FGT index.</summary>
    /// <param name="before">The groups in the earlier year.</param>
    /// <param name="after">The same groups in the later year.</param>
    /// <param name="line">The line, the same in both years.</param>
    /// <param name="alpha">α of the index.</param>
    /// <param name="poor">Whether a person on the line is poor.</param>
    /// <returns>Growth, redistribution, population; they add up to the change.</returns>
    /// <exception cref="ArgumentException">The groups are not the same in number.</exception>
    /// <exception cref="Segregation.CountException">A group has nobody or no income in one of the years.</exception>
    public static (double Growth, double Redistribution, double Population) Of(
        IReadOnlyList<Group> before, IReadOnlyList<Group> after, double line, double alpha = 0, PoorRule poor = PoorRule.Below)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (before.Count != after.Count) throw new ArgumentException("The groups must be the same in both years.", nameof(after));
        var years = new[] { before.Select(Summary).ToArray(), after.Select(Summary).ToArray() };
        // The index with each factor at the earlier (0) or the later (1) year: eight worlds.
        var index = new double[8];
        for (var world = 0; world < 8; world++) index[world] = Index(years, world & 1, (world >> 1) & 1, world >> 2, line, alpha, poor);
        var effects = new double[3];
        foreach (var order in (int[][])[[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
        {
            var world = 0;
            foreach (var factor in order)
            {
                effects[factor] += (index[world | (1 << factor)] - index[world]) / 6;
                world |= 1 << factor;
            }
        }

        return (effects[0], effects[1], effects[2]);
    }

    private static double Index((Group Group, double Weight, double Mean)[][] years, int growth, int redistribution, int population, double line, double alpha, PoorRule poor)
    {
        var fgt = Fgt.Of(alpha);
        var total = years[population].Sum(group => group.Weight);
        var sum = 0.0;
        for (var g = 0; g < years[0].Length; g++)
        {
            var shape = years[redistribution][g];
            // Incomes of this shape with that mean are below the line where their own incomes are below the line moved the other way.
            var moved = line * shape.Mean / years[growth][g].Mean;
            sum += years[population][g].Weight / total
                * fgt.Of(new WeightedIncomes(shape.Group.Incomes.Span, shape.Group.Weights.Span), new MeasureContext(growth == redistribution ? line : moved, Poor: poor)).Number;
        }

        return sum;
    }

    private static (Group, double Weight, double Mean) Summary(Group group)
    {
        var incomes = new WeightedIncomes(group.Incomes.Span, group.Weights.Span);
        return incomes.IsEmpty || incomes.Sum() <= 0
            ? throw new Segregation.CountException("A group has nobody, or no income, in one of the years.")
            : (group, incomes.Total, incomes.Sum() / incomes.Total);
    }

    /// <summary>The effects between each period of a study and the one before, the groups being those of its breakdown; the whole is one group where it has none.</summary>
    /// <param name="study">The persons of several periods; its first line is used.</param>
    /// <param name="alpha">α of the index.</param>
    public static Results Of(IncomeStudy study, double alpha = 0)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (study.Persons.Breakdowns.Length > 1) throw new ArgumentException("The change of poverty is divided among the groups of one breakdown.", nameof(study));
        var plan = new StudyPlan(study with { Uncertainty = new(Inference.IntervalMethod.None) }, [Fgt.Headcount]);
        var rows = new List<Result>();
        for (var period = 1; period < plan.Periods.Length; period++)
        {
            for (var ages = 0; ages < Math.Max(1, study.Ages.Length); ages++) rows.AddRange(Effects(plan, period, ages, alpha));
        }

        return new Results(rows, study.Persons.Confidentiality, study.Persons.Provenance.With("change over time divided among growth, redistribution and population"));
    }

    private static IEnumerable<Result> Effects(StudyPlan plan, int period, int ages, double alpha)
    {
        AgeSpan? span = plan.Study.Ages.IsEmpty ? null : plan.Study.Ages[ages];
        var cut = plan.Concept(period, IncomeConcept.Disposable).Cuts.Length - 1;
        Group[] before = Groups(plan, period - 1, ages, span, cut), after = Groups(plan, period, ages, span, cut);
        var wholes = plan.Estimates.Where(estimate => estimate.Cut == 0 && estimate.AgesIndex == ages && estimate.Line == 0).ToArray();
        var (now, then) = (wholes.Single(estimate => estimate.Period == period), wholes.Single(estimate => estimate.Period == period - 1));
        var (growth, redistribution, population) = Of(before, after, plan.Line(period - 1, Fgt.Headcount, 0), alpha, plan.Study.Poor);
        foreach (var (name, value) in new[] { ("growth", growth), ("redistribution", redistribution), ("population", population) })
        {
            yield return StudyRecords.Of(plan, now, Quantity.Known(value)) with
            {
                Measure = Effect,
                Reference = plan.Periods[period - 1].Period,
                Parameters = StudyRecords.Parameters(plan, now).SetItem("effect", name).SetItem("alpha", alpha.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                Basis = now.Sums.PoorCount <= then.Sums.PoorCount ? StudyRecords.Basis(plan, now) : StudyRecords.Basis(plan, then),
            };
        }
    }

    private static Group[] Groups(StudyPlan plan, int period, int ages, AgeSpan? span, int cut)
    {
        var slices = plan.Concept(period, IncomeConcept.Disposable).Slices(ages, span, cut);
        return [.. Enumerable.Range(0, slices.Starts.Length - 1).Select(domain => new Group(slices.Incomes.AsMemory(slices[domain]), slices.Weights.AsMemory(slices[domain])))];
    }
}
