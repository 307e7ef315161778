using System.Data;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Tests.Load;

public class ExtractRowsTests
{
    private static readonly TableSchema Schema = TableSchema.Parse("""
        {"name":"lilla","fields":[
          {"name":"område","type":"string","analys":{"role":"area"}},
          {"name":"ålder","type":"integer"},
          {"name":"inkomst","type":"number"},
          {"name":"vikt","type":"number","constraints":{"minimum":0}}],
         "missingValues":["",{"value":"..","label":"not available"}],
         "primaryKey":["område","ålder"],
         "analys":{"confidentiality":"public"}}
        """, "lilla");

    private sealed record Row(string? område, int? ålder, object? inkomst, double vikt);

    private static Extract Small() => Extract.From(
        [new Row("A", 3, 100.5, 1), new("A", 40, null, 2), new("B", 12, "..", 1), new(null, 7, 50.0, 1), new("B", 50, 200.0, 3),
            new("C", 1, 30.0, 1)],
        Schema with { PrimaryKey = [] });

    [Fact]
    public void Rows_from_code_are_read_as_a_file_would_be()
    {
        var extract = Small();
        Assert.Equal((6, Mark.Missing, Mark.NotAvailable),
            (extract.RowCount, extract.Number("inkomst").MarkAt(1), extract.Number("inkomst").MarkAt(2)));
        Assert.Equal("records", extract.Provenance.Sources[0].File);
        using var reader = extract.CreateDataReader();
        var again = Extract.From(reader, Schema with { PrimaryKey = [] }, "kopia");
        Assert.Equal(extract.Number("vikt").Values.ToArray(), again.Number("vikt").Values.ToArray());
        Assert.Equal(extract.Text("område").Categories, again.Text("område").Categories);
    }

    [Fact]
    public void What_a_file_may_not_hold_comes_in_no_other_way()
    {
        Assert.Throws<ExtractRejectedException>(() => Extract.From([new Row("A", 3, 1.0, -1)], Schema));
        Assert.Throws<ExtractRejectedException>(() => Extract.From([new Row("A", 3, "text", 1)], Schema));
        Assert.Throws<ExtractRejectedException>(() => Extract.From([new Row("A", 3, 1.0, 1), new Row("A", 3, 2.0, 1)], Schema));
        Row[] persons = [.. Enumerable.Range(10, 40).Select(i => new Row(PersonalNumber(i), i, 1.0, 1))];
        var refused = Assert.Throws<ExtractRejectedException>(() => Extract.From(persons, Schema));
        Assert.DoesNotContain("19800", refused.Message, StringComparison.Ordinal);
        // Nor by a computed column.
        Assert.Throws<ExtractRejectedException>(() => Small().With("nr", row => PersonalNumber((int)(row.Number("ålder") ?? 0))));
    }

    [Fact]
    public void Types_of_code_meet_the_notation_of_the_schema()
    {
        var schema = TableSchema.Parse("""
            {"name":"b","fields":[{"name":"A","type":"number","decimalChar":",","analys":{"scale":100}},{"name":"B","type":"boolean",
              "trueValues":["ja"],"falseValues":["nej"]},
             {"name":"C","type":"date"}]}
            """, "b");
        var extract =
            Extract.From([new { A = 1250.5, B = true, C = new DateTime(2024, 2, 29) },
                new { A = -3.0, B = false, C = new DateTime(2023, 1, 1) }], schema);
        Assert.Equal([1250.5, -3], extract.Number("A").Values.ToArray());
        Assert.Equal([1, 0], extract.Number("B").Values.ToArray());
        Assert.Equal(["2024-02-29", "2023-01-01"], extract.Text("C").Categories);
    }

    [Fact]
    public void A_condition_keeps_no_row_whose_value_is_not_known()
    {
        var young = Small().Where(row => row.Number("inkomst") < 1000);
        Assert.Equal([100.5, 50, 200, 30], young.Number("inkomst").Values.ToArray());
        Assert.Equal(["A", "B", "C"], young.Text("område").Categories);
        Assert.False(young.Number("inkomst").HasMarks);
        Assert.Equal(Confidentiality.Public, young.Confidentiality);
        Assert.Contains("chosen", young.Provenance.Steps[^1], StringComparison.Ordinal);
        Assert.Equal(0, Small().Where(_ => false).RowCount);
        Assert.Throws<ColumnNotFoundException>(() => Small().Where(row => row.Number("område") > 1));
    }

