using Analys.Measure.Inference;

namespace Analys.Measure.Effects.SmallTables;

/// <summary>A table of two groups and an outcome that is 0 or 1.</summary>
/// <param name="TreatedEvents">Treated with the outcome.</param>
/// <param name="Treated">The treated.</param>
/// <param name="ComparisonEvents">Comparison units with the outcome.</param>
/// <param name="Comparison">The comparison.</param>
internal sealed record TwoByTwo(int TreatedEvents, int Treated, int ComparisonEvents, int Comparison)
{
    // Two probabilities of tables that differ by rounding alone are equal.
    private const double Equal = 1e-7;

    /// <summary>fisher-exact: the probability, margins given, of tables at most as probable as this one.</summary>
    public double Fisher() => Tables().Less + Tables().Same;

    /// <summary>mid-p: of less probable tables, and half of the equally probable ones.</summary>
    public double MidP() => Tables().Less + (Tables().Same / 2);

    /// <summary>
    /// risk-difference, treated − comparison, with Newcombe's hybrid score interval without continuity correction (1998, Statistics in
    /// Medicine 17).
    /// </summary>
    public Estimate RiskDifference(double level)
    {
        double p = (double)TreatedEvents / Treated, q = (double)ComparisonEvents / Comparison;
        var z = Errors.NormalQuantile(0.5 + (level / 2));
        var (lowP, highP) = Score(TreatedEvents, Treated, z);
        var (lowQ, highQ) = Score(ComparisonEvents, Comparison, z);
        return Record("risk-difference", p - q) with
        {
            Lower = p - q - Math.Sqrt(((p - lowP) * (p - lowP)) + ((highQ - q) * (highQ - q))),
            Upper = p - q + Math.Sqrt(((highP - p) * (highP - p)) + ((q - lowQ) * (q - lowQ))),
        };
    }

    /// <summary>risk-ratio, treated over comparison, with the interval of its logarithm (Katz and others 1978).</summary>
    public Estimate RiskRatio(double level)
    {
        const string id = "risk-ratio";
        if (ComparisonEvents == 0) return Record(id, null) with { Reason = "nobody of the comparison has the outcome: there is no ratio" };
        double p = (double)TreatedEvents / Treated, q = (double)ComparisonEvents / Comparison;
        if (TreatedEvents == 0)
            return Record(id, 0)
            with
            { Reason = "nobody of the treated has the outcome: the ratio is 0 and its logarithm has no interval" };
        var error = Math.Sqrt((1.0 / TreatedEvents) - (1.0 / Treated) + (1.0 / ComparisonEvents) - (1.0 / Comparison));
        var factor = Math.Exp(Errors.NormalQuantile(0.5 + (level / 2)) * error);
        return Record(id, p / q) with { Lower = p / q / factor, Upper = p / q * factor };
    }

    /// <summary>All records.</summary>
    public IEnumerable<Estimate> Records(double level) =>
        [Record("fisher-exact", Fisher()), Record("mid-p", MidP()), RiskDifference(level), RiskRatio(level)];

    /// <summary>
    /// By number of treated with the outcome, from <paramref name="low"/> on, the probability of the table with these margins.
    /// </summary>
    public static double[] Probabilities(int treated, int comparison, int events, out int low)
    {
        low = Math.Max(0, events - comparison);
        var high = Math.Min(treated, events);
        var whole = LogFactorial.Of(treated) + LogFactorial.Of(comparison) + LogFactorial.Of(events)
            + LogFactorial.Of(treated + comparison - events) - LogFactorial.Of(treated + comparison);
        var probabilities = new double[high - low + 1];
        for (var a = low; a <= high; a++)
        {
            probabilities[a - low] =
                Math.Exp(whole - LogFactorial.Of(a) - LogFactorial.Of(treated - a) - LogFactorial.Of(events - a)
                - LogFactorial.Of(comparison - events + a));
        }

        return probabilities;
    }

    private (double Less, double Same) Tables()
    {
        var probabilities = Probabilities(Treated, Comparison, TreatedEvents + ComparisonEvents, out var low);
        var own = probabilities[TreatedEvents - low];
        var less = Compensated.Sum([.. probabilities.Where(p => p < own * (1 - Equal))]);
        var same = Compensated.Sum([.. probabilities.Where(p => p >= own * (1 - Equal) && p <= own * (1 + Equal))]);
        return (less, Math.Min(same, 1 - less));
    }

    // Wilson's score interval.
    private static (double Low, double High) Score(int events, int n, double z)
    {
        double p = (double)events / n, half = z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4.0 * n * n))), below = 1 + (z * z / n),
            centre = p + (z * z / (2.0 * n));
        return (events == 0 ? 0 : (centre - half) / below, events == n ? 1 : (centre + half) / below);
    }

    private Estimate Record(string id, double? value) => new(id) { Value = value, Treated = Treated, Comparison = Comparison };
}
