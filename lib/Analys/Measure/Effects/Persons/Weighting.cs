using Analys.Measure.Effects.Fits;
using Analys.Measure.Effects.Panel;

namespace Analys.Measure.Effects.Persons;

/// <summary>
/// Effects on the treated by weighting the comparison until it looks like them: odds of the propensity, doubly robust, entropy balance.
/// </summary>
internal sealed class Weighting
{
    private readonly CrossSection data;
    private readonly double[][] design;
    private readonly Logit logit;

    /// <summary>Fits the propensity: a logit with all covariates linear, by maximum likelihood.</summary>
    public Weighting(CrossSection data)
    {
        this.data = data;
        design = data.Covariates.Design(data.Units);
        logit = Logit.Fit(design, data.Treated, data.Weights);
        Odds = logit.Converged ? Normalised(i => data.Weights[i] * logit.Probabilities[i] / (1 - logit.Probabilities[i])) : null;
        Balance = Balanced();
    }

    /// <summary>The propensity of each unit; null where the covariates tell exactly who is treated.</summary>
    public double[]? Propensity => logit.Converged ? logit.Probabilities : null;

    /// <summary>The comparison's weights p/(1 − p), with sum 1; 0 for the treated; null where there is no propensity.</summary>
    public double[]? Odds { get; }

    /// <summary>The comparison's entropy-balancing weights, with sum 1; null where no weights reach the treated's means.</summary>
    public double[]? Balance { get; }

    /// <summary>What is said where the propensity does not exist.</summary>
    public const string Separated =
        "the covariates tell (almost) exactly who is treated: no propensity can be estimated; use fewer covariates";

    private const string OutOfReach =
        "no weights give the comparison the means of the treated: they lie outside what it spans; use fewer covariates or a wider "
            + "comparison";

    /// <summary>att-inverse-probability: mean of the treated less the comparison's mean weighted by p/(1 − p).</summary>
    public Estimate InverseProbability()
    {
        const string id = "att-inverse-probability";
        if (Odds is null || logit.Information is null) return Estimate.Undefined(id, Separated);
        var (value, influence) = Weighted(Odds, data.Outcomes);
        // The propensity is estimated: its score, by how much the comparison's mean moves with each coefficient.
        double zero = Compensated.Dot(Odds, data.Outcomes);
        var moves = logit.Information.Solve([.. design.Select(column =>
        {
            var sum = default(Compensated);
            for (var i = 0; i < data.Units; i++) sum.Add(Odds[i] * (data.Outcomes[i] - zero) * column[i]);
            return sum.Value;
        })]);
        for (var i = 0; i < influence.Length; i++)
        {
            double move = 0;
            for (var k = 0; k < design.Length; k++) move += moves[k] * design[k][i];
            influence[i] -= data.Units * data.Weights[i] * ((data.Treated[i] ? 1 : 0) - logit.Probabilities[i]) * move;
        }

        return data.Record(id) with { Value = value, Influence = influence };
    }

    /// <summary>
    /// att-doubly-robust: the same with the outcome fitted on the comparison first; right if either fit is. Both parts are normalised.
    /// </summary>
    public Estimate DoublyRobust(bool normalised = true)
    {
        const string id = "att-doubly-robust";
        if (Odds is null) return Estimate.Undefined(id, Separated);
        var (value, influence, reason) =
            DoublyRobustChange.Estimate(data.Outcomes, data.Treated, data.Weights, data.Covariates, normalised);
        return data.Record(id) with { Value = value, Influence = influence, Reason = reason };
    }

    /// <summary>att-entropy-balance: the comparison weighted so that its means are the treated's.</summary>
    /// <remarks>ψ = D/π·(Y − μ1 − (X − m)γ) − N·w·(Y − μ0 − (X − m)γ), γ the w-weighted slope of Y on X within the comparison.</remarks>
    public Estimate EntropyBalance()
    {
        const string id = "att-entropy-balance";
        if (Balance is null) return Estimate.Undefined(id, OutOfReach);
        var slope = new LeastSquares(design, data.Outcomes, Balance);
        var (value, influence) = Weighted(Balance, slope.Residuals);
        return data.Record(id) with { Value = value, Influence = influence };
    }

