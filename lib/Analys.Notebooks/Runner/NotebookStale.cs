using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Analys.Notebooks.Runner;

/// <summary>A cell whose outputs no longer belong to the code.</summary>
/// <param name="Position">The cell's place among all cells, from 1.</param>
/// <param name="Id">The cell's id.</param>
/// <param name="Reason">Why.</param>
internal sealed record StaleCell(int Position, string Id, string Reason);

/// <summary>What in a notebook is out of date.</summary>
/// <param name="Cells">The cells whose outputs no longer belong to the code.</param>
/// <param name="ChangedInputs">The files that have changed, or are gone, since the run.</param>
internal sealed record StaleReport(IReadOnlyList<StaleCell> Cells, IReadOnlyList<string> ChangedInputs)
{
    /// <summary>Whether anything is out of date.</summary>
    public bool IsStale => Cells.Count > 0 || ChangedInputs.Count > 0;
}

/// <summary>Tells which outputs of a notebook are out of date, without running it.</summary>
internal static class NotebookStale
{
    /// <summary>Compares the code with the hashes that the last run left. A notebook without outputs is never out of date.</summary>
    /// <exception cref="InvalidDataException">The file is no notebook.</exception>
    public static StaleReport Check(string path)
    {
        var notebook = Notebook.Load(path);
        var cells = new List<StaleCell>();
        foreach (var (cell, hash) in CodeChain.Of(notebook))
        {
            if (cell.Outputs.Count == 0 && cell.ExecutionCount is null) continue;
            var known = (string?)cell.Metadata[Provenance.Key]?["code"];
            if (known == hash) continue;
            var reason = known is null ? "it was not run by the runner" : "its code, or code before it, has changed";
            cells.Add(new StaleCell(notebook.Cells.IndexOf(cell) + 1, cell.Id, reason));
        }
        return new StaleReport(cells, [.. Changed(notebook, Path.GetDirectoryName(Path.GetFullPath(path))!)]);
    }

    private static IEnumerable<string> Changed(Notebook notebook, string directory)
    {
        if (notebook.Metadata[Provenance.Key]?["inputs"] is not JsonArray known) yield break;
        var now = NotebookInputs.Data(notebook, directory).ToDictionary(input => input.Name);
        foreach (var input in known.OfType<JsonObject>())
        {
            if ((string?)input["file"] is { } file && now.GetValueOrDefault(file)?.Hash() != (string?)input["sha256"]) yield return file;
        }
    }
}

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

/// <summary>Takes out of a notebook what a run put in, so that git keeps the work and not its outcome.</summary>
public static class NotebookStrip
{
    /// <summary>The key in an output's metadata that says that it comes from a secure session.</summary>
    internal const string SecureKey = "secure";

    /// <summary>
    /// Removes the outputs of the cells that were run in a secure session, and only those. False when there are none.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is no notebook.</exception>
    public static bool ApplySecure(string path)
    {
        var notebook = Notebook.Load(path);
        var cells = notebook.CodeCells.Where(IsSecure).ToList();
        foreach (var cell in cells)
        {
            cell.Outputs = [];
            cell.ExecutionCount = null;
            cell.Metadata.Remove(Provenance.Key);
        }
        if (cells.Count > 0) notebook.Save(path);
        return cells.Count > 0;
    }

    /// <summary>Whether a cell has outputs of a secure session. One that is marked stands for all of its cell.</summary>
    internal static bool IsSecure(NotebookCell cell) =>
        cell.Outputs.OfType<JsonObject>().Any(output =>
            (output["metadata"] as JsonObject)?[SecureKey]?.GetValueKind() == JsonValueKind.True);

    /// <summary>
    /// Removes outputs, numbers, timings, provenance and the cell of given parameters. False when there was nothing to remove.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is no notebook.</exception>
    public static bool Apply(string path)
    {
        var before = File.ReadAllText(path);
        var notebook = Notebook.Parse(before);
        ParameterCell.Remove(notebook);
        notebook.Metadata.Remove(Provenance.Key);
        notebook.Metadata.Remove("papermill");
        foreach (var cell in notebook.Cells)
        {
            foreach (var key in (string[])[Provenance.Key, "execution", "papermill", "ExecuteTime"]) cell.Metadata.Remove(key);
            if (!cell.IsCode) continue;
            cell.Outputs = [];
            cell.ExecutionCount = null;
        }
        if (notebook.ToJson() == before) return false;
        notebook.Save(path);
        return true;
    }
}
