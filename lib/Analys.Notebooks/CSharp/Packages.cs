using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Analys.Notebooks.Engine;

namespace Analys.Notebooks.CSharp;

/// <summary>
/// The packages of <c>#r "nuget: Id, Version"</c>. The .NET SDK restores them, through a generated project with exact versions that is
/// kept by the hash of its text, so the second run needs no network.
/// </summary>
internal sealed partial class PackageReferences
{
    private readonly SortedDictionary<string, string> packages = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a package to those of the session. Null when there is nothing to load.</summary>
    public async Task<PackageAssets?> AddAsync(string reference, CancellationToken cancellation)
    {
        var parts = reference.Split(',', StringSplitOptions.TrimEntries);
        // Notebooks made for .NET Interactive refer to its packages; what they bring is built in here.
        if (parts[0].StartsWith("Microsoft.DotNet.Interactive", StringComparison.OrdinalIgnoreCase)) return null;
        if (!Identifier().IsMatch(parts[0])) throw CellException.Directive("#r \"nuget: Id, Version\": the package's id is not one.");
        if (HostPackages.Find(parts[0], parts.ElementAtOrDefault(1)) is { } own) return own;
        if (parts.Length != 2 || !Version().IsMatch(parts[1]))
            throw CellException.Directive(
                $"#r \"nuget: {parts[0]}, …\": name one exact version, so that the notebook gives the same tomorrow.");
        if (packages.TryGetValue(parts[0], out var known))
        {
            if (known == parts[1]) return null;
            throw CellException.Directive($"{parts[0]} {known} is loaded already; restart the kernel to use another version.");
        }
        packages.Add(parts[0], parts[1]);
        try
        {
            return await RestoreAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            packages.Remove(parts[0]);
            throw;
        }
    }

