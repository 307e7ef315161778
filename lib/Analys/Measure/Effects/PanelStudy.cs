using System.Globalization;
using Analys.Measure.Effects.OneTreated;
using Analys.Measure.Effects.Panel;
using Analys.Measure.Effects.Persons;
using Analys.Measure.Effects.Planning;
using Analys.Measure.Effects.Robustness;

namespace Analys.Measure.Effects;

/// <summary>All that is asked of a panel, in the order in which it is read: effects, what they compare, tests, bounds.</summary>
internal sealed class PanelStudy
{
    private static readonly string[] OneTreatedIds =
        ["synthetic-control", "synthetic-weight", "synthetic-path", "synthetic-gap", "synthetic-did"];

    private readonly PanelData panel;
    private readonly EffectCall call;
    private readonly List<Estimate> found = [];
    private readonly List<EffectNote> notes = [];
    private readonly int[]? clusters;

    private PanelStudy(PanelData panel, EffectCall call)
    {
        this.panel = panel;
        this.call = call;
        clusters = call.ClustersFor(panel.Clusters);
    }

    /// <summary>Runs the study.</summary>
    /// <exception cref="EffectException">The panel does not allow what is asked.</exception>
    public static EffectFindings Of(PanelData panel, EffectCall call)
    {
        if (panel.Periods.Length < 2)
            throw new EffectException("One period: a panel needs at least one before the start and one after. Give more periods, or "
                + "--treated for persons seen once.");
        if (panel.Treated == 0)
            throw new EffectException("No unit starts within the window after its first period: nothing can be seen. Widen the window.");
        if (panel.Treated == panel.Units && call.Comparison == ComparisonGroup.Never && OneTreatedIds.Any(call.Named))
        {
            throw new EffectException("No unit is never treated: there are no donors.");
        }

        var study = new PanelStudy(panel, call);
        study.Data();
        if (panel.Treated == 1) study.Single();
        else
        {
            study.Many();
            if (OneTreatedIds.Any(call.Named)) study.OneTreated();
        }

        return new(study.found, study.notes);
    }

    private void Note(string code, string text) => notes.Add(new(code, text));

    private void Data()
    {
        if (panel.AlwaysTreated > 0) Note("always-treated",
            "Units that have the measure from the first period are left out: nothing is seen of them before it.");
        if (panel.StartedLater > 0) Note("later-start", "Units that start after the last period count as never treated.");
        if (panel.ClusterCount < EffectCall.FewClusters)
        {
            Note("few-clusters", string.Create(CultureInfo.InvariantCulture,
                $"{panel.ClusterCount} clusters: with fewer than {EffectCall.FewClusters} errors from large samples are too small. Read "
                    + $"the enumerated p values (wild, randomisation) first."));
        }
    }

    private void Single()
    {
        string[] many = ["did-2x2", "att-group-time", "att-simple", "att-group", "att-dynamic", "att-event", "att-calendar", "twfe",
            "imputation-att", "pretrend-test", "parallel-trend-bound"];
        if (many.FirstOrDefault(call.Named) is { } asked)
        {
            throw new EffectException($"{asked} needs at least two treated units: with one, its error cannot be known. Ask for "
                + $"synthetic-control or synthetic-did, which are made for one.");
        }

        Note("one-treated", "One unit is treated: it is compared with a mixture of those that never are, and its p value is its rank "
            + "among them.");
        OneTreated();
    }

    private void OneTreated()
    {
        var donors = new Donors(panel);
        if (panel.Weighted || !panel.Covariates.IsEmpty) Note("unused",
            "Synthetic controls use neither weights nor covariates: all outcomes before the start are what is balanced.");
        if (call.Wants("synthetic-control") || call.Wants("synthetic-weight") || call.Wants("synthetic-path")
            || call.Wants("synthetic-gap"))
        {
            var control = new SyntheticControl(donors, call.Seed);
            found.AddRange(control.Records(call.Level).Where(one => call.Wants(Base(one.Id))));
            if (!control.Fit.Unique) Note("weights-not-unique",
                "Other weights of the donors fit as well before the start; the most even ones are given. More periods before the start "
                    + "would decide.");
            if (control.Fit.Weights.Max() > 0.8) Note("dominant-weight",
                "One donor carries more than four fifths of the mixture: the comparison is almost that unit alone.");
        }

        if (call.Wants("synthetic-did")) found.AddRange(SyntheticDid.Records(donors, call.Level, call.Seed));
    }

