using System.Diagnostics;
using System.Text;
using Analys.Load;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Analys.Tests.Load.Cubes;

public class ExcelTableTests
{
    [Fact]
    public void Titles_merged_headers_and_footnotes()
    {
        using var file = new TestFile("a.xlsx", Workbook(
            [
                ["Folkmängd efter område", null, null, null],
                [null, null, null, null],
                ["", "2019", null, "2020"],
                ["Område", "män", "kvinnor", "alla"],
                ["Järva", 1200.5, "..", 3.0],
                ["Bromma", 2.0, 1_000_000.0, 4.0],
                [null, null, null, null],
                ["Källa: Stockholms stad", null, null, null],
            ],
            "B3:C3"));
        var extract = Extract.Load(file.Path);
        Assert.Equal(["Område", "2019 män", "2019 kvinnor", "2020 alla"], extract.Columns.Select(column => column.Name));
        Assert.Equal(2, extract.RowCount);
        Assert.Equal([1200.5, 2], extract.Number("2019 män").Values.ToArray());
        Assert.Equal(Mark.NotAvailable, extract["2019 kvinnor"].MarkAt(0));
    }

    [Fact]
    public void Rows_of_findings_are_those_of_the_sheet()
    {
        var schema = TestFile.Schema("""{ "fields": [{ "name": "a" }, { "name": "b", "type": "integer" }] }""");
        using var file = new TestFile("a.xlsx", Workbook([["Titel", null], ["a", "b"], ["x", 1.0], ["y", "fel"]]));
        Assert.Equal(("type-error", 4L), Extract.TryLoad(file.Path, schema).Findings.Select(finding => (finding.Code, finding.Row!.Value))
            .Single());
    }

    [SharedFact]
    public void Workbooks_of_the_corpus_are_read_or_refused_with_findings()
    {
        var files = Directory.GetFiles(Repository.SharedAt("corpus", "tableschema", "frictionless-py", "data"), "*.xls*");
        Assert.True(files.Length > 5);
        foreach (var path in files)
        {
            var (extract, findings) = Extract.TryLoad(path);
            Assert.True(extract is not null || findings.Count > 0, path);
        }

        var table = Extract.Load(Repository.SharedAt("corpus", "tableschema", "frictionless-py", "data", "table.xlsx"));
        Assert.Equal(["english", "中国人"], table.Text("name").Categories);
    }

    [Fact]
    public void A_bomb_and_a_billion_laughs_are_refused_quickly()
    {
        var watch = Stopwatch.StartNew();
        using var bomb = new TestFile("bomb.xlsx", SavedAnswerTests.Zip("xl/worksheets/sheet1.xml", new byte[600 << 20]));
        Assert.Equal("format-error", Assert.Single(Extract.TryLoad(bomb.Path).Findings).Code);
        using var laughs =
            new TestFile("laughs.xlsx",
                SavedAnswerTests.Zip("xl/workbook.xml",
                    Encoding.UTF8.GetBytes(
                        "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 "
                            + "\"&lol;&lol;&lol;\">]><workbook>&lol2;</workbook>")));
        Assert.Equal("format-error", Assert.Single(Extract.TryLoad(laughs.Path).Findings).Code);
        using var broken = new TestFile("broken.xlsx", SavedAnswerTests.Zip("x.txt", [1, 2, 3]));
        Assert.Equal("format-error", Assert.Single(Extract.TryLoad(broken.Path).Findings).Code);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    [Fact]
    public void A_sheet_is_chosen_by_name_or_number_and_the_others_are_said()
    {
        object?[][] none = [["Om tabellen"], [null]];
        object?[][] Sheet(double value) => [["a", "b"], ["x", value], ["y", 2.0]];
        using var file = new TestFile("a.xlsx", Workbook([("Tom", []), ("2019", Sheet(1)), ("1", Sheet(9)), ("Not", none)]));
        var first = Extract.Load(file.Path);
        Assert.Equal([1, 2], first.Number("b").Values.ToArray());
        Assert.Contains("2019", Assert.Single(first.Notices, notice => notice.Code == "other-sheets").Text, StringComparison.Ordinal);
        Assert.Equal(1, Extract.Load(file.Path, sheet: "2019").Number("b").Values[0]);
        Assert.Equal(9, Extract.Load(file.Path, sheet: "3").Number("b").Values[0]);
        // The name counts before the number.
        Assert.Equal(9, Extract.Load(file.Path, sheet: "1").Number("b").Values[0]);
        Assert.Contains("Tom, 2019, 1, Not", Assert.Throws<SheetNotFoundException>(() => Extract.Load(file.Path, sheet: "7")).Message,
            StringComparison.Ordinal);
        Assert.Throws<ExtractRejectedException>(() => Extract.Load(file.Path, sheet: "Tom"));
    }

    [Fact]
    public void A_number_of_a_sheet_has_one_reading()
    {
        using var file = new TestFile("a.xlsx", Workbook([["Titel", null], ["a", "b"], ["x", 1.234], ["y", 2.345]]));
        var extract = Extract.Load(file.Path);
        Assert.Equal([1.234, 2.345], extract.Number("b").Values.ToArray());
        Assert.Equal("row 1", Assert.Single(extract.Notices).Rows.ToString());
    }

    internal static byte[] Workbook(object?[][] rows, string? merged = null) => Workbook([("Blad1", rows)], merged);

    private static byte[] Workbook(IReadOnlyList<(string Name, object?[][] Rows)> sheets, string? merged = null)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.Workbook = new Workbook(new Sheets());
            foreach (var (name, rows) in sheets)
            {
                var part = book.AddNewPart<WorksheetPart>();
                part.Worksheet =
                    new Worksheet(
                        new SheetData(
                            rows.Select((row, r) => new Row(row.Select((value, c) => Cell(value, $"{(char)('A' + c)}{r + 1}")))
                            {
                                RowIndex =
                                (uint)(r + 1)
                            })));
                if (merged is not null) part.Worksheet.Append(new MergeCells(new MergeCell { Reference = merged }));
                book.Workbook.Sheets!.Append(new Sheet
                {
                    Id = book.GetIdOfPart(part),
                    SheetId = (uint)book.Workbook.Sheets!.Count() + 1,
                    Name = name
                });
            }
        }

        return stream.ToArray();
    }

    private static Cell Cell(object? value, string at) => value switch
    {
        double number =>
            new Cell(new CellValue(number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))
            {
                DataType = CellValues.Number,
                CellReference = at
            },
        string { Length: > 0 } text =>
            new Cell(new InlineString(new Text(text))) { DataType = CellValues.InlineString, CellReference = at },
        _ => new Cell { CellReference = at },
    };
}
