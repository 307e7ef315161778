using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Analys.Measure.Inference;
using Analys.Measure.Segregation.Change;
using Analys.Measure.Segregation.Spatial;

namespace Analys.Measure.Segregation;

/// <summary>A measure of the catalogue: its definition, its options, and the figures it gives for counts by unit and group.</summary>
/// <remarks>
/// Every kind (one group against the rest, pairs, multigroup, local, spatial) has this shape, so that the command runs it and the
/// bootstrap and the null draws evaluate it on replicates without knowing which kind it is. Evaluating is pure: the same counts give the
/// same values, on any thread.
/// </remarks>
/// <param name="Definition">What it is.</param>
internal abstract record SegregationMeasure(Definition Definition)
{
    /// <summary>The options it reads.</summary>
    public ImmutableArray<MeasureOption> Options { get; init; } = [];

    /// <summary>The options in force, each under its name.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The unit of the values, where an option makes it differ from the definition's.</summary>
    public string? UnitOverride { get; init; }

    /// <summary>What its values tell: those of one unit its cells, those of the whole many counts at once.</summary>
    public Tells Tells => this is LocalMeasure or LocalGroupMeasure ? Tells.Composition : Tells.Summary;

    /// <summary>Who is counted behind its values.</summary>
    public string Counts => this is MultigroupMeasure ? "the persons of each group in each unit" : "the persons of a group in each unit";

    /// <summary>Whether it needs to know where the units lie.</summary>
    public bool NeedsGeography { get; init; }

    /// <summary>Whether a table with only one inhabited unit leaves it undefined: true for measures of how units differ.</summary>
    public bool ComparesUnits { get; init; } = true;

    /// <summary>Which replicates of a null model count as at least as extreme, unless a call says otherwise.</summary>
    public Tail NaturalTail { get; init; } = Tail.Greater;

    /// <summary>Whether it is not evaluated on replicates, because it draws or maximises itself.</summary>
    public bool PointOnly { get; init; }

    /// <summary>Makes the measure ready for a call: reads its options and, for a spatial measure, the geography. Null where it has no
    /// options.</summary>
    public Func<MeasureArguments, GroupCounts, SegregationMeasure>? Configure { get; init; }

    /// <summary>The measure made ready for a call.</summary>
    /// <param name="counts">The counts it will be evaluated on, or their replicates.</param>
    /// <param name="arguments">Options, pairs, geography.</param>
    /// <exception cref="MeasureOptionException">An option is wrong, or geography is missing.</exception>
    public SegregationMeasure Ready(GroupCounts counts, MeasureArguments arguments) =>
        Configure is null ? this : Configure(arguments, counts);

    /// <summary>The figures that it gives for such counts.</summary>
    /// <param name="counts">Counts by unit and group.</param>
    /// <param name="pairs">Whether each group is compared with each other group too.</param>
    public abstract IReadOnlyList<Figure> Figures(GroupCounts counts, bool pairs);

    /// <summary>Computes figures.</summary>
    /// <param name="counts">Counts by unit and group.</param>
    /// <param name="figures">Which, as <see cref="Figures"/> gave them.</param>
    /// <param name="values">Where the values go, one per figure.</param>
    public abstract void Evaluate(GroupCounts counts, IReadOnlyList<Figure> figures, Span<Quantity> values);

    /// <summary>Whether it has an interval that is freed from what resampling moves.</summary>
    public virtual bool HasCorrected => false;

    /// <summary>The interval of a figure that resampling moves; null where there is none.</summary>
    public virtual OwnInterval? CorrectedOf(GroupCounts counts, Figure figure, double value, ResamplingOptions options) => null;

    /// <summary>Whether a group has too few members in a unit for its basic interval to hold.</summary>
    public virtual bool HasTooFew(GroupCounts counts, Figure figure) => false;

    /// <summary>All figures for these counts.</summary>
    /// <param name="counts">Counts by unit and group.</param>
    /// <param name="arguments">Options, pairs, geography.</param>
    public Results Of(GroupCounts counts, MeasureArguments? arguments = null)
    {
        ArgumentNullException.ThrowIfNull(counts);
        arguments ??= MeasureArguments.None;
        var ready = Ready(counts, arguments);
        var figures = ready.Figures(counts, arguments.Pairs);
        var values = new Quantity[figures.Count];
        ready.Evaluate(counts, figures, values);
        var moved = new Lazy<double?[]>(() =>
            CellInfluence.Of(counts, values, ready.ValuesOf(figures), ready.NeedsGeography || ready.PointOnly,
                figures.Any(figure => figure.Unit is not null)));
        return new Results(figures.Select((figure, i) => CellInfluence.With(ready.ToResult(counts, figure, values[i]), () =>
            moved.Value[i])),
            counts.Confidentiality, counts.Provenance);
    }

