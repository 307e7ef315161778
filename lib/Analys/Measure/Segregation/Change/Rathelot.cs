using MathNet.Numerics;

namespace Analys.Measure.Segregation.Change;

/// <summary>D of the units' underlying chances, which are taken to follow a mixture of two Beta distributions.</summary>
/// <remarks>
/// The number of members among t_i persons is then Beta-binomial; the mixture is fitted by maximum likelihood (quasi-Newton with its
/// gradient, from twelve starts) and D = E|p − m| / (2 m (1 − m)), m = E p, taken from it in closed form. Sizes and chances are taken to
/// be independent. The two groups have the same value. From 0 to 1.
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
        // The likelihood is the same for both groups; taking the smaller one makes the path to its maximum the same, too.
        var swapped = Sums.Of(x) > Sums.Of(y);
        ReadOnlySpan<double> few = swapped ? y : x, many = swapped ? x : y;
        var cells = new SortedDictionary<(double X, double T), double>();
        for (var i = 0; i < few.Length; i++)
        {
            var persons = few[i] + many[i];
            if (persons > 0) cells[(few[i], persons)] = cells.GetValueOrDefault((few[i], persons)) + 1;
        }

        var units = cells.Select(cell => new Cell(cell.Key.X, cell.Key.T, cell.Value)).ToArray();
        double[]? best = null;
        var least = double.PositiveInfinity;
        foreach (var start in Starts(units))
        {
            var (point, value) = Minimise(units, start);
            if (value < least) (best, least) = (point, value);
        }

        return best is null ? Quantity.Undefined("the likelihood has no maximum that could be found")
            : Quantity.Known(Math.Clamp(Mixture.From(best).Dissimilarity, 0, 1));
    }

    // The units divided at several shares of all persons, so that either component may be the small one; and both far apart about the mean.
    private static IEnumerable<double[]> Starts(Cell[] units)
    {
        var sorted = units.OrderBy(unit => unit.X / unit.T).ThenBy(unit => unit.T).ToArray();
        var members = Sums.Of([.. sorted.Select(unit => unit.Times * unit.X)]) / Sums.Of([.. sorted.Select(unit => unit.Times * unit.T)]);
        var logit = Math.Log(members / (1 - members));
        foreach (var apart in new[] { 0.3, 1.0, 2.5 })
        {
            foreach (var concentration in new[] { 1.5, 4.0 }) yield return [logit - apart, concentration, logit + apart, concentration, 0];
        }

        foreach (var part in new[] { 0.15, 0.5, 0.85 })
        {
            var cut = Math.Clamp((int)Math.Round(part * sorted.Length), 1, Math.Max(1, sorted.Length - 1));
            foreach (var concentration in new[] { 2.5, 5.0 })
                yield return [Mean(sorted[..cut]), concentration, Mean(sorted[cut..]), concentration, Math.Log(part / (1 - part))];
        }

        double Mean(Cell[] some)
        {
            // Half a person of each kind keeps the logit finite.
            double x = 0.5, rest = 0.5;
            foreach (var unit in some) (x, rest) = (x + (unit.Times * unit.X), rest + (unit.Times * (unit.T - unit.X)));
            return Math.Log(x / rest);
        }
    }

    // Quasi-Newton (BFGS) with the exact gradient: the logarithms of large counts leave noise in the likelihood, but not in its gradient,
    // so that a step is taken that makes the value no worse than that noise.
    private static (double[] Point, double Value) Minimise(Cell[] units, double[] start)
    {
        const int N = 5;
        double[] point = start, slope = new double[N], trial = new double[N], trialSlope = new double[N], direction = new double[N];
        var inverse = new double[N, N];
        var value = Negative(units, point, slope);
        Reset();
        var (count, fresh) = (units.Sum(unit => unit.Times), true);
        for (var step = 0; step < 500 && Largest(slope) > 1e-10 * count; step++)
        {
            double along = 0, longest = 0;
            for (var i = 0; i < N; i++)
            {
                direction[i] = 0;
                for (var j = 0; j < N; j++) direction[i] -= inverse[i, j] * slope[j];
                along += direction[i] * slope[i];
                longest = Math.Max(longest, Math.Abs(direction[i]));
            }

            var length = longest > 2 ? 2 / longest : 1;
            var next = double.PositiveInfinity;
            var taken = false;
            for (; along < 0 && length > 1e-6 && !taken; length /= 2)
            {
                for (var i = 0; i < N; i++) trial[i] = point[i] + (length * direction[i]);
                next = Negative(units, trial, trialSlope);
                taken = next <= value + (1e-4 * length * along) + (1e-14 * Math.Abs(value));
            }

            if (!taken)
            {
                if (fresh) break;
                Reset();
                fresh = true;
                continue;
            }

            fresh = false;
            Update();
            (point, trial) = (trial, point == start ? new double[N] : point);
            (slope, trialSlope, value) = (trialSlope, slope, next);
        }

        return (point, value);

        void Reset()
        {
            Array.Clear(inverse);
            for (var i = 0; i < N; i++) inverse[i, i] = 1 / Math.Max(1, Largest(slope));
        }

        void Update()
        {
            double[] moved = new double[N], turned = new double[N], product = new double[N];
            double curvature = 0, size = 0;
            for (var i = 0; i < N; i++) (moved[i], turned[i]) = (trial[i] - point[i], trialSlope[i] - slope[i]);
            for (var i = 0; i < N; i++)
            {
                curvature += moved[i] * turned[i];
                for (var j = 0; j < N; j++) product[i] += inverse[i, j] * turned[j];
                size += turned[i] * product[i];
            }

            if (!(curvature > 0)) return;
            for (var i = 0; i < N; i++)
            {
                for (var j = 0; j < N; j++)
                {
                    inverse[i, j] += ((1 + (size / curvature)) * moved[i] * moved[j] / curvature)
                        - (((moved[i] * product[j]) + (product[i] * moved[j])) / curvature);
                }
            }
        }
    }

    private static double Largest(double[] values)
    {
        var largest = 0.0;
        foreach (var value in values) largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }

    /// <summary>Minus the logarithm of the likelihood without the binomial coefficients, which are the same for all parameters, and its
    /// gradient.</summary>
    private static double Negative(Cell[] units, double[] point, double[] slope)
    {
        var mixture = Mixture.From(point);
        Component first = new(mixture.A1, mixture.B1), second = new(mixture.A2, mixture.B2);
        var sums = new double[5];
        double sum = 0, lost = 0;
        foreach (var unit in units)
        {
            double one = first.Log(unit), two = second.Log(unit), high = Math.Max(one, two),
                p = mixture.Weight * Math.Exp(one - high), q = (1 - mixture.Weight) * Math.Exp(two - high),
                term = unit.Times * (high + Math.Log(p + q)), total = sum + term;
            lost += Math.Abs(sum) >= Math.Abs(term) ? sum - total + term : term - total + sum;
            sum = total;
            var share = p / (p + q);
            var (mean1, size1) = first.Slopes(unit);
            var (mean2, size2) = second.Slopes(unit);
            sums[0] += unit.Times * share * mean1;
            sums[1] += unit.Times * share * size1;
            sums[2] += unit.Times * (1 - share) * mean2;
            sums[3] += unit.Times * (1 - share) * size2;
            sums[4] += unit.Times * (share - mixture.Weight);
        }

        // Beyond the bounds of the parameters nothing changes.
        for (var i = 0; i < 5; i++) slope[i] = Mixture.IsFree(point, i) ? -sums[i] : 0;
        return -(sum + lost);
    }

    /// <summary>Units of the same counts.</summary>
    private readonly record struct Cell(double X, double T, double Times);

    /// <summary>One Beta distribution, with what its likelihood needs for every unit.</summary>
    private readonly struct Component(double a, double b)
    {
        private readonly double constant = SpecialFunctions.GammaLn(a) + SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(a + b);
        private readonly double digammaA = SpecialFunctions.DiGamma(a);
        private readonly double digammaB = SpecialFunctions.DiGamma(b);
        private readonly double digammaSize = SpecialFunctions.DiGamma(a + b);

        public double Log(Cell unit) => SpecialFunctions.GammaLn(unit.X + a) + SpecialFunctions.GammaLn(unit.T - unit.X + b)
            - SpecialFunctions.GammaLn(unit.T + a + b) - constant;

        // By the logit of the mean and by the logarithm of the concentration.
        public (double Mean, double Size) Slopes(Cell unit)
        {
            var both = SpecialFunctions.DiGamma(unit.T + a + b) - digammaSize;
            var byA = SpecialFunctions.DiGamma(unit.X + a) - digammaA - both;
            var byB = SpecialFunctions.DiGamma(unit.T - unit.X + b) - digammaB - both;
            return (a * b / (a + b) * (byA - byB), (a * byA) + (b * byB));
        }
    }

    /// <summary>A mixture of two Beta distributions.</summary>
    private readonly record struct Mixture(double A1, double B1, double A2, double B2, double Weight)
    {
        /// <summary>From unbounded parameters: logit of the mean and logarithm of the concentration of each, logit of the weight.</summary>
        public static Mixture From(double[] point)
        {
            double mean1 = Logistic(point[0]), mean2 = Logistic(point[2]), size1 = Concentration(point[1]), size2 = Concentration(point[3]);
            return new(mean1 * size1, (1 - mean1) * size1, mean2 * size2, (1 - mean2) * size2, Logistic(point[4]));
        }

        /// <summary>Whether a parameter is inside its bounds.</summary>
        public static bool IsFree(double[] point, int i) => i is 1 or 3
            ? point[i] > Math.Log(SmallestConcentration) && point[i] < Math.Log(LargestConcentration)
            : Math.Abs(point[i]) < 30;

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
