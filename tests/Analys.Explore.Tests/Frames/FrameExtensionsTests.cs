using Analys.Load;
using Analys.Load.Schema;
using Microsoft.Data.Analysis;

namespace Analys.Explore.Tests.Frames;

public class FrameExtensionsTests
{
    private const string Fields = """
        "fields":[{"name":"kod","type":"string"},{"name":"år","type":"year"},{"name":"andel","type":"number"},
          {"name":"kommunal","type":"boolean"}],"missingValues":["",".."]
        """;

    private static readonly TableSchema Open =
        TableSchema.Parse("""{"name":"öppen",""" + Fields + ""","analys":{"confidentiality":"public"}}""", "öppen");

    private static readonly TableSchema Closed = TableSchema.Parse("""{"name":"sluten",""" + Fields + "}", "sluten");

    private sealed record Row(string kod, int år, double? andel, bool kommunal);

    private static Extract Make(TableSchema schema) =>
        Extract.From([new Row("0114", 2024, 0.25, true), new Row("0180", 2024, null, false), new Row("å", 2023, -1, true)], schema);

    [Fact]
    public void A_public_extract_goes_to_a_frame_and_comes_back()
    {
        var frame = Make(Open).ToDataFrame();
        Assert.Equal((3L, 4), (frame.Rows.Count, frame.Columns.Count));
        Assert.Equal("0114", frame["kod"][0]);
        Assert.Equal(2024L, frame["år"][0]);
        Assert.Null(frame["andel"][1]);
        var back = Extract.From(frame, Open);
        Assert.Equal(Make(Open).Number("andel").Values.ToArray(), back.Number("andel").Values.ToArray());
        Assert.Equal(Make(Open).Text("kod").Categories, back.Text("kod").Categories);
        Assert.Throws<ExtractRejectedException>(() => Extract.From(new DataFrame(new StringDataFrameColumn("fel", ["x"])), Open));
    }

    [Fact]
    public void An_extract_of_a_frame_has_the_roles_of_its_schema_and_can_be_measured_by_them()
    {
        var schema = TableSchema.Parse(
            """
            {"name":"roller","fields":[{"name":"stadsdel","type":"string","analys":{"role":"area"}},
              {"name":"utl","type":"integer","analys":{"role":"count"}},{"name":"alla","type":"integer","analys":{"role":"total"}}],
              "analys":{"confidentiality":"public"}}
            """,
            "roller");
        var frame = new DataFrame(
            new StringDataFrameColumn("stadsdel", ["a", "b"]), new Int64DataFrameColumn("utl", [10, 40]),
            new Int64DataFrameColumn("alla", [100, 100]));
        var extract = Extract.From(frame, schema);
        Assert.Equal([Role.Area, Role.Count, Role.Total], extract.Columns.Select(column => column.Field.Role));
        Assert.Equal(["a", "b"], extract.Text("stadsdel").Categories);
        var index = extract.Segregation(unit: "stadsdel", groups: ["utl"], total: "alla", measures: ["dissimilarity"]);
        // Half of |10/50 − 90/150| + |40/50 − 60/150|.
        Assert.Equal(0.4, index.Release(Policy.Public)[0].Value.Number, 12);
    }

    [Fact]
    public void Confidential_rows_become_no_frame_and_no_plot_outside_a_secure_session()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => Make(Closed).ToDataFrame());
        Assert.DoesNotContain("0114", refused.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Make(Closed).Plot("andel"));
        Assert.Throws<InvalidOperationException>(() => Make(Closed).Where(row => row.Number("år") == 2024)
            .With("x", row => row.Number("andel")).ToDataFrame());
    }

    [Fact]
    public void Released_results_are_a_frame_of_the_record()
    {
        var frame = PlotExtensionsTests.Some(Quantity.Known(0.5), Quantity.Suppressed("threshold")).ToDataFrame();
        Assert.Equal(0.5, frame["value"][0]);
        Assert.Null(frame["value"][1]);
        Assert.Equal("suppressed", frame["status"][1]);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("xlsx")]
    [InlineData("parquet")]
    [InlineData("md")]
    public void Frames_and_results_are_saved_with_their_letters(string ending)
    {
        var folder = Directory.CreateTempSubdirectory("frames");
        try
        {
            var (one, two) = (Path.Combine(folder.FullName, $"a.{ending}"), Path.Combine(folder.FullName, $"b.{ending}"));
            Make(Open).Save(one);
            PlotExtensionsTests.Some(Quantity.Known(0.25)).Save(two);
            Assert.Equal(2, folder.GetFiles().Length);
            Assert.All(folder.GetFiles(), file => Assert.True(file.Length > 20));
            if (ending is "csv" or "json" or "md")
            {
                Assert.Contains("å", File.ReadAllText(one), StringComparison.Ordinal);
                Assert.Contains("0.25", File.ReadAllText(two), StringComparison.Ordinal);
            }

            if (ending == "csv")
                Assert.Equal("kod,år,andel,kommunal\n0114,2024,0.25,true\n0180,2024,,false\nå,2023,-1,true\n", File.ReadAllText(one));
            if (ending == "parquet") Assert.Equal("PAR1"u8.ToArray(), File.ReadAllBytes(one)[^4..]);
            Assert.Throws<ArgumentException>(() => Make(Open).ToDataFrame().Save(one + ".doc"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
