using System.Text;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Load.Undescribed;

namespace Analys.Tests.Load.Undescribed;

/// <summary>Where the table stands in a file without a schema: what is passed over is said with its rows, what cannot be told is
/// refused.</summary>
public class TableShapeTests
{
    private const string Rows = "Bromma;10;20\nFarsta;30;40\n";

    public static TheoryData<string, string, string> Layouts => new()
    {
        { "stadsdel;a;b\n" + Rows, "", "" },
        { "\uFEFFstadsdel;a;b\n" + Rows, "", "" },
        { "stadsdel\ta\tb\n" + Rows.Replace(';', '\t'), "", "" },
        { "stadsdel|a|b\n" + Rows.Replace(';', '|'), "", "" },
        { "stadsdel;a;b\r" + Rows.Replace('\n', '\r'), "", "" },
        { "stadsdel;a;b\r\nBromma;10;20\nFarsta;30;40", "", "" },
        { "\"stadsdel\";\"a\";\"b\"\n\"Bromma\";\"10\";\"20\"\n\"Farsta\";\"30\";\"40\"\n", "", "" },
        { "Folkmängd efter stadsdel\nÅr 2019\n\nstadsdel;a;b\n" + Rows, "title-rows", "rows 1, 2, 3" },
        { "Folkmängd;;\n;;\nstadsdel;a;b\n" + Rows, "title-rows", "rows 1, 2" },
        { "Folkmängd, efter stadsdel\nstadsdel,a,b\n" + Rows.Replace(';', ','), "title-rows", "row 1" },
        { "sep=;\nstadsdel;a;b\n" + Rows, "title-rows", "row 1" },
        { "\"En titel\növer två rader\"\nstadsdel;a;b\n" + Rows, "title-rows", "row 1" },
        { "stadsdel;a;b;\nBromma;10;20;\nFarsta;30;40;\n", "trailing-separator", "" },
        { "stadsdel;a;b\nBromma;10;20;\nFarsta;30;40;\n", "trailing-separator", "" },
        { "stadsdel;a;b;\n" + Rows, "trailing-separator", "row 1" },
        { "stadsdel;a;b;\nBromma;10;20;\nFarsta;30;40\n", "trailing-separator", "" },
        { "stadsdel;a;b\nBromma;10;20\n\n;;\nFarsta;30;40\n", "blank-row", "rows 3, 4" },
        { "stadsdel;a;b\n" + Rows + "\n\n;;\n", "blank-row", "rows 4, 5, 6" },
        { "stadsdel;a;b\n" + Rows + "Källa: SCB; tabell 1\nUppdaterad 2020-01-01\n", "footer-rows", "rows 4, 5" },
        { "stadsdel;a;b\n" + Rows + "Talen avser årets slut.\n", "footer-rows", "row 4" },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void The_same_table_is_read_however_it_is_wrapped(string text, string code, string rows)
    {
        var (extract, findings) = Read(text);
        Assert.Empty(findings);
        Assert.Equal(["Bromma", "Farsta"], extract!.Text("stadsdel").Categories);
        Assert.Equal([10, 30], extract.Number("a").Values.ToArray());
        Assert.Equal([20, 40], extract.Number("b").Values.ToArray());
        Assert.Equal(["stadsdel", "a", "b"], extract.Columns.Select(column => column.Name));
        var told = extract.Notices.Where(notice => notice.Code == code).ToList();
        if (code.Length > 0) Assert.Equal(rows, Assert.Single(told).Rows.ToString());
        Assert.DoesNotContain(extract.Notices, notice => notice.ToString().Contains("Bromma", StringComparison.Ordinal));
    }

    [Fact]
    public void A_note_of_as_many_cells_as_the_table_has_columns_is_a_stray_row()
    {
        var extract = Read("stadsdel;a;b\n" + Rows + "Källa: SCB; tabell 1; sida 2\n").Extract!;
        Assert.Contains("row 4:", Assert.Throws<CellException>(() => extract.Number("a")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"\",\"område\",\"a\"\n\"1\",\"x\",10\n\"2\",\"y\",30\n")]
    [InlineData(",a\nBromma,10\nFarsta,30\n")]
    public void A_column_without_a_name_gets_one(string text)
    {
        var (extract, _) = Read(text);
        Assert.Equal("column1", extract!.Columns[0].Name);
        Assert.Equal([10, 30], extract.Number("a").Values.ToArray());
        Assert.Equal(1, Assert.Single(extract.Notices).Field);
    }

    [Theory]
    [InlineData("header-error", "Folkmängd\nBromma;10;20\nFarsta;30;40\n")]
    [InlineData("header-error", ";2019;;2020;\nstadsdel;a;b;c;d\nBromma;10;20;1;2\n")]
    [InlineData("header-error", "Bromma;10,5;20\nFarsta;30;40\n")]
    [InlineData("header-error", "stad;n\nA;1\nB;2\n\nstad;n;m\nA;1;4\nB;2;5\nC;3;6\n")]
    [InlineData("repeated-header", "stad;n\nA;1\nB;2\nstad;n\nC;3\n")]
    [InlineData("repeated-header", "stad;n\nA;1\nB;2\n\nStad;m\nC;3\n")]
    [InlineData("header-error", "Not, om data\na;b\nx;y;\nz;w;\n")]
    [InlineData("header-error", "namn,a\nBromma,12,5\nFarsta,2,25\n")]
    [InlineData("header-error", ";;\n;;\n")]
    [InlineData("header-error", "Bromma;14000;310\nFarsta;11000;980\n")]
    [InlineData("header-error", "\"omr\" \"n\"\n\"1\" \"Bromma\" 1\n\"2\" \"Bromma\" 2\n")]
    [InlineData("header-error", "omr n\nBromma 1\nBromma 2\n")]
    [InlineData("duplicate-label", "a;a;b\n1;2;3\n")]
    [InlineData("missing-cell", "stadsdel;a;b\nBromma;10;20\nFar")]
    [InlineData("source-error", "")]
    public void What_cannot_be_told_is_refused(string code, string text)
    {
        var (extract, findings) = Read(text);
        Assert.Null(extract);
        Assert.Contains(findings, finding => finding.Code == code);
        Assert.DoesNotContain(findings, finding => finding.ToString().Contains("Bromma", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("stadsdel;0;10000;20000\nBromma;1;2;3\n")]
    [InlineData("stadsdel;202301;202302\nBromma;1;2\n")]
    [InlineData("Upplands Väsby\nStora Essingen\nLilla Essingen\n")]
    public void Limits_of_classes_periods_and_names_of_two_words_are_headers(string text) => Assert.Empty(Read(text).Findings);

    [Fact]
    public void A_header_over_several_lines_is_one_name() =>
        Assert.Equal([1, 2], Read("stadsdel;\"Antal\nbarn\"\nx;1\ny;2\n").Extract!.Number("Antal barn").Values.ToArray());

    [Theory]
    [InlineData("stadsdel;a;b;\nBromma;10;20;\nFarsta;30;40;\n")]
    [InlineData("Folkmängd\n\nstadsdel;a;b\nBromma;10;<5\nFarsta;30;40\n\nKälla: SCB; tabell 1\n")]
    [InlineData(",a\nBromma,10\nFarsta,30\n")]
    public void The_schema_that_is_inferred_reads_its_file(string text)
    {
        using var file = new TestFile("t.csv", text);
        var schema = TableSchema.Parse(SchemaDraft.Infer(file.Path), "s");
        var (extract, findings) = Extract.TryLoad(file.Path, schema);
        Assert.Empty(findings);
        Assert.Equal([10, 30], extract!.Number("a").Values.ToArray());
    }

    [Fact]
    public void Rows_of_the_file_are_counted_past_what_was_skipped()
    {
        var map = new RowMap(4, [6, 7, 10]);
        Assert.Equal([4, 5, 8, 9, 11, 12], Enumerable.Range(0, 6).Select(map.Of));
        Assert.Equal([6L, 7, 10], map.Below(2).Skipped.Select(row => row - 2));
    }

    [Fact]
    public void What_the_first_block_does_not_show_changes_the_types_of_the_whole_file()
    {
        var text = new StringBuilder("kod;a;b\n");
        for (var i = 0; i < 150_000; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i % 50};{i};{i}\n");
        using var file = new TestFile("t.csv", text.Append("A03;<7;okänd\n7;5,5;3\n").ToString());
        var extract = Extract.Load(file.Path);
        Assert.Contains("A03", extract.Text("kod").Categories);
        Assert.Equal(Mark.Suppressed, extract.Number("a").MarkAt(150_000));
        Assert.Equal(5.5, extract.Number("a").Values[150_001]);
        Assert.Contains("row 150002", Assert.Throws<CellException>(() => extract.Number("b")).Message, StringComparison.Ordinal);
    }

    private static (Extract? Extract, IReadOnlyList<Finding> Findings) Read(string text)
    {
        using var file = new TestFile("t.csv", text);
        return Extract.TryLoad(file.Path);
    }
}
