using MathNet.Numerics.LinearAlgebra;

namespace Analys.Measure.Areas;

/// <summary>Fay and Herriot's model where the effects of neighbouring areas are alike: v = ρWv + u, fitted by restricted maximum
/// likelihood.</summary>
/// <remarks>
/// W has rows that add up to 1 (0 for an area without neighbours). Sources: Petrucci &amp; Salvati 2006, JABES 11(2); Singh, Shukla &amp;
/// Kundu 2005, Survey
/// Methodology 31(2); Molina, Salvati &amp; Pratesi 2009, Computational Statistics 24. The likelihood and its slopes come from factors
/// with a band (<see cref="SpatialModel"/>); only the mean squared errors need the square of the areas, once.
/// </remarks>
internal static class SpatialFayHerriot
{
    /// <summary>The largest number of areas: the errors keep two matrices of their square.</summary>
    public const int Most = 3000;

    private const double Edge = 0.999;
    private static readonly double[] Correlations = [-0.5, 0, 0.3, 0.6, 0.85];
    private static readonly double[] Factors = [0.4, 1.0, 2.5];
    private const int Rounds = 500;

    /// <summary>Fits the model.</summary>
    /// <param name="direct">The direct estimates; NaN where there is none.</param>
    /// <param name="variances">Their sampling variances; NaN or 0 where there is no direct estimate to speak of.</param>
    /// <param name="columns">The covariates.</param>
    /// <param name="names">Their names.</param>
    /// <param name="neighbours">By area, its neighbours' numbers.</param>
    /// <exception cref="AreaModelException">There are too few or too many areas, no neighbours, or a covariate depends on the
    /// others.</exception>
    public static AreaFit Fit(
        double[] direct, double[] variances, IReadOnlyList<double[]> columns, IReadOnlyList<string> names,
            IReadOnlyList<IReadOnlyList<int>> neighbours)
    {
        var rows = direct.Length;
        if (rows > Most) throw new AreaModelException(FormattableString.Invariant($"the spatial model is for at most {Most} areas"));
        var used = FayHerriot.Used(direct, variances);
        // Where there is no independent variance there is nothing for neighbours to share.
        var start = FayHerriot.Fit(direct, variances, columns, names);
        if (neighbours.All(list => list.Count == 0)) throw new AreaModelException("no area has a neighbour");
        var model = new SpatialModel(direct, variances, used, new Design(columns, names, rows, used), neighbours);
        var best = Start(model, start);
        var state = Climb(model, best.Variance, best.Rho);
        return state.Variance == 0 ? start : SpatialErrors.Estimate(model, state, start, Math.Abs(state.Rho) >= Edge);
    }

    // The likelihood may have several tops in ρ: the climb starts from the best of a few places.
    private static (double Variance, double Rho) Start(SpatialModel model, AreaFit independent)
    {
        var psi = model.Variances.Where((_, i) => model.Weights[i] > 0).ToArray();
        var scale = independent.RandomVariance > 0 ? independent.RandomVariance : psi.Average() / 10;
        var rho = Correlations.MaxBy(value => model.At(scale, value).LogLikelihood);
        var factor = Factors.MaxBy(value => model.At(scale * value, rho).LogLikelihood);
        return (scale * factor, rho);
    }

    // Newton's steps with the bend of the likelihood taken from its slopes on both sides; the step halved while it does not climb.
    private static SpatialState Climb(SpatialModel model, double variance, double rho)
    {
        var scale = variance;
        var state = model.At(variance, rho);
        var slopes = model.Slopes(state);
        for (var round = 0; round < Rounds; round++)
        {
            if (state.Variance == 0 && slopes.Variance <= 0) return state;
            var (stepVariance, stepRho) = Step(model, state, slopes, scale);
            SpatialState? next = null;
            for (var half = 1.0; half > 1e-9; half /= 2)
            {
                var trial = model.At(Math.Max(0, state.Variance + (half * stepVariance)),
                    Math.Clamp(state.Rho + (half * stepRho), -Edge, Edge));
                if (!(trial.LogLikelihood >= state.LogLikelihood - (1e-13 * Math.Abs(state.LogLikelihood)))) continue;
                next = trial;
                break;
            }

            if (next is null) return state;
            var moved = Math.Max(Math.Abs(next.Variance - state.Variance) / Math.Max(next.Variance, double.Epsilon),
                Math.Abs(next.Rho - state.Rho));
            state = next;
            slopes = model.Slopes(state);
            if (moved < 1e-12) return state;
        }

        throw new AreaModelException("the spatial model did not settle: the areas do not tell the variance and the correlation apart");
    }

