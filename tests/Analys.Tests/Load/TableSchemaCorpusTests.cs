using System.Text.Json;
using Analys.Load.Schema;

namespace Analys.Tests.Load;

public class TableSchemaCorpusTests
{
    private static readonly string Data = Repository.SharedAt("corpus", "tableschema", "frictionless-py");

    [SharedFact]
    public void Every_validation_case_gets_exactly_its_findings()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Repository.SharedAt("corpus", "tableschema", "validation_cases.json")));
        var folder = Directory.CreateTempSubdirectory("analys-").FullName;
        Directory.CreateSymbolicLink(Path.Combine(folder, "data"), Path.Combine(Data, "data"));
        var wrong = new List<string>();
        foreach (var one in cases.RootElement.EnumerateArray())
        {
            // The corpus has no packed files: those two cases have tests of their own.
            if (!File.Exists(Path.Combine(folder, one.GetProperty("resource").GetProperty("path").GetString()!))) continue;
            File.WriteAllText(Path.Combine(folder, "package.json"),
                $$"""{ "resources": [ {{one.GetProperty("resource").GetRawText()}} ] }""");
            var (_, findings) = PackageCheck.Check(Path.Combine(folder, "package.json"));
            var expected = one.GetProperty("errors").EnumerateArray()
                .Select(error => $"{error.GetProperty("row")}|{error.GetProperty("field")}|{error.GetProperty("type")}")
                .Order(StringComparer.Ordinal);
            var actual = findings.Select(finding => $"{finding.Row}|{finding.Field}|{finding.Code}").Order(StringComparer.Ordinal);
            if (!expected.SequenceEqual(actual))
                wrong.Add($"{one.GetProperty("name")}: expected {string.Join(", ", expected)}, got {string.Join(", ", actual)}");
        }

        Directory.Delete(folder, recursive: true);
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [SharedFact]
    public void Schemas_are_accepted_or_refused_as_their_names_say()
    {
        var files = Directory.GetFiles(Path.Combine(Data, "data"), "schema-*.json");
        Assert.NotEmpty(files);
        foreach (var path in files)
        {
            if (Path.GetFileName(path).StartsWith("schema-invalid", StringComparison.Ordinal))
                Assert.Throws<SchemaException>(() => TableSchema.Load(path));
            else Assert.NotEmpty(TableSchema.Load(path).Fields);
        }
    }

    [SharedFact]
    public void A_package_with_a_foreign_key_has_the_findings_of_its_tables()
    {
        var (resources, findings) = PackageCheck.Check(Path.Combine(Data, "data", "invalid", "datapackage.json"));
        Assert.Equal(2, resources);
        Assert.Equal(["blank-row", "blank-row"], findings.Select(finding => finding.Code));
    }
}
