using System.IO.Compression;
using System.Text;
using Analys.Attack.Tests.Play;
using Analys.Load.Geo;
using Analys.Tests;

namespace Analys.Attack.Tests.Fuzz;

/// <summary>Spoiled tables in files that are no text: of statistics programs, workbooks, Parquet, packed ones, shapes.</summary>
internal static class TableFiles
{
    private const string Csv = "Titel\n\n;antal;andel;dag;\nJärva;12;1 234,5;2020-01;\n\"Farsta\";<15;..;1.234;\nBromma;-;X;1,234;\n\n"
        + "Källa: SCB\n";
    private const string Marks = "\"\n;,()[]<>=-.\0\r&";

    // Not made before a test asks for them: one is written by the command.
    private static readonly Lazy<byte[]> Parquet = new(MadeParquet);

    public static IReadOnlyList<FileReader> All { get; } =
    [
        Table("CSV", "f.csv", random => Spoil(Encoding.UTF8.GetBytes(Csv.Replace(';', ";,\t|"[random.Next(4)])), random)),
        Table("SPSS", "f.sav", random => Spoil(File("pspp.sav", "pspp-plain.sav", "haven-byte.sav")(random), random)),
        Table("SPSS, packed", "f.zsav", random => Spoil(File("pspp.zsav", "haven.zsav")(random), random)),
        Table("Stata", "f.dta", random => Spoil(File("pandas-114.dta", "haven-117.dta", "pandas-117-strl.dta", "pandas-118-big-endian.dta",
            "haven-119.dta")(random), random)),
        Table("SAS", "f.sas7bdat", random => Spoil(File("haven.sas7bdat")(random), random)),
        Table("Parquet", "f.parquet", random => Spoil(Parquet.Value, random)),
        Table("OpenDocument", "f.ods", random => Packed(random, ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", Ods))),
        Table("packed in gzip", "f.csv.gz", random => random.Next(2) == 0 ? Spoil(Gzip(Encoding.UTF8.GetBytes(Csv)), random)
            : Gzip(Spoil(Encoding.UTF8.GetBytes(Csv), random))),
        Table("packed in zip", "f.zip", random => Packed(random, ("t.csv", Csv))),
        new("shapefile", "s.shp", "", path => GeoFile.Load(path))
        {
            Make = random => Spoil(ShapeFiles.Squares(), random),
            Beside = [("s.dbf", ShapeFiles.Table("id", "A", "B"))],
        },
        new("table beside a shapefile", "s.dbf", "", path => GeoFile.Load(Path.ChangeExtension(path, ".shp")))
        {
            Make = random => Spoil(ShapeFiles.Table("id", "A", "B"), random),
            Beside = [("s.shp", ShapeFiles.Squares())],
        },
    ];

    private const string Ods = """
        <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
        xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
        <office:body><office:spreadsheet><table:table table:name="Blad1"><table:table-row><table:table-cell office:value-type="string">
        <text:p>omr</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>antal</text:p></table:table-cell>
        </table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>A</text:p>
        </table:table-cell><table:table-cell office:value-type="float" office:value="12.5"><text:p>12,5</text:p></table:table-cell>
        <table:table-cell table:number-columns-repeated="3"/></table:table-row></table:table></office:spreadsheet></office:body>
        </office:document-content>
        """;

    private static FileReader Table(string name, string file, Func<Random, byte[]> make) =>
        new(name, file, "", path => Extract.TryLoad(path)) { Make = make };

    private static byte[] Spoil(byte[] bytes, Random random) => Mutation.Of(bytes, random, Marks, runs: true);

    private static Func<Random, byte[]> File(params string[] names) => random => System.IO.File.ReadAllBytes(Repository.At(
        "tests", "Analys.Tests", "Load", "Formats", "Files", names[random.Next(names.Length)]));

    // One part is spoiled, or the whole as it is packed.
    private static byte[] Packed(Random random, params (string Name, string Text)[] parts)
    {
        var spoiled = random.Next(parts.Length + 1);
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (i, (name, text)) in parts.Index())
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                var bytes = Encoding.UTF8.GetBytes(text);
                entry.Write(i == spoiled ? Spoil(bytes, random) : bytes);
            }
        }

        return spoiled == parts.Length ? Spoil(stream.ToArray(), random) : stream.ToArray();
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest)) gzip.Write(bytes);
        return stream.ToArray();
    }

    private static byte[] MadeParquet()
    {
        var folder = Directory.CreateTempSubdirectory("analys-fuzz").FullName;
        try
        {
            var (from, to) = (Path.Combine(folder, "t.csv"), Path.Combine(folder, "t.parquet"));
            System.IO.File.WriteAllText(from, "omr,antal,andel\nA,1,0.5\nB,2,\nB,3,0.25\n");
            // On a thread of its own: the reader is not asynchronous, and the test's thread would wait for itself.
            var run = Task.Run(() => Command.Run("convert", from, "--out", to)).GetAwaiter().GetResult();
            Assert.True(run.Code == 0, run.Errors);
            return System.IO.File.ReadAllBytes(to);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
