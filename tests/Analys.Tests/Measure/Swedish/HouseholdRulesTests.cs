using Analys.Load.Schema;
using Analys.Measure.Swedish;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Analys.Tests.Measure.Swedish;

public class HouseholdRulesTests
{
    private static readonly ConsumptionUnitScale Scale = PolicyParameters.ConsumptionUnits.In(2017).Value;
    private static readonly RiksnormTable Norm2017 = PolicyParameters.Riksnorm.In(2017).Value;

    [Fact]
    public void The_official_example_gives_200_000_per_consumption_unit() =>
        Assert.Equal(200_000, 490_000 / ConsumptionUnits.Of(Scale, new HouseholdComposition(2, true, [7, 10])), 6);

    [Theory]
    [InlineData(1, false, 0, 1, 1.38)]
    [InlineData(1, false, 0, 2, 1.66)]
    [InlineData(2, true, 1, 1, 2.31)]
    [InlineData(3, true, 0, 0, 2.11)]
    [InlineData(2, false, 0, 0, 1.60)]
    public void Consumption_units_of_children_by_turns_and_further_adults(int adults, bool couple, int children, int alternating,
        double expected) =>
        Assert.Equal(expected, ConsumptionUnits.Of(Scale, adults, couple, children, alternating), 12);

    [Fact]
    public void A_household_has_an_adult()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ConsumptionUnits.Of(Scale, 0, false, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConsumptionUnits.Of(Scale, 1, true, 1));
    }

    [Fact]
    public void Common_costs_beyond_seven_rise_by_the_step_from_six_to_seven()
    {
        var norm = new Riksnorm(Norm2017);
        Assert.Equal(2150 + (3 * (2150 - 1980)), norm.Common(10));
        Assert.Equal(0, norm.Common(0));
    }

    [Fact]
    public void The_norm_of_2000_has_no_young_adults() =>
        Assert.Contains("0 to 18",
            Assert.Throws<ParameterException>(() => new Riksnorm(PolicyParameters.Riksnorm.In(2000).Value).Child(19)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_raised_norm_of_children_leaves_adults_and_common_costs()
    {
        var household = new HouseholdComposition(1, false, [5]);
        Assert.Equal(210, new Riksnorm(Norm2017, childFactor: 1.1).Of(household) - new Riksnorm(Norm2017).Of(household), 9);
    }

    [Fact]
    public void The_income_standard_adds_what_it_is_told_to_add()
    {
        var household = new HouseholdComposition(2, true, [3, 18]);
        var standard = new IncomeStandard
        {
            Norm = new Riksnorm(Norm2017),
            Electricity = 10,
            HomeInsurance = 20,
            Childcare = 30,
            LocalTravel = 40,
            UnionAndFund = 50
        };
        var norm = 5370 + 1850 + 3540 + 1520;
        Assert.Equal((12 * (norm + 10 + 20 + 30 + (3 * 40) + (2 * 50))) + 90_000, standard.Need(household, 90_000));
        var byNorm = standard with { HousingNorm = [4000, 5000, 6000] };
        Assert.Equal(12 * (norm + 10 + 20 + 30 + 120 + 100 + 6000), byNorm.Need(household, 90_000));
        Assert.Equal(1, standard.Of(standard.Need(household, 0), household, 0));
    }

    [Property]
    public Property More_people_never_need_less_and_the_lunch_deduction_never_adds()
    {
        var gen =
            from adults in Gen.Choose(1, 4)
            from couple in Gen.Choose(0, 1)
            from kids in Gen.Choose(0, 17).ListOf()
            from next in Gen.Choose(0, 17)
            select (Household: new HouseholdComposition(couple == 1 ? adults + 1 : adults, couple == 1, [.. kids]), Next: next);
        return Prop.ForAll(gen.ToArbitrary(), drawn =>
        {
            var larger = drawn.Household with { ChildAges = drawn.Household.ChildAges.Add(drawn.Next) };
            var full = new Riksnorm(Norm2017);
            return full.Of(larger) > full.Of(drawn.Household)
                && ConsumptionUnits.Of(Scale, larger) > ConsumptionUnits.Of(Scale, drawn.Household)
                && new Riksnorm(Norm2017, LunchRule.Deduction).Of(larger) <= full.Of(larger);
        });
    }
}
