using Analys.Notebooks.Display;

namespace Analys.Notebooks.CSharp;

/// <summary>What every cell can name without saying where it is from.</summary>
internal static class DefaultUsings
{
    /// <summary>The namespaces, the same as in .NET Interactive.</summary>
    public static IReadOnlyList<string> Namespaces { get; } =
        ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq", "System.IO"];

    public static IReadOnlyList<string> All { get; } = [.. Namespaces, typeof(Analys.Notebooks.Display.CellFunctions).FullName!];
}
