using System.Text;
using Analys.Disclosure.CellKey;

namespace Analys.Tests.Disclosure.CellKey;

/// <summary>Noise by cell keys: unbiased, of the stated variance and bound, the same for the same persons.</summary>
public class CellKeyTests
{
    private static readonly byte[] Seed = Encoding.UTF8.GetBytes("a seed for tests only");

    [Theory]
    [InlineData(2, 1, 0)]
    [InlineData(3, 2, 0)]
    [InlineData(5, 3, 0)]
    [InlineData(3, 2, 2)]
    [InlineData(5, 3, 2)]
    [InlineData(10, 8, 4)]
    public void Every_row_has_the_stated_variance_and_no_bias(int bound, double variance, int forbidden)
    {
        var table = TransitionTable.Create(bound, variance, forbidden);
        foreach (var row in table.Statistics())
        {
            Assert.Equal(0, row.Bias, 9);
            Assert.Equal(row.Count == 0 ? 0 : variance, row.Variance, 8);
            Assert.Equal(1, Enumerable.Range(-bound, (2 * bound) + 1).Sum(noise => table.Probability(row.Count, noise)), 12);
            for (var noise = -bound; noise <= bound; noise++)
            {
                if (row.Count + noise < 0 || (row.Count > 0 && row.Count + noise is > 0 and var printed
                    && printed <= forbidden)) Assert.Equal(0, table.Probability(row.Count, noise));
            }
        }

        Assert.Equal(1, table.Probability(0, 0));
        Assert.Equal(table.Probability(1_000_000, 1), table.Probability(table.Largest, 1));
    }

    [Fact]
    public void Large_counts_by_hand()
    {
        // Noise −1, 0, 1 of variance ½ can only be ¼, ½, ¼; of variance 2/3 the three are alike.
        var half = TransitionTable.Create(1, 0.5);
        Assert.Equal([0.25, 0.5, 0.25], new[] { -1, 0, 1 }.Select(noise => Math.Round(half.Probability(9, noise), 10)));
        var even = TransitionTable.Create(2, 2);
        Assert.All(Enumerable.Range(-2, 5), noise => Assert.Equal(0.2, even.Probability(9, noise), 9));
        // A count of 1 that may become 0 or at least 3, with variance 2: −1 with 2/3, +2 with 1/3.
        var gap = TransitionTable.Create(3, 2, 2);
        Assert.Equal((2.0 / 3, 1.0 / 3), (Math.Round(gap.Probability(1, -1), 12) * 1, Math.Round(gap.Probability(1, 2), 12)), Near);
        Assert.Throws<ArgumentException>(() => TransitionTable.Create(2, 5));
        Assert.Throws<ArgumentException>(() => TransitionTable.Create(3, 1, 2));
    }

    [Fact]
    public void The_entropy_is_the_largest()
    {
        // Any change that keeps sum, mean and variance lowers it.
        var table = TransitionTable.Create(4, 3);
        int[] noise = [-2, -1, 0, 1, 2, 3, 4];
        var p = noise.Select(v => table.Probability(2, v)).ToArray();
        for (var at = 0; at + 3 < noise.Length; at++)
        {
            foreach (var size in (double[])[1e-3, -1e-3])
            {
                // Third differences are orthogonal to 1, v and v².
                var q = (double[])p.Clone();
                foreach (var (place, factor) in ((int, double)[])[(0, 1), (1, -3), (2, 3), (3, -1)]) q[at + place] += size * factor;
                Assert.True(q.Any(one => one < 0) || Entropy(q) < Entropy(p));
            }
        }

        static double Entropy(double[] p) => -p.Where(one => one > 0).Sum(one => one * Math.Log(one));
    }

    [Fact]
    public void The_same_persons_get_the_same_noise_and_others_do_not()
    {
        var keys = new PersonKeys(Seed);
        var table = TransitionTable.Create(3, 2);
        var persons = Enumerable.Range(0, 50).Select(i => keys.Of($"p{i}")).ToArray();
        Assert.Equal(PersonKeys.CellOf(persons), PersonKeys.CellOf(persons.Reverse()));
        Assert.Equal(PersonKeys.CellOf(persons), PersonKeys.CellOf(persons.Sum(one => (long)one)));
        Assert.Equal(PersonKeys.CellOf(persons), unchecked(PersonKeys.CellOf(persons[..20]) + PersonKeys.CellOf(persons[20..])));
        Assert.NotEqual(keys.Of("p1"), new PersonKeys(Encoding.UTF8.GetBytes("another seed of tests")).Of("p1"));
        Assert.Throws<ArgumentException>(() => new PersonKeys(Seed.AsSpan(0, 8)));
        Assert.Equal(table.Perturb(50, PersonKeys.CellOf(persons)), table.Perturb(50, PersonKeys.CellOf(persons)));
    }

