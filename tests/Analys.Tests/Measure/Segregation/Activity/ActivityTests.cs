using Analys.Measure;
using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Activity;

namespace Analys.Tests.Measure.Segregation.Activity;

/// <summary>Home and school at once, and exposure to several groups; figures by numpy from the formulas.</summary>
public class ActivityTests
{
    private const string Pairs = "home,school,a,b\nh1,s1,10,2\nh1,s2,3,9\nh2,s1,4,4\nh2,s2,1,12\nh3,s3,8,0\n";
    private const string Long = "school,home,group,n\ns1,h1,a,10\ns1,h1,b,2\ns2,h1,a,3\ns2,h1,b,9\ns1,h2,a,4\ns1,h2,b,4\n"
        + "s2,h2,a,1\ns2,h2,b,12\ns3,h3,a,8\ns3,h3,b,0\n";

    [Theory]
    [InlineData(Pairs, false)]
    [InlineData(Long, true)]
    public void Information_of_home_and_school_adds_up(string text, bool tall)
    {
        using var file = new TemporaryFile("table.csv", text);
        var choices = tall ? new SegregationChoices { Group = "group", Count = "n" } : new SegregationChoices { Groups = ["a", "b"] };
        var rows = ActivitySpaces.Of(GroupCountsReader.Joint(Extract.Load(file.Path), "home", "school", choices), 0.6);
        double Part(string part, string id = "activity-space-information") =>
            rows.Single(row => row.Measure.Id == id && row.Parameters["part"] == part).Value.Number;
        Assert.Equal(0.2924900096555122, Part("joint"), 1e-13);
        Assert.Equal(0.1631868243930852, Part("home"), 1e-13);
        Assert.Equal(0.2550628871972754, Part("other"), 1e-13);
        Assert.Equal(Part("joint"), Part("home") + Part("other-given-home"), 1e-14);
        Assert.Equal(Part("joint"), Part("other") + Part("home-given-other"), 1e-14);
        Assert.Equal(Part("joint"), Part("home-given-other") + Part("other-given-home") + Part("common"), 1e-14);
        Assert.Equal(Part("joint") / 0.6929691707091894, Part("joint", "activity-space-information-theory"), 1e-13);
        double Met(string group, string met) =>
            rows.Single(row => row.Measure.Id == "activity-space-exposure" && row.Group == group && row.Reference == met).Value.Number;
        Assert.Equal(0.6582802197802198, Met("a", "a"), 1e-13);
        Assert.Equal(0.32906349206349206, Met("b", "a"), 1e-13);
        Assert.Equal(1, Met("b", "a") + Met("b", "b"), 1e-13);
    }

    [Fact]
    public void Exposure_to_several_groups_is_the_sum_of_exposures()
    {
        var counts = Cases.Table([10, 3, 7], [2, 8, 5], [4, 4, 4]);
        var both = counts.Value("exposure-to-several", "A", null, ("met", "B+C"));
        Assert.Equal(counts.Value("exposure", "A", "B") + counts.Value("exposure", "A", "C"), both, 1e-14);
        Assert.Equal(1, both + counts.Value("isolation", "A"), 1e-14);
        Assert.Equal(1, counts.Value("exposure-to-several", "C", null, ("met", "A+B+C")), 1e-14);
        Assert.Throws<MeasureOptionException>(() => counts.Value("exposure-to-several", "A", null, ("met", "B+D")));
        Assert.Equal(ValueStatus.Undefined, ExposureToSeveral.Measure.Of(counts)[0].Value.Status);
    }
}
