using System.Buffers.Binary;
using System.Text;

namespace Analys.Attack.Tests.Fuzz;

/// <summary>A shapefile of two squares and its table, byte for byte by the published description, so that a spoiled one is nearly
/// right.</summary>
internal static class ShapeFiles
{
    private const int Header = 100;
    private const int Polygon = 44 + 4 + (5 * 16);

    /// <summary>Two squares beside each other, in SWEREF 99 TM.</summary>
    public static byte[] Squares()
    {
        var bytes = new byte[Header + (2 * (8 + Polygon))];
        BinaryPrimitives.WriteInt32BigEndian(bytes, 9994);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(24), bytes.Length / 2);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), 1000);
        bytes[32] = 5;
        for (var i = 0; i < 2; i++) Square(bytes.AsSpan(Header + (i * (8 + Polygon))), i + 1, 670_000 + (1_000 * i));
        return bytes;
    }

    /// <summary>A table with one column of text.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="values">A record each.</param>
    public static byte[] Table(string column, params string[] values)
    {
        const int Width = 10, Fields = 32 + 32 + 1;
        var bytes = new byte[Fields + (values.Length * (1 + Width)) + 1];
        bytes[0] = 3;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), values.Length);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(8), Fields);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(10), 1 + Width);
        Encoding.ASCII.GetBytes(column, bytes.AsSpan(32));
        (bytes[43], bytes[48], bytes[Fields - 1]) = ((byte)'C', Width, 0x0D);
        bytes.AsSpan(Fields).Fill((byte)' ');
        for (var i = 0; i < values.Length; i++) Encoding.ASCII.GetBytes(values[i], bytes.AsSpan(Fields + (i * (1 + Width)) + 1));
        bytes[^1] = 0x1A;
        return bytes;
    }

    private static void Square(Span<byte> record, int number, double west)
    {
        const double South = 6_580_000, Side = 900;
        BinaryPrimitives.WriteInt32BigEndian(record, number);
        BinaryPrimitives.WriteInt32BigEndian(record[4..], Polygon / 2);
        record = record[8..];
        (record[0], record[36], record[40]) = (5, 1, 5);
        Write(record[4..], west, South, west + Side, South + Side);
        // Outer rings run clockwise.
        Write(record[48..], west, South, west, South + Side, west + Side, South + Side, west + Side, South, west, South);
    }

    private static void Write(Span<byte> at, params ReadOnlySpan<double> numbers)
    {
        for (var i = 0; i < numbers.Length; i++) BinaryPrimitives.WriteDoubleLittleEndian(at[(8 * i)..], numbers[i]);
    }
}
