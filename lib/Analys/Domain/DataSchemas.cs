using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Analys.Domain;

/// <summary>The files of <c>data-schemas/</c>, which travel inside the assembly; a folder on disk can override them.</summary>
internal static class DataSchemas
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

/// <summary>What the library says of itself in what it writes.</summary>
internal static class Product
{
    /// <summary>The version, without the build's commit.</summary>
    public static string Version { get; } =
        typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>What stands over everything that was not protected.</summary>
    public const string ConfidentialNotice = "CONFIDENTIAL: not protected by disclosure control; must not leave the secure environment";
}

/// <summary>JSON as people read it: Swedish letters stand as letters; HTML's marks are still escaped.</summary>
internal static class JsonText
{
    /// <summary>The encoder of everything that is written as JSON.</summary>
    public static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.Create(UnicodeRanges.All);
}

/// <summary>Swedish alphabetical order (å, ä, ö last), the same on every machine whatever its culture.</summary>
internal static class SwedishOrder
{
    /// <summary>Compares names as a Swedish reader expects them sorted.</summary>
    public static StringComparer Comparer { get; } = StringComparer.Create(CultureInfo.GetCultureInfo("sv-SE"), CompareOptions.None);
}
