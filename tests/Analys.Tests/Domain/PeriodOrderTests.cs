using Analys.Domain;

namespace Analys.Tests.Domain;

/// <summary>Periods stand in the order of time, however they are written.</summary>
public sealed class PeriodOrderTests
{
    [Theory]
    [InlineData("HT 2017", "VT 2018", "HT 2018")]
    [InlineData("T3 2017", "T1 2018", "T2 2018")]
    [InlineData("december 2017", "januari 2018", "oktober 2018")]
    [InlineData("31.12.2017", "01.01.2018", "02.10.2018")]
    [InlineData("201712", "201801", "201810")]
    [InlineData("17/18", "18/19", "19/20")]
    [InlineData("okt-17", "jan-18", "mar-18")]
    [InlineData("VT17", "HT17", "VT18")]
    [InlineData("2018 v 9", "2018 v 10", "2019 v 1")]
    [InlineData("före", "2017", "2018")]
    public void Time_decides_and_not_letters(string first, string second, string third) =>
        Assert.Equal([first, second, third], new[] { third, first, second }.Order(PeriodOrder.InTime));

    [Theory]
    [InlineData("T1 2018", "2018")]
    [InlineData("31 december 2018", "2018")]
    [InlineData("20181231", "2018")]
    [InlineData("HT18", "2018")]
    [InlineData("17/18", "2017")]
    [InlineData("före", null)]
    [InlineData("12", null)]
    public void The_year_of_a_period_is_found_in_its_text(string period, string? year) =>
        Assert.Equal(year, PeriodOrder.YearOf(period));
}
