using System.Globalization;
using Analys.Measure.Income;
using Analys.Measure.Income.Inequality;

namespace Analys.Measure.Study;

/// <summary>Inequality within and between groups, and how far groups part and overlap.</summary>
/// <remarks>
/// <para>v_g is a group's share of persons, s_g = v_g μ_g / μ its share of income. Generalised entropy, for every α: within
/// Σ_g v_g (μ_g / μ)^α I_g, between the index of a population in which everyone has the mean of the group (Shorrocks 1980). Atkinson, for
/// every
/// ε: within A_W = Σ_g s_g A_g, between 1 − (1 − A) / (1 − A_W), so that 1 − A = (1 − A_W)(1 − A_B) (Blackorby, Donaldson &amp; Auersperg
/// 1981).</para>
/// <para>Gini, by Dagum 1997: within Σ_g v_g s_g G_g; net between, the Gini of the groups' means, and transvariation, what is left: it
/// is nothing where no incomes of two groups overlap. By Yitzhaki 1994: within Σ_g s_g G_g O_g, with O_g = cov_g(y, F) / cov_g(y, F_g) the
/// overlapping of the group with everyone, and between 2 cov(μ_g, F̄_g) / μ; they add up to the Gini without a rest.</para>
/// <para>Polarisation: Σ_i Σ_j v_i^(1+α) v_j |μ_i − μ_j| / μ with α = 1.3, of groups that are given (Esteban &amp; Ray 1994).</para>
/// </remarks>
internal static class GroupInequality
{
    private const double Identification = 1.3;

    /// <summary>The inequality within groups.</summary>
    public static Definition Within { get; } = new(
        "within-groups", "Inequality within groups", "Ojämlikhet inom grupper",
        "GE(α): Σ_g v_g (μ_g / μ)^α I_g; Atkinson: Σ_g s_g A_g; Gini: Σ_g v_g s_g G_g (dagum), Σ_g s_g G_g O_g (yitzhaki)", Units.Index,
        ValueRange.NonNegative,
        "Shorrocks 1980, Econometrica 48(3); Blackorby, Donaldson & Auersperg 1981, Canadian Journal of Economics 14(4); Dagum 1997, "
            + "Empirical Economics 22(4); Yitzhaki 1994, Journal of Econometrics 61(1)")
    {
        Tells = Tells.Amount,
    };

    /// <summary>The inequality between groups.</summary>
    public static Definition Between { get; } = new(
        "between-groups", "Inequality between groups", "Ojämlikhet mellan grupper",
        "GE(α) of the groups' means; Atkinson: 1 − (1 − A) / (1 − A_W); Gini: of the groups' means (dagum), "
            + "2 cov(μ_g, F̄_g) / μ (yitzhaki)",
        Units.Index, ValueRange.Any,
        "Shorrocks 1980, Econometrica 48(3); Blackorby, Donaldson & Auersperg 1981, Canadian Journal of Economics 14(4); Dagum 1997, "
            + "Empirical Economics 22(4); Yitzhaki 1994, Journal of Econometrics 61(1)")
    {
        Tells = Tells.Amount,
    };

    /// <summary>What incomes of different groups that overlap add to the Gini.</summary>
    public static Definition Transvariation { get; } = new(
        "transvariation", "Overlap of groups in the Gini", "Överlappning mellan grupper i Gini", "G − Σ_g v_g s_g G_g − G(μ_g)",
            Units.Index,
        ValueRange.NonNegative, "Dagum 1997, Empirical Economics 22(4)")
    {
        Tells = Tells.Amount,
    };

    /// <summary>How far the incomes of a group are mixed with everyone's.</summary>
    public static Definition Overlapping { get; } = new(
        "overlapping-index", "Overlapping of a group with all", "Gruppens överlappning med alla",
        "O_g = cov_g(y, F) / cov_g(y, F_g): 1 where the group is like all, 0 where it stands apart", Units.Index, ValueRange.NonNegative,
        "Yitzhaki 1994, Journal of Econometrics 61(1)")
    {
        Tells = Tells.Amount,
    };

    /// <summary>How far a population is divided into groups that are alike within and far from each other.</summary>
    public static Definition Polarisation { get; } = new(
        "esteban-ray", "Esteban and Ray's polarisation of groups", "Polarisering mellan grupper",
        "Σ_i Σ_j v_i^(1+α) v_j |μ_i − μ_j| / μ", Units.Index, ValueRange.NonNegative, "Esteban & Ray 1994, Econometrica 62(4)")
    {
        Tells = Tells.Amount,
    };