    private static string Base(string id) => id.EndsWith("-p", StringComparison.Ordinal) ? id[..^2] : id;

    private void Many()
    {
        var effects = GroupTime.Of(panel, call.Comparison);
        List<Estimate> tested = [], others = [];
        if (call.Wants("att-simple")) tested.Add(Complete(Aggregates.Simple(effects)));
        if (call.Wants("att-group")) tested.AddRange(Aggregates.Group(effects).Select(Complete));
        if (call.Wants("att-dynamic")) tested.Add(Complete(Aggregates.Dynamic(effects)));
        Estimate[] events = [.. Aggregates.Event(effects).Select(Complete)];
        if (call.Wants("att-event")) tested.AddRange(events);
        if (call.Wants("att-calendar")) tested.AddRange(Aggregates.Calendar(effects).Select(Complete));
        if (call.Wants("att-group-time")) tested.AddRange(effects.Records().Select(Complete));
        var twoWay = call.Wants("twfe") || call.Wants("twfe-weight") ? new TwoWay(panel) : null;
        var twfe = twoWay?.Record(call.Level);
        if (call.Wants("imputation-att")) tested.AddRange(new Imputation(panel).Records().Select(Complete));
        var pretrend = call.Wants("pretrend-test") ? PreTrend.Test(effects, clusters) : null;
        found.AddRange(tested);
        if (twfe is not null) TwoWayRecords(twfe);
        if (pretrend is not null) found.Add(pretrend);
        Tests([.. tested], twoWay, twfe, pretrend, effects);
        BeforeAfterRecords();
        if (call.Wants("att-event")
            || call.Named("simultaneous-critical-value")) found.Add(PanelDraws.Band(events, clusters ?? panel.ClusterOrUnit, call.Level,
            call.Replicates, call.Seed));
        if (call.Wants("parallel-trend-bound")) found.AddRange(ParallelTrendBound.Records(effects, call.Level, clusters));
        SmallestEffect(effects);
        Cautions(effects);
    }

    private Estimate Complete(Estimate estimate) => Errors.Complete(estimate, call.Level, clusters);

    private void TwoWayRecords(Estimate twfe)
    {
        if (call.Wants("twfe")) found.Add(twfe);
        if (twfe.Value is null) return;
        found.AddRange(BaconDecomposition.Records(panel));
        var forbidden = BaconDecomposition.Of(panel).Where(pair => pair.Other >= 0 && panel.First[pair.Other] < panel.First[pair.Cohort])
            .Sum(pair => pair.Weight);
        // With one start nobody is compared with those who have the measure already.
        if (forbidden < 0.005) return;
        Note("twfe", string.Create(CultureInfo.InvariantCulture,
            $"twfe is shown as a warning: {forbidden * 100:0} % of its weight compares units with others that already have the measure. "
                + $"Where effects grow over time it is biased; att-simple is not."));
    }

    private void Tests(Estimate[] tested, TwoWay? twoWay, Estimate? twfe, Estimate? pretrend, GroupTime effects)
    {
        found.AddRange(call.ErrorTests(twfe is null ? tested : [.. tested, twfe], panel.Clusters));
        var wildClusters = panel.ClusterOrUnit;
        if (call.Tests(EffectInference.Wild, panel.ClusterCount))
        {
            found.AddRange(PanelDraws.Wild(tested, wildClusters, call.Replicates, call.Seed, call.Weights));
            if (twoWay is not null && twfe is not null
                && PanelDraws.WildTwoWay(twoWay, twfe, call.Replicates, call.Seed, call.Weights) is { } wild) found.Add(wild);
            if (panel.ClusterCount < 10 && call is { Weights: Draws.WildWeights.Rademacher, Replicates: null }) Note("coarse-wild",
                "So few clusters have fewer than 2^10 draws of signs: wild p values are coarse. --weights webb has more.");
        }

        // The enumerated p of the pre-trend always stands beside the one from large samples.
        var all = call.Tests(EffectInference.Randomisation, panel.ClusterCount);
        var before = pretrend is null ? null
            : new Estimate("pretrend-test") { Value = 0, Treated = pretrend.Treated, Comparison = pretrend.Comparison };
        if (before is not null && !effects.Known.Any(cell => !effects.IsAfter(cell))) before = null;
        Estimate[] targets = [.. all ? (twfe is null ? tested : [.. tested, twfe]) : [], .. before is null ? Array.Empty<Estimate>()
            : [before]];
        if (targets.Length == 0 || call.ValuesOnly) return;
        try
        {
            found.AddRange(new StartDraws(panel, call.Comparison, targets).Records(call.Replicates, call.Seed));
            // With covariates the statistic that is turned around would not be the estimate.
            if (all && panel.Covariates.IsEmpty)
                found.AddRange(StartInversion.Intervals(panel, call.Comparison, targets, call.Level, call.Replicates, call.Seed));
            if (all && !panel.Covariates.IsEmpty) Note("randomisation-unadjusted",
                "Randomisation compares differences without covariates: under the hypothesis of no effect they are as valid.");
        }
        catch (EffectException e) when (!call.Inference.Contains(EffectInference.Randomisation))
        {
            Note("no-randomisation", e.Message);
        }
    }

