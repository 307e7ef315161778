using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Change;

namespace Analys.Tests.Measure.Segregation.Change;

public class ToolsTests
{
    [Fact]
    public void Fitting_gives_the_margins_and_keeps_the_odds_ratios()
    {
        var fitted = ProportionalFitting.Fit([40, 10, 20, 30], [30, 70], [55, 45])!;
        Assert.Equal(30, fitted[0] + fitted[1], 1e-10);
        Assert.Equal(55, fitted[0] + fitted[2], 1e-10);
        Assert.Equal(40.0 * 30 / (10 * 20), fitted[0] * fitted[3] / (fitted[1] * fitted[2]), 1e-9);
        Assert.Null(ProportionalFitting.Fit([1, 0, 0, 1], [1, 1], [1.5, 0.5]));
        Assert.Throws<CountException>(() => ProportionalFitting.Fit([1, 1], [2], [3, 1]));
    }

    [Fact]
    public void Merging_takes_the_most_alike_first()
    {
        var counts = Cases.Table([10, 90], [20, 180], [50, 50], [90, 10], [88, 12]);
        var (merged, steps) = UnitMerging.To(counts, 2);
        Assert.Equal(("0", "1"), (steps[0].Into, steps[0].Merged));
        Assert.Equal(counts.Value("mutual-information"), steps[0].Information, 1e-12);
        Assert.Equal(("3", "4"), (steps[1].Into, steps[1].Merged));
        Assert.Equal(2, merged.Units.Length);
        Assert.Equal(counts.Total, merged.Total);
        Assert.Equal(merged.Value("mutual-information"), steps[^1].Information, 1e-12);
    }

    [Fact]
    public void A_crosswalk_loses_nobody()
    {
        var moved = CountCrosswalk.Apply(Cases.Table([10, 20], [30, 40]), [new("0", "x", 0.25), new("0", "y", 0.75), new("1", "y", 1)],
            "to new areas");
        Assert.Equal([2.5, 5, 37.5, 55], moved.Counts.ToArray());
        Assert.Throws<CountException>(() => CountCrosswalk.Apply(Cases.Table([10, 20]), [new("0", "x", 0.5)], "half"));
    }
}
