using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Analys.Load.Sources;

namespace Analys.Load.Geo;

/// <summary>The rows of a dBASE file beside a shapefile, as text. The encoding is decided by the bytes.</summary>
internal static class DbfTable
{
    /// <summary>Reads a file; null where there is none.</summary>
    /// <exception cref="ExtractRejectedException">It is not one.</exception>
    public static IReadOnlyList<ImmutableDictionary<string, string>>? Load(string path)
    {
        if (!File.Exists(path)) return null;
        var bytes = SourceReader.Bytes(path);
        try
        {
            return Read(bytes);
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException)
        {
            throw SourceReader.Rejected(path, "a dBASE table", "format-error");
        }
    }

    private static List<ImmutableDictionary<string, string>> Read(byte[] bytes)
    {
        int rows = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4)), start = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8)), width = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(10));
        var columns = new List<(string Name, char Type, int Length)>();
        for (var at = 32; at < start - 1 && bytes[at] != 13; at += 32)
        {
            columns.Add((Decode(bytes.AsSpan(at, 11)), (char)bytes[at + 11], bytes[at + 16]));
        }

        if (width == 0 || rows < 0 || start + ((long)rows * width) > bytes.Length + 1) throw new ArgumentException("The table is cut off.");
        var table = new List<ImmutableDictionary<string, string>>(rows);
        for (var row = 0; row < rows; row++)
        {
            var at = start + (row * width) + 1;
            var cells = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            foreach (var (name, type, length) in columns)
            {
                var text = Decode(bytes.AsSpan(at, length));
                if (text.Length > 0) cells[name] = type is 'N' or 'F' ? Number(text) : text;
                at += length;
            }

            table.Add(cells.ToImmutable());
        }

        return table;
    }

    // Each text by its own bytes: padding and numbers between them may be anything.
    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf((byte)0) is var end && end >= 0) bytes = bytes[..end];
        return (Utf8.IsValid(bytes) ? Encoding.UTF8 : TextEncoding.Windows1252).GetString(bytes).Trim().Normalize(NormalizationForm.FormC);
    }

    // 114.000 and 114 are one code.
    private static string Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && NumberText.IsWhole(value) ? ((long)value).ToString(CultureInfo.InvariantCulture) : text;
}
