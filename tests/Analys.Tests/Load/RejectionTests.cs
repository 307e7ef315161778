using System.Globalization;
using System.Text;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Tests.Load;

/// <summary>Bad input: everything is reported, no value is repeated.</summary>
public class RejectionTests
{
    private static IReadOnlyList<Finding> Findings(string text, string? schema = null)
    {
        using var file = new TemporaryFile("t.csv", text);
        var (extract, findings) = Extract.TryLoad(file.Path, schema is null ? null : TableSchema.Parse(schema, "s"));
        Assert.Null(extract);
        Assert.NotEmpty(findings);
        return findings;
    }

    [Fact]
    public void A_missing_file() => Assert.Equal("file-error", Extract.TryLoad("/no/such/file.csv").Findings.Single().Code);

    [Fact]
    public void An_empty_file() => Assert.Equal("source-error", Findings("").Single().Code);

    [Fact]
    public void A_binary_file()
    {
        using var file = new TemporaryFile("t.csv", [0x50, 0x4B, 3, 4, 0, 0, 1, 2, 0, 255, 254, 10, 0, 7]);
        // It begins as a packed file does, and is none.
        Assert.Equal("compression-error", Extract.TryLoad(file.Path).Findings.Single().Code);
    }

    [Fact]
    public void Wrong_columns()
    {
        const string Schema = """{"fields":[{"name":"a"},{"name":"b"}]}""";
        Assert.Equal(["incorrect-label"], Findings("a,x\n1,2\n", Schema).Select(finding => finding.Code));
        Assert.Equal(["missing-label"], Findings("a\n1\n", Schema).Select(finding => finding.Code));
        Assert.Contains(Findings("a,b,x\n1,2,3\n", Schema), finding => finding.Code == "extra-label");
    }

    [Fact]
    public void Ten_thousand_bad_cells_are_all_reported_and_none_is_repeated()
    {
        var text = new StringBuilder("a,b\n");
        for (var i = 0; i < 10_000; i++) text.Append(CultureInfo.InvariantCulture, $"hemlig{i},1\n");
        var findings = Findings(text.ToString(), """{"fields":[{"name":"a","type":"integer"},{"name":"b","type":"integer"}]}""");
        Assert.Equal(10_000, findings.Count);
        Assert.Equal(Enumerable.Range(2, 10_000).Select(row => (long?)row), findings.Select(finding => finding.Row));
        var message = new ExtractRejectedException("t.csv", findings).Message;
        Assert.DoesNotContain("hemlig", message + string.Concat(findings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("19811218-9876")] // Skatteverket's own example of a personal identity number
    [InlineData("8112189876")]
    [InlineData("811218-9876")]
    [InlineData("811218+9876")]
    [InlineData("198112189876")]
    [InlineData("701063-2391")] // and of a co-ordination number
    [InlineData("bor granne med 811218-9876 i huset")]
    [InlineData("anna.andersson@example.se")]
    [InlineData("070-123 45 67")]
    [InlineData("+46 8 508 25 000")]
    public void Direct_identifiers_are_refused_and_not_repeated(string identifier)
    {
        var findings = Findings($"a,b\nx,1\n{identifier},2\ny,3\n");
        Assert.Contains(findings, finding => finding.Code == "identifier" && finding.Column == "a");
        Assert.DoesNotContain(findings, finding => finding.ToString().Contains(identifier, StringComparison.Ordinal));
    }

    [Fact]
    public void A_personal_number_in_a_column_of_numbers_is_refused_too() =>
        Assert.Contains(Findings("a,b\n5,1\n198112189876,2\n",
            """{"fields":[{"name":"a","type":"integer"},{"name":"b","type":"integer"}]}"""), finding => finding.Code == "identifier");

    [Fact]
    public void A_serial_number_with_the_role_of_a_person_is_allowed_but_personal_numbers_in_it_are_not()
    {
        const string Schema = """{"fields":[{"name":"LopNr","type":"integer","analys":{"role":"person"}},{"name":"b","type":"integer"}]}""";
        var serials = new StringBuilder("LopNr,b\n");
        var random = new Random(3);
        for (var i = 0; i < 5000; i++)
            serials.Append(CultureInfo.InvariantCulture, $"{random.NextInt64(1_000_000_000, 9_999_999_999)},1\n");
        using var file = new TemporaryFile("t.csv", serials.ToString());
        Assert.Empty(Extract.TryLoad(file.Path, TableSchema.Parse(Schema, "s")).Findings);

        var numbers = new StringBuilder("LopNr,b\n");
        for (var i = 0; i < 50; i++) numbers.Append("8112189876,1\n");
        Assert.Contains(Findings(numbers.ToString(), Schema), finding => finding.Code == "identifier");
    }

    [Fact]
    public void A_row_of_the_wrong_width_is_reported_cell_by_cell()
    {
        var findings = Findings("a,b,c\n1,2\n1,2,3,4\n\n1,2,3\n");
        Assert.Equal([("missing-cell", 2L, 3), ("extra-cell", 3L, 4), ("blank-row", 4L, 0)],
            findings.Select(finding => (finding.Code, finding.Row!.Value, finding.Field ?? 0)));
    }

    [Fact]
    public void A_key_that_occurs_twice() =>
        Assert.Equal(("primary-key", 4L),
            Findings("a,b\n1,x\n2,y\n1,z\n", """{"fields":[{"name":"a","type":"integer"},{"name":"b"}],"primaryKey":["a"]}""")
            .Select(finding => (finding.Code, finding.Row!.Value)).Single());
}
