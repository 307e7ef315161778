using Analys.Measure.Inference;

namespace Analys.Measure.Segregation.Change;

/// <summary>Two tables with the same groups compared: two years of one city, or two cities.</summary>
/// <remarks>
/// The interval is from independent bootstraps of both. The test shuffles which table a unit belongs to: where both have the same units,
/// each unit's two rows change places with chance one half (paired); otherwise all units are pooled and dealt out anew.
/// </remarks>
internal static class TwoSamples
{
    /// <summary>The differences second − first, with standard error and interval, and p-values.</summary>
    /// <param name="measures">The measures, made ready for either table; only figures for the whole are compared.</param>
    /// <param name="first">The first table.</param>
    /// <param name="second">The second table, with the same groups in the same order.</param>
    /// <param name="options">Replicates, seed, level.</param>
    /// <exception cref="CountException">The groups differ.</exception>
    public static Results Compare(IEnumerable<SegregationMeasure> measures, GroupCounts first, GroupCounts second,
        ResamplingOptions options)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(options);
        if (!first.Groups.SequenceEqual(second.Groups))
            throw new CountException("The two tables must have the same groups in the same order.");
        if (first.Units.Length == second.Units.Length && first.Units.Distinct().Count() == first.Units.Length
            && first.Units.ToHashSet().SetEquals(second.Units))
        {
            // The same units in another order, as an engine may give them, are the same units.
            var place = second.Units.Select((unit, i) => (unit, i)).ToDictionary(pair => pair.unit, pair => pair.i);
            second = second.Select([.. first.Units.Select(unit => place[unit])]);
        }

        var paired = first.Units.SequenceEqual(second.Units);
        List<SegregationMeasure> global =
            [.. measures.Where(measure => measure.Figures(first, options.Pairs).All(figure => figure.Unit is null)
                && (paired || !measure.NeedsGeography))];
        var set = new MeasureSet(global, first, options.Pairs);
        Quantity[] before = set.Evaluate(first), after = set.Evaluate(second);
        var refusal = Resampler.WhyNot(first) ?? Resampler.WhyNot(second);
        var replicatesBefore = refusal is null ? Resampler.Bootstrap(set, first, options) : null;
        // A stream of its own for the second table: seeds of neighbouring calls must not share draws.
        var replicatesAfter = refusal is null ? Resampler.Bootstrap(set, second, options with { Seed = ~options.Seed }) : null;
        var moved = new Lazy<(double?[] Before, double?[] After)>(() => (set.Moved(first, before), set.Moved(second, after)));
        var shuffled = Shuffled(set, first, second, paired, options);
        var rows = new List<Result>();
        foreach (var (measure, figure, i) in set.All)
        {
            var result = measure.ToResult(second, figure, after[i]);
            result = result with
            {
                Parameters = SegregationInference.With(result, options).Add("labels", paired ? "paired" : "pooled"),
                N = first.Total + second.Total,
                Basis = new Basis(null, Math.Min(first.Total, second.Total)),
            };
            result = CellInfluence.With(result, () =>
                moved.Value.Before[i] is { } early && moved.Value.After[i] is { } late ? early + late : null);
            if (!before[i].HasNumber || !after[i].HasNumber)
            {
                var why = before[i].HasNumber ? after[i] : before[i];
                rows.Add(SegregationInference.Derived(result, "difference", why));
                continue;
            }

            var difference = after[i].Number - before[i].Number;
            var record = SegregationInference.Derived(result, "difference", Quantity.Known(difference));
            if (replicatesBefore is not null)
            {
                double[] known = [.. replicatesAfter![i].Zip(replicatesBefore[i], (late, early) => late - early).Where(double.IsFinite)];
                if (known.Length > 1)
                {
                    var error = Replicates.StandardDeviation(known);
                    var refused = options.Interval == IntervalKind.Percentile && ReplicateSummary.IsBiased(difference, known, error);
                    var (lower, upper) = ReplicateSummary.Interval(difference, known, options, ValueRange.Any);
                    record = record with
                    {
                        StandardError = error,
                        Lower = refused ? null : lower,
                        Upper = refused ? null : upper,
                        Parameters = record.Parameters.Add("interval", refused ? ReplicateSummary.Refused
                            : options.Interval == IntervalKind.Basic ? "basic" : "percentile")
                        .Add("level", SegregationInference.Text(options.Level)),
                    };
                }
            }

            rows.Add(record);
            var labels = ReplicateSummary.Known(shuffled[i]);
            // Under exchangeable labels differences lie symmetric about zero.
            rows.Add(SegregationInference.Derived(result, "p-value",
                Quantity.Known(ReplicateSummary.P(Math.Abs(difference), [.. labels.Select(Math.Abs)], options.Tail ?? Tail.Greater))) with
            {
                Measure = SegregationInference.Derived(record, "p-value", record.Value).Measure,
            });
        }

