namespace Analys.Load.Formats.Records.Sas;

/// <summary>SAS's two ways to pack a row: runs of bytes (<c>COMPRESS=CHAR</c>) and Ross's data compression
/// (<c>COMPRESS=BINARY</c>).</summary>
/// <remarks>Ross: E. Ross, <i>A Simple Data-Compression Technique</i>, The C Users Journal, October 1992.</remarks>
internal static class SasCompression
{
    /// <summary>Runs of bytes.</summary>
    public const string RunLength = "SASYZCRL";

    /// <summary>Ross's data compression.</summary>
    public const string Ross = "SASYZCR2";

    /// <summary>Unpacks a row; one that would not have become shorter is kept as it is.</summary>
    public static void Unpack(ReadOnlySpan<byte> packed, Span<byte> row, string compression)
    {
        if (packed.Length >= row.Length)
        {
            packed[..row.Length].CopyTo(row);
            return;
        }

        try
        {
            var filled = compression == Ross ? UnpackRoss(packed, row) : UnpackRuns(packed, row);
            if (filled != row.Length) throw new DamagedFileException("a packed row of it is too short");
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentOutOfRangeException or ArgumentException)
        {
            throw new DamagedFileException("a packed row of it cannot be unpacked");
        }
    }

    private static int UnpackRuns(ReadOnlySpan<byte> packed, Span<byte> row)
    {
        var (from, to) = (0, 0);
        while (from < packed.Length)
        {
            var low = packed[from] & 0x0F;
            var command = packed[from++] >> 4;
            // Long runs have their length in a second byte too.
            var length = command switch
            {
                0x0 => 64 + (low * 256) + packed[from++],
                0x1 => 64 + 4096 + (low * 256) + packed[from++],
                0x2 => 96 + low,
                0x4 => 18 + (low * 256) + packed[from++],
                0x5 or 0x6 or 0x7 => 17 + (low * 256) + packed[from++],
                0x8 => 1 + low,
                0x9 => 17 + low,
                0xA => 33 + low,
                0xB => 49 + low,
                0xC => 3 + low,
                0xD or 0xE or 0xF => 2 + low,
                _ => throw new DamagedFileException("a packed row of it has a command that does not exist"),
            };
            var target = row.Slice(to, length);
            to += length;
            switch (command)
            {
                case 0x4 or 0xC:
                    target.Fill(packed[from++]);
                    break;
                case 0x5 or 0xD:
                    target.Fill((byte)'@');
                    break;
                case 0x6 or 0xE:
                    target.Fill((byte)' ');
                    break;
                case 0x7 or 0xF:
                    target.Clear();
                    break;
                default:
                    packed.Slice(from, length).CopyTo(target);
                    from += length;
                    break;
            }
        }

        return to;
    }

    private static int UnpackRoss(ReadOnlySpan<byte> packed, Span<byte> row)
    {
        var (from, to) = (0, 0);
        var (bits, mask) = (0, 0);
        while (from < packed.Length)
        {
            mask >>= 1;
            if (mask == 0)
            {
                // The rest of the last row of commands may stand unused.
                bits = (packed[from] << 8) | packed[from + 1];
                from += 2;
                mask = 0x8000;
                if (from == packed.Length) break;
            }

            if ((bits & mask) == 0)
            {
                row[to++] = packed[from++];
                continue;
            }

            var command = packed[from] >> 4;
            var low = packed[from++] & 0x0F;
            if (command <= 1)
            {
                var length = command == 0 ? low + 3 : 19 + low + (packed[from++] << 4);
                row.Slice(to, length).Fill(packed[from++]);
                to += length;
                continue;
            }

            var back = 3 + low + (packed[from++] << 4);
            var copied = command == 2 ? 16 + packed[from++] : command;
            // Byte by byte: a pattern may reach into what it writes.
            for (var end = to + copied; to < end; to++) row[to] = row[to - back];
        }

        return to;
    }
}
