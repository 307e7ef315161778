using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>A formula on a group, another group and everyone, by unit.</summary>
/// <param name="x">The group whose surroundings are described.</param>
/// <param name="y">The group that it meets.</param>
/// <param name="t">Everyone.</param>
public delegate Quantity ExposureFormula(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> t);

/// <summary>A measure of whom the members of a group meet. Shares are of everyone in the unit, also where a pair of groups is named.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Formula">How it is computed; never called with an empty group of interest.</param>
public sealed record ExposureMeasure(Definition Definition, ExposureFormula Formula) : SegregationMeasure(Definition)
{
    /// <summary>Whether the group meets itself (isolation): then there are no pairs.</summary>
    public bool OwnGroup { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Figures(GroupCounts counts, bool pairs)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var figures = new List<Figure>();
        for (var group = 0; group < counts.Groups.Length; group++)
        {
            figures.Add(new Figure(group));
            for (var other = 0; pairs && !OwnGroup && other < counts.Groups.Length; other++)
            {
                if (other != group) figures.Add(new Figure(group, other));
            }
        }

        return figures;
    }

    /// <inheritdoc/>
    public override void Evaluate(GroupCounts counts, IReadOnlyList<Figure> figures, Span<Quantity> values)
    {
        ArgumentNullException.ThrowIfNull(figures);
        for (var i = 0; i < figures.Count; i++) values[i] = Value(counts, figures[i]);
    }

    /// <inheritdoc/>
    protected override double Persons(GroupCounts counts, Figure figure) => base.Persons(counts, figure with { Reference = null });

    private Quantity Value(GroupCounts counts, Figure figure)
    {
        var group = figure.Group!.Value;
        var x = counts.Group(group);
        if (Sums.Of(x) == 0) return Quantity.Undefined(counts.Total == 0 ? UndefinedReason.NoPersons : UndefinedReason.EmptyGroup);
        var y = OwnGroup ? x : figure.Reference is { } reference ? counts.Group(reference) : counts.Rest(group);
        if (!OwnGroup && Sums.Of(y) == 0) return Quantity.Undefined(UndefinedReason.EmptyReference);
        return Formula(x, y, counts.Totals);
    }
}
