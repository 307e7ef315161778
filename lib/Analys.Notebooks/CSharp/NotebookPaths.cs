using Analys.Notebooks.Engine;

namespace Analys.Notebooks.CSharp;

/// <summary>Finds the files that a notebook names: beside the notebook, in the process's directory, and for assemblies beside the host.</summary>
internal static class NotebookPaths
{
    public static string Find(string name, string? directory) =>
        Candidates(name, directory).FirstOrDefault(File.Exists) ?? throw CellException.Directive($"The file \"{name}\" was not found.");

    /// <summary>An assembly; <c>#r "System.Data"</c> and a library that the host ships need no path and no extension.</summary>
    public static string FindAssembly(string name, string? directory)
    {
        string[] beside = [AppContext.BaseDirectory, FrameworkReferences.Directory];
        string[] names = name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? [name] : [name, name + ".dll"];
        return names.SelectMany(candidate => Candidates(candidate, directory)).FirstOrDefault(File.Exists)
            ?? names.SelectMany(candidate => beside.Select(place => Path.Combine(place, Path.GetFileName(candidate)))).FirstOrDefault(File.Exists)
            ?? throw CellException.Directive($"The assembly \"{name}\" was not found beside the notebook nor beside the command that runs it.");
    }

    private static IEnumerable<string> Candidates(string name, string? directory)
    {
        if (directory is not null) yield return Path.GetFullPath(name, Path.GetFullPath(directory));
        yield return Path.GetFullPath(name);
    }
}
