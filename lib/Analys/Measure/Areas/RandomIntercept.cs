using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace Analys.Measure.Areas;

/// <summary>A logistic model with a normal intercept for each area, fitted.</summary>
/// <param name="Coefficients">The intercept and the covariates' coefficients.</param>
/// <param name="CoefficientErrors">Their standard errors.</param>
/// <param name="Deviation">σ, the standard deviation of the areas' intercepts on the logit scale.</param>
/// <param name="LowerDeviation">The lower end of its profile-likelihood interval.</param>
/// <param name="UpperDeviation">The upper end.</param>
/// <param name="LogLikelihood">The log-likelihood without the binomial coefficients.</param>
/// <param name="AreaEffects">By area, the mean of its intercept's deviation given its data.</param>
internal sealed record RandomInterceptFit(
    double[] Coefficients, double[] CoefficientErrors, double Deviation, double LowerDeviation, double UpperDeviation, double LogLikelihood,
        double[] AreaEffects)
{
    /// <summary>How far one person of one area who gets or loses the outcome moves the coefficients and, last, σ; null where σ is
    /// 0.</summary>
    public double[]? Moves { get; init; }

    /// <summary>σ².</summary>
    public double Variance => Deviation * Deviation;

    /// <summary>The share of the variance of the latent outcome that lies between areas: σ²/(σ² + π²/3), 0 to 1.</summary>
    public Estimated VariancePartition => new(Quantity.Known(Partition(Deviation)), null, Partition(LowerDeviation),
        Partition(UpperDeviation));

    /// <summary>By how much the odds rise, in the median, on moving to an area with higher odds: exp(√(2σ²)·Φ⁻¹(0.75)), at least 1 (Merlo
    /// 2006).</summary>
    public Estimated MedianOddsRatio => new(Quantity.Known(OddsRatio(Deviation)), null, OddsRatio(LowerDeviation),
        OddsRatio(UpperDeviation));

    /// <summary>The share for a standard deviation.</summary>
    public static double Partition(double deviation) => deviation * deviation / ((deviation * deviation) + (Math.PI * Math.PI / 3));

    /// <summary>The median odds ratio for a standard deviation.</summary>
    public static double OddsRatio(double deviation) => Math.Exp(Math.Sqrt(2) * deviation * Normal.InvCDF(0, 1, 0.75));
}

/// <summary>Logistic regression with a random intercept per area by adaptive Gauss–Hermite quadrature.</summary>
/// <remarks>
/// Sources: Merlo et al. 2006, J Epidemiol Community Health 60(4); Pinheiro &amp; Bates 1995, J Comp Graph Stat 4(1). The score is the
/// posterior mean of the
/// complete-data score (Louis 1982, JRSS B 44(2)) over the same nodes, so that Newton's method ends where the likelihood does.
/// </remarks>
internal sealed class RandomIntercept
{
    /// <summary>The number of nodes.</summary>
    public const int Nodes = 25;

    private static readonly (double[] Places, double[] LogWeights) Rule = Hermite(Nodes);

    private readonly double[] events, counts;
    private readonly double[][] x;
    private readonly int[][] rowsOf;
    private readonly int width;

    private RandomIntercept(int[] areaOf, double[] events, double[] counts, IReadOnlyList<double[]> columns, int areas)
    {
        this.events = events;
        this.counts = counts;
        width = columns.Count + 1;
        x = [.. Enumerable.Range(0, events.Length).Select(i => (double[])[1, .. columns.Select(column => column[i])])];
        var rows = new List<int>[areas];
        for (var a = 0; a < areas; a++) rows[a] = [];
        for (var i = 0; i < areaOf.Length; i++) rows[areaOf[i]].Add(i);
        rowsOf = [.. rows.Select(list => list.ToArray())];
    }

