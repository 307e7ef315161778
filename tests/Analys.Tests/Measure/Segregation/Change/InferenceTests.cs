using Analys.Measure.Inference;
using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Change;

namespace Analys.Tests.Measure.Segregation.Change;

/// <summary>Tests of the inference that would fail if it were wrong: coverage, uniform p-values, agreement with R, independence of
/// threads.</summary>
public class InferenceTests
{
    private static readonly SegregationMeasure[] DissimilarityAndM = [Dissimilarity.Measure, MultigroupMutualInformation.Measure];

    [Theory]
    [InlineData(IntervalKind.Basic)]
    [InlineData(IntervalKind.Percentile)]
    internal void A_90_percent_interval_covers_85_to_95_percent_of_the_time(IntervalKind interval)
    {
        // A known city: 8 units, D and M of the chances themselves are the truth.
        double[][] chances = [[.10, .05], [.02, .12], [.05, .08], [.12, .03], [.04, .09], [.06, .05], [.03, .06], [.08, .02]];
        var truth = Cases.Table([.. chances.Select(row => row.Select(p => p * 1e6).ToArray())]);
        double trueD = truth.Value("dissimilarity", "A"), trueM = truth.Value("mutual-information");
        var sampler = new CellBootstrap([.. truth.Counts.ToArray().Select(count => Math.Round(count / 1e6 * 4000))]);
        int coveredD = 0, coveredM = 0, givenD = 0, givenM = 0;
        const int Cities = 300;
        for (var city = 0; city < Cities; city++)
        {
            var cells = new double[16];
            sampler.Draw(new RandomStream(77, city), cells);
            var results = SegregationInference.Bootstrap(DissimilarityAndM, truth.Replicate(cells),
                new ResamplingOptions { Replicates = 150, Seed = city, Level = 0.9, Interval = interval });
            Result d = results.Single(result => result.Measure.Id == "dissimilarity" && result.Group == "A"),
                m = results.Single(result => result.Measure.Id == "mutual-information");
            // Percentile intervals are refused now and then; those that are given are to cover.
            givenD += d.Lower is null ? 0 : 1;
            givenM += m.Lower is null ? 0 : 1;
            if (Covers(d, trueD)) coveredD++;
            if (Covers(m, trueM)) coveredM++;
        }

        Assert.True(givenD > 0.6 * Cities && givenM > 0.6 * Cities, $"{givenD} and {givenM} of {Cities} given");
        Assert.InRange(coveredD / (double)givenD, 0.85, 0.95);
        Assert.InRange(coveredM / (double)givenM, 0.85, 0.95);

        static bool Covers(Result result, double value) => result.Lower <= value && value <= result.Upper;
    }

    [Fact]
    public void P_values_are_uniform_under_the_null()
    {
        var shape = Cases.Table([30, 20, 10], [10, 40, 30], [25, 25, 25], [50, 10, 5], [5, 30, 60], [20, 20, 20]);
        var margins = new FixedMargins(shape);
        const int Cities = 400;
        var p = new double[Cities];
        for (var city = 0; city < Cities; city++)
        {
            var cells = new double[18];
            margins.Draw(new RandomStream(5, city), cells);
            var results = SegregationInference.Test([MultigroupInformationTheory.Measure], shape.Replicate(cells), NullModel.Independence,
                new ResamplingOptions { Replicates = 99, Seed = 1000 + city });
            p[city] = results.Single(result => result.Measure.Id.EndsWith("-p-value", StringComparison.Ordinal)).Value.Number;
        }

        Array.Sort(p);
        // Kolmogorov-Smirnov at the one-per-mille point, 1.95 / √n, and no p of zero.
        var distance = p.Select((value, i) => Math.Abs(value - ((i + 1.0) / Cities))).Max();
        Assert.InRange(distance, 0, 1.95 / Math.Sqrt(Cities));
        Assert.True(p[0] >= 0.01);
        Assert.InRange(p.Count(value => value <= 0.1) / (double)Cities, 0.06, 0.14);
    }

    [SharedFact]
    public void Bias_and_standard_error_agree_with_R_segregation()
    {
        var results = SegregationInference.Bootstrap([MultigroupMutualInformation.Measure], Cases.Schools.Counts,
            new ResamplingOptions { Replicates = 2_000, Seed = 42 });
        var m = results.Single(result => result.Measure.Id == "mutual-information");
        // R with 500 replicates: s.e. .000782, bias .003645, interval .420418 to .423675.
        Assert.InRange(m.StandardError!.Value, 0.00066, 0.00090);
        Assert.Equal(0.003645, results.Single(result => result.Measure.Id == "mutual-information-bias").Value.Number, 0.0002);
        Assert.Equal(0.420418, m.Lower!.Value, 0.0004);
        Assert.Equal(0.423675, m.Upper!.Value, 0.0004);
    }

    [Fact]
    public void The_expected_value_by_drawing_agrees_with_the_exact_one()
    {
        var table = Cases.Table([6, 4], [3, 7], [9, 1], [2, 2], [5, 5]);
        var options = new ResamplingOptions { Replicates = 8_000, Seed = 3 };
        var drawn =
            SegregationInference.Test([Dissimilarity.Measure, MultigroupMutualInformation.Measure], table, NullModel.Persons, options);
        var d = drawn.First(result => result.Measure.Id == "dissimilarity-expected");
        Assert.Equal(table.Value("expected-dissimilarity", "A"), d.Value.Number, 5 * d.StandardError!.Value / Math.Sqrt(8_000));
        var m = drawn.First(result => result.Measure.Id == "mutual-information-expected");
        Assert.Equal(table.Value("expected-mutual-information"), m.Value.Number, 5 * m.StandardError!.Value / Math.Sqrt(8_000));
    }

