using Analys.Load.Schema;
using Analys.Measure.Inference;
using Analys.Measure.Swedish;

namespace Analys.Tests.Measure.Swedish;

/// <summary>The limits of the Swedish definitions, on both sides of each: ages, months, lines, norms of the register and of a
/// household.</summary>
public class LimitTests
{
    private const string Schema = """
        { "fields": [
          { "name": "p", "type": "integer", "analys": { "role": "person" } },
          { "name": "h", "type": "integer", "analys": { "role": "household" } },
          { "name": "a", "type": "integer", "analys": { "role": "age" } },
          { "name": "w", "type": "number", "analys": { "role": "weight" } },
          { "name": "ek", "type": "number", "analys": { "role": "equivalisedIncome" } },
          { "name": "cost", "type": "number", "analys": { "role": "housingCost" } },
          { "name": "edu", "type": "string", "analys": { "role": "education" } },
          { "name": "m", "type": "number", "analys": { "role": "incomeSupportMonths" } },
          { "name": "u", "type": "number", "analys": { "role": "unemploymentMonths" } } ] }
        """;

    private static RegisterHouseholds Of(RegisterTerms? terms, params string[] rows)
    {
        using var file = new TemporaryFile("uttag.csv", string.Join('\n', rows.Prepend("p,h,a,w,ek,cost,edu,m,u")));
        return RegisterHouseholds.Of(Extract.Load(file.Path, TableSchema.Parse(Schema, "uttag")), terms);
    }

    [Fact]
    public void The_socioeconomic_index_at_the_limits_of_its_three_shares()
    {
        var households = Of(null,
            "1,1,19,1,99,0,förgymnasial,12,12",
            "2,2,20,1,100,0,Folkskola,10,0",
            "3,3,64,1,100,0,grundskola,9,6",
            "4,4,65,1,100,0,pre-secondary,12,12",
            "5,5,40,1,100,0,gymnasial,0,7");
        // One of five below the line, and not on it; of 20, 64 and 40 years two with at most lower secondary, and two with ten months of
        // support or more than six unemployed.
        var index = Assert.Single(SocioeconomicIndex.Of(households, 100));
        Assert.Equal(((1 / 5.0) + (2 / 3.0) + (2 / 3.0)) / 3, index.Value.Number, 1e-14);
        Assert.Equal(5, index.N);
        // From 25 years one of two.
        Assert.Equal(((1 / 5.0) + (1 / 2.0) + (2 / 3.0)) / 3,
            Assert.Single(SocioeconomicIndex.Of(households, 100, new AgeSpan(25, 64))).Value.Number, 1e-14);
        // With nobody below the line that share discloses first.
        Assert.Equal((0, 5, 5), Basis(Assert.Single(SocioeconomicIndex.Of(households, 99))));
        Assert.Equal((1, 5, 5), Basis(index));
    }

    private static (double?, double, double?) Basis(Result result) =>
        (result.Basis!.Numerator, result.Basis.Denominator, result.Basis.Contributors);

    [Theory]
    [InlineData(17)]
    [InlineData(18)]
    [InlineData(19)]
    public void What_a_household_of_a_register_needs_is_what_its_composition_needs(int oldestChild)
    {
        int[] ages = [40, 0, 1, 5, 6, 17, 18, 19];
        var households = Of(RegisterTerms.Default with { OldestChild = oldestChild },
            [.. ages.Select((age, i) => $"{i},1,{age},1,,60000,,,")]);
        var standard = new IncomeStandard
        {
            Norm = new Riksnorm(PolicyParameters.Riksnorm.In(2017).Value),
            Electricity = 10,
            HomeInsurance = 20,
            Childcare = 3000,
            LocalTravel = 400,
            UnionAndFund = 50,
        };
        var adults = ages.Count(age => age > oldestChild);
        var composition = new HouseholdComposition(adults, adults >= 2, [.. ages.Where(age => age <= oldestChild)]);
        Assert.Equal(standard.Need(composition, 60_000), HouseholdNeed.Of(households, 0, standard), 1e-9);
        // Two of them are at preschool (1 and 5 years), three ride as adults (40, 18 and 19).
        Assert.Equal(12 * ((2 * 3000) + (3 * 400)), standard.Need(composition, 60_000)
            - (standard with { Childcare = 0, LocalTravel = 0 }).Need(composition, 60_000), 1e-9);
    }

    [Fact]
    public void A_need_is_not_known_where_an_age_or_the_housing_cost_is_not()
    {
        var standard = new IncomeStandard { Norm = new Riksnorm(PolicyParameters.Riksnorm.In(2017).Value) };
        var households = Of(null, "1,1,40,1,,60000,,,", "2,1,,1,,60000,,,", "3,2,40,1,,,,,", "4,3,40,1,,5000,,,");
        Assert.True(double.IsNaN(HouseholdNeed.Of(households, 0, standard)));
        Assert.True(double.IsNaN(HouseholdNeed.Of(households, 1, standard)));
        // 12 · (2 980 + 940) + 5 000, or twelve times that cost where it is for a month.
        var monthly = Of(RegisterTerms.Default with { HousingCostIsMonthly = true }, "4,3,40,1,,5000,,,");
        Assert.Equal(12 * 5000 - 5000, HouseholdNeed.Of(monthly, 0, standard) - HouseholdNeed.Of(households, 2, standard), 1e-9);
    }

