using System.IO.Compression;
using System.Text;
using Analys.Load;

namespace Analys.Tests.Load.Formats;

/// <summary>Workbooks as offices send them, made by hand: what stands on a sheet is read as its reader sees it, or refused with its
/// row.</summary>
public sealed class WorkbookTests
{
    private const string Styles = """
        <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2">
          <numFmt numFmtId="164" formatCode="0000"/><numFmt numFmtId="165" formatCode="[hh]:mm"/></numFmts>
        <cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/><xf numFmtId="20"/></cellXfs>
          </styleSheet>
        """;

    [Fact]
    public void PxWebs_own_export_is_read_with_its_stubs_filled_down()
    {
        using var file = Book(["Folkmängd efter region, kön och år|||", "|||", "||#2022|#2023", "0180 Stockholm|män|1|2", "|kvinnor|3|4",
            "0114 Väsby|män|..|6", "|kvinnor|7|8", "|||", "Källa:|||", "SCB|||"]);
        var extract = Extract.Load(file.Path);
        Assert.Equal(["region", "kön", "2022", "2023"], extract.Columns.Select(column => column.Name));
        Assert.Equal(["0180 Stockholm", "0180 Stockholm", "0114 Väsby", "0114 Väsby"], RecordFileTests.Cells(extract["region"]));
        Assert.Equal(["1", "3", "", "7"], RecordFileTests.Cells(extract["2022"]));
    }

    [Fact]
    public void Headers_of_several_rows_are_joined_whether_cells_are_merged_or_blank()
    {
        using var file = Book(["Område|#2022||#2023|", "|Pojkar|Flickor|Pojkar|Flickor", "Kista|1|2|3|4", "Rinkeby|5|6|7|8"]);
        Assert.Equal(["Område", "2022 Pojkar", "2022 Flickor", "2023 Pojkar", "2023 Flickor"],
            Extract.Load(file.Path).Columns.Select(column => column.Name));
    }

    [Fact]
    public void The_second_of_two_tables_under_one_another_is_chosen_by_its_number()
    {
        using var file = Book(["Fakta|||", "|||", "Ålder|Män|Kvinnor|", "0-5|1|2|", "6-15|3|4|", "|||", "Inkomst|#2021|#2022|",
            "Median|201.5|208.3|"]);
        var first = Extract.Load(file.Path);
        Assert.Equal(2, first.RowCount);
        Assert.Contains(first.Notices, notice => notice.Code == NoticeCodes.OtherTables);
        var second = Extract.Load(file.Path, null, new ReadOptions(Table: "2"));
        Assert.Equal(["Inkomst", "2021", "2022"], second.Columns.Select(column => column.Name));
        Assert.Equal([201.5], second.Number("2021").Values.ToArray());
    }

    [Theory]
    // Of the same names, with letters that are marks elsewhere; wider, narrower, below titles; a table of words above one of numbers.
    [InlineData("område|n", "område|m", "A|10")]
    [InlineData("område|n", "område|m|k", "A|10|20")]
    [InlineData("område|n|p", "område|m|", "A|10|")]
    [InlineData("område|n", "Tabell 2/område|antal|varav", "A|10|20")]
    public void A_second_table_of_any_width_is_found(string first, string second, string row)
    {
        var width = first.Split('|').Length;
        string Row(string name, int from) => string.Join('|', [name, .. Enumerable.Range(from, width - 1).Select(i => $"{i}")]);
        using var file = Book([first, Row("A", 1), Row("B", 3), "|", .. second.Split('/'), row,
            row.Replace("A", "B", StringComparison.Ordinal)]);
        var extract = Extract.Load(file.Path);
        Assert.Equal(2, extract.RowCount);
        Assert.Contains(extract.Notices, notice => notice.Code == NoticeCodes.OtherTables);
        Assert.Equal([10, 10], ((NumberColumn)Extract.Load(file.Path, null, new ReadOptions(Table: "2")).Columns[1]).Values.ToArray());
    }

    [Fact]
    public void A_table_of_words_above_is_not_lost_among_titles()
    {
        using var file = Book(["Område|Chef", "A|Öst", "B|Väst", "|", "Område|Antal", "A|3", "B|4"]);
        var extract = Extract.Load(file.Path);
        Assert.Equal(["Område", "Antal"], extract.Columns.Select(column => column.Name));
        Assert.Contains(extract.Notices, notice => notice.Code == NoticeCodes.OtherTables);
        Assert.Equal(["Öst", "Väst"], RecordFileTests.Cells(Extract.Load(file.Path, null, new ReadOptions(Table: "1"))["Chef"]));
    }

    [Fact]
    public void Codes_times_and_dates_are_as_the_sheet_shows_them()
    {
        using var file = Book(["kod|tid|dag|klocka", "s1:180|s2:1.0833333333333333|s3:45292|s4:0.6458333333333334",
            "s1:114|s2:0.5|s3:45293|s4:0.25"]);
        var extract = Extract.Load(file.Path);
        Assert.Equal(["0180", "0114"], RecordFileTests.Cells(extract["kod"]));
        Assert.Equal(["26:00", "12:00"], RecordFileTests.Cells(extract["tid"]));
        Assert.Equal(["2024-01-01", "2024-01-02"], RecordFileTests.Cells(extract["dag"]));
        Assert.Equal(["15:30", "06:00"], RecordFileTests.Cells(extract["klocka"]));
    }

