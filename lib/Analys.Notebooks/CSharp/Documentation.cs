using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Analys.Notebooks.CSharp;

/// <summary>What the documentation of a symbol says, part by part, in plain words.</summary>
internal sealed class Documentation
{
    private readonly XElement? member;

    private Documentation(XElement? member) => this.member = member;

    public string Summary => Words(member?.Element("summary"));

    public string Returns => Words(member?.Element("returns"));

    public string Remarks => Words(member?.Element("remarks"));

    public IEnumerable<string> Parameters => member?.Elements("param").Select(element => (string?)element.Attribute("name") ?? "") ?? [];

    public static Documentation Of(ISymbol symbol)
    {
        // An extension method that is called on a value is documented where it is declared.
        var declared = symbol is IMethodSymbol { ReducedFrom: { } whole } ? whole : symbol.OriginalDefinition;
        var xml = declared.GetDocumentationCommentXml();
        return new Documentation(string.IsNullOrWhiteSpace(xml) ? null : XElement.Parse(xml));
    }

    public string Parameter(string name) =>
        Words(member?.Elements("param").FirstOrDefault(element => (string?)element.Attribute("name") == name));

    private static string Words(XElement? element)
    {
        if (element is null) return "";
        var words = new StringBuilder();
        foreach (var node in element.DescendantNodes())
        {
            if (node is XText { Value: var value }) words.Append(value);
            // <see cref="T:System.String"/> and <paramref name="x"/> hold their text in an attribute.
            else if (node is XElement { IsEmpty: true } reference) words.Append(Name(reference));
        }
        return string.Join(' ', words.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Name(XElement reference)
    {
        var name = (string?)reference.Attribute("cref")
            ?? (string?)reference.Attribute("name")
            ?? (string?)reference.Attribute("langword")
            ?? "";
        var plain = name.Split('(')[0];
        return plain[(plain.LastIndexOf('.') + 1)..].Split(':')[^1].Split('`')[0];
    }
}

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

    protected override string? GetDocumentationForSymbol(
        string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default)
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
