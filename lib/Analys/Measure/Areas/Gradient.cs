using Analys.Measure.Inference;
using MathNet.Numerics.Distributions;

namespace Analys.Measure.Areas;

/// <summary>Where the error of a gradient comes from.</summary>
internal enum GradientError
{
    /// <summary>The groups' distances from the line: how well one slope describes them.</summary>
    Residuals,

    /// <summary>The rates' own binomial chance, whatever the line.</summary>
    Binomial,
}

/// <summary>Which relative index is meant.</summary>
internal enum RelativeIndex
{
    /// <summary>The fitted rate at ridit 1 over that at 0.</summary>
    Fit,

    /// <summary>The slope over the mean rate.</summary>
    Mean,

    /// <summary>e to the slope of a log-binomial model.</summary>
    LogBinomial,
}

/// <summary>A value, its standard error and its interval; error and ends are empty where they do not exist.</summary>
/// <param name="Value">The value.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Lower">The lower end.</param>
/// <param name="Upper">The upper end.</param>
internal readonly record struct Estimated(Quantity Value, double? StandardError = null, double? Lower = null, double? Upper = null);

/// <summary>A group of the gradient: everybody of one rank.</summary>
/// <param name="Rank">The rank; 1 is the worst placed.</param>
/// <param name="Count">The number of persons.</param>
/// <param name="Rate">The outcome's rate.</param>
/// <param name="Ridit">The mean relative rank of its persons.</param>
internal readonly record struct GradientGroup(double Rank, double Count, double Rate, double Ridit);

/// <summary>Inequality of a rate along ranked groups.</summary>
/// <remarks>
/// Sources: Mackenbach &amp; Kunst 1997, Soc Sci Med 44(6); Kakwani, Wagstaff &amp; van Doorslaer 1997, J Econometrics 77(1); Wagstaff
/// 2005, Health Econ 14(4);
/// Erreygers 2009, J Health Econ 28(2).
/// </remarks>
internal sealed class Gradient
{
    private readonly double level, slope, intercept, mean, covariance, spread;
    private readonly double[,] error;
    private readonly double? freedom;
    private readonly GradientError kind;

    private Gradient(IReadOnlyList<GradientGroup> groups, GradientError kind, double level)
    {
        Groups = groups;
        this.kind = kind;
        this.level = level;
        Total = groups.Sum(group => group.Count);
        mean = groups.Sum(group => group.Count * group.Rate) / Total;
        covariance = groups.Sum(group => group.Count * (group.Rate - mean) * (group.Ridit - 0.5)) / Total;
        spread = groups.Sum(group => group.Count * (group.Ridit - 0.5) * (group.Ridit - 0.5)) / Total;
        (slope, intercept) = (covariance / spread, mean - (0.5 * covariance / spread));
        freedom = kind == GradientError.Residuals ? groups.Count - 2 : null;
        error = ErrorOf([.. groups.Select(group => group.Rate)], slope, intercept);
    }

    /// <summary>The groups from the worst placed.</summary>
    public IReadOnlyList<GradientGroup> Groups { get; }

    /// <summary>Everybody.</summary>
    public double Total { get; }

    /// <summary>The rate of all.</summary>
    public double Mean => mean;

    /// <summary>The fitted rate at a ridit.</summary>
    public double At(double ridit) => intercept + (slope * ridit);

    /// <summary>Makes a gradient; equal ranks become one group, rows may come in any order.</summary>
    /// <param name="ranks">By row, the rank; 1 is the worst placed.</param>
    /// <param name="counts">By row, the persons; not negative.</param>
    /// <param name="events">By row, those who have the outcome: count times rate.</param>
    /// <param name="kind">Where the error comes from.</param>
    /// <param name="level">The coverage of intervals.</param>
    /// <exception cref="AreaModelException">Fewer than two ranks have persons.</exception>
    public static Gradient Of(double[] ranks, double[] counts, double[] events, GradientError kind = GradientError.Residuals,
        double level = 0.95)
    {
        var below = 0.0;
        var total = counts.Sum();
        List<GradientGroup> groups = [];
        foreach (var rank in Enumerable.Range(0, ranks.Length).Where(i => counts[i] > 0).GroupBy(i => ranks[i]).OrderBy(group => group.Key))
        {
            // In an order of their own, so that the last digit does not depend on that of the rows.
            var count = rank.Select(i => counts[i]).Order().Sum();
            var rate = rank.Select(i => events[i]).Order().Sum() / count;
            groups.Add(new GradientGroup(rank.Key, count, rate, (below + (count / 2)) / total));
            below += count;
        }

        return groups.Count > 1 ? new Gradient(groups, kind, level)
            : throw new AreaModelException("a gradient needs at least two ranks with persons");
    }