    internal Func<GroupCounts, IReadOnlyList<Quantity>> ValuesOf(IReadOnlyList<Figure> figures) => counts =>
    {
        var values = new Quantity[figures.Count];
        Evaluate(counts, figures, values);
        return values;
    };

    /// <summary>The figures for one group against everyone else, or against a named group.</summary>
    /// <param name="counts">Persons by unit and group.</param>
    /// <param name="group">The group of interest.</param>
    /// <param name="reference">The group it is compared with; null for everyone else.</param>
    public Results Of(GroupCounts counts, string group, string? reference = null)
    {
        ArgumentNullException.ThrowIfNull(counts);
        _ = (counts.IndexOf(group), reference is null ? 0 : counts.IndexOf(reference));
        return Of(counts, MeasureArguments.None with { Pairs = reference is not null })
            .Where(result => result.Group == group && result.Reference == reference);
    }

    /// <summary>The record of a figure.</summary>
    /// <param name="counts">The counts it was computed from.</param>
    /// <param name="figure">Which figure.</param>
    /// <param name="value">Its value.</param>
    public Result ToResult(GroupCounts counts, Figure figure, Quantity value)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var n = Persons(counts, figure);
        double? numerator = figure.Group is { } group ? figure.Unit is { } unit ? counts[unit, group] : counts.GroupTotal(group) : null;
        return new Result
        {
            Measure = Definition,
            Area = figure.Unit is { } index ? counts.Units[index] : null,
            Group = figure.Group is { } of ? counts.Groups[of] : null,
            Reference = figure.Reference is { } reference ? counts.Groups[reference] : null,
            Parameters = ParametersOf(figure),
            UnitOverride = UnitOverride,
            Value = value,
            N = n,
            Basis = new Basis(numerator, n),
        };
    }

    /// <summary>The options in force for a figure; a profile's differ from figure to figure.</summary>
    protected virtual ImmutableSortedDictionary<string, string> ParametersOf(Figure figure) => Parameters;

    /// <summary>How many persons stand behind a figure.</summary>
    protected virtual double Persons(GroupCounts counts, Figure figure)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (figure.Unit is { } unit) return counts.Totals[unit];
        return figure is { Group: { } group, Reference: { } reference } ? counts.GroupTotal(group) + counts.GroupTotal(reference)
            : counts.Total;
    }
}

/// <summary>One of the figures that a measure gives: which unit, which group, compared with which.</summary>
/// <param name="Group">The index of the group of interest; null for all groups at once.</param>
/// <param name="Reference">The index of the group it is compared with; null for everyone else.</param>
/// <param name="Unit">The index of the unit of a local figure; null for the whole.</param>
/// <param name="Variant">Which of the figures of a profile (a width, a number of people, a statistic); 0 where there is one.</param>
internal readonly record struct Figure(int? Group = null, int? Reference = null, int? Unit = null, int Variant = 0);

/// <summary>Why a segregation measure does not exist for some counts, in the words of the records.</summary>
internal static class UndefinedReason
{
    /// <summary>The group of interest has no members.</summary>
    public const string EmptyGroup = "group is empty";

    /// <summary>Nobody is outside the group, or in the group that it is compared with.</summary>
    public const string EmptyReference = "the other group is empty";

    /// <summary>All counts are zero.</summary>
    public const string NoPersons = "no persons";

    /// <summary>Fewer than two units are inhabited, so there is nothing to compare.</summary>
    public const string OneUnit = "only one inhabited unit";

    /// <summary>Fewer than two groups have members.</summary>
    public const string OneGroup = "only one group has members";

    /// <summary>Nobody lives in the unit.</summary>
    public const string EmptyUnit = "unit is empty";

    /// <summary>A unit's groups add up to more than its total, so a person may be in several.</summary>
    public const string Overlap = "the groups overlap";
}

/// <summary>Sums of counts.</summary>
internal static class Sums
{
    /// <summary>The sum, left to right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Of(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum;
    }

    // n ln n of whole counts: a table is many times faster than the logarithm, and replicates hold nothing else.
    private static readonly double[] Whole = [.. Enumerable.Range(0, 16_384).Select(n => PLogP(n))];

    /// <summary>n ln n, with its limit 0 at 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double NLogN(double n)
    {
        var whole = (int)n;
        return (uint)whole < (uint)Whole.Length && whole == n ? Whole[whole] : PLogP(n);
    }

    /// <summary>p ln p, with its limit 0 at 0.</summary>
    public static double PLogP(double p) => p > 0 ? p * PortableMath.Log(p) : 0;
}

/// <summary>The catalogue of segregation measures.</summary>
internal static class SegregationMeasures
{
    private const string Place = "Analys.Measure.Segregation";

