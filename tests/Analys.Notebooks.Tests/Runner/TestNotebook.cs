using Analys.Notebooks.Runner;

namespace Analys.Notebooks.Tests.Runner;

/// <summary>A notebook in a directory of its own.</summary>
internal sealed class TestNotebook : IDisposable
{
    private readonly DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("analys-notebook");

    public TestNotebook(params string[] cells)
    {
        Path = At("test.ipynb");
        var notebook = Notebook.Create();
        for (var i = 0; i < cells.Length; i++)
        {
            // "tag: text" gives the cell a tag.
            var split = cells[i].Split(" | ", 2);
            var id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"c{i + 1}");
            notebook.Cells.Add(split.Length == 2 ? NotebookCell.Code(id, split[1], split[0]) : NotebookCell.Code(id, cells[i]));
        }
        notebook.Save(Path);
    }

    public string Path { get; }

    public string Directory => directory.FullName;

    public string At(string name) => System.IO.Path.Combine(directory.FullName, name);

    public Notebook Load() => Notebook.Load(Path);

    public string OutputText(int cell) => string.Concat(Load().Cells[cell].Outputs.Select(output =>
        NotebookText(output!["text"]) + NotebookText(output["data"]?["text/plain"]) + (string?)output["evalue"]));

    public void Dispose() => directory.Delete(recursive: true);

    private static string NotebookText(System.Text.Json.Nodes.JsonNode? node) => node is null ? "" : NotebookCell.JoinedText(node);
}
