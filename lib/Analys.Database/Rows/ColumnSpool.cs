using System.Buffers.Binary;
using System.Security.Cryptography;
using Analys.Load;
using Analys.Load.Schema;
using Microsoft.Win32.SafeHandles;

namespace Analys.Database.Rows;

/// <summary>
/// The columns that a study needs of a file, packed while the file is read and checked the first time: later passes read these few bytes
/// a row, not the text again.
/// </summary>
/// <remarks>
/// The first megabytes stay in memory. What is more lies in a file without a name, that nobody else can open and that is gone with the
/// process, however it ends; it is encrypted (AES-GCM) with a key that is never written, so that what the disk keeps tells nothing of the
/// rows. Where such a file cannot be written, there is no spool and the source is read anew in every pass.
/// </remarks>
internal sealed class ColumnSpool : IDisposable
{
    private const int MostRows = 8192;
    private const int TagBytes = 16;
    private const int NonceBytes = 12;
    private readonly IReadOnlySet<string> names;
    private readonly long mostInMemory;
    private readonly List<Place> places = [];
    private readonly List<byte[]> kept = [];
    private readonly PackedBytes packed = new();
    private long keptBytes;
    private long written;
    private byte[] buffer = [];
    private SafeFileHandle? file;
    private AesGcm? cipher;
    private (Field Field, IReadOnlyList<string>? Categories)[]? columns;
    private int[] scales = [];

    /// <summary>Prepares to keep some columns.</summary>
    /// <param name="names">Which.</param>
    /// <param name="mostInMemory">Beyond so many bytes a file is written.</param>
    public ColumnSpool(IReadOnlySet<string> names, long mostInMemory = 8 << 20) => (this.names, this.mostInMemory) = (names, mostInMemory);

    /// <summary>Whether all rows were kept, so that they can be read.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Whether no more can be kept: the disk is full, or there is none to write to.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Whether it lies in a file.</summary>
    public bool IsInFile => file is not null;

    /// <summary>Whether it has all of some columns.</summary>
    public bool Has(IReadOnlySet<string> wanted) => IsWhole && wanted.IsSubsetOf(names);

    /// <summary>Keeps some rows.</summary>
    public void Add(IReadOnlyList<Column> rows)
    {
        if (HasFailed) return;
        Column[] own = [.. rows.Where(column => names.Contains(column.Name))];
        var count = rows.Count == 0 ? 0 : rows[0].Count;
        columns ??= [.. own.Select(column => (column.Field, (IReadOnlyList<string>?)null))];
        if (scales.Length == 0) scales = new int[own.Length];
        for (var i = 0; i < own.Length; i++) columns[i].Categories = (own[i] as TextColumn)?.Categories;
        try
        {
            for (var from = 0; from < count; from += MostRows) Keep(own, from, Math.Min(MostRows, count - from));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            HasFailed = true;
            Dispose();
        }
    }

    /// <summary>Says that all rows were kept.</summary>
    public void Complete() => IsWhole = !HasFailed;

    /// <summary>The rows, in their order.</summary>
    public IEnumerable<IReadOnlyList<Column>> Read()
    {
        var sealedBytes = Array.Empty<byte>();
        var plain = Array.Empty<byte>();
        for (var i = 0; i < places.Count; i++)
        {
            var place = places[i];
            if (i < kept.Count)
            {
                yield return Unpack(kept[i], place.Rows);
                continue;
            }

            if (plain.Length < place.Length) (plain, sealedBytes) = (new byte[place.Length * 2], new byte[(place.Length * 2) + TagBytes]);
            Open(i, place, sealedBytes, plain);
            yield return Unpack(plain, place.Rows);
        }
    }

    public void Dispose()
    {
        IsWhole = false;
        kept.Clear();
        places.Clear();
        cipher?.Dispose();
        file?.Dispose();
        (cipher, file) = (null, null);
    }

    private void Keep(Column[] own, int from, int count)
    {
        packed.Clear();
        for (var i = 0; i < own.Length; i++)
        {
            if (own[i] is TextColumn text) packed.AddCodes(text.Codes.Slice(from, count));
            else packed.AddNumbers(((NumberColumn)own[i]).Values.Slice(from, count), ref scales[i]);
            packed.AddMarks(own[i].HasMarks ? own[i].Marks.Slice(from, count) : default);
        }

        var bytes = packed.Bytes;
        if (file is null && keptBytes + bytes.Length <= mostInMemory)
        {
            kept.Add(bytes.ToArray());
            keptBytes += bytes.Length;
        }
        else Write(bytes);

        places.Add(new Place(count, written, bytes.Length));
        if (file is not null) written += bytes.Length + TagBytes;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (file is null) Create();
        if (buffer.Length < bytes.Length + TagBytes) buffer = new byte[(bytes.Length + TagBytes) * 2];
        cipher!.Encrypt(Nonce(places.Count), bytes, buffer.AsSpan(0, bytes.Length), buffer.AsSpan(bytes.Length, TagBytes));
        RandomAccess.Write(file!, buffer.AsSpan(0, bytes.Length + TagBytes), written);
    }

    private void Create()
    {
        if (!AesGcm.IsSupported) throw new IOException("There is no cipher.");
        var path = Path.Combine(Path.GetTempPath(), $"analys-{Guid.NewGuid():N}");
        file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None,
            OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
        // An open file without a name is gone with the process, even when that is killed.
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        cipher = new AesGcm(RandomNumberGenerator.GetBytes(32), TagBytes);
    }

    private void Open(int number, Place place, byte[] sealedBytes, byte[] plain)
    {
        var length = place.Length + TagBytes;
        for (var read = 0; read < length;)
        {
            var more = RandomAccess.Read(file!, sealedBytes.AsSpan(read, length - read), place.Offset + read);
            read += more > 0 ? more : throw new IOException("What was kept of the rows is no longer there.");
        }

        cipher!.Decrypt(Nonce(number), sealedBytes.AsSpan(0, place.Length), sealedBytes.AsSpan(place.Length, TagBytes),
            plain.AsSpan(0, place.Length));
    }

    // The key is used by this spool alone, and each number once.
    private static byte[] Nonce(int number)
    {
        var nonce = new byte[NonceBytes];
        BinaryPrimitives.WriteInt32LittleEndian(nonce, number);
        return nonce;
    }

    private Column[] Unpack(byte[] bytes, int rows)
    {
        var reader = new PackedReader(bytes);
        var result = new Column[columns!.Length];
        for (var i = 0; i < result.Length; i++)
        {
            if (columns[i].Categories is { } categories)
            {
                var codes = reader.Codes(rows);
                result[i] = new TextColumn(columns[i].Field, codes, categories, rows, reader.Marks(rows));
            }
            else
            {
                var values = reader.Numbers(rows);
                result[i] = new NumberColumn(columns[i].Field, values, rows, reader.Marks(rows));
            }
        }

        return result;
    }

    private readonly record struct Place(int Rows, long Offset, int Length);
}
