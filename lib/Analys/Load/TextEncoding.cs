using System.Text;

namespace Analys.Load;

/// <summary>Which encoding a text file is in, decided by its bytes: byte order mark, valid UTF-8, else Windows-1252.</summary>
/// <remarks>What files say of themselves (CHARSET="ANSI") is wrong too often to be believed.</remarks>
internal static class TextEncoding
{
    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Windows-1252, a superset of what Latin-1 files use.</summary>
    public static Encoding Windows1252 => Encoding.GetEncoding(1252);

    /// <summary>The encoding that a schema names.</summary>
    public static Encoding ByName(string name) => Encoding.GetEncoding(name);

    /// <summary>The encoding that a byte order mark tells; null where there is none.</summary>
    public static Encoding? FromMark(ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };
}
