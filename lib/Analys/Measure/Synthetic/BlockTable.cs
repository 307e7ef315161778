using System.Security.Cryptography;
using System.Text;

namespace Analys.Measure.Synthetic;

/// <summary>Writes a table whose blocks of rows are made on all cores, in the order of the blocks.</summary>
internal static class BlockTable
{
    private const int BlocksAtOnce = 32;

    /// <summary>Writes the header and all blocks.</summary>
    /// <returns>The SHA-256 of what was written and its size.</returns>
    public static (string Sha256, long Bytes) Write(Stream stream, string header, int blocks, Action<int, RowBuffer> rows, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long size = 0;
        Put(Encoding.UTF8.GetBytes(header + "\n"));
        // Two sets of buffers: one is written while the other is filled.
        var sets = new[] { NewSet(), NewSet() };
        var writing = Task.CompletedTask;
        for (var from = 0; from < blocks; from += BlocksAtOnce)
        {
            var set = sets[from / BlocksAtOnce % 2];
            var first = from;
            var count = Math.Min(BlocksAtOnce, blocks - from);
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancel }, i =>
            {
                set[i].Clear();
                rows(first + i, set[i]);
            });
            writing.GetAwaiter().GetResult();
            writing = Task.Run(
                () =>
                {
                    for (var i = 0; i < count; i++) Put(set[i].Span);
                },
                cancel);
        }

        writing.GetAwaiter().GetResult();
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);

        void Put(ReadOnlySpan<byte> bytes)
        {
            stream.Write(bytes);
            hash.AppendData(bytes);
            size += bytes.Length;
        }
    }

    private static RowBuffer[] NewSet() => [.. Enumerable.Range(0, BlocksAtOnce).Select(_ => new RowBuffer())];
}
