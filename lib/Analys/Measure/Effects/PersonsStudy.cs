using Analys.Domain;
using Analys.Measure.Effects.Panel;
using Analys.Measure.Effects.Persons;
using Analys.Measure.Effects.Planning;
using Analys.Measure.Effects.Robustness;
using Analys.Measure.Effects.SmallTables;

namespace Analys.Measure.Effects;

/// <summary>All that is asked of persons seen once: methods beside each other, balance, small tables, power, hidden bias.</summary>
internal sealed class PersonsStudy
{
    private static readonly string[] Covered =
    [
        "att-regression", "att-inverse-probability", "att-doubly-robust", "att-entropy-balance", "att-exact-match", "att-coarsened-match",
            "att-subclass",
        "att-nearest-match", "effective-sample-size", "balance", "overlap", "rosenbaum-bound",
    ];

    private readonly CrossSection data;
    private readonly EffectCall call;
    private readonly int[]? clusters;
    private readonly List<Estimate> found = [];
    private readonly List<EffectNote> notes = [];

    private PersonsStudy(CrossSection data, EffectCall call)
    {
        this.data = data;
        this.call = call;
        clusters = call.ClustersFor(data.Clusters);
    }

    /// <summary>Runs the study.</summary>
    /// <exception cref="EffectException">The data do not allow what is asked.</exception>
    public static EffectFindings Of(CrossSection data, EffectCall call)
    {
        if (data.TreatedRows.Length < 2)
            throw new EffectException("Fewer than two treated: no effect can be told from one person's chance. Follow more, or a panel "
                + "with a synthetic control.");
        if (data.ComparisonRows.Length < 2) throw new EffectException("Fewer than two to compare with. Widen the comparison.");
        if (data.Covariates.IsEmpty && Covered.FirstOrDefault(call.Named) is { } asked)
            throw new EffectException($"{asked} needs covariates: give --covariates.");
        if (call.Cuts.Keys.FirstOrDefault(name => !data.Covariates.Names.Contains(name)) is { } uncut)
            throw new CallException($"--cutpoints names {uncut}, which is not among the covariates.");
        var study = new PersonsStudy(data, call);
        study.Effects();
        study.Binary();
        study.Smallest();
        return new(study.Counted(), study.notes);
    }

    // Of an outcome that is 0 or 1 every effect tells of the four cells of a table, and none of them may be of a few.
    private List<Estimate> Counted()
    {
        if (data.Outcomes.Any(value => value is not (0 or 1))) return found;
        var table = Table();
        int[] cells = [table.TreatedEvents, table.Treated - table.TreatedEvents, table.ComparisonEvents,
            table.Comparison - table.ComparisonEvents];
        var least = cells.Where(cell => cell > 0).Min();
        return
        [
            .. found.Select(one => one.Id is "balance" or "overlap" or "overlap-count" or "effective-sample-size" ? one : one with
            {
                Least = least,
                Cells = [.. cells.Select(cell => (double)cell)],
                OfCounts = one.Id is "fisher-exact" or "mid-p" or "risk-difference" or "risk-ratio" or "e-value" or "power",
            }),
        ];
    }

    private int ClusterCount => data.Clusters is null ? data.Units : data.Clusters.Max() + 1;

    private void Note(string code, string text) => notes.Add(new(code, text));

    private Estimate Complete(Estimate estimate) => Errors.Complete(estimate, call.Level, clusters);

