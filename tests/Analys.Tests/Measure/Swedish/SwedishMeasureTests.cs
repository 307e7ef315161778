using Analys.Load.Schema;
using Analys.Measure.Swedish;

namespace Analys.Tests.Measure.Swedish;

/// <summary>Measures on a register of four households, computed by hand.</summary>
public class SwedishMeasureTests
{
    // Household 1 and 2: a single adult and a child of 5; need 12 × (2 980 + 2 100 + 1 060) + 60 000 = 133 680. Household 3: a couple with
    // children of 13 and 17; need 12 × (5 370 + 3 120 + 3 540 + 1 520) + 100 000 = 262 600. Household 4: a child without known income.
    private const string Register = """
        LopNr,LopNr_HushId,Ar,Alder,SDO,FamTypF,DispInkHush04,DispInkKEHB04,BostKostn,BistandManader,ALosDag,Sun2000niva
        1,1,2017,30,Farsta,ensamstående med barn,1336,879,600,0,0,förgymnasial
        2,1,2017,5,Farsta,ensamstående med barn,1336,879,600,0,,
        3,2,2017,41,Farsta,ensamstående med barn,1337,880,600,1,200,gymnasial
        4,2,2017,5,Farsta,ensamstående med barn,1337,880,600,,,
        5,3,2017,50,Älvsjö,sammanboende med barn,2626,1072,1000,0,0,eftergymnasial
        6,3,2017,48,Älvsjö,sammanboende med barn,2626,1072,1000,0,0,eftergymnasial
        7,3,2017,13,Älvsjö,sammanboende med barn,2626,1072,1000,0,,
        8,3,2017,17,Älvsjö,sammanboende med barn,2626,1072,1000,0,,
        9,4,2017,40,Älvsjö,ensamstående med barn,.,.,600,0,0,
        10,4,2017,2,Älvsjö,ensamstående med barn,.,.,600,0,,
        """;

    private static readonly IncomeStandard Standard = new() { Norm = new Riksnorm(PolicyParameters.Riksnorm.In(2017).Value) };

    private static RegisterHouseholds Households(string text = Register)
    {
        using var file = new TemporaryFile("uttag.csv", text);
        return RegisterHouseholds.Of(Extract.Load(file.Path, TableSchema.Load("lisa-register")));
    }

    private static Result At(Results results, string? area) => Assert.Single(results, result => result.Area == area);

    [Fact]
    public void Low_income_standard_is_below_need_and_not_at_it()
    {
        var results = LowIncomeStandard.Of(Households(), Standard, Ages.Children);
        Assert.Equal(0.25, At(results, null).Value.Number);
        Assert.Equal(0.5, At(results, "Farsta").Value.Number);
        Assert.Equal(0, At(results, "Älvsjö").Value.Number);
        Assert.Equal((1, 2, 2), Counts(At(results, "Farsta")));
        Assert.Equal("2017", At(results, null).Period);
        Assert.Equal("0-17", At(results, null).Population?.ToString());
        Assert.True(At(results, "Farsta").Lower < 0.5 && At(results, "Farsta").Upper > 0.5);
    }

    [Fact]
    public void The_child_poverty_index_adds_income_support_at_any_time()
    {
        var results = ChildPovertyIndex.Of(Households(), Standard);
        Assert.Equal(0.5, At(results, null).Value.Number);
        Assert.Equal(1, At(results, "Farsta").Value.Number);
        Assert.Equal((2, 4, 3), Counts(At(results, null)));
    }

    [Fact]
    public void A_norm_for_housing_takes_the_place_of_actual_costs()
    {
        var results = LowIncomeStandard.Of(Households(), Standard with { HousingNorm = [5000, 5000, 8000, 9000] }, Ages.Children);
        // 60 000 as before for two persons; 108 000 for four: the couple falls below.
        Assert.Equal(0.75, At(results, null).Value.Number);
    }

    [Fact]
    public void The_socioeconomic_index_is_the_mean_of_three_shares()
    {
        var results = SocioeconomicIndex.Of(Households(), 87_950);
        // All: 2 of 8 below the line; 1 of 4 with known education; 1 of 5 unemployed more than six months.
        Assert.Equal(((2 / 8.0) + (1 / 4.0) + (1 / 5.0)) / 3, At(results, null).Value.Number, 12);
        Assert.Equal(((2 / 4.0) + (1 / 2.0) + (1 / 2.0)) / 3, At(results, "Farsta").Value.Number, 12);
    }

    [Fact]
    public void A_missing_role_is_said_and_not_guessed()
    {
        var households = Households("LopNr,LopNr_HushId,Ar,Alder,DispInkHush04\n1,1,2017,3,100\n");
        Assert.Contains("HousingCost", Assert.Throws<ColumnNotFoundException>(() => LowIncomeStandard.Flags(households, Standard)).Message,
            StringComparison.Ordinal);
        Assert.Contains("IncomeSupportMonths",
            Assert.Throws<ColumnNotFoundException>(() => ChildPovertyIndex.Support(households, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_of_rows_does_not_matter()
    {
        var lines = Register.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var turned = string.Join('\n', lines.Skip(1).Reverse().Prepend(lines[0]));
        Assert.Equal(
            ChildPovertyIndex.Of(Households(), Standard).Select(result => (result.Area, result.Value, result.Basis)),
            ChildPovertyIndex.Of(Households(turned), Standard).Select(result => (result.Area, result.Value, result.Basis)));
    }

    [Fact]
    public void A_household_number_that_returns_next_year_is_another_household()
    {
        var next = string.Join('\n', Register.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
            .Replace(",2017,", ",2018,", StringComparison.Ordinal);
        var results = ChildPovertyIndex.Of(Households(Register + "\n" + next), Standard);
        Assert.Equal(["2017", "2018"], results.Where(result => result.Area is null).Select(result => result.Period));
        Assert.All(results.Where(result => result.Area is null), result => Assert.Equal(0.5, result.Value.Number));
    }

    [Fact]
    public void Family_types_in_codes_leave_two_adults_a_couple()
    {
        var coded = Register.Replace("ensamstående med barn", "31", StringComparison.Ordinal)
            .Replace("sammanboende med barn", "21", StringComparison.Ordinal);
        Assert.Equal(
            LowIncomeStandard.Of(Households(), Standard, Ages.Children).Select(result => result.Value),
            LowIncomeStandard.Of(Households(coded), Standard, Ages.Children).Select(result => result.Value));
    }

    [Fact]
    public void Young_people_at_school_are_children_only_where_the_norm_has_them()
    {
        using var file = new TemporaryFile("uttag.csv", Register);
        var households = RegisterHouseholds.Of(Extract.Load(file.Path, TableSchema.Load("lisa-register")),
            RegisterTerms.Default with { OldestChild = 20 });
        var norm2000 = new IncomeStandard { Norm = new Riksnorm(PolicyParameters.Riksnorm.In(2000).Value) };
        Assert.Throws<ParameterException>(() => LowIncomeStandard.Flags(households, norm2000));
    }

    private static (double?, double, double?) Counts(Result result) =>
        (result.Basis!.Numerator, result.Basis.Denominator, result.Basis.Contributors);
}
