using System.Collections.Immutable;
using System.Globalization;
using Analys.Measure.Inference;

namespace Analys.Measure.Segregation.Change;

/// <summary>Uncertainty and tests for any measure of the catalogue, local and spatial ones too, through one seeded interface.</summary>
/// <remarks>
/// A register counts everybody: the bootstrap then speaks of chance in who happens to live where under the same conditions, not of a
/// sample. Measures are made ready first (<see cref="SegregationMeasure.Ready"/>). Derived records carry the measure's id with
/// <c>-bias</c>, <c>-expected</c>, <c>-p-value</c>, <c>-p-adjusted</c> or <c>-difference</c>.
/// </remarks>
internal static class SegregationInference
{
    /// <summary>What is said where percentile intervals are refused.</summary>
    public const string RefusalNote =
        "percentile intervals refused where resampling moves a figure by more than a quarter of its error: --interval basic";

    /// <summary>What is said where no interval of D or of the Gini index is given.</summary>
    public const string ChanceNote =
        "no interval where chance alone would give more than half of D (35 % for the Gini index), or moves the index by more than "
            + "four errors: test it (--null independence), or take larger units";

    /// <summary>What is said where a group has too few members in a unit.</summary>
    public const string FewNote =
        "no interval of hutchens and atkinson where the smaller group has fewer than ten members a unit: take H, or larger units";

    /// <summary>Point values with standard errors and intervals from a bootstrap over cells, and the bias that resampling shows.</summary>
    /// <param name="measures">The measures, made ready.</param>
    /// <param name="counts">Whole counts; fractional ones give undefined uncertainty with the reason.</param>
    /// <param name="options">Replicates, seed, level.</param>
    public static Results Bootstrap(IEnumerable<SegregationMeasure> measures, GroupCounts counts, ResamplingOptions options)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(options);
        var set = new MeasureSet(measures, counts, options.Pairs);
        var values = set.Evaluate(counts);
        var refusal = Resampler.WhyNot(counts);
        var replicates = refusal is null ? Resampler.Bootstrap(set, counts, options) : null;
        var moved = new Lazy<double?[]>(() => set.Moved(counts, values));
        var rows = new List<Result>();
        var interval = options.Interval == IntervalKind.Basic ? "basic" : "percentile";
        Same<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> procedure = new(own => With(own,
            options)), complete = new(own => procedure.Of(own).Add("interval", interval).Add("level", Text(options.Level)));
        var bias = new Same<Definition, Definition>(measure => Definition(measure, "bias"));
        bool refused = false, byChance = false, few = false;
        foreach (var (measure, figure, i) in set.All)
        {
            var result = CellInfluence.With(measure.ToResult(counts, figure, values[i]), () => moved.Value[i]);
            if (replicates is null)
            {
                rows.Add(result);
                rows.Add(Derived(result, "bias", Quantity.Undefined(refusal!)));
                continue;
            }

            var known = ReplicateSummary.Known(replicates[i]);
            var parameters = complete.Of(result.Parameters);
            if (!values[i].HasNumber || known.Length < 2)
            {
                rows.Add(result with { Parameters = parameters });
                rows.Add(Derived(result, "bias", values[i].HasNumber ? Quantity.Undefined("fewer than two replicates are defined")
                    : values[i]));
                continue;
            }

            var error = Replicates.StandardDeviation(known);
            if (options.Interval == IntervalKind.Percentile && ReplicateSummary.IsBiased(values[i].Number, known, error))
            {
                rows.Add(result with { Parameters = parameters.SetItem("interval", ReplicateSummary.Refused), StandardError = error });
                refused = true;
            }
            else if (options.Interval == IntervalKind.Basic && measure.HasTooFew(counts, figure))
            {
                rows.Add(result with
                {
                    Parameters = parameters.SetItem("interval", ReplicateSummary.RefusedByFew),
                    StandardError = error,
                });
                few = true;
            }
            else if (options.Interval == IntervalKind.Basic && measure.HasCorrected
                && ReplicateSummary.IsBiased(values[i].Number, known, error))
            {
                var own = measure.CorrectedOf(counts, figure, values[i].Number, options);
                rows.Add(result with
                {
                    Parameters = parameters.SetItem("interval", own?.Way ?? "refused"),
                    StandardError = error,
                    Lower = own?.Lower,
                    Upper = own?.Upper,
                });
                byChance |= own?.Way == ReplicateSummary.RefusedByChance;
            }
            else
            {
                var (lower, upper) = ReplicateSummary.Interval(values[i].Number, known, options, measure.Definition.Range);
                rows.Add(result with { Parameters = parameters, StandardError = error, Lower = lower, Upper = upper });
            }

            rows.Add(result with
            {
                Measure = bias.Of(result.Measure),
                Parameters = procedure.Of(result.Parameters),
                Value = Quantity.Known(known.Average() - values[i].Number),
            });
        }

