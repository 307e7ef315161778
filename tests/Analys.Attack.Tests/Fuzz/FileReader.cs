using System.Collections.Immutable;
using System.Text;
using Analys.Cli.Commands.Report;
using Analys.Cli.Errors;
using Analys.Disclosure.Tables;
using Analys.Load;
using Analys.Load.Cubes;
using Analys.Load.Geo;
using Analys.Load.Schema;
using Analys.Measure.Effects;
using Analys.Measure.Swedish;
using Analys.Notebooks.Runner;
using Analys.Report.Recipes;
using Analys.Tests;

namespace Analys.Attack.Tests.Fuzz;

/// <summary>One reader by itself, without the command around it, so that a hundred thousand spoiled files take seconds: it reads, or throws
/// what the command has words for.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="File">A name with the right ending.</param>
/// <param name="Marks">Characters that mean something in the format.</param>
/// <param name="Read">Reads a file.</param>
/// <param name="Originals">Files that are right.</param>
internal sealed record FileReader(string Name, string File, string Marks, Func<string, object?> Read, params string[] Originals)
{
    private const string Json = "\"{}[]:,-.\\";
    private const string Neighbour = "t.csv";

    /// <summary>Makes a spoiled file; null where the originals are texts.</summary>
    public Func<Random, byte[]>? Make { get; init; }

    /// <summary>Files that belong to it and are right.</summary>
    public IReadOnlyList<(string Name, byte[] Bytes)> Beside { get; init; } = [];

    private const string Square = """
        {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"A"},"geometry":{"type":"Polygon",
        "coordinates":[[[18.0,59.3],[18.1,59.3],[18.1,59.4],[18.0,59.3]]]}},{"type":"Feature","properties":{"id":"B"},
        "geometry":{"type":"MultiPolygon","coordinates":[[[[19.0,59.3],[19.1,59.3],[19.1,59.4],[19.0,59.3]]]]}}]}
        """;

    private const string Cube = """
        {"version":"2.0","class":"dataset","label":"t","id":["area","tid"],"size":[2,1],"role":{"time":["tid"]},"dimension":{"area":{
        "label":"area","category":{"index":["A","B"],"label":{"A":"a","B":"b"}}},"tid":{"category":{"index":{"2020":0}}}},
        "value":[1,2],"status":{"1":".."},"note":["n"]}
        """;

    private const string Px = "CHARSET=\"ANSI\";\nAXIS-VERSION=\"2010\";\nMATRIX=\"T\";\nSUBJECT-AREA=\"s\";\nTITLE=\"t\";\n"
        + "STUB=\"area\";\n"
        + "HEADING=\"tid\";\nVALUES(\"area\")=\"A\",\"B\";\nVALUES(\"tid\")=\"2020\",\"2021\";\nCODES(\"area\")=\"01\",\"02\";\n"
        + "TIMEVAL(\"tid\")=TLIST(A1,\"2020\"-\"2021\");\nDATA=\n1 2\n3 \"..\";\n";

    private static readonly string Hash = new('a', 64);

    /// <summary>The readers of texts, and those of tables in files that are none.</summary>
    public static IReadOnlyList<FileReader> All => [.. Texts, .. TableFiles.All];

