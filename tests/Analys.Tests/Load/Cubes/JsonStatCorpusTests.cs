using System.Text;
using System.Text.Json;
using Analys.Load;
using Analys.Load.Cubes.JsonStat;

namespace Analys.Tests.Load.Cubes;

public class JsonStatCorpusTests
{
    [SharedFact]
    public void Every_case_of_the_validator_gets_its_codes()
    {
        using var cases =
            JsonDocument.Parse(File.ReadAllBytes(Repository.SharedAt("corpus", "jsonstat", "validator", "corpus", "cases.json")));
        foreach (var one in cases.RootElement.EnumerateArray())
        {
            var id = one.GetProperty("id").GetString()!;
            var expected = one.GetProperty("expected");
            var document = JsonStatDocument.Parse(Encoding.UTF8.GetBytes(one.GetProperty("input").GetRawText()));
            var codes = expected.TryGetProperty("codes", out var list)
                ? list.EnumerateArray().Select(code => code.GetString()!).ToHashSet() : [];
            Assert.True(codes.IsSubsetOf(document.Findings.Select(finding => finding.Code)),
                $"{id}: {string.Join(",", document.Findings)}");
            if (expected.TryGetProperty("valid", out var valid)) Assert.True(valid.GetBoolean() == document.IsValid, id);
            if (expected.TryGetProperty("noOtherErrors", out var only) && only.GetBoolean())
            {
                Assert.True(document.Findings.Where(finding => finding.Severity == JsonStatSeverity.Error)
                    .All(finding => codes.Contains(finding.Code)), id);
            }

            if (id.StartsWith("valid/", StringComparison.Ordinal)) Assert.NotEmpty(document.Datasets);
        }
    }

    [SharedFact]
    public void An_answer_of_the_statistics_api_is_read_with_its_notes_and_units()
    {
        var path = Repository.SharedAt("corpus", "jsonstat", "pxwebpy", "tests", "responses", "TAB6471_data.json");
        var bytes = File.ReadAllBytes(path);
        using var raw = JsonDocument.Parse(bytes);
        var cube = Assert.Single(JsonStatDocument.Parse(bytes).Datasets);
        Assert.Equal(2772, cube.Values.Length);
        Assert.Equal(raw.RootElement.GetProperty("value").EnumerateArray().Sum(value => value.GetDouble()), cube.Values.Sum());
        Assert.Equal(4, cube.Notes.Count(note => note.Dimension is null && note.Mandatory));
        Assert.Equal("antal", cube["ContentsCode"].Units.Values.Single().Label);
        var extract = Extract.Load(path);
        Assert.Equal(2772, extract.RowCount);
        Assert.Equal("TAB6471", extract.Provenance.Sources[0].Origin!.TableId);
    }

    [SharedFact]
    public void Written_and_read_again_it_is_the_same()
    {
        var cube =
            JsonStatDocument.Parse(File.ReadAllBytes(
                Repository.SharedAt("corpus", "jsonstat", "pxwebpy", "tests", "responses", "TAB6471_data.json"))).Datasets[0];
        using var stream = new MemoryStream();
        JsonStatWriter.Write(stream, cube);
        var document = JsonStatDocument.Parse(stream.ToArray());
        Assert.True(document.IsValid);
        var again = document.Datasets[0];
        Assert.Equal(cube.Values, again.Values);
        Assert.Equal(cube.Dimensions.SelectMany(dimension => dimension.Labels), again.Dimensions.SelectMany(dimension => dimension.Labels));
        Assert.Equal(cube.Dimensions.Select(dimension => dimension.Role), again.Dimensions.Select(dimension => dimension.Role));
        Assert.Equal(cube.Notes.Select(note => note.Text), again.Notes.Select(note => note.Text));
    }

    [Fact]
    public void The_forms_of_version_one_and_of_statuses_are_read()
    {
        var document = JsonStatDocument.Parse("""
            { "dataset": { "label": "x", "dimension": { "id": ["A", "B"], "size": ["2", "2"], "role": { "geo": ["A"] },
                "A": { "category": { "index": { "b": 1, "a": 0 }, "label": { "b": "Be", "a": "A" } } },
                "B": { "category": { "label": { "x": "X", "y": "Y" } } } },
              "value": { "0": 1.5, "3": 4 }, "status": { "1": "..", "2": "-" } } }
            """u8.ToArray());
        Assert.True(document.IsValid);
        var cube = Assert.Single(document.Datasets);
        Assert.Equal(["a", "b"], cube["A"].Codes.ToArray());
        Assert.Equal([1.5, double.NaN, double.NaN, 4], cube.Values);
        Assert.Equal([Mark.None, Mark.NotAvailable, Mark.Nil, Mark.None], cube.Marks!);
    }

    [Theory]
    [InlineData("<html><body>Not found</body></html>", "web page")]
    [InlineData("{ \"class\": \"dataset\", \"id\": [\"a\"], \"size\": [2000000000], \"dimension\": { \"a\": { \"category\": { \"index\": "
        + "[\"x\"] } } }, \"value\": [] }", "200 million")]
    [InlineData("{\"a\":1}", "JSON-stat")]
    public void What_is_no_table_is_refused_with_its_reason(string text, string reason)
    {
        using var file = new TestFile("a.json", text);
        var (extract, findings) = Extract.TryLoad(file.Path);
        Assert.Null(extract);
        Assert.Contains(reason, Assert.Single(findings).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        using var file = new TestFile("a.json", new string('[', 100_000));
        Assert.Equal("format-error", Assert.Single(Extract.TryLoad(file.Path).Findings).Code);
    }
}
