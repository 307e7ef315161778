using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Analys.Load.Csv;

/// <summary>Gives each distinct text of a column a number, in the order of first appearance, from UTF-8 bytes without a string each.</summary>
/// <remarks>An open-addressing table over one array of bytes: a column of codes costs a hash of at most a few words and one comparison a cell.</remarks>
internal sealed class TextInterner
{
    private readonly List<string> texts = [];
    private Entry[] table = new Entry[64];
    private byte[] bytes = new byte[1024];
    private int used;
    private int lastStart;
    private int lastLength = -1;
    private int lastCode;

    /// <summary>The distinct texts, by code.</summary>
    public IReadOnlyList<string> Texts => texts;

    /// <summary>The code of a text; a new text has the count of those before it.</summary>
    public int Intern(ReadOnlySpan<byte> text)
    {
        // Registers are sorted by area or household: the text above is the likeliest.
        if (text.Length == lastLength && text.SequenceEqual(bytes.AsSpan(lastStart, lastLength))) return lastCode;
        var hash = Hash(text);
        var mask = table.Length - 1;
        for (var at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            ref var entry = ref table[at];
            if (entry.Length == 0) return Add(text, hash, at);
            if (entry.Hash == hash && entry.Length == text.Length + 1 && text.SequenceEqual(bytes.AsSpan(entry.Start, text.Length)))
            {
                (lastStart, lastLength, lastCode) = (entry.Start, text.Length, entry.Code);
                return entry.Code;
            }
        }
    }

    private int Add(ReadOnlySpan<byte> text, uint hash, int at)
    {
        var code = texts.Count;
        if (used + text.Length > bytes.Length) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, used + text.Length));
        text.CopyTo(bytes.AsSpan(used));
        table[at] = new Entry(hash, used, text.Length + 1, code);
        (lastStart, lastLength, lastCode) = (used, text.Length, code);
        used += text.Length;
        texts.Add(Encoding.UTF8.GetString(text));
        if (texts.Count * 2 > table.Length) Grow();
        return code;
    }

    private void Grow()
    {
        var larger = new Entry[table.Length * 4];
        foreach (var entry in table)
        {
            if (entry.Length == 0) continue;
            var at = (int)entry.Hash & (larger.Length - 1);
            while (larger[at].Length != 0) at = (at + 1) & (larger.Length - 1);
            larger[at] = entry;
        }

        table = larger;
    }

    private static uint Hash(ReadOnlySpan<byte> text)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var length = text.Length;
        ulong hash = (ulong)length * 0x9E3779B97F4A7C15UL;
        if (length >= 8)
        {
            for (var i = 0; i + 8 < length; i += 8) hash = Mix(hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, i)));
            hash = Mix(hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 8)));
        }
        else if (length >= 4)
        {
            hash = Mix(hash ^ Unsafe.ReadUnaligned<uint>(ref start) ^ ((ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, length - 4)) << 32));
        }
        else
        {
            foreach (var b in text) hash = (hash ^ b) * 0x9E3779B97F4A7C15UL;
            hash = Mix(hash);
        }

        return (uint)(hash >> 32);
    }

    private static ulong Mix(ulong value)
    {
        value *= 0xD6E8FEB86659FD93UL;
        return value ^ (value >> 32);
    }

    private readonly record struct Entry(uint Hash, int Start, int Length, int Code);
}
