using System.Diagnostics;
using System.Text;
using Analys.Attack.Tests.Play;
using Analys.Tests;

namespace Analys.Attack.Tests.Fuzz;

/// <summary>Spoiled files of every kind that the command reads beside tables: it reads them or says what is wrong, and never ends in an
/// error that nobody foresaw.</summary>
internal sealed class ContractFuzz(string name, string file, string marks, Func<string, string[]> call, params string[] originals)
{
    private const long SlowMilliseconds = 20_000;
    private const string Table = "area,group,n\nA,x,30\nA,y,20\nB,x,40\nB,y,10\n";

    private const string Square = """
            {"type":"Feature","properties":{"id":"A"},"geometry":{"type":"Polygon","coordinates":[[[18.0,59.3],
            [18.1,59.3],[18.1,59.4],[18.0,59.4],[18.0,59.3]]]}}
            """;

    private static readonly string Other = Square.Replace("\"A\"", "\"B\"", StringComparison.Ordinal)
        .Replace("18.", "19.", StringComparison.Ordinal);

    private static readonly string Entry = Hashed('a') + "@0-17\":\"P\",\"" + Hashed('b') + "@0-17/8eb49e95a1df\":\"U";

    public static IReadOnlyList<ContractFuzz> All { get; } =
    [
        new("ledger", "l.jsonl", "\"\n{}[]:,@~/-", path => ["release",
            Beside(path), "--dimensions", "area,group", "--count", "n", "--ledger", path],
            $$$"""
            {"Extract":"{{{Hashed('e')}}}","Release":"r","Cells":{"{{{Entry}}}","{{{Hashed('c')}}}@0-16~6-12":"h"},
            "Equations":[{"Total":"{{{Hashed('a')}}}@0-17","Parts":["{{{Hashed('b')}}}@0-17/8eb49e95a1df"]}]}
            """.ReplaceLineEndings("") + "\n"),
        new("policy", "p.json", "\"{}[]:,-.", path => ["release",
            Beside(path), "--dimensions", "area,group", "--count", "n", "--policy", path],
            File.ReadAllText(Repository.At("data-schemas", "disclosure", "stockholm.json")),
            File.ReadAllText(Repository.At("data-schemas", "disclosure", "cellkey.json"))),
        new("package", "datapackage.json", "\"{}[]:,-.\\", path => ["check", path],
            File.ReadAllText(Repository.At("notebooks", "data", "stockholm", "datapackage.json"))),
        new("manifest", "m.json", "\"{}[]:,-./", path => ["reproduce", path],
            """
            {"command":"report","outputs":[{"file":"a.html","sha256":"00"}],"options":{"language":"sv",
            "policy":"stockholm"},"source":[{"file":"t.csv","sha256":"00","rows":4}],"policy":"stockholm"}
            """),
        new("notebook", "n.ipynb", "\"{}[]:,-.\\#!", path => ["notebook", "lint", path],
            """
            {"cells":[{"cell_type":"code","execution_count":1,"id":"a1","metadata":{},"outputs":[{
            "output_type":"stream","name":"stdout","text":["x\n"]}],"source":["#!sql\n","SELECT 1"]},{
            "cell_type":"markdown","id":"b2","metadata":{"tags":["parameters"]},"source":"# Rubrik"}],"metadata":{
            "kernelspec":{"name":"analys","display_name":".NET (C#)","language":"C#"}},"nbformat":4,
            "nbformat_minor":5}
            """),
        new("GeoJSON", "g.geojson", "\"{}[]:,-.", path => ["segregation",
            Beside(path), "--unit", "area", "--group", "group", "--count", "n", "--geometry",
            path, "--id", "id", "--crs", "EPSG:3006", "--measures", "spatial-proximity"],
            $$"""
            {"type":"FeatureCollection","features":[{{Square}},{{Other}}]}
            """),
        new("JSON-stat", "d.json", "\"{}[]:,-.", path => ["check", path],
            """
            {"version":"2.0","class":"dataset","label":"t","id":["area"],"size":[2],"dimension":{"area":{
            "label":"area","category":{"index":["A","B"],"label":{"A":"a","B":"b"}}}},"value":[1,2],"note":["n"]}
            """),
        new("shapefile", "s.shp", "\0\u0001\u0005 AB\r", path => ["segregation",
            Beside(path), "--unit", "area", "--group", "group", "--count", "n", "--geometry",
            path, "--id", "id", "--crs", "EPSG:3006", "--measures", "spatial-proximity"])
        { Parts = [("s.shp", ShapeFiles.Squares()), ("s.dbf", ShapeFiles.Table("id", "A", "B"))] },
        new("hierarchy", "h.csv", ",\"\n;=|T", path => ["release",
            Beside(path), "--dimensions", "area,group", "--count", "n", "--hierarchy", path],
            "child,parent\nA,N\nB,N\n"),
    ];

    public string Name => name;

    /// <summary>Files that belong together and are not text: one of them is spoiled, the others stand beside it.</summary>
    private (string File, byte[] Bytes)[] Parts { get; init; } = [];

    /// <summary>Plays mutants and gives those that nobody foresaw.</summary>
    /// <param name="count">How many.</param>
    public async Task<(int Read, int Refused, IReadOnlyList<string> Wrong)> Play(int count)
    {
        int read = 0, refused = 0;
        var wrong = new List<string>();
        var folder = Directory.CreateTempSubdirectory("analys-fuzz").FullName;
        try
        {
            var path = Path.Combine(folder, file);
            File.WriteAllText(Beside(path), Table);
            for (var seed = 0; seed < count; seed++)
            {
                foreach (var left in Directory.GetFiles(folder).Where(left => left != Beside(path))) File.Delete(left);
                var random = new Random(seed);
                Spoil(path, random);
                var watch = Stopwatch.StartNew();
                var run = await Command.Run(call(path));
                if (run.Code == 0) read++;
                else refused++;
                if (run.Errors.Contains("unforeseen", StringComparison.Ordinal) || watch.ElapsedMilliseconds > SlowMilliseconds)
                    wrong.Add($"{name}, mutant {seed}, {watch.ElapsedMilliseconds} ms: {run.Errors.Trim()}");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return (read, refused, wrong);
    }

    private void Spoil(string path, Random random)
    {
        if (Parts.Length == 0)
        {
            File.WriteAllBytes(path, Mutation.Of(Encoding.UTF8.GetBytes(originals[random.Next(originals.Length)]), random, marks));
            return;
        }

        var spoiled = random.Next(Parts.Length);
        foreach (var (i, (part, bytes)) in Parts.Index())
        {
            File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(path)!, part), i == spoiled
                ? Mutation.Of(bytes, random, marks, runs: true) : bytes);
        }
    }

    private static string Beside(string path) => Path.Combine(Path.GetDirectoryName(path)!, "t.csv");

    private static string Hashed(char letter) => new(letter, 64);
}
