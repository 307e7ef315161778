namespace Analys.Cli;

/// <summary>Output files are written whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file beside its place and moves it there when it is whole.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder)) throw new CallException("The folder of --out does not exist.");
        if (Directory.Exists(full)) throw new CallException("--out names a folder; a file is wanted.");
        var draft = Path.Combine(folder, $".{Path.GetFileName(full)}.{Environment.ProcessId}");
        try
        {
            using (var stream = File.Create(draft)) write(stream);
            File.Move(draft, full, overwrite: true);
        }
        catch (UnauthorizedAccessException)
        {
            throw new CallException("--out cannot be written.");
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
