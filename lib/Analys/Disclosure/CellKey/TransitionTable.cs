namespace Analys.Disclosure.CellKey;

/// <summary>What may become of a count, with which probability: unbiased noise of a given variance and bound that keeps zeros and never
/// goes below zero.</summary>
/// <remarks>
/// For a count i the noise v is a whole number with −D ≤ v ≤ D, i + v ≥ 0 and i + v not among the forbidden small counts 1 … f. Among
/// all distributions with Σ p = 1, Σ v·p = 0 and Σ v²·p = V the one of largest entropy is taken: p(v) ∝ exp(a·v + b·v²), with a and b
/// found by Newton's method on the convex dual. Which noise a cell gets is decided by its key as by a random number, so the same persons
/// get the same noise in any table. Counts from D + f upwards share a row. Source: G. Marley, V. Leaver, <i>A method for
/// confidentialising user-defined tables</i> (ISI 2011); S. Giessing, <i>Computational issues in the design of transition probabilities
/// and disclosure risk estimation for additive noise</i> (PSD 2016).
/// </remarks>
internal sealed class TransitionTable
{
    private const double Close = 1e-12;
    private readonly double[][] rows;   // by count, then by noise from −D: cumulative probabilities

    private TransitionTable(int bound, double variance, int forbidden, double[][] rows) => (Bound, Variance, Forbidden,
        this.rows) = (bound, variance, forbidden, rows);

    /// <summary>D, the largest noise.</summary>
    public int Bound { get; }

    /// <summary>V, the variance of the noise of every count but zero.</summary>
    public double Variance { get; }

    /// <summary>f: printed counts are 0 or above f.</summary>
    public int Forbidden { get; }

    /// <summary>The least count whose noise is that of all larger ones.</summary>
    public int Largest => rows.Length - 1;

    /// <summary>Makes a table.</summary>
    /// <param name="bound">D, from 1 to 20.</param>
    /// <param name="variance">V, above 0.</param>
    /// <param name="forbidden">f, from 0; 0 forbids none.</param>
    /// <exception cref="ArgumentException">No distribution over the allowed noise of some count has this variance: it is too large for
    /// the bound or too small for the gap.</exception>
    public static TransitionTable Create(int bound, double variance, int forbidden = 0)
    {
        if (bound is < 1 or > 20) throw new ArgumentException("The bound of the noise is from 1 to 20.", nameof(bound));
        if (!(variance > 0) || forbidden < 0
            || forbidden > bound) throw new ArgumentException("The variance is above 0 and the forbidden counts are at most the bound.",
            nameof(variance));
        var rows = new double[bound + forbidden + 1][];
        for (var count = 0; count < rows.Length; count++) rows[count] = Cumulative(Probabilities(count, bound, variance, forbidden));
        return new TransitionTable(bound, variance, forbidden, rows);
    }

    /// <summary>The probability of a noise.</summary>
    /// <param name="count">The true count.</param>
    /// <param name="noise">From −D to D.</param>
    public double Probability(long count, int noise)
    {
        if (noise < -Bound || noise > Bound) return 0;
        var row = rows[Math.Min(count, Largest)];
        return row[noise + Bound] - (noise == -Bound ? 0 : row[noise + Bound - 1]);
    }

