namespace Analys.Disclosure;

/// <summary>What a figure that its counts let through may tell: exactly, rounded to a step, or not at all.</summary>
/// <remarks>
/// <para>Counts, and what follows from them alone, are exact: their own rules protected them. A position stands at somebody's income: it is
/// rounded so that the policy's number of households stands on each side within a step. An amount is held against the rules of
/// dominance, and rounded so that no household's part in it can be read: see <see cref="Resolution"/>. A summary of counts is rounded as
/// far
/// as the threshold's number of persons could move it.</para>
/// <para>Everything is rounded from its true value: error and interval ends as well. Swedish: <i>vad ett värde berättar</i>.</para>
/// </remarks>
internal static class Telling
{
    /// <summary>The mark of a figure of which nobody knows how far a household moves it.</summary>
    public const string Unknown = "influence";

    /// <summary>The mark of a quantile that too few households stand beside.</summary>
    public const string Alone = "position";

    private const double Near = 1e-9;
    private const int Cycle = 4;

    /// <summary>The figure as it may be told.</summary>
    /// <param name="result">A result whose counts have passed.</param>
    /// <param name="policy">The policy.</param>
    public static Result Of(Result result, Policy policy)
    {
        if (!result.Value.HasNumber || result.Basis is not { } stated) return result;
        var kind = Kind(result, stated);
        var basis = kind == Tells.Counts && result is { StandardError: null, Lower: null, Upper: null } && !stated.IsWeighted
            ? stated : stated.Complete;
        return kind switch
        {
            Tells.Counts => Counts(result, basis),
            Tells.Position => Position(result, basis, policy),
            Tells.Amount => Broken(basis, policy) is { } rule ? Withheld(result, rule) : Rounded(result, basis.Influence),
            Tells.Unstated => Withheld(result, Unknown),
            // Nobody who leaves moves an index of a unit with one group only: it tells that the others are none.
            Tells.Composition when basis.Influence == 0 && !policy.ZerosAreSafe => Withheld(result, "threshold"),
            Tells.Composition => Rounded(result, basis.Influence is not { } one ? null
                : Math.Max(one, policy.ZerosAreSafe ? 0 : OfEmpty(basis.Denominator)) * Math.Max(1, policy.Threshold)),
            // Another table with the same sums differs in four cells at least: half a step must hold one that does.
            _ => Rounded(result, basis.Influence * Math.Max(2 * Cycle, policy.Threshold)),
        };
    }

    /// <summary>What the value tells; where the measure does not say, counts and shares are recognised by their numbers.</summary>
    public static Tells Kind(Result result, Basis basis)
    {
        if (basis.Tells != Tells.Unstated) return basis.Tells;
        if (basis.Influence is not null) return Tells.Amount;
        var value = result.Value.Number;
        return Same(value, basis.Denominator) || (basis.Numerator is { } counted
            && (Same(value, counted) || (basis.Denominator > 0 && Same(value, counted / basis.Denominator))))
                ? Tells.Counts : Tells.Unstated;
    }

    // Where it is not told that a cell is empty, one person in it must be possible, too. Nobody can leave it, so that no influence speaks
    // of it: of an entropy one in n changes (1 + ln n)/n at most, of a sum of squares less.
    private static double OfEmpty(double n) => n > 1 ? (1 + Math.Log(n)) / n : 1;

    // The value is one of counts; with weights that differ it also tells how many persons of each weight: it is left open by as much as
    // one person makes in the place of one of the next weight. An error that replicates or clusters gave is a sum over households.
    private static Result Counts(Result result, Basis basis)
    {
        var step = 0.0;
        var told = result;
        if (basis.IsWeighted)
        {
            if (basis.Exchange is not { } exchange || !double.IsFinite(exchange)) return Withheld(result, Unknown);
            var value = Resolution.Of(new Unrounded(result.Value.Number, exchange));
            if (value.IsSwallowed) return Withheld(result, Resolution.Rule);
            step = value.Step;
            if (step > 0) told = told with { Value = Quantity.Rounded(value.Value, "resolution"), Step = step };
        }

        if (result is { StandardError: null, Lower: null, Upper: null }) return told;
        var by = Math.Max(basis.Influence ?? 0, basis.IsWeighted ? basis.Exchange!.Value : 0);
        if (by <= 0) return told;
        if (!double.IsFinite(by)) return told with { StandardError = null, Lower = null, Upper = null };
        var coarse = Resolution.StepOfErrors(new Unrounded(result.Value.Number, by, result.StandardError, result.Lower, result.Upper));
        // An error that its step swallows would be a false zero; the value does not need it.
        if (result.StandardError is { } error && double.IsFinite(error) && coarse > 2 * error)
            return told with { StandardError = null, Lower = null, Upper = null };
        step = Math.Max(step, coarse);
        return told with
        {
            StandardError = Ends(result.StandardError, step),
            Lower = Ends(result.Lower, step),
            Upper = Ends(result.Upper, step),
            Step = step,
        };
    }

    private static Result Position(Result result, Basis basis, Policy policy)
    {
        var households = Math.Max(1, policy.LeastContributors > 0 ? policy.LeastContributors : policy.Threshold);
        if (basis.Near.Length < households) return Withheld(result, basis.Near.IsEmpty ? Unknown : Alone);
        // The step covers the households on either side, and twice what one of them moves the quantile by.
        var near = Math.Max(basis.Near[households - 1] / 2, basis.Near[0]);
        return double.IsFinite(near) ? Rounded(result, near) : Withheld(result, Alone);
    }

    // (n, k), p % and pq on the contributions of households.
    private static string? Broken(Basis basis, Policy policy)
    {
        if (basis.Largest.IsEmpty || !(basis.Total > 0)) return null;
        var (all, first, second) = (basis.Total, basis.Largest[0], basis.Largest.Length > 1 ? basis.Largest[1] : 0);
        if (policy.Dominance is { } dominance
            && basis.Largest.Take(dominance.Count).Sum() > dominance.Percent / 100 * all) return "dominance";
        if (policy.PPercent is { } p && all - first - second < p.Percent / 100 * first) return "p-percent";
        return policy.PriorPosterior is { } pq && (all - first - second) * pq.Prior < pq.Posterior * first ? "prior-posterior" : null;
    }

    private static Result Rounded(Result result, double? influence)
    {
        if (influence is not { } by || double.IsNaN(by)) return Withheld(result, Unknown);
        var told = Resolution.Of(new Unrounded(result.Value.Number, by, result.StandardError, result.Lower, result.Upper));
        if (told.Step == 0) return result;
        if (told.IsSwallowed) return Withheld(result, Resolution.Rule);
        return result with
        {
            Value = Quantity.Rounded(told.Value, "resolution"),
            StandardError = told.Error,
            Lower = told.Lower,
            Upper = told.Upper,
            Step = told.Step,
        };
    }

    private static double? Ends(double? number, double step) => number is { } known && double.IsFinite(known) ? Steps.Round(known,
        step) : null;

    private static Result Withheld(Result result, string rule) => result with
    {
        Value = Quantity.Suppressed(rule),
        StandardError = null,
        Lower = null,
        Upper = null,
    };

    private static bool Same(double a, double b) => Math.Abs(a - b) <= Near * Math.Max(1, Math.Abs(b));
}
