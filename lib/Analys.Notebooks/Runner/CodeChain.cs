using System.Security.Cryptography;
using System.Text;
using Analys.Notebooks.Nbformat;

namespace Analys.Notebooks.Runner;

/// <summary>
/// A hash for every code cell, over its own code and all before it: a cell's outputs belong to the code that made its variables too.
/// </summary>
internal static class CodeChain
{
    public static IEnumerable<(NotebookCell Cell, string Hash)> Of(Notebook notebook)
    {
        var previous = "";
        foreach (var cell in notebook.CodeCells)
        {
            var code = cell.Source.ReplaceLineEndings("\n");
            previous = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{previous}\n{code}")));
            yield return (cell, previous);
        }
    }
}