    [Fact]
    public void A_computed_column_is_missing_where_one_of_its_parts_is()
    {
        var extract = Small().With("per ålder", row => row.Number("inkomst") / row.Number("ålder"), "kr")
            .With("grupp", row => row.Number("ålder") < 18 ? "barn" : "vuxen");
        Assert.Equal([Mark.None, Mark.Missing, Mark.Missing, Mark.None, Mark.None, Mark.None], extract.Number("per ålder").Marks.ToArray());
        Assert.Equal("kr", extract.Schema.Find("per ålder")!.Unit);
        Assert.Equal(["barn", "vuxen"], extract.Text("grupp").Categories);
        Assert.Equal(Mark.Missing, Small().With("delat", row => row.Number("vikt") / 0).Number("delat").MarkAt(0));
        Assert.Equal(["vikt", "område"], Small().Only("vikt", "område").Columns.Select(column => column.Name));
    }

    [Fact]
    public void Sums_know_what_they_do_not_know_and_no_group_vanishes()
    {
        var sums = Small().GroupBy("område").Sum("inkomst", "vikt");
        Assert.Equal(4, sums.RowCount);
        Assert.Equal([Mark.Missing, Mark.NotAvailable, Mark.None, Mark.None], sums.Number("inkomst").Marks.ToArray());
        Assert.Equal([3, 4, 1, 1], sums.Number("vikt").Values.ToArray());
        Assert.Equal([2, 2, 1, 1], sums.Number("n").Values.ToArray());
        Assert.Equal(Mark.Missing, sums.Text("område").MarkAt(2));
        Assert.Equal([100.5, 200, 50, 30], Small().GroupBy("område").Sum(["inkomst"], passOver: true).Number("inkomst").Values.ToArray());
        var means = Small().GroupBy("område").Mean("inkomst");
        Assert.Equal([100.5, 200, 50, 30], means.Number("inkomst").Values.ToArray());
        Assert.Equal([1, 1, 1, 1], means.Number("n").Values.ToArray());
        Assert.Equal((100.5 + 50 + (3 * 200) + 30) / 6, Small().GroupBy().Mean(["inkomst"], "vikt").Number("inkomst").Values[0], 12);
        Assert.Equal([2, 2, 1, 1], Small().GroupBy("område").Count().Number("n").Values.ToArray());
        Assert.Empty(sums.Schema.PrimaryKey);
        Assert.Equal(["område"], Small().Where(row => row.Text("område") is not null).GroupBy("område")
            .Count().Schema.PrimaryKey.ToArray());
    }

    [Fact]
    public void A_join_never_multiplies_rows_and_a_missing_key_matches_nothing()
    {
        var region =
            Extract.From([new { område = (string?)"A", region = "norr", kod = 1 }, new { område = (string?)"B", region = "söder", kod = 2 },
                new { område = (string?)null, region = "?", kod = 3 }],
            TableSchema.Parse(
                """{"name":"r","fields":[{"name":"område"},{"name":"region"},{"name":"kod","type":"integer"}],"""
                    + """ "analys":{"confidentiality":"confidential"}}""", "r"));
        var joined = Small().Join(region, ["område"]);
        Assert.Equal((6, 6), (joined.RowCount, joined.Columns.Count));
        Assert.Equal([Mark.None, Mark.None, Mark.None, Mark.Missing, Mark.None, Mark.Missing], joined.Text("region").Marks.ToArray());
        Assert.Equal(Confidentiality.Confidential, joined.Confidentiality);
        Assert.Equal(4, Small().Join(region, ["område"], JoinKind.Inner).RowCount);
        Assert.Equal(2, joined.Provenance.Sources.Length);
        Assert.Throws<ArgumentException>(() => region.Join(Small(), ["område"]));
        Assert.Throws<ArgumentException>(() => Small()
            .Join(Small().Only("område", "vikt").Where(row => row.Text("område") == "C"), ["område"]));
    }

    // Luhn's check digit, as of persons who were never born.
    private static string PersonalNumber(int i)
    {
        var digits = $"8001{(i % 28) + 1:00}{i * 7 % 1000:000}";
        var sum = digits.Select((digit, at) => (digit - '0') * (at % 2 == 0 ? 2 : 1)).Sum(product => product > 9 ? product - 9 : product);
        return $"19{digits[..6]}-{digits[6..]}{(10 - (sum % 10)) % 10}";
    }
}
