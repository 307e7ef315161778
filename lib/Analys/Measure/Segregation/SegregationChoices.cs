using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure;
using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Activity;
using Analys.Measure.Segregation.Change;

namespace Analys;

/// <summary>The choices of a study of segregation, each in the words of the command's option of the same name.</summary>
/// <remarks>A choice that is not understood is an <see cref="ArgumentException"/> when the study runs, and the message names the
/// option.</remarks>
public sealed record SegregationChoices
{
    /// <summary>Long table: the column of the group.</summary>
    public string? Group { get; init; }

    /// <summary>Long table: the column of the count.</summary>
    public string? Count { get; init; }

    /// <summary>Wide table: the columns of the groups; each is measured against the rest.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Wide table: the column of all persons; null for the sum of the groups.</summary>
    public string? Total { get; init; }

    /// <summary>Columns of the areas that units lie in, the largest first: each area its own reference, and M and H within and
    /// between.</summary>
    public IReadOnlyList<string> Within { get; init; } = [];

    /// <summary>Long table: the groups in their order, for ordinal measures; empty for the schema's categories, numbers in theirs, else as
    /// the file first has them.</summary>
    public IReadOnlyList<string> GroupOrder { get; init; } = [];

    /// <summary>Whether each group is compared with each other group too.</summary>
    public bool Pairs { get; init; }

    /// <summary>Options of measures by name (<c>b</c>, <c>base</c>, <c>kernel</c>, …), for all measures that have them.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Bootstrap replicates: standard error, interval and bias; null for none (999 where only <see cref="Null"/> is
    /// given).</summary>
    public int? Replicates { get; init; }

    /// <summary>The seed of every random procedure.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The coverage of intervals, between 0 and 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary><c>basic</c> (freed from the bias of resampling) or <c>percentile</c>.</summary>
    public string Interval { get; init; } = "basic";

    /// <summary>A null model to test against: <c>independence</c>, <c>persons</c> or <c>geographic</c>; null for no test.</summary>
    public string? Null { get; init; }

    /// <summary><c>greater</c>, <c>less</c> or <c>two-sided</c>; null for what the measure itself says.</summary>
    public string? Tail { get; init; }

    /// <summary>A table that carries the counts over to another division first: from, to, and the persons (or part) by which an old area is
    /// shared out; null for none.</summary>
    public Extract? Crosswalk { get; init; }

    /// <summary>The column of another place where the same persons spend their days (school): segregation in home and that place at once,
    /// in the place of measures of one place; null for none.</summary>
    public string? Activity { get; init; }

    /// <summary>With <see cref="Activity"/>: the share of time at home, 0 to 1.</summary>
    public double HomeTime { get; init; } = 0.5;

    /// <summary>Distances along a network: from, to, distance in metres; measures that go by distances can then be asked for. Null for
    /// none.</summary>
    public Extract? Distances { get; init; }

    /// <summary>The columns that rows are divided by, and those that are added up.</summary>
    /// <exception cref="CallException">The columns do not make a wide or a long table.</exception>
    internal (string[] Keys, string[] Sums) Columns(string unit)
    {
        if (new[] { unit, Group, Count, Total }.Concat(Groups).Concat(Within).OfType<string>()
            .GroupBy(name => name).FirstOrDefault(named => named.Count() > 1) is { } twice)
        {
            throw new CallException(
                $"The column {twice.Key} is named twice: the unit, the group, the count, the total and the areas are columns of their "
                    + "own.");
        }

        if (Groups.Count > 0)
        {
            if (Group is not null || Count is not null)
                throw new CallException("Give --groups for a wide table or --group and --count for a long one, not both.");
            if (GroupOrder.Count > 0)
                throw new CallException("--group-order belongs to a long table; in a wide one the groups stand in the order of --groups.");
            return ([.. Within, unit], [.. Groups, .. new[] { Total }.OfType<string>()]);
        }

        if (Group is null || Count is null)
            throw new CallException("Give --groups A,B for a wide table, or --group and --count for a long one.");
        if (Total is not null)
            throw new CallException("--total belongs to a wide table; in a long one the total is the sum of the groups.");
        return ([.. Within, unit, Group], [Count]);
    }

    /// <summary>The figures of activity spaces.</summary>
    /// <exception cref="CallException">Something else is asked for that they do not go with.</exception>
    internal Results Spaces(Extract extract, string unit)
    {
        if (HomeTime is not (>= 0 and <= 1)) throw new CallException("--home-time is from 0 to 1.");
        return Crosswalk is null && Within.Count == 0 && Replicates is null && Null is null && Distances is null
            ? ActivitySpaces.Of(GroupCountsReader.Joint(extract, unit, Activity!, this), HomeTime)
            : throw new CallException("--activity stands without --crosswalk, --distances, --within, --compare, --replicates and --null.");
    }

