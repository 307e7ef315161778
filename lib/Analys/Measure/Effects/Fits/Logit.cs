namespace Analys.Measure.Effects.Fits;

/// <summary>
/// The probability of being treated: a logistic regression by maximum likelihood (Newton's steps, halved where one goes too far).
/// </summary>
internal sealed class Logit
{
    private const int MostSteps = 100;

    private Logit(double[] probabilities, Symmetric? information, bool converged, int steps)
    {
        Probabilities = probabilities;
        Information = information;
        Converged = converged;
        Steps = steps;
    }

    /// <summary>The fitted probability of each row.</summary>
    public double[] Probabilities { get; }

    /// <summary>Σ w·p(1 − p)·xx'.</summary>
    public Symmetric? Information { get; }

    /// <summary>
    /// False where the likelihood has no maximum: covariates (or a small group's) separate treated from untreated. Weights from such a fit
    /// are arbitrary.
    /// </summary>
    public bool Converged { get; }

    /// <summary>The number of Newton steps.</summary>
    public int Steps { get; }

    /// <summary>Fits.</summary>
    /// <param name="design">Independent columns of like scale, the first of ones.</param>
    /// <param name="treated">Who is treated.</param>
    /// <param name="weights">The rows' weights.</param>
    public static Logit Fit(IReadOnlyList<double[]> design, bool[] treated, double[] weights)
    {
        int rows = treated.Length, size = design.Count;
        var beta = new double[size];
        var p = new double[rows];
        var likelihood = Likelihood(design, treated, weights, beta, p);
        Symmetric? information = null;
        for (var step = 1; step <= MostSteps; step++)
        {
            var score = new double[size];
            var spread = new double[rows];
            for (var i = 0; i < rows; i++) spread[i] = weights[i] * p[i] * (1 - p[i]);
            for (var k = 0; k < size; k++)
            {
                var sum = default(Compensated);
                for (var i = 0; i < rows; i++) sum.Add(weights[i] * ((treated[i] ? 1 : 0) - p[i]) * design[k][i]);
                score[k] = sum.Value;
            }

            information = Symmetric.Factor(Symmetric.Cross(design, spread));
            if (information is null) return new(p, null, false, step);
            var move = information.Solve(score);
            var largest = move.Max(Math.Abs);
            var next = new double[size];
            var tried = new double[rows];
            var scale = 1.0;
            double reached;
            while (true)
            {
                for (var k = 0; k < size; k++) next[k] = beta[k] + (scale * move[k]);
                reached = Likelihood(design, treated, weights, next, tried);
                if (reached >= likelihood - (1e-12 * Math.Abs(likelihood)) || scale < 1e-6) break;
                scale /= 2;
            }

            (beta, p, likelihood) = (next, tried, reached);
            // In standard deviations of a covariate no honest logit coefficient is this large: the groups are separated.
            if (beta.Skip(1).Any(value => Math.Abs(value) > 60)) return new(p, information, false, step);
            if (largest <= 1e-12 * (1 + beta.Max(Math.Abs))) return new(p, information, !Separated(p, treated, weights), step);
        }

        return new(p, information, false, MostSteps);
    }

    private static bool Separated(double[] p, bool[] treated, double[] weights)
    {
        for (var i = 0; i < p.Length; i++)
        {
            if (weights[i] > 0 && Math.Abs((treated[i] ? 1 : 0) - p[i]) > 1e-6) return false;
        }

        return true;
    }

    private static double Likelihood(IReadOnlyList<double[]> design, bool[] treated, double[] weights, double[] beta, double[] p)
    {
        var sum = default(Compensated);
        for (var i = 0; i < p.Length; i++)
        {
            double eta = 0;
            for (var k = 0; k < beta.Length; k++) eta += beta[k] * design[k][i];
            var small = Math.Exp(-Math.Abs(eta));
            p[i] = eta >= 0 ? 1 / (1 + small) : small / (1 + small);
            // ln of the probability of what was seen, without ever taking the logarithm of a rounded 0.
            sum.Add(-weights[i] * (Math.Log(1 + small) + (treated[i] ? Math.Max(0, -eta) : Math.Max(0, eta))));
        }

        return sum.Value;
    }
}