    /// <summary>effective-sample-size of the comparison, once for each kind of weights (parameter <c>weights</c>): (Σw)²/Σw².</summary>
    public IEnumerable<Estimate> EffectiveSampleSize() => Kinds().Select(kind => (kind.Weights is { } weights
        ? data.Record("effective-sample-size") with { Value = Math.Pow(Compensated.Sum(weights), 2) / Compensated.Dot(weights, weights) }
        : Estimate.Undefined("effective-sample-size", kind.Reason)).With("weights", kind.Name));

    /// <summary>The kinds of weights by their names, with what is said where one does not exist.</summary>
    public IEnumerable<(string Name, double[]? Weights, string Reason)> Kinds() =>
        [("inverse-probability", Odds, Separated), ("entropy-balance", Balance, OutOfReach)];

    /// <summary>The largest share that one comparison unit has in a weighted mean.</summary>
    public static double LargestShare(double[] weights) => weights.Max();

    // Mean of the treated less the weighted comparison's; the influence as if the weights were known. Residuals of a slope may stand for
    // outcomes.
    private (double Value, double[] Influence) Weighted(double[] weights, double[] outcomes)
    {
        double[] given = CrossSection.At(outcomes, data.TreatedRows), givenWeights = CrossSection.At(data.Weights, data.TreatedRows);
        double one = Compensated.Mean(given, givenWeights), zero = Compensated.Dot(weights, outcomes), sum = Compensated.Sum(givenWeights);
        var influence = new double[data.Units];
        for (var i = 0; i < influence.Length; i++)
        {
            influence[i] = data.Units
                * (data.Treated[i] ? data.Weights[i] / sum * (outcomes[i] - one) : -weights[i] * (outcomes[i] - zero));
        }

        return (one - zero, influence);
    }

    private double[] Normalised(Func<int, double> weight)
    {
        double[] weights = [.. Enumerable.Range(0, data.Units).Select(i => data.Treated[i] ? 0 : weight(i))];
        var sum = Compensated.Sum(weights);
        for (var i = 0; i < weights.Length; i++) weights[i] /= sum;
        return weights;
    }

    private double[]? Balanced()
    {
        var columns = design.Skip(1).Select(column => CrossSection.At(column, data.ComparisonRows)).ToArray();
        var targets = design.Skip(1)
            .Select(column => Compensated.Mean(CrossSection.At(column, data.TreatedRows), CrossSection.At(data.Weights, data.TreatedRows)))
            .ToArray();
        // Columns that differ among the treated only are alike for the whole comparison: its mean can then not be moved.
        List<double[]> free = [Fits.Covariates.Ones(data.ComparisonRows.Length)];
        List<double> wanted = [];
        for (var k = 0; k < columns.Length; k++)
        {
            var fit = new LeastSquares(free, columns[k]);
            if (fit.Residuals.All(residual => Math.Abs(residual) < 1e-9))
            {
                var implied = fit.Coefficients[0] + Enumerable.Range(0, wanted.Count).Sum(j => fit.Coefficients[j + 1] * wanted[j]);
                if (Math.Abs(implied - targets[k]) > 1e-9) return null;
                continue;
            }

            free.Add(columns[k]);
            wanted.Add(targets[k]);
        }

        if (Fits.EntropyBalance.Weights([.. free.Skip(1)], [.. wanted],
            CrossSection.At(data.Weights, data.ComparisonRows)) is not { } weights) return null;
        var all = new double[data.Units];
        for (var i = 0; i < weights.Length; i++) all[data.ComparisonRows[i]] = weights[i];
        return all;
    }
}
