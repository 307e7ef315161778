using Analys.Explore.Regression;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace Analys;

/// <summary>What a regression explains: a number, a share, or a count.</summary>
internal enum RegressionKind
{
    /// <summary>A number, by least squares (weighted where weights are given).</summary>
    Linear,

    /// <summary>A yes or no (0 or 1), or a share with its number as weight, by the logit.</summary>
    Logistic,

    /// <summary>A count, by the logarithm; with an exposure, a rate.</summary>
    Poisson,
}

/// <summary>How the standard errors are found.</summary>
internal enum RegressionErrors
{
    /// <summary>The model is true: equal spread in a linear model, the variance of the distribution else.</summary>
    Classic,

    /// <summary>White's: right in large samples whatever the spread of the rows.</summary>
    HC0,

    /// <summary>HC0 times n/(n − k).</summary>
    HC1,

    /// <summary>Each squared residual over 1 − leverage.</summary>
    HC2,

    /// <summary>Each squared residual over (1 − leverage)²: the careful choice in small samples.</summary>
    HC3,

    /// <summary>Rows of one cluster may go together.</summary>
    Cluster,
}

/// <summary>One coefficient.</summary>
/// <param name="Name">The column, <c>column=kind</c> of a category, or <c>intercept</c>.</param>
/// <param name="Estimate">The coefficient: in the outcome's unit, as a logarithm of odds (logistic) or of a rate (Poisson).</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Statistic">Estimate over standard error.</param>
/// <param name="P">The two-sided p value: of Student's t in a linear model, of the normal else.</param>
/// <param name="Lower">The lower end of the interval.</param>
/// <param name="Upper">The upper end of the interval.</param>
internal sealed record RegressionTerm(string Name, double Estimate, double StandardError, double Statistic, double P, double Lower,
    double Upper)
{
    /// <summary>The odds ratio (logistic) or rate ratio (Poisson): e to the estimate.</summary>
    public double Ratio => Math.Exp(Estimate);
}

/// <summary>A regression table: coefficients with errors, and what the fit is worth.</summary>
/// <remarks>
/// Agrees with R's lm, glm, sandwich::vcovHC and vcovCL. Degrees of freedom of t: n − k, or clusters − 1. It tells what goes together, not
/// what causes what.
/// </remarks>
internal sealed record RegressionTable
{
    /// <summary>What is explained.</summary>
    public required RegressionKind Kind { get; init; }

    /// <summary>How the errors were found.</summary>
    public required RegressionErrors Errors { get; init; }

    /// <summary>The coefficients, intercept first.</summary>
    public required IReadOnlyList<RegressionTerm> Terms { get; init; }

    /// <summary>The rows that the fit used.</summary>
    public required int N { get; init; }

    /// <summary>The rows left out: a value was missing or the weight was zero.</summary>
    public required int LeftOut { get; init; }

    /// <summary>The number of clusters; null without.</summary>
    public int? Clusters { get; init; }

    /// <summary>n − k: how many rows are free to deviate from the fit.</summary>
    public int ResidualDegreesOfFreedom => N - Terms.Count;

    /// <summary>1 − deviance/deviance without columns: R² of a linear model (about zero where it has no intercept), the share of the
    /// deviance explained else. 0 to 1.</summary>
    public required double RSquared { get; init; }

    /// <summary>The residual sum of squares (weighted) of a linear model, else the deviance.</summary>
    public required double Deviance { get; init; }

    /// <summary>The largest leverage of a row, 0 to 1: at 1 the fit gives that row back.</summary>
    public required double LargestLeverage { get; init; }

    /// <summary>Each used row's leverage.</summary>
    internal double[] Leverages { get; init; } = [];

    /// <summary>The fit behind the table.</summary>
    internal RegressionFit? Fit { get; init; }

    /// <summary>The rows, from 0, that were used, in order.</summary>
    internal int[] UsedRows { get; init; } = [];

    /// <summary>The term of this name.</summary>
    /// <param name="name">The column, <c>column=kind</c>, or <c>intercept</c>.</param>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public RegressionTerm this[string name] => Terms.FirstOrDefault(term => term.Name == name)
        ?? throw new KeyNotFoundException($"There is no term {name}. The terms are {string.Join(", ", Terms.Select(term => term.Name))}.");

