using Analys.Measure.Effects.Persons;

namespace Analys.Measure.Effects.Panel;

/// <summary>did-2x2: one start for all treated; each unit's mean after less its mean before, then compared as persons are.</summary>
internal static class BeforeAfter
{
    /// <summary>The changes as a cross-section; null with a reason where there is not one start.</summary>
    public static (CrossSection? Changes, string? Reason) Of(PanelData panel)
    {
        if (panel.Cohorts.Length != 1)
            return (null, "units start at different times: before and after are not the same for all; att-simple serves");
        var first = panel.First[0];
        double[] changes = [.. panel.Outcomes.Select(row => Compensated.Mean(row.AsSpan(first)) - Compensated.Mean(row.AsSpan(0, first)))];
        return (new(changes, [.. panel.CohortOf.Select(cohort => cohort >= 0)], panel.Covariates, panel.Weighted ? panel.Weights
            : null, panel.Clusters), null);
    }
}
