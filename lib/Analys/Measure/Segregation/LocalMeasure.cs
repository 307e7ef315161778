using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>A formula that gives each unit a value, from all groups at once.</summary>
/// <param name="table">Persons by unit and group.</param>
/// <param name="values">One value per unit, to be filled; those of empty units are overwritten afterwards.</param>
public delegate void LocalFormula(CountTable table, Span<Quantity> values);

/// <summary>A formula that gives each unit a value for one group.</summary>
/// <param name="x">The group by unit; not empty.</param>
/// <param name="t">Everyone by unit.</param>
/// <param name="values">One value per unit, to be filled; those of empty units are overwritten afterwards.</param>
public delegate void LocalGroupFormula(ReadOnlySpan<double> x, ReadOnlySpan<double> t, Span<Quantity> values);

/// <summary>A measure that gives each unit a value, from all groups at once.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Formula">How it is computed; never called without persons.</param>
public sealed record LocalMeasure(Definition Definition, LocalFormula Formula) : SegregationMeasure(Definition)
{
    /// <summary>Whether it needs two groups that have members; false for measures that describe a composition.</summary>
    public bool ComparesGroups { get; init; } = true;

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Figures(GroupCounts counts, bool pairs)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var figures = new Figure[counts.Units.Length];
        for (var unit = 0; unit < figures.Length; unit++) figures[unit] = new Figure(Unit: unit);
        return figures;
    }

    /// <inheritdoc/>
    public override void Evaluate(GroupCounts counts, IReadOnlyList<Figure> figures, Span<Quantity> values)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.GroupsOverlap)
        {
            values.Fill(Quantity.Undefined(UndefinedReason.Overlap));
            return;
        }

        var complete = counts.Complete();
        var table = complete.HasSeparateTotals ? new CountTable(complete.Counts, complete.Groups.Length) : new CountTable(complete.Counts, complete.Groups.Length, complete.Totals);
        if (table.Total == 0) values.Fill(Quantity.Undefined(UndefinedReason.NoPersons));
        else if (ComparesGroups && table.GroupsWithMembers < 2) values.Fill(Quantity.Undefined(UndefinedReason.OneGroup));
        else Formula(table, values);
        for (var unit = 0; unit < values.Length; unit++)
        {
            if (table.Total > 0 && table.UnitTotals[unit] == 0) values[unit] = Quantity.Undefined(UndefinedReason.EmptyUnit);
        }
    }
}

/// <summary>A measure that gives each unit a value for each group.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Formula">How it is computed; never called with an empty group.</param>
public sealed record LocalGroupMeasure(Definition Definition, LocalGroupFormula Formula) : SegregationMeasure(Definition)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Figures(GroupCounts counts, bool pairs)
    {
        ArgumentNullException.ThrowIfNull(counts);
        int units = counts.Units.Length, groups = counts.Groups.Length;
        var figures = new Figure[units * groups];
        for (var i = 0; i < figures.Length; i++) figures[i] = new Figure(i / units, Unit: i % units);
        return figures;
    }

    /// <inheritdoc/>
    public override void Evaluate(GroupCounts counts, IReadOnlyList<Figure> figures, Span<Quantity> values)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var units = counts.Units.Length;
        for (var group = 0; group < counts.Groups.Length; group++)
        {
            var part = values.Slice(group * units, units);
            var x = counts.Group(group);
            if (counts.Total == 0) part.Fill(Quantity.Undefined(UndefinedReason.NoPersons));
            else if (Sums.Of(x) == 0) part.Fill(Quantity.Undefined(UndefinedReason.EmptyGroup));
            else Formula(x, counts.Totals, part);
            for (var unit = 0; unit < units; unit++)
            {
                if (counts.Total > 0 && counts.Totals[unit] == 0) part[unit] = Quantity.Undefined(UndefinedReason.EmptyUnit);
            }
        }
    }
}
