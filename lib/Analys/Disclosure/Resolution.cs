namespace Analys.Disclosure;

/// <summary>A figure before it is given its step: its value and what stands beside it, and how far one household can move it.</summary>
/// <param name="Value">The value.</param>
/// <param name="Influence">
/// The largest change of the value when one household is left out or comes without its money (amounts, positions), or when
/// <c>threshold</c> persons of one cell are others (summaries of counts). At least 0, in the unit of the value; infinite where nobody
/// could say.
/// </param>
/// <param name="Error">The standard error, if there is one.</param>
/// <param name="Lower">The lower end of the interval, if there is one.</param>
/// <param name="Upper">The upper end.</param>
internal readonly record struct Unrounded(double Value, double Influence, double? Error = null, double? Lower = null, double? Upper = null);

/// <summary>How finely a figure may be told: the step that its value, its error and the ends of its interval are rounded to.</summary>
/// <remarks>
/// <para>With d the largest influence, the step is the smallest 1, 2 or 5 · 10^k that is at least 2·d and leaves the true value at least
/// d/2 from both ends of the interval that the rounded value stands for. Whoever knows everything except one household then reads its
/// contribution no better than plus or minus half of it from this figure; and since that holds for every figure that is given by the
/// rule, it holds for all of them together, in one call or in many: each leaves the same half on both sides, so what they leave in
/// common is never less. No influence has to be kept for that, nor compared.</para>
/// <para>Why twice d and not d: the reader knows the rule. That the value keeps d/2 from the ends narrows what he believes by d, and
/// with a step of d nothing would be left; with 2·d at least d is. The promise is made to those who read figures as printed. One who has
/// every other household's exact income and runs this rule backwards for the last one can, with bad luck at the edge of a step, do
/// better: no rounding without chance prevents that, see the page.</para>
/// <para>A figure that its step would swallow, step &gt; |value|, is withheld. An influence of zero needs no step.</para>
/// <para>Source: own; the leave-one-out influence generalises the (n, k) and p % rules of the Handbook on Statistical Disclosure
/// Control, 2nd ed., ch. 4. Swedish: <i>upplösning, steg</i>.</para>
/// </remarks>
/// <param name="Step">The step; 0 where the figure is exact.</param>
/// <param name="Value">The rounded value.</param>
/// <param name="Error">The rounded standard error.</param>
/// <param name="Lower">The rounded lower end.</param>
/// <param name="Upper">The rounded upper end.</param>
internal readonly record struct Resolution(double Step, double Value, double? Error, double? Lower, double? Upper)
{
    /// <summary>The name of the rule by which a swallowed figure is withheld.</summary>
    public const string Rule = "resolution";

    /// <summary>The share of its contribution that every household keeps open on either side.</summary>
    internal const double Margin = 0.5;

    private const double Fewest = 2;

    /// <summary>Whether the step is larger than the figure itself: it would tell nothing, or too much by being zero.</summary>
    public bool IsSwallowed { get; private init; }

    /// <summary>Gives a figure its step and rounds all its numbers to it, each from its true value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a number, or the influence is negative or not a number.</exception>
    public static Resolution Of(Unrounded figure)
    {
        if (!double.IsFinite(figure.Value)) throw new ArgumentOutOfRangeException(nameof(figure), "A value to be rounded is a number.");
        if (!(figure.Influence >= 0)) throw new ArgumentOutOfRangeException(nameof(figure), "An influence is not negative.");
        if (figure.Influence == 0) return new(0, figure.Value, figure.Error, figure.Lower, figure.Upper);
        if (double.IsInfinity(figure.Influence)) return new(double.PositiveInfinity, 0, null, null, null) { IsSwallowed = true };
        var step = Steps.AtLeast(Fewest * figure.Influence);
        while (!LeavesRoom(figure, step)) step = Steps.After(step);
        return new(step, Steps.Round(figure.Value, step), Rounded(figure.Error), Rounded(figure.Lower),
            Rounded(figure.Upper))
        { IsSwallowed = step > Math.Abs(figure.Value) };

        double? Rounded(double? number) => number is { } known && double.IsFinite(known) ? Steps.Round(known, step) : null;
    }

    /// <summary>How far one household moves a standard error, given how far it moves the value.</summary>
    /// <remarks>
    /// The variance of a figure over households is the sum of their squared influences; without the household it is smaller by d²: s −
    /// √(s² − d²), which is at most d. An error below d comes from another method (replicates, the interval of a share) and is taken to
    /// move by as much as the value.
    /// </remarks>
    /// <param name="error">The standard error s.</param>
    /// <param name="influence">The influence d on the value.</param>
    public static double InfluenceOnError(double error, double influence) => error > influence
        ? error - Math.Sqrt((error - influence) * (error + influence)) : influence;

    /// <summary>How far a quantile must be left open so that it is no one's: the larger distance to the n-th household on either
    /// side.</summary>
    /// <remarks>Within that distance at least n households stand on each side, so that the value rounded to it points at none of
    /// them.</remarks>
    /// <param name="sorted">One number a household (income per consumption unit), ascending.</param>
    /// <param name="position">The quantile.</param>
    /// <param name="households">n, the policy's number of households.</param>
    /// <returns>The distance; infinite where fewer than n households stand on a side, such a quantile is refused.</returns>
    public static double InfluenceOnPosition(ReadOnlySpan<double> sorted, double position, int households)
    {
        if (households <= 0) return 0;
        // Those who have exactly this income stand on both sides: a crowd hides whoever is in it.
        var above = FirstWhere(sorted, position, atLeast: false);
        var below = FirstWhere(sorted, position, atLeast: true);
        var same = above - below;
        if (same >= households) return 0;
        var (left, right) = (below - (households - same), above + households - same - 1);
        return left < 0 || right >= sorted.Length ? double.PositiveInfinity : Math.Max(position - sorted[left], sorted[right] - position);
    }

    private static int FirstWhere(ReadOnlySpan<double> sorted, double value, bool atLeast)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (atLeast ? sorted[middle] >= value : sorted[middle] > value) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    /// <summary>The step of the error and the ends of an interval of a value that is told exactly, such as a share of counts.</summary>
    /// <remarks>An end lies so many errors from the value, which is known: it moves with the error alone. Without an error the ends
    /// are those of replicates, and move with the value.</remarks>
    /// <param name="figure">The figure; its influence is above zero and finite.</param>
    public static double StepOfErrors(Unrounded figure)
    {
        var moved = figure.Error is { } error && double.IsFinite(error) ? InfluenceOnError(error, figure.Influence) : figure.Influence;
        if (!(moved > 0)) moved = figure.Influence;
        var step = Steps.AtLeast(Fewest * Math.Max(moved, Math.Max(Of(figure.Lower), Of(figure.Upper))));
        while (!(IsOpen(figure.Error, moved) && IsOpen(figure.Lower, Of(figure.Lower)) && IsOpen(figure.Upper, Of(figure.Upper))))
            step = Steps.After(step);
        return step;

        double Of(double? end) => end is not { } known || !double.IsFinite(known) ? 0
            : figure.Error is > 0 and { } size ? moved * Math.Abs(known - figure.Value) / size : figure.Influence;
        bool IsOpen(double? number, double by) => number is not { } known || !double.IsFinite(known) || HasRoom(known, by, step);
    }

    // Error and ends are further figures of the same persons: they leave as much room, or they would narrow what the value leaves.
    private static bool LeavesRoom(Unrounded figure, double step)
    {
        var d = figure.Influence;
        if (!HasRoom(figure.Value, d, step)) return false;
        var onError = figure.Error is { } error && double.IsFinite(error) ? InfluenceOnError(error, d) : 0;
        if (figure.Error is { } s && double.IsFinite(s) && !HasRoom(s, onError, step)) return false;
        return EndHasRoom(figure.Lower) && EndHasRoom(figure.Upper);

        bool EndHasRoom(double? end)
        {
            if (end is not { } known || !double.IsFinite(known)) return true;
            var away = figure.Error is > 0 and { } error ? Math.Abs(known - figure.Value) / error : 0;
            return HasRoom(known, d + (away * onError), step);
        }
    }

    private static bool HasRoom(double value, double influence, double step) => (step / 2) - Math.Abs(value - Steps.Round(value,
        step)) >= Margin * influence;
}

