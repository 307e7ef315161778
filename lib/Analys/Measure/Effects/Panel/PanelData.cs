using Analys.Measure.Effects.Fits;

namespace Analys.Measure.Effects.Panel;

/// <summary>A complete panel: every unit in every period, and when each unit's measure started.</summary>
/// <remarks>
/// Units that have the measure already in the first period are left out of everything: there is nothing to compare them with before, and
/// they are no comparison for others. A start after the last period is as never: nothing of it is seen.
/// </remarks>
internal sealed class PanelData
{
    /// <summary>Makes a panel.</summary>
    /// <param name="outcomes">By unit, the outcome of each period.</param>
    /// <param name="starts">By unit, the period's number from which it has the measure; null for never.</param>
    /// <param name="periods">The periods as numbers, ascending.</param>
    /// <param name="labels">By unit, its name; used only by measures that name units (donors).</param>
    /// <param name="clusters">By unit, its cluster; null for units by themselves.</param>
    /// <param name="weights">By unit, its weight; null for one each.</param>
    /// <param name="covariates">By unit, its covariates in the first period.</param>
    /// <param name="name">What a period or start is called; null for its number.</param>
    public PanelData(double[][] outcomes, double?[] starts, double[] periods, string[]? labels = null, int[]? clusters = null,
        double[]? weights = null, Covariates? covariates = null, Func<double, string>? name = null)
    {
        Periods = periods;
        Name = name ?? Text;
        int[] kept = [.. Enumerable.Range(0, outcomes.Length).Where(unit => !(starts[unit] <= periods[0]))];
        AlwaysTreated = outcomes.Length - kept.Length;
        Outcomes = Array.ConvertAll(kept, unit => outcomes[unit]);
        Labels = Array.ConvertAll(kept, unit => labels?[unit] ?? "");
        Weights = Array.ConvertAll(kept, unit => weights?[unit] ?? 1);
        Weighted = weights is not null;
        Covariates = covariates?.Rows(kept) ?? Covariates.None;
        var known = new Dictionary<int, int>();
        Clusters = clusters is null ? null : Array.ConvertAll(kept, unit =>
        {
            known.TryAdd(clusters[unit], known.Count);
            return known[clusters[unit]];
        });
        StartedLater = kept.Count(unit => starts[unit] > periods[^1]);
        Cohorts = [.. kept.Select(unit => starts[unit]).OfType<double>().Where(start => start <= periods[^1]).Distinct().Order()];
        First = Array.ConvertAll(Cohorts, start => Array.FindIndex(periods, period => period >= start));
        CohortOf = Array.ConvertAll(kept, unit => starts[unit] is { } start ? Math.Max(-1, Array.IndexOf(Cohorts, start)) : -1);
    }

    /// <summary>By unit, the outcome of each period.</summary>
    public double[][] Outcomes { get; }

    /// <summary>The periods.</summary>
    public double[] Periods { get; }

    /// <summary>What a period or start is called.</summary>
    public Func<double, string> Name { get; }

    /// <summary>By unit, its name.</summary>
    public string[] Labels { get; }

    /// <summary>By unit, its weight.</summary>
    public double[] Weights { get; }

    /// <summary>True where weights were given.</summary>
    public bool Weighted { get; }

    /// <summary>By unit, its covariates.</summary>
    public Covariates Covariates { get; }

    /// <summary>By unit, its cluster; null for units by themselves.</summary>
    public int[]? Clusters { get; }

    /// <summary>The start of each cohort, ascending.</summary>
    public double[] Cohorts { get; }

    /// <summary>By cohort, the number of its first period with the measure.</summary>
    public int[] First { get; }

    /// <summary>By unit, its cohort; −1 for never.</summary>
    public int[] CohortOf { get; }

    /// <summary>Units left out because they had the measure from the first period.</summary>
    public int AlwaysTreated { get; }

    /// <summary>Units whose start lies after the last period.</summary>
    public int StartedLater { get; }

    /// <summary>The number of units.</summary>
    public int Units => Outcomes.Length;

    /// <summary>The units that get the measure within the window.</summary>
    public int Treated => CohortOf.Count(cohort => cohort >= 0);

    /// <summary>By unit, its cluster, or itself.</summary>
    public int[] ClusterOrUnit => Clusters ?? [.. Enumerable.Range(0, Units)];

    /// <summary>The number of clusters.</summary>
    public int ClusterCount => Clusters is null ? Units : Clusters.Length == 0 ? 0 : Clusters.Max() + 1;

    /// <summary>The same panel without a unit.</summary>
    public PanelData Without(int left)
    {
        int[] kept = [.. Enumerable.Range(0, Units).Where(unit => unit != left)];
        return new(Array.ConvertAll(kept, unit => Outcomes[unit]),
            Array.ConvertAll(kept, unit => CohortOf[unit] >= 0 ? Cohorts[CohortOf[unit]] : (double?)null), Periods,
            Array.ConvertAll(kept, unit => Labels[unit]), Clusters is null ? null : Array.ConvertAll(kept, unit => Clusters[unit]),
            Weighted ? Array.ConvertAll(kept, unit => Weights[unit]) : null, Covariates.IsEmpty ? null : Covariates.Rows(kept), Name);
    }

    /// <summary>The same units, starts and weights with other outcomes.</summary>
    public PanelData WithOutcomes(Func<int, int, double> outcome) =>
        new([.. Enumerable.Range(0, Units).Select(unit => Enumerable.Range(0, Periods.Length).Select(t => outcome(unit, t)).ToArray())],
            [.. CohortOf.Select(cohort => cohort >= 0 ? Cohorts[cohort] : (double?)null)], Periods, Labels, Clusters,
            Weighted ? Weights : null, Covariates.IsEmpty ? null : Covariates, Name);

    /// <summary>True where the unit has the measure in the period.</summary>
    public bool Has(int unit, int period) => CohortOf[unit] is var cohort and >= 0 && period >= First[cohort];

    /// <summary>A number as a parameter's text: a year without decimals.</summary>
    public static string Text(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Who is compared with those that have the measure.</summary>
internal enum ComparisonGroup
{
    /// <summary>Units that never get it.</summary>
    Never,

    /// <summary>These, and units that do not have it yet.</summary>
    NotYet,
}
