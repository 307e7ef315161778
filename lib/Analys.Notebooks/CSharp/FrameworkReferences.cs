using Microsoft.CodeAnalysis;

namespace Analys.Notebooks.CSharp;

/// <summary>
/// The assemblies that every cell may use: the framework's, and this one for <c>display</c>. The host's other assemblies are left out: a
/// notebook says itself what it refers to, and would otherwise run in one host and not in the next.
/// </summary>
internal static class FrameworkReferences
{
    private static readonly Lazy<IReadOnlyList<MetadataReference>> Loaded = new(Load);

    public static IReadOnlyList<MetadataReference> All => Loaded.Value;

    /// <summary>The directory of the framework.</summary>
    public static string Directory { get; } = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private static List<MetadataReference> Load()
    {
        var trusted = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator);
        var paths = trusted.Where(path => Path.GetDirectoryName(path) == Directory).Append(typeof(FrameworkReferences).Assembly.Location);
        return [.. paths.Select(path => (MetadataReference)MetadataReference.CreateFromFile(path, documentation: new XmlDocumentation(path)))];
    }
}
