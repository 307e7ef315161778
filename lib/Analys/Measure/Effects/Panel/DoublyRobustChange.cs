using Analys.Measure.Effects.Fits;

namespace Analys.Measure.Effects.Panel;

/// <summary>
/// The effect on the treated of a change between two periods, doubly robust (Sant'Anna and Zhao 2020, J. Econometrics 219).
/// </summary>
/// <remarks>
/// The propensity is a logit by maximum likelihood, the comparison's change a least-squares fit on the comparison; both parts are
/// normalised. The influence function has the corrections for both fits. Without covariates it is the difference of mean changes.
/// </remarks>
internal static class DoublyRobustChange
{
    /// <summary>The effect and, by row, its influence (mean 0 over the rows).</summary>
    /// <param name="changes">The change of each row.</param>
    /// <param name="treated">Who is treated.</param>
    /// <param name="weights">The rows' weights.</param>
    /// <param name="covariates">The covariates of the rows.</param>
    /// <param name="normalised">False for Robins, Rotnitzky and Zhao's form, where the comparison's weights are not brought to sum
    /// 1.</param>
    /// <returns>A null value with a reason where a fit does not exist.</returns>
    public static (double? Value, double[] Influence, string? Reason) Estimate(
        double[] changes, bool[] treated, double[] weights, Covariates covariates, bool normalised = true)
    {
        var rows = changes.Length;
        var design = covariates.Design(rows);
        var logit = Logit.Fit(design, treated, weights);
        if (!logit.Converged || logit.Information is null)
        {
            return (null, [], "the covariates separate treated from comparison units: no propensity can be estimated; use fewer "
                + "covariates or wider cohorts");
        }

        double[] comparison = [.. weights.Select((weight, i) => treated[i] ? 0 : weight)];
        var fit = new LeastSquares(design, changes, comparison);
        if (fit.Rank < design.Length) return (null, [], "too few comparison units for so many covariates; use fewer");
        var rest = fit.Residuals;
        double[] given = [.. weights.Select((weight, i) => treated[i] ? weight : 0)];
        double[] odds = [.. weights.Select((weight, i) => treated[i] ? 0 : weight * logit.Probabilities[i] / (1 - logit.Probabilities[i]))];
        double sumTreated = Compensated.Sum(given), sumOdds = Compensated.Sum(odds);
        double ofTreated = Compensated.Dot(given, rest) / sumTreated,
            ofOthers = Compensated.Dot(odds, rest) / (normalised ? sumOdds : sumTreated);

        // Σ over rows of weight · column: how the estimate moves with each coefficient of the two fits.
        double[] Moments(Func<int, double> term) => [.. design.Select(column =>
        {
            var sum = default(Compensated);
            for (var i = 0; i < rows; i++) sum.Add(term(i) * column[i]);
            return sum.Value;
        })];
        var outcomeCross = Symmetric.Factor(Symmetric.Cross(design, comparison));
        if (outcomeCross is null) return (null, [], "too few comparison units for so many covariates; use fewer");
        var byOutcome = outcomeCross.Solve(Moments(i => (given[i] / sumTreated) - (odds[i] / sumOdds)));
        var byPropensity = logit.Information.Solve(Moments(i => odds[i] / sumOdds * (rest[i] - ofOthers)));
        var influence = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            double outcome = 0, propensity = 0;
            for (var k = 0; k < design.Length; k++)
            {
                outcome += byOutcome[k] * design[k][i];
                propensity += byPropensity[k] * design[k][i];
            }

            var score = weights[i] * ((treated[i] ? 1 : 0) - logit.Probabilities[i]);
            influence[i] = rows * ((given[i] / sumTreated * (rest[i] - ofTreated)) - (odds[i] / sumOdds * (rest[i] - ofOthers))
                - (comparison[i] * rest[i] * outcome) - (score * propensity));
        }

        return (ofTreated - ofOthers, influence, null);
    }
}
