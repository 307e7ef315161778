using System.Runtime.CompilerServices;

namespace Analys.Tests;

/// <summary>Where the repository and the reference material beside it lie, found from this source file.</summary>
internal static class Repository
{
    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = Directory.GetParent(Path.GetDirectoryName(ThisFile())!)!.FullName;

    /// <summary>The reference material beside the repository; not every checkout has it.</summary>
    public static string Shared { get; } = Path.Combine(Path.GetDirectoryName(Root)!, "shared");

    /// <summary>A path below the root.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A path below the reference material.</summary>
    public static string SharedAt(params string[] parts) => Path.Combine([Shared, .. parts]);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
