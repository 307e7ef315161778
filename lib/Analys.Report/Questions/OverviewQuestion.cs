using Analys.Report.Recipes;

namespace Analys.Report.Questions;

/// <summary>All measures by area that the other sections tell of, in one table with colours: area by indicator.</summary>
internal sealed class OverviewQuestion() : Question(Name)
{
    /// <summary>The name in a recipe.</summary>
    public const string Name = "overview";

    public override IReadOnlyCollection<string> Figures { get; } = ["heat"];

    public override IReadOnlyCollection<string> Slots { get; } = ["count", "indicators", "whole"];

    /// <inheritdoc/>
    /// <remarks>It asks no table: the maker hands it what the others answered.</remarks>
    public override IEnumerable<Candidate> Candidates(ReportContext context, SectionRecipe section) => [];

    /// <summary>The table of the answers' measures; null for fewer than two.</summary>
    /// <param name="context">The report.</param>
    /// <param name="answers">What the other sections answered.</param>
    public static Answer? Ask(ReportContext context, IReadOnlyList<Answer> answers)
    {
        // Measures of other areas would make a table of gaps: those of the areas that most measures tell of are kept.
        var all = answers.Select(answer => answer.Overview).OfType<(string Name, Released Rows)>().DistinctBy(item => item.Name)
            .Select(item => (item.Name, item.Rows, Areas: Areas(item.Rows))).ToList();
        if (all.Count < 2) return null;
        var areas = all.SelectMany(item => item.Areas).GroupBy(area => area).ToDictionary(group => group.Key, group => group.Count());
        var most = all.MaxBy(item => item.Areas.Sum(area => areas[area])).Areas;
        var kept = all.Where(item => item.Areas.Count(most.Contains) * 2 >= Math.Max(item.Areas.Count, most.Count)).ToList();
        if (kept.Count < 2) return null;
        var name = new Dictionary<object, string>(ReferenceEqualityComparer.Instance);
        foreach (var (indicator, rows, _) in kept)
        {
            foreach (var row in rows) name[row] = indicator;
        }

        var released = kept.Select(item => item.Rows).Aggregate((sum, more) => sum.Beside(more));
        var answer = new Answer { Released = [released] };
        (answer.Slots["count"], answer.Slots["indicators"], answer.Slots["whole"]) = (
            context.Numbers.Number(most.Count), context.Numbers.Number(kept.Count), context.Whole);
        answer.Figures["heat"] = words => released.HeatTable(new HeatOptions
        {
            Id = words.Id,
            Language = context.Language,
            Title = words.Title ?? context.Words["title.overview"],
            Subtitle = context.Words.Get("overview.subtitle", ("indicators", answer.Slots["indicators"]), ("count", answer.Slots["count"])),
            Note = words.Note ?? context.Words["overview.note"],
            Label = context.LabelOf,
            Column = row => name.GetValueOrDefault(row) ?? "",
            ClassesByColumn = true,
            SortByFirst = true,
        });
        return answer;
    }

    private static HashSet<string> Areas(Released rows) => [.. rows.Select(row => row.Area).OfType<string>()];
}