    private static (double Variance, double Rho) Step(
        SpatialModel model, SpatialState state, (double Variance, double Rho) slopes, double scale)
    {
        double wide = 1e-4 * Math.Max(state.Variance, 1e-3 * scale), near = 1e-5;
        // A place at a bound is bent from within.
        double low = Math.Max(0, state.Variance - wide), high = state.Variance + wide;
        double left = Math.Max(-Edge, state.Rho - near), right = Math.Min(Edge, state.Rho + near);
        var (atLow, atHigh) = (model.Slopes(model.At(low, state.Rho)), model.Slopes(model.At(high, state.Rho)));
        var a = (atHigh.Variance - atLow.Variance) / (high - low);
        if (Math.Abs(state.Rho) >= Edge && Math.Sign(slopes.Rho) == Math.Sign(state.Rho))
            return (Up(slopes.Variance, a, scale), 0);
        if (state.Variance == 0) return (Up(slopes.Variance, a, scale), 0);
        var (atLeft, atRight) = (model.Slopes(model.At(state.Variance, left)), model.Slopes(model.At(state.Variance, right)));
        var c = (atRight.Rho - atLeft.Rho) / (right - left);
        var b = (((atHigh.Rho - atLow.Rho) / (high - low)) + ((atRight.Variance - atLeft.Variance) / (right - left))) / 2;
        var determinant = (a * c) - (b * b);
        // Where the likelihood is not bent downwards each of the two goes its own way.
        return a < 0 && determinant > 0
            ? (-((c * slopes.Variance) - (b * slopes.Rho)) / determinant, -((a * slopes.Rho) - (b * slopes.Variance)) / determinant)
            : (Up(slopes.Variance, a, scale), Math.Clamp(Up(slopes.Rho, c, 1), -0.3, 0.3));
    }

    private static double Up(double slope, double bend, double scale) =>
        bend < 0 ? -slope / bend : Math.Sign(slope) * scale / 2;
}

/// <summary>The model at a variance and a correlation.</summary>
/// <param name="Variance">σ².</param>
/// <param name="Rho">ρ.</param>
/// <param name="LogLikelihood">The restricted log-likelihood.</param>
/// <param name="Structure">H = (I − ρW)'(I − ρW) factored.</param>
/// <param name="Joined">Q = H + σ²Ψ⁻¹ factored; Ψ⁻¹ is 0 for areas without a direct estimate.</param>
/// <param name="Inverse">(Z'V⁻¹Z)⁻¹.</param>
/// <param name="Coefficients">β of the orthonormal columns.</param>
/// <param name="Residuals">y − Zβ; 0 for areas without a direct estimate.</param>
/// <param name="Solved">By column, V⁻¹Z.</param>
/// <param name="Spread">By column, Q⁻¹Ψ⁻¹Z = S·V⁻¹Z, S = H⁻¹.</param>
/// <param name="Projected">V⁻¹(y − Zβ).</param>
/// <param name="SpreadResiduals">S·V⁻¹(y − Zβ).</param>
internal sealed record SpatialState(
    double Variance, double Rho, double LogLikelihood, BandFactor Structure, BandFactor Joined, Matrix<double> Inverse,
    Vector<double> Coefficients, double[] Residuals, double[][] Solved, double[][] Spread, double[] Projected, double[] SpreadResiduals);

/// <summary>The likelihood of the spatial model and its slopes, from sparse matrices over all areas.</summary>
/// <remarks>
/// V = Ψ + σ²ESE', E the areas with a direct estimate. By Woodbury's identity V⁻¹ = Ψ⁻¹ − σ²Ψ⁻¹EQ⁻¹E'Ψ⁻¹, |V| = |Ψ||Q|/|H| and
/// V⁻¹ES = Ψ⁻¹EQ⁻¹, so that nothing but Q and H is factored, both with a band.
/// </remarks>
internal sealed class SpatialModel
{
    private readonly SparseRows identity, sum, product;
    private readonly double[] y;
    private readonly double constant;
    private readonly int count;

    public SpatialModel(
        double[] direct, double[] variances, bool[] used, Design design, IReadOnlyList<IReadOnlyList<int>> neighbours)
    {
        (Direct, Variances, Design) = (direct, variances, design);
        Weights = [.. variances.Select((psi, i) => used[i] ? 1 / psi : 0)];
        y = [.. direct.Select((value, i) => used[i] ? value : 0)];
        count = used.Count(flag => flag);
        constant = (count - design.Width) * Math.Log(2 * Math.PI);
        foreach (var weight in Weights) constant -= weight > 0 ? Math.Log(weight) : 0;
        // W + W' and W'W have a few numbers a row.
        Dictionary<int, double>[] both = [.. neighbours.Select((_, i) => new Dictionary<int, double> { [i] = 0 })],
            twice = [.. neighbours.Select((_, i) => new Dictionary<int, double> { [i] = 0 })];
        for (var i = 0; i < neighbours.Count; i++)
        {
            var w = 1.0 / Math.Max(1, neighbours[i].Count);
            foreach (var j in neighbours[i])
            {
                both[i][j] = both[i].GetValueOrDefault(j) + w;
                both[j][i] = both[j].GetValueOrDefault(i) + w;
                foreach (var k in neighbours[i]) twice[j][k] = twice[j].GetValueOrDefault(k) + (w * w);
            }
        }

        // One pattern for all, so that they are added up place by place.
        foreach (var i in Enumerable.Range(0, neighbours.Count))
        {
            foreach (var j in both[i].Keys.Union(twice[i].Keys).ToArray())
            {
                both[i].TryAdd(j, 0);
                twice[i].TryAdd(j, 0);
            }
        }

        (sum, product) = (Rows(both), Rows(twice));
        identity = new([.. sum.Rows.Select((row, i) => row.Select(pair => (pair.Column, pair.Column == i ? 1.0 : 0)).ToArray())]);
        Order = new BandOrder(sum);
    }