    [Fact]
    public void Errors_and_formulas_without_a_value_are_findings_with_their_rows()
    {
        using var file = Book(["kod|antal", "a|5", "b|e:#N/A", "c|f:B2+1"]);
        var findings = Extract.TryLoad(file.Path).Findings;
        Assert.Equal([3L, 4L], findings.Select(finding => finding.Row));
        Assert.All(findings, finding => Assert.Equal("antal", finding.Column));
    }

    [Fact]
    public void A_hidden_sheet_and_a_cover_are_passed_over_for_the_table()
    {
        using var file = Book(("Dold", true, ["a|b", "1|2"]), ("Läs mig", false, ["Om uttaget"]), ("Data", false, ["kod|antal", "x|5"]));
        Assert.Equal(["kod", "antal"], Extract.Load(file.Path).Columns.Select(column => column.Name));
        Assert.Equal(["a", "b"], Extract.Load(file.Path, null, new ReadOptions("Dold")).Columns.Select(column => column.Name));
    }

    [Fact]
    public void An_open_document_sheet_is_read()
    {
        const string content = """
            <?xml version="1.0"?>
              <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet><table:table table:name="A">
            <table:table-row><table:table-cell office:value-type="string"><text:p>kod</text:p></table:table-cell>
              <table:table-cell office:value-type="string"><text:p>antal</text:p></table:table-cell>
                <table:table-cell table:number-columns-repeated="1000"/></table:table-row>
            <table:table-row><table:table-cell office:value-type="string"><text:p>0180</text:p></table:table-cell>
              <table:table-cell office:value-type="float" office:value="5"><text:p>5</text:p></table:table-cell></table:table-row>
            <table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>x</text:p>
              </table:table-cell><table:table-cell office:value-type="float" office:value="1.5"><text:p>1,5</text:p></table:table-cell>
                </table:table-row>
            <table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
            </table:table></office:spreadsheet></office:body></office:document-content>
            """;
        using var file = new TestFile("a.ods", Zip(("content.xml", content)));
        var extract = Extract.Load(file.Path);
        Assert.Equal(["0180", "x", "x"], RecordFileTests.Cells(extract["kod"]));
        Assert.Equal([5, 1.5, 1.5], extract.Number("antal").Values.ToArray());
    }

    [Fact]
    public void A_row_that_only_names_the_first_column_is_the_last_of_the_header()
    {
        // As pandas writes columns of two levels.
        using var file = Book(["|#2022||#2023|", "|F|P|F|P", "område||||", "Kista|1|2|3|4", "Rinkeby|5|6|7|8"]);
        Assert.Equal(["område", "2022 F", "2022 P", "2023 F", "2023 P"],
            Extract.Load(file.Path).Columns.Select(column => column.Name));
    }

    private static TestFile Book(string[] rows) => Book(("Blad1", false, rows));

    // Cells divided by |: numbers as they are, #text, sN:number of a style, e:error, f:formula without a value.
    private static TestFile Book(params (string Name, bool IsHidden, string[] Rows)[] sheets)
    {
        const string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var parts = new List<(string, string)>
        {
            ("_rels/.rels", $"<Relationships><Relationship Id=\"r\" Type=\"{office}/officeDocument\" "
                + "Target=\"xl/workbook.xml\"/></Relationships>"),
            ("xl/workbook.xml", $"<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>{string.Concat(sheets.Select((sheet, i) => $"<sheet name=\"{sheet.Name}\" sheetId=\"{i + 1}\"{(sheet.IsHidden ? " state=\"hidden\"" : "")} r:id=\"s{i}\"/>"))}</sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", $"<Relationships><Relationship Id=\"y\" Type=\"{office}/styles\" "
                + $"Target=\"styles.xml\"/>{string.Concat(sheets.Select((_, i) => $"<Relationship Id=\"s{i}\" Type=\"{office}/worksheet\" Target=\"s{i}.xml\"/>"))}</Relationships>"),
            ("xl/styles.xml", Styles),
        };
        for (var i = 0; i < sheets.Length; i++)
        {
            var body = string.Concat(sheets[i].Rows.Select((row, r) =>
                $"<row r=\"{r + 1}\">{string.Concat(row.Split('|').Select((cell, c) => Cell(cell, $"{(char)('A' + c)}{r + 1}")))}</row>"));
            parts.Add(($"xl/s{i}.xml", $"<worksheet xmlns=\"{main}\"><sheetData>{body}<row r=\"1048576\"><c r=\"XFD1048576\" "
                + "s=\"1\"/></row></sheetData></worksheet>"));
        }

        return new TestFile("bok.xlsx", Zip([.. parts]));
    }

    private static string Cell(string cell, string place) => cell switch
    {
        "" => "",
        ['s', var style, ':', .. var number] => $"<c r=\"{place}\" s=\"{style}\"><v>{number}</v></c>",
        ['e', ':', .. var error] => $"<c r=\"{place}\" t=\"e\"><v>{error}</v></c>",
        ['f', ':', .. var formula] => $"<c r=\"{place}\"><f>{formula}</f><v></v></c>",
        ['#', .. var text] => $"<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>",
        _ when double.TryParse(cell, System.Globalization.CultureInfo.InvariantCulture, out _) => $"<c r=\"{place}\"><v>{cell}</v></c>",
        _ => $"<c r=\"{place}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>",
    };

    private static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }
}
