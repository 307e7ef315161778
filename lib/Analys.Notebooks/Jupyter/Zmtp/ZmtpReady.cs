using System.Buffers.Binary;
using System.Text;

namespace Analys.Notebooks.Jupyter.Zmtp;

/// <summary>The READY command: what kind of socket each end has, and perhaps its name.</summary>
internal static class ZmtpReady
{
    public static byte[] Write(string socketType, byte[]? identity)
    {
        var command = new MemoryStream();
        Short(command, "READY");
        Property(command, "Socket-Type", Encoding.ASCII.GetBytes(socketType));
        if (identity is not null) Property(command, "Identity", identity);
        return command.ToArray();
    }

    /// <summary>The peer's name; Latin-1, so that every byte survives.</summary>
    public static string Identity(ReadOnlySpan<byte> command)
    {
        var rest = command[(1 + command[0])..];
        while (rest.Length > 0)
        {
            var name = Encoding.ASCII.GetString(rest.Slice(1, rest[0]));
            rest = rest[(1 + rest[0])..];
            var length = BinaryPrimitives.ReadInt32BigEndian(rest);
            if (name.Equals("Identity", StringComparison.OrdinalIgnoreCase)) return Encoding.Latin1.GetString(rest.Slice(4, length));
            rest = rest[(4 + length)..];
        }
        return "";
    }

    private static void Property(MemoryStream command, string name, byte[] value)
    {
        Short(command, name);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        command.Write(length);
        command.Write(value);
    }

    private static void Short(MemoryStream command, string text)
    {
        command.WriteByte((byte)text.Length);
        command.Write(Encoding.ASCII.GetBytes(text));
    }
}