    /// <summary>Fits the model to rows or cells.</summary>
    /// <param name="areaOf">By row, its area's number from 0.</param>
    /// <param name="events">By row, how many have the outcome.</param>
    /// <param name="counts">By row, how many there are.</param>
    /// <param name="columns">Covariates by row; none for the empty model.</param>
    /// <param name="areas">The number of areas.</param>
    /// <param name="level">The coverage of the profile interval.</param>
    /// <exception cref="AreaModelException">There are fewer than two areas with persons, or everybody or nobody has the
    /// outcome.</exception>
    public static RandomInterceptFit Fit(
        int[] areaOf, double[] events, double[] counts, IReadOnlyList<double[]> columns, int areas, double level = 0.95)
    {
        double total = counts.Sum(), happened = events.Sum();
        if (happened <= 0) throw new AreaModelException("nobody has the outcome");
        if (happened >= total) throw new AreaModelException("everybody has the outcome");
        var model = new RandomIntercept(areaOf, events, counts, columns, areas);
        if (model.rowsOf.Count(rows =>
            rows.Any(i => counts[i] > 0)) < 2) throw new AreaModelException("a variance between areas needs at least two of them");
        var start = Vector<double>.Build.Dense(model.width);
        start[0] = Math.Log(happened / (total - happened));
        var none = model.Climb(start, 0, free: false);
        var best = model.Climb(none.Beta, 0.5, free: true);
        // At 0 the score in σ is always 0: the empty model is compared, never climbed to.
        if (best.LogLikelihood <= none.LogLikelihood || best.Sigma < 1e-7) best = none;
        var reach = ChiSquared.InvCDF(1, level) / 2;
        double Below(double sigma) => sigma == best.Sigma ? -reach : best.LogLikelihood - model.Climb(best.Beta, sigma, free: false)
            .LogLikelihood - reach;
        double atZero = best.LogLikelihood - none.LogLikelihood - reach, high = Math.Max(1, 2 * best.Sigma);
        while (Below(high) < 0 && high < 1e3) high *= 2;
        var lower = atZero <= 0 ? 0 : Root.Between(Below, 0, best.Sigma, atZero, -reach);
        var upper = high < 1e3 ? Root.Between(Below, best.Sigma, high, -reach, Below(high))
            : throw new AreaModelException("the areas' outcomes do not bound the variance between them");
        var final = model.At(best.Beta, best.Sigma);
        var information = best.Sigma > 0 ? final.Information : final.Information.SubMatrix(0, model.width, 0, model.width);
        double[] errors = [.. information.Inverse().Diagonal().Take(model.width).Select(Math.Sqrt)];
        return new RandomInterceptFit(best.Beta.ToArray(), errors, best.Sigma, lower, upper, best.LogLikelihood,
            [.. final.Means.Select(z => best.Sigma * z)])
        {
            Moves = best.Sigma > 0 ? model.Moves(best.Beta, best.Sigma, final.Information.Inverse()) : null,
        };
    }

    // The score's change in the person's area, through the information: one step of Newton's method.
    private double[] Moves(Vector<double> beta, double sigma, Matrix<double> inverse)
    {
        var moves = new double[width + 1];
        foreach (var rows in rowsOf.Where(rows => rows.Length > 0))
        {
            int[] areaOf = new int[rows.Length];
            double[] own = [.. rows.Select(i => events[i])], all = [.. rows.Select(i => counts[i])];
            double[][] columns = [.. Enumerable.Range(1, width - 1).Select(j => rows.Select(i => x[i][j]).ToArray())];
            var before = new RandomIntercept(areaOf, own, all, columns, 1).At(beta, sigma).Score;
            for (var row = 0; row < rows.Length; row++)
            {
                foreach (var change in new[] { 1, -1 })
                {
                    if (own[row] + change < 0 || own[row] + change > all[row]) continue;
                    double[] changed = [.. own];
                    changed[row] += change;
                    var step = inverse * (new RandomIntercept(areaOf, changed, all, columns, 1).At(beta, sigma).Score - before);
                    for (var j = 0; j < moves.Length; j++) moves[j] = Math.Max(moves[j], Math.Abs(step[j]));
                }
            }
        }

        return moves;
    }

