using Analys.Measure.Income;
using Analys.Measure.Inference;
using MathNet.Numerics.Distributions;

namespace Analys.Measure.Study;

/// <summary>Puts standard errors and intervals beside the values of a plan.</summary>
internal sealed class StudyEstimator(StudyPlan plan, Quantity[] values)
{
    private readonly Uncertainty how = plan.Study.Uncertainty;
    private readonly List<Derived> derived = ComparisonPlan.Of(plan);
    private readonly double z = Normal.InvCDF(0, 1, 1 - ((1 - plan.Study.Uncertainty.Level) / 2));

    /// <summary>All records, values first, comparisons after them.</summary>
    public IEnumerable<Result> Rows(CancellationToken cancel)
    {
        var points = Append([.. values.Select(Number)]);
        var bases = Bases();
        var records = values.Select((value, i) => StudyRecords.Of(plan, plan.Estimates[i], value) with { Basis = bases[i] })
            .Concat(derived.Select((figure, i) => StudyRecords.Of(plan, figure, points[values.Length + i])
                with
            { Basis = Together(figure, points, bases) })).ToArray();
        switch (how.Method)
        {
            case IntervalMethod.Bootstrap: Replicated(records, points, plan.Source.Replicates(plan, cancel), percentile: true); break;
            case IntervalMethod.ReplicateWeights:
                Replicated(records, points, plan.Source.ReplicateWeights(plan, cancel), percentile: false);
                break;
            case IntervalMethod.Linearised: Linearised(records); break;
            case IntervalMethod.Wilson: Scored(records); break;
        }

        return records;
    }

    // Errors of replicates and clusters are sums over households, whatever the value is.
    private bool HasErrorsOfHouseholds => how.Method is IntervalMethod.Bootstrap or IntervalMethod.ReplicateWeights
        or IntervalMethod.Linearised;

    // The basis of each figure; how far a household moves its value is found out when a release asks.
    private Basis[] Bases()
    {
        var bases = plan.Estimates.Select(estimate => StudyRecords.Basis(plan, estimate)).ToArray();
        if (plan.Study.Persons.Confidentiality == Confidentiality.Public) return bases;
        var weighted = Enumerable.Range(0, bases.Length).Where(i => bases[i].Tells == Tells.Counts && !IsOfCounts(values[i], bases[i]))
            .Select(i => plan.Estimates[i].Measure).ToHashSet();
        for (var i = 0; i < bases.Length; i++)
            if (weighted.Contains(plan.Estimates[i].Measure)) bases[i] = bases[i] with { IsWeighted = true, Exchange = Exchange(i) };
        var open = Enumerable.Range(0, bases.Length)
            .Where(i => (bases[i].Tells != Tells.Counts || HasErrorsOfHouseholds) && values[i].HasNumber).ToArray();
        var reach = plan.Source.Reach(plan, values, open, [.. bases]);
        for (var k = 0; k < open.Length; k++) bases[open[k]] = bases[open[k]] with { Later = reach[k] };
        return bases;
    }

    // A share or a number of persons says no more than the persons counted. Where weights differ it says how many of each weight are
    // poor: with weights of two strata, 28.5 are nine of 2.5 and four of 1.5.
    private static bool IsOfCounts(Quantity value, Basis basis) => !value.HasNumber || basis.Numerator is not { } counted
        || IsSame(value.Number, counted) || (basis.Denominator > 0 && IsSame(value.Number, counted / basis.Denominator));

    // How far a weighted share is left open: one person in the place of another whose weight is as far from it as weights of two strata
    // are, √(n/n* − 1) being their coefficient of variation. Two strata of which the smaller has a fifteenth of the persons differ by four
    // standard deviations. Every source has these sums.
    private double Exchange(int i)
    {
        var (n, effective) = ((double)plan.Estimates[i].Behind.Count, plan.Estimates[i].Sums.EffectiveCount);
        if (!(n > 0) || !(effective > 0)) return 0;
        var variation = (n / effective) - 1;
        return variation > 1e-9 ? 4 * Math.Sqrt(variation) / n : 0;
    }

    private static bool IsSame(double a, double b) => Math.Abs(a - b) <= 1e-12 * Math.Max(1, Math.Abs(b));

