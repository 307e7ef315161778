using System.Globalization;
using System.Text;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Tests.Load;

public class ExtractTests
{
    private const string Schema = """
        {
          "name": "swedish",
          "fields": [
            { "name": "område", "type": "string", "analys": { "role": "area" } },
            { "name": "kod", "type": "string" },
            { "name": "antal", "type": "integer", "groupChar": " " },
            { "name": "andel", "type": "number", "decimalChar": "," }
          ],
          "missingValues": [""],
          "analys": { "footer": true, "marks": { "..": "not-available", ".": "not-applicable", "-": "nil", "–": "nil",
            "<15": "suppressed", "X": "suppressed" } }
        }
        """;

    private const string Table =
        "område;kod;antal;andel\nHägersten;0114;12 "
            + "345;1,5\nÄlvsjö;0180;1\u00A0234;..\nFarsta;0001;1\u202F000;−2,25\nKista;0002;<15;.\nRinkeby;0003;–;X\n";

    [Fact]
    public void A_Swedish_table_is_read_with_its_marks()
    {
        using var file =
            new TemporaryFile("t.csv",
                Table + "1) En fotnot; med semikolon inuti\n\"2) En fotnot\nsom fortsätter\"\n".Replace("fotnot; med semikolon inuti",
                    "fotnot", StringComparison.Ordinal));
        var extract = Extract.Load(file.Path, TableSchema.Parse(Schema, "swedish"));
        Assert.Equal(5, extract.RowCount);
        Assert.Equal(["Hägersten", "Älvsjö", "Farsta", "Kista", "Rinkeby"], extract.Text("område").Categories);
        Assert.Equal("0114", extract.Text("kod").Categories[0]);
        Assert.Equal([12345, 1234, 1000], extract.Number("antal").Values[..3].ToArray());
        Assert.Equal([Mark.None, Mark.None, Mark.None, Mark.Suppressed, Mark.Nil], extract.Number("antal").Marks.ToArray());
        Assert.Equal([Mark.None, Mark.NotAvailable, Mark.None, Mark.NotApplicable, Mark.Suppressed],
            extract.Number("andel").Marks.ToArray());
        Assert.Equal(-2.25, extract.Number("andel").Values[2]);
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("windows-1252", false)]
    [InlineData("utf-16", true)]
    public void The_bytes_decide_the_encoding(string name, bool mark)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(name);
        using var file =
            new TemporaryFile("t.csv", [.. mark ? encoding.GetPreamble()
                : [], .. encoding.GetBytes(Table.Replace('\u202F', ' ').Replace("−", "-", StringComparison.Ordinal))]);
        var extract = Extract.Load(file.Path, TableSchema.Parse(Schema, "swedish"));
        Assert.Equal("Älvsjö", extract.Text("område").Categories[1]);
    }

    [Theory]
    [InlineData("sv-SE")]
    [InlineData("en-US")]
    public void The_culture_of_the_machine_changes_nothing(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            using var file = new TemporaryFile("t.csv", "a,b\n1.5,x\n2.25,y\n");
            Assert.Equal([1.5, 2.25], Extract.Load(file.Path).Number("a").Values.ToArray());
            using var swedish = new TemporaryFile("t.csv", Table);
            Assert.Equal(1.5, Extract.Load(swedish.Path, TableSchema.Parse(Schema, "swedish")).Number("andel").Values[0]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Blocks_and_threads_do_not_show()
    {
        // More than one block of 4 MB, quoted line breaks, categories in the order of the rows.
        var text = new StringBuilder("id,name,note\n");
        var random = new Random(7);
        for (var i = 0; i < 300_000; i++)
            text.Append(CultureInfo.InvariantCulture,
                $"{i},{(char)('a' + random.Next(26))}{i / 30_000},\"line one\nline \"\"two\"\" {i % 7}\"\n");
        using var file = new TemporaryFile("t.csv", text.ToString());
        var first = Extract.Load(file.Path);
        var second = Extract.Load(file.Path);
        Assert.Equal(300_000, first.RowCount);
        Assert.Equal(299_999.0 * 150_000, first.Number("id").Values.ToArray().Sum());
        Assert.Equal(first.Text("name").Categories, second.Text("name").Categories);
        Assert.True(first.Text("name").Codes.SequenceEqual(second.Text("name").Codes));
        Assert.Equal(7, first.Text("note").Categories.Count);
        var seen = -1;
        foreach (var code in first.Text("name").Codes) seen = code <= seen + 1 ? Math.Max(seen, code)
            : throw new InvalidOperationException("categories are not in the order of their rows");
    }

    [Fact]
    public void It_is_a_data_reader()
    {
        using var file = new TemporaryFile("t.csv", Table);
        using var reader = Extract.Load(file.Path, TableSchema.Parse(Schema, "swedish")).CreateDataReader();
        Assert.True(reader.Read());
        Assert.Equal(12345L, reader["antal"]);
        Assert.Equal(typeof(double), reader.GetFieldType(3));
        Assert.True(reader.Read());
        Assert.True(reader.IsDBNull(3));
        using var table = new System.Data.DataTable();
        table.Load(Extract.Load(file.Path, TableSchema.Parse(Schema, "swedish")).CreateDataReader());
        Assert.Equal(5, table.Rows.Count);
    }
}
