using Analys.Measure.Inference;
using Analys.Measure.Space;

namespace Analys.Tests.Measure.Space;

public class SurroundingsTests
{
    [SharedFact]
    public void The_nearest_people_agree_with_the_grid()
    {
        var (geography, counts) = (Grid20.Geography, Grid20.Counts);
        foreach (var byK in Grid20.Numbers("grid20_knn_people_shares.csv").GroupBy(row => row[5]))
        {
            var sums = new Surroundings(geography.X, geography.Y, Kernel.Nearest(byK.Key)).Sums(counts.Counts, 4);
            foreach (var row in byK)
            {
                var own = sums.AsSpan((int)row[4] * 4, 4);
                for (var g = 0; g < 4; g++) Assert.Equal(row[g], own[g] / byK.Key, 1e-12);
            }
        }
    }

    [Theory]
    [InlineData("exp:1km")]
    [InlineData("boxcar:1km")]
    [InlineData("gaussian:700m")]
    [InlineData("triangular:2km")]
    [InlineData("biweight:1.5km")]
    public void Kernel_sums_are_those_of_all_pairs(string text)
    {
        var kernel = Kernel.Parse(text);
        var (x, y, counts) = Scattered(300, lattice: false, seed: 3);
        var expected = new double[600];
        for (var i = 0; i < 300; i++)
        {
            for (var j = 0; j < 300; j++)
            {
                var weight = kernel.Weight(Math.Sqrt(((x[i] - x[j]) * (x[i] - x[j])) + ((y[i] - y[j]) * (y[i] - y[j]))));
                for (var g = 0; g < 2; g++) expected[(2 * i) + g] += weight * counts[(2 * j) + g];
            }
        }

        var sums = new Surroundings(x, y, kernel).Sums(counts, 2);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], sums[i], 1e-12 * (1 + expected[i]));
    }

    [Theory]
    [InlineData(false, NearestTies.SouthWest)]
    [InlineData(true, NearestTies.SouthWest)]
    [InlineData(true, NearestTies.Together)]
    internal void The_nearest_people_are_those_of_a_full_sort(bool lattice, NearestTies ties)
    {
        var (x, y, counts) = Scattered(900, lattice, seed: 5);
        double[] ks = [1, 30, 31.5, 200, 2000, 9000, 1e6];
        var sums = new Surroundings(x, y, Kernel.Nearest(1), ties: ties).NearestSums(counts, 2, ks);
        for (var k = 0; k < ks.Length; k++)
        {
            for (var i = 0; i < x.Length; i++)
            {
                var (a, b) = FullSort(x, y, counts, i, ks[k], ties);
                Assert.Equal(a, sums[k][2 * i], 1e-7);
                Assert.Equal(b, sums[k][(2 * i) + 1], 1e-7);
            }
        }
    }

    [Fact]
    public void The_nearest_people_do_not_depend_on_the_order_of_rows_or_on_where_the_map_lies()
    {
        var (x, y, counts) = Scattered(400, lattice: true, seed: 8);
        var sums = new Surroundings(x, y, Kernel.Nearest(500)).Sums(counts, 2);
        var order = Enumerable.Range(0, 400).ToArray();
        new RandomStream(1, 0).Shuffle<int>(order);
        var moved = new Surroundings(
            order.Select(i => x[i] + 674_321.123456).ToArray(), order.Select(i => y[i] + 6_580_000.7654321).ToArray(), Kernel.Nearest(500))
            .Sums(order.SelectMany(i => counts[(2 * i)..((2 * i) + 2)]).ToArray(), 2);
        for (var i = 0; i < order.Length; i++)
        {
            Assert.Equal(sums[2 * order[i]], moved[2 * i], 1e-9);
            Assert.Equal(sums[(2 * order[i]) + 1], moved[(2 * i) + 1], 1e-9);
        }
    }

    private static (double[] X, double[] Y, double[] Counts) Scattered(int n, bool lattice, long seed)
    {
        var random = new RandomStream(seed, 0);
        double Coordinate() => lattice ? 250 * random.NextLong(25) : 6000 * random.NextDouble();
        return (
            [.. Enumerable.Range(0, n).Select(_ => Coordinate())], [.. Enumerable.Range(0, n).Select(_ => Coordinate())],
            [.. Enumerable.Range(0, 2 * n).Select(_ => (double)random.NextLong(12))]);
    }

    private static (double A, double B) FullSort(double[] x, double[] y, double[] counts, int i, double k, NearestTies ties)
    {
        double Distance2(int j) => ((x[i] - x[j]) * (x[i] - x[j])) + ((y[i] - y[j]) * (y[i] - y[j]));
        double a = counts[2 * i], b = counts[(2 * i) + 1];
        if (a + b >= k) return (a * k / (a + b), b * k / (a + b));
        var others = Enumerable.Range(0, x.Length).Where(j => j != i);
        var groups = ties == NearestTies.Together
            ? others.GroupBy(j => (Distance2(j), 0.0, 0.0)).OrderBy(group => group.Key)
            : others.GroupBy(j => (Distance2(j), y[j], x[j])).OrderBy(group => group.Key);
        foreach (var group in groups)
        {
            double groupA = group.Sum(j => counts[2 * j]), groupB = group.Sum(j => counts[(2 * j) + 1]);
            if (groupA + groupB == 0) continue;
            var part = Math.Min(1, (k - a - b) / (groupA + groupB));
            (a, b) = (a + (part * groupA), b + (part * groupB));
            if (part < 1) break;
        }

        return (a, b);
    }
}
