using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Indicators;
using Analys.Report.Recipes;
using Analys.Report.Tables;

namespace Analys.Report.Questions;

/// <summary>How areas differ in one measure, how they differ from the whole, and how they have changed.</summary>
internal sealed class AreasQuestion() : Question("areas")
{
    private const string Beside = "beside", DivisionOption = "division";

    public override IReadOnlyCollection<string> Figures { get; } = ["ranked", "map", "tiles", "trend", "line", "change", "kinds"];

    public override IReadOnlyCollection<string> Options { get; } = [Beside, DivisionOption];

    public override IReadOnlyCollection<string> Slots { get; } =
    [
        "measure", "definite", "population", "year", "whole", "city", "count", "high", "top", "low", "bottom", "above", "difference",
            "ratio",
            "ratiolower", "ratioupper", "within",
        "firstyear", "lastyear", "first", "last", "maxyear", "max", "changeyears", "rise", "risevalue", "fall", "fallvalue", "country",
            "persons",
        "residual", "residualchildren", "rounded", "other", "beside", "besideown", "besideyear", "breaks",
    ];

    public override IEnumerable<Candidate> Candidates(ReportContext context, SectionRecipe section)
    {
        var fitting = context.Readings.Where(reading => Fits(section.Of, reading)
            && reading.AreaCount >= Math.Max(2, section.Of?.Areas ?? 2)).ToList();
        // A table with figures for several ages gets one section: of children where it has them, else of everyone, else of the first.
        return fitting.GroupBy(reading => (reading.Input, reading.Measure)).Select(group =>
        {
            var of = group.ToList();
            var main = of.Find(reading => reading.Population == Ages.Children.ToString()) ?? of.Find(reading => reading.Population is null)
                ?? of[0];
            return new Candidate(main.Input, main.Title, main.Periods.Count > 0 ? main.Periods[^1] : null, () =>
                Ask(context, section, main, of))
            { Children = main.Population == Ages.Children.ToString() };
        });
    }

    /// <summary>The answer for one measure by area, wherever it comes from; null where fewer than two areas have a number.</summary>
    /// <param name="context">The report.</param>
    /// <param name="section">The section.</param>
    /// <param name="main">The measure.</param>
    /// <param name="others">The same measure of other ages.</param>
    public static Answer? Ask(ReportContext context, SectionRecipe section, Reading main, IReadOnlyList<Reading>? others = null)
    {
        var all = others ?? [main];
        return Ask(context, section, context.Release(main), main, all);
    }

    /// <summary>The answer for results that were released already, of a register.</summary>
    public static Answer? Ask(ReportContext context, SectionRecipe section, Released results, TableInput input)
    {
        // What was released is read as a table is: nothing more is taken of it.
        var rows = new Results(results, Confidentiality.Confidential, results.Provenance);
        var main = new Reading(input, results[0].Measure.Swedish, rows, new Results([], Confidentiality.Confidential, results.Provenance));
        return Ask(context, section, results, main, [main]);
    }

    private static Answer? Ask(ReportContext context, SectionRecipe section, Released results, Reading main, IReadOnlyList<Reading> all)
    {
        var division = section.With.TryGetValue(DivisionOption, out var wanted) ? Geography.Stockholm.Division(wanted) : null;
        var released = results.Where(row => row.Area is null || division is null || division.Find(row.Area) is not null);
        if (Latest(context, main, released) is not { } year) return null;
        var rows = released.Where(row => row.Period == year.Period);
        var areas = rows.Where(row => row.Area is not null && row.Value.HasNumber).OrderBy(row => row.Value.Number)
            .ThenBy(row => row.Area, SwedishOrder.Comparer).ToList();
        if (areas.Count < 2) return null;
        var answer = new Answer { Released = [released] };
        var ranking = new AreaRanking(context, released, year.Period, areas,
            rows.FirstOrDefault(row => row.Area is null && row.Value.HasNumber))
        {
            Country = main.Country.Confidentiality != Confidentiality.Public ? null
                : main.Country.FirstOrDefault(row => row.Period == year.Period && row.Value.HasNumber),
        };
        Slot(context, section, main, answer, ranking);
        ranking.Describe(answer);
        answer.Overview = (context.NameOf(main.Measure, main.Population) + (year.Period is null ? "" : $", {year.Period}"), rows);
        Draw(context, main, all, answer, ranking, rows);
        return answer;
    }

    // Areas that begin or end within the years, and of which others they were put together.
    private static string Changed(ReportContext context, Released inTime)
    {
        var periods = inTime.Where(row => row.Value.HasNumber).Select(row => row.Period).Distinct().Count();
        var areas = inTime.Where(row => row.Value.HasNumber).GroupBy(row => row.Area!).ToDictionary(group => group.Key,
            group => group.Select(row => row.Period).Distinct().Count());
        if (areas.Values.All(count => count == periods)) return "";
        var merged = areas.Keys.Order(SwedishOrder.Comparer).Select(area => (area, Parts: ShippedMap.PartsOf(area, areas.Keys)))
            .Where(item => item.Parts.Count > 1)
            .Select(item => context.Words.Get("trend.merged", ("area", item.area), ("parts", context.Words.List(item.Parts))));
        return string.Join(" ", merged.Prepend(context.Words["trend.gaps"]));
    }

