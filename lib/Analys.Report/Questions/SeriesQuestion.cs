using Analys.Domain;
using Analys.Report.Recipes;
using Analys.Report.Tables;

namespace Analys.Report.Questions;

/// <summary>How a measure of the whole has changed over the years.</summary>
internal sealed class SeriesQuestion() : Question("series")
{
    public override IReadOnlyCollection<string> Figures { get; } = ["line"];

    public override IReadOnlyCollection<string> Slots { get; } =
        ["measure", "definite", "population", "whole", "firstyear", "lastyear", "first", "last", "maxyear", "max", "minyear", "min",
            "breaks", "other",
            "year", "country"];

    public override IEnumerable<Candidate> Candidates(ReportContext context, SectionRecipe section) => context.Readings
        .Where(reading => reading.AreaCount == 0 && reading.Periods.Count >= 3 && Fits(section.Of, reading))
        .GroupBy(reading => (reading.Input, reading.Measure)).Select(group =>
        {
            var main = group.FirstOrDefault(reading => reading.Population == Ages.Children.ToString()) ?? group.First();
            return new Candidate(main.Input, main.Title, main.Periods[^1], () => Ask(context, section, main))
            { Children = main.Population == Ages.Children.ToString() };
        });

    private static Answer? Ask(ReportContext context, SectionRecipe section, Reading main)
    {
        var released = context.Release(main);
        var known = released.Where(row => row.Value.HasNumber && row.Period is not null).OrderBy(row => row.Period, PeriodOrder.InTime)
            .ToList();
        if (context.Period is { } chosen) known.RemoveAll(row => PeriodOrder.InTime.Compare(row.Period, chosen) > 0);
        if (known.Count < 2) return null;
        var answer = new Answer { Released = [released] };
        var slots = answer.Slots;
        Result first = known[0], last = known[^1], most = known.MaxBy(row => row.Value.Number)!, least =
            known.MinBy(row => row.Value.Number)!;
        var named = context.NameOf(main.Measure, main.Population);
        slots["measure"] = MeasureWords.Inside(named);
        slots["definite"] = MeasureWords.Definite(named, context.Language);
        slots["whole"] = context.Whole;
        if (main.Population is { } population) slots["population"] = ReportContext.Ages(population, context.Words);
        (slots["firstyear"], slots["lastyear"], slots["year"]) = (first.Period!, last.Period!, last.Period!);
        (slots["first"], slots["last"]) = (Say(first), Say(last));
        (slots["maxyear"], slots["max"], slots["minyear"], slots["min"]) = (most.Period!, Say(most), least.Period!, Say(least));
        var breaks = known.Where(row => row.Parameters.ContainsKey("break"))
            .Select(row => new SeriesBreak(row.Period!, row.Parameters["break"])).ToList();
        if (breaks.Count > 0) slots["breaks"] = string.Join("; ", breaks.Select(item => item.Text.TrimEnd('.')));
        if (main.Country.FirstOrDefault(row => row.Period == last.Period && row.Value.HasNumber) is { } country
            && main.Country.Confidentiality == Confidentiality.Public) slots["country"] = Say(country);
        if (context.Readings.Where(reading => reading != main && reading.AreaCount > 0 && reading.Measure.Id == main.Measure.Id
            && reading.Population == main.Population && reading.Results.Confidentiality == Confidentiality.Public)
            .SelectMany(reading => reading.Results).FirstOrDefault(row => row.Area is null && row.Period == last.Period
                && row.Value.HasNumber) is { } other && Say(other) != Say(last))
        {
            slots["other"] = Say(other);
        }

        if (first.Value.Number > 0)
        {
            answer.Findings.Add(new("change", Math.Abs(Math.Log(last.Value.Number / first.Value.Number)), context.Words.Get(
                last.Value.Number > first.Value.Number ? "finding.rise" : "finding.fall",
                ("measure", MeasureWords.Enclosed(slots["definite"])),
                    ("whole", context.Whole), ("first", Say(first)), ("last", Say(last)), ("firstyear", first.Period!),
                    ("lastyear", last.Period!))
                + (breaks.Count > 0 ? " " + context.Words["finding.break"] : "")
                + (slots.TryGetValue("other", out var elsewhere) ? " " + (section.Aside is { } aside
                    && RecipeText.Fill(aside.In(context.Language), slots) is { } why ? why
                    : context.Words.Get("finding.other", ("other", elsewhere), ("lastyear", last.Period!))) : "")));
        }

        answer.Figures["line"] = words => released.Line(new LineOptions
        {
            Id = words.Id,
            Language = context.Language,
            Title = words.Title ?? MeasureWords.Large(context.Words.Get("title.line", ("measure", slots["measure"]))),
            Subtitle = context.Subtitle(words.Title ?? slots["measure"], last, known.Select(row => row.Period)),
            Breaks = breaks,
            Note = words.Note ?? "",
            Label = context.LabelOf,
        });
        return answer;

        string Say(Result row) => context.Say(row.Value.Number, row.Unit);
    }
}