        return new Results(rows, counts.Confidentiality,
            counts.Provenance.With($"bootstrap over cells, {options.Replicates} replicates, seed {options.Seed}"
                + (refused ? "; " + RefusalNote : "") + (byChance ? "; " + ChanceNote : "") + (few ? "; " + FewNote : "")));
    }

    /// <summary>The figures of a measure that draws itself, with its own errors and intervals.</summary>
    /// <param name="measure">The measure, made ready.</param>
    /// <param name="plain">Its figures.</param>
    /// <param name="counts">The counts.</param>
    /// <param name="options">Replicates, seed, level.</param>
    public static Results OwnIntervals(TwoGroupMeasure measure, Results plain, GroupCounts counts, ResamplingOptions options)
    {
        var figures = measure.Figures(counts, options.Pairs);
        var refusal = Resampler.WhyNot(counts);
        return new Results(plain.Select((row, i) =>
        {
            var interval = refusal is null && row.Value.HasNumber ? measure.IntervalOf(counts, figures[i], row.Value.Number, options)
                : null;
            if (interval is null) return row;
            var range = measure.Definition.Range;
            return row with
            {
                Parameters = With(row, options).SetItem("interval", interval.Way).SetItem("level", Text(options.Level)),
                StandardError = interval.StandardError,
                Lower = interval.Lower is { } lower ? Math.Clamp(lower, range.Min, range.Max) : null,
                Upper = interval.Upper is { } upper ? Math.Clamp(upper, range.Min, range.Max) : null,
            };
        }), plain.Confidentiality, plain.Provenance);
    }

    /// <summary>One sample against a null model: what chance would give, and p = (r + 1) / (n + 1); local figures also with false discovery
    /// control.</summary>
    /// <param name="measures">The measures, made ready.</param>
    /// <param name="counts">Whole counts (fractional ones only for the geographic model).</param>
    /// <param name="model">The null model.</param>
    /// <param name="options">Replicates, seed, tail.</param>
    public static Results Test(IEnumerable<SegregationMeasure> measures, GroupCounts counts, NullModel model, ResamplingOptions options)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(options);
        var set = new MeasureSet(measures, counts, options.Pairs);
        var values = set.Evaluate(counts);
        var refusal = model == NullModel.Geographic ? null : Resampler.WhyNot(counts);
        var replicates = refusal is null ? Resampler.Null(set, counts, model, options) : null;
        var moved = new Lazy<double?[]>(() => set.Moved(counts, values));
        var rows = new List<Result>();
        foreach (var ofMeasure in set.All.GroupBy(item => (item.Measure, item.Figure.Group, item.Figure.Reference)))
        {
            var tail = options.Tail ?? ofMeasure.Key.Measure.NaturalTail;
            var tested = new List<Result>();
            foreach (var (measure, figure, i) in ofMeasure)
            {
                var result = CellInfluence.With(measure.ToResult(counts, figure, values[i]), () => moved.Value[i]);
                result = result with { Parameters = With(result, options).Add("null", Name(model)) };
                var known = replicates is null ? [] : ReplicateSummary.Known(replicates[i]);
                var why = !values[i].HasNumber ? values[i] : refusal is not null ? Quantity.Undefined(refusal)
                    : Quantity.Undefined("no replicate is defined");
                var defined = values[i].HasNumber && known.Length > 0;
                rows.Add(Derived(result, "expected", defined ? Quantity.Known(known.Average()) : why) with
                {
                    StandardError = defined && known.Length > 1 ? Replicates.StandardDeviation(known) : null,
                });
                result = result
                    with
                {
                    Parameters =
                        result.Parameters.Add("tail", tail switch { Tail.Greater => "greater", Tail.Less => "less", _ => "two-sided" })
                };
                tested.Add(Derived(result, "p-value", defined ? Quantity.Known(ReplicateSummary.P(values[i].Number, known, tail)) : why));
            }

            rows.AddRange(tested);
            if (ofMeasure.Any(item => item.Figure.Unit is not null)) rows.AddRange(Adjusted(tested));
        }

        return new Results(rows, counts.Confidentiality,
            counts.Provenance.With($"null model {Name(model)}, {options.Replicates} replicates, seed {options.Seed}"));
    }

    /// <summary>A record derived from a measure's.</summary>
    internal static Result Derived(Result result, string what, Quantity value) => result with
    {
        Measure = Definition(result.Measure, what),
        UnitOverride = what.StartsWith("p-", StringComparison.Ordinal) ? Units.Share : result.UnitOverride,
        // A p-value is a rank among draws: it tells of counts no more than that.
        Basis = what.StartsWith("p-", StringComparison.Ordinal) && result.Basis is { } basis
            ? basis with { Tells = Tells.Counts, Influence = null } : result.Basis,
        Value = value,
    };

    /// <summary>The parameters of a record with those of the procedure.</summary>
    internal static ImmutableSortedDictionary<string, string> With(Result result, ResamplingOptions options) =>
        With(result.Parameters, options);

    private static ImmutableSortedDictionary<string, string> With(ImmutableSortedDictionary<string, string> own,
        ResamplingOptions options) =>
        own.SetItem("replicates", Text(options.Replicates)).SetItem("seed", options.Seed.ToString(CultureInfo.InvariantCulture));

    internal static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    internal static string Name(NullModel model) => model.ToString().ToLowerInvariant();

    private static IEnumerable<Result> Adjusted(List<Result> tested)
    {
        var defined = tested.Where(result => result.Value.HasNumber).ToList();
        var adjusted = FalseDiscovery.Adjust([.. defined.Select(result => result.Value.Number)]);
        return defined.Select((result, i) => result with
        {
            Measure = result.Measure with
            {
                Id = result.Measure.Id.Replace("-p-value", "-p-adjusted", StringComparison.Ordinal),
                Name = result.Measure.Name + ", adjusted for false discoveries",
                Swedish = result.Measure.Swedish + ", justerat för falska fynd",
            },
            Value = Quantity.Known(adjusted[i]),
        });
    }

    private static Definition Definition(Definition measure, string what) => what switch
    {
        "bias" => measure with
        {
            Id = measure.Id + "-bias",
            Name = measure.Name + ": bias",
            Swedish = measure.Swedish + ": skevhet",
            Formula = "mean of replicates − value",
            Range = ValueRange.Any
        },
        "expected" => measure with
        {
            Id = measure.Id + "-expected",
            Name = measure.Name + ": expected by chance",
            Swedish = measure.Swedish + ": väntat av slumpen",
            Formula = "mean of replicates under the null model"
        },
        "difference" => measure with
        {
            Id = measure.Id + "-difference",
            Name = measure.Name + ": difference",
            Swedish = measure.Swedish + ": skillnad",
            Formula = "second − first",
            Range = ValueRange.Any
        },
        _ => measure with
        {
            Id = measure.Id + "-p-value",
            Name = measure.Name + ": p-value",
            Swedish = measure.Swedish + ": p-värde",
            Formula = "(r + 1) / (n + 1)",
            Range = ValueRange.Unit,
            Unit = Units.Share
        },
    };
}