    private static IReadOnlyList<FileReader> Texts { get; } =
    [
        new("ledger", "l.jsonl", "\"\n{}[]:,@~/-", path => Ledger.Open(path),
            $$"""
            {"Extract":"{{Hash}}","Release":"r","Cells":{"{{Hash}}@0-17":"P","{{Hash}}@0-16~6-12":"h"},
            "Equations":[{"Total":"{{Hash}}@0-17","Parts":["{{Hash}}@0-16~6-12"]}]}
            """.ReplaceLineEndings("") + "\n"),
        new("policy", "p.json", Json, path => Policy.Load(path).ToRequirements(households: true),
            [.. Policy.Shipped.Where(name => name != "public").Order(StringComparer.Ordinal)
                .Select(name => Shipped("data-schemas", "disclosure", name + ".json"))]),
        new("package", "datapackage.json", Json, path => PackageCheck.Check(path), Package()),
        new("package beside a table", "datapackage.json", Json, path => Extract.TryLoad(System.IO.Path.Combine(
            System.IO.Path.GetDirectoryName(path)!, Neighbour)), Package()),
        new("schema", "s.json", Json, path => TableSchema.Load(path), Shipped("data-schemas", "extracts", "lisa-register.schema.json"),
            Shipped("data-schemas", "extracts", "deso-regso-2018.schema.json")),
        new("manifest", "m.json", Json, ReadManifest,
            """
            {"command":"report","outputs":[{"file":"a.html","sha256":"00"}],"options":{"language":"sv","data":"t.csv"},
            "source":[{"file":"t.csv","sha256":null,"rows":null},{"file":"u.csv","sha256":"00","rows":4}],"policy":"stockholm"}
            """),
        new("notebook: lint and stale", "n.ipynb", Json, path => (NotebookLint.Check(path), NotebookStale.Check(path)), Cells()),
        new("notebook: strip", "n.ipynb", Json, path => (NotebookStrip.ApplySecure(path), NotebookStrip.Apply(path)), Cells()),
        new("GeoJSON", "g.geojson", Json, path => GeoFile.Load(path), Square),
        new("JSON-stat", "d.json", Json, path => Extract.TryLoad(path), Cube),
        new("PxWeb metadata", "d.json", Json, path => PxWebTableInfo.Read(System.IO.File.ReadAllBytes(path)), Cube),
        new("PX", "d.px", "\"\n;=(),. ", path => Extract.TryLoad(path), Px),
        new("JSON lines", "d.jsonl", Json + "\n", path => Extract.TryLoad(path),
            "{\"area\":\"A\",\"n\":1}\n{\"area\":\"B\",\"n\":2.5,\"o\":{\"p\":[1]}}\n"),
        new("JSON rows", "d.json", Json, path => Extract.TryLoad(path),
            "[{\"area\":\"A\",\"n\":1},{\"area\":\"B\",\"n\":2.5,\"o\":{\"p\":[1]}}]"),
        new("hierarchy as CSV", "h.csv", ",\"\n;=|T", Divide, "child,parent\nA,N\nB,N\nN,T\n", "A;N\nB;N\nA;M\nB;M\n"),
        new("hierarchy as JSON", "h.json", Json, Divide,
            "{\"A\":\"N\",\"B\":[\"N\",\"M\"]}", "[{\"child\":\"A\",\"parent\":\"N\"},[\"B\",\"N\"]]"),
        new("reform", "r.json", Json, path => Reform.Load(path),
            """
            {"reforms":[{"name":"a","from":"2020-01-01","reference":"r","childNorm":"+10%","childAllowance":100,
            "housingAllowance":500,"lunchDeduction":true},{"name":"b","from":"2021-01-01","reference":"r","childNorm":"-5%"}]}
            """),
        new("dated amounts", "d.json", Json, path => PolicyParameters.LoadAmount(path),
            Shipped("data-schemas", "parameters", "barnbidrag.json")),
        new("dated norms", "d.json", Json, path => PolicyParameters.LoadRiksnorm(path),
            Shipped("data-schemas", "parameters", "riksnorm.json")),
        new("recipe", "r.json", Json, path => Recipe.Load(path), Shipped("data-schemas", "reports", "stockholm.json")),
        new("plan of an effect", "p.json", Json, ReadPlan, Plan()),
    ];

