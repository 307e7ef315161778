using System.IO.Compression;
using System.Text;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Tests.Load;

public class SavedAnswerTests
{
    [Fact]
    public void Kolada_by_municipality_gender_and_period()
    {
        using var file = new TestFile("kolada.json", """
            { "count": 2, "values": [
              { "kpi": "N00941", "municipality": "0180", "period": 2019, "values": [ { "gender": "T", "count": 1, "status": "",
                "value": 12.5 }, { "gender": "K", "count": 1, "status": "Missing", "value": null } ] },
              { "kpi": "N00941", "municipality": "0114", "period": 2020, "values": [ { "gender": "T", "count": 1, "status": "Private",
                "value": null } ] } ] }
            """);
        var extract = Extract.Load(file.Path);
        Assert.Equal(["0180", "0114"], extract.Text("municipality").Categories);
        Assert.Equal([12.5, double.NaN, double.NaN], extract.Number("value").Values.ToArray());
        Assert.Equal([Mark.None, Mark.NotAvailable, Mark.Suppressed], extract["value"].Marks.ToArray());
        Assert.Equal("municipality", extract.Get(Role.Area).Name);
        Assert.Equal(Confidentiality.Public, extract.Confidentiality);
    }

    [Fact]
    public void The_first_version_of_the_pxweb_api()
    {
        using var file = new TestFile("v1.json", "\uFEFF" + """
            { "columns": [ { "code": "Region", "text": "region", "type": "d" }, { "code": "Tid", "text": "år", "type": "t" },
              { "code": "BE1", "text": "Folkmängd", "type": "c" } ],
              "comments": [], "data": [ { "key": ["0180", "2020"], "values": ["975551"] }, { "key": ["0114", "2020"], "values": [".."] } ] }
            """);
        var extract = Extract.Load(file.Path);
        Assert.Equal(975551, extract.Number("BE1").Values[0]);
        Assert.Equal(Mark.NotAvailable, extract["BE1"].MarkAt(1));
        Assert.Equal("0114", extract.Text("Region").Categories[1]);
    }

    [SharedFact]
    public void A_code_list_and_a_list_of_tables_are_rows()
    {
        var folder = Repository.SharedAt("corpus", "jsonstat", "pxwebpy", "tests", "responses");
        var list = Extract.Load(Path.Combine(folder, "agg_Ålder10årJ.json"));
        Assert.Equal(["code", "label", "value"], list.Columns.Select(column => column.Name));
        Assert.Contains("0-9 år", list.Text("label").Categories);
        Assert.True(Extract.Load(Path.Combine(folder, "tables.json")).RowCount > 1);
    }

    [Theory]
    [InlineData("[[\"id\",\"name\"],[1,\"a\"],[2,\"b\"]]")]
    [InlineData("[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\"b\"}]")]
    public void Rows_as_lists_or_objects(string json)
    {
        using var file = new TestFile("rows.json", json);
        Assert.Equal([1.0, 2.0], Extract.Load(file.Path).Number("id").Values.ToArray());
    }

    [Fact]
    public void A_packed_csv_is_read_and_a_bomb_is_not()
    {
        using var good = new TestFile("a.zip", Zip("a.csv", Encoding.UTF8.GetBytes("namn;antal\nJärva;1\nBromma;2\n")));
        Assert.Equal(2, Extract.Load(good.Path).RowCount);
        using var bad = new TestFile("a.zip", "not a zip");
        Assert.Equal("compression-error", Assert.Single(Extract.TryLoad(bad.Path).Findings).Code);
    }

    internal static byte[] Zip(string name, byte[] content)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
            entry.Write(content);
        }

        return stream.ToArray();
    }
}