    /// <summary>Carries counts over to the other division of <see cref="Crosswalk"/>, if there is one.</summary>
    /// <exception cref="CallException">Areas that units lie in are asked for too.</exception>
    internal Func<NestedCounts, NestedCounts> Mover()
    {
        if (Crosswalk is null) return read => read;
        if (Within.Count > 0) throw new CallException("--crosswalk and --within exclude each other.");
        var links = CountCrosswalk.Links(Crosswalk);
        // A table whose units are not those of the key is one of the new division already.
        return read => !read.Counts.Units.Any(name => links.Any(link => link.From == name)) ? read : read with
        {
            Counts = CountCrosswalk.Apply(read.Counts, links, "counts carried over to another division by a table of parts"),
        };
    }

    /// <summary>The counts.</summary>
    internal NestedCounts Counts(Extract extract, string unit)
    {
        _ = Columns(unit);
        var counts = Groups.Count > 0
            ? GroupCountsReader.Wide(extract, unit, Groups, Total, Within)
            : GroupCountsReader.Long(extract, unit, Group!, Count!, Within, GroupOrder.Count > 0 ? GroupOrder : null);
        return counts with { Columns = new CountColumns(RoleGuess.Known(extract[unit].Field), Count ?? Total) };
    }

    /// <summary>The table as one for each of its periods: nothing is added up over years unless that is asked for.</summary>
    internal IReadOnlyList<(string? Period, Extract Extract)> ByPeriod(Extract extract, string unit)
    {
        var (keys, sums) = Columns(unit);
        return Periods.Split(extract, keys, sums, nameOne: true);
    }

    /// <summary>Figures of one of a table's periods.</summary>
    internal static Results Of(string? period, Results results) => period is null ? results
        : new Results(results.Select(result => result with { Period = period }), results.Confidentiality, results.Provenance);

    /// <summary>How figures are computed.</summary>
    /// <exception cref="CallException">A choice is not understood.</exception>
    internal SegregationRun Run(CancellationToken cancel)
    {
        if (Replicates is < 2 or > 1_000_000) throw new CallException("--replicates must be from 2 to 1000000.");
        if (Level is not (> 0 and < 1)) throw new CallException("--level must be above 0 and below 1.");
        NullModel? nullModel = Null is null ? null : Choice.Of<NullModel>(Null, "--null");
        return new SegregationRun(Replicates is not null, nullModel, new ResamplingOptions
        {
            Replicates = Replicates ?? 999,
            Seed = Seed,
            Level = Level,
            Interval = Choice.Of<IntervalKind>(Interval, "--interval"),
            Tail = Tail is null ? null : Choice.Of<Tail>(Tail.Replace("-", "", StringComparison.Ordinal), "--tail"),
            Pairs = Pairs,
            Cancel = cancel,
        });
    }

    /// <summary>The measures of these ids, each with its options.</summary>
    /// <param name="ids">Ids, options after colons (<c>atkinson:b=0.9</c>); none, or <c>all</c>, for all.</param>
    /// <param name="withGeography">Whether it is known where the units lie.</param>
    /// <exception cref="CallException">An id or an option is not known.</exception>
    internal IReadOnlyList<(SegregationMeasure Measure, MeasureArguments Arguments)> Measures(IReadOnlyList<string> ids, bool withGeography)
    {
        var arguments = MeasureArguments.None;
        foreach (var (name, value) in Options) arguments = arguments.With(name, value);
        var chosen = new List<(SegregationMeasure, MeasureArguments)>();
        foreach (var asked in ids.Count > 0 ? ids : ["all"])
        {
            if (asked == "all")
            {
                chosen.AddRange(SegregationMeasures.All.Where(measure => withGeography || !measure.NeedsGeography)
                    .Select(measure => (measure, arguments)));
                continue;
            }

            var parts = asked.Split(':', StringSplitOptions.TrimEntries);
            var found = SegregationMeasures.Find(parts[0]).ToList();
            if (found.Count == 0)
                throw Analys.Measures.Unknown(parts[0], SegregationMeasures.Ids);
            var own = arguments;
            foreach (var part in parts.Skip(1))
            {
                var pair = part.Split('=', 2);
                if (pair.Length < 2 || !found.Any(measure => measure.Options.Any(option => option.Name == pair[0])))
                {
                    throw new CallException($"{parts[0]} has no option {pair[0]}. Write {parts[0]}:NAME=VALUE.");
                }

                own = own.With(pair[0], pair[1]);
            }

            chosen.AddRange(found.Select(measure => (measure, own)));
        }

        return chosen;
    }
}
