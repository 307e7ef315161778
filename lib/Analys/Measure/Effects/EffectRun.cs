using Analys.Measure.Effects.Panel;

namespace Analys.Measure.Effects;

/// <summary>A study that was run: what was found, and what must be said of it.</summary>
/// <param name="Results">The results, on their way to the gate.</param>
/// <param name="Notes">What must be said.</param>
/// <param name="Columns">Which column was what.</param>
/// <param name="Call">What was asked.</param>
/// <param name="Plan">The plan; null where there was none.</param>
/// <param name="Deviations">What was done otherwise than planned.</param>
/// <param name="Design">The hash of the design.</param>
internal sealed record EffectRun(Results Results, IReadOnlyList<EffectNote> Notes, EffectColumns Columns, EffectCall Call, EffectPlan? Plan,
    IReadOnlyList<(string Field, string Planned, string Done)> Deviations, string Design)
{
    /// <summary>Runs a study.</summary>
    /// <param name="extract">The rows.</param>
    /// <param name="columns">Which column is what.</param>
    /// <param name="call">What is asked.</param>
    /// <param name="plan">The plan, where there is one.</param>
    /// <param name="leaves">True where results are to leave the secure environment.</param>
    public static EffectRun Of(Extract extract, EffectColumns columns, EffectCall call, EffectPlan? plan, bool leaves)
    {
        var reader = new EffectReader(extract, columns);
        var design = EffectPlan.Design(extract, columns);
        var guarded = leaves && extract.Confidentiality == Confidentiality.Confidential;
        var values = call with { ValuesOnly = true };
        EffectFindings findings;
        string window;
        if (columns.IsPanel)
        {
            var panel = reader.Panel();
            window = Window(panel);
            findings = PanelStudy.Of(panel, call);
            if (guarded)
            {
                findings = EffectSway.Of(findings,
                    EffectSway.Candidates(panel.Units,
                    Enumerable.Range(0, panel.Periods.Length).Select(t => panel.Outcomes.Select(row => row[t]).ToArray())),
                    unit => Again(() => PanelStudy.Of(panel.Without(unit), values)));
            }
        }
        else
        {
            window = "";
            var persons = reader.Persons();
            findings = PersonsStudy.Of(persons, call);
            if (guarded)
            {
                findings = EffectSway.Of(findings, EffectSway.Candidates(persons.Units, [persons.Outcomes, .. persons.Covariates.Columns,
                    .. findings.Estimates.Select(one => one.Influence).Where(influence => influence.Length == persons.Units)]),
                    unit => Again(() => PersonsStudy.Of(persons.Without(unit), values)));
            }
        }

        if (guarded) findings = EffectRanges.AddTo(findings);
        var provenance = extract.Provenance;
        IReadOnlyList<(string, string, string)> deviations = [];
        if (plan is not null)
        {
            deviations = plan.Deviations(EffectPlan.Decisions(columns, call, design, window));
            provenance = provenance.With($"planned on {plan.Content.GetValueOrDefault("written", "an unknown day")}, plan {plan.Sha256}");
            foreach (var (field, planned, done) in deviations) provenance =
                provenance.With($"deviates from the plan in {field}: planned {Said(planned)}, done {Said(done)}");
            findings = findings with { Estimates = [.. findings.Estimates, .. PlanRecords(plan, deviations, findings)] };
        }

        var (results, notes) = EffectResults.Of(findings, guarded, extract.Confidentiality, provenance);
        List<EffectNote> all =
            [.. reader.Notes, .. notes,
            .. deviations.Select(one =>
            new EffectNote("deviation",
            $"deviates from the plan in {one.Item1}: planned {Said(one.Item2)}, done {Said(one.Item3)}."))];
        return new(results, all, columns, call, plan, deviations, design);
    }

    /// <summary>The first and the last period.</summary>
    public static string Window(PanelData panel) =>
        panel.Periods.Length == 0 ? "" : $"{panel.Name(panel.Periods[0])}–{panel.Name(panel.Periods[^1])}";

    // Without some unit the study may not be possible: then every figure hangs on it.
    private static EffectFindings? Again(Func<EffectFindings> study)
    {
        try
        {
            return study();
        }
        catch (EffectException)
        {
            return null;
        }
    }

    private static string Said(string value) => value.Length == 0 ? "nothing" : value;

    private static IEnumerable<Estimate> PlanRecords(EffectPlan plan,
        IReadOnlyList<(string Field, string Planned, string Done)> deviations, EffectFindings findings)
    {
        int treated = findings.Estimates.Max(one => one.Treated), comparison = findings.Estimates.Max(one => one.Comparison);
        Estimate Record(string id) => new(id) { Treated = treated, Comparison = comparison, Sway = 0 };
        yield return (Record("plan-deviations") with { Value = deviations.Count })
            .With("plan", plan.Sha256).With("written", plan.Content.GetValueOrDefault("written", ""));
        foreach (var (field, planned, done) in deviations)
        {
            yield return (Record("plan-deviation") with { Reason = "not as planned" }).With("field", field).With("planned", planned)
                .With("done", done);
        }
    }
}
