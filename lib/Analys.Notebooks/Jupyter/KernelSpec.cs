using System.Text.Json;
using System.Text.Json.Nodes;
using Analys.Notebooks.Runner;

namespace Analys.Notebooks.Jupyter;

/// <summary>
/// The file by which Jupyter and VS Code find the kernel. It has the name that .NET Interactive used, so that older notebooks open with
/// it; a file of that name from elsewhere is set aside and put back at removal.
/// </summary>
internal static class KernelSpec
{
    /// <summary>The kernel's name.</summary>
    public const string Name = ".net-csharp";

    private const string Ours = "analys";

    /// <summary>The user's own Jupyter directory, in which <c>kernels</c> lies.</summary>
    public static string UserDirectory
    {
        get
        {
            if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } chosen) return chosen;
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            if (OperatingSystem.IsWindows())
                return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter");
            if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Jupyter");
            return Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } data
                ? Path.Combine(data, "jupyter")
                : Path.Combine(home, ".local", "share", "jupyter");
        }
    }

    /// <summary>Writes the file.</summary>
    /// <param name="arguments">The command line that starts the kernel, with <c>{connection_file}</c> in it.</param>
    /// <param name="directory">A Jupyter directory, in which <c>kernels</c> lies; the user's own if null.</param>
    /// <returns>The path of the file.</returns>
    public static string Install(IReadOnlyList<string> arguments, string? directory = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (!arguments.Contains("{connection_file}"))
            throw new ArgumentException("The command line has no {connection_file}.", nameof(arguments));
        var path = PathIn(directory);
        if (File.Exists(path) && !IsOurs(path)) File.Move(path, SetAside(path), overwrite: true);
        WholeFile.Write(path, JupyterJson.Write(new JsonObject
        {
            ["argv"] = new JsonArray([.. arguments.Select(argument => JsonValue.Create(argument))]),
            ["display_name"] = ".NET (C#)",
            ["interrupt_mode"] = "message",
            ["language"] = "C#",
            ["metadata"] = new JsonObject { [Ours] = KernelInfo.Version },
        }));
        return path;
    }

    /// <summary>Removes the file; false if there is none of ours.</summary>
    /// <param name="directory">A Jupyter directory, in which <c>kernels</c> lies; the user's own if null.</param>
    public static bool Uninstall(string? directory = null)
    {
        var path = PathIn(directory);
        if (!File.Exists(path) || !IsOurs(path)) return false;
        File.Delete(path);
        if (File.Exists(SetAside(path))) File.Move(SetAside(path), path);
        else if (!Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(path)!).Any()) Directory.Delete(Path.GetDirectoryName(path)!);
        return true;
    }

    private static string PathIn(string? directory) => Path.Combine(directory ?? UserDirectory, "kernels", Name, "kernel.json");

    private static string SetAside(string path) => path + ".before-analys";

    private static bool IsOurs(string path)
    {
        try
        {
            var spec = JsonNode.Parse(File.ReadAllText(path),
                documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
            return ((spec as JsonObject)?["metadata"] as JsonObject)?[Ours] is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
