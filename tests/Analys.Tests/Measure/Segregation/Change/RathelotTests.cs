using Analys.Measure.Inference;
using Analys.Measure.Segregation.Change;

namespace Analys.Tests.Measure.Segregation.Change;

/// <summary>Rathelot's D stands at the largest likelihood, and is the same for both groups and in any order.</summary>
public class RathelotTests
{
    // Foreign background by Stockholm's fourteen districts, 2011.
    private static readonly double[] Foreign =
        [36977, 21493, 24021, 11905, 11493, 13340, 13362, 21624, 30726, 11900, 15872, 5391, 16762, 22827];

    private static readonly double[] Others =
        [9815, 16622, 42700, 55191, 51627, 54347, 53159, 101844, 61345, 32061, 36115, 20269, 59948, 11588];

    [Fact]
    public void Fourteen_districts_have_one_value_for_either_group()
    {
        var value = Rathelot.Formula(Foreign, Others).Number;
        Assert.Equal(0.361593, value, 1e-6);
        Assert.Equal(value, Rathelot.Formula(Others, Foreign).Number);
    }

    // scipy 1.10: L-BFGS-B from 40 starts and Nelder-Mead, the likelihood by gammaln.
    [Theory]
    [InlineData(new double[] { 2651, 23734, 3958, 2636, 31682 }, new double[] { 40649, 19871, 38302, 32022, 18231 }, 0.60754103,
        95270.71140601225)]
    [InlineData(new double[] { 349, 398, 1064, 438, 263, 1054, 678, 613 }, new double[] { 3145, 1454, 3327, 1319, 660, 4119, 2379, 3637 },
        0.13368430, 12072.611455162249)]
    [InlineData(new double[] { 881, 2126, 0, 1090, 0 }, new double[] { 1558, 3167, 2515, 909, 4515 }, 0.54237094, 6549.888111853495)]
    public void Agrees_with_scipy(double[] x, double[] y, double value, double negative)
    {
        Assert.Equal(value, Rathelot.Formula(x, y).Number, 2e-6);
        Assert.Equal(negative, new BetaMixture(BinomialCell.Of(x, y).Cells).Maximise()[0].Value, 1e-6);
    }

    // 300 cities were tried with 60 starts each when this was written; none was above by more than the rounding of the likelihood.
    [Fact]
    public void No_random_start_leads_higher_and_nothing_depends_on_order()
    {
        var random = new RandomStream(18, 1);
        double[] sizes = [10, 40, 200, 3000];
        int[] units = [5, 14, 30];
        for (var city = 0; city < 20; city++)
        {
            var (x, y) = City(random, units[city % 3], sizes[city % 4], city % 5);
            var mixture = new BetaMixture(BinomialCell.Of(x, y).Cells);
            var own = mixture.Maximise()[0];
            for (var start = 0; start < 15; start++)
            {
                double[] from = [(3 * random.NextDouble()) - 2, (10 * random.NextDouble()) - 1, (4 * random.NextDouble()) - 2,
                    (10 * random.NextDouble()) - 1,
                    (4 * random.NextDouble()) - 2];
                Assert.True(mixture.MaximiseFrom(from).Value > own.Value - 1e-5, $"city {city}");
            }

            var order = Enumerable.Range(0, x.Length).ToArray();
            random.Shuffle<int>(order);
            var value = Rathelot.Formula(x, y).Number;
            Assert.Equal(value, Rathelot.Formula([.. order.Select(i => y[i])], [.. order.Select(i => x[i])]).Number);
        }
    }

    [Fact]
    public void Groups_of_one_size_have_one_value_in_any_order()
    {
        double[] x = [40, 10, 30, 20], y = [10, 30, 25, 35];
        Assert.Equal(Rathelot.Formula(x, y).Number, Rathelot.Formula(y, x).Number);
        Assert.Equal(Rathelot.Formula(x, y).Number, Rathelot.Formula([20, 30, 10, 40], [35, 25, 30, 10]).Number);
    }

    [Fact]
    public void The_ends_of_the_concentration_are_reached()
    {
        // All units alike: one chance. All or none: two chances.
        Assert.InRange(Rathelot.Formula([10, 20, 30, 10], [30, 60, 90, 30]).Number, 0, 1e-3);
        Assert.InRange(Rathelot.Formula([50, 0, 70, 0], [0, 60, 0, 40]).Number, 1 - 1e-6, 1);
    }

    [Fact]
    public void The_interval_is_seeded_and_holds_the_value()
    {
        var (x, y) = City(new RandomStream(3, 3), 30, 40, 0);
        var value = Rathelot.Formula(x, y).Number;
        var options = new ResamplingOptions { Replicates = 60, Seed = 4 };
        OwnInterval first = Rathelot.Measure.Interval!(x, y, value, options)!, second = Rathelot.Measure.Interval!(y, x, value, options)!;
        Assert.InRange(value, first.Lower!.Value, first.Upper!.Value);
        Assert.Equal(first, second);
    }

    private static (double[] X, double[] Y) City(RandomStream random, int units, double size, int kind)
    {
        double[] x = new double[units], y = new double[units];
        for (var i = 0; i < units; i++)
        {
            double persons = 1 + random.NextLong((long)(2 * size)), u = random.NextDouble(), v = random.NextDouble();
            var chance = kind switch
            {
                0 => 0.6 * u * u,
                1 => v < 0.3 ? 0.4 + (0.2 * u) : 0.03 + (0.05 * u),
                2 => v < 0.5 ? u : 0.22 + (0.06 * u),
                3 => 0.3,
                _ => v < 0.2 ? (u < 0.5 ? 0 : 1) : 0.3 + (0.4 * u),
            };
            x[i] = Variates.Binomial(random, persons, chance);
            y[i] = persons - x[i];
        }

        (x[0], y[1]) = (Math.Max(1, x[0]), Math.Max(1, y[1]));
        return (x, y);
    }
}
