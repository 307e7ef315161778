using System.Globalization;
using System.Text.RegularExpressions;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Indicators;
using Analys.Report.Recipes;
using Analys.Report.Tables;

namespace Analys.Report.Questions;

/// <summary>The share of households below an income limit, from a table of brackets.</summary>
internal sealed partial class BracketsQuestion() : Question("brackets")
{
    private static readonly AreasQuestion Areas = new();

    public override IReadOnlyCollection<string> Figures => Areas.Figures;

    public override IReadOnlyCollection<string> Slots { get; } = [.. Areas.Slots, "limit"];

    public override IReadOnlyCollection<string> Options { get; } = ["limit"];

    public override IEnumerable<Candidate> Candidates(ReportContext context, SectionRecipe section)
    {
        var limit = section.With.TryGetValue("limit", out var text) && double.TryParse(text, CultureInfo.InvariantCulture, out var stated)
            ? stated : 160_000;
        foreach (var input in context.Inputs.Where(input => input.Extract is not null && About(section.Of, input)))
        {
            var extract = input.Extract!;
            if (extract.Columns.Count(column => column.Field.Role == Role.Total) != 1
                || extract.Columns.Count(column => column.Field.Role == Role.Area) != 1) continue;
            // hh_120_159 holds incomes from 120 000 to 159 999 kronor.
            string[] below = [.. extract.Columns.OfType<NumberColumn>()
                .Where(column => column.Field.Role == Role.Count && Bounds().Match(column.Name) is { Success: true } bounds
                && (double.Parse(bounds.Groups[2].ValueSpan, CultureInfo.InvariantCulture) + 1) * 1000 <= limit)
                    .Select(column => column.Name)];
            if (below.Length == 0) continue;
            yield return new Candidate(input, $"households below {limit.ToString(CultureInfo.InvariantCulture)} kr",
                extract.Get(Role.Total).Field.Period, () => Ask(context, section, input, below, limit));
        }
    }

    private static Answer? Ask(ReportContext context, SectionRecipe section, TableInput input, string[] below, double limit)
    {
        var extract = input.Extract!;
        var names = new RowNames(extract, input.File);
        var all = ShareBelow.Of(extract, below, limit);
        // The limit belongs to the name: without it a forwarded figure says nothing.
        var said = context.Words.Get("below.limit", ("limit", context.Numbers.Value(limit, Units.Kronor)));
        var definition = ShareBelow.Definition with { Swedish = said, Name = said };
        var period = extract.Get(Role.Total).Field.Period ?? ColumnMeaning.OnlyYear($"{extract.Schema.Title} {extract.Schema.Name}");
        var kept = new Results(all.Where(row => names.Of(row.Area) is RowNames.Kind.Area or RowNames.Kind.Whole)
            .Select(row => row with
            {
                Measure = definition,
                Period = period,
                Area = names.Of(row.Area) == RowNames.Kind.Whole ? null
                : row.Area
            }),
            all.Confidentiality, all.Provenance);
        var answer = AreasQuestion.Ask(context, section, new Reading(input, said, kept,
            new Results([], all.Confidentiality, all.Provenance)));
        if (answer is not null) answer.Slots["limit"] = context.Numbers.Value(limit, Units.Kronor);
        return answer;
    }

    [GeneratedRegex(@"(\d+)_(\d+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Bounds();
}