        return new Results(rows, (Confidentiality)Math.Min((int)first.Confidentiality, (int)second.Confidentiality),
            first.Provenance.Merge(second.Provenance)
            .With($"two tables compared, {options.Replicates} replicates, seed {options.Seed}"));
    }

    private static double[][] Shuffled(MeasureSet set, GroupCounts first, GroupCounts second, bool paired, ResamplingOptions options)
    {
        var units = first.Units.Length;
        var byName = DrawOrder.Of(first).Units;
        // Pooled units have no place of their own; paired ones keep theirs, for measures that know where they lie.
        int[] start = paired ? [.. Enumerable.Range(0, 2 * units)]
            : [.. byName, .. DrawOrder.Of(second).Units.Select(unit => units + unit)];
        var rows = Replicates.Run(options.Replicates, options.Seed, () => new Quantity[set.Count], (random, values) =>
        {
            var order = start.ToArray();
            if (!paired) random.Shuffle<int>(order);
            for (var i = 0; paired && i < units; i++)
            {
                var unit = byName[i];
                if (random.NextUInt64() >> 63 == 1) (order[unit], order[units + unit]) = (order[units + unit], order[unit]);
            }

            var early = set.Numbers(Dealt(first, first, second, order.AsSpan(0, units)), values);
            var late = set.Numbers(Dealt(second, first, second, order.AsSpan(units)), values);
            return late.Zip(early, (a, b) => a - b).ToArray();
        }, options.Cancel);
        return [.. Enumerable.Range(0, set.Count).Select(figure => rows.Select(row => row[figure]).ToArray())];
    }

    private static GroupCounts Dealt(GroupCounts shape, GroupCounts first, GroupCounts second, ReadOnlySpan<int> order)
    {
        int groups = first.Groups.Length, units = first.Units.Length;
        var cells = new double[order.Length * groups];
        var totals = shape.HasSeparateTotals ? new double[order.Length] : null;
        for (var i = 0; i < order.Length; i++)
        {
            var (table, unit) = order[i] < units ? (first, order[i]) : (second, order[i] - units);
            table.Unit(unit).CopyTo(cells.AsSpan(i * groups));
            if (totals is not null) totals[i] = table.Totals[unit];
        }

        return shape.Replicate(cells, totals);
    }
}

/// <summary>What replicates say of an estimate.</summary>
internal static class ReplicateSummary
{
    // Values computed in another order differ in the last digits: they are ties, not smaller or larger.
    private const double Tie = 1e-12;

    /// <summary>The replicates in which the figure exists.</summary>
    public static double[] Known(double[] replicates) => Array.TrueForAll(replicates, double.IsFinite) ? replicates
        : Array.FindAll(replicates, double.IsFinite);

    /// <summary>The interval, within the range of the measure.</summary>
    public static (double Lower, double Upper) Interval(double estimate, double[] known, ResamplingOptions options, ValueRange range)
    {
        double[] sorted = [.. known];
        Array.Sort(sorted);
        var tail = (1 - options.Level) / 2;
        double low = Replicates.Quantile(sorted, tail), high = Replicates.Quantile(sorted, 1 - tail);
        if (options.Interval == IntervalKind.Basic) (low, high) = ((2 * estimate) - high, (2 * estimate) - low);
        return (Math.Clamp(low, range.Min, range.Max), Math.Clamp(high, range.Min, range.Max));
    }

    /// <summary>What the record says of an interval that is refused.</summary>
    public const string Refused = "percentile refused: bias";

    /// <summary>What the record says of an interval of D that is refused since D is mostly chance.</summary>
    public const string RefusedByChance = "refused: chance";

    /// <summary>What the record says of an interval that is refused since a group has few members in a unit.</summary>
    public const string RefusedByFew = "refused: few members";

    // A shift of a quarter of the error takes a 95 % interval to 94 %; twice that to 92 %, and the bias of D has no bound.
    private const double MostBias = 0.25;

    /// <summary>Whether resampling moves a figure so far that percentiles of the replicates lie beside it.</summary>
    public static bool IsBiased(double estimate, double[] known, double error)
    {
        var shift = Math.Abs(known.Average() - estimate);
        return shift > MostBias * error && shift > Tie * Math.Max(1, Math.Abs(estimate));
    }

    /// <summary>p = (r + 1) / (n + 1), r the replicates at least as extreme.</summary>
    public static double P(double observed, double[] known, Tail tail)
    {
        var mean = known.Length == 0 ? 0 : known.Average();
        var tie = Tie * Math.Max(1, Math.Abs(observed));
        var extreme = known.Count(value => tail switch
        {
            Tail.Greater => value >= observed - tie,
            Tail.Less => value <= observed + tie,
            _ => Math.Abs(value - mean) >= Math.Abs(observed - mean) - tie,
        });
        return (extreme + 1.0) / (known.Length + 1.0);
    }
}

/// <summary>The error and the interval of a figure that is not evaluated on replicates but draws itself.</summary>
/// <param name="StandardError">The standard deviation of its draws.</param>
/// <param name="Lower">The lower end; null where the interval is refused.</param>
/// <param name="Upper">The upper end.</param>
/// <param name="Way">How it was made, or why it was not, for the record.</param>
internal sealed record OwnInterval(double StandardError, double? Lower, double? Upper, string Way)
{
    /// <summary>The percentiles of draws.</summary>
    /// <param name="draws">At least two.</param>
    /// <param name="level">The coverage.</param>
    /// <param name="way">How they were made.</param>
    public static OwnInterval Percentiles(double[] draws, double level, string way)
    {
        double[] sorted = [.. draws.Order()];
        var tail = (1 - level) / 2;
        return new(Replicates.StandardDeviation(draws), Replicates.Quantile(sorted, tail), Replicates.Quantile(sorted, 1 - tail), way);
    }
}
