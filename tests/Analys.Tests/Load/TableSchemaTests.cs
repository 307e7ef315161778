using System.Diagnostics;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Load.Undescribed;

namespace Analys.Tests.Load;

public class TableSchemaTests
{
    [Theory]
    [InlineData("""{ "fields": 1 }""")]
    [InlineData("""{ "fields": [1] }""")]
    [InlineData("""{ "fields": [{ "name": 1 }] }""")]
    [InlineData("""{ "fields": [{ "name": "a", "type": ["string"] }] }""")]
    [InlineData("""{ "fields": [{ "name": "a", "bareNumber": "yes" }] }""")]
    [InlineData("""{ "fields": [{ "name": "a", "constraints": { "required": "true" } }] }""")]
    [InlineData("""{ "fields": [{ "name": "a", "constraints": { "minimum": {} } }] }""")]
    [InlineData("""{ "fields": [{ "name": "a", "type": "number", "constraints": { "minimum": "x" } }] }""")]
    [InlineData("""{ "fields": [{ "name": "a", "constraints": { "pattern": "(" } }] }""")]
    [InlineData("""{ "fields": [{ "name": "a", "constraints": { "pattern": "(a)\\1" } }] }""")]
    [InlineData("""{ "fields": [{ "name": "a" }], "missingValues": "x" }""")]
    [InlineData("""{ "fields": [{ "name": "a" }], "missingValues": [{ "label": "x" }] }""")]
    [InlineData("""{ "fields": [{ "name": "a" }], "primaryKey": { "a": 1 } }""")]
    [InlineData("""{ "fields": [{ "name": "a" }], "analys": [] }""")]
    [InlineData("""{ "fields": [{ "name": "a" }], "analys": { "footer": 1 } }""")]
    [InlineData("""{ "fields": [{ "name": "a" }], "analys": { "marks": { "..": 1 } } }""")]
    [InlineData("""{ "fields": [{ "name": "a" }], "foreignKeys": [{ "fields": "a", "reference": 3 }] }""")]
    [InlineData("""{ "fields": [{ "name": "a" }], "fieldsMatch": "sometimes" }""")]
    [InlineData("[]")]
    [InlineData("{")]
    public void Every_malformed_schema_is_a_schema_exception(string json) =>
    Assert.Throws<SchemaException>(() => TableSchema.Parse(json, "test"));

    [Theory]
    [InlineData("date", "default", "2020-02-30", false)]
    [InlineData("date", "default", "2020-02-29", true)]
    [InlineData("date", "%d/%m/%Y", "29/02/2020", true)]
    [InlineData("date", "any", "29 Feb 2020", true)]
    [InlineData("datetime", "default", "2020-01-01T10:00:00Z", true)]
    [InlineData("datetime", "default", "2020-01-01", false)]
    [InlineData("time", "default", "10:61:00", false)]
    [InlineData("time", "default", "10:59:00", true)]
    [InlineData("yearmonth", "default", "2020-13", false)]
    [InlineData("yearmonth", "default", "2020-12", true)]
    [InlineData("year", "default", "2020.5", false)]
    [InlineData("duration", "default", "P1Y2M10DT2H30M", true)]
    [InlineData("duration", "default", "P", false)]
    [InlineData("duration", "default", "Potato", false)]
    [InlineData("geopoint", "default", "18.07, 59.33", true)]
    [InlineData("geopoint", "default", "181, 59", false)]
    [InlineData("geopoint", "array", "[18.07, 59.33]", true)]
    [InlineData("geopoint", "object", "{\"lon\": 18, \"lat\": 59}", true)]
    [InlineData("geojson", "default", "{\"type\": \"Point\", \"coordinates\": [1,2]}", true)]
    [InlineData("geojson", "default", "{\"type\": \"Pint\"}", false)]
    [InlineData("object", "default", "{\"a\": 1}", true)]
    [InlineData("object", "default", "[1]", false)]
    [InlineData("array", "default", "[1]", true)]
    [InlineData("list", "default", "a,b", true)]
    [InlineData("string", "email", "a@b.se", true)]
    [InlineData("string", "email", "a@b", false)]
    [InlineData("string", "uri", "https://scb.se", true)]
    [InlineData("string", "uri", "scb", false)]
    [InlineData("string", "uuid", "123e4567-e89b-12d3-a456-426614174000", true)]
    [InlineData("string", "binary", "aGVq", true)]
    [InlineData("string", "binary", "hej!", false)]
    [InlineData("boolean", "default", "TRUE", true)]
    [InlineData("boolean", "default", "ja", false)]
    [InlineData("any", "default", "vad som helst", true)]
    public void Types_and_formats(string type, string format, string cell, bool valid)
    {
        var schema = TestFile.Schema($$"""{ "fields": [{ "name": "a", "type": "{{type}}", "format": "{{format}}" }, { "name": "b" }] }""");
        using var file = new TestFile("a.csv", $"a;b\n\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\";x\n");
        var codes = Extract.TryLoad(file.Path, schema with { Dialect = new Dialect(';') }).Findings.Select(finding => finding.Code)
            .Where(code => code != "identifier");
        Assert.Equal(valid ? [] : ["type-error"], codes);
    }

