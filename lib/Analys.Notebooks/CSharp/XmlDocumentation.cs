using System.Globalization;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Analys.Notebooks.CSharp;

/// <summary>
/// The XML documentation of an assembly, read when first asked for. The framework's lies in its reference pack, spread over other file
/// names than the assemblies that run, so all of it is searched.
/// </summary>
internal sealed class XmlDocumentation(string assemblyPath) : DocumentationProvider
{
    private static readonly Lazy<Dictionary<string, string>> Framework = new(ReadFramework);

    private readonly Lazy<Dictionary<string, string>?> own = new(() => ReadOwn(assemblyPath));

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(assemblyPath);

    protected override string? GetDocumentationForSymbol(string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default)
    {
        var members = own.Value ?? (Path.GetDirectoryName(assemblyPath) == FrameworkReferences.Directory ? Framework.Value : null);
        return members?.GetValueOrDefault(documentationMemberID) ?? "";
    }

    private static Dictionary<string, string>? ReadOwn(string path)
    {
        var file = Path.ChangeExtension(path, ".xml");
        return File.Exists(file) ? Read([file]) : null;
    }

    private static Dictionary<string, string> ReadFramework()
    {
        // shared/Microsoft.NETCore.App/10.0.x -> packs/Microsoft.NETCore.App.Ref/10.0.x/ref/net10.0
        var root = Path.GetFullPath(Path.Combine(FrameworkReferences.Directory, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        var major = Environment.Version.Major.ToString(CultureInfo.InvariantCulture) + ".";
        var pack = System.IO.Directory.Exists(root)
            ? System.IO.Directory.GetDirectories(root, major + "*").Order(StringComparer.Ordinal).LastOrDefault()
            : null;
        return pack is null ? [] : Read(System.IO.Directory.EnumerateFiles(pack, "System*.xml", SearchOption.AllDirectories));
    }

    private static Dictionary<string, string> Read(IEnumerable<string> files)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in files.SelectMany(file => XDocument.Load(file).Descendants("member")))
        {
            if ((string?)member.Attribute("name") is { } name) members[name] = member.ToString();
        }
        return members;
    }
}
