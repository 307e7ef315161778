using System.IO.Compression;

namespace Analys.Load.Formats;

/// <summary>A file that packs one other (<c>.gz</c>, <c>.zip</c>): unpacked beside the reading, and gone after it.</summary>
internal sealed class Packed : IDisposable
{
    // Of a name only its end counts.
    private const int LongestName = 80;

    // Nothing that unpacks to more is unpacked.
    private const long Limit = 64L << 30;

    private readonly string folder;

    private Packed(string folder, string path)
    {
        this.folder = folder;
        Path = path;
    }

    /// <summary>The unpacked file.</summary>
    public string Path { get; }

    /// <summary>Puts down what a pipe holds.</summary>
    public static Packed Put(Stream stream, string path)
    {
        var folder = Directory.CreateTempSubdirectory("analys-").FullName;
        try
        {
            var to = System.IO.Path.Combine(folder, System.IO.Path.GetFileName(path) is { Length: > 0 } name ? name : "data");
            Write(stream, to, Limit);
            return new Packed(folder, to);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Unpacks a file.</summary>
    /// <param name="path">The packed file.</param>
    /// <exception cref="ExtractRejectedException">It is not whole, holds none or several files, or unpacks without end.</exception>
    public static Packed Open(string path)
    {
        var folder = Directory.CreateTempSubdirectory("analys-").FullName;
        try
        {
            using var file = File.OpenRead(path);
            return new Packed(folder, file.ReadByte() == 0x1F ? Gunzip(file, path, folder) : Unzip(file, path, folder));
        }
        catch (Exception e)
        {
            Directory.Delete(folder, recursive: true);
            if (e is InvalidDataException or EndOfStreamException) throw SourceReader.Rejected(path,
                "a packed file that is whole and unpacks to no more than it may", "compression-error");
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Gunzip(FileStream file, string path, string folder)
    {
        file.Position = 0;
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        var to = System.IO.Path.Combine(folder, name.Length == 0 ? "data" : name);
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        Write(unpacked, to, Most(file));
        return to;
    }

    private static string Unzip(FileStream file, string path, string folder)
    {
        file.Position = 0;
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        // What a Mac adds, and folders, are no data.
        var entries =
            zip.Entries.Where(entry => !entry.FullName.EndsWith('/') && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)
            && !entry.Name.StartsWith("._", StringComparison.Ordinal)).ToList();
        if (entries is not [var only]) throw SourceReader.Rejected(path,
            $"an archive of one file: this one has {entries.Count}; unpack it and choose", "compression-error");
        // Only the last part of the name: an entry must not reach outside the folder.
        var to = System.IO.Path.Combine(folder, Named(System.IO.Path.GetFileName(only.Name)));
        using var unpacked = only.Open();
        Write(unpacked, to, Most(file));
        return to;
    }

    // A name of a spoiled archive may be none for a file; what is read goes by its end.
    private static string Named(string name)
    {
        var bad = System.IO.Path.GetInvalidFileNameChars();
        var kept = string.Concat(name.Where(c => !bad.Contains(c) && !char.IsControl(c) && !char.IsSurrogate(c)));
        return kept.Length == 0 ? "data" : kept.Length > LongestName ? kept[^LongestName..] : kept;
    }

    // Tables pack to a tenth or a hundredth: what unpacks to much more was made to fill a disk.
    private static long Most(FileStream file) => Math.Min(Limit, Math.Max(1L << 30, 200 * file.Length));

    private static void Write(Stream unpacked, string to, long limit)
    {
        using var written = File.Create(to);
        Limited.Copy(unpacked, written, limit);
    }
}
