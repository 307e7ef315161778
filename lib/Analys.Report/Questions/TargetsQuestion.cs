using Analys.Load.Schema;
using Analys.Measure.Indicators;
using Analys.Report.Recipes;

namespace Analys.Report.Questions;

/// <summary>A plan's indicators against its targets, with their outcomes where the plan has them.</summary>
internal sealed class TargetsQuestion() : Question("targets")
{
    private static readonly string Council = IndicatorFollowUp.CouncilTarget.Id, Board = IndicatorFollowUp.BoardTarget.Id, District =
        IndicatorFollowUp.DistrictTarget.Id,
        Joint = IndicatorFollowUp.JointValue.Id, Outcome = IndicatorFollowUp.Outcome.Id;

    public override IReadOnlyCollection<string> Figures { get; } = ["bullets"];

    public override IReadOnlyCollection<string> Tables { get; } = ["targets"];

    public override IReadOnlyCollection<string> Slots { get; } = ["count", "districts", "cost", "net"];

    public override IEnumerable<Candidate> Candidates(ReportContext context, SectionRecipe section) => context.Inputs
        .Where(input => input.Extract is { } extract && About(section.Of, input)
            && extract.Columns.Any(column => column.Field.Role == Role.Indicator)
            && extract.Columns.Any(column => column.Field.Role is Role.CouncilTarget or Role.BoardTarget))
        .Select(input => new Candidate(input, "indicators and targets", null, () => Ask(context, input.Extract!)));

    private static Answer? Ask(ReportContext context, Extract extract)
    {
        var all = context.Release(IndicatorFollowUp.Of(extract));
        if (all.Count == 0) return null;
        var budget = context.Inputs.Select(input => input.Extract).OfType<Extract>().FirstOrDefault(other => other != extract
            && other.Columns.Any(column => column.Field.Role == Role.Indicator)
                && other.Columns.Any(column => column.Field.Role == Role.Amount));
        var sums = budget is null ? null : context.Release(IndicatorFollowUp.Of(budget));
        var answer = new Answer { Released = sums is null ? [all] : [all, sums] };
        var districts = all.Where(row => row.Measure.Id == District).Select(row => row.Area!).Distinct().ToList();
        answer.Slots["count"] = context.Numbers.Number(all.Select(row => row.Group).Distinct().Count());
        if (districts.Count > 0) answer.Slots["districts"] = context.Words.List(districts);
        if (sums?.Where(row => row.Value.HasNumber).ToList() is { Count: >= 3 } known)
        {
            (answer.Slots["cost"], answer.Slots["net"]) = (context.Numbers.Number(known[0].Value.Number, 1),
                context.Numbers.Number(known[2].Value.Number, 1));
        }

        // Shares can stand beside the city's target; numbers of places in one unit cannot stand beside those of the whole city.
        var both = all.Where(row => row.Measure.Id == Council && row.Unit is Units.Share or Units.Index).Select(row => row.Group)
            .ToHashSet();
        var bullets = all.Where(row => both.Contains(row.Group) && (row.Measure.Id == Council || row.Measure.Id == Board
            || row.Measure.Id == Outcome));
        if (bullets.Count > 0)
        {
            answer.Figures["bullets"] = words => bullets.TargetBullets(new BulletOptions
            {
                Id = words.Id,
                Language = context.Language,
                Title = words.Title ?? context.Words["targets.title"],
                Note = words.Note,
                Indicator = row => row.Group ?? "",
                Role = row => row.Measure.Id == Council ? TargetRole.Council : row.Measure.Id == Board ? TargetRole.Board
                    : TargetRole.Outcome,
                Direction = row => row.Parameters.GetValueOrDefault("better") == "lower" ? TargetDirection.Lower : TargetDirection.Higher,
            });
        }

        answer.Tables["targets"] = () => Table(context, all, districts);
        return answer;
    }

    private static PlainTable Table(ReportContext context, Released all, List<string> districts)
    {
        var words = context.Words;
        var groups = all.GroupBy(row => row.Group!).ToList();
        // A column without a figure in it is left out.
        List<(string Heading, Func<IGrouping<string, Result>, string> Cell)> columns =
        [
            (words["targets.council"], group => Print(context, group.FirstOrDefault(row => row.Measure.Id == Council))),
            (words["targets.board"], group => Print(context, group.FirstOrDefault(row => row.Measure.Id == Board))),
            .. districts.Select(district => (district, (Func<IGrouping<string, Result>, string>)(group =>
                Print(context, group.FirstOrDefault(row => row.Measure.Id == District && row.Area == district))))),
            (words["targets.joint"], group => Print(context, group.FirstOrDefault(row => row.Measure.Id == Joint))),
            (words["targets.outcome"], group => Print(context, group.FirstOrDefault(row => row.Measure.Id == Outcome))),
        ];
        columns.RemoveAll(column => groups.TrueForAll(group => column.Cell(group).Length == 0));
        return new PlainTable(
            words["targets.table"], [words["targets.indicator"], words["targets.better"], .. columns.Select(column => column.Heading)],
            [.. groups.Select(group => (IReadOnlyList<string>)[group.Key,
                words["targets.better." + group.First().Parameters.GetValueOrDefault("better", "higher")],
                .. columns.Select(column => column.Cell(group))])],
            [.. Enumerable.Range(2, columns.Count)]);
    }

    private static string Print(ReportContext context, Result? row)
    {
        if (row is null) return "";
        if (row.Value.HasNumber) return Number(row.Value.Number);
        return row is { Lower: { } lower, Upper: { } upper } ? context.Numbers.Interval(lower, upper, row.Unit,
                NumberFormat.DecimalsNeeded([lower, upper], row.Unit, 2))
            : context.Numbers.Value(row.Value, row.Unit);

        string Number(double value) => context.Numbers.Value(value, row.Unit, NumberFormat.DecimalsNeeded([value], row.Unit, 2));
    }
}
