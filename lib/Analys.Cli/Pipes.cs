using Analys.Load.Formats;

namespace Analys.Cli;

/// <summary>The pipes of a call, put down as files: what comes out of a pipe comes once, and readers look at a file more than
/// once.</summary>
internal sealed class Pipes : IDisposable
{
    private const string StandardInput = "/dev/stdin";

    // What is written to, and what is no file.
    private static readonly string[] NotRead =
        ["--out", "--into", "--ledger", "--cache", "--api", "--select", "--where", "--title", "--public"];
    private readonly Dictionary<string, Packed> put = new(StringComparer.Ordinal);

    private Pipes(string[] args) => Args = [.. args.Select((arg, i) => Put(arg, i > 0 ? args[i - 1] : ""))];

    /// <summary>The call with files in the place of its pipes; <c>-</c> is what comes in.</summary>
    public string[] Args { get; }

    /// <summary>Puts down the pipes of a call.</summary>
    /// <param name="args">The call.</param>
    public static Pipes Of(string[] args) => new(args);

    /// <summary>How an argument is shown: the file that a pipe was put into by its name alone.</summary>
    public static string Shown(string arg) =>
        arg.Contains(Path.Combine(Path.GetTempPath(), "analys-"), StringComparison.Ordinal) ? Path.GetFileName(arg) : arg;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in put.Values) file.Dispose();
    }

    private string Put(string arg, string before)
    {
        const string source = "--source=";
        if (arg.StartsWith(source, StringComparison.Ordinal)) return source + Put(arg[source.Length..], "--source");
        if (NotRead.Contains(before)) return arg;
        var path = arg == "-" && File.Exists(StandardInput) ? StandardInput : arg;
        try
        {
            // A pipe has no length, and what comes in is a link; only then is it opened to see, since opening a pipe waits for its writer.
            if (put.TryGetValue(path, out var known)) return known.Path;
            if (!File.Exists(path) || new FileInfo(path) is { LinkTarget: null, Length: > 0 }) return path;
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
            if (stream.CanSeek) return path;
            return (put[path] = Packed.Put(stream, path)).Path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // The command says of a file that cannot be read what is to be said.
            return path;
        }
    }
}
