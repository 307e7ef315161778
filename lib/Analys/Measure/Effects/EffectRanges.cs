using System.Globalization;

namespace Analys.Measure.Effects;

/// <summary>What can still be said of a figure whose step would swallow it: a range that no unit's being there decides.</summary>
/// <remarks>
/// With twenty treated persons one of them often moves an effect by a third of itself. The gate then withholds it, as its rounded value
/// would be 0 or one step. But "between −4 and 1" and "p from 0.01 to 0.1" are answers, and they tell of one person no more than a rounded
/// figure does: with d the most that one unit moves the figure, every range is at least 2·d wide and the figure, and each end of its
/// interval, lies at least d/2 from both ends of what it is said to lie in. That is the rule of steps with other places to cut at.
/// Records: <c>effect-range</c> (value rounded, also to 0; ends of the interval rounded outwards), <c>p-range</c> (value the upper end),
/// <c>balance-range</c>; parameters <c>of</c>, <c>step</c>.
/// </remarks>
internal static class EffectRanges
{
    private static readonly double[] Cuts = [0, 0.01, 0.05, 0.1, 0.2, 0.5, 1];

    /// <summary>The findings with the ranges of those that are likely to be withheld.</summary>
    /// <param name="findings">The findings, each with its sway.</param>
    public static EffectFindings AddTo(EffectFindings findings) => findings with
    {
        Estimates = [.. findings.Estimates, .. findings.Estimates.Select(Range).OfType<Estimate>()],
    };

    private static Estimate? Range(Estimate one)
    {
        if (one is not { OfCounts: false, Value: { } value, Sway: > 0 and var sway } || double.IsInfinity(sway)
            || one.ResidualDegrees < EffectResults.FewestDegrees) return null;
        if (EffectMeasures.IsP(one.Id))
            return OfP(value, sway) is { } cell ? Record(one, "p-range", cell.Upper, cell.Lower, cell.Upper, null) : null;
        var kind = one.Id == "balance" ? "balance-range" : EffectMeasures.IsTested(one.Id) ? "effect-range" : null;
        return kind is not null && Stepped(value, one.Lower ?? value, one.Upper ?? value, sway) is { } range
            ? Record(one, kind, range.Value, range.Lower, range.Upper, range.Step) : null;
    }

    private static Estimate Record(Estimate one, string id, double value, double lower, double upper, double? step)
    {
        var parameters = one.Parameters.SetItem("of", one.Id);
        return one with
        {
            Id = id,
            Parameters = step is { } of ? parameters.SetItem("step", of.ToString(CultureInfo.InvariantCulture)) : parameters,
            Value = value,
            Lower = lower,
            Upper = upper,
            StandardError = null,
            Sway = 0,
            Influence = [],
            Reason = null,
        };
    }

    /// <summary>The value rounded to a step that is about as large as it or larger, and its interval rounded outwards; null where the step
    /// is finer than that, or beyond counting.</summary>
    internal static (double Step, double Value, double Lower, double Upper)? Stepped(double value, double lower, double upper, double sway)
    {
        var power = (int)Math.Floor(Math.Log10(2 * sway)) - 1;
        if (power is < -12 or > 12) return null;
        // A figure that stands on a place of every ladder (0, without an interval) has no range.
        for (var i = 0; power + (i / 3) <= 14; i++)
        {
            var step = (decimal)new[] { 1, 2, 5 }[i % 3];
            for (var p = power + (i / 3); p != 0; p -= Math.Sign(p)) step = p > 0 ? step * 10 : step / 10;
            var width = (double)step;
            if (width < 2 * sway) continue;
            double nearest = Math.Round(value / width, MidpointRounding.AwayFromZero), below = Math.Floor(lower / width),
                above = Math.Ceiling(upper / width);
            if (Math.Max(Math.Abs(below), Math.Abs(above)) > 1e12) return null;
            if (!Open(value, (nearest - 0.5) * width, (nearest + 0.5) * width, sway)
                || !Open(lower, below * width, (below + 1) * width, sway)
                || !Open(upper, (above - 1) * width, above * width, sway)) continue;
            return width > Math.Abs(value) / 2
                ? (width, (double)((decimal)nearest * step), (double)((decimal)below * step), (double)((decimal)above * step)) : null;
        }

        return null;
    }

    /// <summary>The neighbouring classes of p values that hold this one however one unit moves it; null where that is all of them, or one
    /// unit moves it so little that it is given as it is.</summary>
    internal static (double Lower, double Upper)? OfP(double p, double sway)
    {
        if (4 * sway < p) return null;
        var above = Array.FindIndex(Cuts, 1, cut => p <= cut);
        if (above < 0) return null;
        for (var below = above - 1; ;)
        {
            var wide = Cuts[above] - Cuts[below] >= 2 * sway;
            if (wide && (below == 0 || p - Cuts[below] >= sway / 2) && (above == Cuts.Length - 1 || Cuts[above] - p >= sway / 2))
                return below == 0 && above == Cuts.Length - 1 ? null : (Cuts[below], Cuts[above]);
            if (below == 0 && above == Cuts.Length - 1) return null;
            if (above < Cuts.Length - 1 && (!wide || Cuts[above] - p < sway / 2)) above++;
            else if (below > 0) below--;
            else above++;
        }
    }

    private static bool Open(double value, double low, double high, double sway) =>
        value - low >= sway / 2 && high - value >= sway / 2;
}
