using Analys.Measure;
using Analys.Measure.Inference;
using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Change;

namespace Analys.Tests.Measure.Segregation.Change;

/// <summary>Intervals where chance pushes an index up: refused, or of the corrected index.</summary>
public class IntervalTests
{
    // A hundred units of forty: shares spread evenly from 0.02 to 0.48, so that the true D is known.
    private const int Units = 100, Persons = 40;
    private static readonly double[] Chances = [.. Enumerable.Range(0, Units).Select(i => 0.02 + (0.46 * i / (Units - 1)))];
    private static readonly double True = Chances.Sum(p => Math.Abs(p - 0.25)) / (2 * Units * 0.25 * 0.75);

    [Fact]
    public void Percentiles_of_D_are_refused_where_they_would_lie_beside_it()
    {
        var counts = City(new RandomStream(1, 1));
        var options = new ResamplingOptions { Replicates = 99, Interval = IntervalKind.Percentile };
        var rows = SegregationInference.Bootstrap([Dissimilarity.Measure, Isolation.Measure], counts, options);
        var refused = rows.First(row => row.Measure.Id == "dissimilarity");
        Assert.Equal("percentile refused: bias", refused.Parameters["interval"]);
        Assert.Null(refused.Lower);
        Assert.True(refused.StandardError > 0);
        // In units of thousands resampling moves nothing.
        var large = counts.Replicate([.. counts.Counts.ToArray().Select(count => count * 1000)]);
        var kept = SegregationInference.Bootstrap([Dissimilarity.Measure], large, options).First(row => row.Measure.Id == "dissimilarity");
        Assert.Equal("percentile", kept.Parameters["interval"]);
        Assert.InRange(kept.Value.Number, kept.Lower!.Value, kept.Upper!.Value);
    }

    [Fact]
    public void Rounding_in_the_last_digits_is_no_bias()
    {
        // Full separation: every replicate is 1, but for the order of additions.
        double[] replicates = [1, 1 - 1.2e-16, 1, 1 - 1.2e-16];
        Assert.False(ReplicateSummary.IsBiased(1 - 2.3e-16, replicates, 6e-17));
        Assert.True(ReplicateSummary.IsBiased(0.9, replicates, 6e-17));
    }

    [Fact]
    public void An_interval_of_D_is_of_the_corrected_D_or_refused_where_D_is_mostly_chance()
    {
        var options = new ResamplingOptions { Replicates = 199 };
        Result Row(GroupCounts of, string id) => SegregationInference.Bootstrap(
            [Dissimilarity.Measure, Gorard.Measure, MinMax.Measure], of, options).First(row => row.Measure.Id == id);
        var counts = City(new RandomStream(3, 1));
        Result plain = Row(counts, "dissimilarity"), gorard = Row(counts, "gorard"), ratio = Row(counts, "min-max");
        Assert.Equal("normal, of corrected redraws", plain.Parameters["interval"]);
        Assert.InRange(True, plain.Lower!.Value, plain.Upper!.Value);
        double x = counts.GroupTotal(0), all = counts.Total;
        Assert.Equal(plain.Upper.Value * (1 - (x / all)), gorard.Upper!.Value, 1e-12);
        Assert.Equal(2 * plain.Lower.Value / (1 + plain.Lower.Value), ratio.Lower!.Value, 1e-12);
        // Nobody is segregated: what D shows is chance.
        var random = new RandomStream(4, 1);
        var alike = Cases.Table([.. Chances.Select(_ =>
        {
            var members = Variates.Binomial(random, Persons, 0.25);
            return new[] { members, Persons - members };
        })]);
        var refused = Row(alike, "dissimilarity");
        Assert.Equal("refused: chance", refused.Parameters["interval"]);
        Assert.Null(refused.Lower);
        Assert.True(refused.StandardError > 0);
        var corrected = BiasCorrectedDissimilarity.Measure.Interval!(alike.Group(0), alike.Group(1), 0, options)!;
        Assert.Null(corrected.Lower);
    }