    /// <summary>The slope index of inequality: the difference that the line makes from the worst placed to the best.</summary>
    public Estimated Slope => Normal(slope, Known ? Math.Sqrt(error[1, 1]) : null);

    /// <summary>The relative index of inequality.</summary>
    /// <param name="form">Which.</param>
    public Estimated Relative(RelativeIndex form) => form switch
    {
        RelativeIndex.Mean => mean == 0 ? NoOutcome : Normal(slope / mean, MeanError()),
        RelativeIndex.LogBinomial => LogBinomial(),
        _ => Ratio(),
    };

    /// <summary>The concentration index: 2/μ times the covariance of rate and ridit.</summary>
    public Estimated Concentration => mean == 0 ? NoOutcome : Normal(2 * covariance / mean, ConcentrationError());

    /// <summary>Erreygers' corrected index: 4μ times the concentration index, for an outcome between 0 and 1.</summary>
    public Estimated Erreygers => OutsideUnit() ?? Scaled(8 * covariance, 4 * mean, group => 8 * (group.Ridit - 0.5));

    /// <summary>Wagstaff's normalised index: the concentration index over 1 − μ, for an outcome between 0 and 1.</summary>
    public Estimated Wagstaff => OutsideUnit() ?? (mean == 0 ? NoOutcome : mean == 1
        ? new(Quantity.Undefined("everybody has the outcome"))
        : Scaled(
            2 * covariance / mean / (1 - mean), 1 / (1 - mean),
            group => 2 * (group.Ridit - 0.5 - (covariance * (1 - (2 * mean)) / (mean * (1 - mean)))) / (mean * (1 - mean))));

    private static Estimated NoOutcome => new(Quantity.Undefined("nobody has the outcome"));

    // A line through two groups leaves no residual: an error from residuals would be 0, and wrong.
    private bool Known => freedom is null or > 0;

