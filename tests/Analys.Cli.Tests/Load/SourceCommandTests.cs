using System.Text;
using System.Text.Json;

namespace Analys.Cli.Tests.Load;

public class SourceCommandTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    private const string Px =
        "MATRIX=\"M\";\nSUBJECT-AREA=\"B\";\nSUBJECT-CODE=\"BE\";\nTITLE=\"T\";\nCONTENTS=\"F\";\nUNITS=\"antal\";\nDECIMALS=0;\n"
            + "STUB=\"område\";\nHEADING=\"tid\";\n"
        + "VALUES(\"område\")=\"Järva\",\"Farsta\";\nCODES(\"område\")=\"01\",\"02\";\nVALUES(\"tid\")=\"2020\";\n"
            + "TIMEVAL(\"tid\")=TLIST(A1),\"2020\";\nDATA=5 \"..\";\n";

    [Fact]
    public async Task Convert_tidies_a_px_file_and_writes_json_stat_that_is_read_again()
    {
        var folder = temporary.Path;
        var px = Path.Combine(folder, "a.px");
        await File.WriteAllTextAsync(px, Px);
        var run = await CommandRun.Of(["convert", px]);
        Assert.Equal("område,område_code,tid,value\nJärva,01,2020,5\nFarsta,02,2020,..\n", run.Output);
        var json = Path.Combine(folder, "a.json");
        Assert.Equal(0, (await CommandRun.Of(["convert", px, "--out", json])).Code);
        Assert.Equal(run.Output, (await CommandRun.Of(["convert", json])).Output);
        Assert.Equal(2, (await CommandRun.Of(["convert", px, "--out", Path.Combine(folder, "a.doc")])).Code);
    }

    [Fact]
    public async Task Check_takes_a_schema_a_package_and_a_file()
    {
        var folder = temporary.Path;
        var schema = Path.Combine(folder, "s.schema.json");
        await File.WriteAllTextAsync(schema, """{ "fields": [{ "name": "a", "type": "integer" }] }""");
        Assert.Equal(0, (await CommandRun.Of(["check", schema])).Code);
        await File.WriteAllTextAsync(schema, """{ "fields": 1 }""");
        Assert.Equal(1, (await CommandRun.Of(["check", schema])).Code);
        var package = Path.Combine(folder, "datapackage.json");
        await File.WriteAllTextAsync(Path.Combine(folder, "a.csv"), "a,b\n1,2\n1\n", Encoding.UTF8);
        await File.WriteAllTextAsync(package, """{ "resources": [{ "name": "a", "path": "a.csv" }] }""");
        var run = await CommandRun.Of(["check", package, "--format", "json"]);
        Assert.Equal(1, run.Code);
        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal("missing-cell", document.RootElement.GetProperty("errors")[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_drafted_schema_checks_its_file()
    {
        var folder = temporary.Path;
        var file = Path.Combine(folder, "a.csv");
        await File.WriteAllTextAsync(file, "stadsdel;antal;andel\nJärva;1;1,5\nBromma;..;2\n");
        var schema = Path.Combine(folder, "a.schema.json");
        Assert.Equal(0, (await CommandRun.Of(["schema", "infer", file, "--out", schema])).Code);
        Assert.Equal(0, (await CommandRun.Of(["check", file, "--schema", schema])).Code);
    }
}