    [Fact]
    public void The_interval_of_the_Gini_index_covers_the_Gini_of_the_units_own_chances_or_is_refused()
    {
        const int cities = 120;
        double[] x = [.. Chances.Select(p => p * Persons)], y = [.. Chances.Select(p => (1 - p) * Persons)];
        var truth = Gini.Formula(x, y).Number;
        var covered = 0;
        var options = new ResamplingOptions { Replicates = 80 };
        for (var city = 0; city < cities; city++)
        {
            // Three times as many in a unit: chance gives less than four tenths of D.
            var random = new RandomStream(9, city);
            var counts = Cases.Table([.. Chances.Select(p =>
            {
                var members = Variates.Binomial(random, 3 * Persons, p);
                return new[] { members, (3 * Persons) - members };
            })]);
            var row = SegregationInference.Bootstrap([Gini.Measure], counts, options).First(row => row.Measure.Id == "gini");
            Assert.Equal("normal, of corrected redraws", row.Parameters["interval"]);
            if (row.Lower <= truth && truth <= row.Upper) covered++;
        }

        // 114 of 120 in the mean.
        Assert.InRange(covered, 106, 120);
        var small = SegregationInference.Bootstrap([Gini.Measure], City(new RandomStream(3, 1)), options)[0];
        Assert.Equal("refused: chance", small.Parameters["interval"]);
        Assert.Null(small.Lower);
        Assert.True(small.StandardError > 0);
    }

    [Fact]
    public void Intervals_of_several_groups_cover_the_index_of_the_units_own_chances_or_are_refused()
    {
        const int cities = 120;
        // A third group falls as the mirror of the first.
        double[][] chances = [.. Chances.Select((p, i) => new[] { p, 0.6 * (1 - p), 0.4 * (1 - p) })];
        GroupCounts Fallen(RandomStream random, double persons) => Cases.Table([.. chances.Select(row =>
        {
            var first = Variates.Binomial(random, persons, row[0]);
            var second = Variates.Binomial(random, persons - first, row[1] / (1 - row[0]));
            return new[] { first, second, persons - first - second };
        })]);
        SegregationMeasure[] measures = [MultigroupDissimilarity.Measure, MultigroupGini.Measure];
        var truth = Cases.Table([.. chances.Select(row => row.Select(p => p * 1000).ToArray())]);
        double[] expected = [.. measures.Select(measure => measure.Of(truth).Single().Value.Number)];
        var covered = new int[2];
        for (var city = 0; city < cities; city++)
        {
            var rows = SegregationInference.Bootstrap(measures, Fallen(new RandomStream(11, city), 200),
                new ResamplingOptions { Replicates = 80 });
            for (var m = 0; m < measures.Length; m++)
            {
                var row = rows.First(result => result.Measure.Id == measures[m].Definition.Id);
                Assert.Equal("normal, of corrected redraws", row.Parameters["interval"]);
                if (row.Lower <= expected[m] && expected[m] <= row.Upper) covered[m]++;
            }
        }

        // 114 of 120 in the mean.
        Assert.All(covered, count => Assert.InRange(count, 106, 120));
        foreach (var row in SegregationInference.Bootstrap(measures, Fallen(new RandomStream(3, 1), 12),
            new ResamplingOptions { Replicates = 80 }).Where(result => !result.Measure.Id.EndsWith("-bias", StringComparison.Ordinal)))
        {
            Assert.Equal("refused: chance", row.Parameters["interval"]);
            Assert.Null(row.Lower);
            Assert.True(row.StandardError > 0);
        }
    }

    [Fact]
    public void Indices_of_roots_have_no_interval_where_a_group_has_few_members_a_unit()
    {
        // A quarter of forty persons are ten members a unit, of thirty-six nine.
        Result[] Rows(double persons) =>
        [
            .. SegregationInference.Bootstrap([Hutchens.Measure, Atkinson.Measure],
                Cases.Table([.. Enumerable.Range(0, Units).Select(i => i % 2 == 0 ? new[] { persons / 2, persons / 2 } : [0, persons])]),
                new ResamplingOptions { Replicates = 49 }).Where(row => row.Measure.Id is "hutchens" or "atkinson"),
        ];
        Assert.All(Rows(40), row => Assert.Equal("basic", row.Parameters["interval"]));
        Assert.All(Rows(40), row => Assert.NotNull(row.Lower));
        Assert.All(Rows(36), row => Assert.Equal("refused: few members", row.Parameters["interval"]));
        Assert.All(Rows(36), row => Assert.Null(row.Lower));
        Assert.All(Rows(36), row => Assert.True(row.StandardError > 0));
    }