    [Fact]
    public void The_number_of_threads_does_not_matter()
    {
        var table = Cases.Table([30, 20, 10], [10, 40, 30], [25, 25, 25]);
        SegregationMeasure[] measures =
            [Dissimilarity.Measure, MultigroupGini.Measure, LocationQuotient.Measure];
        var set = new MeasureSet(measures, table, pairs: true);
        var options = new ResamplingOptions { Replicates = 64, Seed = 9 };
        var parallel = Resampler.Bootstrap(set, table, options);
        // One replicate at a time, last first: what a single thread in any order would give.
        var sampler = new CellBootstrap(table.Counts);
        for (var replicate = 63; replicate >= 0; replicate--)
        {
            var cells = new double[9];
            sampler.Draw(new RandomStream(9, replicate), cells);
            Assert.Equal(table.Total, cells.Sum());
            Assert.Equal(set.Numbers(table.Replicate(cells), new Quantity[set.Count]), parallel.Select(column => column[replicate]));
        }
    }

    [Fact]
    public void Fractional_counts_are_refused_with_a_reason()
    {
        var table = Cases.Table([1.5, 2.5], [3.5, 0.5]);
        var results = SegregationInference.Bootstrap([Dissimilarity.Measure], table, new ResamplingOptions { Replicates = 9 });
        Assert.All(results.Where(result => result.Measure.Id == "dissimilarity"), result => Assert.Null(result.StandardError));
        Assert.All(results.Where(result => result.Measure.Id == "dissimilarity-bias"),
            result => Assert.Contains("not whole", result.Value.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Shuffling_units_cannot_change_a_measure_without_space()
    {
        var table = Cases.Table([30, 20], [10, 40], [25, 25]);
        var results = SegregationInference.Test([Dissimilarity.Measure, Gini.Measure], table, NullModel.Geographic,
            new ResamplingOptions { Replicates = 99 });
        Assert.All(results.Where(result => result.Measure.Id.EndsWith("-p-value", StringComparison.Ordinal)),
            result => Assert.Equal(1, result.Value.Number));
    }

    [Fact]
    public void False_discoveries_are_controlled_in_local_tests()
    {
        double[] p = [0.01, 0.04, 0.03, 0.005];
        double[] adjusted = [0.02, 0.04, 0.04, 0.02];
        Assert.Equal(adjusted, FalseDiscovery.Adjust(p).Select(value => Math.Round(value, 12)));
        var table = Cases.Table([90, 10], [50, 50], [50, 50], [10, 90]);
        var results = SegregationInference.Test([LocationQuotient.Measure], table, NullModel.Independence,
            new ResamplingOptions { Replicates = 199 });
        var ofA = results.Where(result => result.Measure.Id == "location-quotient-p-adjusted" && result.Group == "A")
            .Select(result => result.Value.Number).ToArray();
        Assert.True(ofA[0] < 0.05 && ofA[3] < 0.05 && ofA[1] > 0.5 && ofA[2] > 0.5);
    }

    [Fact]
    public void Two_samples_differ_or_not()
    {
        GroupCounts first = Cases.Table([300, 200], [100, 400], [250, 250], [210, 190]),
            second = Cases.Table([390, 110], [40, 460], [350, 150], [100, 300]);
        var options = new ResamplingOptions { Replicates = 399, Seed = 2 };
        var apart = TwoSamples.Compare([Dissimilarity.Measure], first, second, options).Where(result => result.Group == "A").ToList();
        Assert.Equal(second.Value("dissimilarity", "A") - first.Value("dissimilarity", "A"), apart[0].Value.Number, 1e-12);
        Assert.True(apart[0].Lower > 0);
        var same = TwoSamples.Compare([Dissimilarity.Measure], first, first, options).Where(result => result.Group == "A").ToList();
        Assert.Equal(0, same[0].Value.Number);
        Assert.True(same[0].Lower < 0 && same[0].Upper > 0);
        Assert.Equal(1, same[1].Value.Number);
    }

    [Theory]
    [InlineData(10, 0.3)]
    [InlineData(1000, 0.02)]
    [InlineData(5000, 0.4)]
    public void Binomial_counts_have_their_mean_and_variance(double n, double p) =>
        Moments(random => Variates.Binomial(random, n, p), n * p, n * p * (1 - p));

    [Theory]
    [InlineData(50, 20, 15)]
    [InlineData(40, 35, 30)]
    [InlineData(100_000, 30_000, 5_000)]
    [InlineData(9000, 8000, 7000)]
    public void Hypergeometric_counts_have_their_mean_and_variance(double total, double kind, double sample)
    {
        var variates = new HypergeometricDraws(total);
        Moments(random => variates.Draw(random, total, kind, sample), sample * kind / total,
            sample * (kind / total) * (1 - (kind / total)) * (total - sample) / (total - 1));
    }

    [Theory]
    [InlineData(0.7)]
    [InlineData(9)]
    [InlineData(55)]
    public void Poisson_counts_have_their_mean_and_variance(double mean) => Moments(random => Variates.Poisson(random, mean), mean, mean);

    private static void Moments(Func<RandomStream, double> draw, double mean, double variance)
    {
        const int Draws = 100_000;
        var random = new RandomStream(11, 4);
        double sum = 0, squares = 0;
        for (var i = 0; i < Draws; i++)
        {
            var value = draw(random);
            sum += value - mean;
            squares += (value - mean) * (value - mean);
        }

        Assert.Equal(0, sum / Draws, 4.5 * Math.Sqrt(variance / Draws));
        Assert.InRange(squares / Draws / variance, 0.97, 1.03);
    }
}
