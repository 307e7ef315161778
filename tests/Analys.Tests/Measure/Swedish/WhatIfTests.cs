using Analys.Load.Schema;
using Analys.Measure.Swedish;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Analys.Tests.Measure.Swedish;

/// <summary>A single adult with a child of 5 needs 12 × (2 980 + 2 100 + 1 060) + 60 000 = 133 680 by the norm of 2017.</summary>
public class WhatIfTests
{
    private static WhatIf Households(params (double Income, int Months, int ChildAge)[] rows)
    {
        var lines =
            rows.SelectMany((row, i) => new[] { $"{(2 * i) + 1},{i},2017,30,Farsta,{row.Income},60000,{row.Months}",
                $"{(2 * i) + 2},{i},2017,{row.ChildAge},Farsta,{row.Income},60000,{row.Months}" });
        const string schema = """
            { "fields": [
              { "name": "p", "type": "integer", "analys": { "role": "person" } }, { "name": "h", "type": "integer",
                "analys": { "role": "household" } },
              { "name": "y", "type": "year", "analys": { "role": "period" } }, { "name": "a", "type": "integer",
                "analys": { "role": "age" } },
              { "name": "area", "type": "string", "analys": { "role": "area" } }, { "name": "inc", "type": "number",
                "analys": { "role": "disposableIncome" } },
              { "name": "cost", "type": "number", "analys": { "role": "housingCost" } }, { "name": "m", "type": "integer",
                "analys": { "role": "incomeSupportMonths" } } ] }
            """;
        using var file = new TemporaryFile("uttag.csv", string.Join('\n', lines.Prepend("p,h,y,a,area,inc,cost,m")));
        var extract = Extract.Load(file.Path, TableSchema.Parse(schema, "uttag"));
        return new WhatIf(RegisterHouseholds.Of(extract), PolicyParameters.Riksnorm.In(2017).Value);
    }

    private static double ChangeOf(WhatIf question, PolicyChange change, bool withSupport = false) =>
        Assert.Single(question.Of(change, withSupport), result => result.Area is null && result.Measure == WhatIf.Change).Value.Number;

    [Fact]
    public void A_raised_norm_as_a_line_makes_those_just_above_it_poor()
    {
        // +10 % of 2 100 is 210 a month, 2 520 a year: the line becomes 136 200.
        var question = Households((136_199, 0, 5), (136_200, 0, 5), (133_679, 0, 5));
        Assert.Equal(1, ChangeOf(question, new PolicyChange { ChildNormFactor = 1.1 }));
        Assert.Equal(0, ChangeOf(question, new PolicyChange { ChildNormFactor = 1.1, NormActs = NormActs.Support }));
    }

    [Fact]
    public void A_raised_norm_as_income_lifts_those_with_support_for_their_months()
    {
        // 12 months give 2 520, 6 months 1 260.
        var question = Households((131_160, 12, 5), (131_160, 6, 5), (132_420, 6, 5));
        Assert.Equal(-2, ChangeOf(question, new PolicyChange { ChildNormFactor = 1.1, NormActs = NormActs.Support }));
        Assert.Equal(0, ChangeOf(question, new PolicyChange { ChildNormFactor = 1.1 }));
        Assert.Equal(0, ChangeOf(question, new PolicyChange { ChildNormFactor = 1.1, NormActs = NormActs.Support }, withSupport: true));
    }

    [Fact]
    public void A_child_allowance_replaces_that_of_the_year_and_ends_at_sixteen()
    {
        // 1 250 for 1 050: 2 400 a year.
        Assert.Equal(-1, ChangeOf(Households((131_280, 0, 5), (131_279, 0, 5)), new PolicyChange { ChildAllowance = 1250 }));
        // The norm of a 16-year-old is 3 540: need 150 960, and no allowance.
        Assert.Equal(0, ChangeOf(Households((150_959, 0, 16)), new PolicyChange { ChildAllowance = 1250 }));
        Assert.Equal(0, ChangeOf(Households((133_679, 0, 5)), new PolicyChange { ChildAllowance = 1050 }));
    }