    /// <summary>The whole catalogue: every measure that stands as a static property in the folders of segregation, those that need no
    /// geography
    /// first, by kind and id. A new one is there as soon as its file is. Two entries may share an id: one for a group against the rest, one
    /// for all groups at once.</summary>
    public static ImmutableArray<SegregationMeasure> All { get; } =
    [
        .. CatalogueTypes.Below(Place)
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(property => property.PropertyType.IsAssignableTo(typeof(SegregationMeasure)))
            .Select(property => (SegregationMeasure)CatalogueTypes.Value(property)!)
            .OrderBy(measure => measure.NeedsGeography).ThenBy(measure => Array.IndexOf(Kinds, measure.GetType()))
            .ThenBy(measure => measure.Definition.Id, StringComparer.Ordinal),
    ];

    /// <summary>The ids, in the order of the catalogue.</summary>
    public static IEnumerable<string> Ids => All.Select(measure => measure.Definition.Id).Distinct();

    /// <summary>The measures of an id; empty where there is none.</summary>
    /// <param name="id">The id.</param>
    public static IEnumerable<SegregationMeasure> Find(string id) => All.Where(measure => measure.Definition.Id == id);

    // Most asked for first; a kind that is not named here stands before them.
    private static Type[] Kinds =>
        [typeof(TwoGroupMeasure), typeof(ExposureMeasure), typeof(MultigroupMeasure), typeof(LocalMeasure), typeof(LocalGroupMeasure),
            typeof(ProfileMeasure)];
}

/// <summary>How figures of segregation are computed: alone, with a bootstrap, against a null model.</summary>
/// <param name="Bootstrap">Whether standard errors and intervals are asked for.</param>
/// <param name="Null">The null model that they are tested against; null for no test.</param>
/// <param name="Options">Replicates, seed, level.</param>
internal sealed record SegregationRun(bool Bootstrap, NullModel? Null, ResamplingOptions Options)
{
    /// <summary>The figures of measures that are ready for these counts.</summary>
    public Results Of(IReadOnlyList<SegregationMeasure> ready, GroupCounts counts)
    {
        var arguments = MeasureArguments.None with { Pairs = Options.Pairs };
        var results = new Results([], counts.Confidentiality, counts.Provenance);
        List<SegregationMeasure> resampled = [.. ready.Where(measure => !measure.PointOnly)];
        foreach (var measure in ready.Where(measure => !Bootstrap || measure.PointOnly))
        {
            var plain = (measure with { Configure = null }).Of(counts, arguments);
            results = results.Concat(Bootstrap && measure is TwoGroupMeasure { Interval: not null } drawn
                ? SegregationInference.OwnIntervals(drawn, plain, counts, Options) : plain);
        }

        if (Bootstrap) results = results.Concat(SegregationInference.Bootstrap(resampled, counts, Options));
        return Null is { } model ? results.Concat(SegregationInference.Test(resampled, counts, model, Options)) : results;
    }

    /// <summary>The figures of the whole, of each area that units lie in, and M and H within and between the areas.</summary>
    /// <param name="nested">The counts with their areas.</param>
    /// <param name="unit">The name of the units' level.</param>
    /// <param name="chosen">The measures with their options.</param>
    /// <param name="ready">Makes a measure ready for counts.</param>
    /// <param name="more">What stands after the figures of the whole; null for nothing.</param>
    public Results Of(NestedCounts nested, string unit, IReadOnlyList<(SegregationMeasure Measure, MeasureArguments Arguments)> chosen,
        Func<SegregationMeasure, MeasureArguments, GroupCounts, SegregationMeasure> ready, Func<Results>? more = null)
    {
        var results = Figures(nested.Counts);
        if (more is not null) results = results.Concat(more());
        for (var level = 0; level < nested.Levels.Length; level++)
        {
            foreach (var (area, counts) in nested.Split(level))
            {
                var figures = Figures(counts);
                results = results.Concat(new Results(figures.Select(result => InArea(result, area, nested.Levels[level])),
                    figures.Confidentiality, figures.Provenance));
            }
        }

        if (nested.Levels.Length > 0
            && chosen.Any(item => item.Measure is { Definition.Id: "mutual-information" or "information-theory" } and MultigroupMeasure))
            results = results.Concat(Of([.. WithinBetween.Measures(nested, unit)], nested.Counts));
        return nested.Columns is not { } columns ? results
            : new Results(results.Select(result => result with
            {
                Basis = result.Basis is null
                ? null : result.Basis with { Columns = columns }
            }),
                results.Confidentiality, results.Provenance);

        Results Figures(GroupCounts counts) =>
            Of([.. chosen.Select(item => ready(item.Measure, item.Arguments, counts))], counts);
    }

    // A local figure keeps its unit as area and says which area was its reference.
    private static Result InArea(Result result, string area, string level) => result with
    {
        Area = result.Area ?? area,
        Parameters = result.Parameters.SetItem("within", result.Area is null ? level : area),
    };
}
