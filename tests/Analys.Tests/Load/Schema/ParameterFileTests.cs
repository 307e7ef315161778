using Analys.Load.Schema;

namespace Analys.Tests.Load.Schema;

public class ParameterFileTests
{
    private const string Head = """{ "description": "d", "swedish": "s", "unit": "kr", "lastChecked": "2020-06-30", "values": [""";

    private static DatedParameter<double> Parse(string values) =>
        ParameterFile.Parse("test", Head + values + "] }", element => element.GetDouble());

    [Fact]
    public void A_value_without_an_end_holds_on_after_it_was_last_checked()
    {
        var parameter = Parse("""{ "from": "2010-01-01", "value": 1, "reference": "r" }""");
        Assert.Equal(1, parameter.At(new DateOnly(2020, 6, 30)).Value);
        Assert.Equal(1, parameter.At(new DateOnly(2050, 7, 1)).Value);
        Assert.Throws<ParameterException>(() => parameter.At(new DateOnly(2009, 12, 31)));
    }

    [Theory]
    [InlineData("""{ "from": "2010-01-01", "value": 1, "reference": "r", "extra": 1 }""", "extra")]
    [InlineData("""{ "from": "2010-01-01", "value": 1 }""", "reference")]
    [InlineData("""{ "from": "2010-01-01", "value": 1, "value": 2, "reference": "r" }""", "twice")]
    [InlineData("""{ "from": "2010-01-01", "value": 1, "reference": " " }""", "no reference")]
    [InlineData("""{ "from": "2010-02-30", "value": 1, "reference": "r" }""", "yyyy-MM-dd")]
    [InlineData("""{ "from": "2010-01-01", "to": "2009-01-01", "value": 1, "reference": "r" }""", "ends before")]
    [InlineData("""{ "from": "2010-01-01", "value": "x", "reference": "r" }""", "not JSON")]
    [InlineData("""{ "from": "2010-01-01", "to": "2011-12-31", "value": 1, "reference": "r" }, { "from": "2011-06-01", "value": 1,"""
        + """ "reference": "r" }""", "two values")]
    public void What_is_not_understood_is_refused(string values, string word) =>
        Assert.Contains(word, Assert.Throws<ParameterException>(() => Parse(values)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1998)]
    [InlineData(2027)]
    [InlineData(-5)]
    [InlineData(123456)]
    public void A_norm_that_was_not_found_is_an_error_that_names_the_years_known(int year) =>
        Assert.Contains("Known are 1999-2025, 2026 (derived)",
            Assert.Throws<ParameterException>(() => PolicyParameters.Riksnorm.In(year)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_year_of_the_norm_states_how_sure_it_is_and_why_a_part_is_absent()
    {
        Assert.Equal(Enumerable.Range(1999, 28), PolicyParameters.Riksnorm.Values.Select(value => value.From.Year));
        foreach (var value in PolicyParameters.Riksnorm.Values)
        {
            var year = value.From.Year;
            Assert.Equal(year is >= 2006 and <= 2023 or 2025 ? "high" : "medium", value.Confidence);
            if (value.Value.Children.All(row => row.WithFreeLunch is null))
                Assert.Contains("free lunch were not found", value.Note, StringComparison.Ordinal);
        }
    }

    // An amount without an end holds on: lastChecked is the day of looking.
    [Fact]
    public void An_open_amount_holds_after_the_day_of_looking()
    {
        Assert.Equal(1250, PolicyParameters.ChildAllowance.In(2026).Value);
        Assert.Equal(1250, PolicyParameters.ChildAllowance.Months(2031)[11]);
        Assert.Equal(580, PolicyParameters.MultiChildSupplement.In(2026).Value[1]);
        Assert.Equal(750, PolicyParameters.ChildAllowance.In(1999).Value);
        Assert.Equal(0, PolicyParameters.MultiChildSupplement.In(2003).Value[0]);
        Assert.Contains("onwards", PolicyParameters.ChildAllowance.Known, StringComparison.Ordinal);
        var maintenance = PolicyParameters.MaintenanceSupport.In(2026).Value;
        Assert.Equal(1823, Assert.Single(maintenance, row => row.Ages.Contains(10)).Amount);
        Assert.DoesNotContain(maintenance, row => row.Ages.Contains(3));
    }

    [Fact]
    public void The_allowance_of_2018_changed_in_March()
    {
        var months = PolicyParameters.ChildAllowance.Months(2018);
        Assert.Equal((2 * 1050) + (10 * 1250), months.Sum());
        Assert.Contains("no single value in 2018",
            Assert.Throws<ParameterException>(() => PolicyParameters.ChildAllowance.In(2018)).Message, StringComparison.Ordinal);
        Assert.Equal(1050, PolicyParameters.ChildAllowance.In(2012).Value);
    }

    [Fact]
    public void Prices_of_2010_become_prices_of_2017() =>
        Assert.Equal(322.11 / 303.46, PolicyParameters.PriceFactor(2010, 2017), 12);

    [Fact]
    public void Every_shipped_file_that_is_dated_can_be_read()
    {
        Assert.NotEmpty(PolicyParameters.ConsumptionUnits.Values);
        Assert.NotEmpty(PolicyParameters.MultiChildSupplement.Values);
        Assert.False(PolicyParameters.LunchDeduction.At(new DateOnly(2017, 1, 1)).Value["stockholm"]);
        Assert.True(PolicyParameters.LunchDeduction.At(new DateOnly(2017, 1, 1)).Value["national"]);
        Assert.All(PolicyParameters.Riksnorm.Values, value => Assert.NotEqual("", value.Reference));
        Assert.Single(PolicyParameters.Riksnorm.Values, value => value.Derived);
    }

    [Fact]
    public void The_derived_norm_is_the_year_before_times_1_007_rounded_to_ten()
    {
        var before = PolicyParameters.Riksnorm.In(2025).Value;
        var after = PolicyParameters.Riksnorm.In(2026).Value;
        static double Raise(double amount) => Math.Round(amount * 1.007 / 10, MidpointRounding.AwayFromZero) * 10;
        Assert.Equal(before.Children.Select(row => Raise(row.Amount)), after.Children.Select(row => row.Amount));
        Assert.Equal(before.Common.Select(Raise), after.Common);
        Assert.Equal(Raise(before.Single), after.Single);
        Assert.Equal(Raise(before.Couple), after.Couple);
        Assert.Equal(AgeSpan.Parse("19-20"), after.Children[^1].Ages);
    }
}