    [Fact]
    public void A_housing_allowance_goes_to_households_below_its_limit()
    {
        var question = Households((133_000, 0, 5), (133_100, 0, 5));
        Assert.Equal(-2, ChangeOf(question, new PolicyChange { HousingAllowance = 100 }));
        Assert.Equal(-1, ChangeOf(question, new PolicyChange { HousingAllowance = 100, HousingAllowanceLimit = 133_050 }));
    }

    [Fact]
    public void The_lunch_deduction_that_Stockholm_does_not_apply_lowers_the_line_and_the_support()
    {
        // 2 100 becomes 1 850: 3 000 a year.
        var question = Households((130_680, 0, 5), (133_000, 12, 5));
        Assert.Equal(-2, ChangeOf(question, new PolicyChange { Lunch = LunchRule.Deduction, NormActs = NormActs.Line }));
        Assert.Equal(-1, ChangeOf(question, new PolicyChange { Lunch = LunchRule.Deduction }));
    }

    [Fact]
    public void Numbers_before_and_after_differ_by_the_change_and_say_that_they_are_static()
    {
        var results = Households((136_199, 0, 5), (136_200, 0, 5), (133_679, 0, 5))
            .Of(new PolicyChange { ChildNormFactor = 1.1 }, withSupport: false);
        double Number(string scenario) =>
            results.Single(result => result.Area == "Farsta" && result.Measure == WhatIf.Poor
                && result.Parameters["scenario"] == scenario).Value.Number;
        Assert.Equal((1, 2), (Number("baseline"), Number("changed")));
        Assert.All(results, result => Assert.Equal("static-first-round", result.Parameters["effects"]));
        Assert.All(results, result => Assert.Equal("+10%", result.Parameters["child-norm"]));
    }

    [Fact]
    public void A_change_that_few_make_is_withheld_though_the_numbers_are_large()
    {
        var rows = Enumerable.Repeat((100_000.0, 0, 5), 20).Concat(Enumerable.Repeat((500_000.0, 0, 5), 20)).Append((134_000.0, 0, 5));
        var released = Households([.. rows]).Of(new PolicyChange { ChildNormFactor = 1.1 }, withSupport: false).Release(Policy.Stockholm);
        Assert.All(released, result => Assert.Equal(result.Parameters["scenario"] == "baseline", result.Value.HasNumber));
    }

    [Property]
    public Property More_money_never_makes_more_poor_and_a_higher_line_never_fewer()
    {
        var question = Households([.. Enumerable.Range(0, 300).Select(i => (100_000.0 + (i * 251), i % 3 == 0 ? i % 13 : 0, i % 18))]);
        return Prop.ForAll(Gen.Choose(0, 2000).ToArbitrary(), Gen.Choose(0, 2000).ToArbitrary(), (one, other) =>
        {
            var (less, more) = (Math.Min(one, other), Math.Max(one, other));
            return ChangeOf(question, new PolicyChange { HousingAllowance = more }) <= ChangeOf(question,
                new PolicyChange { HousingAllowance = less })
                && ChangeOf(question, new PolicyChange { ChildAllowance = more }) <= ChangeOf(question,
                    new PolicyChange { ChildAllowance = less })
                && ChangeOf(question, new PolicyChange { ChildNormFactor = more / 1000.0, NormActs = NormActs.Line }) >= ChangeOf(question,
                    new PolicyChange { ChildNormFactor = less / 1000.0, NormActs = NormActs.Line })
                && ChangeOf(question, new PolicyChange { ChildNormFactor = more / 1000.0, NormActs = NormActs.Support }) <= ChangeOf(
                    question, new PolicyChange { ChildNormFactor = less / 1000.0, NormActs = NormActs.Support });
        });
    }
}
