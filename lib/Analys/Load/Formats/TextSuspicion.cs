using System.Text;
using System.Text.Unicode;
using Analys.Load.Csv;

namespace Analys.Load.Formats;

/// <summary>Whether a text is in another encoding than its bytes seem to say: read as it seems, å, ä and ö become other signs without a
/// word.</summary>
internal static class TextSuspicion
{
    /// <summary>The bytes that are looked at before a text is read.</summary>
    public const int SampleSize = 1 << 18;

    /// <summary>The bytes that are looked at where a text turns out not to be UTF-8.</summary>
    public const int LargestSample = 1 << 26;

    /// <summary>The name that <c>--encoding</c> and a dialect take for a text whose UTF-8 was encoded as UTF-8 once more.</summary>
    public const string Twice = "utf-8-twice";

    // Letters of Swedish and of names that are written in it, by encoding: what stands between letters should be one of them.
    private static readonly (string Name, string Words, byte[] Letters)[] Candidates =
    [
        ("windows-1252", "Windows-1252",
            [0xE5, 0xE4, 0xF6, 0xC5, 0xC4, 0xD6, 0xE9, 0xC9, 0xFC, 0xDC, 0xE8, 0xE0, 0xE1, 0xED, 0xF3, 0xFA, 0xF8, 0xD8, 0xE6, 0xC6, 0xF1,
            0xE7, 0xEB, 0xEF, 0xF4, 0xEA, 0xE2, 0xFD, 0xDF, 0x8A, 0x9A, 0x8E, 0x9E]),
        ("ibm850", "code page 850 (DOS)",
            [0x86, 0x84, 0x94, 0x8F, 0x8E, 0x99, 0x82, 0x90, 0x81, 0x9A, 0x8A, 0x85, 0xA0, 0xA1, 0xA2, 0xA3, 0x9B, 0x9D, 0x91, 0x92, 0xA4,
            0x87, 0x89, 0x8B, 0x93, 0x88]),
        ("macintosh", "Mac Roman",
            [0x8C, 0x8A, 0x9A, 0x81, 0x80, 0x85, 0x8E, 0x83, 0x9F, 0x86, 0x8F, 0x88, 0x87, 0x92, 0x97, 0x9C, 0xBF, 0xAF, 0xBE, 0xAE, 0x96,
            0x8D, 0x91, 0x95, 0x99, 0x90, 0x89]),
    ];

    // The commonest letters weigh more: å, ä and ö alone tell one encoding from another that has rarer letters at their places.
    private const int Common = 6;

