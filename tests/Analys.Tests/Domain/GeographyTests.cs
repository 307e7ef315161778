using Analys.Domain;

namespace Analys.Tests.Domain;

public class GeographyTests
{
    private static readonly Geography Stockholm = Geography.Stockholm;

    [Theory]
    [InlineData("1998-06-01", 24)]
    [InlineData("2006-12-31", 18)]
    [InlineData("2007-01-01", 14)]
    [InlineData("2020-06-30", 14)]
    [InlineData("2020-07-01", 13)]
    [InlineData("2023-07-01", 11)]
    [InlineData("2026-01-01", 11)]
    public void Each_day_has_its_division(string date, int count) =>
        Assert.Equal(count, Stockholm.At(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture)).Count);

    [Fact]
    public void Divisions_hold_as_many_districts_as_they_say()
    {
        foreach (var division in Stockholm.Divisions.Where(division => division.Areas.Count > 0))
        {
            Assert.Equal(division.Count, division.Areas.Select(area => area.Name).Distinct().Count());
        }
    }

    [Fact]
    public void Crosswalks_reach_every_district_of_the_later_division()
    {
        foreach (var (from, to, count) in new[] { ("sdo18", "sdo14", 14), ("sdo14", "sdo13", 13), ("sdo13", "sdo11", 11),
            ("sdo18", "sdo11", 11), ("sdo14", "region", 3) })
        {
            var crosswalk = Stockholm.Crosswalk(from, to);
            Assert.Equal(count, crosswalk.Target.Values.Distinct().Count());
            if (to != "region")
                Assert.Equal(Stockholm.Division(to).Areas.Select(area => area.Name).Order(), crosswalk.Target.Values.Distinct().Order());
        }

        Assert.Equal("Järva", Stockholm.Crosswalk("sdo18", "sdo11").Find("SPÅNGA - TENSTA"));
    }

    [Fact]
    public void What_was_split_or_merged_cannot_be_undone()
    {
        Assert.Contains("split", Assert.Throws<ArgumentException>(() => Stockholm.Crosswalk("sdo24", "sdo14")).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Stockholm.Crosswalk("sdo11", "sdo14"));
    }

    [Theory]
    [InlineData("Ha\u0308sselby - Va\u0308llingby", "Hässelby-Vällingby")]
    [InlineData("HÄSSELBY–VÄLLINGBY", "Hässelby-Vällingby")]
    [InlineData("Farsta stadsdelsområde", "Farsta")]
    [InlineData("Skärholmens stadsdelsområde", "Skärholmen")]
    [InlineData("Norrmalms sdn", "Norrmalm")]
    [InlineData("Hela staden3", "Hela staden")]
    public void Names_are_recognised_however_they_are_written(string written, string name) =>
    Assert.Equal(AreaName.Key(name), AreaName.Key(written));

    [Fact]
    public void Farsta_is_not_a_genitive() => Assert.NotEqual(AreaName.Key("Farsta"), AreaName.Key("Farstas"));

    [Fact]
    public void Swedish_letters_sort_last() =>
        Assert.Equal(["Zinkensdamm", "Årsta", "Älvsjö", "Östermalm"],
            new[] { "Östermalm", "Älvsjö", "Årsta", "Zinkensdamm" }.Order(SwedishOrder.Comparer));
}
