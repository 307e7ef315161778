using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Analys.Domain;

/// <summary>Files that are written whole or not at all: they are made in a folder beside the target and moved there when all are
/// done.</summary>
internal sealed class OutputFolder : IDisposable
{
    private readonly string target;
    private readonly string staging;
    private readonly List<string> names = [];

    /// <summary>Begins to write to a folder, which need not exist.</summary>
    /// <param name="target">The folder.</param>
    public OutputFolder(string target)
    {
        this.target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        var parent = Path.GetDirectoryName(this.target) ?? this.target;
        staging = Path.Combine(parent, $".{Path.GetFileName(this.target)}.{Environment.ProcessId}.tmp");
        Drafts.Begin(staging);
        Directory.CreateDirectory(staging);
    }

    /// <summary>The names written so far, with forward slashes, each with the SHA-256 of its bytes.</summary>
    public IReadOnlyList<(string Name, string Sha256)> Written => [.. names.Select(name => (name, Hash(Path.Combine(staging, name))))];

    /// <summary>Writes a file.</summary>
    /// <param name="name">The name below the folder, with forward slashes.</param>
    /// <param name="write">Writes the bytes.</param>
    public void Write(string name, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var path = Path.Combine(staging, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var stream = File.Create(path)) write(stream);
        names.Add(name);
    }

    /// <summary>Writes a text file in UTF-8 without a mark.</summary>
    /// <param name="name">The name below the folder, with forward slashes.</param>
    /// <param name="text">The text.</param>
    public void Write(string name, string text) => Write(name, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Moves everything to the target; what stands there under the same names is replaced.</summary>
    public void Commit()
    {
        Drafts.Place(() =>
        {
            foreach (var name in names)
            {
                var path = Path.Combine(target, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Move(Path.Combine(staging, name), path, overwrite: true);
            }
        });
    }

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
        Drafts.End(staging);
    }

    /// <summary>The SHA-256 of a file, in lower-case hexadecimal.</summary>
    /// <param name="path">The file.</param>
    public static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

/// <summary>Files and folders that are being written and are not whole: whoever ends the process before they are takes them away.</summary>
internal static class Drafts
{
    private static readonly ConcurrentDictionary<string, bool> Open = new(StringComparer.Ordinal);
    private static readonly Lock Gate = new();
    private static bool stopped;

    /// <summary>Puts what is whole into its place: all of it, or nothing where the process was told to stop.</summary>
    /// <param name="move">Moves the files.</param>
    /// <exception cref="OperationCanceledException">The process was told to stop.</exception>
    public static void Place(Action move)
    {
        lock (Gate)
        {
            if (stopped) throw new OperationCanceledException();
            move();
        }
    }

    /// <summary>The process was told to stop: nothing is put into its place any more.</summary>
    public static void Stop()
    {
        lock (Gate) stopped = true;
    }

    /// <summary>A draft is begun.</summary>
    /// <param name="path">The file or folder.</param>
    public static void Begin(string path) => Open[path] = true;

    /// <summary>A draft has become whole, or has been taken away.</summary>
    /// <param name="path">The file or folder.</param>
    public static void End(string path) => Open.TryRemove(path, out _);

    /// <summary>Takes all drafts away.</summary>
    public static void Discard()
    {
        foreach (var path in Open.Keys)
        {
            try
            {
                if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
                else File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another thread is still at it: what cannot be taken away has a name that says what it is.
            }
        }
    }
}