    private void Effects()
    {
        if (ClusterCount < EffectCall.FewClusters) Note("few-clusters",
            "Few units or clusters: errors from large samples are too small. Read the enumerated p values first.");
        List<Estimate> tested = [];
        // Conventions with a finite-sample error of their own keep it, unless clusters are asked for.
        Estimate Own(Estimate estimate) => clusters is null ? estimate : Complete(estimate);
        var difference = MeanDifference.Difference(data, call.Level);
        if (call.Wants("att-difference")) tested.Add(Own(difference));
        if (!data.Covariates.IsEmpty)
        {
            if (call.Wants("att-regression")) tested.Add(Own(MeanDifference.Regression(data, call.Level)));
            Adjusted(tested);
        }

        found.InsertRange(0, tested);
        found.AddRange(call.ErrorTests(tested, data.Clusters));
        if (call.Tests(EffectInference.Wild, ClusterCount)) found.AddRange(PanelDraws.Wild(tested,
            data.Clusters ?? [.. Enumerable.Range(0, data.Units)], call.Replicates, call.Seed, call.Weights));
        if (!call.Wants("att-difference") || !call.Tests(EffectInference.Randomisation, ClusterCount)) return;
        try
        {
            if (MeanDifference.Randomised(data, tested[0], call.Replicates, call.Seed) is { } random) found.Add(random);
        }
        catch (EffectException e) when (!call.Inference.Contains(EffectInference.Randomisation))
        {
            Note("no-randomisation", e.Message);
        }
    }

    private void Adjusted(List<Estimate> tested)
    {
        if (!Covered.Skip(1).Any(call.Wants)) return;
        var weighting = new Weighting(data);
        if (call.Wants("att-inverse-probability")) tested.Add(Complete(weighting.InverseProbability()));
        if (call.Wants("att-doubly-robust")) tested.Add(Complete(weighting.DoublyRobust()));
        if (call.Wants("att-entropy-balance")) tested.Add(Complete(weighting.EntropyBalance()));
        if (call.Wants("att-exact-match")) tested.Add(Complete(Strata.Exact(data)));
        if (call.Wants("att-coarsened-match")) tested.Add(Complete(Strata.Coarsened(data, call.Cuts)));
        Matched(tested, weighting.Propensity);
        if (call.Wants("effective-sample-size")) found.AddRange(weighting.EffectiveSampleSize());
        if (call.Wants("balance")) found.AddRange(Balance.Records(data, weighting));
        if (call.Wants("overlap"))
        {
            found.Add(Balance.Overlap(data, weighting.Propensity));
            found.AddRange(Balance.OverlapCounts(data, weighting.Propensity));
        }

        if (weighting.Propensity is null) Note("no-convergence", "The propensity did not converge: " + Weighting.Separated + ".");
        if (weighting.Balance is null) Note("no-balance",
            "Entropy balance did not converge: no weights give the comparison the treated's means.");
        if (Balance.Overlap(data, weighting.Propensity).Value < 0.9) Note("overlap",
            "Poor overlap: more than a tenth of the treated have a propensity that no comparison has. Restrict the treated, or widen the "
                + "comparison.");
        if (weighting.Kinds().Any(kind => kind.Weights is { } weights && Weighting.LargestShare(weights) > 0.1))
        {
            Note("dominant-weight",
                "One comparison unit carries more than a tenth of all weight: the effect leans on it. Read effective-sample-size.");
        }
    }

    private void Matched(List<Estimate> tested, double[]? propensity)
    {
        string[] ids = ["att-subclass", "att-nearest-match", "rosenbaum-bound"];
        if (propensity is null)
        {
            tested.AddRange(ids.Where(call.Wants).Select(id => Estimate.Undefined(id, Weighting.Separated)));
            return;
        }

        if (call.Wants("att-subclass")) tested.Add(Complete(Strata.Subclasses(data, propensity, call.Classes)));
        if (!call.Wants("att-nearest-match") && !call.Wants("rosenbaum-bound")) return;
        if (data.SampleWeights is not null)
        {
            tested.AddRange(ids.Skip(1).Where(call.Wants)
                .Select(id => Estimate.Undefined(id, "pairs of persons have no weights: leave --weight out, or take a weighting method")));
            return;
        }

        var match = NearestMatch.Of(propensity, data.Treated, call.Match);
        var record = match.Record(data, propensity, call.Match, call.Level);
        if (call.Wants("att-nearest-match")) tested.Add(record);
        if (call.Wants("rosenbaum-bound")
            && record.Value is { } effect) found.AddRange(HiddenBias.Records(match.Differences(data.Outcomes), effect));
    }

