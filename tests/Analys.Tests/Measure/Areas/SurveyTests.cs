using Analys.Load.Schema;
using Analys.Measure.Areas;
using Analys.Measure.Inference;

namespace Analys.Tests.Measure.Areas;

public class SurveyTests
{
    private static readonly double[] Sick = [9, 5, 12, 4, 6, 4, 12, 12, 2, 4, 9, 3, 3, 11, 3];
    private static readonly double[] Herd = [40, 61, 74, 35, 71, 72, 40, 34, 29, 84, 96, 29, 87, 26, 64];

    // The herds of Lesnoff et al. 2004 (cbpp of lme4): glmer with 25 points; its optimiser stops at about 1e-8.
    [Fact]
    public void Random_intercept_agrees_with_adaptive_quadrature()
    {
        var fit = RandomIntercept.Fit([.. Enumerable.Range(0, 15)], Sick, Herd, [], 15);
        Assert.Equal(-2.04650393161263, fit.Coefficients[0], 1e-7);
        Assert.Equal(0.669762187352682, fit.Variance, 1e-7);
        Assert.Equal(2.18286832067787, fit.MedianOddsRatio.Value.Number, 1e-7);
        Assert.Equal(0.169147655979971, fit.VariancePartition.Value.Number, 1e-7);
        Assert.InRange(fit.LowerDeviation, 0.3, 0.82);
        Assert.InRange(fit.UpperDeviation, 0.82, 2);
    }