    [Theory]
    [InlineData("integer", """{ "minimum": 3 }""", "2", "3")]
    [InlineData("number", """{ "exclusiveMaximum": "3.5" }""", "3.5", "3.4")]
    [InlineData("date", """{ "minimum": "2020-01-01" }""", "2019-12-31", "2020-01-01")]
    [InlineData("yearmonth", """{ "exclusiveMinimum": "2020-01" }""", "2020-01", "2020-02")]
    [InlineData("string", """{ "minLength": 3 }""", "ab", "åäö")]
    [InlineData("string", """{ "pattern": "[a-z]{2}" }""", "abc", "ab")]
    [InlineData("string", """{ "enum": ["x", "y"] }""", "z", "y")]
    [InlineData("integer", """{ "enum": [1, "2"] }""", "3", "2")]
    [InlineData("boolean", """{ "enum": [true] }""", "false", "true")]
    [InlineData("array", """{ "maxLength": 1 }""", "[1;2]", "[1]")]
    public void Constraints(string type, string constraints, string bad, string good)
    {
        var schema =
            TestFile.Schema($$"""{ "fields": [{ "name": "a", "type": "{{type}}", "constraints": {{constraints}} }, { "name": "b" }] }""");
        using var file = new TestFile("a.csv", $"a|b\n{bad.Replace(';', ',')}|x\n{good}|y\n");
        var findings = Extract.TryLoad(file.Path, schema with { Dialect = new Dialect('|') }).Findings;
        Assert.Equal(("constraint-error", 2L, 1), findings.Select(finding => (finding.Code, finding.Row!.Value, finding.Field!.Value))
            .Single());
    }

    [Theory]
    [InlineData("exact", "b,a", "incorrect-label incorrect-label")]
    [InlineData("equal", "b,a", "")]
    [InlineData("exact", "a,c", "incorrect-label")]
    [InlineData("equal", "a", "missing-label")]
    [InlineData("subset", "a,b,c", "")]
    [InlineData("subset", "a,c", "missing-label")]
    [InlineData("superset", "a", "")]
    [InlineData("superset", "a,c", "extra-label")]
    [InlineData("partial", "c,a", "")]
    [InlineData("partial", "c,d", "missing-label")]
    public void Columns_match_fields_as_the_schema_says(string match, string header, string codes)
    {
        var schema = TestFile.Schema($$"""{ "fields": [{ "name": "a" }, { "name": "b" }], "fieldsMatch": "{{match}}" }""");
        using var file = new TestFile("a.csv", $"{header}\n{string.Join(',', header.Split(',').Select(_ => "x"))}\n");
        var findings = Extract.TryLoad(file.Path, schema with { Dialect = new Dialect(',') }).Findings;
        Assert.Equal(codes.Split(' ', StringSplitOptions.RemoveEmptyEntries), findings.Select(finding => finding.Code));
        Assert.All(findings, finding => Assert.Null(finding.Row));
    }

