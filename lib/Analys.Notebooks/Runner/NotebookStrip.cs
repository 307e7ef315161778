using Analys.Notebooks.Nbformat;

namespace Analys.Notebooks.Runner;

/// <summary>Takes out of a notebook what a run put in, so that git keeps the work and not its outcome.</summary>
public static class NotebookStrip
{
    /// <summary>Removes outputs, numbers, timings, provenance and the cell of given parameters. False when there was nothing to remove.</summary>
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
