using System.Globalization;
using System.Text;
using Analys.Load.Schema;

namespace Analys.Load.Formats.Records;

/// <summary>The records of a file as lines of commas and quotes in UTF-8, made while they are read: the one parser validates and screens
/// them all.</summary>
internal sealed class RecordCsv : ForwardStream, IRecordSink
{
    private readonly RecordFile records;
    private readonly HashSet<string>[]? known;
    private readonly int last;
    private readonly long size;
    private byte[] line = new byte[1 << 16];
    private int filled;
    private int given;
    private bool ended;

    /// <summary>Prepares the lines.</summary>
    /// <param name="records">The file; closed with the stream.</param>
    /// <param name="schema">The schema that the lines are read with. A code for a missing value that it does not list becomes an empty
    /// cell, never a value.</param>
    /// <param name="size">The bytes of the file: however many records it claims, no more room is made than these can fill.</param>
    public RecordCsv(RecordFile records, TableSchema schema, long size)
    {
        (this.records, this.size) = (records, size);
        last = records.Variables.Count - 1;
        var everywhere = schema.MissingValues.Select(missing => missing.Value);
        known = [.. records.Variables.Select(variable =>
            (schema.Find(variable.Name)?.MissingValues?.Select(missing => missing.Value) ?? everywhere).ToHashSet(StringComparer.Ordinal))];
        for (var i = 0; i <= last; i++)
        {
            Quoted(Encoding.UTF8.GetBytes(records.Variables[i].Name));
            End(i);
        }
    }

    /// <summary>About how many bytes there will be; arrays are laid out by it, no more.</summary>
    public override long Length => (long)Math.Clamp((double)records.Count * (last + 1) * 6, 1 << 16, Math.Max(1 << 16, 50.0 * size));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (given == filled)
        {
            given = filled = 0;
            while (!ended && filled < 1 << 15) ended = !records.Read(this);
        }

        var take = Math.Min(buffer.Length, filled - given);
        line.AsSpan(given, take).CopyTo(buffer);
        given += take;
        return take;
    }

    /// <inheritdoc/>
    public void Number(int variable, double value)
    {
        int written;
        if (value == Math.Floor(value) && Math.Abs(value) < 1e15) ((long)value).TryFormat(Room(32), out written, default,
            CultureInfo.InvariantCulture);
        else value.TryFormat(Room(32), out written, "R", CultureInfo.InvariantCulture);
        filled += written;
        End(variable);
    }

    /// <inheritdoc/>
    public void Text(int variable, ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        var text = bytes.TrimEnd((byte)' ');
        if (encoding is UTF8Encoding)
        {
            // A byte that is no letter is shown as such: what cannot be read is not left out.
            Quoted(System.Text.Unicode.Utf8.IsValid(text) ? text : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text)));
        }
        else if (text.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E) < 0)
        {
            Quoted(text);
        }
        else
        {
            Quoted(Encoding.UTF8.GetBytes(encoding.GetString(text)));
        }

        End(variable);
    }

    /// <inheritdoc/>
    public void Moment(int variable, ReadOnlySpan<char> iso)
    {
        filled += Encoding.UTF8.GetBytes(iso, Room(iso.Length));
        End(variable);
    }

    /// <inheritdoc/>
    public void Missing(int variable, string code)
    {
        if (code.Length > 0 && known![variable].Contains(code)) Quoted(Encoding.UTF8.GetBytes(code));
        // A line of one empty cell is no blank row.
        else if (last == 0) Quoted([]);
        End(variable);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) records.Dispose();
        base.Dispose(disposing);
    }

    private void Quoted(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny(",\"\r\n"u8) < 0 && text.IndexOf((byte)0) < 0 && !(text.IsEmpty && last == 0))
        {
            text.CopyTo(Room(text.Length));
            filled += text.Length;
            return;
        }

        var room = Room((2 * text.Length) + 2);
        var at = 0;
        room[at++] = (byte)'"';
        foreach (var b in text)
        {
            if (b == (byte)'"') room[at++] = b;
            // A zero byte inside a text is the rest of a longer one that stood there: it ends the text.
            if (b == 0) break;
            room[at++] = b;
        }

        room[at++] = (byte)'"';
        filled += at;
    }

    private void End(int variable)
    {
        Room(1)[0] = variable == last ? (byte)'\n' : (byte)',';
        filled++;
    }

    private Span<byte> Room(int bytes)
    {
        if (line.Length - filled < bytes) Array.Resize(ref line, Math.Max(line.Length * 2, filled + bytes));
        return line.AsSpan(filled);
    }
}