    [Fact]
    public void Shares_are_weighted_and_their_intervals_count_households_by_weight()
    {
        // Two in the first household (weights 1 and 2), one in the second (1), one who weighs nothing, one without known months.
        var households = Of(null, "1,1,30,1,,,,3,", "2,1,10,2,,,,,", "3,2,30,1,,,,0,", "4,3,30,0,,,,5,", "5,4,30,1,,,,,");
        var flags = ChildPovertyIndex.Support(households, 1);
        Assert.Equal([1, 1, 0, 1, -1], flags.Values.ToArray());
        var count = Assert.Single(FlagCount.Count(households, flags, Ages.All));
        Assert.Equal((3, 2, 4.0, 3.0, 2), (count.Persons, count.PersonsWith, count.Weight, count.WeightWith, count.Households));
        // (3 + 1)² / (3² + 1²).
        Assert.Equal(1.6, count.EffectiveHouseholds, 1e-14);
        var share = Assert.Single(FlagShare.Of(ChildPovertyIndex.Definition, households, flags, Ages.All));
        Assert.Equal((0.75, Wilson.Interval(0.75 * 1.6, 1.6)), (share.Value.Number, (share.Lower!.Value, share.Upper!.Value)));
        Assert.Equal([1, 1, 0, 1, -1], ChildPovertyIndex.Support(households, 3).Values.ToArray());
        Assert.Equal([0, 0, 0, 1, -1], ChildPovertyIndex.Support(households, 4).Values.ToArray());
    }

    [Fact]
    public void A_household_is_a_couple_from_two_adults_on_and_pays_by_its_size()
    {
        var norm = PolicyParameters.Riksnorm.In(2017).Value;
        var full = new Riksnorm(norm);
        var households = Of(null, "1,1,40,1,,0,,,", "2,1,41,1,,0,,,", "3,2,40,1,,0,,,");
        Assert.True(households.IsCouple(0, 2));
        Assert.False(households.IsCouple(1, 1));
        Assert.Equal(norm.Couple + norm.Single, full.Adults(3, couple: true));
        Assert.Equal(3 * norm.Single, full.Adults(3, couple: false));
        Assert.Equal(norm.Common[^1], full.Common(norm.Common.Length));
        Assert.Equal(norm.Common[0], full.Common(1));
        Assert.Throws<ParameterException>(() => full.Child(full.OldestChild + 1));
        Assert.Throws<ParameterException>(() => full.Child(-1));
        Assert.True(full.Child(full.OldestChild) > 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Riksnorm(norm, childFactor: -0.1));
        Assert.Equal(full.Adults(1, false) + full.Common(2), new Riksnorm(norm, childFactor: 0).Of(new(1, false, [5])));
        Assert.True(full.OldestChild >= 18);
        // The lower norm of large families begins with the fourth child.
        var half = new Riksnorm(norm) { LargeFamilyFactor = 0.5 };
        Assert.Equal(full.Children([4, 4, 4]), half.Children([4, 4, 4]));
        Assert.Equal(4.0 * full.Child(4), half.Children([4, 4, 4, 4, 4]));
    }

    [Fact]
    public void Child_allowance_ends_with_the_sixteenth_birthday_and_support_is_never_below_nothing()
    {
        var date = new DateOnly(2019, 6, 1);
        Assert.Equal(ChildAllowance.Of([3], date), ChildAllowance.Of([15, 16], date));
        Assert.Equal(0, ChildAllowance.Of([16, 17], date));
        // Of a supplement of 150, 580 the fourth child has the last again: 4 · 1 000 + 150 + 580 + 580.
        Assert.Equal(5310, ChildAllowance.Of(4, 1000, [150, 580]));
        var effects = new MarginalEffects(new Riksnorm(PolicyParameters.Riksnorm.In(2017).Value), 1050, [150]);
        var household = new HouseholdComposition(1, false, [15, 16]);
        // A ceiling below the allowance leaves the allowance; an income above the norm is kept whole.
        Assert.Equal(1050, (effects with { Ceiling = 1000 }).Disposable(household, 8000, 0));
        Assert.Equal(101_050, effects.Disposable(household, 8000, 100_000));
    }

    [Fact]
    public void Flags_of_other_persons_do_not_join()
    {
        var one = PersonFlags.Of(2, _ => true);
        Assert.Throws<ArgumentException>(() => one.Or(PersonFlags.Of(3, _ => true)));
        // At least two of three: known, impossible, open.
        PersonFlags[] items = [PersonFlags.Of(4, row => row switch { 0 or 1 => true, _ => false }), PersonFlags.Of(4, row => row == 0),
            PersonFlags.Of(4, row => row == 3 ? false : null)];
        Assert.Equal([1, -1, 0, 0], PersonFlags.AtLeast(items, 2).Values.ToArray());
    }
}
