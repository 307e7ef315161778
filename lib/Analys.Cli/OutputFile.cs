namespace Analys.Cli;

/// <summary>Output files are written whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file beside its place and moves it there when it is whole.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full) ?? throw new CallException("--out names a folder; a file is wanted.");
        // A new folder is made only when there is something to put in it, so the draft lies in the nearest folder that stands.
        var stands = folder;
        while (!Directory.Exists(stands)) stands = Path.GetDirectoryName(stands) ?? throw new CallException("--out cannot be written.");
        if (Directory.Exists(full)) throw new CallException("--out names a folder; a file is wanted.");
        var draft = Path.Combine(stands, $".{Path.GetFileName(full)}.{Environment.ProcessId}");
        try
        {
            using (var stream = File.Create(draft)) write(stream);
            Directory.CreateDirectory(folder);
            File.Move(draft, full, overwrite: true);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new CallException("--out cannot be written.");
        }
        finally
        {
            if (File.Exists(draft)) File.Delete(draft);
        }
    }
}
