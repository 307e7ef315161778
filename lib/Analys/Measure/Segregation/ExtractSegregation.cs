using Analys.Domain;
using Analys.Measure.Segregation;
using Analys.Measure.Space;

namespace Analys;

/// <content>Segregation of groups across units.</content>
public static partial class ExtractMeasures
{
    /// <summary>Measures of segregation on counts by unit and group.</summary>
    /// <remarks>Swedish: <i>segregationsmått</i>. A wide table has a column per group (<paramref name="groups"/>), a long one a row per
    /// unit and group (<paramref name="group"/> and <paramref name="count"/>). Rows that the schema calls totals are left out. A table
    /// of several periods gives the figures of each.</remarks>
    /// <param name="extract">Counts by unit and group.</param>
    /// <param name="unit">The column of the unit (area, school).</param>
    /// <param name="groups">Wide table: the columns of the groups; each is measured against the rest.</param>
    /// <param name="total">Wide table: the column of all persons; null for the sum of the groups.</param>
    /// <param name="group">Long table: the column of the group.</param>
    /// <param name="count">Long table: the column of the count.</param>
    /// <param name="measures">Ids, options after colons (<c>atkinson:b=0.9</c>); null for all that need no geography.</param>
    /// <param name="division">The division of the city that the units are merged into first (<c>sdo13</c>, <c>region</c>); null for the
    /// table's own.</param>
    /// <param name="replicates">Bootstrap replicates for standard errors and intervals; null for none.</param>
    /// <param name="seed">The seed of every random procedure.</param>
    /// <param name="choices">Every further choice; what is said in the other arguments goes before it.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="ArgumentException">A choice is not understood, or the units cannot be merged into the division.</exception>
    /// <exception cref="ColumnNotFoundException">A column is not there.</exception>
    public static Results Segregation(this Extract extract, string unit, IReadOnlyList<string>? groups = null, string? total = null,
        string? group = null, string? count = null, IReadOnlyList<string>? measures = null, string? division = null,
        int? replicates = null, long? seed = null, SegregationChoices? choices = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(extract);
        choices = Of(choices, groups, total, group, count);
        choices = choices with { Replicates = replicates ?? choices.Replicates, Seed = seed ?? choices.Seed };
        if (choices.Activity is not null)
            return measures is null ? choices.Spaces(extract, unit) : throw new CallException("--activity has measures of its own.");
        var chosen = choices.Measures(measures ?? [], withGeography: choices.Distances is not null && measures is not null);
        var run = choices.Run(cancel);
        var moved = choices.Mover();
        return choices.ByPeriod(extract, unit).Select(part => SegregationChoices.Of(part.Period, Figures(part.Extract)))
            .Aggregate((all, more) => all.Concat(more));

        Results Figures(Extract table)
        {
            var nested = moved(choices.Counts(table, unit));
            if (division is not null)
            {
                if (nested.Levels.Length > 0) throw new CallException("A division and areas that units lie in exclude each other.");
                nested = nested with { Counts = Merged(table, nested.Counts, division) };
            }

            return run.Of(nested, unit, chosen, (measure, arguments, counts) => measure.Ready(counts, choices.Distances is { } pairs
                ? arguments with
                {
                    Geography = DistanceMatrix.AddTo(new UnitGeography(counts.Units, [], [], [], [], null, Provenance.None), pairs),
                }
                : arguments));
        }
    }

    /// <summary>The segregation curve of a group against everyone else: units by rising share of the group, cumulated.</summary>
    /// <remarks>Swedish: <i>segregationskurva</i>. Drawn by <c>released.Curve()</c>. Source: Duncan &amp; Duncan 1955, American
    /// Sociological Review 20(2). A curve of confidential counts tells every unit's counts, and a policy treats it so.</remarks>
    /// <param name="extract">Counts by unit and group.</param>
    /// <param name="unit">The column of the unit.</param>
    /// <param name="groups">Wide table: the columns of the groups, the one of interest first.</param>
    /// <param name="total">Wide table: the column of all persons; null for the sum of the groups.</param>
    /// <param name="group">Long table: the column of the group.</param>
    /// <param name="count">Long table: the column of the count.</param>
    /// <param name="of">The group of interest; null for the first.</param>
    /// <exception cref="ArgumentException">There is no such group, or the columns do not make a table of counts.</exception>
    public static Results SegregationCurve(this Extract extract, string unit, IReadOnlyList<string>? groups = null, string? total = null,
        string? group = null, string? count = null, string? of = null)
    {
        ArgumentNullException.ThrowIfNull(extract);
        var counts = Of(null, groups, total, group, count).Counts(extract, unit).Counts;
        var index = of is null ? 0 : counts.IndexOf(of);
        var x = counts.Group(index);
        var y = counts.Rest(index);
        var template = new Result
        {
            Measure = Gini.Measure.Definition,
            Group = counts.Groups[index],
            Value = Quantity.Known(0),
            Basis = extract.Confidentiality == Confidentiality.Public ? null : new Basis(counts.GroupTotal(index), counts.Total),
        };
        var points = TwoGroups.WhyUndefined(x, y, comparesUnits: true) is { } reason
            ? [template with { Value = Quantity.Undefined(reason) }]
            : CurvePoints.Of(template, Measure.Segregation.SegregationCurve.Of(x, y).Select(point => (point.Others, point.Group)));
        return new Results(points, counts.Confidentiality, counts.Provenance);
    }

    private static SegregationChoices Of(SegregationChoices? choices, IReadOnlyList<string>? groups, string? total, string? group,
        string? count)
    {
        choices ??= new SegregationChoices();
        return choices with
        {
            Groups = groups ?? choices.Groups,
            Total = total ?? choices.Total,
            Group = group ?? choices.Group,
            Count = count ?? choices.Count,
        };
    }

    private static GroupCounts Merged(Extract extract, GroupCounts counts, string division)
    {
        var own = extract.Schema.Region
            ?? throw new CallException("The schema does not say in which division the units are: give it a region such as sdo14.");
        return own == division ? counts : counts.Merge(Geography.Stockholm.Crosswalk(own, division).Find, $"{own} till {division}");
    }
}
