using Analys.Measure.Inference;
using Analys.Measure.Segregation.Change;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Analys.Tests.Measure.Inference;

/// <summary>Drawn counts have the whole distribution that they should have, in every way in which they are drawn: χ² against the exact
/// probabilities of another code.</summary>
public class VariatesTests
{
    private const int Draws = 40_000;

    // With these seeds; a right generator exceeds the bound once in a billion.
    private static void Follows(Func<RandomStream, double> draw, Func<int, double> probability, int from, int to)
    {
        var random = new RandomStream(17, 3);
        var seen = new Dictionary<int, int>();
        for (var i = 0; i < Draws; i++)
        {
            var k = (int)draw(random);
            Assert.InRange(k, from, to);
            seen[k] = seen.GetValueOrDefault(k) + 1;
        }

        double square = 0, expected = 0, found = 0;
        var bins = 0;
        for (var k = from; k <= to; k++)
        {
            expected += Draws * probability(k);
            found += seen.GetValueOrDefault(k);
            // Rare counts share a bin; what is left over at the end is less than one more.
            if (expected < 20 && k < to) continue;
            square += (found - expected) * (found - expected) / Math.Max(expected, 1);
            bins++;
            (expected, found) = (0, 0);
        }

        Assert.True(square < bins + (6 * Math.Sqrt(2 * bins)) + 12, $"χ² {square} of {bins} bins");
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(9.9)]
    [InlineData(10)]
    [InlineData(80)]
    public void Poisson(double mean) =>
        Follows(random => Variates.Poisson(random, mean), k => MathNet.Numerics.Distributions.Poisson.PMF(mean, k), 0, 200);

    [Theory]
    [InlineData(7, 0.2)]
    [InlineData(7, 0.8)]
    [InlineData(30, 0.3)]
    [InlineData(99, 0.1)]
    [InlineData(101, 0.1)]
    [InlineData(400, 0.45)]
    [InlineData(400, 0.6)]
    public void Binomials(int n, double p) =>
        Follows(random => Variates.Binomial(random, n, p), k => Binomial.PMF(p, n, k), 0, n);

    [Theory]
    [InlineData(60, 20, 15)]
    [InlineData(60, 45, 50)]
    [InlineData(3000, 1000, 400)]
    [InlineData(3000, 1800, 2000)]
    public void Hypergeometrics(int total, int kind, int sample)
    {
        var draws = new HypergeometricDraws(total);
        Follows(random => draws.Draw(random, total, kind, sample), k => sample - k > total - kind ? 0
            : Math.Exp(SpecialFunctions.BinomialLn(kind, k) + SpecialFunctions.BinomialLn(total - kind, sample - k)
                - SpecialFunctions.BinomialLn(total, sample)), 0, Math.Min(kind, sample));
    }

    [Fact]
    public void An_alias_table_draws_by_its_weights()
    {
        double[] weights = [0, 1, 2, 3, 0, 4];
        var table = new AliasTable(weights);
        Follows(random =>
        {
            var state = random.State;
            var drawn = table.Draw(ref state);
            random.State = state;
            return drawn;
        }, k => weights[k] / 10, 1, 5);
    }

    [Fact]
    public void Nobody_and_everybody_are_no_chance()
    {
        var random = new RandomStream(1, 1);
        Assert.Equal((0, 0, 0, 12), (Variates.Poisson(random, 0), Variates.Binomial(random, 0, 0.5), Variates.Binomial(random, 12, 0),
            Variates.Binomial(random, 12, 1)));
        var draws = new HypergeometricDraws(20);
        Assert.Equal((0, 0, 7, 5), (draws.Draw(random, 20, 0, 7), draws.Draw(random, 20, 7, 0), draws.Draw(random, 20, 20, 7),
            draws.Draw(random, 20, 5, 20)));
    }

    // Up to 10¹¹ persons cell by cell as Poisson counts, beyond as binomial ones; cells of more than 10 000 have no table.
    [Theory]
    [InlineData(1)]
    [InlineData(4000)]
    [InlineData(2e10)]
    public void Resampled_cells_keep_the_total_and_have_the_moments_of_a_multinomial(double scale)
    {
        double[] counts = [3 * scale, 0, 5 * scale, 1 * scale, 2 * scale];
        var total = counts.Sum();
        var bootstrap = new CellBootstrap(counts);
        const int Replicates = 3000;
        double[] sums = new double[5], squares = new double[5], cells = new double[5];
        for (var replicate = 0; replicate < Replicates; replicate++)
        {
            bootstrap.Draw(new RandomStream(8, replicate), cells);
            Assert.Equal(total, cells.Sum());
            for (var i = 0; i < 5; i++)
            {
                sums[i] += cells[i] - counts[i];
                squares[i] += (cells[i] - counts[i]) * (cells[i] - counts[i]);
            }
        }

        for (var i = 0; i < 5; i++)
        {
            var variance = counts[i] * (1 - (counts[i] / total));
            Assert.InRange(sums[i] / Replicates, -5 * Math.Sqrt(variance / Replicates), 5 * Math.Sqrt(variance / Replicates));
            Assert.InRange(squares[i] / Replicates, 0.85 * variance, 1.15 * variance);
        }
    }
}