    /// <summary>Reads spoiled files and gives those whose failure nobody foresaw.</summary>
    /// <param name="count">How many.</param>
    public (int Read, int Refused, IReadOnlyList<string> Wrong) Play(int count)
    {
        int read = 0, refused = 0;
        var wrong = new List<string>();
        var folder = Directory.CreateTempSubdirectory("analys-fuzz").FullName;
        try
        {
            var path = Path.Combine(folder, File);
            System.IO.File.WriteAllText(Path.Combine(folder, Neighbour), "area,n\nA,1\nB,2\n");
            foreach (var (name, bytes) in Beside) System.IO.File.WriteAllBytes(Path.Combine(folder, name), bytes);
            for (var seed = 0; seed < count; seed++)
            {
                var random = new Random(seed);
                System.IO.File.WriteAllBytes(path, Spoiled(random));
                try
                {
                    if (Read(path) is ValueTuple<Extract?, IReadOnlyList<Finding>> { Item1: null }) refused++;
                    else read++;
                }
#pragma warning disable CA1031 // Whatever is thrown is judged.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    refused++;
                    if (e is not (ExtractRejectedException or FileNotFoundException) && Failures.Of(e, []) is null)
                        wrong.Add($"{Name}, mutant {seed}: {e.GetType().Name} {e.StackTrace?.Split('\n').FirstOrDefault(line
                            => line.Contains("Analys", StringComparison.Ordinal))?.Trim()}");
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return (read, refused, wrong);
    }

    // A text is spoiled byte by byte, and every other JSON value by value: what is still JSON gets further in.
    private byte[] Spoiled(Random random)
    {
        if (Make is { } make) return make(random);
        var original = Originals[random.Next(Originals.Length)];
        return Marks == Json && random.Next(2) == 0 ? JsonMutation.Of(original, random)
            : Mutation.Of(Encoding.UTF8.GetBytes(original), random, Marks);
    }

    private static string Shipped(params string[] path) => System.IO.File.ReadAllText(Repository.At(path));

    private static string[] Package() =>
    [
        """
        {"name":"p","resources":[{"name":"t","path":"t.csv","bytes":13,"hash":"md5:00","sources":[{"title":"SCB","path":"https://scb.se"}],
        "licenses":[{"name":"CC0"}],"schema":{"fields":[{"name":"area","type":"string"},{"name":"n","type":"integer"}],
        "primaryKey":["area"],"foreignKeys":[{"fields":"area","reference":{"resource":"u","fields":"a"}}]}},
        {"name":"u","data":[{"a":"A"},{"a":"B"}],"schema":{"fields":[{"name":"a","type":"string"}]}}]}
        """,
    ];

    private static string[] Cells() =>
    [
        """
        {"cells":[{"cell_type":"code","execution_count":1,"id":"a1","metadata":{"analys":{"code":"00"},"tags":["parameters"]},"outputs":[{
        "output_type":"display_data","metadata":{"secure":true},"data":{"text/plain":["x\n"]}}],"source":["#!sql\n","SELECT 1"]},{
        "cell_type":"code","execution_count":null,"id":"c3","metadata":{"polyglot_notebook":{"kernelName":"sql"}},"outputs":[],
        "source":"1+1"},{"cell_type":"markdown","id":"b2","metadata":{},"source":"# Rubrik"}],"metadata":{"analys":{"inputs":[{
        "file":"t.csv","sha256":"00"}]},"kernelspec":{"name":"analys","display_name":".NET (C#)","language":"C#"}},"nbformat":4,
        "nbformat_minor":5}
        """,
    ];

    private static object Divide(string path) => DimensionHierarchy.Load(path).Dimension("area", ["A", "B"]);

    private static object? ReadManifest(string path)
    {
        ReproduceCommand.Check(path);
        return null;
    }

    private static string Plan()
    {
        using var stream = new MemoryStream();
        var decisions = new Dictionary<string, string> { ["outcome"] = "y", ["design"] = "did", ["written"] = "2026-12-01" };
        new EffectPlan { Content = decisions.ToImmutableSortedDictionary(StringComparer.Ordinal) }.Write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static EffectPlan ReadPlan(string path)
    {
        using var stream = System.IO.File.OpenRead(path);
        return EffectPlan.Read(stream);
    }
}