    private (Vector<double> Beta, double Sigma, double LogLikelihood) Climb(Vector<double> beta, double sigma, bool free)
    {
        var here = At(beta, sigma);
        for (var round = 0; round < 200; round++)
        {
            var size = free ? width + 1 : width;
            var score = here.Score.SubVector(0, size);
            // Far from the top the observed information may not be positive; the complete data's always is.
            var step = Solve(here.Information.SubMatrix(0, size, 0, size), score) ?? Solve(here.Complete.SubMatrix(0, size, 0, size), score)
                ?? throw new AreaModelException("a covariate is constant or depends on the others");
            Pass? next = null;
            var (nextBeta, nextSigma) = (beta, sigma);
            for (var half = 0; half < 40; half++, step /= 2)
            {
                nextBeta = beta + step.SubVector(0, width);
                nextSigma = free ? Math.Abs(sigma + step[width]) : sigma;
                next = At(nextBeta, nextSigma);
                if (next.LogLikelihood >= here.LogLikelihood - (1e-13 * Math.Abs(here.LogLikelihood))) break;
            }

            var size2 = Math.Max((nextBeta - beta).InfinityNorm(), Math.Abs(nextSigma - sigma));
            (beta, sigma, here) = (nextBeta, nextSigma, next!);
            if (size2 < 1e-12 * Math.Max(1, beta.InfinityNorm())) return (beta, sigma, here.LogLikelihood);
            if (beta.InfinityNorm() > 1e6) break;
        }

        throw new AreaModelException("the model did not settle: a covariate may separate those with the outcome from those without");
    }

    private static Vector<double>? Solve(Matrix<double> matrix, Vector<double> right)
    {
        // Cholesky throws where a matrix is not positive; its pivots say the same without an exception as the ordinary course.
        var values = matrix.Evd(Symmetricity.Symmetric);
        var least = values.EigenValues.Min(value => value.Real);
        return least > 1e-13 * values.EigenValues.Max(value => value.Real) ? matrix.Solve(right) : null;
    }

    private sealed record Pass(double LogLikelihood, Vector<double> Score, Matrix<double> Information, Matrix<double> Complete,
        double[] Means);

    private Pass At(Vector<double> beta, double sigma)
    {
        var size = width + 1;
        double[] score = new double[size], means = new double[rowsOf.Length], logs = new double[Nodes], places = new double[Nodes],
            mean = new double[size];
        double[,] complete = new double[size, size], spreadOfScores = new double[size, size];
        var parts = Enumerable.Range(0, Nodes).Select(_ => new double[size]).ToArray();
        var fixedPart = x.Select(row => Dot(row, beta)).ToArray();
        double total = 0, lost = 0;
        for (var a = 0; a < rowsOf.Length; a++)
        {
            var rows = rowsOf[a];
            var (mode, spread) = Mode(rows, fixedPart, sigma);
            var most = double.NegativeInfinity;
            for (var k = 0; k < Nodes; k++)
            {
                places[k] = mode + (Math.Sqrt(2) * spread * Rule.Places[k]);
                logs[k] = Rule.LogWeights[k] + (Rule.Places[k] * Rule.Places[k]) + Joint(rows, fixedPart, sigma, places[k]);
                most = Math.Max(most, logs[k]);
            }

            var sum = 0.0;
            for (var k = 0; k < Nodes; k++) sum += logs[k] = Math.Exp(logs[k] - most);
            var term = most + Math.Log(sum) + Math.Log(spread) - (0.5 * Math.Log(Math.PI)) - lost;
            var next = total + term;
            (lost, total) = (next - total - term, next);

            Array.Clear(mean);
            for (var k = 0; k < Nodes; k++)
            {
                var weight = logs[k] /= sum;
                means[a] += weight * places[k];
                Array.Clear(parts[k]);
                foreach (var i in rows) Add(i, fixedPart[i] + (sigma * places[k]), places[k], weight, parts[k], complete);
                for (var j = 0; j < size; j++) mean[j] += weight * parts[k][j];
            }

            for (var j = 0; j < size; j++)
            {
                score[j] += mean[j];
                for (var l = 0; l < size; l++)
                {
                    for (var k = 0; k < Nodes; k++) spreadOfScores[j, l] += logs[k] * (parts[k][j] - mean[j]) * (parts[k][l] - mean[l]);
                }
            }
        }

        var all = Matrix<double>.Build.DenseOfArray(complete);
        return new Pass(total, Vector<double>.Build.Dense(score), all - Matrix<double>.Build.DenseOfArray(spreadOfScores), all, means);
    }

