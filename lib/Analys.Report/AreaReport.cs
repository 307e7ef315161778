using Analys.Report;
using Analys.Report.Recipes;
using Analys.Report.Tables;

namespace Analys;

/// <summary>A report of extracts: tables with roles and a recipe become a page with figures, sentences and a profile of each area, as
/// <c>analys report</c> writes it.</summary>
/// <remarks>What cannot be answered or may not be shown is left out with the reason. Confidential tables pass the gate. Swedish:
/// <i>rapport</i>.</remarks>
public sealed class AreaReport
{
    private readonly ReportDocument document;

    private AreaReport(ReportDocument document) => this.document = document;

    /// <summary>The page: one file that needs nothing beside it.</summary>
    public string Html => document.Html;

    /// <summary>The figures in the order of the page.</summary>
    public IReadOnlyList<Figure> Figures => document.Figures;

    /// <summary>Which table feeds which section, and why others do not.</summary>
    public IReadOnlyList<string> Explained => document.Made;

    /// <summary>What was left out: table, column, rule and remedy; never a value.</summary>
    public IReadOnlyList<string> LeftOut => document.LeftOut;

    /// <summary>The areas that have a profile.</summary>
    public IReadOnlyList<string> Areas => [.. document.Profiles.Keys];

    /// <summary>Makes a report.</summary>
    /// <param name="paths">Files, and folders that stand for the tables in them.</param>
    /// <param name="recipe">A shipped recipe's name or a file; null for the one that fits what is found.</param>
    /// <param name="published">"source, date": your word that files without a schema are published tables; null for none. It is refused for
    /// registers of persons, and never overrides a schema.</param>
    /// <param name="period">The period to tell about; null for the latest of each table.</param>
    /// <param name="areas">The areas to show; null for all.</param>
    /// <param name="title">The title; null for the recipe's.</param>
    /// <param name="language">The language.</param>
    /// <param name="policy">The policy of confidential tables; null for <see cref="Policy.Stockholm"/>.</param>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    /// <exception cref="RecipeException">There is no such recipe, or it is wrong.</exception>
    public static AreaReport Of(IEnumerable<string> paths, string? recipe = null, string? published = null, string? period = null,
        IEnumerable<string>? areas = null, string? title = null, Language language = Language.Swedish, Policy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var inputs = TableInput.Read(paths, published is null ? null : new PublicStatement(published));
        return new(ReportMaker.Make(
            new ReportContext
            {
                Inputs = inputs,
                Recipe = recipe is null ? RecipeChoice.For(inputs) : Recipe.Load(recipe),
                Policy = policy ?? Policy.Stockholm,
                Language = language,
                Period = period,
                Areas = [.. areas ?? []],
            }, title));
    }

    /// <summary>The profile of an area as a page of its own.</summary>
    /// <param name="area">The area's name.</param>
    /// <exception cref="ArgumentException">There is no such area; the message names those there are.</exception>
    public string Profile(string area) => document
        .Profiles.FirstOrDefault(pair => AreaName.Key(pair.Key) == AreaName.Key(area)).Value is { } make
        ? make() : throw new ArgumentException($"There is no area {area}. The areas are {string.Join(", ", Areas)}.", nameof(area));

    /// <summary>Writes the page.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path) => File.WriteAllText(path, Html);

    /// <summary>Says what it is.</summary>
    public override string ToString() => $"A report of {document.Sections} sections and {Figures.Count} figures; {LeftOut.Count} left out";
}
