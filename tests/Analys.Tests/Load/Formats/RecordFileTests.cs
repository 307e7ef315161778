using Analys.Load;
using Analys.Load.Formats.Records;
using Analys.Load.Schema;

namespace Analys.Tests.Load.Formats;

/// <summary>Files that R's haven, pandas and PSPP wrote: values, labels, missing codes, dates and encodings come through.</summary>
public sealed class RecordFileTests
{
    private static readonly string Folder = Repository.At("tests", "Analys.Tests", "Load", "Formats", "Files");

    public static TheoryData<string> All => [.. Directory.GetFiles(Folder).Select(Path.GetFileName).Where(name => name is not null
        && !name.EndsWith(".md", StringComparison.Ordinal)).Select(name => name!).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("haven-117.dta")]
    [InlineData("haven-119.dta")]
    [InlineData("haven-byte.sav")]
    [InlineData("haven-plain.sav")]
    [InlineData("haven.zsav")]
    [InlineData("haven.sas7bdat")]
    public void What_haven_wrote_is_read(string file)
    {
        var extract = Read(file);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], Cells(extract["id"]));
        Assert.Equal(["Årsta", "Skärholmen", "Kista", "", "Hägersten-Älvsjö", "x"], Cells(extract["namn"]));
        Assert.Equal(["123.5", "-7", "1000000", "", "0.1", "3"], Cells(extract["inkomst"]));
        Assert.Equal(["2017-01-31", "1959-12-31", "", "2020-02-29", "1960-01-01", "2024-12-31"], Cells(extract["datum"]));
        Assert.Equal(["2017-01-31T12:30:45", "1959-12-31T00:00:00", "", "2020-02-29T23:59:59", "1960-01-01T00:00:01",
            "2024-12-31T01:02:03"], Cells(extract["tid"]));
        Assert.Equal(["1", "-2", "100000", "", "7", "8"], Cells(extract["heltal"]));
        Assert.Equal(["1", "2", "1", "2", "", ""], Cells(extract["kon"]));
        Assert.Equal("Disponibel inkomst, kronor", extract["inkomst"].Field.Title);
        Assert.Equal((FieldType.Number, FieldType.Integer, FieldType.Date, FieldType.DateTime), (extract["inkomst"].Field.Type,
            extract["heltal"].Field.Type, extract["datum"].Field.Type, extract["tid"].Field.Type));
        Assert.Equal(Confidentiality.Confidential, extract.Confidentiality);
    }

    [Theory]
    [InlineData("haven-119.dta", ".a", "Vägrar")]
    [InlineData("haven.zsav", "9", "Ej svar")]
    public void Labels_become_categories_and_missing_codes_marks(string file, string code, string label)
    {
        var field = Read(file)["kon"].Field;
        Assert.Equal(FieldType.String, field.Type);
        Assert.Equal(["1=Man", "2=Kvinna"], field.Categories.Select(category => $"{category.Value}={category.Label}"));
        Assert.Contains(new MissingValue(code, Mark.Missing, label), field.MissingValues!.Value);
    }

    [Fact]
    public void Spss_has_long_texts_ranges_of_missing_codes_and_labelled_texts()
    {
        var extract = Read("haven.zsav");
        Assert.Equal([new string('å', 400), "kort", "", "", "abc", string.Concat(Enumerable.Repeat("xyz ", 120)).TrimEnd()],
            Cells(extract["lang"]));
        Assert.Equal(["3", "17", "", "", "45", ""], Cells(extract["alder"]));
        Assert.Equal(["01=Första", "02=Andra"], extract["kod"].Field.Categories.Select(category => $"{category.Value}={category.Label}"));
    }

    [Theory]
    [InlineData("pspp.sav")]
    [InlineData("pspp-plain.sav")]
    [InlineData("pspp.zsav")]
    public void What_pspp_wrote_is_read(string file)
    {
        var extract = Read(file);
        Assert.Equal(["01", "02", ""], Cells(extract["kod"]));
        Assert.Equal("Första", extract["kod"].Field.Categories[0].Label);
        Assert.Equal(["1.5", "2.25", ""], Cells(extract["vikt"]));
        Assert.Equal(["2017-01-31", "1959-12-31", ""], Cells(extract["datum"]));
        Assert.Equal(["5", "", "6"], Cells(extract["ett_mycket_langt_variabelnamn"]));
        // One of two values has a label: no list of codes, and that is said.
        Assert.Contains(extract.Notices, notice => notice.Code == NoticeCodes.PartlyLabelled
            && notice.Column == "ett_mycket_langt_variabelnamn");
    }

    [Theory]
    [InlineData("pandas-114.dta", "2017-01-31T00:00:00")]
    [InlineData("pandas-117-strl.dta", "2017-01")]
    [InlineData("pandas-118-big-endian.dta", "2017-01-31")]
    public void What_pandas_wrote_is_read(string file, string first)
    {
        var extract = Read(file);
        Assert.Equal(["Årsta", "Skärholmen", "Kista"], Cells(extract["namn"]));
        Assert.Equal(["1.5", "", "3"], Cells(extract["x"]));
        Assert.Equal(first, Cells(extract["t"])[0]);
        Assert.Equal("Man", extract["kon"].Field.Categories.Single(category => category.Value == Cells(extract["kon"])[0]).Label);
        if (extract.Has("lang")) Assert.Equal([string.Concat(Enumerable.Repeat("åä", 60)), "kort", ""], Cells(extract["lang"]));
    }

    [Fact]
    public void A_schema_decides_types_and_a_missing_code_that_it_does_not_list_is_never_a_value()
    {
        var schema = TestFile.Schema("""{"fields":[{"name":"kon","type":"integer"},{"name":"alder","type":"number"}],"""
            + """ "fieldsMatch":"subset"}""");
        var (extract, findings) = RecordSource.Read(Path.Combine(Folder, "haven.zsav"), schema with { FieldsMatch = "subset" });
        Assert.Empty(findings);
        Assert.Equal(["1", "2", "1", "2", "", ""], Cells(extract!["kon"]));
        Assert.Equal(["3", "17", "", "", "45", ""], Cells(extract["alder"]));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_file_that_is_cut_off_or_spoilt_ends_in_a_finding_or_a_table(string file)
    {
        var whole = File.ReadAllBytes(Path.Combine(Folder, file));
        var random = new Random(7);
        for (var i = 0; i < 60; i++)
        {
            var bytes = i < 20 ? whole[..(whole.Length * i / 20)] : [.. whole];
            if (i >= 20)
            {
                for (var k = 0; k < 1 + (i % 8); k++) bytes[random.Next(Math.Min(bytes.Length, i % 2 == 0 ? bytes.Length : 600))] =
                    (byte)random.Next(256);
            }

            using var spoilt = new TestFile(file, bytes);
            var (extract, findings) = RecordSource.Read(spoilt.Path, null);
            Assert.True(extract is not null || findings.Count > 0);
            if (i < 20) Assert.NotEmpty(findings);
        }
    }

    [Fact]
    public void An_identity_number_in_a_numeric_variable_is_found()
    {
        using var file = new TestFile("p.parquet", Parquet(("pnr", new double?[] { 191212121212 }), ("x", new double?[] { 1 })));
        var (extract, findings) = RecordSource.Read(file.Path, null);
        Assert.Null(extract);
        Assert.Equal(FindingCodes.Identifier, findings[0].Code);
    }

    [Fact]
    public void Parquet_comes_back_as_it_was_written()
    {
        using var file = new TestFile("p.parquet", Parquet(("kod", new[] { "0180", null, "0114" }), ("n", new long?[] { 5, null, -6 }),
            ("x", new double?[] { 0.1, 1e300, null }), ("ja", new bool?[] { true, null, false })));
        var (extract, findings) = RecordSource.Read(file.Path, null);
        Assert.Empty(findings);
        Assert.Equal(["0180", "", "0114"], Cells(extract!["kod"]));
        Assert.Equal(["5", "", "-6"], Cells(extract["n"]));
        Assert.Equal(["0.1", "1E+300", ""], Cells(extract["x"]));
        Assert.Equal(["1", "", "0"], Cells(extract["ja"]));
        Assert.Equal((FieldType.String, FieldType.Integer, FieldType.Number, FieldType.Boolean),
            (extract["kod"].Field.Type, extract["n"].Field.Type, extract["x"].Field.Type, extract["ja"].Field.Type));
    }

    internal static string[] Cells(Column column) => [.. Enumerable.Range(0, column.Count).Select(row => column.MarkAt(row) != Mark.None
        ? "" : column is NumberColumn number ? RecordText.Code(number.Values[row]) : (string)column.ValueAt(row)!)];

    private static byte[] Parquet(params (string Name, Array Cells)[] columns)
    {
        using var stream = new MemoryStream();
        ParquetTable.Write(stream, columns);
        return stream.ToArray();
    }

    private static Extract Read(string file)
    {
        var (extract, findings) = RecordSource.Read(Path.Combine(Folder, file), null);
        Assert.Empty(findings);
        return extract!;
    }
}
