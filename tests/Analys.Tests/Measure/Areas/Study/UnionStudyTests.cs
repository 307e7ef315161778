using Analys.Measure.Areas.Study;
using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Change;

namespace Analys.Tests.Measure.Areas.Study;

/// <summary>Errors of areas carried over to unions, and counts to another division; figures by numpy from the formulas.</summary>
public class UnionStudyTests
{
    private const string Table = "area,n,se,all,all_se\n1,120,12,400,20\n2,80,10,300,15\n3,50,9,200,10\n";
    private const string Key = "from,to,part\n1,north,1\n2,north,1\n3,north,0.4\n3,south,0.6\n";

    [Theory]
    [InlineData(0, 16.0299719276111)]
    [InlineData(0.3, 19.403092537015844)]
    public void Errors_of_a_union(double correlation, double error)
    {
        var rows = Of(Table, Key, new UnionTerms("area", ["n"])
        {
            Errors = ["se"],
            Correlation = correlation,
            Total = "all",
            TotalError = "all_se"
        });
        var count = rows.Single(row => row.Measure.Id == "union-count" && row.Area == "north");
        Assert.Equal(220, count.Value.Number, 1e-12);
        Assert.Equal(error, count.StandardError!.Value, 1e-12);
        Assert.InRange(count.Lower!.Value, 180, 220);
        if (correlation != 0) return;
        var share = rows.Single(row => row.Measure.Id == "union-share" && row.Area == "north");
        Assert.Equal(0.28205128205128205, share.Value.Number, 1e-14);
        Assert.Equal(0.018399404639678086, share.StandardError!.Value, 1e-14);
        Assert.Equal(0.24742456772835045, share.Lower!.Value, 1e-12);
        Assert.Equal(0.31946685497580307, share.Upper!.Value, 1e-12);
    }

    [Fact]
    public void Whole_areas_are_counts_and_parts_are_nobodys()
    {
        var whole = Of(Table, "from,to\n1,north\n2,north\n3,south\n", new UnionTerms("area", ["n"]) { Total = "all" });
        Assert.All(whole, row => Assert.Equal(Tells.Counts, row.Basis!.Tells));
        Assert.Equal([200, 50], whole.Where(row => row.Measure.Id == "union-count").Select(row => row.Value.Number));
        Assert.All(whole, row => Assert.Null(row.StandardError));
        Assert.All(Of(Table, Key, new UnionTerms("area", ["n"])), row => Assert.Equal(Tells.Summary, row.Basis!.Tells));
    }

    [Theory]
    [InlineData("from,to,part\n1,north,1\n2,north,1\n")]
    public void An_area_without_a_union_is_named(string key) =>
        Assert.Contains("3", Assert.ThrowsAny<Exception>(() => Of(Table, key, new UnionTerms("area", ["n"]))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Persons_share_out_an_old_area()
    {
        using var file = new TemporaryFile("key.csv", "from,to,persons\na,A1,30\na,A2,10\nb,A2,7\n");
        var counts = new GroupCounts(["a", "b"], ["x", "y"], [40, 8, 3, 5]);
        var moved = CountCrosswalk.Apply(counts, CountCrosswalk.Links(Extract.Load(file.Path)), "moved");
        Assert.Equal(["A1", "A2"], moved.Units.ToArray());
        Assert.Equal([30, 6, 13, 7], moved.Counts.ToArray());
        Assert.Equal(counts.Total, moved.Total, 1e-12);
    }

    [Theory]
    [InlineData("from,to\na,A1\na,A2\nb,A2\n", "third column")]
    [InlineData("from,to,part\na,A1,0.5\nb,A2,1\n", "a do not add up")]
    [InlineData("from,to,part\na,A1,1\n", "b is not in the table")]
    [InlineData("from,to,persons\na,A1,1\na,A1,1\nb,A2,1\n", "twice")]
    [InlineData("from,to,persons\na,A1,-1\nb,A2,1\n", "negative")]
    public void A_wrong_table_is_refused(string key, string said)
    {
        using var file = new TemporaryFile("key.csv", key);
        var counts = new GroupCounts(["a", "b"], ["x", "y"], [40, 8, 3, 5]);
        var wrong = Assert.Throws<CountException>(() => CountCrosswalk.Apply(counts, CountCrosswalk.Links(Extract.Load(file.Path)),
            "moved"));
        Assert.Contains(said, wrong.Message, StringComparison.Ordinal);
    }

    private static Results Of(string table, string key, UnionTerms terms)
    {
        using TemporaryFile counts = new("table.csv", table), parts = new("key.csv", key);
        return UnionStudy.Of(Extract.Load(counts.Path), Extract.Load(parts.Path), terms);
    }
}