/// <summary>How an interval is made from replicates θ* of an estimate θ.</summary>
internal enum IntervalKind
{
    /// <summary>Percentiles of 2θ − θ*: each replicate is freed from the bias that resampling adds, as R's segregation does. D, Gorard's
    /// index and min-max take the interval of the bias-corrected D where resampling moves them by more than a quarter of their
    /// error.</summary>
    Basic,

    /// <summary>Percentiles of θ*. Refused where resampling moves the figure, since they then lie beside it: in 100 units of 40 those of D
    /// cover 1 %, in units of 200 67 %, in units of 1 000 89 % (200 simulated cities each; basic intervals 88, 92 and 92 %).</summary>
    Percentile,
}

/// <summary>What would be so if there were no segregation, or no pattern.</summary>
internal enum NullModel
{
    /// <summary>Unit and group are independent, both margins are those observed.</summary>
    Independence,

    /// <summary>Persons are shuffled over the places: the same distribution as <see cref="Independence"/>.</summary>
    Persons,

    /// <summary>Each group's members are dealt out over the units with chances as the units are large: group sizes are those observed, unit
    /// sizes only on average.</summary>
    Allocation,

    /// <summary>Units with their inhabitants are shuffled over the positions; only measures that know where units lie can change.</summary>
    Geographic,
}

/// <summary>Which replicates count as at least as extreme as what was observed.</summary>
internal enum Tail
{
    /// <summary>Those at least as large.</summary>
    Greater,

    /// <summary>Those at most as large.</summary>
    Less,

    /// <summary>Those at least as far from the replicates' mean.</summary>
    TwoSided,
}

/// <summary>How a resampling procedure runs. The same options give the same result on any number of threads.</summary>
internal sealed record ResamplingOptions
{
    /// <summary>The number of replicates, at least 1; two or more for intervals.</summary>
    public int Replicates { get; init; } = 999;

    /// <summary>The seed.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The coverage of intervals.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>How intervals are made.</summary>
    public IntervalKind Interval { get; init; }

    /// <summary>The tail of tests; null for what the measure itself says.</summary>
    public Tail? Tail { get; init; }

    /// <summary>Whether pairs of groups are compared too.</summary>
    public bool Pairs { get; init; }

    /// <summary>Stops between replicates.</summary>
    public CancellationToken Cancel { get; init; }
}