    /// <summary>Fits a model.</summary>
    /// <param name="kind">What is explained.</param>
    /// <param name="outcome">The outcome; a row with NaN is left out.</param>
    /// <param name="design">The explanatory columns; a row with NaN is left out.</param>
    /// <param name="errors">How the errors are found.</param>
    /// <param name="weights">The weight of each row, at least 0; null for one each. In a logistic model of shares: the number that the
    /// share is of.</param>
    /// <param name="exposure">What a Poisson count is counted over (persons, person-years), above 0; null for one each.</param>
    /// <param name="clusters">The cluster of each row; below 0 where it is missing.</param>
    /// <param name="confidence">The coverage of the intervals.</param>
    internal static RegressionTable Make(
        RegressionKind kind, IReadOnlyList<double> outcome, DesignMatrix design, RegressionErrors errors = RegressionErrors.HC1,
        IReadOnlyList<double>? weights = null, IReadOnlyList<double>? exposure = null, IReadOnlyList<int>? clusters = null,
        double confidence = 0.95)
    {
        if (weights?.Any(weight => weight < 0) == true) throw new ModelException("A weight is below 0: a row cannot count for less than "
            + "nothing.");
        if (exposure is not null && Enumerable.Range(0, outcome.Count).Any(row => exposure[row] < 0
            || (exposure[row] == 0 && outcome[row] > 0)))
            throw new ModelException("An exposure is below 0, or there are events where nobody was exposed.");
        var everyRow = design.Matrix([.. Enumerable.Range(0, outcome.Count)]);
        int[] kept = [.. Enumerable.Range(0, outcome.Count).Where(row => double.IsFinite(outcome[row])
            && (weights is null || weights[row] > 0) && (exposure is null || exposure[row] > 0) && (clusters is null || clusters[row] >= 0)
            && everyRow.Row(row).ForAll(double.IsFinite))];
        CheckOutcome(kind, kept.Select(row => outcome[row]));
        var x = design.Matrix(kept);
        int n = kept.Length, k = x.ColumnCount;
        if (n <= k)
            throw new ModelException(
                $"{n} rows and {k} coefficients: the model gives the rows back and says nothing (saturated). Leave columns out or merge "
                    + "kinds.");
        var y = Take(outcome);
        var prior = weights is null ? Vector<double>.Build.Dense(n, 1) : Take(weights);
        var redundant = DesignMatrix.Redundant(x, prior);
        if (redundant.Count > 0)
        {
            throw new ModelException(
                $"{string.Join(", ", redundant.Select(i => design.Names[i]))} follows from the columns before it: leave it out.");
        }

        var offset = exposure is null ? Vector<double>.Build.Dense(n) : Take(exposure).PointwiseLog();
        var fit = RegressionFit.Of(kind, x, y, prior, offset);
        int[]? groups = clusters is null ? null : [.. kept.Select(row => clusters[row])];
        var covariance = SandwichErrors.Covariance(fit, errors, groups);
        int? groupCount = errors == RegressionErrors.Cluster ? SandwichErrors.Count(groups!) : null;
        return new()
        {
            Kind = kind,
            Errors = errors,
            Terms = TermsOf(fit, covariance, design.Names, groupCount is { } g ? g - 1 : n - k, confidence),
            N = n,
            LeftOut = outcome.Count - n,
            Clusters = groupCount,
            RSquared = 1 - (fit.Deviance / NullDeviance(fit, design.HasIntercept)),
            Deviance = fit.Deviance,
            LargestLeverage = fit.Leverage.Maximum(),
            Leverages = [.. fit.Leverage],
            UsedRows = kept,
            Fit = fit,
        };

        Vector<double> Take(IReadOnlyList<double> values) => Vector<double>.Build.Dense(n, i => values[kept[i]]);
    }

    private static RegressionTerm[] TermsOf(RegressionFit fit, Matrix<double> covariance, IReadOnlyList<string> names, int freedom,
        double confidence)
    {
        var linear = fit.Kind == RegressionKind.Linear;
        var wide = linear ? StudentT.InvCDF(0, 1, freedom, 0.5 + (confidence / 2)) : Normal.InvCDF(0, 1, 0.5 + (confidence / 2));
        return [.. names.Select((name, i) =>
        {
            double estimate = fit.Coefficients[i], error = Math.Sqrt(covariance[i, i]), ratio = estimate / error;
            // The lower tail, so that small p values keep their digits.
            var p = 2 * (linear ? StudentT.CDF(0, 1, freedom, -Math.Abs(ratio)) : Normal.CDF(0, 1, -Math.Abs(ratio)));
            return new RegressionTerm(name, estimate, error, ratio, p, estimate - (wide * error), estimate + (wide * error));
        })];
    }

    private static double NullDeviance(RegressionFit fit, bool intercept)
    {
        var zero = Vector<double>.Build.Dense(fit.Y.Count);
        if (fit.Kind == RegressionKind.Linear)
        {
            var mean = intercept ? fit.Prior.DotProduct(fit.Y - fit.Offset) / fit.Prior.Sum() : 0;
            return RegressionFit.DevianceOf(fit.Kind, fit.Y - fit.Offset, zero + mean, fit.Prior);
        }

        if (!intercept)
            return RegressionFit.DevianceOf(fit.Kind, fit.Y, fit.Offset.Map(o => fit.Kind == RegressionKind.Poisson ? Math.Exp(o) : 0.5),
                fit.Prior);
        var exposure = fit.Offset.PointwiseExp();
        var rate = fit.Prior.DotProduct(fit.Y) / fit.Prior.DotProduct(exposure);
        return RegressionFit.DevianceOf(fit.Kind, fit.Y, exposure * rate, fit.Prior);
    }

    private static void CheckOutcome(RegressionKind kind, IEnumerable<double> outcome)
    {
        var (low, high, any) = (double.PositiveInfinity, double.NegativeInfinity, false);
        foreach (var value in outcome) (low, high, any) = (Math.Min(low, value), Math.Max(high, value), true);
        if (!any) throw new ModelException("No row has a value in every column.");
        if (kind == RegressionKind.Logistic && (low < 0 || high > 1))
            throw new ModelException("A logistic model explains 0 and 1, or shares between them.");
        if (kind == RegressionKind.Poisson && low < 0) throw new ModelException("A Poisson model explains counts: none may be below 0.");
        if (low == high) throw new ModelException("The outcome is the same in every row: there is nothing to explain.");
    }
}
