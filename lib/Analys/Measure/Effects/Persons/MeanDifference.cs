using Analys.Measure.Effects.Draws;
using Analys.Measure.Effects.Fits;

namespace Analys.Measure.Effects.Persons;

/// <summary>Effects that need no model of who is treated: the difference of means, and the coefficient of a regression.</summary>
internal static class MeanDifference
{
    /// <summary>
    /// att-difference: mean of the treated less mean of the comparison. The error is sqrt(s²/n + s²/n), each with n − 1; Welch's degrees,
    /// t. With weights the means are weighted and the error is that of the influence function.
    /// </summary>
    public static Estimate Difference(CrossSection data, double level)
    {
        double[] given = CrossSection.At(data.Outcomes, data.TreatedRows), others = CrossSection.At(data.Outcomes, data.ComparisonRows);
        double[] givenWeights = CrossSection.At(data.Weights, data.TreatedRows),
            otherWeights = CrossSection.At(data.Weights, data.ComparisonRows);
        double one = Compensated.Mean(given, givenWeights), zero = Compensated.Mean(others, otherWeights);
        double sumGiven = Compensated.Sum(givenWeights), sumOthers = Compensated.Sum(otherWeights);
        var influence = new double[data.Units];
        for (var i = 0; i < influence.Length; i++)
        {
            influence[i] = data.Treated[i]
                ? data.Units * data.Weights[i] / sumGiven * (data.Outcomes[i] - one)
                : -data.Units * data.Weights[i] / sumOthers * (data.Outcomes[i] - zero);
        }

        var record = data.Record("att-difference") with { Value = one - zero, Influence = influence, ResidualDegrees = data.Units - 2 };
        if (data.SampleWeights is not null) return Errors.Complete(record, level);
        double first = Compensated.Variance(given) / given.Length, second = Compensated.Variance(others) / others.Length,
            both = first + second;
        var degrees = both * both / ((first * first / (given.Length - 1)) + (second * second / (others.Length - 1)));
        return Errors.Interval(record with { StandardError = Math.Sqrt(both), Degrees = both > 0 ? degrees : null }, level);
    }

    /// <summary>
    /// att-regression: the coefficient of the measure in least squares of the outcome on it and the covariates; HC2, t with N − K. It is
    /// the effect on the treated only where the effect is the same for all: else a mean over persons weighted by how uncertain their
    /// treatment was.
    /// </summary>
    public static Estimate Regression(CrossSection data, double level)
    {
        const string id = "att-regression";
        var design = data.Covariates.Design(data.Units);
        double[] measure = [.. data.Treated.Select(treated => treated ? 1.0 : 0)];
        var fit = new LeastSquares([.. design, measure], data.Outcomes, data.SampleWeights);
        if (!fit.Has(design.Length))
            return Estimate.Undefined(id, "the covariates tell exactly who is treated: nothing is left to compare");
        if (fit.Degrees < 1) return Estimate.Undefined(id, "no more persons than columns; use fewer covariates");
        // Scaled to an influence function, for clusters and wild draws: n·(X'X)⁻¹x·e.
        var leverage = fit.Influence(design.Length);
        return Errors.Interval(
            data.Record(id) with
            {
                Value = fit.Coefficients[^1],
                StandardError = fit.RobustError(design.Length),
                Degrees = fit.Degrees,
                ResidualDegrees = fit.Degrees,
                Influence = [.. leverage.Select((weight, i) => data.Units * weight * fit.Residuals[i])],
            }, level);
    }

    /// <summary>
    /// att-difference-p by randomisation: all ways to choose as many treated (whole clusters where there are any), |difference of means|.
    /// </summary>
    public static Estimate? Randomised(CrossSection data, Estimate difference, int? replicates, long seed)
    {
        if (difference.Value is not { } observed) return null;
        var clusters = data.Clusters ?? [.. Enumerable.Range(0, data.Units)];
        var count = clusters.Max() + 1;
        var labels = new int[count];
        Array.Fill(labels, -1);
        double[] sums = new double[count], sizes = new double[count];
        var centre = Compensated.Mean(data.Outcomes, data.Weights);
        for (var i = 0; i < data.Units; i++)
        {
            var label = data.Treated[i] ? 1 : 0;
            if (labels[clusters[i]] >= 0 && labels[clusters[i]] != label)
            {
                throw new EffectException("A cluster has treated and comparison units: randomisation treats whole clusters. Give a "
                    + "cluster that was treated as a whole, or none.");
            }

            labels[clusters[i]] = label;
            // Centred, so that sums of large numbers do not lose the difference.
            sums[clusters[i]] += data.Weights[i] * (data.Outcomes[i] - centre);
            sizes[clusters[i]] += data.Weights[i];
        }

        var assignments = new Assignments(labels);
        var plan = DrawPlan.For(assignments.Possible, replicates, seed);
        double all = Compensated.Sum(sums), units = Compensated.Sum(sizes), reach = DrawPlan.Reach(observed);
        var counts = assignments.Count(plan, 1, () => (assignment, tally) =>
        {
            double sum = 0, size = 0;
            for (var c = 0; c < assignment.Length; c++)
            {
                if (assignment[c] == 0) continue;
                sum += sums[c];
                size += sizes[c];
            }

            if (Math.Abs((sum / size) - ((all - sum) / (units - size))) >= reach) tally[0]++;
        });
        return plan.Record(difference, counts[0], "randomisation");
    }
}