    // The complete-data score and information of a row at a node.
    private void Add(int i, double eta, double z, double weight, double[] part, double[,] complete)
    {
        double p = 1 / (1 + Math.Exp(-eta)), residual = events[i] - (counts[i] * p), curve = weight * counts[i] * p * (1 - p);
        var row = x[i];
        for (var j = 0; j <= width; j++)
        {
            var left = j < width ? row[j] : z;
            part[j] += residual * left;
            for (var k = 0; k <= width; k++) complete[j, k] += curve * left * (k < width ? row[k] : z);
        }
    }

    private double Joint(int[] rows, double[] fixedPart, double sigma, double z)
    {
        var sum = -0.5 * z * z;
        foreach (var i in rows)
        {
            var eta = fixedPart[i] + (sigma * z);
            // ln(1 + e^η) without overflow.
            sum += (events[i] * eta) - (counts[i] * (Math.Max(eta, 0) + Math.Log(1 + Math.Exp(-Math.Abs(eta)))));
        }

        return sum;
    }

    private (double Mode, double Spread) Mode(int[] rows, double[] fixedPart, double sigma)
    {
        double z = 0, curve = 1;
        for (var round = 0; round < 100; round++)
        {
            var slope = -z;
            curve = 1;
            foreach (var i in rows)
            {
                var p = 1 / (1 + Math.Exp(-fixedPart[i] - (sigma * z)));
                slope += sigma * (events[i] - (counts[i] * p));
                curve += sigma * sigma * counts[i] * p * (1 - p);
            }

            var step = slope / curve;
            z += Math.Clamp(step, -2, 2);
            if (Math.Abs(step) < 1e-11) break;
        }

        return (z, 1 / Math.Sqrt(curve));
    }

    private static double Dot(double[] row, Vector<double> beta)
    {
        var sum = 0.0;
        for (var j = 0; j < row.Length; j++) sum += row[j] * beta[j];
        return sum;
    }

    // Nodes and weights of ∫e^(−x²)f(x)dx from the eigenvectors of the recurrence (Golub & Welsch 1969).
    private static (double[] Places, double[] LogWeights) Hermite(int n)
    {
        var matrix = Matrix<double>.Build.Dense(n, n);
        for (var k = 1; k < n; k++) matrix[k, k - 1] = matrix[k - 1, k] = Math.Sqrt(k / 2.0);
        var pairs = matrix.Evd(Symmetricity.Symmetric);
        double[] places = [.. pairs.EigenValues.Select(value => value.Real)];
        var logWeights = new double[n];
        for (var k = 0; k < n; k++)
        {
            // Outer weights are far below the eigenvectors' digits: w = √π / Σ h_j(x)², the orthonormal polynomials by their recurrence.
            double before = 0, here = 1, sum = 1;
            for (var j = 1; j < n; j++)
            {
                (before, here) = (here, ((places[k] * Math.Sqrt(2.0 / j)) * here) - (Math.Sqrt((j - 1) / (double)j) * before));
                sum += here * here;
            }

            logWeights[k] = (0.5 * Math.Log(Math.PI)) - Math.Log(sum);
        }

        return (places, logWeights);
    }
}
