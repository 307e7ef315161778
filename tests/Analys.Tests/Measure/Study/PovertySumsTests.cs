using Analys.Measure.Study;
using Analys.Measure.Study.Beside;

namespace Analys.Tests.Measure.Study;

/// <summary>The sums of a domain and the counts that disclosure control is told: parts, those left out, the other side of the line.</summary>
public class PovertySumsTests
{
    private static readonly PovertySums Ten = new()
    {
        Count = 10,
        PoorCount = 4,
        Weight = 20,
        PoorWeight = 8,
        Gaps = 3,
        SquaredGaps = 2,
        PoorHouseholds = 3,
        OtherHouseholds = 5,
        SquaredClusterWeights = 50,
        Key = 100,
        PoorKey = 40,
    };

    [Fact]
    public void Shares_are_of_the_weights_and_clusters_count_by_theirs()
    {
        Assert.Equal((0.4, 0.15, 0.1), (Ten.Fgt(0).Number, Ten.Fgt(1).Number, Ten.Fgt(2).Number));
        Assert.Equal(8, Ten.EffectiveCount);
        Assert.Equal(0, default(PovertySums).EffectiveCount);
        Assert.Equal(ValueStatus.Undefined, default(PovertySums).Fgt(0).Status);
        // What rounding adds to the weights of the poor is nobody's.
        Assert.Equal(1, (Ten with { PoorWeight = 20.000001 }).Fgt(0).Number);
    }

    [Fact]
    public void Two_parts_add_up()
    {
        var both = Ten.Plus(Ten with { Count = 1, PoorHouseholds = 1, PoorKey = 2 });
        Assert.Equal((11, 8, 40.0, 16.0, 6.0, 4.0), (both.Count, both.PoorCount, both.Weight, both.PoorWeight, both.Gaps, both.SquaredGaps));
        Assert.Equal((4, 10, 100.0, 200ul, 42ul),
            (both.PoorHouseholds, both.OtherHouseholds, both.SquaredClusterWeights, both.Key, both.PoorKey));
    }

    [Fact]
    public void Without_those_left_out_the_fewest_families_that_are_left_for_certain()
    {
        var left = new PovertySums { PoorCount = 1, PoorWeight = 2, PoorHouseholds = 1, OtherHouseholds = 6, PoorKey = 7 };
        var rest = Ten.Without(left);
        Assert.Equal((9, 3, 18.0, 6.0), (rest.Count, rest.PoorCount, rest.Weight, rest.PoorWeight));
        Assert.Equal((2, 5, 93ul, 33ul), (rest.PoorHouseholds, rest.OtherHouseholds, rest.Key, rest.PoorKey));
        var all = Ten.Without(left with { PoorCount = 4, PoorWeight = 9, PoorHouseholds = 4, OtherHouseholds = 2 });
        Assert.Equal((6, 0, 0.0, 0, 2, 0ul),
            (all.Count, all.PoorCount, all.PoorWeight, all.PoorHouseholds, all.OtherHouseholds, all.PoorKey));
    }

    [Fact]
    public void Above_the_line_stand_the_others_and_the_side_with_fewer_families_counts()
    {
        var rich = Ten.Turned();
        Assert.Equal((6, 12.0, 5, 3, 60ul), (rich.PoorCount, rich.PoorWeight, rich.PoorHouseholds, rich.OtherHouseholds, rich.PoorKey));
        Assert.True(double.IsNaN(rich.Gaps) && double.IsNaN(rich.SquaredGaps));
        Assert.Equal((4.0, 10.0, 3.0), Counts(Ten.Basis(true, true)));
        Assert.Equal((6.0, 10.0, 3.0), Counts(rich.Basis(true, true)));
        Assert.Equal((null, 10.0, 8.0), Counts(Ten.Basis(false, true)));
        Assert.Equal((4.0, 10.0, null), Counts(Ten.Basis(true, false)));
        // A side with no family is judged by its persons.
        Assert.Equal(5, (Ten with { PoorHouseholds = 0 }).Basis(true, true).Contributors);
        Assert.Equal(3, (Ten with { OtherHouseholds = 0 }).Basis(true, true).Contributors);
        Assert.Equal((40u, 100u), (Ten.Basis(true, true).Keys!.Counted, Ten.Basis(true, true).Keys!.All));
        Assert.Null((Ten with { Key = 0 }).Basis(true, true).Keys);
    }

    private static (double?, double, double?) Counts(Basis basis) => (basis.Numerator, basis.Denominator, basis.Contributors);

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(0.01, 100, true)]
    [InlineData(0, 1, false)]
    [InlineData(1.01, 1, false)]
    [InlineData(double.NaN, 1, false)]
    [InlineData(0.5, 0.99, false)]
    [InlineData(0.5, 100.1, false)]
    public void Poor_is_who_is_deprived_in_some_share_of_dimensions_up_to_all(double cutoff, double substitution, bool isOne)
    {
        if (isOne) Assert.Equal(cutoff, Dimensions.Parse(["income<100"], cutoff, substitution).Cutoff);
        else Assert.Throws<FormatException>(() => Dimensions.Parse(["income<100"], cutoff, substitution));
    }
}