    [Fact]
    public void Keys_of_cells_are_even_and_the_noise_is_what_the_table_says()
    {
        var keys = new PersonKeys(Seed);
        var table = TransitionTable.Create(3, 2);
        var noise = new List<long>();
        for (var cell = 0; cell < 4000; cell++) noise.Add(table.Perturb(7, PersonKeys.CellOf(Enumerable.Range(0, 7).Select(i =>
            keys.Of($"{cell}-{i}")))) - 7);
        Assert.InRange(noise.Average(), -0.08, 0.08);
        Assert.InRange(noise.Average(one => one * one), 1.85, 2.15);
        Assert.Equal(3, noise.Max());
        Assert.Equal(-3, noise.Min());
        Assert.Equal(0, table.Perturb(0, 123456u));
        // One person more and the noise is another: a difference of two counts is not that person.
        var alike = Enumerable.Range(0, 2000).Count(cell =>
        {
            var persons = Enumerable.Range(0, 20).Select(i => keys.Of($"x{cell}-{i}")).ToArray();
            return table.Perturb(20, PersonKeys.CellOf(persons)) - table.Perturb(19, PersonKeys.CellOf(persons[..19])) == 1;
        });
        Assert.InRange(alike, 2000 * 0.12, 2000 * 0.30);
        // A printed 1 leaves its true count open.
        Assert.InRange(table.Certainty(1), 0.2, 0.7);
    }

    [Fact]
    public void Keys_fall_on_the_noise_of_their_share()
    {
        // ¼, ½, ¼ of all keys: one less, the same, one more.
        var table = TransitionTable.Create(1, 0.5);
        foreach (var (key, noise) in (ReadOnlySpan<(uint, int)>)[(0, -1), (0x3FFF_FFF0, -1), (0x4000_0010, 0), (0xBFFF_FFF0, 0),
            (0xC000_0010, 1), (uint.MaxValue, 1)])
        {
            Assert.Equal(9 + noise, table.Perturb(9, key));
            Assert.Equal(1_000_000 + noise, table.Perturb(1_000_000, key));
            Assert.Equal(0, table.Perturb(0, key));
        }

        Assert.Equal((0, 0.25, 0.25, 0), (table.Probability(9, -2), Math.Round(table.Probability(9, -1), 9),
            Math.Round(table.Probability(9, 1), 9), table.Probability(9, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Perturb(-1, 0));
        // A printed 0 is 0 or a quarter of the ones; a printed 1 half of the ones or a quarter of the twos.
        Assert.Equal(1 / 1.25, table.Certainty(0), 1e-9);
        Assert.Equal(0.5 / 0.75, table.Certainty(1), 1e-9);
        Assert.Equal(0.5, table.Certainty(7), 1e-9);
        var rows = table.Statistics().ToArray();
        Assert.Equal([(0, false), (1, true)], rows.Select(row => (row.Count, row.AndMore)));
        Assert.Equal((0.5, 0.5, 1.5), (Math.Round(rows[1].Kept, 9), Math.Round(rows[1].Change, 9), Math.Round(rows[1].Entropy, 9)));
        Assert.Equal((1, 0, 0), (rows[0].Kept, rows[0].Change, rows[0].Entropy));
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(21, 1, 0)]
    [InlineData(3, 0, 0)]
    [InlineData(3, double.NaN, 0)]
    [InlineData(3, 2, -1)]
    [InlineData(3, 2, 4)]
    public void Noise_that_cannot_be_is_refused(int bound, double variance, int forbidden) =>
        Assert.Throws<ArgumentException>(() => TransitionTable.Create(bound, variance, forbidden));

    private static readonly IEqualityComparer<(double, double)> Near = EqualityComparer<(double, double)>.Create((a, b) =>
        Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-9);
}
