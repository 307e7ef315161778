using System.Reflection;

namespace Analys.Domain;

/// <summary>The files of <c>data-schemas/</c>, which travel inside the assembly; a folder on disk can override them.</summary>
public static class DataSchemas
{
    private const string Prefix = "data-schemas/";
    private static readonly Assembly Home = typeof(DataSchemas).Assembly;

    /// <summary>The names of all files below a folder, such as <c>extracts/</c>, sorted.</summary>
    /// <param name="folder">The folder, ending in a slash.</param>
    public static IReadOnlyList<string> List(string folder) =>
    [
        .. Home.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix + folder, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Opens a file, or returns null where there is none of that name.</summary>
    /// <param name="name">The path below <c>data-schemas/</c>, with forward slashes.</param>
    public static Stream? TryOpen(string name) => Home.GetManifestResourceStream(Prefix + name);

    /// <summary>Opens a file.</summary>
    /// <param name="name">The path below <c>data-schemas/</c>, with forward slashes.</param>
    /// <exception cref="FileNotFoundException">There is none of that name.</exception>
    public static Stream Open(string name) =>
        TryOpen(name) ?? throw new FileNotFoundException($"There is no {name} among the data schemas.");
}
