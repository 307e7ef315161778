using System.Buffers;
using Analys.Measure.Segregation.Change;

namespace Analys.Measure.Segregation;

/// <summary>A formula on the counts of two groups by unit.</summary>
/// <param name="x">The group of interest.</param>
/// <param name="y">The group that it is compared with: everyone else, or a named group.</param>
internal delegate Quantity TwoGroupFormula(ReadOnlySpan<double> x, ReadOnlySpan<double> y);

/// <summary>A formula on two groups and the sums of both around each unit.</summary>
/// <param name="table">Persons by unit, two groups.</param>
/// <param name="around">The weighted sums around each unit.</param>
internal delegate Quantity EnvironmentFormula(CountTable table, ReadOnlySpan<double> around);

/// <summary>A measure of two groups in their environments, whose figures share one gathering.</summary>
/// <param name="Surroundings">The environments.</param>
/// <param name="Formula">The formula.</param>
internal sealed record EnvironmentMeasure(Space.Surroundings Surroundings, EnvironmentFormula Formula)
{
    /// <summary>The sums of all groups, everyone else among them, around each unit.</summary>
    public double[] Gather(GroupCounts counts)
    {
        var complete = counts.Complete();
        return Surroundings.Sums(complete.Counts, complete.Groups.Length);
    }

    /// <summary>Whether a figure can be had from all groups' sums: not where the nearest people are those of two named groups.</summary>
    public bool Holds(Figure figure) => figure.Reference is null || Surroundings.Kernel.Shape != Space.KernelShape.NearestPeople;
}

/// <summary>Draws of a measure that has its own way of drawing.</summary>
/// <param name="x">The group of interest.</param>
/// <param name="y">The group that it is compared with.</param>
/// <param name="value">The figure.</param>
/// <param name="options">Replicates, seed, level.</param>
internal delegate OwnInterval? TwoGroupInterval(double[] x, double[] y, double value, ResamplingOptions options);

/// <summary>A measure of the segregation of one group from another, or from everyone else.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Formula">How it is computed; never called with an empty group.</param>
internal sealed record TwoGroupMeasure(Definition Definition, TwoGroupFormula Formula) : SegregationMeasure(Definition)
{
    /// <summary>How a measure that is not evaluated on replicates makes an interval of its own; null for none.</summary>
    public TwoGroupInterval? Interval { get; init; }

    /// <summary>How a measure whose replicates lie beside its value makes an interval that is freed from that; null for none.</summary>
    public TwoGroupInterval? Corrected { get; init; }

    /// <summary>For a measure of environments how all its figures are had from one gathering of them; null for other measures.</summary>
    public EnvironmentMeasure? Environment { get; init; }

    /// <summary>The members of the smaller group, in the mean of the inhabited units, below which its basic interval does not
    /// hold.</summary>
    public double FewestMembers { get; init; }

    /// <inheritdoc/>
    public override bool HasTooFew(GroupCounts counts, Figure figure)
    {
        if (FewestMembers == 0) return false;
        double[] x = counts.Group(figure.Group!.Value), y = figure.Reference is { } other ? counts.Group(other)
            : counts.Rest(figure.Group.Value);
        return Math.Min(Sums.Of(x), Sums.Of(y)) < FewestMembers * x.Zip(y).Count(unit => unit.First + unit.Second > 0);
    }

    /// <summary>The interval of a figure; null where there is none.</summary>
    public OwnInterval? IntervalOf(GroupCounts counts, Figure figure, double value, ResamplingOptions options) =>
        Drawn(Interval, counts, figure, value, options);

    /// <inheritdoc/>
    public override bool HasCorrected => Corrected is not null;

    /// <inheritdoc/>
    public override OwnInterval? CorrectedOf(GroupCounts counts, Figure figure, double value, ResamplingOptions options) =>
        Drawn(Corrected, counts, figure, value, options);

