using Analys.Measure.Segregation.Spatial;
using Analys.Measure.Space;

namespace Analys.Tests.Measure.Segregation.Spatial;

/// <summary>Small cases computed by hand.</summary>
public class HandValueTests
{
    // Three units of 10 people on 1, 2 and 4 units of land; the group has 10, the others 20.
    private static readonly double[] Areas = [1, 2, 4], X = [6, 3, 1], Y = [4, 7, 9];

    [Fact]
    public void Concentration()
    {
        // Mean land of the group 1.6, of the others 2.7; the smallest unit holds ten, and so does the largest.
        Assert.Equal(1 - ((1.6 - 1) / (4 - 1)), AbsoluteConcentration.Formula(X, Y, Areas).Number, 1e-12);
        Assert.Equal(((1.6 / 2.7) - 1) / ((1.0 / 4) - 1), RelativeConcentration.Formula(X, Y, Areas).Number, 1e-12);
        // OasisR's reading: the largest units are filled with the twenty others, mean land 3.
        Assert.Equal(((1.6 / 2.7) - 1) / ((1.0 / 3) - 1), RelativeConcentration.Formula(X, Y, Areas, group: false).Number, 1e-12);
        Assert.Equal(((6.0 / 10) - (1.0 / 7) + Math.Abs((3.0 / 10) - (2.0 / 7)) + (4.0 / 7) - 0.1) / 2, Delta.Formula(X, Areas).Number,
            1e-12);
    }

    [Fact]
    public void Concentration_fills_whole_units_or_the_last_in_proportion()
    {
        // Fifteen people: whole units hold twenty on 1.5 and on 3; in proportion fifteen on (10 + 5 × 2) / 15 and (10 × 4 + 5 × 2) / 15.
        double[] x = [9, 4, 2], y = [1, 6, 8];
        var own = (9.0 + 8 + 8) / 15;
        Assert.Equal(1 - ((own - 1.5) / (3 - 1.5)), AbsoluteConcentration.Formula(x, y, Areas).Number, 1e-12);
        Assert.Equal(1 - ((own - (20.0 / 15)) / ((50.0 / 15) - (20.0 / 15))),
            AbsoluteConcentration.Formula(x, y, Areas, whole: false).Number, 1e-12);
    }

    [Fact]
    public void Spatial_proximity_profile()
    {
        // Three units in a row with shares 0.8, 0.5, 0.2: η is 0 for one unit, 1 for two that touch, 6/8 for all; P = 0.5.
        var adjacency = new Adjacency(3, [new Border(0, 1, 1), new Border(1, 2, 1)]);
        Assert.Equal((0.5 - (0.75 * 0.2) - (1 * 0.3)) / 0.5, SpatialProximityProfile.Formula([8, 5, 2], [2, 5, 8], adjacency).Number,
            1e-12);
    }

    [Fact]
    public void Morrill_and_Wong()
    {
        // Shares 0.8, 0.5, 0.2; D = ½ Σ |x/15 − y/15| = 0.4; neighbours differ by 0.3 each; the units two steps apart by 0.6.
        double[] x = [8, 5, 2], y = [2, 5, 8];
        var adjacency = new Adjacency(3, [new Border(0, 1, 100), new Border(1, 2, 300)]);
        Assert.Equal(0.4 - 0.3, DissimilarityAdjacency.Formula(x, y, [(adjacency, 1)]).Number, 1e-12);
        Assert.Equal(0.4 - 0.3 - (0.6 * Math.Exp(-1)),
            DissimilarityAdjacency.Formula(x, y, [(adjacency, 1), (adjacency.OfOrder(2), Math.Exp(-1))]).Number, 1e-12);
        Assert.Equal(0.4 - 0.3, DissimilarityBoundary.Formula(x, y, adjacency).Number, 1e-12);
        // Perimeter over area 1, 2, 4: the two borders count ¾ × ½ and ¾ of the largest ratio.
        Assert.Equal(0.4 - (0.3 * ((100 * 1.5 / 4) + (300 * 3.0 / 4)) / 400),
            DissimilarityPerimeterArea.Formula(x, y, adjacency, [1, 2, 4]).Number, 1e-12);
    }

    [Fact]
    public void Centralization()
    {
        // The group lives in the middle, the others outside; two units at one distance go together.
        var order = CentralOrder.Around([0, 1, -1], [0, 0, 0], [(0, 0)]);
        Assert.Equal(1, RelativeCentralization.Formula([10, 0, 0], [0, 5, 5], order).Number, 1e-12);
        Assert.Equal(0, RelativeCentralization.Formula([0, 10, 0], [0, 0, 10], order).Number, 1e-12);
        // From the nearer of two centres both outer units are centres, and the middle lies farthest out.
        Assert.Equal(-1, RelativeCentralization.Formula([10, 0, 0], [0, 5, 5],
            CentralOrder.Around([0, 1, -1], [0, 0, 0], [(1, 0), (-1, 0)])).Number, 1e-12);
    }

    [SharedFact]
    public void Relative_centralization_agrees_with_OasisR_where_ties_do_not_decide() =>
        // OasisR on the grid, centre the mean of centroids, group B.
        Assert.Equal(-0.0286890872113972, GridTests.Of("relative-centralization").Single(result => result.Group == "B").Value.Number,
            1e-10);
}
