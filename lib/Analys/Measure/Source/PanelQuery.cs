using System.Collections.Immutable;

namespace Analys.Measure.Source;

/// <summary>
/// Sums over persons who are followed: those of the scope who stand in the denominator, in the order of <see cref="SumColumns"/>; who has
/// the property stands where the poor stand.
/// </summary>
/// <param name="Scope">Whose; the period is the one whose age, area and weight count.</param>
/// <param name="Step">Who counts, and who has the property.</param>
/// <param name="Line">The line of the scope's period.</param>
/// <param name="Others">The other periods that the same person is looked up in.</param>
/// <param name="Rule">Whether an income on the line is poor.</param>
internal sealed record PanelQuery(Scope Scope, PanelStep Step, double Line, ImmutableArray<PanelYear> Others, PoorRule Rule)
    : AggregateQuery(Scope)
{
    /// <inheritdoc/>
    public override int Width(int domain) => SumColumns.Width;
}

/// <summary>Another period of a panel.</summary>
/// <param name="Period">Its place among the frame's periods.</param>
/// <param name="Line">Its line.</param>
internal readonly record struct PanelYear(int Period, double Line);

/// <summary>Who counts in a panel, and who of them has the property.</summary>
internal enum PanelStep
{
    /// <summary>Observed in the three years before too; poor now and in at least two of them.</summary>
    Persistent,

    /// <summary>Not poor the year before; poor now.</summary>
    Entry,

    /// <summary>Poor the year before; not poor now.</summary>
    Exit,

    /// <summary>Not poor the year before, poor now: a spell begins. All have the property.</summary>
    SpellStart,

    /// <summary>A spell began, went on over the years that follow, and the last year was observed; it had ended in that year.</summary>
    SpellStep,

    /// <summary>Everyone; observed in the other year.</summary>
    Stayed,

    /// <summary>Everyone; not observed in the other year.</summary>
    Missing,
}

/// <summary>The rules of the steps on one person; the SQL of a step says the same.</summary>
internal static class PanelSteps
{
    /// <summary>Whether a person counts only who was observed in all other years.</summary>
    public static bool NeedsAll(this PanelStep step) => step is not (PanelStep.Stayed or PanelStep.Missing);

    /// <summary>Whether a person counts, and has the property.</summary>
    /// <param name="step">The step.</param>
    /// <param name="poor">Whether the person is poor in the scope's period.</param>
    /// <param name="others">How many other periods there are.</param>
    /// <param name="observed">A bit for each other period in which the person was observed.</param>
    /// <param name="wasPoor">A bit for each other period in which the person was poor.</param>
    public static (bool Counts, bool Has) Of(this PanelStep step, bool poor, int others, ulong observed, ulong wasPoor)
    {
        var all = (1UL << others) - 1;
        if (step.NeedsAll() && observed != all) return (false, false);
        var last = 1UL << (others - 1);
        return step switch
        {
            PanelStep.Persistent => (true, poor && System.Numerics.BitOperations.PopCount(wasPoor) >= 2),
            PanelStep.Entry => (wasPoor == 0, poor),
            PanelStep.Exit => (wasPoor != 0, !poor),
            PanelStep.SpellStart => (wasPoor == 0 && poor, true),
            // The first of the others is the year before, which must not be poor; all between it and the last must be.
            PanelStep.SpellStep => (poor && (wasPoor & 1) == 0 && (wasPoor | last | 1) == all, (wasPoor & last) == 0),
            PanelStep.Stayed => (true, observed != 0),
            _ => (true, observed == 0),
        };
    }
}