    /// <summary>What is suspicious about bytes that a reader is about to take for text, with the way out; null where nothing is.</summary>
    /// <param name="bytes">The text or its first part.</param>
    public static string? Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xEF, 0xBB, 0xBF, ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return bytes[0] == 0xEF && IsTwice(bytes) ? TwiceWords
            : null;
        if (bytes.Contains((byte)0)) return Zeros(bytes);
        if (IsValid(bytes)) return IsTwice(bytes) ? TwiceWords : null;
        Span<int> score = stackalloc int[Candidates.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80 || !IsLetter(bytes, i - 1) && !IsLetter(bytes, i + 1)) continue;
            for (var k = 0; k < score.Length; k++)
            {
                var place = Array.IndexOf(Candidates[k].Letters, bytes[i]);
                score[k] += place < 0 ? -3 : place < Common ? 3 : 1;
            }
        }

        var best = 0;
        for (var k = 1; k < score.Length; k++)
        {
            if (score[k] > score[best]) best = k;
        }

        return best == 0 || score[best] <= 0 ? null
            : $"text in UTF-8 or Windows-1252: this looks like {Candidates[best].Words}; read it with --encoding {Candidates[best].Name}";
    }

    /// <summary>Text whose bytes were taken for Windows-1252 and encoded again, as the bytes that they were.</summary>
    /// <remarks>Programs took the bytes for Latin-1 or for Windows-1252: signs of both are undone, and the five places of Windows-1252 that
    /// are empty.</remarks>
    public static Stream Undone(Stream twice) => new OnceStream(twice);

    private static string TwiceWords => $"text in UTF-8: this was encoded twice (Ã¥ in the place of å); read it with --encoding {Twice}";

    private static bool IsLetter(ReadOnlySpan<byte> bytes, int i) =>
        i >= 0 && i < bytes.Length && (char.IsAsciiLetter((char)bytes[i]) || bytes[i] >= 0x80);

    // A first part may be cut inside a letter.
    private static bool IsValid(ReadOnlySpan<byte> bytes)
    {
        for (var cut = 0; cut < 4 && cut <= bytes.Length; cut++)
        {
            if (Utf8.IsValid(bytes[..^cut])) return true;
        }

        return false;
    }

    private static string? Zeros(ReadOnlySpan<byte> bytes)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != 0) continue;
            if (i % 2 == 0) even++;
            else odd++;
        }

        var half = bytes.Length / 2;
        if (odd > half * 0.6
            && even < half * 0.02) return "text in UTF-8: this looks like UTF-16 without a byte order mark; read it with --encoding utf-16";
        if (even > half * 0.6
            && odd < half * 0.02) return "text in UTF-8: this looks like UTF-16 (big-endian) without a byte order mark; read it with "
                + "--encoding utf-16BE";
        // Single zeros are for the reader of the rows, who names theirs.
        return null;
    }

    // Ã and a sign that no word has behind it: what å, ä, ö and others become. A text with real ones beside them is a text about encodings.
    private static bool IsTwice(ReadOnlySpan<byte> bytes)
    {
        var (twice, real) = (0, 0);
        for (var i = 0; i + 1 < bytes.Length; i++)
        {
            if (bytes[i] != 0xC3) continue;
            if (bytes[i + 1] == 0x83 && i + 2 < bytes.Length && bytes[i + 2] is 0xC2 or 0xE2 or 0xC5 or 0xCB or 0xC6) twice++;
            else if (bytes[i + 1] is 0xA5 or 0xA4 or 0xB6 or 0x85 or 0x84 or 0x96) real++;
        }

        return twice > 0 && real == 0;
    }
}

/// <summary>The bytes that signs of Latin-1 and Windows-1252 once were.</summary>
internal sealed class OnceStream(Stream twice) : ForwardStream
{
    private static readonly Dictionary<char, byte> Bytes = Enumerable.Range(0x80, 0x20)
        .Select(b => (Sign: TextEncoding.Windows1252.GetString([(byte)b])[0], Byte: (byte)b)).Where(pair => pair.Sign > 0xFF)
        .ToDictionary(pair => pair.Sign, pair => pair.Byte);

    private readonly StreamReader text = new(twice, new UTF8Encoding(false, true), detectEncodingFromByteOrderMarks: true, 1 << 16);
    private readonly char[] signs = new char[1 << 16];

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = text.Read(signs.AsSpan(0, Math.Min(signs.Length, buffer.Length)));
        }
        catch (DecoderFallbackException)
        {
            throw new NotUtf8Exception();
        }

        for (var i = 0; i < read; i++)
            buffer[i] = signs[i] <= 0xFF ? (byte)signs[i] : Bytes.TryGetValue(signs[i], out var one) ? one : throw new NotUtf8Exception();
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) text.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>Stands for text that was encoded twice; only its reader can undo that.</summary>
internal sealed class TwiceEncoding : Encoding
{
    private TwiceEncoding()
    {
    }

    /// <summary>The one there is.</summary>
    public static TwiceEncoding Instance { get; } = new();

    /// <inheritdoc/>
    public override int GetByteCount(char[] chars, int index, int count) => UTF8.GetByteCount(chars, index, count);

    /// <inheritdoc/>
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        UTF8.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    /// <inheritdoc/>
    public override int GetCharCount(byte[] bytes, int index, int count) => UTF8.GetCharCount(bytes, index, count);

    /// <inheritdoc/>
    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        UTF8.GetChars(bytes, byteIndex, byteCount, chars, charIndex);

    /// <inheritdoc/>
    public override int GetMaxByteCount(int charCount) => UTF8.GetMaxByteCount(charCount);

    /// <inheritdoc/>
    public override int GetMaxCharCount(int byteCount) => UTF8.GetMaxCharCount(byteCount);
}
