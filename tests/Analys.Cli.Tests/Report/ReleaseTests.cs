using System.Globalization;
using System.Text;
using System.Text.Json;
using Analys.Tests;

namespace Analys.Cli.Tests.Report;

/// <summary>The command <c>release</c>: known tables, microdata, hierarchies, policies, refusals, the ledger.</summary>
public sealed class ReleaseTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string Reference(string table)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.SharedAt("reference", "disclosure", table + ".json")));
        var csv = new StringBuilder("a,b,n\n");
        foreach (var cell in document.RootElement.GetProperty("cells").EnumerateObject())
        {
            var id = cell.Name.Split('|');
            if (!id.Contains("T")) csv.Append(CultureInfo.InvariantCulture, $"{id[0]},{id[1]},{cell.Value.GetProperty("v").GetInt32()}\n");
        }

        return Write(table + ".csv", csv.ToString());
    }

    private static async Task<JsonElement> Json(params string[] call)
    {
        var run = await CommandRun.Of(["release", .. call, "--format", "json"]);
        Assert.True(run.Code == 0, run.Errors);
        return JsonDocument.Parse(run.Output).RootElement;
    }

    [SharedFact]
    public async Task The_five_districts_lose_sixteen_people()
    {
        var root = await Json(Reference("T2_primary_only"), "--dimensions", "a,b", "--count", "n", "--audit");
        var cells = root.GetProperty("cells");
        foreach (var id in (string[])["Bromma|ensam_far", "Östermalm|ensam_far"])
        {
            Assert.Equal("U", cells.GetProperty(id).GetProperty("status").GetString());
            Assert.Equal((0, 5),
                (cells.GetProperty(id).GetProperty("lower").GetDouble(), cells.GetProperty(id).GetProperty("upper").GetDouble()));
            Assert.False(cells.GetProperty(id).TryGetProperty("v", out _));
        }

        Assert.Equal(16, root.GetProperty("audit").GetProperty("cost").GetDouble());
        Assert.Equal(1333, cells.GetProperty("T|T").GetProperty("v").GetDouble());
        Assert.Equal(11, root.GetProperty("equations").GetArrayLength());
    }

    [SharedTheory]
    [InlineData("T1_geurts")]
    [InlineData("T6_bridge_bad")]
    public async Task No_withheld_cell_is_exact(string table)
    {
        var root = await Json(Reference(table), "--dimensions", "a,b", "--count", "n", "--audit");
        foreach (var cell in root.GetProperty("cells").EnumerateObject())
        {
            if (cell.Value.GetProperty("status").GetString() == "P") continue;
            Assert.True(cell.Value.GetProperty("upper").ValueKind == JsonValueKind.Null
                || cell.Value.GetProperty("upper").GetDouble() > cell.Value.GetProperty("lower").GetDouble(), cell.Name);
        }
    }

    private const string Divisions = "area,n\nNorrmalm,3\nÖstermalm,41\nRinkeby-Kista,211\nSpånga-Tensta,97\n";

    [Theory]
    [InlineData("h.csv",
        "child,parent\nNorrmalm,Norra innerstaden\nÖstermalm,Norra innerstaden\nRinkeby-Kista,Järva\nSpånga-Tensta,Järva\n")]
    [InlineData("h.json",
        """{ "Norrmalm": "Norra innerstaden", "Östermalm": "Norra innerstaden", "Rinkeby-Kista": "Järva", "Spånga-Tensta": "Järva","""
            + """ "Järva": "T", "Norra innerstaden": "T" }""")]
    public async Task Two_divisions_hide_a_district_together(string name, string text)
    {
        var root =
            await Json(Write("t.csv", Divisions), "--dimensions", "area", "--count", "n", "--hierarchy", Write(name, text), "--audit");
        var cells = root.GetProperty("cells");
        Assert.Equal("U", cells.GetProperty("Norrmalm").GetProperty("status").GetString());
        Assert.Equal((0, 44), (cells.GetProperty("Norrmalm").GetProperty("lower").GetDouble(),
            cells.GetProperty("Norrmalm").GetProperty("upper").GetDouble()));
        Assert.Equal("S", cells.GetProperty("Östermalm").GetProperty("status").GetString());
        Assert.Equal(352, cells.GetProperty("T").GetProperty("v").GetDouble());
    }

    [Fact]
    public async Task Totals_in_the_file_are_not_added_up_again()
    {
        var root = await Json(Write("t.csv", Divisions + "Norra innerstaden,44\nJärva,308\nHela staden,352\n"), "--dimensions", "area",
            "--count", "n");
        Assert.Equal(352, root.GetProperty("cells").GetProperty("T").GetProperty("v").GetDouble());
        Assert.Contains("totals", root.GetProperty("notices")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bounds_are_not_given_unasked()
    {
        var run = await CommandRun.Of("release", Write("t.csv", Divisions), "--dimensions", "area", "--count", "n", "--format", "json");
        Assert.DoesNotContain("lower", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("41", JsonDocument.Parse(run.Output).RootElement.GetProperty("cells").GetRawText(), StringComparison.Ordinal);
    }

    private string Microdata()
    {
        // Forty households of two children in each area; in c six children of one household are the only ones of the kind.
        var csv = new StringBuilder("area,kind,household\n");
        foreach (var area in (string[])["a", "b", "c"])
        {
            for (var child = 0; child < 80; child++)
                csv.Append(CultureInfo.InvariantCulture, $"{area},{(child % 4 < 2 ? "x" : "y")},{area}{child / 2}\n");
        }

        for (var child = 0; child < 6; child++) csv.Append("c,z,c99\n");
        for (var child = 0; child < 20; child++) csv.Append(CultureInfo.InvariantCulture, $"a,z,a{child / 2}\nb,z,b{child / 2}\n");
        return Write("micro.csv", csv.ToString());
    }

    [Fact]
    public async Task Rows_are_counted_and_siblings_are_one_household()
    {
        var file = Microdata();
        var persons = (await Json(file, "--dimensions", "area,kind")).GetProperty("cells");
        Assert.Equal(6, persons.GetProperty("c|z").GetProperty("v").GetDouble());
        var households = (await Json(file, "--dimensions", "area,kind", "--contributors", "household")).GetProperty("cells");
        Assert.Equal("U", households.GetProperty("c|z").GetProperty("status").GetString());
        Assert.True(households.EnumerateObject().Count(cell => cell.Value.GetProperty("status").GetString() == "S") >= 3);
    }

    [Fact]
    public async Task The_others_are_protected_as_well()
    {
        var file = Write("t.csv", "area,poor,all\na,97,100\nb,30,100\nc,40,100\n");
        var cells = (await Json(file, "--dimensions", "area", "--count", "poor", "--complement", "all")).GetProperty("cells");
        Assert.Equal("U", cells.GetProperty("a|others").GetProperty("status").GetString());
        Assert.NotEqual("P", cells.GetProperty("a|counted").GetProperty("status").GetString());
        Assert.Equal(100, cells.GetProperty("a|T").GetProperty("v").GetDouble());
    }

    [Fact]
    public async Task Rounded_tables_still_add_up()
    {
        var root = await Json(Write("t.csv", Divisions), "--dimensions", "area", "--count", "n", "--policy", "rounded5");
        var cells = root.GetProperty("cells").EnumerateObject()
            .ToDictionary(cell => cell.Name, cell => cell.Value.GetProperty("v").GetDouble());
        Assert.All(cells.Values, value => Assert.Equal(0, value % 5));
        Assert.Equal(cells["T"], cells.Where(cell => cell.Key != "T").Sum(cell => cell.Value));
        var city = (await Json(Write("t.csv", Divisions), "--dimensions", "area", "--count", "n", "--policy", "rounded-city"))
            .GetProperty("cells");
        Assert.Equal((5, 354),
            (city.GetProperty("Norrmalm").GetProperty("v").GetDouble(), city.GetProperty("T").GetProperty("v").GetDouble()));
    }

    [Fact]
    public async Task An_amount_is_judged_by_who_holds_it()
    {
        var file =
            Write("t.csv",
                "area,hh,kr\n"
                + string.Concat(Enumerable.Range(0, 60)
                    .Select(i =>
                        string.Create(CultureInfo.InvariantCulture, $"{(char)('a' + (i % 3))},h{i},{(i == 0 ? 90000 : 1000 + i)}.5\n"))));
        var cells =
            (await Json(file, "--dimensions", "area", "--count", "kr", "--contributors", "hh", "--amount", "--policy", "scb-research"))
            .GetProperty("cells");
        Assert.NotEqual("P", cells.GetProperty("a").GetProperty("status").GetString());
        Assert.False(cells.GetProperty("a").TryGetProperty("v", out _));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_ledger_knows_a_sum_over_years_from_its_years(bool pooledFirst)
    {
        // The sum less the year that is told would be the year that was withheld.
        var file = Write("years.csv", "år,omr,grupp,antal\n2018,A,x,2\n2018,A,y,3000\n2018,B,x,2000\n2018,B,y,500\n2018,C,x,900\n"
            + "2018,C,y,500\n2024,A,x,1500\n2024,A,y,2500\n2024,B,x,1500\n2024,B,y,1000\n2024,C,x,900\n2024,C,y,500\n");
        string[] years = ["release", file, "--dimensions", "omr,grupp", "--count", "antal", "--ledger", Path.Combine(folder, "l.jsonl")];
        string[] pooled = [.. years, "--period", "all"];
        Assert.Equal(0, (await CommandRun.Of(pooledFirst ? pooled : years)).Code);
        var second = await CommandRun.Of(pooledFirst ? years : pooled);
        Assert.Equal(3, second.Code);
        Assert.Contains("periods are added up", second.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await CommandRun.Of(pooledFirst ? pooled : years)).Code);
    }

    [Fact]
    public async Task The_ledger_refuses_what_an_earlier_table_withheld()
    {
        var file = Write("t.csv", "a,b,n\np,x,3\np,y,30\np,z,12\nq,x,25\nq,y,8\nq,z,40\nr,x,17\nr,y,22\nr,z,9\n");
        var ledger = Path.Combine(folder, "ledger.jsonl");
        string[] call = ["release", file, "--dimensions", "a,b", "--count", "n", "--ledger", ledger, "--format", "json"];
        Assert.Equal(0, (await CommandRun.Of(call)).Code);
        Assert.Equal(0, (await CommandRun.Of(call)).Code);
        // Who the source is about, and two releases.
        Assert.Equal(3, File.ReadAllLines(ledger).Length);
        // The same people under a policy that would print what was withheld.
        var lax = Write("lax.json", """{ "name": "lax", "threshold": { "value": 2 } }""");
        var run = await CommandRun.Of([.. call, "--policy", lax]);
        Assert.Equal(3, run.Code);
        Assert.Contains("ledger", run.Errors, StringComparison.Ordinal);
        Assert.Contains("p|x", run.Errors, StringComparison.Ordinal);
        Assert.Equal(3, File.ReadAllLines(ledger).Length);
    }

    private const string Persons = """
        { "name": "t", "fields": [{ "name": "area", "type": "string", "analys": { "role": "area" } }, { "name": "kind",
          "type": "string" }, { "name": "household", "type": "string", "analys": { "role": "household" } }],
          "analys": { "confidentiality": "confidential" } }
        """;

    private async Task<(string File, string Database, string Ledger)> Loaded()
    {
        var file = Microdata();
        Write("micro.schema.json", Persons);
        var (database, ledger) = (Path.Combine(folder, "micro.db"), Path.Combine(folder, "ledger.jsonl"));
        var run = await CommandRun.Of("load", file, "--into", $"sqlite:{database}", "--table", "micro", "--ledger", ledger);
        Assert.True(run.Code == 0, run.Errors);
        return (file, database, ledger);
    }

    [Theory]
    [InlineData("--dimensions", "area,kind")]
    [InlineData("--dimensions", "kind")]
    [InlineData("--dimensions", "area,kind", "--contributors", "household")]
    public async Task A_database_gives_the_table_that_its_file_gives(params string[] call)
    {
        var (file, database, _) = await Loaded();
        var schema = Path.Combine(folder, "micro.schema.json");
        var there = await Json(["--source", $"sqlite:{database}", "--table", "micro", "--schema", schema, .. call]);
        var here = await Json([file, .. call]);
        Assert.Equal(here.GetProperty("cells").GetRawText(), there.GetProperty("cells").GetRawText());
        Assert.Equal(here.GetProperty("equations").GetRawText(), there.GetProperty("equations").GetRawText());
        Assert.StartsWith("sqlite:", there.GetProperty("source")[0].GetProperty("file").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Households_of_a_hierarchy_are_counted_in_the_database()
    {
        var (file, database, _) = await Loaded();
        var hierarchy = Write("h.csv", "child,parent\na,ab\nb,ab\nab,T\nc,T\n");
        string[] call = ["--dimensions", "area,kind", "--contributors", "household", "--hierarchy", hierarchy];
        var there =
            await Json(["--source", $"sqlite:{database}", "--table", "micro", "--schema", Path.Combine(folder, "micro.schema.json"),
                .. call]);
        Assert.Equal((await Json([file, .. call])).GetProperty("cells").GetRawText(), there.GetProperty("cells").GetRawText());
    }

    [Fact]
    public async Task The_ledger_knows_that_a_table_holds_the_rows_of_a_file()
    {
        var (file, database, ledger) = await Loaded();
        Assert.Equal(0,
            (await CommandRun.Of("release", file, "--dimensions", "area,kind", "--contributors", "household", "--ledger", ledger)).Code);
        // Without households the six siblings would be printed; however the file and the table are written.
        foreach (var address in (string[])[database, Path.Combine(folder, ".", "micro.db")])
        {
            var run = await CommandRun.Of("release", "--source", $"sqlite:{address}", "--table", "MICRO", "--schema",
                Path.Combine(folder, "micro.schema.json"), "--dimensions", "area,kind", "--ledger", ledger);
            Assert.Equal(3, run.Code);
            Assert.Contains("ledger", run.Errors, StringComparison.Ordinal);
        }

        // As a word: a hash may hold these letters by chance.
        Assert.DoesNotMatch(@"\bc99\b", await File.ReadAllTextAsync(ledger));
    }

    [Fact]
    public async Task Figures_of_measures_and_tables_know_each_other()
    {
        var people =
            Write("p.csv",
                "area,age,income\n"
                + string.Concat(Enumerable.Range(0, 300)
                    .Select(i => string.Create(CultureInfo.InvariantCulture,
                        $"{(char)('a' + (i % 3))},{(i < 3 ? 17 : i % 17)},{100 + (i * 7 % 300)}000\n"))));
        var ledger = Path.Combine(folder, "ledger.jsonl");
        string[] call = ["poverty", people, "--income", "income", "--area", "area", "--age", "age", "--measures", "at-risk-of-poverty-rate",
            "--ledger", ledger];
        Assert.Equal(0, (await CommandRun.Of([.. call, "--ages", "0-17"])).Code);
        var younger = await CommandRun.Of([.. call, "--ages", "0-16"]);
        Assert.Equal(3, younger.Code);
        Assert.Empty(younger.Output);
        Assert.Equal(3, (await CommandRun.Of([.. call, "--ages", "0-17", "--line", "median:50"])).Code);
        Assert.Equal(2, (await CommandRun.Of([.. call, "--confidential"])).Code);
        Assert.Equal(2, (await CommandRun.Of("poverty", people, "--income", "income", "--ledger", people)).Code);
    }

    [Fact]
    public async Task Rounded_counts_come_with_what_they_tell()
    {
        var root = await Json(Write("t.csv", Divisions), "--dimensions", "area", "--count", "n", "--policy", "rounded5", "--audit");
        var small = root.GetProperty("cells").GetProperty("Norrmalm");
        Assert.InRange(3, small.GetProperty("lower").GetDouble(), small.GetProperty("upper").GetDouble());
        Assert.True(small.GetProperty("upper").GetDouble() > small.GetProperty("lower").GetDouble());
        Assert.True(root.GetProperty("audit").GetProperty("passed").GetBoolean());
    }

    [Fact]
    public async Task Confidential_data_do_not_pass_the_public_policy()
    {
        var run = await CommandRun.Of("release", Write("t.csv", Divisions), "--dimensions", "area", "--count", "n", "--policy", "public");
        Assert.Equal(3, run.Code);
        Assert.Empty(run.Output);
        Assert.Contains("public-data-only", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "release", "FILE")]
    [InlineData(2, "release", "FILE", "--dimensions", "area", "--policy", "no-such")]
    [InlineData(2, "release", "FILE", "--dimensions", "nowhere", "--count", "n")]
    [InlineData(2, "release", "FILE", "--dimensions", "area", "--count", "n", "--hierarchy", "FILE.none")]
    public async Task Wrong_calls_and_wrong_data(int code, params string[] call)
    {
        var file = Write("t.csv", Divisions);
        var run = await CommandRun.Of([.. call.Select(word => word.Replace("FILE", file, StringComparison.Ordinal))]);
        Assert.Equal(code, run.Code);
        Assert.DoesNotContain("211", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_a_spreadsheet_would_run_are_neutralised()
    {
        var run = await CommandRun.Of("release", Write("t.csv", "area,n\n=1+1,30\nb,40\n"), "--dimensions", "area", "--count", "n",
            "--format", "csv");
        Assert.DoesNotContain("\n=1+1", run.Output, StringComparison.Ordinal);
    }
}
