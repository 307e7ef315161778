using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Analys.Disclosure.Ledgers;

/// <summary>A small picture of who is in a source: enough to see that two sources hold the same persons, too little to tell who they
/// are.</summary>
/// <remarks>
/// The smallest <see cref="Size"/> of the 64-bit keyed hashes of the persons (HMAC-SHA-256 under the ledger's key), and how many persons
/// there are: a bottom-k MinHash. Of two sketches the smallest k of the union are a sample of all persons of either, and the share of
/// them that is in both estimates the Jaccard index |A ∩ B| / |A ∪ B|. Order, columns, format and file do not matter. Without a key of
/// persons whole rows over named columns take their place. Source: A. Z. Broder, <i>On the resemblance and containment of documents</i>
/// (1997); E. Cohen, H. Kaplan, <i>Summarizing data using bottom-k sketches</i> (PODC 2007).
/// </remarks>
internal sealed class PersonSketch
{
    /// <summary>k: the Jaccard index is right to about 1/√k, 4 %.</summary>
    public const int Size = 512;

    private readonly ulong[] smallest;   // ascending

    private PersonSketch(ulong[] smallest, long persons) => (this.smallest, Persons) = (smallest, persons);

    /// <summary>How many different persons there are: exact up to <see cref="Size"/>, estimated above.</summary>
    public long Persons { get; }

    /// <summary>Draws the sketch of a source.</summary>
    /// <param name="keys">The keys of its persons; one that comes again is the same person.</param>
    /// <param name="secret">The ledger's key.</param>
    public static PersonSketch Of(IEnumerable<string> keys, ReadOnlySpan<byte> secret)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var key = secret.ToArray();
        var kept = new SortedSet<ulong>();
        var isAll = true;
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var person in keys)
        {
            HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(Plain(person)), hash);
            var value = BinaryPrimitives.ReadUInt64BigEndian(hash);
            var isBeyond = kept.Count == Size && value > kept.Max;
            if (!isBeyond && (!kept.Add(value) || kept.Count <= Size)) continue;
            if (!isBeyond) kept.Remove(kept.Max);
            isAll = false;
        }

        // Of n random points in (0, 1) the k-th lies at about k/n; there is at least one more than are kept.
        var persons = isAll ? kept.Count : Math.Max(Size + 1, (long)Math.Round((Size - 1) / (kept.Max * Math.ScaleB(1, -64))));
        return new PersonSketch([.. kept], persons);
    }

    /// <summary>What two sources have in common.</summary>
    /// <returns>The Jaccard index, and the share of the smaller source that is in the larger.</returns>
    public (double Jaccard, double Containment) Overlap(PersonSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (smallest.Length == 0 || other.smallest.Length == 0) return (0, 0);
        // Up to the smaller of the two last values both sketches are complete.
        var end = Math.Min(IsWhole ? ulong.MaxValue : smallest[^1], other.IsWhole ? ulong.MaxValue : other.smallest[^1]);
        int mine = 0, theirs = 0, both = 0;
        for (int i = 0, j = 0; i < smallest.Length || j < other.smallest.Length;)
        {
            var (a, b) = (i < smallest.Length ? smallest[i] : ulong.MaxValue, j < other.smallest.Length ? other.smallest[j]
                : ulong.MaxValue);
            if (Math.Min(a, b) > end) break;
            if (a == b) both++;
            if (a <= b && i++ < smallest.Length) mine++;
            if (b <= a && j++ < other.smallest.Length) theirs++;
        }

        var all = mine + theirs - both;
        var fewer = Persons <= other.Persons ? mine : theirs;
        return (all == 0 ? 0 : (double)both / all, fewer == 0 ? 0 : (double)both / fewer);
    }

    /// <summary>The sketch as text for a line of the ledger.</summary>
    public override string ToString()
    {
        var bytes = new byte[smallest.Length * 8];
        for (var i = 0; i < smallest.Length; i++) BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(i * 8), smallest[i]);
        return $"{Persons.ToString(CultureInfo.InvariantCulture)}:{Convert.ToBase64String(bytes)}";
    }

    /// <summary>Reads a sketch.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static PersonSketch Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || !long.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture,
            out var persons)) throw new FormatException("A sketch is a number, a colon and hashes.");
        var bytes = Convert.FromBase64String(text[(colon + 1)..]);
        if (bytes.Length % 8 != 0 || bytes.Length > Size * 8
            || persons < bytes.Length / 8) throw new FormatException("A sketch has whole hashes, no more than are kept.");
        var values = new ulong[bytes.Length / 8];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(i * 8));
            if (i > 0 && values[i] <= values[i - 1]) throw new FormatException("The hashes of a sketch ascend.");
        }

        return new PersonSketch(values, persons);
    }

    private bool IsWhole => smallest.Length < Size;

    // 17, 17.0 and " 17" are one key: a spreadsheet in between does not make another person.
    private static string Plain(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length is > 0 and < 18 && decimal.TryParse(trimmed,
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? (number / 1.000000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
            : trimmed;
    }
}
