using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Analys.Measure.Segregation.Change;

/// <summary>D of the units' underlying chances, which are taken to follow a mixture of two Beta distributions.</summary>
/// <remarks>
/// The number of members among t_i persons is then Beta-binomial; the mixture is fitted by maximum likelihood (Nelder-Mead from two starts)
/// and D = E|p − m| / (2 m (1 − m)), m = E p, taken from it in closed form. Sizes and chances are taken to be independent. From 0 to 1.
/// Swedish: <i>Rathelots index</i>.
/// </remarks>
internal static class Rathelot
{
    // Beyond this a Beta distribution is a point as far as counts can tell.
    private const double LargestConcentration = 1e5;
    private const double SmallestConcentration = 1e-3;

    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "rathelot-dissimilarity", "Rathelot's Beta-mixture dissimilarity", "Rathelots dissimilaritetsindex",
            "E|p − m| / (2 m (1 − m)), p a mixture of two Beta distributions",
            Units.Index, ValueRange.Unit, "Rathelot 2012, Journal of Business & Economic Statistics 30(4)"),
        Formula)
    {
        PointOnly = true,
    };

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (!Chance.AreWhole(x) || !Chance.AreWhole(y)) return Quantity.Undefined("counts are not whole, so they are not binomial");
        var cells = new SortedDictionary<(double X, double T), double>();
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] + y[i] > 0) cells[(x[i], x[i] + y[i])] = cells.GetValueOrDefault((x[i], x[i] + y[i])) + 1;
        }

        var share = Sums.Of(x) / (Sums.Of(x) + Sums.Of(y));
        var objective = ObjectiveFunction.Value(point => -LogLikelihood(cells, Mixture.From(point)));
        Vector<double>? best = null;
        var most = double.PositiveInfinity;
        foreach (var (apart, concentration) in new[] { (1.0, 1.5), (0.3, 4.0) })
        {
            var logit = Math.Log(share / (1 - share));
            var start = Vector<double>.Build.Dense([logit - apart, concentration, logit + apart, concentration, 0]);
            var found = Minimise(objective, start);
            if (found is null || found.FunctionInfoAtMinimum.Value >= most) continue;
            (best, most) = (found.MinimizingPoint, found.FunctionInfoAtMinimum.Value);
        }

        return best is null ? Quantity.Undefined("the likelihood has no maximum that could be found")
            : Quantity.Known(Math.Clamp(Mixture.From(best).Dissimilarity, 0, 1));
    }

    private static MinimizationResult? Minimise(IObjectiveFunction objective, Vector<double> start)
    {
        try
        {
            return NelderMeadSimplex.Minimum(objective, start, Vector<double>.Build.Dense(5, 0.5), 1e-9, 5000);
        }
        catch (MaximumIterationsException)
        {
            return null;
        }
    }

    private static double LogLikelihood(SortedDictionary<(double X, double T), double> cells, Mixture mixture)
    {
        double constantA = Constant(mixture.A1, mixture.B1), constantB = Constant(mixture.A2, mixture.B2), sum = 0;
        foreach (var ((x, t), times) in cells)
        {
            double first = Log(x, t, mixture.A1, mixture.B1) - constantA, second = Log(x, t, mixture.A2, mixture.B2) - constantB,
                high = Math.Max(first, second);
            sum += times * (high + Math.Log((mixture.Weight * Math.Exp(first - high)) + ((1 - mixture.Weight) * Math.Exp(second - high))));
        }

        return sum;

        // The binomial coefficient is the same for all parameters.
        static double Log(double x, double t, double a, double b) =>
            SpecialFunctions.GammaLn(x + a) + SpecialFunctions.GammaLn(t - x + b) - SpecialFunctions.GammaLn(t + a + b);
        static double Constant(double a, double b) =>
            SpecialFunctions.GammaLn(a) + SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(a + b);
    }

    /// <summary>A mixture of two Beta distributions.</summary>
    private readonly record struct Mixture(double A1, double B1, double A2, double B2, double Weight)
    {
        /// <summary>From unbounded parameters: logit of the mean and logarithm of the concentration of each, logit of the weight.</summary>
        public static Mixture From(Vector<double> point)
        {
            double mean1 = Logistic(point[0]), mean2 = Logistic(point[2]), size1 = Concentration(point[1]), size2 = Concentration(point[3]);
            return new(mean1 * size1, (1 - mean1) * size1, mean2 * size2, (1 - mean2) * size2, Logistic(point[4]));
        }

        public double Dissimilarity
        {
            get
            {
                double mean1 = A1 / (A1 + B1), mean2 = A2 / (A2 + B2), mean = (Weight * mean1) + ((1 - Weight) * mean2);
                var deviation = (Weight * Deviation(A1, B1, mean)) + ((1 - Weight) * Deviation(A2, B2, mean));
                return deviation / (2 * mean * (1 - mean));
            }
        }

        // E|p − m| = 2 (m F(m; a, b) − μ F(m; a + 1, b)) + μ − m.
        private static double Deviation(double a, double b, double m)
        {
            var mean = a / (a + b);
            return (2 * ((m * SpecialFunctions.BetaRegularized(a, b, m)) - (mean * SpecialFunctions.BetaRegularized(a + 1, b, m)))) + mean
                - m;
        }

        private static double Logistic(double value) => 1 / (1 + Math.Exp(-Math.Clamp(value, -30, 30)));

        private static double Concentration(double log) =>
            Math.Exp(Math.Clamp(log, Math.Log(SmallestConcentration), Math.Log(LargestConcentration)));
    }
}
