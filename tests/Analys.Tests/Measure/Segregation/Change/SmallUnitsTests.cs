using Analys.Measure.Inference;
using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Change;

namespace Analys.Tests.Measure.Segregation.Change;

/// <summary>Chance and its corrections where units are small.</summary>
public class SmallUnitsTests
{
    [Fact]
    public void Exact_expectations_agree_with_enumeration()
    {
        // Units of 2, 3 and 1 persons, 2 of them in the group: all 15 placings are equally likely.
        int[] home = [0, 0, 1, 1, 1, 2];
        double sumD = 0, sumM = 0;
        var placings = 0;
        for (var a = 0; a < 6; a++)
        {
            for (var b = a + 1; b < 6; b++)
            {
                var rows = new[] { new double[2], new double[2], new double[2] };
                for (var person = 0; person < 6; person++) rows[home[person]][person == a || person == b ? 0 : 1]++;
                sumD += Cases.Table(rows).Value("dissimilarity", "A");
                sumM += Cases.Table(rows).Value("mutual-information");
                placings++;
            }
        }

        var table = Cases.Table([1, 1], [1, 2], [0, 1]);
        Assert.Equal(15, placings);
        Assert.Equal(sumD / placings, table.Value("expected-dissimilarity", "A"), 1e-13);
        Assert.Equal(sumM / placings, table.Value("expected-mutual-information"), 1e-13);
        Assert.Equal(sumM / placings, table.Value("expected-mutual-information", "A"), 1e-13);
    }

    [Fact]
    public void The_expectation_of_chance_is_what_R_simulated()
    {
        // R: ten schools of ten, one in ten of the minority: D .36765, M .05451; of a hundred: D .12525, M .004605 (20 000 draws).
        var small = Cases.Table([.. Enumerable.Range(0, 10).Select(_ => new double[] { 1, 9 })]);
        Assert.Equal(0.36765, small.Value("expected-dissimilarity", "A"), 0.003);
        Assert.Equal(0.0545117871701314, small.Value("expected-mutual-information"), 0.0006);
        Assert.Equal(0.167685765272274, small.Value("expected-information-theory"), 0.002);
        var ten = Cases.Table([.. Enumerable.Range(0, 10).Select(_ => new double[] { 10, 90 })]);
        Assert.Equal(0.125254444444444, ten.Value("expected-dissimilarity", "A"), 0.001);
        Assert.Equal(0.00460542866955074, ten.Value("expected-mutual-information"), 0.00007);
    }

    [Fact]
    public void Modified_indices_are_one_when_complete_and_minus_one_when_even()
    {
        GroupCounts complete = Cases.Table([10, 0], [0, 20]), even = Cases.Table([5, 5], [10, 10]);
        foreach (var id in new[] { "modified-dissimilarity", "modified-gini" })
        {
            Assert.Equal(1, complete.Value(id, "A"), 1e-12);
            Assert.Equal(-1, even.Value(id, "A"), 1e-12);
        }

        var table = Cases.Table([8, 2], [2, 8]);
        var chance = table.Value("expected-dissimilarity", "A");
        Assert.Equal((0.6 - chance) / (1 - chance), table.Value("modified-dissimilarity", "A"), 1e-12);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(1.05)]
    [InlineData(1.5)]
    [InlineData(3)]
    [InlineData(5.9)]
    public void The_density_correction_maximises_the_folded_likelihood(double z)
    {
        double best = 0, most = double.NegativeInfinity;
        for (var mean = 0.0; mean <= z; mean += 1e-4)
        {
            var likelihood = Math.Exp(-(z - mean) * (z - mean) / 2) + Math.Exp(-(z + mean) * (z + mean) / 2);
            if (likelihood > most) (best, most) = (mean, likelihood);
        }

        Assert.Equal(best, DensityCorrectedDissimilarity.MostLikely(z), 2e-4);
    }

    [Fact]
    public void Corrections_come_closer_to_the_truth_than_D_does()
    {
        // 300 units of 12 persons; a tenth to four tenths are of the group: the chances' own D is the truth.
        var random = new RandomStream(8, 8);
        var rows = new double[300][];
        double deviations = 0, mean = 0.25;
        for (var i = 0; i < rows.Length; i++)
        {
            var p = i % 2 == 0 ? 0.1 : 0.4;
            deviations += Math.Abs(p - mean) / rows.Length;
            var x = Variates.Binomial(random, 12, p);
            rows[i] = [x, 12 - x];
        }

        var truth = deviations / (2 * mean * (1 - mean));
        var table = Cases.Table(rows);
        var naive = Math.Abs(table.Value("dissimilarity", "A") - truth);
        foreach (var id in new[] { "bias-corrected-dissimilarity", "density-corrected-dissimilarity", "rathelot-dissimilarity" })
        {
            Assert.True(Math.Abs(table.Value(id, "A") - truth) < 0.7 * naive, id);
        }

        Assert.InRange(table.Value("rathelot-dissimilarity", "A"), truth - 0.04, truth + 0.04);
    }

    // Large units, where the likelihood carries noise of its own size: the value is the same for either group.
    [Fact]
    public void Rathelots_D_is_the_same_for_both_groups()
    {
        double[] few = [1700, 8300, 2600, 14900, 730, 4100, 9100], many = [15200, 9400, 41000, 17500, 22300, 6600, 88000];
        var one = Rathelot.Formula(few, many).Number;
        Assert.InRange(one, 0.1, 0.9);
        Assert.Equal(one, Rathelot.Formula(many, few).Number, 1e-12);
    }

    [Fact]
    public void Complete_segregation_is_not_zero_in_any_correction()
    {
        var complete = Cases.Table([.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? new double[] { 30, 0 } : [0, 30])]);
        foreach (var id in new[] { "bias-corrected-dissimilarity", "density-corrected-dissimilarity", "rathelot-dissimilarity" })
        {
            Assert.InRange(complete.Value(id, "A"), 0.98, 1);
        }

        Assert.InRange(Cases.Table([.. Enumerable.Range(0, 20).Select(_ => new double[] { 10, 30 })]).Value("rathelot-dissimilarity", "A"),
            0, 0.01);
    }

    [Fact]
    public void Fractional_counts_have_no_chance()
    {
        var table = Cases.Table([1.5, 2.5], [3.5, 0.5]);
        foreach (var measure in SegregationMeasures.All.Where(measure => measure.PointOnly && !measure.NeedsGeography))
        {
            Assert.All(measure.Of(table), result => Assert.Equal(ValueStatus.Undefined, result.Value.Status));
        }
    }
}
