using Analys.Explore.AreaTypes;
using Analys.Measure.Inference;
using Analys.Tests;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Analys.Explore.Tests.AreaTypes;

public class TypologyTests
{
    [Fact]
    public void Silhouette_and_Davies_Bouldin_of_a_case_by_hand()
    {
        // On a line: 0 and 1 are one group, 4 and 6 the other.
        double[][] points = [[0], [1], [4], [6]];
        int[] of = [0, 0, 1, 1];
        // a = 1, 1, 2, 2; b = 5, 4, 3.5, 5.5.
        Assert.Equal(((4 / 5.0) + (3 / 4.0) + (1.5 / 3.5) + (3.5 / 5.5)) / 4, GroupQuality.Silhouette(points, of, 2), 12);
        // Spreads .5 and 1, centres .5 and 5.
        Assert.Equal(1.5 / 4.5, GroupQuality.DaviesBouldin(points, of, [[0.5], [5]]), 12);
        Assert.Equal(0, GroupQuality.SilhouetteOf(points, [0, 1, 1, 1], 2, 0));
    }

    [Property(MaxTest = 20)]
    public Property No_grouping_of_seven_points_is_better_than_the_one_that_is_found() =>
    Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), seed =>
    {
        var random = new RandomStream(seed, 7);
        double[][] points = [.. Enumerable.Range(0, 7).Select(_ => new[] { random.NextDouble(), random.NextDouble() })];
        var found = KMeans.Best(points, 3, seed, 50, outside: false)!;
        var least = double.PositiveInfinity;
        for (var code = 0; code < 2187; code++)
        {
            int[] of = [.. Enumerable.Range(0, 7).Select(i => code / (int)Math.Pow(3, i) % 3)];
            if (of.Distinct().Count() < 3) continue;
            least = Math.Min(least, Enumerable.Range(0, 3).Sum(g =>
            {
                double[][] mine = [.. points.Where((_, i) => of[i] == g)];
                double[] centre = [mine.Average(point => point[0]), mine.Average(point => point[1])];
                return mine.Sum(point => KMeans.Distance(point, centre));
            }));
        }

        return Math.Abs(found.Inertia - least) <= 1e-5 * least;
    });

    [Fact]
    public void Three_clear_types_are_found_chosen_named_and_stable_whatever_the_seed_and_the_order_of_rows()
    {
        var (areas, poor, income) = Clear();
        var typology = Typology.Find(areas, [new("andel barn i fattigdom", poor), new("medianinkomst", income)], seed: 3);
        Assert.Equal(3, typology.Types.Count);
        Assert.True(typology.Silhouette > 0.8 && typology.DaviesBouldin < 0.4);
        Assert.All(typology.Types, type => Assert.True(type.Stability > 0.95));
        Assert.Equal(typology.Silhouette, typology.SilhouetteByCount.Values.Max());
        Assert.Equal(30, typology.TypeOf.Count(type => type is not null));
        Assert.Null(typology.TypeOf[30]);
        Assert.Null(typology.SilhouetteOf(30));
        Assert.StartsWith("Typ 1 (10 områden): hög andel barn i fattigdom (+1,", typology.Profiles()[0], StringComparison.Ordinal);

        var other =
            Typology.Find([.. areas.Reverse()], [new("p", [.. poor.Reverse()]), new("i", [.. income.Reverse()])], seed: 99, bootstrap: 0);
        Assert.Equal(typology.TypeOf, [.. other.TypeOf.Reverse()]);
        Assert.Equal(typology.Silhouette, other.Silhouette, 12);
    }

    [Fact]
    public void A_weight_multiplies_squared_distances_and_units_do_not_matter()
    {
        var (areas, poor, income) = Clear();
        var plain = Typology.Find(areas, [new("p", poor), new("i", income)], 4, bootstrap: 0);
        var scaled =
            Typology.Find(areas, [new("p", [.. poor.Select(value => (value * 100) - 7)]),
                new("i", [.. income.Select(value => value / 1000)])], 4, bootstrap: 0);
        Assert.Equal(plain.TypeOf, scaled.TypeOf);
        var twice = Typology.Find(areas, [new("p", poor), new("p2", poor), new("i", income)], 4, bootstrap: 0);
        var weighted = Typology.Find(areas, [new("p", poor, 2), new("i", income)], 4, bootstrap: 0);
        Assert.Equal(twice.Silhouette, weighted.Silhouette, 10);
    }

    [Fact]
    public void What_cannot_be_grouped_is_refused()
    {
        Assert.Throws<ModelException>(() => Typology.Find(["a", "b", "c"], [new("v", [1, 1, 1])]));
        Assert.Throws<ModelException>(() => Typology.Find(["a", "b", "c"], [new("v", [1, 2, 3])], 3));
        Assert.Throws<ModelException>(() => Typology.Find(["a", "b", "c"], [new("v", [1, 2, double.NaN])], 2));
        Assert.Throws<ModelException>(() => Typology.Find(["a", "b", "c"], [new("v", [1, 2, 3], 0)], 2));
    }

    [Fact]
    public void The_rule_of_SCB_on_its_borders()
    {
        // Mean 0, deviation 1 are given: the borders belong to the worse side.
        Assert.Equal([1, 2, 2, 3, 3, 4, 4, 5, null], AreaTypeRule.Types([2, 1.99, 1, 0.99, 0, -0.01, -1, -1.01, double.NaN], 0, 1));
        // Four areas 0, 0, 0, 4: mean 1, deviation sqrt(3).
        Assert.Equal([4, 4, 4, 2], AreaTypeRule.Types([0, 0, 0, 4]));
        Assert.Throws<ModelException>(() => AreaTypeRule.Types([3, 3]));
    }

    [SharedFact]
    public void The_rule_gives_the_types_that_SCB_published_for_the_country_and_for_the_127_of_Stockholm()
    {
        // SCB publishes the types, not the index. An index that lies in SCB's bands and has the mean and deviation that the rule is about
        // must come back as those types, by the country's mean; by the mean of Stockholm alone it must not.
        int[] national = [.. File.ReadLines(Repository.SharedAt("data", "regso", "regso_socioekonomisk_index_2022.csv"))
            .Where(line => line.EndsWith(",1", StringComparison.Ordinal)
                || (line.Length > 2 && line[^2] == ',' && line[^1] is >= '1' and <= '5' && line.Contains('(', StringComparison.Ordinal)))
            .Select(line => line[^1] - '0')];
        Assert.Equal([160, 289, 855, 1770, 289], Enumerable.Range(1, 5).Select(type => national.Count(t => t == type)));
        var place = Places(national);
        double[] index = [.. national.Select(type => place[type])];
        Assert.Equal(0, index.Average(), 9);
        Assert.Equal(1, index.Average(value => value * value), 9);
        Assert.Equal(national.Select(type => (int?)type), AreaTypeRule.Types([.. index.Select(value => 20 + (7 * value))]));

        int[] stockholm = [.. File.ReadLines(Repository.SharedAt("data", "regso", "stockholm_regso_omradestyp_2022.csv")).Skip(1)
            .Select(line => line[^1] - '0')];
        Assert.Equal(127, stockholm.Length);
        Assert.Equal(stockholm.Select(type => (int?)type),
            AreaTypeRule.Types([.. stockholm.Select(type => place[type])], index.Average(), 1));
        Assert.NotEqual(stockholm.Select(type => (int?)type), AreaTypeRule.Types([.. stockholm.Select(type => place[type])]));
    }

    // One place in each band so that mean and deviation are 0 and 1: types 1, 2 and 5 stand where a bell's tails have their means; 3 and 4
    // follow from the two conditions.
    private static Dictionary<int, double> Places(int[] types)
    {
        double[] n = [.. Enumerable.Range(0, 6).Select(type => (double)types.Count(t => t == type))];
        for (var five = -1.05; five > -2; five -= 0.01)
        {
            for (var one = 2.05; one < 4; one += 0.01)
            {
                double two = 1.4, sum = (n[1] * one) + (n[2] * two) + (n[5] * five),
                    squares = (n[1] * one * one) + (n[2] * two * two) + (n[5] * five * five), rest = types.Length - squares;
                // n3·a + n4·b = −sum, n3·a² + n4·b² = rest.
                double q = n[4] + (n[4] * n[4] / n[3]), p = sum * n[4] / n[3], disc = (p * p) - (q * ((sum * sum / n[3]) - rest));
                if (disc < 0) continue;
                foreach (var b in (double[])[(-p - Math.Sqrt(disc)) / q, (-p + Math.Sqrt(disc)) / q])
                {
                    var a = (-sum - (n[4] * b)) / n[3];
                    if (a is > 0.02 and < 0.98 && b is < -0.02 and > -0.98)
                        return new() { [1] = one, [2] = two, [3] = a, [4] = b, [5] = five };
                }
            }
        }

        throw new InvalidOperationException("No index has these counts of types.");
    }

    private static (string[] Areas, double[] Poor, double[] Income) Clear()
    {
        var random = new RandomStream(5, 0);
        var areas = Enumerable.Range(0, 31).Select(i => $"område {i + 1}").ToArray();
        double[] poor = [.. Enumerable.Range(0, 31).Select(i => (i % 3 * 0.1) + (0.01 * random.NextDouble()))];
        double[] income = [.. Enumerable.Range(0, 31)
            .Select(i => 400_000 - (i % 3 * 50_000) - (i % 3 == 1 ? 60_000 : 0) + (9_000 * random.NextDouble()))];
        income[30] = double.NaN;
        return (areas, poor, income);
    }
}
