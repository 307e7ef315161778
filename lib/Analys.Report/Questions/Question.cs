using Analys.Report.Recipes;
using Analys.Report.Tables;

namespace Analys.Report.Questions;

/// <summary>A kind of question that a section of a report asks.</summary>
/// <param name="id">The name in a recipe.</param>
internal abstract class Question(string id)
{
    /// <summary>All kinds.</summary>
    public static IReadOnlyList<Question> All { get; } = [new AreasQuestion(), new SeriesQuestion(), new BracketsQuestion(),
        new SegregationQuestion(), new RegisterQuestion(), new TargetsQuestion(), new CoverageQuestion(), new EffectsQuestion(),
        new OverviewQuestion()];

    /// <summary>The name in a recipe.</summary>
    public string Id => id;

    /// <summary>The figures that an answer may have.</summary>
    public abstract IReadOnlyCollection<string> Figures { get; }

    /// <summary>The tables that an answer may have.</summary>
    public virtual IReadOnlyCollection<string> Tables => [];

    /// <summary>The slots that an answer may fill.</summary>
    public abstract IReadOnlyCollection<string> Slots { get; }

    /// <summary>What it can be asked with.</summary>
    public virtual IReadOnlyCollection<string> Options => [];

    /// <summary>The kind of this name; null for none.</summary>
    public static Question? Find(string name) => All.FirstOrDefault(question => question.Id == name);

    /// <summary>What can answer, best first.</summary>
    /// <param name="context">The report in the making.</param>
    /// <param name="section">The section.</param>
    public abstract IEnumerable<Candidate> Candidates(ReportContext context, SectionRecipe section);

    /// <summary>The results of all questions that a recipe asks of a register, in its order.</summary>
    /// <param name="context">The report.</param>
    /// <param name="input">The register.</param>
    public static IReadOnlyList<Results> OfRegister(ReportContext context, TableInput input) =>
        [.. context.Recipe.Sections.Select(section => Find(section.Ask)!.Register(context, section, input)).OfType<Results>()
            .Where(results => results.Count > 0)];

    /// <summary>What this question computes of a register; null where it asks none.</summary>
    protected virtual Results? Register(ReportContext context, SectionRecipe section, TableInput input) => null;

    /// <summary>Whether a reading is what the section asks for.</summary>
    protected static bool Fits(Where? of, Reading reading)
    {
        if (of is null) return true;
        if (of.Measure is { } measure && reading.Measure.Id != measure) return false;
        if (of.Population is { } population && (reading.Population ?? "") != population) return false;
        if (of.Unit is { } unit && reading.Unit != unit) return false;
        return of.About.Count == 0 || About(of, reading.Input);
    }

    /// <summary>Whether a table is about what the section asks for.</summary>
    protected static bool About(Where? of, TableInput input)
    {
        if (of is null || of.About.Count == 0) return true;
        var columns = input.Extract?.Columns.Select(column => $"{column.Name} {column.Field.Title}") ?? [];
        var text = ColumnMeaning.Plain($"{input.Extract?.Schema.Title} {input.File} {string.Join(' ', columns)}");
        return of.About.Any(word => text.Contains(ColumnMeaning.Plain(word), StringComparison.Ordinal));
    }
}

/// <summary>A table that can answer a section's question.</summary>
/// <param name="Input">The table.</param>
/// <param name="What">What of it, for <c>--explain</c>.</param>
/// <param name="Period">Its latest period; of several the latest is taken.</param>
/// <param name="Ask">Computes, releases and answers; null where the table has no figures for what was chosen.</param>
internal sealed record Candidate(TableInput Input, string What, string? Period, Func<Answer?> Ask)
{
    /// <summary>Whether it is about children: of many sections these come first.</summary>
    public bool Children { get; init; }
}