    /// <summary>The count that is printed.</summary>
    /// <param name="count">The true count, at least 0.</param>
    /// <param name="key">The key of the cell.</param>
    public long Perturb(long count, uint key)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var row = rows[Math.Min(count, Largest)];
        var at = key * Math.ScaleB(1, -32);
        var noise = 0;
        while (noise < row.Length - 1 && at >= row[noise]) noise++;
        return count + noise - Bound;
    }

    /// <summary>What the table does to a count: the page of its statistics.</summary>
    public IEnumerable<CellKeyStatistics> Statistics()
    {
        for (var count = 0; count <= Largest; count++)
        {
            double mean = 0, square = 0, entropy = 0, absolute = 0;
            for (var noise = -Bound; noise <= Bound; noise++)
            {
                var p = Probability(count, noise);
                mean += p * noise;
                square += p * noise * noise;
                absolute += p * Math.Abs(noise);
                if (p > 0) entropy -= p * Math.Log2(p);
            }

            yield return new CellKeyStatistics(count, count == Largest, Probability(count, 0), mean, square - (mean * mean), absolute,
                entropy);
        }
    }

    /// <summary>How sure a reader can be of a true count who sees a printed one and held all small counts for equally likely.</summary>
    /// <param name="printed">The printed count.</param>
    /// <returns>The largest probability of any true count.</returns>
    public double Certainty(long printed)
    {
        double all = 0, most = 0;
        for (var count = Math.Max(0, printed - Bound); count <= printed + Bound; count++)
        {
            var p = Probability(count, (int)(printed - count));
            all += p;
            most = Math.Max(most, p);
        }

        return all == 0 ? 0 : most / all;
    }

    private static double[] Cumulative(double[] p)
    {
        var sum = 0.0;
        var row = new double[p.Length];
        for (var i = 0; i < p.Length; i++) row[i] = sum += p[i];
        // What rounding has left over belongs to the last noise that may be.
        for (var i = p.Length - 1; i >= 0 && p[i] == 0; i--) row[i] = 1;
        row[Array.FindLastIndex(p, one => one > 0)] = 1;
        return row;
    }

    private static double[] Probabilities(int count, int bound, double variance, int forbidden)
    {
        var p = new double[(2 * bound) + 1];
        int[] allowed = count == 0 ? [0] : [.. Enumerable.Range(-bound, p.Length).Where(noise => count + noise == 0
            || count + noise > forbidden)];
        if (count == 0)
        {
            p[bound] = 1;
            return p;
        }

        var found = MaximumEntropy(allowed, variance) ?? Edge(allowed, variance)
            ?? throw new ArgumentException($"Noise of at most {bound} cannot have the variance {variance:R} at the count {count}.",
                nameof(variance));
        for (var i = 0; i < allowed.Length; i++) p[allowed[i] + bound] = found[i];
        return p;
    }

    // At the smallest variance that a gap allows only the two ends of the gap are left.
    private static double[]? Edge(int[] noise, double variance)
    {
        for (var i = 0; i + 1 < noise.Length; i++)
        {
            if (noise[i] >= 0 || noise[i + 1] <= 0 || Math.Abs((-noise[i] * noise[i + 1]) - variance) > 1e-9) continue;
            var p = new double[noise.Length];
            p[i] = (double)noise[i + 1] / (noise[i + 1] - noise[i]);
            p[i + 1] = 1 - p[i];
            return p;
        }

        return null;
    }

    private static double[]? MaximumEntropy(int[] noise, double variance)
    {
        double a = 0, b = 0;
        for (var step = 0; step < 200; step++)
        {
            var p = Weights(a, b);
            double m1 = 0, m2 = 0, m3 = 0, m4 = 0;
            for (var i = 0; i < noise.Length; i++)
            {
                double v = noise[i];
                m1 += p[i] * v;
                m2 += p[i] * v * v;
                m3 += p[i] * v * v * v;
                m4 += p[i] * v * v * v * v;
            }

            if (Math.Abs(m1) < Close && Math.Abs(m2 - variance) < Close) return p;
            var (h11, h12, h22) = (m2 - (m1 * m1), m3 - (m1 * m2), m4 - (m2 * m2));
            var determinant = (h11 * h22) - (h12 * h12);
            if (!(determinant > 1e-14)) return null;
            var (da, db) = (((h22 * -m1) - (h12 * (variance - m2))) / determinant, ((h11 * (variance - m2)) - (h12 * -m1)) / determinant);
            // The dual is convex: a full step may overshoot, half of it does not for ever.
            var length = 1.0;
            var before = Dual(a, b);
            while (length > 1e-10 && Dual(a + (length * da), b + (length * db)) > before + 1e-15) length /= 2;
            (a, b) = (a + (length * da), b + (length * db));
            if (Math.Abs(b) > 200) return null;
        }

        return null;

        double[] Weights(double one, double two)
        {
            var most = noise.Max(v => (one * v) + (two * v * v));
            double[] w = [.. noise.Select(v => Math.Exp((one * v) + (two * v * v) - most))];
            var sum = w.Sum();
            for (var i = 0; i < w.Length; i++) w[i] /= sum;
            return w;
        }

        double Dual(double one, double two)
        {
            var most = noise.Max(v => (one * v) + (two * v * v));
            return most + Math.Log(noise.Sum(v => Math.Exp((one * v) + (two * v * v) - most))) - (two * variance);
        }
    }
}

/// <summary>What the noise does to one count.</summary>
/// <param name="Count">The true count.</param>
/// <param name="AndMore">Whether it stands for all larger ones too.</param>
/// <param name="Kept">The probability that it is printed as it is.</param>
/// <param name="Bias">The mean of the noise.</param>
/// <param name="Variance">Its variance.</param>
/// <param name="Change">The mean absolute change.</param>
/// <param name="Entropy">The entropy in bits.</param>
internal sealed record CellKeyStatistics(int Count, bool AndMore, double Kept, double Bias, double Variance, double Change, double Entropy);
