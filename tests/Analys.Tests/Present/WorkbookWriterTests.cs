using Analys.Measure.Segregation;
using Analys.Present;
using Analys.Tests.Load;

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
}
