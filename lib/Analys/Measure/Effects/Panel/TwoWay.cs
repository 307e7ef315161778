namespace Analys.Measure.Effects.Panel;

/// <summary>
/// Two-way fixed effects: the coefficient of the measure beside unit and period effects. Shown as a warning, not as an estimate.
/// </summary>
/// <remarks>
/// Where starts are staggered and effects change over time it compares units with others that already have the measure, some with negative
/// weight (Goodman-Bacon 2021); <see cref="BaconDecomposition"/> says how much. The error is CR1: clusters' sums of scores, times G/(G −
/// 1)·(N − 1)/(N − K), K all columns; t with G − 1 degrees.
/// </remarks>
internal sealed class TwoWay
{
    private readonly PanelData panel;
    private readonly int[] clusters;

    /// <summary>Fits.</summary>
    public TwoWay(PanelData panel)
    {
        this.panel = panel;
        clusters = panel.ClusterOrUnit;
        Design = Within(panel, (unit, period) => panel.Has(unit, period) ? 1 : 0);
        Restricted = Within(panel, (unit, period) => panel.Outcomes[unit][period]);
        Scale = Sum(Design, Design);
        Coefficient = Scale > 1e-12 ? Sum(Design, Restricted) / Scale : null;
        int rows = panel.Units * panel.Periods.Length, columns = panel.Units + panel.Periods.Length;
        Clusters = panel.ClusterCount;
        Factor = Clusters < 2 || rows <= columns ? double.NaN : Clusters / (Clusters - 1.0) * (rows - 1) / (rows - columns);
    }

    /// <summary>By unit and period, the measure less its unit and period effects.</summary>
    public double[][] Design { get; }

    /// <summary>By unit and period, the outcome less its unit and period effects: what is left where the measure does nothing.</summary>
    public double[][] Restricted { get; }

    /// <summary>Σ w·(measure less effects)².</summary>
    public double Scale { get; }

    /// <summary>The coefficient; null where the measure cannot be told from the effects.</summary>
    public double? Coefficient { get; }

    /// <summary>The number of clusters.</summary>
    public int Clusters { get; }

    /// <summary>The small-sample factor of CR1.</summary>
    public double Factor { get; }

    /// <summary>The record, with CR1 and its t interval.</summary>
    public Estimate Record(double level)
    {
        const string id = "twfe";
        if (Coefficient is not { } beta)
            return Estimate.Undefined(id,
            "all units start in the same period or none is compared: the measure cannot be told from the effects");
        var scores = new double[Clusters];
        for (var unit = 0; unit < panel.Units; unit++)
        {
            for (var period = 0; period < panel.Periods.Length; period++)
            {
                scores[clusters[unit]] += panel.Weights[unit] * Design[unit][period]
                    * (Restricted[unit][period] - (beta * Design[unit][period]));
            }
        }

        var error = Math.Sqrt(Factor * Compensated.Dot(scores, scores)) / Scale;
        var record = new Estimate(id)
        {
            Value = beta,
            ResidualDegrees = (panel.Units - 1.0) * (panel.Periods.Length - 1) - 1,
            Treated = panel.Treated,
            Comparison = panel.Units - panel.Treated
        };
        return double.IsFinite(error) ? Errors.Interval(record with { StandardError = error, Degrees = Clusters - 1 }, level) : record
            with
        { Reason = "one cluster, or no residual: no standard error" };
    }

    /// <summary>
    /// For the wild bootstrap: by cluster the share of its restricted residuals in the coefficient, and by pair of clusters (g, c) the
    /// score of g that the residuals of c give. With signs s the coefficient is Σ s_c·a_c and the scores are B·s less the coefficient times
    /// the clusters' Σ design².
    /// </summary>
    public (double[] Share, double[][] Scores, double[] Squares) Bootstrap()
    {
        var share = new double[Clusters];
        var squares = new double[Clusters];
        var scores = new double[Clusters][];
        for (var g = 0; g < Clusters; g++) scores[g] = new double[Clusters];
        for (var unit = 0; unit < panel.Units; unit++)
        {
            var c = clusters[unit];
            share[c] += panel.Weights[unit] * Compensated.Dot(Design[unit], Restricted[unit]) / Scale;
            squares[c] += panel.Weights[unit] * Compensated.Dot(Design[unit], Design[unit]);
        }

        for (var c = 0; c < Clusters; c++)
        {
            // The residuals of one cluster alone, less unit and period effects anew: a sign turned in c moves the period effects of all.
            var one = Within(panel, (unit, period) => clusters[unit] == c ? Restricted[unit][period] : 0);
            for (var unit = 0; unit < panel.Units; unit++) scores[clusters[unit]][c] += panel.Weights[unit]
                * Compensated.Dot(Design[unit], one[unit]);
        }

        return (share, scores, squares);
    }

    /// <summary>
    /// A table by unit and period less its unit and period effects (complete panel, weights constant in a unit: means suffice).
    /// </summary>
    public static double[][] Within(PanelData panel, Func<int, int, double> value)
    {
        int units = panel.Units, periods = panel.Periods.Length;
        var table = new double[units][];
        var total = Compensated.Sum(panel.Weights);
        for (var unit = 0; unit < units; unit++)
        {
            table[unit] = new double[periods];
            for (var period = 0; period < periods; period++) table[unit][period] = value(unit, period);
            var mean = Compensated.Mean(table[unit]);
            for (var period = 0; period < periods; period++) table[unit][period] -= mean;
        }

        for (var period = 0; period < periods; period++)
        {
            var sum = default(Compensated);
            for (var unit = 0; unit < units; unit++) sum.Add(panel.Weights[unit] * table[unit][period]);
            var mean = sum.Value / total;
            for (var unit = 0; unit < units; unit++) table[unit][period] -= mean;
        }

        return table;
    }

    private double Sum(double[][] a, double[][] b)
    {
        var sum = default(Compensated);
        for (var unit = 0; unit < panel.Units; unit++) sum.Add(panel.Weights[unit] * Compensated.Dot(a[unit], b[unit]));
        return sum.Value;
    }
}
