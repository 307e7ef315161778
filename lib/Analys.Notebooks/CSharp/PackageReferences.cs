using System.Security.Cryptography;
using System.Text;
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
        if (parts.Length != 2 || !Version().IsMatch(parts[1]))
            throw CellException.Directive($"#r \"nuget: {parts[0]}, …\": name one exact version, so that the notebook gives the same tomorrow.");
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
        var output = await DotnetCommand.RunAsync(directory, ["restore", "packages.csproj", "--nologo", "-v", "quiet"], cancellation).ConfigureAwait(false);
        if (output is not null) throw new CellException("PackageError", "The packages could not be restored:\n" + output);
        return PackageAssets.TryRead(assets) ?? throw new CellException("PackageError", "The packages were restored, but a file of theirs is missing.");
    }

    private string ProjectText()
    {
        var references = packages.Select(package => $"    <PackageReference Include=\"{package.Key}\" Version=\"[{package.Value}]\" />\n");
        return "<Project Sdk=\"Microsoft.NET.Sdk\">\n  <PropertyGroup>\n    <TargetFramework>net10.0</TargetFramework>\n    <NuGetAudit>false</NuGetAudit>\n"
            + $"  </PropertyGroup>\n  <ItemGroup>\n{string.Concat(references)}  </ItemGroup>\n</Project>\n";
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.\-]+$")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^\d+(\.\d+){1,3}(-[0-9A-Za-z.\-]+)?$")]
    private static partial Regex Version();
}
