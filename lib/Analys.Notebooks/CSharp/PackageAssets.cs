using System.Runtime.InteropServices;
using System.Text.Json;

namespace Analys.Notebooks.CSharp;

/// <summary>The files that restored packages bring.</summary>
/// <param name="Compile">What the compiler refers to.</param>
/// <param name="Runtime">What is loaded.</param>
/// <param name="Native">The native libraries for this machine.</param>
internal sealed record PackageAssets(IReadOnlyList<string> Compile, IReadOnlyList<string> Runtime, IReadOnlyList<string> Native)
{
    /// <summary>Reads what the SDK wrote about a restore; null if there is none, or its packages are gone.</summary>
    public static PackageAssets? TryRead(string path)
    {
        if (!File.Exists(path)) return null;
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var folders = json.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToArray();
        var libraries = json.RootElement.GetProperty("libraries");
        var target = json.RootElement.GetProperty("targets").EnumerateObject().First().Value;
        List<string> compile = [], runtime = [], native = [];
        foreach (var library in target.EnumerateObject())
        {
            if (!libraries.GetProperty(library.Name).TryGetProperty("path", out var relative)) continue;
            if (folders.Select(folder => Path.Combine(folder, relative.GetString()!)).FirstOrDefault(Directory.Exists) is not { } root) return null;
            compile.AddRange(Files(library.Value, "compile", root));
            runtime.AddRange(Files(library.Value, "runtime", root));
            if (!library.Value.TryGetProperty("runtimeTargets", out var specific)) continue;
            foreach (var file in specific.EnumerateObject().Where(IsForThisMachine))
            {
                var isNative = file.Value.GetProperty("assetType").GetString() == "native";
                (isNative ? native : runtime).Add(Path.Combine(root, file.Name));
            }
        }
        return new PackageAssets(compile, runtime, native);
    }

    private static IEnumerable<string> Files(JsonElement library, string kind, string root) =>
        !library.TryGetProperty(kind, out var files) ? [] : files.EnumerateObject()
            .Where(file => file.Name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            .Select(file => Path.Combine(root, file.Name));

    private static bool IsForThisMachine(JsonProperty file)
    {
        var wanted = file.Value.GetProperty("rid").GetString()!;
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        var exact = $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        return wanted == exact || wanted == RuntimeInformation.RuntimeIdentifier || wanted == system || (wanted == "unix" && !OperatingSystem.IsWindows());
    }
}