    private static OwnInterval? Drawn(TwoGroupInterval? way, GroupCounts counts, Figure figure, double value, ResamplingOptions options)
    {
        var group = figure.Group!.Value;
        return way?.Invoke(counts.Group(group), figure.Reference is { } other ? counts.Group(other) : counts.Rest(group), value, options);
    }

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
        var gathered = Environment is { } environment && figures.Count > 1 && !counts.GroupsOverlap ? environment.Gather(counts) : null;
        for (var i = 0; i < figures.Count; i++)
            values[i] = gathered is not null && Environment!.Holds(figures[i]) ? InEnvironments(counts, figures[i], gathered)
                : Value(counts, figures[i]);
    }

    // The sums around a unit are linear in the counts: those of a group and of everyone else are had from those of all groups.
    private Quantity InEnvironments(GroupCounts counts, Figure figure, double[] gathered)
    {
        var (group, units) = (figure.Group!.Value, counts.Units.Length);
        var x = counts.Group(group);
        var y = figure.Reference is { } reference ? counts.Group(reference) : counts.Rest(group);
        if (TwoGroups.WhyUndefined(x, y, ComparesUnits) is { } reason) return Quantity.Undefined(reason);
        double[] pair = new double[2 * units], around = new double[2 * units];
        var width = gathered.Length / units;
        for (var unit = 0; unit < units; unit++)
        {
            (pair[2 * unit], pair[(2 * unit) + 1]) = (x[unit], y[unit]);
            var row = gathered.AsSpan(unit * width, width);
            around[2 * unit] = row[group];
            if (figure.Reference is { } other) around[(2 * unit) + 1] = row[other];
            else
            {
                for (var g = 0; g < width; g++) around[(2 * unit) + 1] += g == group ? 0 : row[g];
            }
        }

        return Environment!.Formula(new CountTable(pair, 2), around);
    }

    private Quantity Value(GroupCounts counts, Figure figure)
    {
        // Replicates ask for figure after figure: the columns are lent, not made.
        var units = counts.Units.Length;
        var lent = ArrayPool<double>.Shared.Rent(2 * units);
        try
        {
            Span<double> x = lent.AsSpan(0, units), y = lent.AsSpan(units, units);
            counts.CopyGroup(figure.Group!.Value, x);
            if (figure.Reference is { } reference) counts.CopyGroup(reference, y);
            else counts.CopyRest(figure.Group.Value, y);
            return TwoGroups.WhyUndefined(x, y, ComparesUnits) is { } reason ? Quantity.Undefined(reason) : Formula(x, y);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(lent);
        }
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

/// <summary>A formula on all groups at once.</summary>
/// <param name="table">Persons by unit and group, everyone in exactly one cell.</param>
internal delegate Quantity MultigroupFormula(CountTable table);

/// <summary>A measure of all groups at once. Where a separate total holds more than the listed groups, everyone else is a group
/// too.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Formula">How it is computed; never called without persons.</param>
internal sealed record MultigroupMeasure(Definition Definition, MultigroupFormula Formula) : SegregationMeasure(Definition)
{
    private static readonly Figure[] Whole = [new()];

    /// <summary>Whether it needs two groups that have members; false for measures that describe a composition.</summary>
    public bool ComparesGroups { get; init; } = true;

    /// <summary>Whether the groups are taken in their order, so that their number and names matter: a group of everyone else is then not
    /// added.</summary>
    public bool Ordered { get; init; }

    /// <summary>How a measure whose replicates lie beside its value makes an interval that is freed from that; null for none.</summary>
    public Func<GroupCounts, double, ResamplingOptions, OwnInterval>? Corrected { get; init; }

    /// <inheritdoc/>
    public override bool HasCorrected => Corrected is not null;

    /// <inheritdoc/>
    public override OwnInterval? CorrectedOf(GroupCounts counts, Figure figure, double value, ResamplingOptions options) =>
        Corrected?.Invoke(counts.Complete(), value, options);

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
        var table = complete.HasSeparateTotals ? new CountTable(complete.Counts, complete.Groups.Length)
            : new CountTable(complete.Counts, complete.Groups.Length, complete.Totals);
        values.Fill(
            table.Total == 0 ? Quantity.Undefined(UndefinedReason.NoPersons)
            : ComparesGroups && table.GroupsWithMembers < 2 ? Quantity.Undefined(UndefinedReason.OneGroup)
            : ComparesUnits && table.InhabitedUnits < 2 ? Quantity.Undefined(UndefinedReason.OneUnit)
            : Formula(table));
    }
}

/// <summary>A formula on a group, another group and everyone, by unit.</summary>
/// <param name="x">The group whose surroundings are described.</param>
/// <param name="y">The group that it meets.</param>
/// <param name="t">Everyone.</param>
internal delegate Quantity ExposureFormula(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> t);

/// <summary>A measure of whom the members of a group meet. Shares are of everyone in the unit, also where a pair of groups is
/// named.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Formula">How it is computed; never called with an empty group of interest.</param>
internal sealed record ExposureMeasure(Definition Definition, ExposureFormula Formula) : SegregationMeasure(Definition)
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
