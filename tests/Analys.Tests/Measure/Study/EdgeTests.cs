using Analys.Measure.Income;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Study;

namespace Analys.Tests.Measure.Study;

/// <summary>Where everyone is poor, where no line exists, and where a family is divided among clusters.</summary>
public class EdgeTests
{
    [Fact]
    public void A_share_of_all_is_exactly_one_and_its_interval_is_not_certainty()
    {
        // Weights whose sum depends on the order in which they are added.
        double[] weights = [0.1, 0.2, 0.3, 0.7, 1.1, 1e-9];
        var study = new IncomeStudy
        {
            Persons = People.Make([10, 20, 30, 40, 50, 60], weights, households: [0, 1, 2, 3, 4, 5]),
            Lines = [PovertyLine.Fixed(1000)],
            Uncertainty = new(IntervalMethod.Linearised),
        };
        var share = Assert.Single(study.Run([Fgt.AtRiskOfPovertyRate]));
        Assert.Equal(1, share.Value.Number);
        Assert.Equal(1, share.Upper);
        Assert.InRange(share.Lower!.Value, 0.2, 0.8);
    }

    [Fact]
    public void Without_a_line_above_zero_shares_exist_and_gaps_do_not()
    {
        var study = new IncomeStudy { Persons = People.Make([-10, 0, 0, 0, 100]) };
        IncomeMeasure[] gaps =
            [Fgt.Gap, Fgt.Of(1.5), Sen.Measure, SenShorrocksThon.Measure, Watts.Measure, RelativeMedianPovertyGap.Measure];
        foreach (var uncertainty in (IntervalMethod[])[IntervalMethod.Wilson, IntervalMethod.Linearised, IntervalMethod.Bootstrap])
        {
            var results = (study with { Uncertainty = new(uncertainty, 10) }).Run([Fgt.AtRiskOfPovertyRate, .. gaps]);
            Assert.Equal(0.2, results[0].Value.Number, 1e-15);
            Assert.All(results.Skip(1), result => Assert.Equal(IncomeMeasure.NoLine, result.Value.Reason));
        }
    }

    [Fact]
    public void A_household_in_several_clusters_is_one_household()
    {
        // Two families of three, each member a cluster of its own: sorted by cluster they stand apart.
        var persons = People.Make([1, 1, 1, 9, 9, 9], households: [0, 1, 0, 1, 0, 1]) with { Clusters = new[] { 0, 3, 1, 4, 2, 0 } };
        var study = new IncomeStudy { Persons = persons.Ordered(), Lines = [PovertyLine.Fixed(5)] };
        var share = Assert.Single(study.Run([Fgt.AtRiskOfPovertyRate]));
        Assert.Equal(2, share.Basis!.Contributors);
    }
}
