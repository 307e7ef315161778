using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Analys.Load;
using Analys.Load.Geo;
using Analys.Tests;

namespace Analys.Benchmarks;

/// <summary>
/// Mutated workbooks and shapefiles by the hundred thousand: a reader reads or refuses, and does either within bounds of time and memory.
/// Longer than a test may be: <c>dotnet run --project tests/Analys.Benchmarks -- fuzz 100000</c>.
/// </summary>
internal static class ReaderFuzz
{
    private const long SlowMilliseconds = 2000;
    private const long LargeBytes = 1L << 30;

    public static int Run(TextWriter output, int count)
    {
        var folder = Directory.CreateTempSubdirectory("analys-fuzz-").FullName;
        try
        {
            var wrong = Run(output, "xlsx, packed bytes", count / 2, random => Write(folder, "f.xlsx", Spoiled(Workbook(Parts()), random)),
                path => Extract.TryLoad(path));
            wrong += Run(output, "xlsx, parts", count / 2, random => Write(folder, "f.xlsx", Workbook(MutateOne(Parts(), random))),
                path => Extract.TryLoad(path));
            wrong += Run(output, "csv without schema", count, random => Write(folder, "f.csv", Spoiled(Text(random), random)),
                path => Extract.TryLoad(path));
            return wrong + Run(output, "shapefile with dbf", count, random => Shape(folder, random), path => GeoFile.Load(path));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Run(TextWriter output, string name, int count, Func<Random, string> make, Func<string, object> read)
    {
        int readable = 0, refused = 0, wrong = 0;
        long slowest = 0, largest = 0;
        var watch = Stopwatch.StartNew();
        for (var seed = 0; seed < count; seed++)
        {
            var path = make(new Random(seed));
            var (start, bytes) = (watch.ElapsedMilliseconds, GC.GetTotalAllocatedBytes());
            try
            {
                if (read(path) is ValueTuple<Extract?, IReadOnlyList<Finding>> { Item1: null }) refused++;
                else readable++;
            }
            catch (ExtractRejectedException)
            {
                refused++;
            }
#pragma warning disable CA1031 // Whatever else is thrown is what is looked for.
            catch (Exception e)
#pragma warning restore CA1031
            {
                wrong++;
                output.WriteLine(
                    $"{name}, seed {seed}: {e.GetType().Name} "
                        + $"{e.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Analys.Load", StringComparison.Ordinal))?.Trim()}");
            }

            var (took, used) = (watch.ElapsedMilliseconds - start, GC.GetTotalAllocatedBytes() - bytes);
            if (took > SlowMilliseconds || used > LargeBytes) output.WriteLine($"{name}, seed {seed}: {took} ms, {used >> 20} MB");
            if (took > SlowMilliseconds || used > LargeBytes) wrong++;
            (slowest, largest) = (Math.Max(slowest, took), Math.Max(largest, used));
        }

        output.WriteLine(
            $"{name}: {count} inputs, {readable} read, {refused} refused, {wrong} wrong; slowest {slowest} ms, largest {largest >> 20} "
                + $"MB, {watch.Elapsed.TotalSeconds:F0} s");
        return wrong;
    }

    private static Dictionary<string, string> Parts() => new()
    {
        ["[Content_Types].xml"] =
        """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>""",
        ["_rels/.rels"] =
        """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
        ["xl/_rels/workbook.xml.rels"] =
        """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>""",
        ["xl/workbook.xml"] =
        """<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="0"/><sheets><sheet name="Blad1" sheetId="1" r:id="rId1"/></sheets></workbook>""",
        ["xl/styles.xml"] =
        """<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>""",
        ["xl/sharedStrings.xml"] =
        """<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="4" uniqueCount="4"><si><t>Titel</t></si><si><t>stadsdel</t></si><si><r><t>an</t></r><r><t>tal</t></r></si><si><t>dag</t></si></sst>""",
        ["xl/worksheets/sheet1.xml"] =
        """<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:C5"/><cols><col min="1" max="3" width="12"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="s"><v>2</v></c><c r="C2" t="s"><v>3</v></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>Bromma</t></is></c><c r="B3"><v>12.5</v></c><c r="C3" s="1"><v>43831</v></c></row><row r="4"><c r="A4" t="str"><v>Farsta</v></c><c r="B4"><v>-3E5</v></c><c r="C4" t="e"><v>#N/A</v></c></row><row r="5"><c r="A5"><v>7</v></c><c r="B5" t="b"><v>1</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells></worksheet>""",
    };

    private static Dictionary<string, string> MutateOne(Dictionary<string, string> parts, Random random)
    {
        var part = parts.Keys.ElementAt(random.Next(parts.Count));
        parts[part] = Encoding.Latin1.GetString(Spoiled(Encoding.UTF8.GetBytes(parts[part]), random));
        if (random.Next(20) == 0) parts.Remove(parts.Keys.ElementAt(random.Next(parts.Count)));
        return parts;
    }

    private static byte[] Workbook(Dictionary<string, string> parts)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    private static byte[] Text(Random random)
    {
        var separator = ";,\t|"[random.Next(4)];
        const string Table =
            "Titel\n\n;antal;andel;dag;\nJärva;12;1 234,5;2020-01;\n\"Farsta\";<15;..;1.234;\n;;;;\nBromma;-;X;1,234;\n\nKälla: SCB; "
                + "tabell\n";
        return Encoding.UTF8.GetBytes(Table.Replace(';', separator));
    }

    private static string Shape(string folder, Random random)
    {
        // Two records, a polygon of a closed ring and a point, and a table of two columns.
        var shape = new byte[100 + 8 + 44 + 4 + 64 + 8 + 20];
        BinaryPrimitives.WriteInt32BigEndian(shape, 9994);
        BinaryPrimitives.WriteInt32BigEndian(shape.AsSpan(104), (44 + 4 + 64) / 2);
        shape[108] = 5;
        shape[144] = 1;
        shape[148] = 4;
        for (var i = 0; i < 8; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(shape.AsSpan(156 + (8 * i)),
                152_000 + (((i / 2) & 3) is 1 or 2 && i % 2 == 0 ? 100 : 0) + (i is 5 ? 100 : 0));
        BinaryPrimitives.WriteInt32BigEndian(shape.AsSpan(100 + 8 + 112 + 4), 10);
        shape[100 + 8 + 112 + 8] = 1;
        var table = new byte[32 + 64 + 1 + 42];
        table[0] = 3;
        BinaryPrimitives.WriteInt32LittleEndian(table.AsSpan(4), 2);
        BinaryPrimitives.WriteInt16LittleEndian(table.AsSpan(8), 97);
        BinaryPrimitives.WriteInt16LittleEndian(table.AsSpan(10), 21);
        "KOD"u8.CopyTo(table.AsSpan(32));
        (table[43], table[48]) = ((byte)'C', 10);
        "ANTAL"u8.CopyTo(table.AsSpan(64));
        (table[75], table[80]) = ((byte)'N', 10);
        table[96] = 0x0D;
        table.AsSpan(97).Fill((byte)' ');
        Write(folder, "f.dbf", random.Next(2) == 0 ? Spoiled(table, random) : table);
        return Write(folder, "f.shp", random.Next(3) > 0 ? Spoiled(shape, random) : shape);
    }

    private static string Write(string folder, string name, byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static byte[] Spoiled(byte[] original, Random random) => Mutation.Of(original, random, "\"\n;,()[]<>=-.\0\r&", runs: true);
}