    private void BeforeAfterRecords()
    {
        if (!call.Wants("did-2x2")) return;
        var (changes, reason) = BeforeAfter.Of(panel);
        if (changes is null)
        {
            if (call.Named("did-2x2")) found.Add(Estimate.Undefined("did-2x2", reason!));
            return;
        }

        if (changes.ComparisonRows.Length < 2)
        {
            found.Add(Estimate.Undefined("did-2x2", "fewer than two units are never treated"));
            return;
        }

        var difference = MeanDifference.Difference(changes, call.Level) with { Id = "did-2x2" };
        if (clusters is not null) difference = Complete(difference);
        found.Add(difference);
        found.AddRange(call.ErrorTests([difference], panel.Clusters));
        if (call.Tests(EffectInference.Wild, panel.ClusterCount)) found.AddRange(PanelDraws.Wild([difference], panel.ClusterOrUnit,
            call.Replicates, call.Seed, call.Weights));
        if (call.Tests(EffectInference.Randomisation, panel.ClusterCount)
            && MeanDifference.Randomised(changes, difference, call.Replicates, call.Seed) is { } random) found.Add(random);
    }

    private void SmallestEffect(GroupTime effects)
    {
        const string id = "minimum-detectable-effect";
        if (call.Detect is null && call.Named("power")) throw new EffectException("power needs --detect: the effect to be found.");
        if (!(call.Wants(id) || (call.Wants("power") && call.Detect is not null)) || call.ValuesOnly) return;
        var simple = Aggregates.Simple(effects);
        if (simple.Value is null) return;
        try
        {
            var ranges = StartInversion.Found(panel, call.Comparison, simple, call.Level, call.Seed);
            var record = (simple with { Id = id, Influence = [], Reason = null }).With("design", "staggered");
            var least = Power.Staggered(ranges);
            if (call.Wants(id)) found.Add(double.IsFinite(least) ? record with { Value = least } : record with
            {
                Value = null,
                Reason = "with so few ways to give the starts no p value is below the level: no effect would be found",
            });
            if (call.Detect is not { } detect || !call.Wants("power")) return;
            found.Add((record with { Id = "power", Value = Power.Staggered(ranges, detect) })
                .With("detect", detect.ToString("R", CultureInfo.InvariantCulture)));
        }
        catch (EffectException e)
        {
            found.Add(Estimate.Undefined(id, e.Message));
        }
    }

    private void Cautions(GroupTime effects)
    {
        if (Enumerable.Range(0, panel.Cohorts.Length).Any(cohort => panel.CohortOf.Count(one => one == cohort) == 1))
        {
            Note("single-cohort",
                "Some start is that of one unit: nothing shows how much such units vary, and errors from large samples are too small.");
        }

        if (effects.Cells.Any(cell => cell.Value is null)) Note("missing-cells",
            "Some cohorts cannot be compared in some periods; they are left out of the means, which say so.");
        var asymptotic = found.FirstOrDefault(one => one.Id == "pretrend-test");
        var enumerated = found.FirstOrDefault(one => one.Id == "pretrend-test-p");
        if (asymptotic?.Value is not null
            && panel.ClusterCount < EffectCall.FewClusters) Note("pretrend-few",
            "pretrend-test holds for many units; with so few it rejects far too often. Read pretrend-test-p.");
        if ((enumerated ?? asymptotic)?.Value < 0.05) Note("pretrend",
            "Cohorts and comparison moved apart before the start (pretrend-test): what is seen after may be that. parallel-trend-bound "
                + "says how much of it.");
    }
}