/// <summary>The ladder of steps 1, 2, 5, 10, 20, 50, … and rounding to one of them.</summary>
internal static class Steps
{
    private static readonly int[] Digits = [1, 2, 5];

    /// <summary>The smallest step that is at least a number.</summary>
    /// <param name="least">The number; above 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double AtLeast(double least)
    {
        if (!(least > 0) || double.IsInfinity(least)) throw new ArgumentOutOfRangeException(nameof(least), "A step is above zero.");
        var power = (int)Math.Floor(Math.Log10(least)) - 1;
        for (var i = 0; ; i++)
        {
            var step = Of(Digits[i % 3], power + (i / 3));
            if (step >= least) return step;
        }
    }

    /// <summary>The next coarser step.</summary>
    public static double After(double step) => AtLeast(step * 1.5);

    /// <summary>The nearest multiple of a step, a half away from zero; 0 stands for no step.</summary>
    /// <remarks>A multiple of 0.1 is written as such: the whole number of steps is scaled by a power of ten, which double does exactly
    /// rounded, so 3 · 0.1 is 0.3.</remarks>
    /// <param name="value">The value.</param>
    /// <param name="step">A step of the ladder.</param>
    public static double Round(double value, double step)
    {
        if (step == 0) return value;
        var power = (int)Math.Floor(Math.Log10(step * 1.5));
        var digit = Math.Round(step / Of(1, power));
        var number = Math.Round(value / step, MidpointRounding.AwayFromZero);
        // Beyond 2^53 steps double has no digits to lose.
        if (!double.IsFinite(number) || Math.Abs(number) >= 1L << 50) return value;
        var rounded = power >= 0 ? number * digit * Of(1, power) : number * digit / Of(1, -power);
        return rounded == 0 ? 0 : rounded;
    }

    private static double Of(int digit, int power) => power switch
    {
        >= 0 and <= 22 => digit * Exact(power),
        < 0 and >= -22 => digit / Exact(-power),
        _ => digit * Math.Pow(10, power),
    };

    // Powers of ten up to 22 are exact in double.
    private static double Exact(int power)
    {
        var ten = 1.0;
        for (var i = 0; i < power; i++) ten *= 10;
        return ten;
    }
}
