using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Analys.Notebooks.CSharp;

/// <summary>What stands at a place in C#: its signature and what its documentation says.</summary>
internal static class CSharpInspection
{
    public static string? Of(ScriptChain chain, string code, int position)
    {
        var tree = ScriptChain.Parse(ScriptHead.Take(code).Rest, "");
        var root = tree.GetRoot();
        if (root.FullSpan.Length == 0) return null;
        var model = chain.Next(tree).GetSemanticModel(tree);
        // The cursor may stand at the end of a name, which then belongs to the token before it.
        foreach (var place in (int[])[position, position - 1])
        {
            if (place < 0 || place >= root.FullSpan.End) continue;
            var token = root.FindToken(place);
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.Span.Contains(place) && SymbolOf(model, token.Parent!) is { } symbol)
                return Text(symbol);
        }
        return null;
    }

    private static ISymbol? SymbolOf(SemanticModel model, SyntaxNode node)
    {
        var info = model.GetSymbolInfo(node);
        return info.Symbol ?? info.CandidateSymbols.FirstOrDefault() ?? model.GetDeclaredSymbol(node) ?? model.GetTypeInfo(node).Type;
    }

    private static string Text(ISymbol symbol)
    {
        var text = new StringBuilder(symbol.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat));
        if (TypeOf(symbol) is { } type) text.Insert(0, type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) + " ");
        var xml = symbol.GetDocumentationCommentXml();
        if (string.IsNullOrWhiteSpace(xml)) return text.ToString();
        var member = XElement.Parse(xml);
        Append(text, "", member.Element("summary"));
        foreach (var parameter in member.Elements("param")) Append(text, $"{(string?)parameter.Attribute("name")}: ", parameter);
        Append(text, "Returns: ", member.Element("returns"));
        Append(text, "Remarks: ", member.Element("remarks"));
        return text.ToString();
    }

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { MethodKind: not MethodKind.Constructor } method => method.ReturnType,
        IPropertySymbol property => property.Type,
        IFieldSymbol field => field.Type,
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        _ => null,
    };

    private static void Append(StringBuilder text, string label, XElement? element)
    {
        if (element is null) return;
        var words = new StringBuilder();
        foreach (var node in element.DescendantNodes())
        {
            if (node is XText { Value: var value }) words.Append(value);
            // <see cref="T:System.String"/> and <paramref name="x"/> hold their text in an attribute.
            else if (node is XElement { IsEmpty: true } reference) words.Append(Name(reference));
        }
        var plain = string.Join(' ', words.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (plain.Length > 0) text.Append("\n\n").Append(label).Append(plain);
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