    [Fact]
    public void The_corrected_D_covers_what_its_interval_says()
    {
        int covered = 0, percentiles = 0;
        const int cities = 120;
        var options = new ResamplingOptions { Replicates = 80 };
        var few = BiasCorrectedDissimilarity.Measure.Ready(City(new RandomStream(1, 1)), MeasureArguments.None.With("simulations", "100"));
        for (var city = 0; city < cities; city++)
        {
            var counts = City(new RandomStream(7, city));
            double[] x = counts.Group(0), y = counts.Group(1);
            var value = ((TwoGroupMeasure)few).Formula(x, y).Number;
            var interval = BiasCorrectedDissimilarity.Measure.Interval!(x, y, value, options)!;
            if (interval.Lower <= True && True <= interval.Upper) covered++;
            var plain = OwnInterval.Percentiles(Replicates.Run(80, 1, () => 0, (random, _) =>
            {
                double[] a = new double[x.Length], b = new double[x.Length];
                new CellBootstrap(x).Draw(random, a);
                new CellBootstrap(y).Draw(random, b);
                return Dissimilarity.Formula(a, b).Number;
            }), 0.95, "");
            if (plain.Lower <= True && True <= plain.Upper) percentiles++;
        }

        Assert.InRange(covered / (double)cities, 0.89, 1);
        Assert.InRange(percentiles / (double)cities, 0, 0.5);
    }

    [Fact]
    public void The_mean_under_normal_error_is_that_of_redraws()
    {
        var counts = City(new RandomStream(5, 5));
        double[] x = counts.Group(0), y = counts.Group(1);
        var drawn = Simulations.Default.MeanOfRedrawnGroups(x, y, Dissimilarity.Formula);
        Assert.Equal(drawn, BiasCorrectedDissimilarity.MeanUnderError(x, y), 0.004);
    }

    [Fact]
    public void Random_allocation_keeps_group_sizes_and_lets_units_vary()
    {
        var counts = Cases.Table([30, 10], [5, 45], [15, 25], [0, 0]);
        var allocation = new RandomAllocation(counts);
        double[] mean = new double[8], cells = new double[8];
        var unitsVary = false;
        for (var draw = 0; draw < 2000; draw++)
        {
            allocation.Draw(new RandomStream(2, draw), cells);
            Assert.Equal(50, cells[0] + cells[2] + cells[4] + cells[6]);
            Assert.Equal(80, cells[1] + cells[3] + cells[5] + cells[7]);
            unitsVary |= cells[0] + cells[1] != 40;
            for (var i = 0; i < 8; i++) mean[i] += cells[i] / 2000;
        }

        Assert.True(unitsVary);
        Assert.Equal(50 * 40 / 130.0, mean[0], 0.3);
        Assert.Equal(80 * 50 / 130.0, mean[3], 0.4);
        Assert.Equal(0, mean[6] + mean[7]);
        var rows = SegregationInference.Test([LocalInformation.Measure], counts, NullModel.Allocation,
            new ResamplingOptions { Replicates = 99 });
        var p = rows.Where(row => row.Measure.Id == "local-information-p-value" && row.Value.HasNumber).ToList();
        Assert.Equal(3, p.Count);
        Assert.All(p, row => Assert.InRange(row.Value.Number, 0.01, 1));
        Assert.Equal("allocation", p[0].Parameters["null"]);
    }

    private static GroupCounts City(RandomStream random) => Cases.Table([.. Chances.Select(chance =>
    {
        var x = Variates.Binomial(random, Persons, chance);
        return new[] { x, Persons - x };
    })]);
}
