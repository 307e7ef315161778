using Analys.Measure;
using Analys.Measure.Inference;
using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Spatial;
using Analys.Measure.Space;

namespace Analys.Tests.Measure.Segregation;

/// <summary>What is computed in a quick way is what the formula says, to 1e-12.</summary>
public class PlainFormulaTests
{
    [Fact]
    public void M_of_two_groups()
    {
        var (x, y) = (Counts(1, 400, 90), Counts(2, 400, 40_000));
        double sumX = x.Sum(), sumY = y.Sum(), total = sumX + sumY, plain = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var t = x[i] + y[i];
            if (x[i] > 0) plain += x[i] / total * Math.Log(x[i] * total / (t * sumX));
            if (y[i] > 0) plain += y[i] / total * Math.Log(y[i] * total / (t * sumY));
        }

        Assert.Equal(plain, MutualInformation.Formula(x, y).Number, 1e-12);
    }

    [Theory]
    [InlineData("exp:900m")]
    [InlineData("biweight:2km")]
    [InlineData("knn:300")]
    public void Figures_of_all_groups_from_one_gathering(string kernel)
    {
        var (x, y) = (Counts(3, 60, 8_000), Counts(4, 60, 8_000));
        double[] cells = [.. Enumerable.Range(0, 60).SelectMany(i => new[] { Counts(5, 60, 30)[i], Counts(6, 60, 60)[i], Counts(7, 60,
            10)[i] })];
        var counts = new GroupCounts(Enumerable.Range(0, 60).Select(i => $"{i}"), ["A", "B", "C"], cells);
        var geography = new UnitGeography(counts.Units, x, y, [], [], null, Provenance.None);
        foreach (var id in new[] { "spatial-information-theory", "spatial-dissimilarity", "spatial-relative-diversity" })
        {
            var measure = (TwoGroupMeasure)SegregationMeasures.Find(id).First(found => found is TwoGroupMeasure)
                .Ready(counts, MeasureArguments.None.With("kernel", kernel) with { Geography = geography, Pairs = true });
            var figures = measure.Figures(counts, pairs: true);
            var (together, alone) = (new Quantity[figures.Count], new Quantity[figures.Count]);
            measure.Evaluate(counts, figures, together);
            (measure with { Environment = null }).Evaluate(counts, figures, alone);
            for (var i = 0; i < figures.Count; i++) Assert.Equal(alone[i].Number, together[i].Number, 1e-12);
        }
    }

    [Fact]
    public void Divergence_by_carried_logarithms()
    {
        // More steps than logarithms are carried, rare groups, units at one distance.
        const int units = 300;
        double[] x = [.. Counts(8, units, 40).Select(c => 100 * c)], y = [.. Counts(9, units, 40).Select(c => 100 * c)], a = Counts(10,
            units, 300), b = Counts(11, units, 3),
            c = Counts(12, units, 40);
        double[] cells = [.. Enumerable.Range(0, units).SelectMany(i => new[] { a[i], b[i], i == 7 ? 5.0 : 0, c[i] })], totals = [a.Sum(),
            b.Sum(), 5, c.Sum()];
        var areas = Egocentric.Areas(new CountTable(cells, 4), x, y);
        var everyone = totals.Sum();
        for (var centre = 0; centre < units; centre += 37)
        {
            double D2(int i) => ((x[i] - x[centre]) * (x[i] - x[centre])) + ((y[i] - y[centre]) * (y[i] - y[centre]));
            var sums = new double[4];
            var steps = new List<(double People, double Divergence)>();
            foreach (var ring in Enumerable.Range(0, units).Where(i => cells.AsSpan(4 * i, 4).ContainsAnyExcept(0)).GroupBy(D2)
                .OrderBy(ring => ring.Key))
            {
                var before = sums.Sum();
                foreach (var i in ring)
                    for (var g = 0; g < 4; g++) sums[g] += cells[(4 * i) + g];
                var people = sums.Sum();
                steps.Add((people - before, sums.Select((n, g) => n > 0 ? n / people * Math.Log(n / people / (totals[g] / everyone))
                    : 0).Sum()));
            }

            var (area, largest) = (0.0, 0.0);
            for (var k = steps.Count - 1; k >= 0; k--)
            {
                largest = Math.Max(largest, steps[k].Divergence);
                area += steps[k].People * largest;
            }

            Assert.Equal(area / everyone, areas[centre], 1e-12);
        }
    }

    private static double[] Counts(long stream, int number, int below)
    {
        var random = new RandomStream(19, stream);
        return [.. Enumerable.Range(0, number).Select(_ => (double)random.NextLong(below))];
    }
}