    private async Task<PackageAssets> RestoreAsync(CancellationToken cancellation)
    {
        var project = ProjectText();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project)))[..16];
        var root = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        var directory = Path.Combine(root.Length > 0 ? root : Path.GetTempPath(), "analys", "notebook-packages", hash);
        var assets = Path.Combine(directory, "obj", "project.assets.json");
        if (PackageAssets.TryRead(assets) is { } kept) return kept;
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(Path.Combine(directory, "packages.csproj"), project, cancellation).ConfigureAwait(false);
        // Empty files stop settings of directories further up from being drawn in.
        foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
            await File.WriteAllTextAsync(Path.Combine(directory, name), "<Project />", cancellation).ConfigureAwait(false);
        string[] restore = ["restore", "packages.csproj", "--nologo", "-v", "quiet"];
        var output = await DotnetCommand.RunAsync(directory, restore, cancellation).ConfigureAwait(false);
        if (output is not null) throw new CellException("PackageError", "The packages could not be restored:\n" + output);
        return PackageAssets.TryRead(assets)
            ?? throw new CellException("PackageError", "The packages were restored, but a file of theirs is missing.");
    }

    private string ProjectText()
    {
        var references = packages.Select(package => $"    <PackageReference Include=\"{package.Key}\" Version=\"[{package.Value}]\" />\n");
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
            {string.Concat(references)}  </ItemGroup>
            </Project>

            """;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.\-]+$")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^\d+(\.\d+){1,3}(-[0-9A-Za-z.\-]+)?$")]
    private static partial Regex Version();
}

/// <summary>The files that restored packages bring.</summary>
/// <param name="Compile">What the compiler refers to.</param>
/// <param name="Runtime">What is loaded.</param>
/// <param name="Native">The native libraries for this machine.</param>
internal sealed record PackageAssets(IReadOnlyList<string> Compile, IReadOnlyList<string> Runtime, IReadOnlyList<string> Native)
{
    /// <summary>Whether the packages lie beside the host, and not in the folder of restored ones.</summary>
    public bool IsHosts { get; init; }

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
            var places = folders.Select(folder => Path.Combine(folder, relative.GetString()!));
            if (places.FirstOrDefault(Directory.Exists) is not { } root) return null;
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
        return wanted == exact || wanted == RuntimeInformation.RuntimeIdentifier || wanted == system
            || (wanted == "unix" && !OperatingSystem.IsWindows());
    }
}

/// <summary>
/// The libraries that the host carries beside itself, taken for packages of that name: <c>#r "nuget: Analys"</c> is then the very library
/// that the command is made of, in the repository as in an installed tool, and no registry is asked. A version may be left out, since the
/// host has one only; the provenance names it.
/// </summary>
internal static class HostPackages
{
    public static PackageAssets? Find(string id, string? version)
    {
        var path = Path.Combine(AppContext.BaseDirectory, id + ".dll");
        if (!File.Exists(path) || (version is not null && version != VersionOf(path))) return null;
        return new PackageAssets(Needed(path), [path], []) { IsHosts = true };
    }

    public static string VersionOf(string path) => FileVersionInfo.GetVersionInfo(path).ProductVersion?.Split('+')[0] ?? "";

    // A plot that a method returns has a type of another library, which the compiler must know too.
    private static List<string> Needed(string path)
    {
        var found = new List<string> { path };
        for (var i = 0; i < found.Count; i++)
        {
            using var file = new PEReader(File.OpenRead(found[i]));
            var metadata = file.GetMetadataReader();
            var names = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));
            var beside = names.Select(name => Path.Combine(AppContext.BaseDirectory, name + ".dll")).Where(File.Exists);
            found.AddRange(beside.Except(found).ToList());
        }
        found.Remove(typeof(HostPackages).Assembly.Location);
        return found;
    }
}

/// <summary>
/// The namespaces that a library wants open in notebooks, which it says by assembly metadata:
/// <c>[assembly: AssemblyMetadata("NotebookUsings", "Analys;Analys.More")]</c>. So one line, the <c>#r</c>, begins a notebook.
/// </summary>
internal static class NotebookUsings
{
    private const string Key = "NotebookUsings";
    private const int Prolog = 2;

    public static IEnumerable<string> Of(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        if (!file.HasMetadata) return [];
        var metadata = file.GetMetadataReader();
        if (!metadata.IsAssembly) return [];
        var said = metadata.GetAssemblyDefinition().GetCustomAttributes()
            .Select(metadata.GetCustomAttribute)
            .Where(attribute => NameOf(metadata, attribute) == nameof(System.Reflection.AssemblyMetadataAttribute))
            .Select(attribute => Value(metadata, attribute));
        return [.. said.OfType<string>().SelectMany(value => value.Split(';', StringSplitOptions.RemoveEmptyEntries))];
    }

    private static string? NameOf(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference) return null;
        var parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        return parent.Kind == HandleKind.TypeReference
            ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)parent).Name)
            : null;
    }

    private static string? Value(MetadataReader metadata, CustomAttribute attribute)
    {
        var blob = metadata.GetBlobReader(attribute.Value);
        blob.Offset = Prolog;
        return blob.ReadSerializedString() == Key ? blob.ReadSerializedString() : null;
    }
}

/// <summary>Calls the .NET SDK.</summary>
internal static class DotnetCommand
{
    /// <summary>Runs a command to its end; what it printed if it failed, null if it did not.</summary>
    public static async Task<string?> RunAsync(string directory, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Executable(), arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            var printed = await output.ConfigureAwait(false) + await errors.ConfigureAwait(false);
            if (process.ExitCode == 0) return null;
            return printed.Replace(directory + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Trim();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static string Executable()
    {
        // The host that runs this process is the surest; the command may also be started by a launcher of its own.
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        if (Path.GetFileName(Environment.ProcessPath) == name) return Environment.ProcessPath!;
        var root = Path.GetFullPath(Path.Combine(FrameworkReferences.Directory, "..", "..", ".."));
        var beside = Path.Combine(root, name);
        return File.Exists(beside) ? beside : name;
    }
}
