using Analys.Load.Schema;
using Analys.Measure.Indicators;
using Analys.Report.Recipes;

namespace Analys.Report.Questions;

/// <summary>In how many districts a service is offered, in the order of time, and how many took part.</summary>
internal sealed class CoverageQuestion() : Question("coverage")
{
    public override IReadOnlyCollection<string> Figures { get; } = ["coverage", "participants"];

    public override IReadOnlyCollection<string> Slots { get; } = ["first", "last", "firstyear", "lastyear", "count", "total", "top"];

    public override IEnumerable<Candidate> Candidates(ReportContext context, SectionRecipe section) => context.Inputs
        .Where(input => input.Extract is { } extract && About(section.Of, input)
            && Has(extract, Role.Period) && Has(extract, Role.Count) && Has(extract, Role.Total)
                && extract.Columns.All(column => column.Field.Role != Role.Area))
        .Select(input => new Candidate(input, "coverage of a service", null, () => Ask(context, input.Extract!)));

    private static bool Has(Extract extract, Role role) => extract.Columns.Count(column => column.Field.Role == role) == 1;

    private static Answer? Ask(ReportContext context, Extract extract)
    {
        var coverage = context.Release(ServiceCoverage.Of(extract));
        var known = coverage.Where(row => row.Value.HasNumber).ToList();
        if (known.Count == 0) return null;
        var courses = context.Inputs.Select(input => input.Extract).OfType<Extract>()
            .FirstOrDefault(other => other.RowCount > 1 && Has(other, Role.Indicator) && Has(other, Role.Count)
            && other.Columns.All(column => column.Field.Role is not (Role.Area or Role.Period or Role.Total)));
        var participants = courses is null ? null : context.Release(
            Published.Of(courses, Published.Participants, courses.Get(Role.Count).Name));
        var answer = new Answer { Released = participants is null ? [coverage] : [coverage, participants] };
        if (known.Count > 1) (answer.Slots["first"], answer.Slots["firstyear"]) = (Of(known[0]), known[0].Period ?? "");
        (answer.Slots["last"], answer.Slots["lastyear"]) = (Of(known[^1]), known[^1].Period ?? "");
        (answer.Slots["count"], answer.Slots["total"]) = (Count(known[^1]), context.Numbers.Number(known[^1].N ?? 0));
        answer.Figures["coverage"] = words => coverage.RankedBar(new RankedBarOptions
        {
            Id = words.Id,
            Language = context.Language,
            Title =
            words.Title,
            Note = words.Note,
            Label = row => row.Period ?? "",
            KeepOrder = true,
            Subtitle =
            context.NameOf(ServiceCoverage.Definition)
        });
        if (participants?.Where(row => row.Value.HasNumber).MaxBy(row => row.Value.Number) is { } top && participants.Count > 1)
        {
            answer.Slots["top"] = top.Group ?? "";
            answer.Figures["participants"] = words => participants.RankedBar(
                new RankedBarOptions
                {
                    Id = words.Id,
                    Language = context.Language,
                    Title = words.Title,
                    Note = words.Note,
                    Label = row =>
                row.Group ?? ""
                });
        }

        return answer;

        string Of(Result row) => context.Words.Get("of", ("count", Count(row)), ("total", context.Numbers.Number(row.N ?? 0)));
        string Count(Result row) => context.Numbers.Number(Math.Round(row.Value.Number * (row.N ?? 0)));
    }
}
