using Analys.Disclosure;

namespace Analys.Tests.Disclosure;

/// <summary>What several rounded figures tell of one household together, read by someone who knows all the others.</summary>
/// <remarks>
/// <para>Let t be the size of a household's contribution, in units of the contribution itself: the truth is t = 1, without it t = 0. A
/// figure θ with influence d of the household is, to first order, θ + d·(t − 1). Its printed value y with step s says |θ + d·(t − 1) −
/// y| ≤ s/2, an interval of t around 1. What all figures say together is the intersection of these intervals, and its length is the
/// <i>open share</i> of the contribution. An attacker who knows less (any linear combination of the figures with unknown others,
/// Newton's identities, differences of Lorenz ordinates, a part as the whole less the other parts) finds no shorter interval, since what
/// he believes possible contains what the one who knows everyone else does.</para>
/// <para><see cref="Resolution"/> makes the open share at least 1 for every household whatever figures come together. This class
/// computes it for the attackers among the tests, and the smallest steps
/// that do (<see cref="LeastSteps"/>).</para>
/// <para>For counts the unknowns are moves of a table (one person from a cell to another, so that all published sums hold), d is what a
/// move by the policy's number of persons changes, and what the reader knows beforehand (a withheld cell is at least 1, at most
/// threshold − 1) is given as bounds.</para>
/// </remarks>
internal static class JointResolution
{
    /// <summary>The open share of each unknown: the length of what all figures leave of it.</summary>
    /// <param name="values">The true values, one a figure.</param>
    /// <param name="steps">The steps; 0 for an exact figure, infinite for one that is withheld.</param>
    /// <param name="influences">By figure what each unknown contributes to it.</param>
    /// <param name="bounds">What is known of each unknown beforehand, as an interval of t that contains 1; empty for nothing.</param>
    /// <returns>By unknown a number from 0 to infinity.</returns>
    public static double[] OpenShares(ReadOnlySpan<double> values, ReadOnlySpan<double> steps, IReadOnlyList<double[]> influences,
        IReadOnlyList<(double Lower, double Upper)>? bounds = null)
    {
        Check(values, steps, influences);
        var open = new double[influences.Count == 0 ? 0 : influences[0].Length];
        for (var unknown = 0; unknown < open.Length; unknown++)
        {
            var (lower, upper) = bounds is { Count: > 0 } ? bounds[unknown] : (double.NegativeInfinity, double.PositiveInfinity);
            for (var figure = 0; figure < values.Length; figure++)
            {
                var (from, to) = Interval(values[figure], steps[figure], influences[figure][unknown]);
                (lower, upper) = (Math.Max(lower, from), Math.Min(upper, to));
            }

            open[unknown] = Math.Max(0, upper - lower);
        }

        return open;
    }

    /// <summary>Steps under which every unknown keeps an open share of at least 1, or as much as was open before where that was
    /// less.</summary>
    /// <remarks>
    /// From the step that each figure needs alone upwards: while an unknown is too narrow, that one of the two figures that narrow it
    /// from below and above is made coarser which loses less of itself, step beside value. A figure that is swallowed is withheld
    /// (infinite step) and narrows nothing. Ends, since steps only grow.
    /// </remarks>
    /// <inheritdoc cref="OpenShares" path="/param"/>
    public static double[] LeastSteps(ReadOnlySpan<double> values, IReadOnlyList<double[]> influences, IReadOnlyList<(double Lower,
        double Upper)>? bounds = null)
    {
        var steps = new double[values.Length];
        for (var figure = 0; figure < values.Length; figure++)
        {
            var largest = influences[figure].Length == 0 ? 0 : influences[figure].Max(Math.Abs);
            steps[figure] = largest == 0 ? 0 : Kept(Steps.AtLeast(largest), values[figure]);
        }

        Check(values, steps, influences);
        var unknowns = influences.Count == 0 ? 0 : influences[0].Length;
        // A coarser step moves the rounded value too, and with it what earlier unknowns were left with: until nothing changes.
        for (var changed = true; changed;)
        {
            changed = false;
            for (var unknown = 0; unknown < unknowns; unknown++)
            {
                var (known, knownTo) = bounds is { Count: > 0 } ? bounds[unknown] : (double.NegativeInfinity, double.PositiveInfinity);
                while (Narrowest(values, steps, influences, unknown, known, knownTo) is var (below, above, length)
                    && length < Math.Min(1, knownTo - known) - Slack)
                {
                    var coarser = below < 0 || (above >= 0 && Loss(above, values, steps) < Loss(below, values, steps)) ? above : below;
                    steps[coarser] = Kept(Steps.After(steps[coarser]), values[coarser]);
                    changed = true;
                }
            }
        }

        return steps;
    }

    private const double Slack = 1e-9;

    private static double Kept(double step, double value) => step > Math.Abs(value) ? double.PositiveInfinity : step;

    private static double Loss(int figure, ReadOnlySpan<double> values, ReadOnlySpan<double> steps) =>
        steps[figure] / Math.Abs(values[figure]);

    // Which figures stand at the lower and the upper end of what is left of an unknown; −1 where what was known beforehand does.
    private static (int Below, int Above, double Length) Narrowest(
        ReadOnlySpan<double> values, ReadOnlySpan<double> steps, IReadOnlyList<double[]> influences, int unknown, double lower,
            double upper)
    {
        var (below, above) = (-1, -1);
        for (var figure = 0; figure < values.Length; figure++)
        {
            var (from, to) = Interval(values[figure], steps[figure], influences[figure][unknown]);
            if (from > lower) (lower, below) = (from, figure);
            if (to < upper) (upper, above) = (to, figure);
        }

        return (below, above, upper - lower);
    }

    private static (double From, double To) Interval(double value, double step, double influence)
    {
        if (double.IsInfinity(step) || influence == 0) return (double.NegativeInfinity, double.PositiveInfinity);
        var residual = Steps.Round(value, step) - value;
        var (a, b) = (1 + ((residual - (step / 2)) / influence), 1 + ((residual + (step / 2)) / influence));
        return a < b ? (a, b) : (b, a);
    }

    private static void Check(ReadOnlySpan<double> values, ReadOnlySpan<double> steps, IReadOnlyList<double[]> influences)
    {
        if (values.Length != steps.Length
            || values.Length != influences.Count) throw new ArgumentException("As many values as steps and rows of influences.");
        foreach (var row in influences) if (row.Length !=
            influences[0].Length) throw new ArgumentException("Every figure has the influence of every unknown.");
    }
}
