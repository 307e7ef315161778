using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>A formula on all groups at once.</summary>
/// <param name="table">Persons by unit and group, everyone in exactly one cell.</param>
public delegate Quantity MultigroupFormula(CountTable table);

/// <summary>A measure of all groups at once. Where a separate total holds more than the listed groups, everyone else is a group too.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Formula">How it is computed; never called without persons.</param>
public sealed record MultigroupMeasure(Definition Definition, MultigroupFormula Formula) : SegregationMeasure(Definition)
{
    private static readonly Figure[] Whole = [new()];

    /// <summary>Whether it needs two groups that have members; false for measures that describe a composition.</summary>
    public bool ComparesGroups { get; init; } = true;

    /// <summary>Whether the groups are taken in their order, so that their number and names matter: a group of everyone else is then not added.</summary>
    public bool Ordered { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Figures(GroupCounts counts, bool pairs) => Whole;

    /// <inheritdoc/>
    public override void Evaluate(GroupCounts counts, IReadOnlyList<Figure> figures, Span<Quantity> values)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (!Ordered && counts.GroupsOverlap)
        {
            values.Fill(Quantity.Undefined(UndefinedReason.Overlap));
            return;
        }

        var complete = Ordered ? counts : counts.Complete();
        var table = complete.HasSeparateTotals ? new CountTable(complete.Counts, complete.Groups.Length) : new CountTable(complete.Counts, complete.Groups.Length, complete.Totals);
        values.Fill(
            table.Total == 0 ? Quantity.Undefined(UndefinedReason.NoPersons)
            : ComparesGroups && table.GroupsWithMembers < 2 ? Quantity.Undefined(UndefinedReason.OneGroup)
            : ComparesUnits && table.InhabitedUnits < 2 ? Quantity.Undefined(UndefinedReason.OneUnit)
            : Formula(table));
    }
}
