using Analys.Measure.Inference;
using MathNet.Numerics;

namespace Analys.Measure.Segregation.Change;

/// <summary>The chances of units as a mixture of two Beta distributions: its likelihood, the largest of it, and its D.</summary>
/// <remarks>
/// Five numbers without bounds: of each component the logit of its mean and a number r of its concentration, and the logit of the weight.
/// The concentration is exp(24 tanh(r / 24)), a smooth map that has the binomial and the all-or-none distribution as its two ends, so that
/// a maximum at an end is approached and not cut off. Rising factorials are taken relative to their leading power, which keeps their digits
/// at any concentration.
/// </remarks>
internal sealed class BetaMixture
{
    private const int Parameters = 5;
    private const double MostConcentration = 24;
    private const int ScreeningSteps = 12, Polished = 8;
    private readonly BinomialCell[] cells;
    private readonly double units;

    /// <summary>A mixture for units; their order does not matter.</summary>
    /// <param name="cells">The units, sorted by members and persons.</param>
    public BetaMixture(BinomialCell[] cells) => (this.cells, units) = (cells, cells.Sum(cell => cell.Times));

    /// <summary>The parameters of the largest likelihood that many starts lead to, and others that came near it, the best first.</summary>
    public IReadOnlyList<(double[] Point, double Value)> Maximise()
    {
        double[][] starts = [.. Starts()];
        return Distinct(All([.. Distinct(All(starts, ScreeningSteps)).Take(Polished).Select(one => one.Point)], 600));
    }

    private (double[] Point, double Value)[] All(double[][] starts, int steps)
    {
        var ends = new (double[] Point, double Value)[starts.Length];
        Parallel.For(0, starts.Length, i => ends[i] = Descend(starts[i], steps));
        return ends;
    }

    /// <summary>The parameters of the largest likelihood near some.</summary>
    public (double[] Point, double Value) MaximiseFrom(double[] start) => Descend(start, 200);

    /// <summary>D of the mixture: E|p − m| / (2 m (1 − m)).</summary>
    public static double Dissimilarity(double[] point)
    {
        var (first, second, weight) = Of(point);
        var mean = (weight * first.Mean) + ((1 - weight) * second.Mean);
        var deviation = (weight * first.Deviation(mean)) + ((1 - weight) * second.Deviation(mean));
        return Math.Clamp(deviation / (2 * mean * (1 - mean)), 0, 1);
    }

    // Peaks of one height and one D are one peak; in a flat likelihood many of one height are not.
    private static List<(double[] Point, double Value)> Distinct(IEnumerable<(double[] Point, double Value)> found)
    {
        var kept = new List<(double[] Point, double Value)>();
        foreach (var one in found.Where(one => double.IsFinite(one.Value)).OrderBy(one => one.Value))
        {
            if (kept.TrueForAll(other => one.Value - other.Value > 1e-3
                || Math.Abs(Dissimilarity(one.Point) - Dissimilarity(other.Point)) > 3e-3))
                kept.Add(one);
        }

        return kept;
    }

    private static (Component First, Component Second, double Weight) Of(double[] point) =>
        (new Component(point[0], point[1]), new Component(point[2], point[3]), Logistic(point[4]));

    // Where a likelihood of two Beta distributions can have its peaks: the units cut in two at many places, one distribution narrow and the
    // other wide about the same mean, and a narrow one at each of many places beside a wide one for the rest.
    private IEnumerable<double[]> Starts()
    {
        var sorted = cells.OrderBy(cell => cell.X / cell.T).ThenBy(cell => cell.T).ToArray();
        var before = new double[sorted.Length + 1];
        for (var i = 0; i < sorted.Length; i++) before[i + 1] = before[i] + sorted[i].Times;
        var (mean, wide) = Moments(sorted);
        foreach (var (near, far) in new[] { (0.0, 4.0), (2.0, 7.0), (4.0, 9.0) })
            foreach (var weight in new[] { -1.0, 1.0 }) yield return [mean, near, mean, far, weight];
        foreach (var apart in new[] { 0.5, 1.5, 3.0 })
            foreach (var size in new[] { 1.5, 4.0 }) yield return [mean - apart, size, mean + apart, size, 0];
        // Nearly binomial all: two chances beside each other.
        foreach (var apart in new[] { 0.1, 0.3, 0.8 })
            foreach (var weight in new[] { -2.0, 0, 2 }) yield return [mean - apart, 9, mean + apart, 9, weight];
        foreach (var cut in Places(sorted.Length - 1, 14).Select(at => at + 1))
        {
            var share = Logit(before[cut] / units);
            var ((low, lowSize), (high, highSize)) = (Moments(sorted.AsSpan(0, cut)), Moments(sorted.AsSpan(cut)));
            yield return [low, lowSize, high, highSize, share];
            yield return [low, 9, high, highSize, share];
            yield return [low, lowSize, high, 9, share];
        }

        foreach (var at in Places(sorted.Length, 24))
        {
            var window = sorted.AsSpan(at, Math.Min(sorted.Length - at, Math.Max(1, sorted.Length / 24)));
            yield return [Moments(window).Mean, 8, mean, wide, Logit(Math.Clamp(1.5 * window.Length / sorted.Length, 0.02, 0.5))];
        }
    }

