using System.Text;
using System.Text.Unicode;

namespace Analys.Load;

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
