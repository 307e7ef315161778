using Analys.Measure.Effects.SmallTables;
using Analys.Measure.Inference;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Analys.Measure.Effects.Planning;

/// <summary>
/// What would be seen with this few: the chance to find an effect, and the smallest effect that would be found in four of five studies.
/// </summary>
internal static class Power
{
    /// <summary>The chance wanted of a study.</summary>
    public const double Wanted = 0.8;

    /// <summary>
    /// The exact chance that Fisher's two-sided test of two groups is at most <paramref name="alpha"/>, when their true shares are
    /// <paramref name="p"/> and <paramref name="q"/>: Σ over all tables.
    /// </summary>
    public static double Fisher(int treated, int comparison, double p, double q, double alpha = 0.05)
    {
        double[] first = Binomials(treated, p), second = Binomials(comparison, q);
        var sum = default(Compensated);
        for (var events = 0; events <= treated + comparison; events++)
        {
            var tables = TwoByTwo.Probabilities(treated, comparison, events, out var low);
            int[] order = [.. Enumerable.Range(0, tables.Length).OrderBy(k => tables[k])];
            double reached = 0;
            for (var k = 0; k < order.Length;)
            {
                // Tables that are equally probable are taken together.
                var to = k;
                while (to < order.Length && tables[order[to]] <= tables[order[k]] * (1 + 1e-7)) reached += tables[order[to++]];
                if (reached > alpha * (1 + 1e-12)) break;
                for (; k < to; k++)
                {
                    var a = low + order[k];
                    sum.Add(first[a] * second[events - a]);
                }
            }
        }

        return Math.Min(1, sum.Value);
    }

    /// <summary>The chance that a two-sided t test with this error finds the effect: the non-central t distribution.</summary>
    public static double Student(double effect, double error, double degrees, double alpha = 0.05)
    {
        double critical = StudentQuantile.Of(1 - (alpha / 2), degrees), shift = effect / error;
        // T = (Z + shift)/s, s = sqrt(χ²/df): given s the chance is normal; s is integrated over where its density is more than rounding.
        double spread = Math.Sqrt(1 / (2 * degrees)), from = Math.Max(0, 1 - (12 * spread)), to = 1 + (12 * spread);
        double Density(double s) =>
            s <= 0 ? 0 : Math.Exp(((degrees / 2) * Math.Log(degrees / 2)) + Math.Log(2) - SpecialFunctions.GammaLn(degrees / 2)
            + ((degrees - 1) * Math.Log(s)) - (degrees * s * s / 2));
        return Integrate.GaussLegendre(s =>
            Density(s) * (Errors.NormalCdf(shift - (critical * s)) + Errors.NormalCdf(-shift - (critical * s))), from, to, 512);
    }

    /// <summary>
    /// minimum-detectable-effect of two groups of persons, in standard deviations: (t_{1−α/2} + t_0.8 with n_T + n_C − 2)·sqrt(1/n_T +
    /// 1/n_C).
    /// </summary>
    public static double Individual(int treated, int comparison, double level = 0.95) =>
        Multiplier(treated + comparison - 2, level) * Math.Sqrt((1.0 / treated) + (1.0 / comparison));

    /// <summary>
    /// The same where whole clusters are treated (Bloom 1995): (t_{1−α/2} + t_0.8 with J − 2)·sqrt((1/J_T + 1/J_C)·(ρ + (1 − ρ)/m)).
    /// </summary>
    /// <param name="treated">J_T, the treated clusters.</param>
    /// <param name="comparison">J_C.</param>
    /// <param name="size">m, persons a cluster.</param>
    /// <param name="correlation">ρ, the share of the variance that lies between clusters.</param>
    /// <param name="level">The level of the test's interval.</param>
    public static double Cluster(double treated, double comparison, double size, double correlation, double level = 0.95) =>
        Multiplier(treated + comparison - 2, level) * ClusterError(treated, comparison, size, correlation);

    /// <summary>The error of a difference between clusters, in standard deviations: sqrt((1/J_T + 1/J_C)·(ρ + (1 − ρ)/m)).</summary>
    public static double ClusterError(double treated, double comparison, double size, double correlation) =>
        Math.Sqrt(((1 / treated) + (1 / comparison)) * (correlation + ((1 - correlation) / size)));

    /// <summary>
    /// Of what each assignment of the starts would have found (<see cref="Panel.StartInversion"/>): the smallest constant effect that four
    /// of
    /// five find, upwards and downwards; infinite where no test of this level finds any.
    /// </summary>
    public static double Staggered((double Below, double Above)[] found)
    {
        var place = (int)Math.Ceiling((Wanted * found.Length) - 1e-9) - 1;
        return Math.Max(found.Select(one => one.Above).Order().ElementAt(place), found.Select(one => -one.Below).Order().ElementAt(place));
    }

    /// <summary>The share of the assignments that find an effect.</summary>
    public static double Staggered((double Below, double Above)[] found, double detect) =>
        (double)found.Count(one => detect > one.Above || detect < one.Below) / found.Length;

    /// <summary>The share of the variance within groups that lies between clusters (analysis of variance), from 0 to 1.</summary>
    public static double Correlation(double[] outcomes, bool[] treated, int[] clusters)
    {
        double[] means = [Mean(false), Mean(true)];
        double Mean(bool group) => Compensated.Mean([.. outcomes.Where((_, i) => treated[i] == group)]);
        var groups = Enumerable.Range(0, outcomes.Length).GroupBy(i => clusters[i])
            .Select(rows => rows.Select(i => outcomes[i] - means[treated[i] ? 1 : 0]).ToArray()).ToArray();
        int n = outcomes.Length, count = groups.Length;
        if (n <= count || count < 3) return 0;
        double between = groups.Sum(rows => rows.Length * Math.Pow(Compensated.Mean(rows), 2)) / (count - 2),
            within = groups.Sum(rows => Compensated.SquaresAroundMean(rows)) / (n - count);
        var size = (n - (groups.Sum(rows => (double)rows.Length * rows.Length) / n)) / (count - 1);
        var above = between - within;
        return above <= 0 ? 0 : above / (above + (size * within));
    }

    /// <summary>The standard deviation pooled within the two groups.</summary>
    public static double Pooled(double[] treated, double[] comparison) =>
        Math.Sqrt((Compensated.SquaresAroundMean(treated) + Compensated.SquaresAroundMean(comparison))
            / (treated.Length + comparison.Length - 2));

    private static double Multiplier(double degrees, double level) =>
        StudentQuantile.Of(0.5 + (level / 2), degrees) + StudentQuantile.Of(Wanted, degrees);

    private static double[] Binomials(int n, double p) =>
        [.. Enumerable.Range(0, n + 1).Select(k => p is 0 or 1 ? (k == (p == 0 ? 0 : n) ? 1 : 0) : Binomial.PMF(p, n, k))];
}