    // What follows from several figures moves with each of them: the sum of what each can move it by.
    private Basis Together(Derived figure, double[] points, Basis[] bases)
    {
        var of = plan.Estimates[figure.Of];
        var basis = figure.Basis! with
        {
            IsComparison = true,
            Tells = of.Measure.Tells,
            Counted = null,
            Later = null,
            IsWeighted = bases[figure.Of].IsWeighted,
        };
        if ((basis.Tells == Tells.Counts && !basis.IsWeighted && !HasErrorsOfHouseholds)
            || !double.IsFinite(points[figure.Of])) return basis;
        return basis with { Later = new(() => Moved(figure, points, bases, basis)) };
    }

    private Basis Moved(Derived figure, double[] points, Basis[] bases, Basis basis)
    {
        var of = plan.Estimates[figure.Of];
        var shifted = points[..values.Length];
        var all = figure.Value(shifted);
        double Moved(Func<Basis, double> move)
        {
            var sum = 0.0;
            for (var i = 0; i < values.Length; i++)
            {
                if (plan.Estimates[i].Measure != of.Measure || move(bases[i].Complete) is not (> 0 and var by)) continue;
                var largest = 0.0;
                foreach (var sign in (ReadOnlySpan<int>)[-1, 1])
                {
                    shifted[i] = points[i] + (sign * by);
                    var other = figure.Value(shifted);
                    largest = Math.Max(largest, double.IsFinite(other) ? Math.Abs(other - all) : double.PositiveInfinity);
                }

                shifted[i] = points[i];
                sum += largest;
            }

            return sum;
        }

        return basis.Tells == Tells.Position
            ? basis with
            {
                Near = [.. Enumerable.Range(0, bases[figure.Of].Complete.Near.Length)
                .Select(k => Moved(one => k < one.Near.Length ? one.Near[k] : 0))]
            }
            : basis with
            {
                Influence = bases[figure.Of].Complete.Influence is null ? null
                : Moved(one => one.Influence ?? double.PositiveInfinity),
                Exchange = bases[figure.Of].Complete.Exchange is null ? null
                : Moved(one => one.Exchange ?? double.PositiveInfinity),
            };
    }

