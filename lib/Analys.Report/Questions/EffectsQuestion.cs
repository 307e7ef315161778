using System.Collections.Immutable;
using System.Globalization;
using Analys.Load.Schema;
using Analys.Measure.Effects;
using Analys.Measure.Effects.Panel;
using Analys.Present.Effects;
using Analys.Report.Recipes;
using Analys.Report.Tables;

namespace Analys.Report.Questions;

/// <summary>What a measure did to those who got it, as a board can read it: what was done, for whom, compared with whom, what changed, how
/// sure that is, and what would have been seen with this few.</summary>
internal sealed class EffectsQuestion() : Question("effects")
{
    // Columns of a panel by the names that they usually have; a recipe names others.
    private static readonly string[] Starts = ["start", "starts", "startar", "startyear", "infort", "from"],
        Outcomes = ["rate", "share", "andel", "outcome", "utfall"];

    public override IReadOnlyCollection<string> Figures { get; } = ["event-study", "synthetic", "balance", "overlap", "forest"];

    public override IReadOnlyCollection<string> Options { get; } =
        ["unit", "outcome", "time", "start", "treated", "cluster", "covariates", "comparison", "measures", "seed"];

    public override IReadOnlyCollection<string> Slots { get; } = ["done", "whom", "changed", "sure", "few", "plan", "notes"];

    public override IEnumerable<Candidate> Candidates(ReportContext context, SectionRecipe section) => context.Inputs
        .Where(input => input.Extract is not null && About(section.Of, input))
        .Select(input => (Input: input, Columns: Columns(input.Extract!, section.With))).Where(item => item.Columns is not null)
        .Select(item => new Candidate(item.Input, $"effect on {item.Columns!.Outcome}", null, () =>
            Ask(context, section, item.Input, item.Columns)));

    // Which column is what; null where the table has not all that a study needs.
    private static EffectColumns? Columns(Extract extract, IReadOnlyDictionary<string, string> with)
    {
        string? Named(string option) => with.TryGetValue(option, out var name) && extract.Has(name) ? name : null;
        string? Of(Role role) => extract.Columns.Count(column => column.Field.Role == role) == 1 ? extract.Get(role).Name : null;
        string? Like(string[] names) => extract.Columns.FirstOrDefault(column => names.Contains(ColumnMeaning.Plain(column.Name)))?.Name;
        if (with.Keys.Any(key => key is "unit" or "outcome" or "time" or "start" or "treated" or "cluster"
            && Named(key) is null)) return null;
        var covariates = with.GetValueOrDefault("covariates", "").Split(',', StringSplitOptions.RemoveEmptyEntries
            | StringSplitOptions.TrimEntries);
        var columns = new EffectColumns
        {
            Unit = Named("unit") ?? Of(Role.Person) ?? Of(Role.Area),
            Outcome = Named("outcome") ?? Of(Role.Outcome) ?? Of(Role.Rate) ?? Like(Outcomes),
            Treated = Named("treated"),
            Time = with.ContainsKey("treated") ? null : Named("time") ?? Of(Role.Period),
            Start = with.ContainsKey("treated") ? null : Named("start") ?? Like(Starts),
            Cluster = Named("cluster"),
            Covariates = covariates,
        };
        return columns.Outcome is null || !covariates.All(extract.Has)
            || (columns.Treated is null && (columns.Unit is null || columns.Time is null || columns.Start is null)) ? null : columns;
    }

    private static Answer? Ask(ReportContext context, SectionRecipe section, TableInput input, EffectColumns columns)
    {
        var call = new EffectCall
        {
            Comparison = section.With.GetValueOrDefault("comparison") == "not-yet" ? ComparisonGroup.NotYet : ComparisonGroup.Never,
            Measures = [.. section.With.GetValueOrDefault("measures", "").Split(',', StringSplitOptions.RemoveEmptyEntries
                | StringSplitOptions.TrimEntries)],
            Seed = long.TryParse(section.With.GetValueOrDefault("seed"), CultureInfo.InvariantCulture, out var seed) ? seed : 1,
        };
        var run = EffectRun.Of(input.Extract!, columns, call, null, leaves: true);
        var released = context.Release(new Results(run.Results, run.Results.Confidentiality, input.Origins(run.Results.Provenance)));
        if (released.Count == 0) return null;
        // Within a sentence, without what a schema adds in brackets.
        var title = (string name) => MeasureWords.Inside((input.Extract!.Has(name) ? input.Extract[name].Field.Title ?? name : name)
            .Split(" (")[0]);
        var story = new EffectStory(title(columns.Outcome!), title(columns.Unit ?? ""), columns.IsPanel,
            call.Comparison == ComparisonGroup.NotYet, [.. columns.Covariates.Select(title)],
            [.. run.Notes.Select(note => (note.Code, note.Text))]);
        var answer = new Answer { Released = [released] };
        foreach (var (slot, text) in EffectSection.Sentences(released, story, context.Language)) answer.Slots[slot] = text;
        if (EffectSection.Notes(story, context.Language) is { Count: > 0 } notes) answer.Slots["notes"] = string.Join(" ", notes);
        foreach (var (kind, draw) in EffectFigures.Drawable(released))
        {
            answer.Figures[kind] = words => draw(new FigureOptions
            {
                Id = words.Id,
                Language = context.Language,
                Title = words.Title,
                Note = words.Note
            });
        }

        return answer;
    }
}
