using System.IO.Compression;
using Analys.Domain;
using Analys.Load.Csv;

namespace Analys.Load.Sources;

/// <summary>Reads a file of any supported kind: by its extension, and by its content where extensions do not tell.</summary>
internal static class SourceReader
{
    /// <summary>A file that is read whole into memory may not be larger than this.</summary>
    public const long MaxWhole = 512L << 20;

    public static (Extract? Extract, IReadOnlyList<Finding> Findings) Read(string path, TableSchema? schema, string? sheet = null)
    {
        if (sheet is not null && !IsWorkbook(path)) throw new SheetNotFoundException("Only a workbook has sheets.");
        try
        {
            return Path.GetExtension(path).ToUpperInvariant() switch
            {
                ".PX" => Cubes.CubeExtract.Make(Px.PxTable.Load(path), path, schema),
                ".JSON" => JsonSource.Read(path, schema),
                ".XLSX" or ".XLS" or ".XLSB" => Excel.ExcelTable.Load(path, sheet).ToExtract(path, RowTable.Hash(Bytes(path)), schema),
                ".ZIP" => Unzipped(path, schema),
                _ => Text(path, schema),
            };
        }
        catch (ExtractRejectedException e)
        {
            return (null, e.Findings);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, [Unopened(path, e)]);
        }
    }

    private static bool IsWorkbook(string path) => Path.GetExtension(path).ToUpperInvariant() is ".XLSX" or ".XLS" or ".XLSB";

    /// <summary>The bytes of a file that is read whole.</summary>
    public static byte[] Bytes(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MaxWhole }) throw Rejected(path, "a file of less than 512 MB: this kind is read whole");
        return File.ReadAllBytes(path);
    }

    /// <summary>A file that is not there or cannot be opened, which is no fault of data.</summary>
    public static Finding Unopened(string path, Exception e) =>
        At(path, e is FileNotFoundException or DirectoryNotFoundException ? "a file that exists" : "a file that can be read", FindingCodes.File);

    public static Finding At(string path, string expected, string code = FindingCodes.Source) => new(code, Path.GetFileName(path), null, null, null, expected);

    public static ExtractRejectedException Rejected(string path, string expected, string code = FindingCodes.Source) => new(Path.GetFileName(path), [At(path, expected, code)]);

    private static (Extract? Extract, IReadOnlyList<Finding> Findings) Text(string path, TableSchema? schema)
    {
        var read = CsvFile.Read(path, schema);
        if (read.Findings.Count > 0) return (null, read.Findings);
        return Extract.Create(read.Schema, read.Columns, new SourceFile(Path.GetFileName(path), read.Sha256, read.Rows, schema is null ? null : read.Schema.Name, DataPackage.FindOrigin(path)), read.Notices, read.Map);
    }

    // A packed CSV file: one entry, no larger than is read whole.
    private static (Extract? Extract, IReadOnlyList<Finding> Findings) Unzipped(string path, TableSchema? schema)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            if (zip.Entries is not [var entry] || entry.Length > MaxWhole) return (null, [At(path, "an archive of one table of less than 512 MB", "compression-error")]);
            using var stream = new MemoryStream();
            using (var packed = entry.Open()) Limited.Copy(packed, stream, MaxWhole);
            stream.Position = 0;
            var encoding = TextEncoding.FromMark(stream.GetBuffer().AsSpan(0, (int)Math.Min(4, stream.Length)))
                ?? (TextEncoding.IsUtf8(new MemoryStream(stream.GetBuffer(), 0, (int)stream.Length)) ? System.Text.Encoding.UTF8 : TextEncoding.Windows1252);
            var bytes = stream.ToArray();
            var read = CsvFile.Read(() => new CsvSource(new MemoryStream(bytes), encoding), Path.GetFileName(path), schema, Environment.ProcessorCount);
            if (read.Findings.Count > 0) return (null, read.Findings);
            return Extract.Create(read.Schema, read.Columns, new SourceFile(Path.GetFileName(path), RowTable.Hash(File.ReadAllBytes(path)), read.Rows, schema?.Name, DataPackage.FindOrigin(path)), read.Notices, read.Map);
        }
        catch (InvalidDataException)
        {
            return (null, [At(path, "a zip archive", "compression-error")]);
        }
    }
}

/// <summary>Copies what a packed stream holds, and stops where it holds more than it may.</summary>
internal static class Limited
{
    public static void Copy(Stream from, Stream to, long limit)
    {
        var buffer = new byte[81920];
        long copied = 0;
        int read;
        while ((read = from.Read(buffer)) > 0)
        {
            if ((copied += read) > limit) throw new InvalidDataException("an archive that is no larger unpacked than it may be");
            to.Write(buffer, 0, read);
        }
    }
}
