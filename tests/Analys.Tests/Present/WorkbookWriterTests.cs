using Analys.Measure.Segregation;
using Analys.Present;
using Analys.Tests.Load;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Analys.Tests.Present;

public class WorkbookWriterTests
{
    [Fact]
    public void Results_are_numbers_texts_are_never_formulas_and_the_bytes_are_the_same()
    {
        using var file = new TestFile("a.csv", "unit,=grupp,andra\na,10,90\nb,40,60\n");
        var schema =
            TestFile.Schema(
                """{ "fields": [{ "name": "unit" }, { "name": "=grupp", "type": "integer" }, { "name": "andra","""
                    + """ "type": "integer" }], "analys": { "confidentiality": "public" } }""");
        var counts = GroupCountsReader.Wide(Extract.Load(file.Path, schema), "unit", ["=grupp", "andra"], null);
        var released = Dissimilarity.Measure.Of(counts, "=grupp").Release(Policy.Stockholm);
        using var one = new MemoryStream();
        using var two = new MemoryStream();
        WorkbookWriter.Write(one, released);
        WorkbookWriter.Write(two, released);
        Assert.Equal(one.ToArray(), two.ToArray());
        using var book = new TestFile("a.xlsx", one.ToArray());
        var read = Extract.Load(book.Path);
        Assert.Equal(released[0].Value.Number, read.Number("value").Values[0]);
        Assert.Equal("'=grupp", read.Text("group").Categories[0]);
    }

    [Fact]
    public void A_spreadsheet_finds_numbers_as_numbers_and_on_a_second_sheet_definitions_and_sources()
    {
        var extract = Extract.Load(Repository.At("notebooks", "data", "stockholm", "ekonomiskt-bistand-2015-2017.csv"));
        var released = extract.IncomeSupport(ages: Ages.Children).Release(Policy.Stockholm);
        using var stream = new MemoryStream();
        WorkbookWriter.Write(stream, released);
        stream.Position = 0;
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);
        var book = document.WorkbookPart!;
        var sheets = book.Workbook!.Sheets!.Elements<Sheet>()
            .Select(sheet => ((WorksheetPart)book.GetPartById(sheet.Id!)).Worksheet!.Descendants<Row>()
                .Select(row => row.Elements<Cell>().ToList()).ToList()).ToList();
        Assert.Equal(2, sheets.Count);

        var (records, sources) = (sheets[0], sheets[1]);
        Assert.Equal(released.Count + 1, records.Count);
        var value = records[0].FindIndex(cell => cell.InnerText == "value");
        Assert.All(records.Skip(1), row => Assert.Equal(CellValues.Number, row[value].DataType!.Value));
        Assert.Equal(released.Select(result => result.Value.Number),
            records.Skip(1).Select(row => double.Parse(row[value].InnerText, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(records.Skip(1), row => Assert.Equal(CellValues.InlineString, row[0].DataType!.Value));

        var texts = sources.Select(row => row.Select(cell => cell.InnerText).ToList()).ToList();
        var (measure, file) = (released[0].Measure, released.Provenance.Sources[0]);
        Assert.Contains(texts, row => row.Contains(measure.Id) && row.Contains(measure.Formula) && row.Contains(measure.Citation));
        Assert.Contains(texts, row => row.Contains(file.File) && row.Contains(file.Sha256) && row.Contains(file.Origin!.Publisher!));
        Assert.Contains(texts, row => row[0] == "policy" && row[1] == "stockholm");
        Assert.Empty(document.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet!.Descendants<CellFormula>()));
    }
}
