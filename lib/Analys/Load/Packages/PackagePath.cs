namespace Analys.Load.Packages;

/// <summary>Paths in a data package: relative, below the package, forward slashes.</summary>
internal static class PackagePath
{
    /// <summary>Whether a path stays inside the package's folder.</summary>
    public static bool IsSafe(string path) => path.Length > 0 && !Path.IsPathRooted(path) && !path.Contains("://", StringComparison.Ordinal)
        && !path.Contains('\\', StringComparison.Ordinal) && !path.Split('/').Contains("..");
}