    /// <summary>Entropy of three α and Atkinson.</summary>
    public static IEnumerable<Result> Logarithmic(SubgroupDecomposition.Part part, GroupWeights weights, double alpha, double epsilon)
    {
        var study = part.Study;
        var results = part.Run([Mean.Measure, GeneralisedEntropy.Theil, GeneralisedEntropy.MeanLogDeviation, GeneralisedEntropy.Of(alpha),
            Atkinson.Of(epsilon)]);
        var means = Means(results);
        foreach (var (whole, parts) in GroupedRows.Of(study, results).Where(pair => pair.Whole.Measure.Id != "mean"))
        {
            if (!whole.Value.HasNumber)
            {
                foreach (var row in Rows(study, whole, whole.Value, whole.Value)) yield return row;
                continue;
            }

            var mean = means[Place(whole)];
            // A group whose people without an income put its index below equality has no part that could be added up.
            if (parts.FirstOrDefault(group => !group.Value.HasNumber && means[Place(group)] > 0) is { } without)
            {
                foreach (var row in Rows(study, whole, without.Value, without.Value)) yield return row;
                continue;
            }

            // A group without an income has no part in either.
            var groups = parts.Where(group => group.Value.HasNumber && means[Place(group)] > 0)
                .Select(group => (Share: weights.Of(group) / weights.Of(whole), Ratio: means[Place(group)] / mean, group.Value.Number))
                    .ToArray();
            double within, between;
            if (whole.Measure.Id == "atkinson")
            {
                within = Sum(groups.Select(group => group.Share * group.Ratio * group.Number));
                between = within < 1 ? 1 - ((1 - whole.Value.Number) / (1 - within)) : 0;
            }
            else
            {
                var a = whole.Measure.Id switch { "theil" => 1, "mean-log-deviation" => 0, _ => alpha };
                within = Sum(groups.Select(group => group.Share * Math.Pow(group.Ratio, a) * group.Number));
                between = a switch
                {
                    // Those without an income count in the shares and not in the logarithms.
                    0 when study.NonPositive == NonPositiveIncomes.Denominator => whole.Value.Number - within,
                    0 => Sum(groups.Select(group => -group.Share * Math.Log(group.Ratio))),
                    1 => Sum(groups.Select(group => group.Share * group.Ratio * Math.Log(group.Ratio))),
                    _ => (Sum(groups.Select(group => group.Share * Math.Pow(group.Ratio, a))) - 1) / (a * (a - 1)),
                };
            }

            foreach (var row in Rows(study, whole, PositiveSums.Index(within), PositiveSums.Index(between))) yield return row;
        }
    }

    /// <summary>Gini's index by Dagum and by Yitzhaki, and the polarisation of the groups.</summary>
    public static IEnumerable<Result> Ginis(SubgroupDecomposition.Part part, GroupWeights weights)
    {
        var study = part.Study;
        var results = part.Run([Mean.Measure, Gini.Measure]);
        var means = Means(results);
        var ranks = study.Source is null && study.Persons.Count > 0 ? new GroupRanks(part.Plan([Gini.Measure])) : null;
        foreach (var (whole, parts) in GroupedRows.Of(study, results).Where(pair => pair.Whole.Measure.Id == "gini"
            && pair.Whole.Value.HasNumber))
        {
            var mean = means[Place(whole)];
            var groups = parts.Where(group => weights.Of(group) > 0)
                .Select(group => (Row: group, Share: weights.Of(group) / weights.Of(whole), Mean: means[Place(group)])).ToArray();
            // A group with no more debts than incomes has no Gini of its own; half its mean difference is what counts.
            if (groups.Any(group => !group.Row.Value.HasNumber)) continue;
            var within = Sum(groups.Select(group => group.Share * group.Share * group.Mean / mean * group.Row.Value.Number));
            var between = Sum(groups.SelectMany(a => groups.Select(b => a.Share * b.Share * Math.Abs(a.Mean - b.Mean)))) / (2 * mean);
            foreach (var row in Rows(study, whole, Quantity.Known(within), Quantity.Known(between), "dagum")) yield return row;
            yield return Row(study, whole, Transvariation, Quantity.Known(Math.Max(0, whole.Value.Number - within - between)));
            yield return Row(study, whole, Polarisation, Quantity.Known(Sum(groups.SelectMany(a =>
                groups.Select(b => Math.Pow(a.Share, 1 + Identification) * b.Share * Math.Abs(a.Mean - b.Mean)))) / mean), "",
                    Identification);
            if (ranks?.Of(whole, [.. groups.Select(group => group.Row)]) is not { } apart) continue;
            var overlapped = Sum(groups.Select((group, i) =>
                group.Share * group.Mean / mean * group.Row.Value.Number * apart[i].Overlap.GetValueOrDefault()));
            var parted = 2 * Sum(groups.Select((group, i) => group.Share * (group.Mean - mean) * (apart[i].Rank - 0.5))) / mean;
            foreach (var row in Rows(study, whole, Quantity.Known(overlapped), Quantity.Known(parted), "yitzhaki")) yield return row;
            for (var i = 0; i < groups.Length; i++)
            {
                yield return Row(study, groups[i].Row, Overlapping,
                    apart[i].Overlap is { } overlap ? Quantity.Known(overlap) : Quantity.Undefined("all incomes of the group are alike"));
            }
        }
    }

