using System.Security.Cryptography;
using System.Text;

namespace Analys.Measure.Synthetic;

/// <summary>Files of a folder that appear whole or not at all: they are written beside their names and renamed when all are done.</summary>
internal sealed class StagedFolder : IDisposable
{
    private const int BlocksAtOnce = 32;
    private readonly string folder;
    private readonly List<(string Staged, string Final)> files = [];

    public StagedFolder(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
    }

    /// <summary>Writes a small text.</summary>
    public void Write(string name, string text) => File.WriteAllText(Stage(name), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    /// <summary>Writes a table whose blocks of rows are made on all cores, in the order of the blocks.</summary>
    /// <returns>The SHA-256 of the file and its size.</returns>
    public (string Sha256, long Bytes) Write(string name, string header, int blocks, Action<int, RowBuffer> rows, CancellationToken cancel)
    {
        using var stream = new FileStream(Stage(name), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
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
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), stream.Length);

        void Put(ReadOnlySpan<byte> bytes)
        {
            stream.Write(bytes);
            hash.AppendData(bytes);
        }
    }

    /// <summary>Gives every file its name.</summary>
    public void Commit()
    {
        foreach (var (staged, final) in files) File.Move(staged, final, overwrite: true);
        files.Clear();
    }

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        foreach (var (staged, _) in files) File.Delete(staged);
    }

    private string Stage(string name)
    {
        var staged = Path.Combine(folder, $".{name}.part");
        files.Add((staged, Path.Combine(folder, name)));
        return staged;
    }

    private static RowBuffer[] NewSet() => [.. Enumerable.Range(0, BlocksAtOnce).Select(_ => new RowBuffer())];
}
