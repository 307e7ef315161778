using System.Text;
using System.Text.Unicode;
using Analys.Load.Csv;
using Analys.Load.Cubes;
using Analys.Load.Formats;
using Analys.Load.Formats.Records;
using Analys.Load.Formats.Sheets;
using Analys.Load.Schema;
using Analys.Load.Screening;

namespace Analys.Load;

/// <summary>Reads a file of any supported kind: by its extension, and by its content where extensions do not tell.</summary>
internal static class SourceReader
{
    /// <summary>A file that is read whole into memory may not be larger than this.</summary>
    public const long MaxWhole = 512L << 20;

    public static (Extract? Extract, IReadOnlyList<Finding> Findings) Read(string path, TableSchema? schema, ReadOptions? options = null)
    {
        options ??= ReadOptions.None;
        if (IdentifierScreening.IsInText(Path.GetFileNameWithoutExtension(path)))
            return (null, [IdentifierScreening.OfText(null, "a file name")]);
        try
        {
            if (Piped(path, schema, options) is { } piped) return piped;
            var kind = KindOf(path);
            if (options.Sheet is not null
                && kind.Reading != Reading.Workbook) throw new SheetNotFoundException("Only a workbook has sheets.");
            switch (kind.Reading)
            {
                case Reading.Other:
                    return (null, [At(path, $"a table: this is {kind.What}; {kind.WayOut}", "format-error")]);
                case Reading.Px:
                    return CubeExtract.Make(PxTable.Load(path), path, schema);
                case Reading.Json:
                    return JsonSource.Read(path, schema, options.Table);
                case Reading.JsonLines:
                    return JsonLines.Load(path).ToExtract(path, RowTable.Hash(Bytes(path)), schema);
                case Reading.Workbook:
                    return WorkbookTable.Load(path, options.Choice(schema)).ToExtract(path, Hash(path), schema);
                case Reading.Records:
                    return RecordSource.Read(path, schema);
                case Reading.Zip or Reading.Gzip:
                    return Unpacked(path, schema, options);
                default:
                    return Text(path, options.WithEncoding(schema), options);
            }
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

    /// <summary>What a file is, by its first bytes and its name.</summary>
    public static FileKind KindOf(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        var start = new byte[FileKind.Sample];
        return FileKind.Of(start.AsSpan(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)), path);
    }

    /// <summary>The SHA-256 of a file.</summary>
    public static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream));
    }

    /// <summary>The bytes of a file that is read whole.</summary>
    public static byte[] Bytes(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MaxWhole })
            throw Rejected(path, "a file of less than 512 MB: this kind is read whole");
        return File.ReadAllBytes(path);
    }

    /// <summary>A file that is not there or cannot be opened, which is no fault of data.</summary>
    public static Finding Unopened(string path, Exception e) =>
        At(path, e is FileNotFoundException or DirectoryNotFoundException ? "a file that exists"
            : "a file that can be read", FindingCodes.File);

    public static Finding At(string path, string expected, string code = FindingCodes.Source) =>
        new(code, Path.GetFileName(path), null, null, null, expected);

    public static ExtractRejectedException Rejected(string path, string expected, string code = FindingCodes.Source) =>
        new(Path.GetFileName(path), [At(path, expected, code)]);

    private static (Extract? Extract, IReadOnlyList<Finding> Findings) Text(string path, TableSchema? schema, ReadOptions options)
    {
        var read = CsvFile.Read(path, schema, options: options);
        if (read.Findings.Count > 0) return (null, read.Findings);
        return Extract.Create(read.Schema, read.Columns,
            new SourceFile(Path.GetFileName(path), read.Sha256, read.Rows, schema is null
                ? null : read.Schema.Name, DataPackage.FindOrigin(path)), read.Notices, read.Map);
    }

    // A pipe can be read once and not from its middle: what comes out of it is put down first.
    private static (Extract? Extract, IReadOnlyList<Finding> Findings)? Piped(string path, TableSchema? schema, ReadOptions options)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        if (stream.CanSeek) return null;
        using var put = Packed.Put(stream, path);
        var (extract, findings) = Read(put.Path, schema, options);
        var file = Path.GetFileName(path);
        return (extract?.From(file, Hash(put.Path), null), [.. findings.Select(finding => finding with { File = file })]);
    }

    // The file inside is read as if it stood there; its hash is the packed file's, which is what was sent.
    private static (Extract? Extract, IReadOnlyList<Finding> Findings) Unpacked(string path, TableSchema? schema, ReadOptions options)
    {
        using var packed = Packed.Open(path);
        if (KindOf(packed.Path).Reading is Reading.Zip or Reading.Gzip)
            return (null, [At(path, "one file packed once: this one is packed again inside; unpack it first", "compression-error")]);
        var (extract, findings) = Read(packed.Path, schema ?? SchemaFinder.Find(packed.Path), options);
        var file = Path.GetFileName(path);
        return (extract?.From(file, Hash(path), DataPackage.FindOrigin(path)),
            [.. findings.Select(finding => finding with { File = file })]);
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

/// <summary>Which schema belongs to a file that was given without one.</summary>
internal static class SchemaFinder
{
    /// <summary>The file <c>NAME.schema.json</c> beside it, the schema of the data package beside it, or a shipped one of its name; null
    /// for none.</summary>
    public static TableSchema? Find(string path)
    {
        var stem = Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetFileNameWithoutExtension(path));
        // The schema of data.csv.gz is that of data.csv.
        if (Path.GetExtension(path).Equals(".gz", StringComparison.OrdinalIgnoreCase)) return Find(stem) ?? DataPackage.FindSchema(path);
        if (File.Exists(stem + ".schema.json")) return TableSchema.Load(stem + ".schema.json");
        return DataPackage.FindSchema(path) ?? TableSchema.TryLoadShipped(Path.GetFileNameWithoutExtension(path));
    }
}

