using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>A formula on the counts of two groups by unit.</summary>
/// <param name="x">The group of interest.</param>
/// <param name="y">The group that it is compared with: everyone else, or a named group.</param>
public delegate Quantity TwoGroupFormula(ReadOnlySpan<double> x, ReadOnlySpan<double> y);

/// <summary>A measure of the segregation of one group from another, or from everyone else.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Formula">How it is computed; never called with an empty group.</param>
public sealed record TwoGroupMeasure(Definition Definition, TwoGroupFormula Formula) : SegregationMeasure(Definition)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Figures(GroupCounts counts, bool pairs)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var figures = new List<Figure>();
        for (var group = 0; group < counts.Groups.Length; group++)
        {
            figures.Add(new Figure(group));
            for (var other = 0; pairs && other < counts.Groups.Length; other++)
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

    private Quantity Value(GroupCounts counts, Figure figure)
    {
        var x = counts.Group(figure.Group!.Value);
        var y = figure.Reference is { } reference ? counts.Group(reference) : counts.Rest(figure.Group.Value);
        return TwoGroups.WhyUndefined(x, y, ComparesUnits) is { } reason ? Quantity.Undefined(reason) : Formula(x, y);
    }
}

/// <summary>When a comparison of two groups does not exist.</summary>
internal static class TwoGroups
{
    /// <summary>Why, or null where it exists.</summary>
    public static string? WhyUndefined(ReadOnlySpan<double> x, ReadOnlySpan<double> y, bool comparesUnits)
    {
        double sumX = 0, sumY = 0;
        var inhabited = 0;
        for (var i = 0; i < x.Length; i++)
        {
            sumX += x[i];
            sumY += y[i];
            if (x[i] + y[i] > 0) inhabited++;
        }

        if (sumX + sumY == 0) return UndefinedReason.NoPersons;
        if (sumX == 0) return UndefinedReason.EmptyGroup;
        if (sumY == 0) return UndefinedReason.EmptyReference;
        return comparesUnits && inhabited < 2 ? UndefinedReason.OneUnit : null;
    }
}