    private void Scored(Result[] records)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (Score(i) is { } score) records[i] = records[i].WithInterval(how, score.Error, score.Lower, score.Upper);
        }

        for (var d = 0; d < derived.Count; d++)
        {
            // Newcombe's interval of a difference of two shares; an area and a whole that it is part of are not independent, so it has
            // none.
            if (derived[d].Minus is not { } other || derived[d].Reference == Comparison.Whole) continue;
            if (Score(derived[d].Of) is not { } a || Score(other) is not { } b) continue;
            double p = values[derived[d].Of].Number, q = values[other].Number;
            records[values.Length + d] = records[values.Length + d].WithInterval(
                how,
                Math.Sqrt((a.Error * a.Error) + (b.Error * b.Error)),
                p - q - Math.Sqrt(Square(p - a.Lower) + Square(b.Upper - q)),
                p - q + Math.Sqrt(Square(a.Upper - p) + Square(q - b.Lower)));
        }
    }

    private void Linearised(Result[] records)
    {
        // A record's place, and what its variance is that of.
        var asked = new List<(int Record, int Of, int? Minus)>();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].HasNumber) asked.Add((i, i, null));
        }

        for (var d = 0; d < derived.Count; d++)
        {
            if (derived[d].Minus is { } other && values[derived[d].Of].HasNumber && values[other].HasNumber)
                asked.Add((values.Length + d, derived[d].Of, other));
        }

        var variances = plan.Source.Variances(plan, [.. asked.Select(figure => (figure.Of, figure.Minus))]);
        for (var i = 0; i < asked.Count; i++)
        {
            if (variances[i] is not { } spread || double.IsNaN(spread.Variance)) continue;
            var (record, of, minus) = asked[i];
            double error = Math.Sqrt(spread.Variance), value = records[record].Value.Number;
            var t = spread.Freedom < 1e6 ? StudentQuantile.Of(1 - ((1 - how.Level) / 2), spread.Freedom) : z;
            records[record] = minus is null ? Bounded(records[record], of, error, t * error)
                : records[record].WithInterval(how, error, value - (t * error), value + (t * error));
        }
    }

    // Within the bounds of the quantity. No spread at all is no certainty: where nobody is poor the headcount's interval bounds the figure,
    // and
    // elsewhere nothing is known of it.
    private Result Bounded(Result record, int i, double error, double half)
    {
        var (estimate, value) = (plan.Estimates[i], values[i].Number);
        var measure = estimate.Measure;
        if (measure.IsPoorShare)
        {
            var (from, to) = Design(i, error * error);
            return record.WithInterval(how, error, from, to);
        }

        if (measure.OfWhole && plan.Study.Lines[estimate.Line].Kind == Income.Poverty.LineKind.Fixed)
            return record.WithInterval(how, 0, value, value);
        if (NobodyPoor(i) is { } most) return record.WithInterval(how, null, 0, most);
        if (Known(estimate, value, error)) return Interval(record, measure, error, half, value);
        return record;
    }

    private Result Interval(Result record, IncomeMeasure measure, double error, double half, double value)
    {
        var range = measure.Within is { } within && value > within.Min && value < within.Max ? within : measure.Definition.Range;
        var (lower, upper) = BoundedInterval.Of(value, half, range);
        return record.WithInterval(how, error, lower, upper);
    }

    // One cluster, or clusters that do not differ, tell nothing of an error.
    private static bool Known(Estimate estimate, double value, double error) =>
        (estimate.Measure.OfWhole || estimate.Sums.EffectiveCount > 1 + 1e-9) && error > 1e-9 * Math.Max(Math.Abs(value), 1e-3);

    private double? NobodyPoor(int i)
    {
        var estimate = plan.Estimates[i];
        return values[i].Number == 0 && estimate.Sums.PoorCount == 0 && estimate.Sums.EffectiveCount > 0
            ? estimate.Measure.ByHeadcount?.Invoke(Wilson.Interval(0, estimate.Sums.EffectiveCount, how.Level).Upper) : null;
    }

    private void Replicated(Result[] records, double[] points, double[][] replicates, bool percentile)
    {
        replicates = [.. replicates.Select(Append)];
        for (var i = 0; i < records.Length; i++)
        {
            if (!records[i].Value.HasNumber) continue;
            var some = replicates.Select(values => values[i]).Where(double.IsFinite).Order().ToArray();
            if (some.Length < 2) continue;
            var error = percentile ? Replicates.StandardDeviation(some) : ReplicateError(some, points[i]);
            var (lower, upper) = percentile
                ? (Replicates.Quantile(some, (1 - how.Level) / 2), Replicates.Quantile(some, 1 - ((1 - how.Level) / 2)))
                : (points[i] - (z * error), points[i] + (z * error));
            // No replicate differs where nobody or everybody is poor: that is no certainty, and Wilson's interval says so.
            if (i < values.Length && plan.Estimates[i].Measure.IsPoorShare && (error == 0 || !percentile))
            {
                (lower, upper) = Design(i, error * error);
            }
            else if (i < values.Length && NobodyPoor(i) is { } most && error == 0)
            {
                records[i] = records[i].WithInterval(how, null, 0, most, some.Length);
                continue;
            }
            else if (i < values.Length && !plan.Estimates[i].Measure.OfWhole && !Known(plan.Estimates[i], points[i], error))
            {
                continue;
            }
            else if (i < values.Length && !percentile)
            {
                records[i] = Interval(records[i], plan.Estimates[i].Measure, error, z * error, points[i])
                    .WithReplicates(some.Length);
                continue;
            }

            records[i] = records[i].WithInterval(how, error, lower, upper, some.Length);
        }
    }

    private double ReplicateError(double[] some, double point)
    {
        var squares = some.Sum(value => (value - point) * (value - point));
        return Math.Sqrt(squares * (how.Kind == ReplicateKind.Jackknife ? (some.Length - 1.0) / some.Length : 1.0 / some.Length));
    }

    // Wilson's interval with as many observations as a simple random sample of the same variance would have.
    private (double Lower, double Upper) Design(int i, double variance)
    {
        var p = values[i].Number;
        var n = variance > 0 && p is > 0 and < 1 ? p * (1 - p) / variance : plan.Estimates[i].Sums.EffectiveCount;
        return Wilson.Interval(p * n, n, how.Level);
    }

    private (double Error, double Lower, double Upper)? Score(int i)
    {
        var n = plan.Estimates[i].Sums.EffectiveCount;
        if (!plan.Estimates[i].Measure.IsPoorShare || !values[i].HasNumber || n <= 0) return null;
        var p = values[i].Number;
        var (lower, upper) = Wilson.Interval(p == 1 ? n : p * n, n, how.Level);
        return (Math.Sqrt(p * (1 - p) / n), lower, upper);
    }

    private double[] Append(double[] all) => derived.Count == 0 ? all : [.. all, .. derived.Select(figure => figure.Value(all))];

    private static double Number(Quantity value) => value.HasNumber ? value.Number : double.NaN;

    private static double Square(double x) => x * x;
}
