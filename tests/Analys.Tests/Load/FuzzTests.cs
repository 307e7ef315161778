using System.Globalization;
using System.Text;
using Analys.Load;
using Analys.Load.Csv;
using Analys.Load.Cubes;
using Analys.Load.Cubes.JsonStat;
using Analys.Load.Geo;
using Analys.Load.Schema;
using Analys.Tests.Load.Cubes;
using FsCheck;
using FsCheck.Fluent;

namespace Analys.Tests.Load;

/// <summary>
/// Mutated inputs: a reader reads or refuses, it never crashes or hangs, and no message holds a cell. The environment variable
/// ANALYS_FUZZ raises the number of inputs per reader.
/// </summary>
public class FuzzTests
{
    private const string Secret = "hemlis";

    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("ANALYS_FUZZ"), NumberStyles.None,
        CultureInfo.InvariantCulture, out var count) ? count : 2_000;

    private static readonly TableSchema Schema = TestFile.Schema("""
        { "fields": [{ "name": "namn" }, { "name": "antal", "type": "integer", "constraints": { "minimum": 0 } }, { "name": "andel",
          "type": "number", "decimalChar": ",", "groupChar": " " }, { "name": "dag", "type": "date" }], "primaryKey": "namn" }
        """);

    [Fact]
    public void Csv() =>
    Fuzz($"namn;antal;andel;dag\nJärva;12;1 234,5;2020-01-01\n\"{Secret}\";{Secret};{Secret};{Secret}\nBromma;-;..;\n\nKälla: x;;;\n",
        (bytes, random) =>
    {
        var schema = random.Next(3) == 0 ? null
            : Schema with { Dialect = new Dialect(random.Next(2) == 0 ? ';' : null, 1, random.Next(2) == 0) };
        try
        {
            // Without a schema the first row names the columns: what stands there is no cell.
            return CsvFile.Read(() => new CsvSource(new MemoryStream(bytes), Encoding.UTF8), "f.csv", schema,
                1).Findings.Select(finding => schema is null ? finding.Expected : finding.ToString());
        }
        catch (Exception e) when (e is InvalidDataException or NotUtf8Exception)
        {
            return [e.Message];
        }
    });

    [Fact]
    public void Px() => Fuzz(
        "CHARSET=\"ANSI\";\nMATRIX=\"M\";\nSUBJECT-AREA=\"B\";\nSUBJECT-CODE=\"BE\";\nTITLE=\"T\";\nCONTENTS=\"F\";\nUNITS=\"antal\";"
            + "\nDECIMALS=0;\nSTUB=\"region\";\nHEADING=\"tid\";\nVALUES(\"region\")=\"Järva\",\"Farsta\";\n"
        + "CODES(\"region\")=\"01\",\"02\";\nVALUES(\"tid\")=\"2019\",\"2020\";\nTIMEVAL(\"tid\")=TLIST(A1),\"2019\",\"2020\";\n"
            + "KEYS(\"region\")=CODES;\nNOTE(\"region\")=\"x\"\n\"y\";\nHIERARCHIES(\"region\")=\"01\",\"01\":\"02\";\nDATA=\"01\",1 "
            + "2\n\"02\",\"..\" " + Secret + ";",
        (bytes, _) => Refusing(() => PxTable.Parse(bytes, "f.px").Findings));

    [Fact]
    public void JsonStat() => Fuzz(
        "{\"version\":\"2.0\",\"class\":\"dataset\",\"id\":[\"a\",\"b\"],\"size\":[2,2],\"role\":{\"time\":[\"b\"]},"
            + "\"dimension\":{\"a\":{\"label\":\"A\",\"note\":[\"n\"],\"category\":{\"index\":{\"x\":0,\"y\":1},\"label\":{\"x\":\"X\","
            + "\"y\":\"Y\"},\"child\":{\"x\":[\"y\"]},\"unit\":{\"x\":{\"decimals\":1}}}},\"b\":{\"category\":{\"index\":[\"1\","
            + "\"2\"]}}},\"value\":[1,null,2.5,\"" + Secret + "\"],\"status\":{\"1\":\"..\"}}",
        (bytes, _) => JsonStatDocument.Parse(bytes).Findings.Select(finding => finding.ToFinding("f").ToString()));

    [Fact]
    public void Kolada_and_rows() => Fuzz(
        "{\"count\":1,\"values\":[{\"kpi\":\"N1\",\"municipality\":\"0180\",\"period\":2019,\"values\":[{\"gender\":\"T\",\"count\":1,"
            + "\"status\":\"\",\"value\":1.5},{\"gender\":\"K\",\"value\":\"" + Secret + "\"}]}]}",
        Json);

    [Fact]
    public void Pxweb() => Fuzz(
        "{\"columns\":[{\"code\":\"Region\",\"type\":\"d\"},{\"code\":\"Tid\",\"type\":\"t\"},{\"code\":\"B\",\"type\":\"c\"}],"
            + "\"data\":[{\"key\":[\"0180\",\"2020\"],\"values\":[\"1\"]},{\"key\":[\"0114\",\"2020\"],"
            + "\"values\":[\"" + Secret + "\"]}]}",
        Json);

    [Fact]
    public void Table_schema() => Fuzz(
        "{\"fields\":[{\"name\":\"a\",\"type\":\"integer\",\"constraints\":{\"minimum\":1,\"enum\":[1,2]},"
            + "\"missingValues\":[{\"value\":\"-\",\"label\":\"nil\"}],\"analys\":{\"role\":\"age\"}},{\"name\":\"b\","
            + "\"format\":\"email\",\"categories\":[\"x\"]}],\"primaryKey\":[\"a\"],\"foreignKeys\":[{\"fields\":\"a\","
            + "\"reference\":{\"resource\":\"\",\"fields\":\"b\"}}],\"analys\":{\"marks\":{\"..\":\"nil\"},\"footer\":true}}",
        (bytes, _) =>
        {
            try
            {
                TableSchema.Parse(Encoding.UTF8.GetString(bytes), "f");
                return [];
            }
            catch (SchemaException)
            {
                return [];
            }
        });

    [Fact]
    public void Geojson_and_shapefile()
    {
        Fuzz("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"kod\":1,\"namn\":\"" + Secret
            + "\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}}]}", Json);
        var shape = new byte[100 + 8 + 44 + 4 + 64];
        shape[2] = 0x27;
        shape[3] = 0x0A;
        shape[107] = 56;
        shape[108] = 5;
        shape[144] = 1;
        shape[148] = 4;
        using var file = new TestFile("f.shp", shape);
        Fuzz(shape, Math.Min(Count, 1000), (bytes, _) =>
        {
            File.WriteAllBytes(file.Path, bytes);
            return Refusing(() =>
            {
                GeoFile.Load(file.Path);
                return [];
            });
        });
    }

    [Fact]
    public void Excel()
    {
        using var file = new TestFile("f.xlsx", []);
        Fuzz(ExcelTableTests.Workbook([["a", "b"], ["x", 1.0], ["y", Secret]]), Math.Max(300, Count / 20),
            (bytes, _) =>
        {
            File.WriteAllBytes(file.Path, bytes);
            return Refusing(() => Extract.TryLoad(file.Path).Findings).Select(text => text);
        });
    }

    private static IEnumerable<string> Json(byte[] bytes, Random random)
    {
        try
        {
            using var document = JsonSource.Parse(bytes);
            if (JsonSource.Rows(document.RootElement) is not { } rows) return [];
            // Names of members become columns: only what stands in cells must not be repeated.
            return rows.Table.ToExtract("f.json", "", rows.Schema).Findings.Select(finding => finding.Expected);
        }
        catch (Exception e)
        when (e is System.Text.Json.JsonException or InvalidOperationException { InnerException: DecoderFallbackException })
        {
            return [];
        }
    }

    private static IEnumerable<string> Refusing(Func<IEnumerable<Finding>> read)
    {
        try
        {
            return [.. read().Select(finding => finding.Expected)];
        }
        catch (ExtractRejectedException e)
        {
            return [.. e.Findings.Select(finding => finding.Expected)];
        }
    }

    private static void Fuzz(string text, Func<byte[], Random, IEnumerable<string>> read) =>
        Fuzz(Encoding.UTF8.GetBytes(text), Count, read);

    private static void Fuzz(byte[] original, int count, Func<byte[], Random, IEnumerable<string>> read)
    {
        var property = Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            return !read(Mutation.Of(original, random, "\"\n;,()[]{}:=-.\0\r"), random)
                .Any(message => message.Contains(Secret, StringComparison.Ordinal));
        });
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(4711, 1));
    }
}
