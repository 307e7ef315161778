using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Analys.Load.Csv;

/// <summary>Gives each distinct text of a column a number, in the order of first appearance, from UTF-8 bytes without a string each.</summary>
internal sealed class TextInterner
{
    private readonly Dictionary<byte[], int> codes = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> lookup;
    private readonly List<string> texts = [];
    private byte[] lastText = [];
    private int lastCode = -1;

    public TextInterner() => lookup = codes.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>The distinct texts, by code.</summary>
    public IReadOnlyList<string> Texts => texts;

    /// <summary>The code of a text; <paramref name="isNew"/> tells whether it was seen for the first time.</summary>
    public int Intern(ReadOnlySpan<byte> text, out bool isNew)
    {
        isNew = false;
        // Registers are sorted by area or household: the text above is the likeliest.
        if (lastCode >= 0 && text.SequenceEqual(lastText)) return lastCode;
        if (!lookup.TryGetValue(text, out var code))
        {
            isNew = true;
            code = texts.Count;
            codes.Add(text.ToArray(), code);
            texts.Add(Encoding.UTF8.GetString(text));
        }

        if (lastText.Length != text.Length) lastText = new byte[text.Length];
        text.CopyTo(lastText);
        lastCode = code;
        return code;
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Utf8Comparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)Hash(alternate);

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        private static ulong Hash(ReadOnlySpan<byte> text)
        {
            var hash = 14695981039346656037UL ^ (ulong)text.Length;
            while (text.Length >= 8)
            {
                hash = (hash ^ BitConverter.ToUInt64(text)) * 0x9E3779B97F4A7C15UL;
                hash ^= hash >> 29;
                text = text[8..];
            }

            foreach (var b in text) hash = (hash ^ b) * 1099511628211UL;
            return hash ^ (hash >> 32);
        }
    }
}
