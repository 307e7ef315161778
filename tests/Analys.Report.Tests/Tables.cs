using Analys.Report.Recipes;
using Analys.Report.Tables;

namespace Analys.Report.Tests;

/// <summary>Files of a test, the report made of them, and an end to both.</summary>
internal sealed class Tables : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys").FullName;

    public string Folder => folder;

    /// <summary>Writes a file.</summary>
    public Tables With(string name, string text)
    {
        File.WriteAllText(Path.Combine(folder, name), text);
        return this;
    }

    /// <summary>The report of all files.</summary>
    public ReportDocument Make(string? statement = "Kommunens statistik, 2025-01-15", Language language = Language.Swedish,
        string? period = null, string? recipe = null, params string[] areas)
    {
        var inputs = TableInput.Read([folder], statement is null ? null : new PublicStatement(statement));
        return ReportMaker.Make(new ReportContext
        {
            Inputs = inputs,
            Recipe = recipe is null ? RecipeChoice.For(inputs) : Recipe.Load(recipe),
            Policy = Policy.Stockholm,
            Language = language,
            Period = period,
            Areas = areas,
        });
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