/// <summary>Which encoding a text file is in, decided by its bytes: byte order mark, valid UTF-8, else Windows-1252.</summary>
/// <remarks>What files say of themselves (CHARSET="ANSI") is wrong too often to be believed.</remarks>
internal static class TextEncoding
{
    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Windows-1252, a superset of what Latin-1 files use.</summary>
    public static Encoding Windows1252 => Encoding.GetEncoding(1252);

    /// <summary>The encoding that a schema names; null where it is not known.</summary>
    public static Encoding? TryByName(string name)
    {
        // Text whose bytes were taken for Windows-1252 and encoded once more is undone by its reader.
        if (name.Equals(TextSuspicion.Twice, StringComparison.OrdinalIgnoreCase)) return TwiceEncoding.Instance;
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The encoding that a byte order mark tells; null where there is none.</summary>
    public static Encoding? FromMark(ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    /// <summary>Whether all bytes of a stream are UTF-8.</summary>
    public static bool IsUtf8(Stream stream)
    {
        var buffer = new byte[1 << 18];
        var kept = 0;
        while (true)
        {
            var read = stream.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false);
            var bytes = buffer.AsSpan(0, kept + read);
            if (read == 0) return Utf8.IsValid(bytes);
            // A letter may be cut at the end: it waits for its rest.
            var whole = bytes.Length;
            while (whole > bytes.Length - 4 && whole > 0 && (bytes[whole - 1] & 0xC0) == 0x80) whole--;
            if (whole > 0 && bytes[whole - 1] >= 0xC0) whole--;
            if (bytes.Length - whole > 4 || !Utf8.IsValid(bytes[..whole])) return false;
            bytes[whole..].CopyTo(buffer);
            kept = bytes.Length - whole;
        }
    }

    /// <summary>Text from bytes, the encoding decided by them alone.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var encoding = FromMark(bytes) ?? (Utf8.IsValid(bytes) ? Encoding.UTF8 : Windows1252);
        return encoding.GetString(bytes).TrimStart('\uFEFF');
    }
}