    private static Dictionary<(string?, string?, Population?), double> Means(Results results) =>
        results.Where(result => result.Measure.Id == "mean")
        .ToDictionary(Place, result => result.Value.HasNumber ? result.Value.Number : 0);

    private static (string?, string?, Population?) Place(Result result) => (result.Period, result.Area, result.Population);

    private static double Sum(IEnumerable<double> terms) => Compensated.Sum([.. terms]);

    private static IEnumerable<Result> Rows(IncomeStudy study, Result whole, Quantity within, Quantity between, string method = "") =>
        [Row(study, whole, Within, within, method), Row(study, whole, Between, between, method)];

    private static Result Row(IncomeStudy study, Result of, Definition definition, Quantity value, string method = "", double? alpha = null)
    {
        var parameters = of.Parameters.SetItem("of", of.Measure.Id).SetItem("by", study.Persons.Breakdowns[0].Name);
        if (method.Length > 0) parameters = parameters.SetItem("method", method);
        if (alpha is { } number) parameters = parameters.SetItem("alpha", number.ToString(CultureInfo.InvariantCulture));
        return of with { Measure = definition, Value = value, Parameters = parameters };
    }
}

/// <summary>The places of groups in the order of everyone: their mean rank, and how far their incomes overlap with everyone's.</summary>
/// <remarks>Ranks are in the middle of those of one income, so that the covariance with the rank gives the Gini exactly.</remarks>
internal sealed class GroupRanks(StudyPlan plan)
{
    /// <summary>Of each group its mean rank among all, and its overlapping; no overlapping where its incomes do not differ.</summary>
    public (double Rank, double? Overlap)[] Of(Result whole, Result[] groups)
    {
        var estimates = groups.Select(Find).ToArray();
        var all = Incomes(Find(whole));
        var everyone = Ranks(all.Incomes, all.Weights);
        return [.. estimates.Select(estimate =>
        {
            var (incomes, weights) = Incomes(estimate);
            var own = Ranks(incomes, weights);
            var among = incomes.Select(income => everyone[income]).ToArray();
            var ranks = incomes.Select(income => own[income]).ToArray();
            double total = Compensated.Sum(weights), rank = Compensated.Dot(among, weights) / total;
            var spread = Covariance(incomes, ranks, weights, total);
            return (rank, spread > 0 ? Covariance(incomes, among, weights, total) / spread : (double?)null);
        })];
    }

    private Estimate Find(Result row) => plan.Estimates.First(estimate => plan.Periods[estimate.Period].Period == row.Period
        && estimate.Domain.Area == row.Area && Equals(StudyRecords.Population(estimate.Ages, estimate.Domain.Population), row.Population));

    private (double[] Incomes, double[] Weights) Incomes(Estimate estimate)
    {
        var slices = plan.Rows.Concept(estimate.Period, IncomeConcept.Disposable).Slices(estimate.AgesIndex, estimate.Ages, estimate.Cut);
        return (slices.Incomes[slices[estimate.DomainIndex]], slices.Weights[slices[estimate.DomainIndex]]);
    }

    private static Dictionary<double, double> Ranks(double[] incomes, double[] weights)
    {
        var ranks = new Dictionary<double, double>();
        var total = Compensated.Sum(weights);
        var below = default(Compensated);
        for (var i = 0; i < incomes.Length;)
        {
            var (j, start) = (i, below.Value);
            for (; j < incomes.Length && incomes[j] == incomes[i]; j++) below.Add(weights[j]);
            ranks[incomes[i]] = (start + below.Value) / (2 * total);
            i = j;
        }

        return ranks;
    }

    private static double Covariance(double[] x, double[] y, double[] weights, double total)
    {
        double mx = Compensated.Dot(x, weights) / total, my = Compensated.Dot(y, weights) / total;
        var sum = default(Compensated);
        for (var i = 0; i < x.Length; i++) sum.Add(weights[i] * (x[i] - mx) * (y[i] - my));
        return sum.Value / total;
    }
}