    private static IEnumerable<int> Places(int all, int most) =>
        all <= most ? Enumerable.Range(0, Math.Max(0, all)) : Enumerable.Range(0, most).Select(i =>
            (int)((long)i * (all - 1) / (most - 1)));

    // The logit of the mean, and the concentration's number from how much more than binomially the shares differ.
    private static (double Mean, double Size) Moments(ReadOnlySpan<BinomialCell> some)
    {
        double x = 0.5, t = 1, times = 0, excess = 0, room = 0;
        foreach (var cell in some) (x, t, times) = (x + (cell.Times * cell.X), t + (cell.Times * cell.T), times + cell.Times);
        var mean = x / t;
        foreach (var cell in some)
        {
            var difference = (cell.X / cell.T) - mean;
            excess += cell.Times * ((difference * difference) - (mean * (1 - mean) / cell.T));
            room += cell.Times * mean * (1 - mean) * (1 - (1 / Math.Max(1.5, cell.T)));
        }

        var spread = times < 2 ? 1e-3 : Math.Clamp(excess / room, 1e-4, 0.9);
        return (Logit(mean), PortableMath.Log((1 - spread) / spread));
    }

    // Quasi-Newton (BFGS) with the exact gradient. The likelihood carries the rounding of its many logarithms, so a step may be worse by as
    // much.
    private (double[] Point, double Value) Descend(double[] start, int steps)
    {
        const int n = Parameters;
        double[] point = [.. start], slope = new double[n], trial = new double[n], trialSlope = new double[n], direction = new double[n];
        var inverse = new double[n * n];
        var value = Negative(point, slope);
        Reset();
        var fresh = true;
        for (var step = 0; step < steps && Largest(slope) > 1e-11 * units; step++)
        {
            double along = 0, longest = 0;
            for (var i = 0; i < n; i++)
            {
                direction[i] = 0;
                for (var j = 0; j < n; j++) direction[i] -= inverse[(i * n) + j] * slope[j];
                along += direction[i] * slope[i];
                longest = Math.Max(longest, Math.Abs(direction[i]));
            }

            var length = longest > 2 ? 2 / longest : 1;
            var next = double.PositiveInfinity;
            var taken = false;
            for (; along < 0 && length > 1e-7 && !taken; length /= 2)
            {
                for (var i = 0; i < n; i++) trial[i] = point[i] + (length * direction[i]);
                next = Negative(trial, trialSlope);
                taken = next <= value + (1e-4 * length * along) + (2e-15 * Math.Abs(value));
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
            (point, trial) = (trial, point);
            (slope, trialSlope, value) = (trialSlope, slope, next);
        }

        return (point, value);

        void Reset()
        {
            Array.Clear(inverse);
            for (var i = 0; i < n; i++) inverse[(i * n) + i] = 1 / Math.Max(1, Largest(slope));
        }

        void Update()
        {
            Span<double> moved = stackalloc double[n], turned = stackalloc double[n], product = stackalloc double[n];
            product.Clear();
            double curvature = 0, size = 0, square = 0;
            for (var i = 0; i < n; i++)
            {
                (moved[i], turned[i]) = (trial[i] - point[i], trialSlope[i] - slope[i]);
                curvature += moved[i] * turned[i];
                square += turned[i] * turned[i];
            }

            if (!(curvature > 1e-14 * square)) return;
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++) product[i] += inverse[(i * n) + j] * turned[j];
                size += turned[i] * product[i];
            }

            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    inverse[(i * n) + j] += ((1 + (size / curvature)) * moved[i] * moved[j] / curvature)
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
    public double Negative(double[] point, Span<double> slope)
    {
        var (first, second, weight) = Of(point);
        var (logWeight, logRest) = (-PortableMath.Log1p(PortableMath.Exp(-point[4])), -PortableMath.Log1p(PortableMath.Exp(point[4])));
        slope.Clear();
        double sum = 0, lost = 0;
        foreach (var cell in cells)
        {
            if (cell.Times == 0) continue;
            double one = logWeight + first.Log(cell, out var mean1, out var size1), two = logRest + second.Log(cell, out var mean2,
                out var size2);
            var difference = PortableMath.Exp(-Math.Abs(one - two));
            var term = cell.Times * (Math.Max(one, two) + PortableMath.Log1p(difference));
            var share = one > two ? 1 / (1 + difference) : difference / (1 + difference);
            var total = sum + term;
            lost += Math.Abs(sum) >= Math.Abs(term) ? sum - total + term : term - total + sum;
            sum = total;
            slope[0] -= cell.Times * share * mean1;
            slope[1] -= cell.Times * share * size1;
            slope[2] -= cell.Times * (1 - share) * mean2;
            slope[3] -= cell.Times * (1 - share) * size2;
            slope[4] -= cell.Times * (share - weight);
        }

        var value = -(sum + lost);
        return double.IsFinite(value) ? value : double.PositiveInfinity;
    }

    private static double Logit(double share) => PortableMath.Log(share / (1 - share));

    private static double Logistic(double value) => 1 / (1 + PortableMath.Exp(-value));

    /// <summary>One Beta distribution, with what its likelihood needs for every unit.</summary>
    private readonly struct Component
    {
        private readonly double logMean, logRest, sizeSlope;
        private readonly Rising ofA, ofB, ofSize;

        public Component(double logit, double r)
        {
            var bent = PortableMath.Tanh(r / MostConcentration);
            // Means nearer to 0 or 1 than this are 0 or 1 for any count.
            logit = Math.Clamp(logit, -300, 300);
            Mean = Logistic(logit);
            Size = PortableMath.Exp(MostConcentration * bent);
            sizeSlope = 1 - (bent * bent);
            (logMean, logRest) = (-PortableMath.Log1p(PortableMath.Exp(-logit)), -PortableMath.Log1p(PortableMath.Exp(logit)));
            ofA = new Rising(Mean * Size);
            ofB = new Rising(Logistic(-logit) * Size);
            ofSize = new Rising(Size);
        }

        public double Mean { get; }

        public double Size { get; }

        /// <summary>The logarithm of the chance of a unit's counts in one order, and its slopes by the mean's logit and by r.</summary>
        public double Log(BinomialCell cell, out double byMean, out double bySize)
        {
            double x = cell.X, y = cell.T - cell.X;
            double a = ofA.Of(x, out var slopeA), b = ofB.Of(y, out var slopeB), s = ofSize.Of(cell.T, out var slopeS);
            byMean = ofA.Start * ofB.Start / Size * (slopeA - slopeB);
            bySize = sizeSlope * ((ofA.Start * slopeA) + (ofB.Start * slopeB) - (Size * slopeS));
            return a + b - s + (x > 0 ? x * logMean : 0) + (y > 0 ? y * logRest : 0);
        }

        // E|p − m| = 2 (m F(m; a, b) − μ F(m; a + 1, b)) + μ − m; a distribution of next to no width is its mean, one of all or none its
        // ends.
        public double Deviation(double m)
        {
            double a = ofA.Start, b = ofB.Start;
            if (Size > 1e8) return Math.Abs(Mean - m);
            if (a < 1e-9 || b < 1e-9) return (Mean * (1 - m)) + ((1 - Mean) * m);
            return (2 * ((m * SpecialFunctions.BetaRegularized(a, b, m)) - (Mean * SpecialFunctions.BetaRegularized(a + 1, b, m))))
                + Mean - m;
        }
    }

    /// <summary>ln of a(a + 1)…(a + n − 1) / aⁿ and its slope by a, for many n.</summary>
    private readonly struct Rising
    {
        // From here on Stirling's series has all the digits.
        private const double Far = 16;
        private readonly double far, steps, logSteps, slopeSteps, log, logFar, tail;

        public Rising(double a)
        {
            Start = a;
            log = a > 0 ? PortableMath.Log(a) : -745;
            far = a;
            var product = 1.0;
            for (; far < Far; far++)
            {
                product *= far;
                slopeSteps += 1 / far;
                steps++;
            }

            logSteps = product > 0 ? PortableMath.Log(product) : -745;
            logFar = steps == 0 ? log : PortableMath.Log(far);
            tail = Tail(far);
        }

        public double Start { get; }

        /// <summary>The logarithm; its slope is that of the rising factorial itself, ψ(a + n) − ψ(a).</summary>
        public double Of(double n, out double slope)
        {
            slope = 0;
            if (n <= 0 || Start <= 0) return n > 0 ? -1e300 : 0;
            if (n <= steps)
            {
                var product = 1.0;
                for (var k = 0; k < n; k++)
                {
                    product *= Start + k;
                    slope += 1 / (Start + k);
                }

                return PortableMath.Log(product) - (n * log);
            }

            double more = n - steps, end = far + more, grown = PortableMath.Log1p(more / far), apart = -more / (far * end);
            double perFar = 1 / (far * far), perEnd = 1 / (end * end);
            slope = slopeSteps + grown - (apart / 2) - ((perEnd - perFar) / 12) + (((perEnd * perEnd) - (perFar * perFar)) / 120)
                - (((perEnd * perEnd * perEnd) - (perFar * perFar * perFar)) / 252);
            return logSteps + ((end - 0.5) * grown) - more + Tail(end) - tail + (more * (logFar - log)) - (steps * log);
        }

        private static double Tail(double z)
        {
            var per = 1 / (z * z);
            return ((1.0 / 12) - (per * ((1.0 / 360) - (per * ((1.0 / 1260) - (per / 1680)))))) / z;
        }
    }
}