    [Fact]
    public void Rows_and_cells_give_the_same_and_alike_areas_have_no_variance()
    {
        int[] area = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2];
        double[] events = [1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 1, 0], ones = [.. Enumerable.Repeat(1.0, 12)];
        var rows = RandomIntercept.Fit(area, events, ones, [], 3);
        Assert.Equal(0, rows.Deviation);
        Assert.Equal(1, rows.MedianOddsRatio.Value.Number);
        Assert.Equal(0, rows.LowerDeviation);
        Assert.True(rows.UpperDeviation > 0);
        var cells = RandomIntercept.Fit([0, 1, 2], [2, 2, 2], [4, 4, 4], [], 3);
        Near.Equal(cells.LogLikelihood, rows.LogLikelihood);
        double[] x = [.. Enumerable.Range(0, 15).Select(i => i % 2.0)];
        var with = RandomIntercept.Fit([.. Enumerable.Range(0, 15)], Sick, Herd, [x], 15);
        Assert.True(with.LogLikelihood >= RandomIntercept.Fit([.. Enumerable.Range(0, 15)], Sick, Herd, [], 15).LogLikelihood);
        Assert.Throws<AreaModelException>(() => RandomIntercept.Fit([0, 1], [0, 0], [3, 3], [], 2));
    }

    // By hand: the same four persons in both years, one changes. Without the shared persons the change's variance is the sum of two.
    [Fact]
    public void Shared_persons_make_a_change_more_certain()
    {
        int[] years = [0, 0, 0, 0, 1, 1, 1, 1];
        double[] y = [1, 1, 0, 0, 1, 0, 0, 0], ones = [.. Enumerable.Repeat(1.0, 8)];
        var same = PooledYears.Of(years, [0, 1, 2, 3, 0, 1, 2, 3], y, ones, [], 2);
        var apart = PooledYears.Of(years, [0, 1, 2, 3, 4, 5, 6, 7], y, ones, [], 2);
        // Contributions ±1/8 and (3, −1, −1, −1)/16; factor 4/3.
        double first = 4.0 / 3 * 4 / 64, second = 4.0 / 3 * 12 / 256, together = 4.0 / 3 * ((3 - 1 + 1 + 1) / 128.0);
        Near.Equal(first + second - (2 * together), Math.Pow(same.Change(0, 1).StandardError!.Value, 2));
        Near.Equal(first + second, Math.Pow(apart.Change(0, 1).StandardError!.Value, 2));
        Near.Equal((first + second + (2 * together)) / 4, Math.Pow(same.Mean([0, 1]).StandardError!.Value, 2));
        Near.Equal(-0.25, same.Change(0, 1).Value.Number);
        Assert.Equal((4, 0), (same.Shared(0, 1), apart.Shared(0, 1)));
    }

    // survey::calibrate of R, linear and raking.
    [Fact]
    public void Calibrated_weights_agree_with_survey()
    {
        double[] d = [10, 12, 8, 15, 9, 11, 14, 10], income = [200, 310, 150, 420, 280, 190, 330, 260];
        double[][] x = [[1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 0, 0, 1, 0, 1, 0], [0, 1, 0, 1, 1, 0, 0, 1], income];
        double[] greg = [11.9361388398517, 13.647262219036, 9.28057118082031, 12.6393849699929, 10.6760591589341, 12.0427501971498,
            13.7405397821782, 11.037293652037];
        double[] raking = [12.0271580082294, 13.604173603264, 9.30914030454931, 12.7198220762359, 10.707497955435, 12.0025312541497,
            13.6611704330717, 10.9685063650651];
        Near.Equal(greg, Calibration.Weights(d, x, [95, 50, 48, 26000], CalibrationMethod.Greg));
        Near.Equal(raking, Calibration.Weights(d, x, [95, 50, 48, 26000], CalibrationMethod.Raking));
    }

    [Fact]
    public void Margins_that_repeat_each_other_are_met_and_contradictions_refused()
    {
        double[] d = [1, 1, 1, 1];
        double[][] x = [[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]];
        foreach (var method in Enum.GetValues<CalibrationMethod>())
        {
            var w = Calibration.Weights(d, x, [30, 70, 40, 60], method);
            Near.Equal(30, w[0] + w[1]);
            Near.Equal(60, w[1] + w[3]);
            // Raking keeps the odds ratio: the table is the product of its margins.
            if (method == CalibrationMethod.Raking) Near.Equal(12, w[0]);
            Assert.Throws<AreaModelException>(() => Calibration.Weights(d, x, [30, 70, 40, 50], method));
        }
    }

    [Fact]
    public void Calibrated_replicates_vary_less_where_the_margin_tells_the_outcome()
    {
        const int N = 60;
        int[] cluster = [.. Enumerable.Range(0, N)];
        double[] ones = [.. Enumerable.Repeat(1.0, N)], x = [.. Enumerable.Range(0, N).Select(i => (double)(i % 2))],
            d = [.. Enumerable.Repeat(10.0, N)];
        double Statistic(double[] w) => w.Select((weight, i) => weight * x[i]).Sum();
        var design = new ClusterDesign(cluster, [], N);
        var values = Calibration.Bootstrap(design, cluster, d, [ones, x], [600, 320], CalibrationMethod.Greg, Statistic, 40, 1);
        Assert.All(values, value => Near.Equal(320, value));
        Assert.Equal(values, Calibration.Bootstrap(design, cluster, d, [ones, x], [600, 320], CalibrationMethod.Greg, Statistic, 40, 1));
    }

    [Fact]
    public void Places_follow_the_direction_and_rank_intervals_the_errors()
    {
        double[] values = [10, 30, 20, double.NaN], weights = [1, 1, 2, 1];
        var worse = IndicatorPanel.Places(new("p", "economy", true, values, [0, 0, 0, 0]), weights);
        Assert.Equal([3, 1, 2, null], worse.Select(place => place.Rank));
        Assert.Equal((1, 1), (worse[1].LowerRank!.Value, worse[1].UpperRank!.Value));
        Near.Equal(-10, worse[0].Gap);
        var better = IndicatorPanel.Places(new("q", "health", false, values, []), weights);
        Assert.Equal([1, 3, 2, null], better.Select(place => place.Rank));
        Assert.Null(better[0].LowerRank);
        var loose = IndicatorPanel.Places(new("p", "economy", true, values, [50, 50, 50, 0]), weights);
        Assert.Equal((1, 3), (loose[1].LowerRank!.Value, loose[1].UpperRank!.Value));
    }

    // cor.test of R: r, Fisher's interval.
    [Fact]
    public void Correlations_are_positive_where_both_are_worse_together()
    {
        PanelIndicator first = new("a", "", true, [1, 2, 3, 4, 5, double.NaN], []), second = new("b", "", false, [5, 3, 4, 1, 2, 7], []);
        var (r, areas) = IndicatorPanel.Correlation(first, second);
        Near.Equal(0.8, r.Value.Number);
        Assert.Equal(5, areas);
        Near.Equal(Math.Tanh(Math.Atanh(0.8) - (1.959963984540054 / Math.Sqrt(2))), r.Lower, 1e-7);
        Assert.False(IndicatorPanel.Correlation(first, new("c", "", true, [1, 1, 1, 1, 1, 1], [])).Value.Value.HasNumber);
        // The same by ranks, which they are: Bonett and Wright's variance (1 + r² / 2) / (n − 3).
        var spearman = IndicatorPanel.Correlation(first, second, ranks: true).Value;
        Near.Equal(0.8, spearman.Value.Number);
        Near.Equal(Math.Tanh(Math.Atanh(0.8) + (1.959963984540054 * Math.Sqrt(1.32 / 2))), spearman.Upper, 1e-7);
        Near.Equal((1 - 0.64) * Math.Sqrt(1.32 / 2), spearman.StandardError, 1e-9);
    }

    // Through the extract: raking meets the margins, so that the mean of a margin's own indicator is the margin's share, without error.
    [Fact]
    public void A_calibrated_mean_of_a_margin_is_the_margin()
    {
        using var persons = new TemporaryFile("personer.csv", "id,sex,woman,w,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i =>
            FormattableString.Invariant($"{i},{(i % 3 == 0 ? "k" : "m")},{(i % 3 == 0 ? 1 : 0)},{1 + (i % 4)},{i % 2}\n"))));
        using var margins = new TemporaryFile("marginaler.csv", "variable,category,total\nsex,k,60\nsex,m,40\n");
        foreach (var method in new[] { "raking", "greg" })
        {
            var results = Extract.Load(persons.Path).Calibrate(Extract.Load(margins.Path), "woman", "w", method: method, replicates: 20);
            var mean = results.Single(row => row.Measure.Id == "calibrated-mean");
            Near.Equal(0.6, mean.Value.Number);
            Assert.Equal(0, mean.StandardError!.Value, 1e-9);
        }

        using var half = new TemporaryFile("halva.csv", "variable,category,total\nsex,k,60\n");
        Assert.Throws<SchemaException>(() => Extract.Load(persons.Path).Calibrate(Extract.Load(half.Path), "woman", "w"));
    }

    [Fact]
    public void Pooled_years_are_the_mean_of_the_years_and_the_change_knows_who_came_back()
    {
        using var file = new TemporaryFile("panel.csv",
            "person,year,poor\n1,2015,1\n2,2015,1\n3,2015,0\n4,2015,0\n1,2016,1\n2,2016,0\n3,2016,0\n4,2016,0\n");
        var results = Extract.Load(file.Path).Pool("poor", "year", "person");
        Near.Equal(0.375, results.Single(row => row.Measure.Id == "pooled-rate" && row.Period is null).Value.Number);
        var change = results.Single(row => row.Measure.Id == "pooled-change");
        Near.Equal(-0.25, change.Value.Number);
        Near.Equal(Math.Sqrt((4.0 / 3 * 4 / 64) + (4.0 / 3 * 12 / 256) - (2 * 4.0 / 3 * 4 / 128)), change.StandardError!.Value);
        Assert.Equal(4, results.Single(row => row.Measure.Id == "shared-persons").Value.Number);
    }
}