    private void Binary()
    {
        string[] ids = ["fisher-exact", "mid-p", "risk-difference", "risk-ratio", "e-value"];
        if (data.Outcomes.Any(value => value is not (0 or 1)))
        {
            found.AddRange(ids.Where(call.Named).Select(id => Estimate.Undefined(id, "the outcome is not 0 or 1")));
            return;
        }

        var table = Table();
        found.AddRange(table.Records(call.Level).Where(one => call.Wants(one.Id)));
        if (call.Wants("e-value")) found.Add(HiddenBias.EValue(table.RiskRatio(call.Level).Value)
            with
        { Treated = table.Treated, Comparison = table.Comparison });
    }

    private TwoByTwo Table() => new(data.TreatedRows.Count(row => data.Outcomes[row] == 1), data.TreatedRows.Length,
        data.ComparisonRows.Count(row => data.Outcomes[row] == 1), data.ComparisonRows.Length);

    private void Smallest()
    {
        double[] given = CrossSection.At(data.Outcomes, data.TreatedRows), others = CrossSection.At(data.Outcomes, data.ComparisonRows);
        var spread = Power.Pooled(given, others);
        const string id = "minimum-detectable-effect";
        if (call.Wants(id)) found.Add((data.Record(id) with { Value = Power.Individual(given.Length, others.Length, call.Level) * spread })
            .With("design", "individual"));
        if (call.Wants(id) && Whole() is var (treated, comparison, correlation) && treated + comparison > 2)
        {
            found.Add((data.Record(id)
                with
            { Value = spread * Power.Cluster(treated, comparison, (double)data.Units / ClusterCount, correlation, call.Level) })
                .With("design", "cluster")
                .With("correlation", Number(correlation)));
        }

        if (call.Detect is not { } detect || !call.Wants("power")) return;
        found.Add(Chance(detect, spread));
        if (Whole() is var (first, second, share) && first + second > 2 && spread > 0)
        {
            var error = spread * Power.ClusterError(first, second, (double)data.Units / ClusterCount, share);
            found.Add((data.Record("power") with { Value = Power.Student(detect, error, first + second - 2) })
                .With("detect", Number(detect)).With("design", "cluster").With("correlation", Number(share)));
        }
    }

    private static string Number(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    // The numbers of clusters that are treated as a whole and of the others, and the share of the variance between clusters; zeros where
    // clusters are mixed.
    private (int Treated, int Comparison, double Correlation) Whole()
    {
        if (data.Clusters is null) return (0, 0, 0);
        var groups = Enumerable.Range(0, data.Units).GroupBy(row => data.Clusters[row])
            .Select(rows => rows.Select(row => data.Treated[row]).Distinct().ToArray()).ToArray();
        if (groups.Any(group => group.Length > 1)) return (0, 0, 0);
        var treated = groups.Count(group => group[0]);
        return treated == 0 || treated == groups.Length ? (0, 0, 0)
            : (treated, groups.Length - treated, Power.Correlation(data.Outcomes, data.Treated, data.Clusters));
    }

    private Estimate Chance(double detect, double spread)
    {
        const string id = "power";
        var record = data.Record(id).With("detect", Number(detect));
        if (data.Outcomes.All(value => value is 0 or 1))
        {
            var table = Table();
            var share = (double)table.ComparisonEvents / table.Comparison;
            if (share + detect is < 0 or > 1)
                throw new EffectException("--detect leads the comparison's share out of 0 to 1: give a smaller effect, or one of the "
                    + "other sign.");
            return record with { Value = Power.Fisher(table.Treated, table.Comparison, share + detect, share) };
        }

        double treated = data.TreatedRows.Length, comparison = data.ComparisonRows.Length;
        if (!(spread > 0)) return record with { Reason = "all outcomes are alike" };
        return record with
        {
            Value =
            Power.Student(detect, spread * Math.Sqrt((1 / treated) + (1 / comparison)), treated + comparison - 2)
        };
    }
}