    // The latest period, of those that tell of at least two areas and of half of them.
    private static (string? Period, int Count)? Latest(ReportContext context, Reading main, Released released)
    {
        if (main.Periods.Count == 0) return context.Period is null ? (null, main.AreaCount) : null;
        var areas = released.Select(row => row.Area).OfType<string>().Distinct().Count();
        foreach (var period in main.Periods.Reverse())
        {
            if (context.Period is { } chosen && period != chosen) continue;
            var count = released.Count(row => row.Period == period && row.Area is not null && row.Value.Status != ValueStatus.Undefined);
            if (count >= 2 && count * 3 >= areas) return (period, count);
        }

        return null;
    }

    private static void Slot(ReportContext context, SectionRecipe section, Reading main, Answer answer, AreaRanking ranking)
    {
        ranking.Fill(answer.Slots);
        if (ranking.City is { } city && context.Readings.Where(reading => reading != main && reading.Measure.Id == main.Measure.Id
            && reading.Population == main.Population)
            .SelectMany(reading => reading.Results.Where(row => row.Area is null && row.Period == city.Period && row.Value.HasNumber
                && reading.Results.Confidentiality == Confidentiality.Public))
            .FirstOrDefault() is { } other && Math.Abs(other.Value.Number - city.Value.Number) > 1e-12)
        {
            answer.Slots["other"] = context.Say(other.Value.Number, other.Unit);
        }

        if (ranking.Country is { } country)
            answer.Slots["country"] = context.Say(country.Value.Number, country.Unit, ranking.Decimals);

        if (main.Input.Extract is { Confidentiality: Confidentiality.Public } extract) Residuals(context, extract, ranking, answer.Slots);
        if (section.With.TryGetValue(Beside, out var measure)) Compare(context, measure, main, answer.Slots);
    }

    private static void Residuals(ReportContext context, Extract extract, AreaRanking ranking, Dictionary<string, string> slots)
    {
        var rows = TableDisagreement.Of(extract).Where(row => row.Area is null && row.Period == ranking.Period && row.Value.HasNumber)
            .ToList();
        if (rows.Find(row => PopulationText.Of(row) is null) is { } persons) slots["residual"] =
            context.Numbers.Number(persons.Value.Number);
        if (rows.Find(row => PopulationText.Of(row) == Ages.Children.ToString()) is { } children) slots["residualchildren"] =
            context.Numbers.Number(children.Value.Number);
        if (extract.Find(Role.Count, ranking.Period, PopulationText.Of(ranking.Areas[0])) is NumberColumn count
            && extract.Find(Role.Area) is TextColumn area)
        {
            var row = Array.FindIndex([.. area.Codes], code => code >= 0 && area.Categories[code] == Geography.Stockholm.City);
            if (row >= 0 && count.MarkAt(row) == Mark.None) slots["persons"] = context.Numbers.Number(count.Values[row]);
        }
    }

    // Another measure of the whole in the latest year that both tell of.
    private static void Compare(ReportContext context, string measure, Reading main, Dictionary<string, string> slots)
    {
        var pairs = from own in main.Results.Where(row => row.Area is null && row.Value.HasNumber)
                    from reading in context.Readings
                    where reading.Measure.Id == measure && reading.Results.Confidentiality == Confidentiality.Public
                        && main.Results.Confidentiality == Confidentiality.Public
                    from row in reading.Results
                    where row.Area is null && row.Period == own.Period && row.Population == own.Population && row.Value.HasNumber
                    orderby own.Period descending
                    select (own, row);
        if (pairs.FirstOrDefault() is not { own: not null } pair) return;
        slots["besideyear"] = pair.own.Period ?? "";
        slots["besideown"] = context.Say(pair.own.Value.Number, pair.own.Unit);
        slots["beside"] = context.Say(pair.row.Value.Number, pair.row.Unit);
    }