    private double Quantile => freedom is { } degrees ? StudentQuantile.Of((1 + level) / 2, degrees)
        : MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (1 + level) / 2);

    private Estimated? OutsideUnit() => Groups.Any(group => group.Rate is < 0 or > 1)
        ? new Estimated(Quantity.Undefined("the outcome is not a rate between 0 and 1"))
        : null;

    private Estimated Normal(double value, double? standardError) => standardError is { } se
        ? new(Quantity.Known(value), se, value - (Quantile * se), value + (Quantile * se))
        : new(Quantity.Known(value));

    private Estimated Scaled(double value, double factor, Func<GradientGroup, double> derivative) =>
        Normal(value, mean == 0 ? null : Linear(derivative, () => factor * 2 * spread / Math.Abs(mean) * Math.Sqrt(error[1, 1])));

    private Estimated Ratio()
    {
        double low = At(0), high = At(1);
        if (!(low > 0) || !(high > 0)) return new(Quantity.Undefined("the fitted line is not above 0 at both ends"));
        var ratio = high / low;
        if (!Known) return new(Quantity.Known(ratio));
        // log(a + b) − log a
        double da = (1 / high) - (1 / low), db = 1 / high;
        var logError = Math.Sqrt((da * da * error[0, 0]) + (2 * da * db * error[0, 1]) + (db * db * error[1, 1]));
        return new(Quantity.Known(ratio), ratio * logError, ratio * Math.Exp(-Quantile * logError), ratio * Math.Exp(Quantile * logError));
    }

    private double? MeanError() => Linear(group => (((group.Ridit - 0.5) / spread) - (slope / mean)) / mean,
        () => Math.Sqrt(error[1, 1]) / Math.Abs(mean));

    // Kakwani, Wagstaff and van Doorslaer: C is the slope of 2σ²/μ·rate on the ridit, and the residuals of that line give its error.
    private double? ConcentrationError() =>
        Linear(group => 2 / mean * (group.Ridit - 0.5 - (covariance / mean)), () => 2 * spread / Math.Abs(mean) * Math.Sqrt(error[1, 1]));

    // Binomial: the value moves by (count/total)·factor·change of the rate.
    private double? Linear(Func<GradientGroup, double> factor, Func<double> residual) => kind == GradientError.Binomial
        ? Math.Sqrt(Groups.Sum(group => Math.Pow(group.Count / Total * factor(group), 2) * Chance(group)))
        : Known ? residual() : null;

    private static double Chance(GradientGroup group) => Math.Max(0, group.Rate * (1 - group.Rate)) / group.Count;

    // The covariance of intercept and slope.
    private double[,] ErrorOf(double[] rates, double b, double a)
    {
        var result = new double[2, 2];
        if (kind == GradientError.Binomial)
        {
            foreach (var group in Groups)
            {
                double part = group.Count / Total, forSlope = part * (group.Ridit - 0.5) / spread, forIntercept = part - (0.5 * forSlope),
                    chance = Chance(group);
                result[0, 0] += forIntercept * forIntercept * chance;
                result[1, 1] += forSlope * forSlope * chance;
                result[0, 1] += forIntercept * forSlope * chance;
            }

            result[1, 0] = result[0, 1];
            return result;
        }

        if (Groups.Count < 3) return result;
        var squares = Groups.Select((group, i) => group.Count * Math.Pow(rates[i] - a - (b * group.Ridit), 2)).Sum() / (Groups.Count - 2);
        result[1, 1] = squares / (Total * spread);
        result[0, 1] = result[1, 0] = -0.5 * result[1, 1];
        result[0, 0] = (squares / Total) + (0.25 * result[1, 1]);
        return result;
    }

    // From the expected information, as programs for generalised linear models state it.
    private double LogBinomialError(double a, double b)
    {
        double aa = 0, ab = 0, bb = 0;
        foreach (var group in Groups)
        {
            double p = Math.Exp(a + (b * group.Ridit)), w = group.Count * p / (1 - p);
            aa += w;
            ab += w * group.Ridit;
            bb += w * group.Ridit * group.Ridit;
        }

        return Math.Sqrt(aa / ((aa * bb) - (ab * ab)));
    }

    // Newton on the log-binomial likelihood, from the line; a step that would carry a fitted rate to 1 is halved.
    private Estimated LogBinomial()
    {
        if (mean is <= 0 or >= 1
            || Groups.Any(group => group.Rate is < 0 or > 1)) return new(
            Quantity.Undefined("a log-binomial model needs a rate between 0 and 1"));
        // A likelihood of persons: a rate that was rounded is carried back to whole ones.
        GradientGroup[] whole = [.. Groups.Select(group => group with { Rate = Math.Round(group.Rate * group.Count) / group.Count })];
        double a = Math.Log(mean), b = 0;
        double Likelihood(double atZero, double gradient) => whole.Sum(group =>
        {
            var eta = atZero + (gradient * group.Ridit);
            return eta >= 0 ? double.NegativeInfinity
                : group.Count * ((group.Rate * eta) + ((1 - group.Rate) * Math.Log(-double.ExpM1(eta))));
        });
        for (var round = 0; round < 200; round++)
        {
            double sa = 0, sb = 0, aa = 0, ab = 0, bb = 0;
            foreach (var (_, count, rate, ridit) in whole)
            {
                double p = Math.Exp(a + (b * ridit)), u = count * (rate - p) / (1 - p), w = count * p * (1 - rate) / ((1 - p) * (1 - p));
                sa += u;
                sb += u * ridit;
                aa += w;
                ab += w * ridit;
                bb += w * ridit * ridit;
            }

            var determinant = (aa * bb) - (ab * ab);
            double stepA = ((bb * sa) - (ab * sb)) / determinant, stepB = ((aa * sb) - (ab * sa)) / determinant, here = Likelihood(a, b);
            var factor = 1.0;
            while (factor > 1e-10
                && !(Likelihood(a + (factor * stepA), b + (factor * stepB)) >= here - (1e-12 * Math.Abs(here)))) factor /= 2;
            a += factor * stepA;
            b += factor * stepB;
            if (Math.Abs(stepB * factor) > 1e-14 * Math.Max(1, Math.Abs(b))) continue;
            // A fit pressed against a rate of 1 has no interior maximum.
            if (factor < 1 || !(determinant > 0)) break;
            double se = LogBinomialError(a, b), ratio = Math.Exp(b),
                z = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (1 + level) / 2);
            return new(Quantity.Known(ratio), ratio * se, Math.Exp(b - (z * se)), Math.Exp(b + (z * se)));
        }

        return new(Quantity.Undefined("the log-binomial model has no maximum with all rates below 1"));
    }
}
