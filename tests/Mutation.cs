namespace Analys.Tests;

/// <summary>Spoils a file as transmission, editors and malice do.</summary>
internal static class Mutation
{
    /// <summary>One to four changes: bytes replaced, removed, doubled or put in, and the end cut off.</summary>
    /// <param name="original">The file.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="marks">Characters that mean something in the format.</param>
    /// <param name="runs">Whether runs of ones are written, too: lengths and offsets of binary formats.</param>
    public static byte[] Of(byte[] original, Random random, string marks, bool runs = false)
    {
        var bytes = original.ToList();
        for (var change = random.Next(1, 5); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 12), bytes.Count - at);
            switch (random.Next(runs ? 7 : 6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.Insert(at, (byte)marks[random.Next(marks.Length)]);
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 5 when runs:
                    for (var i = 0; i < length; i++) bytes[at + i] = 0xFF;
                    break;
                default:
                    bytes[at] = (byte)('0' + random.Next(10));
                    break;
            }
        }

        return [.. bytes];
    }
}