    [Fact]
    public void A_field_has_missing_values_of_its_own_with_labels()
    {
        var schema =
            TestFile.Schema(
                """{ "fields": [{ "name": "a", "type": "integer", "missingValues": [{ "value": "-99", "label": "suppressed" }] },"""
                    + """ { "name": "b", "type": "integer" }] }""");
        using var file = new TestFile("a.csv", "a,b\n-99,-99\n1,\n");
        var extract = Extract.Load(file.Path, schema);
        Assert.Equal([Mark.Suppressed, Mark.None], extract["a"].Marks.ToArray());
        Assert.Equal([Mark.None, Mark.Missing], extract["b"].Marks.ToArray());
    }

    [Fact]
    public void A_pattern_that_would_hang_a_backtracking_engine_does_not()
    {
        var schema = TestFile.Schema("""{ "fields": [{ "name": "a", "constraints": { "pattern": "(a+)+b" } }, { "name": "b" }] }""");
        using var file = new TestFile("a.csv", $"a,b\n{new string('a', 50_000)},x\n");
        var watch = Stopwatch.StartNew();
        Assert.Equal("constraint-error", Assert.Single(Extract.TryLoad(file.Path, schema).Findings).Code);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Foreign_keys_are_checked_over_a_package()
    {
        using var people = new TestFile("people.csv", "id,area\n1,a\n2,z\n3,\n");
        File.WriteAllText(people.Beside("areas.csv"), "code,name\na,Bromma\nb,Farsta\n");
        File.WriteAllText(people.Beside("datapackage.json"), """
            { "resources": [
              { "name": "people", "path": "people.csv", "schema": { "fields": [{ "name": "id", "type": "integer" }, { "name": "area" }],
                "foreignKeys": [{ "fields": "area", "reference": { "resource": "areas", "fields": "code" } }] } },
              { "name": "areas", "path": "areas.csv", "bytes": 31, "schema": { "fields": [{ "name": "code" }, { "name": "name" }],
                "primaryKey": "code" } },
              { "name": "bad", "path": "../secret.csv" } ] }
            """);
        var (_, findings) = PackageCheck.Check(people.Beside("datapackage.json"));
        Assert.Equal(["byte-count", "resource-error", "foreign-key"], findings.Select(finding => finding.Code));
        Assert.Equal(3, findings[^1].Row);
    }

    [Fact]
    public void A_draft_schema_reads_the_file_that_it_was_made_of()
    {
        using var file = new TestFile("a.csv", "LopNr;Stadsdel;Alder;DispInk04;kod\n1;Järva;7;1 234,5;0180\n2;Bromma;9;..;0114\n");
        var draft = SchemaDraft.Infer(file.Path);
        Assert.Contains("\"review\"", draft, StringComparison.Ordinal);
        var schema = TableSchema.Parse(draft, "draft");
        Assert.Equal([Role.Person, Role.Area, Role.Age, Role.DisposableIncome, Role.None], schema.Fields.Select(field => field.Role));
        Assert.Equal(FieldType.String, schema.Fields[4].Type);
        var extract = Extract.Load(file.Path, schema);
        Assert.Equal(1234.5, extract.Number("DispInk04").Values[0]);
        Assert.Equal(Mark.NotAvailable, extract.Number("DispInk04").MarkAt(1));
    }

    [Fact]
    public void A_last_row_with_missing_values_is_no_footnote()
    {
        using var file = new TestFile("a.csv", "id,name\n1,Paul\n2,\n");
        Assert.Equal(2, Extract.Load(file.Path).RowCount);
        using var noted = new TestFile("a.csv", "namn;antal\nBromma;1\nFarsta;2\nKälla: Stockholms stad;\n");
        Assert.Equal(2, Extract.Load(noted.Path).RowCount);
    }
}
