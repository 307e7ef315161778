using Analys.Measure.Inference;
using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Spatial;

namespace Analys.Tests.Measure.Segregation.Spatial;

public class DistortionTests
{
    [Fact]
    public void The_area_is_that_of_a_plain_sort()
    {
        var random = new RandomStream(4, 0);
        const int n = 150;
        // Half of the coordinates lie on a lattice, so that there are ties.
        double Coordinate() => random.NextLong(2) == 0 ? 100 * random.NextLong(9) : 900 * random.NextDouble();
        double[] x = [.. Enumerable.Range(0, n).Select(_ => Coordinate())], y = [.. Enumerable.Range(0, n).Select(_ => Coordinate())];
        double[] counts = [.. Enumerable.Range(0, 3 * n).Select(_ => (double)random.NextLong(9))];
        var areas = Egocentric.Areas(new CountTable(counts, 3), x, y);
        var totals = Enumerable.Range(0, 3).Select(g => Enumerable.Range(0, n).Sum(i => counts[(3 * i) + g])).ToArray();
        for (var i = 0; i < n; i++)
        {
            var people = Enumerable.Range(0, n).Select(j => counts[3 * j] + counts[(3 * j) + 1] + counts[(3 * j) + 2]).ToArray();
            if (people[i] == 0)
            {
                Assert.True(double.IsNaN(areas[i]));
                continue;
            }

            var rings = Enumerable.Range(0, n).Where(j => people[j] > 0)
                .GroupBy(j => Math.Round(Math.Sqrt(((x[i] - x[j]) * (x[i] - x[j])) + ((y[i] - y[j]) * (y[i] - y[j]))), 6))
                .OrderBy(ring => ring.Key).ToArray();
            var steps = new List<(double People, double Divergence)>();
            var sums = new double[3];
            foreach (var ring in rings)
            {
                foreach (var j in ring)
                {
                    for (var g = 0; g < 3; g++) sums[g] += counts[(3 * j) + g];
                }

                var divergence = Enumerable.Range(0, 3).Where(g => sums[g] > 0)
                    .Sum(g => sums[g] / sums.Sum() * Math.Log(sums[g] / sums.Sum() / (totals[g] / totals.Sum())));
                steps.Add((ring.Sum(j => people[j]), divergence));
            }

            var expected = steps.Select((step, k) => step.People / totals.Sum() * steps.Skip(k).Max(later => Math.Max(0, later.Divergence)))
                .Sum();
            Assert.Equal(expected, areas[i], 1e-9);
        }
    }

    [Fact]
    public void The_worst_case_is_the_limit_of_ghettos_of_single_persons()
    {
        // Three groups of 200, 300 and 500 people one by one along a street, seen from the first of the smallest.
        double[] sizes = [200, 300, 500];
        double area = 0;
        for (var k = 1; k <= 1000; k++)
        {
            double[] near = [Math.Min(k, 200), Math.Clamp(k - 200, 0, 300), Math.Max(0, k - 500)];
            area += near.Select((n, g) => n > 0 ? n / k * Math.Log(n / k / (sizes[g] / 1000)) : 0).Sum() / 1000;
        }

        Assert.Equal(area, Egocentric.Worst([500, 200, 300]), 2e-3);
        // Two halves: ln 2 while among one's own, then falling; ∫ from ½ to 1 in closed form by hand: ln 2 is the whole area's bound.
        Assert.InRange(Egocentric.Worst([10, 10]), Math.Log(2) / 2, Math.Log(2));
    }
}
