using System.Text;
using Analys.Load;
using Analys.Load.Cubes;
using Analys.Load.Schema;

namespace Analys.Tests.Load.Cubes;

public class PxReaderTests
{
    private const string Head = """
        CHARSET="ANSI";
        SUBJECT-AREA="Befolkning";
        SUBJECT-CODE="BE";
        MATRIX="M1";
        TITLE="Folkmängd; med DATA= i titeln";
        CONTENTS="Folkmängd";
        UNITS="antal";
        DECIMALS=0;

        """;

    [Fact]
    public void Semicolons_and_equals_signs_in_quotes_lines_with_semicolons_and_no_stub()
    {
        var table = Parse(Head + """
            HEADING="kön","tid";
            VALUES("kön")="män",
            "kvin"
            "nor";
            VALUES("tid")="2019","2020";
            TIMEVAL("tid")=TLIST(A1),"2019","2020";
            DATA=
            1 -;
            ".." 4.5;
            """);
        Assert.Equal("Folkmängd; med DATA= i titeln", table.Cube.Title);
        Assert.Equal(["män", "kvinnor"], table.Cube["kön"].Labels.ToArray());
        Assert.Equal(CubeRole.Time, table.Cube["tid"].Role);
        Assert.Equal([1, double.NaN, double.NaN, 4.5], table.Cube.Values);
        Assert.Equal([Mark.None, Mark.Nil, Mark.NotAvailable, Mark.None], table.Cube.Marks!);
    }

    [Fact]
    public void Keys_by_code_in_any_order_leave_absent_rows_without_a_value()
    {
        var table = Parse(Head + """
            STUB="region","kön";
            HEADING="tid";
            VALUES("region")="Stockholm","Solna";
            VALUES("kön")="män","kvinnor";
            VALUES("tid")="2019","2020";
            CODES("region")="0180","0184";
            CODES("kön")="1","2";
            KEYS("region")=CODES;
            KEYS("kön")=VALUES;
            DATA=
            "0184","kvinnor",7 8
            "0180","män",1 2;
            """);
        Assert.Equal([1, 2, double.NaN, double.NaN, double.NaN, double.NaN, 7, 8], table.Cube.Values);
        Assert.Equal(PxSymbol.Absent, table.SymbolAt(2));
        Assert.Equal(Mark.Missing, table.Cube.MarkAt(2));
    }

    [Fact]
    public void Marks_mean_what_their_words_say()
    {
        var table = Parse(Head + """
            HEADING="a";
            VALUES("a")="1","2","3","4","5","6","7","8";
            DATASYMBOL3="Uppgiften är sekretessbelagd";
            DATA="." ".." "..." "...." "....." "......" "......." "-";
            """);
        Assert.Equal([Mark.NotApplicable, Mark.NotAvailable, Mark.Suppressed, Mark.NotAvailable, Mark.NotAvailable, Mark.NotAvailable,
            Mark.NotAvailable, Mark.Nil], table.Cube.Marks!);
        Assert.Equal(Enumerable.Range(1, 6).Append(8).Append(7).Select(symbol => (PxSymbol)symbol),
            Enumerable.Range(0, 8).Select(table.SymbolAt));
    }

    [Theory]
    [InlineData("DATA=1 2 3;")]
    [InlineData("DATA=1;")]
    [InlineData("DATA=1 hej;")]
    public void Data_that_do_not_fill_the_table_refuse_the_file(string data)
    {
        var refused = Assert.Throws<ExtractRejectedException>(() => Parse(Head + "HEADING=\"a\";\nVALUES(\"a\")=\"1\",\"2\";\n" + data));
        Assert.DoesNotContain("hej", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_Windows_1252_that_says_otherwise_has_its_letters()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = Head + "CODEPAGE=\"utf-8\";\nHEADING=\"å\";\nVALUES(\"å\")=\"Hägersten–Älvsjö\";\nDATA=1;";
        Assert.Equal("Hägersten–Älvsjö", PxTable.Parse(Encoding.GetEncoding(1252).GetBytes(text), "a.px").Cube.Dimensions[0].Labels[0]);
    }

    [Fact]
    public void An_extract_has_labels_codes_and_marks()
    {
        using var file =
            new TestFile("a.px",
                Head + "STUB=\"region\";\nHEADING=\"tid\";\nVALUES(\"region\")=\"Stockholm\",\"Solna\";\nVALUES(\"tid\")=\"2020\";\n"
                    + "TIMEVAL(\"tid\")=TLIST(A1),\"2020\";\nCODES(\"region\")=\"0180\",\"0184\";\nDATA=5 \"..\";\n");
        var extract = Extract.Load(file.Path);
        Assert.Equal(["region", "region_code", "tid", "value"], extract.Columns.Select(column => column.Name));
        Assert.Equal(["0180", "0184"], extract.Text("region_code").Categories);
        Assert.Equal("tid", extract.Get(Role.Period).Name);
        Assert.Equal(Mark.NotAvailable, extract["value"].MarkAt(1));
        Assert.Equal("M1", extract.Provenance.Sources[0].Origin!.TableId);
    }

    private static PxTable Parse(string text) => PxTable.Parse(Encoding.UTF8.GetBytes(text), "a.px");
}