    private static void Draw(ReportContext context, Reading main, IReadOnlyList<Reading> all, Answer answer, AreaRanking ranking,
        Released rows)
    {
        var says = answer.Says;
        var language = context.Language;
        var name = context.NameOf(main.Measure, main.Population);
        string Title(string key) => context.Words.Get(key, ("measure", key == "title.kinds" ? context.NameOf(main.Measure) : name),
            ("year", ranking.Period ?? ""),
            ("high", ranking.Highest), ("low", ranking.Lowest)).Replace("  ", " ", StringComparison.Ordinal);
        var shown = ranking.Areas[^1];
        string Under(string title, IEnumerable<string?> periods, bool allAges = false) => context.Subtitle(title, shown, periods, allAges);
        // Of figures that stand as the source has them there is nothing to define.
        string? Noted(string? note) => note ?? (main.Measure.Formula == Reading.AsPublished ? "" : null);
        answer.Figures["ranked"] = words => rows.RankedBar(new RankedBarOptions
        {
            Id = words.Id,
            Language = language,
            Title = words.Title
            ?? Title("title.ranked"),
            Subtitle = Under(words.Title ?? Title("title.ranked"), [ranking.Period]),
            Decimals = ranking.Decimals,
            Note = Noted(words.Note),
            AreaNotes = says,
            Highlight = [.. rows.Select(row => row.Area).OfType<string>().Where(context.IsChosen)],
            Label = context.LabelOf
        });
        var map = (FigureWords words) => new MapOptions
        {
            Id = words.Id,
            Language = language,
            Title = words.Title ?? Title("title.map"),
            Subtitle = Under(words.Title ?? Title("title.map"), [ranking.Period]),
            Decimals = ranking.Decimals,
            Note = words.Note ?? "",
            Classing = Classing.Quantiles,
            AreaNotes = says,
            Label = context.LabelOf
        };
        var names = ranking.Areas.ConvertAll(row => row.Area!);
        var grid = TileGrid.For(names);
        var onTiles = names.Count(area => grid.Find(area) is not null) * 10 >= names.Count * 9;
        if (onTiles) answer.Figures["tiles"] = words => rows.TileMap(map(words));
        var outlines = MapFit.For(context.Outlines, names);
        var borders = context.Outlines.Count == 0 ? context.Words["map.borders"] : "";
        if (outlines is not null)
        {
            answer.Figures["map"] = words => rows.Choropleth(outlines, map(words with { Note = $"{words.Note} {borders}".Trim() })
                with
            { Water = context.Outlines.Count == 0 ? ShippedMap.Water : [] });
        }
        else if (onTiles) answer.Figures["map"] = answer.Figures["tiles"];

        var breaks = ranking.Breaks;
        var dated = ranking.All.Where(row => row.Period is not null && row.Value.Status != ValueStatus.Undefined);
        var inTime = dated.Where(row => row.Area is not null && ranking.Repeated.Contains(row.Area));
        if (ranking.Repeated.Count >= 2)
        {
            answer.Figures["trend"] = words => dated.Where(row => row.Area is null || ranking.Repeated.Contains(row.Area))
                .SmallMultiples(new MultiplesOptions
                {
                    Id = words.Id,
                    Language = language,
                    Title = words.Title ?? Title("title.trend"),
                    Subtitle = Under(words.Title ?? Title("title.trend"), inTime.Select(row => row.Period)),
                    Decimals = ranking.Decimals,
                    Note = $"{words.Note} {Changed(context, inTime)}".Trim(),
                    Breaks = breaks,
                    AreaNotes = says,
                    Label = context.LabelOf,
                });
        }

        if (dated.Where(row => row.Area is null).Count >= 3)
        {
            answer.Figures["line"] = words => dated.Where(row => row.Area is null)
                .Line(new LineOptions
                {
                    Id = words.Id,
                    Language = language,
                    Title = words.Title ?? Title("title.line"),
                    Subtitle = Under(words.Title ?? Title("title.line"), dated.Where(row => row.Area is null).Select(row => row.Period)),
                    Decimals = ranking.Decimals,
                    Note = words.Note
                ?? "",
                    Breaks = breaks,
                    Label = context.LabelOf
                });
        }

        if (ranking.Common is { } common)
        {
            var between = context.Words.Get("title.change", ("measure", name), ("firstyear", common.First), ("lastyear", common.Last));
            answer.Figures["change"] = words => inTime.Where(row => (row.Period == common.First || row.Period == common.Last)
                && common.Areas.Contains(row.Area!)).Dumbbell(new PairOptions
                {
                    Id = words.Id,
                    Language = language,
                    Title = words.Title ?? between,
                    Subtitle = Under(words.Title ?? between, []),
                    Decimals = ranking.Decimals,
                    Note = Noted(words.Note),
                    AreaNotes = says,
                    Label = context.LabelOf,
                });
        }

        var kinds = all.Where(reading => reading.Periods.Contains(ranking.Period ?? "") || ranking.Period is null).ToList();
        if (kinds.Select(reading => reading.Population).Distinct().Count() >= 3)
        {
            var byAge = context.ReleaseAges(main)
                .Where(row => row.Period == ranking.Period && PopulationText.Of(row) is not null);
            if (byAge.Select(PopulationText.Of).Distinct().Count() < 3) return;
            answer.Figures["kinds"] = words => byAge.HeatTable(new HeatOptions
            {
                Id = words.Id,
                Language = language,
                Title = words.Title ?? Title("title.kinds"),
                Subtitle = Under(words.Title ?? Title("title.kinds"), [ranking.Period], allAges: true),
                SortByFirst = true,
                Note = words.Note ?? "",
                AreaNotes = says,
                Label = context.LabelOf,
            });
        }
    }
}