    public double[] Direct { get; }

    public double[] Variances { get; }

    /// <summary>Ψ⁻¹: 0 for areas without a direct estimate.</summary>
    public double[] Weights { get; }

    public Design Design { get; }

    public BandOrder Order { get; }

    public SpatialState At(double variance, double rho)
    {
        // (I − ρW)'(I − ρW) = I − ρ(W + W') + ρ²W'W
        var matrix = Combined(1, -rho, rho * rho);
        var structure = new BandFactor(Order, matrix, []);
        var joined = new BandFactor(Order, matrix, [.. Weights.Select(weight => variance * weight)]);
        double[][] spread = [.. Design.Columns.Select(column => joined.Solve(Weighted(column)))];
        double[][] solved = [.. Design.Columns.Select((column, j) => Precise(column, spread[j], variance))];
        var normal = Matrix<double>.Build.Dense(solved.Length, solved.Length, (j, k) => Dot(solved[j], Design.Columns[k]));
        var inverse = normal.Inverse();
        var beta = inverse * Vector<double>.Build.Dense(solved.Length, j => Dot(solved[j], y));
        double[] residuals = [.. y.Select((value, i) => Weights[i] > 0 ? value - Design.Fit(beta, i) : 0)];
        var spreadResiduals = joined.Solve(Weighted(residuals));
        var projected = Precise(residuals, spreadResiduals, variance);
        var likelihood = -0.5 * (constant + joined.LogDeterminant - structure.LogDeterminant + Math.Log(normal.Determinant())
            + Dot(residuals, projected));
        return new(variance, rho, likelihood, structure, joined, inverse, beta, residuals, solved, spread, projected, spreadResiduals);
    }

    /// <summary>The slopes of the likelihood in σ² and ρ.</summary>
    public (double Variance, double Rho) Slopes(SpatialState state)
    {
        var slope = Slope(state.Rho);
        var (diagonal, trace) = state.Joined.Inverse(slope);
        var (_, alone) = state.Structure.Inverse(slope);
        double byVariance = 0, byRho = state.Variance > 0 ? trace - alone : 0;
        for (var i = 0; i < diagonal.Length; i++) byVariance += diagonal[i] * Weights[i];
        double[][] bent = [.. state.Spread.Select(column => slope.Times(column))];
        for (var j = 0; j < bent.Length; j++)
        {
            for (var k = 0; k < bent.Length; k++)
            {
                byVariance -= state.Inverse[j, k] * Dot(state.Solved[j], state.Spread[k]);
                byRho += state.Inverse[j, k] * state.Variance * Dot(state.Spread[j], bent[k]);
            }
        }

        var quadratic = Dot(state.Projected, state.SpreadResiduals);
        var bentResiduals = state.Variance * Dot(state.SpreadResiduals, slope.Times(state.SpreadResiduals));
        return (0.5 * (quadratic - byVariance), 0.5 * (-bentResiduals - byRho));
    }

    /// <summary>H' = 2ρW'W − W − W', the slope of H in ρ.</summary>
    public SparseRows Slope(double rho) => Combined(0, -1, 2 * rho);

    /// <summary>H'' = 2W'W.</summary>
    public SparseRows Bend() => Combined(0, 0, 2);

    /// <summary>V⁻¹ of a vector, given Q⁻¹Ψ⁻¹ of it.</summary>
    public double[] Precise(ReadOnlySpan<double> vector, ReadOnlySpan<double> spread, double variance)
    {
        var result = new double[vector.Length];
        for (var i = 0; i < result.Length; i++) result[i] = Weights[i] * (vector[i] - (variance * spread[i]));
        return result;
    }

    /// <summary>Ψ⁻¹ of a vector.</summary>
    public double[] Weighted(ReadOnlySpan<double> vector)
    {
        var result = new double[vector.Length];
        for (var i = 0; i < result.Length; i++) result[i] = Weights[i] * vector[i];
        return result;
    }

    /// <summary>Σab.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }


    private SparseRows Combined(double one, double two, double three) => new([.. sum.Rows.Select((row, i) =>
        row.Select((pair, k) => (pair.Column, (one * identity.Rows[i][k].Value) + (two * pair.Value)
            + (three * product.Rows[i][k].Value))).ToArray())]);

    private static SparseRows Rows(Dictionary<int, double>[] rows) =>
        new([.. rows.Select(row => row.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)).ToArray())]);
}
