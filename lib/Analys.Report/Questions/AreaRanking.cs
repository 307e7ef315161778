using Analys.Domain;
using Analys.Report.Tables;

namespace Analys.Report.Questions;

/// <summary>The areas of one measure in order, the whole beside them and their past: what sentences, summary and profiles are made
/// of.</summary>
/// <param name="Context">The report.</param>
/// <param name="All">All periods.</param>
/// <param name="Period">The period that is told about; null where the table has none.</param>
/// <param name="Areas">Areas with a number in it, lowest first; at least two.</param>
/// <param name="City">The whole in it; null where it has no number.</param>
internal sealed record AreaRanking(ReportContext Context, Released All, string? Period, List<Result> Areas, Result? City)
{
    /// <summary>The country in it; null where the table does not hold it.</summary>
    public Result? Country { get; init; }

    // A change or a gap smaller than this part is not worth the first page.
    private const double Small = 0.05;

    private string Unit => Areas[0].Unit;

    /// <summary>The area with the highest number; several where they are published as equal.</summary>
    public string Highest => Tied(Areas[^1]);

    /// <summary>The area with the lowest number; several where they are published as equal.</summary>
    public string Lowest => Tied(Areas[0]);

    // Of numbers that read the same none is first.
    private string Tied(Result extreme)
    {
        var tied = Areas.Where(row => Say(row) == Say(extreme)).Select(row => row.Area!).Order(SwedishOrder.Comparer).ToList();
        return tied.Count <= 3 ? Context.Words.List(tied)
            : Context.Words.Get("areas.tied", ("count", Context.Numbers.Number(tied.Count)));
    }

    /// <summary>Whether all areas' numbers read the same.</summary>
    public bool AllEqual => Say(Areas[0]) == Say(Areas[^1]);

    /// <summary>Areas with a number in more than one period.</summary>
    public HashSet<string> Repeated { get; } = [.. All.Where(row => row.Area is not null && row.Period is not null && row.Value.HasNumber)
        .GroupBy(row => row.Area!).Where(group => group.Select(row => row.Period).Distinct().Count() > 1).Select(group => group.Key)];

    /// <summary>Where the series breaks.</summary>
    public IReadOnlyList<SeriesBreak> Breaks { get; } = [.. All.Where(row => row.Period is not null && row.Parameters.ContainsKey("break"))
        .Select(row => new SeriesBreak(row.Period!, row.Parameters["break"])).Distinct()
            .OrderBy(item => item.Period, PeriodOrder.InTime)];

    /// <summary>The two periods that most areas have in common, near enough, the latest and those farthest apart; null for fewer than two
    /// areas.</summary>
    public (string First, string Last, HashSet<string> Areas)? Common
    {
        get
        {
            var periods = Known(All.Where(row => row.Area is not null)).Select(row => row.Period!).Distinct().Order(PeriodOrder.InTime)
                .ToList();
            var pairs = from first in periods
                        from last in periods
                        where PeriodOrder.InTime.Compare(first, last) < 0
                        let areas = Of(first).Intersect(Of(last)).ToHashSet()
                        where areas.Count >= 2
                        orderby last descending, first
                        select (first, last, areas);
            var all = pairs.ToList();
            // To the period that is told about, from as long ago as most of its areas have been; an area that is new, or without a number,
            // does not make the comparison shorter.
            if (all.Find(pair => pair.last == Period && pair.areas.Count * 5 >= Areas.Count * 3) is { areas: not null } told) return told;
            var most = all.Count == 0 ? 0 : all.Max(pair => pair.areas.Count);
            return all.Where(pair => pair.areas.Count * 4 >= most * 3).Select(pair => ((string, string, HashSet<string>)?)pair)
                .FirstOrDefault();

            IEnumerable<string> Of(string period) => Known(All.Where(row => row.Period == period && row.Area is not null))
                .Select(row => row.Area!);
        }
    }

    /// <summary>Fills the slots of sentences.</summary>
    public void Fill(Dictionary<string, string> slots)
    {
        Result low = Areas[0], high = Areas[^1];
        slots["measure"] = MeasureWords.Inside(Name(high));
        slots["definite"] = MeasureWords.Definite(Name(high), Context.Language);
        if (PopulationText.Of(high) is { } population) slots["population"] = Population(population);
        if (Period is { } period) slots["year"] = period;
        slots["whole"] = Context.Whole;
        slots["count"] = Context.Numbers.Number(Areas.Count);
        // Where all read the same none is highest: sentences that say so are left out.
        if (!AllEqual) (slots["high"], slots["top"], slots["low"], slots["bottom"]) = (Highest, Say(high), Lowest, Say(low));
        if (Areas.Max(row => row.Step ?? 0) is > 0 and var step) slots["rounded"] = Unit == Units.Share ? Context.SayDifference(step, Unit)
            : Context.Say(step, Unit);
        if (!AllEqual) slots["difference"] = Difference(high.Value.Number - low.Value.Number);
        if (low.Value.Number > 0) slots["ratio"] = Context.Numbers.Number(high.Value.Number / low.Value.Number,
            high.Value.Number / low.Value.Number < 10 ? 1 : 0);
        Rounding(high, low, slots);
        if (City is { } city)
        {
            slots["city"] = Say(city);
            slots["above"] = Context.Numbers.Number(Areas.Count(row => row.Value.Number > city.Value.Number));
            if (Areas.Exists(row => row.Lower is not null)) slots["within"] = Context.Numbers.Number(Areas.Count(row => Within(row, city)));
        }

        if (Breaks.Count > 0) slots["breaks"] = string.Join("; ", Breaks.Select(item => item.Text.TrimEnd('.')));
        var past = Known(All.Where(row => row.Area is null)).OrderBy(row => row.Period, PeriodOrder.InTime).ToList();
        if (past.Count > 1)
        {
            (slots["firstyear"], slots["lastyear"], slots["first"], slots["last"]) =
                (past[0].Period!, past[^1].Period!, Say(past[0]), Say(past[^1]));
            var most = past.MaxBy(row => row.Value.Number)!;
            (slots["maxyear"], slots["max"]) = (most.Period!, Say(most));
        }

        if (Common is not { } common) return;
        var changes = common.Areas.Select(area => (Area: area, Change: Change(area, common.First, common.Last)))
            .OrderBy(item => item.Change).ThenBy(item => item.Area, SwedishOrder.Comparer).ToList();
        slots["changeyears"] = $"{common.First}\u2013{common.Last}";
        if (changes[^1].Change > 0) (slots["rise"], slots["risevalue"]) =
            (changes[^1].Area, Difference(changes[^1].Change));
        if (changes[0].Change < 0) (slots["fall"], slots["fallvalue"]) = (changes[0].Area, Difference(changes[0].Change));
    }

    /// <summary>Sentences about each area, its profile, and what may be said first.</summary>
    public void Describe(Answer answer)
    {
        var descending = Areas.AsEnumerable().Reverse().ToList();
        var title = Name(Areas[0]) + (Period is null ? "" : $", {Period}");
        var largest = Areas.Max(row => Math.Abs(row.Value.Number));
        var definite = MeasureWords.Definite(Name(Areas[0]), Context.Language);
        for (var i = 0; i < descending.Count; i++)
        {
            var row = descending[i];
            var (rank, place) = Rank(descending, row);
            var rest = string.Join(" ", new[] { Distance(row), OwnChange(row.Area!) }.Where(text => text.Length > 0));
            answer.Says[row.Area!] = $"{Context.Words.Get("area.value", ("area", row.Area!), ("value", Say(row)), ("rank", rank))} {rest}"
                .TrimEnd();
            IEnumerable<Result> beside = [.. descending.Skip(Math.Max(0, i - 1)).Take(i > 0 ? 1 : 0), .. descending.Skip(i + 1).Take(1)];
            answer.Profile.Add(new ProfileItem(
                title, row.Area!, Say(row), Whole, place,
                    string.Join(", ", beside.Select(other => $"{other.Area} {Say(other)}")), OwnChange(row.Area!),
                largest > 0 && Areas[0].Value.Number >= 0 ? new ProfileStrip([.. Areas.Select(other => other.Value.Number / largest)],
                    row.Value.Number / largest, City?.Value.Number / largest) : null)
            {
                Side = City is null ? null : Say(row) == Say(City) ? 0 : Math.Sign(row.Value.Number - City.Value.Number),
                Say = $"{Context.Words.Get("profile.say", ("area", row.Area!), ("measure", MeasureWords.Enclosed(definite)),
                    ("value", Say(row)), ("year", Period is null ? "" : $" ({Period})"), ("rank", rank))} {rest}".TrimEnd(),
            });
        }

        Elsewhen(answer);
        Findings(answer);
    }

    // The whole beside an area in its profile, and the country where the table holds it.
    private string Whole => (City, Country) switch
    {
        (null, null) => "",
        (null, { } country) => Context.Words.Get("profile.country.alone", ("country", Say(country))),
        ({ } city, null) => Say(city),
        ({ } city, { } country) => Context.Words.Get("profile.country", ("value", Say(city)), ("country", Say(country))),
    };

    // An area that has no number in the period that is told about may have one in another.
    private void Elsewhen(Answer answer)
    {
        var told = Areas.Select(row => row.Area).ToHashSet();
        foreach (var area in Known(All.Where(row => row.Area is not null && !told.Contains(row.Area))).GroupBy(row => row.Area!))
        {
            var last = area.MaxBy(row => row.Period, PeriodOrder.InTime)!;
            var whole = All.FirstOrDefault(row => row.Area is null && row.Period == last.Period && row.Value.HasNumber);
            answer.Profile.Add(new ProfileItem($"{Name(last)}, {last.Period}", area.Key, Say(last), whole is null ? "" : Say(whole), "", "",
                OwnChange(area.Key), null));
        }
    }

    // The place in words for a sentence and in figures for a table; numbers that read the same share a place.
    private (string Words, string Short) Rank(List<Result> descending, Result row)
    {
        var count = ("count", Context.Numbers.Number(descending.Count));
        var first = descending.FindIndex(other => Say(other) == Say(row));
        var shared = descending.Count(other => Say(other) == Say(row)) > 1;
        var rank = ("rank", Context.Numbers.Number(first + 1));
        var key = shared ? "rank.tied" : first == 0 ? "rank.high" : first == descending.Count - 1 ? "rank.low" : "rank";
        return (Context.Words.Get(key, rank, count), Context.Words.Get("rank.short", rank, count));
    }

    private void Findings(Answer answer)
    {
        Result low = Areas[0], high = Areas[^1];
        var name = MeasureWords.Inside(Name(high));
        var definite = MeasureWords.Definite(Name(high), Context.Language);
        var when = Period ?? "";
        // That more persons of a kind live in a larger area is no finding.
        if (Unit != Units.Persons && low.Value.Number > 0 && high.Value.Number / low.Value.Number > 1 + Small)
        {
            answer.Findings.Add(new("gap", high.Value.Number / low.Value.Number, Context.Words.Get(
                when.Length > 0 ? "finding.gap" : "finding.gap.undated", ("measure", definite), ("high", Highest), ("top", Say(high)),
                    ("low", Lowest), ("bottom", Say(low)), ("year", when),
                ("ratio", Context.Numbers.Number(high.Value.Number / low.Value.Number, high.Value.Number / low.Value.Number < 10 ? 1
                    : 0)))));
        }

        var past = Known(All.Where(row => row.Area is null)).OrderBy(row => row.Period, PeriodOrder.InTime).ToList();
        if (past.Count > 1 && past[0].Value.Number > 0 && Math.Abs((past[^1].Value.Number / past[0].Value.Number) - 1) > Small)
        {
            answer.Findings.Add(new("change", Math.Abs(Math.Log(past[^1].Value.Number / past[0].Value.Number)), Context.Words.Get(
                past[^1].Value.Number > past[0].Value.Number ? "finding.rise" : "finding.fall",
                ("measure", MeasureWords.Enclosed(definite)), ("whole", Context.Whole), ("first", Say(past[0])), ("last", Say(past[^1])),
                    ("firstyear", past[0].Period!), ("lastyear", past[^1].Period!))
                + (Breaks.Any(item => PeriodOrder.InTime.Compare(item.Period, past[0].Period) > 0) ? " " + Context.Words["finding.break"]
                    : "")));
        }
        else if (Common is { } common && common.Areas.Select(area => (Area: area, Change: Change(area, common.First, common.Last)))
            .MaxBy(item => Math.Abs(item.Change)) is { Change: not 0 } largest)
        {
            answer.Findings.Add(new("change", 0, Context.Words.Get(
                largest.Change > 0 ? "finding.area.rise" : "finding.area.fall", ("measure", MeasureWords.Enclosed(definite)),
                    ("area", largest.Area),
                    ("difference", Difference(largest.Change)), ("firstyear", common.First), ("lastyear", common.Last))));
        }

        if (City is { } city && Areas.Exists(row => row.Lower is not null))
        {
            var parted = Areas.Where(row => row.Lower is not null).ToLookup(row => Within(row, city), row => row.Area!);
            var (within, beyond) = (parted[true].ToList(), parted[false].ToList());
            // The shorter list is named.
            var key = within.Count == 0 ? Areas.Count == 2 ? "finding.chance.both" : "finding.chance.none" : beyond.Count == 0
                ? "finding.chance.all"
                : within.Count > 5 && beyond.Count < within.Count ? "finding.chance.many" : "finding.chance";
            answer.Findings.Add(new("chance", 0, Context.Words.Get(key, ("measure", name), ("count", Context.Numbers.Number(Areas.Count)),
                ("within", Context.Numbers.Number(within.Count)), ("whole", Context.Whole), ("year", when.Length > 0 ? $", {when}" : ""),
                ("areas", Context.Words.List(key == "finding.chance.many" ? beyond : within)))));
        }
    }

    private string Distance(Result row)
    {
        if (City is not { } city) return "";
        var difference = row.Value.Number - city.Value.Number;
        var shown = Difference(difference);
        if (Say(row) == Say(city)) return Context.Words.Get("area.same", ("whole", Context.Whole));
        var text = Context.Words.Get(difference > 0 ? "area.above" : "area.below", ("difference", shown), ("whole", Context.Whole),
            ("city", Say(city)));
        return Within(row, city) ? $"{text} {Context.Words["area.chance"]}" : text;
    }

    private string OwnChange(string area)
    {
        var past = Known(All.Where(row => row.Area == area)).OrderBy(row => row.Period, PeriodOrder.InTime).ToList();
        if (past.Count < 2) return "";
        var difference = past[^1].Value.Number - past[0].Value.Number;
        return Say(past[^1]) == Say(past[0])
            ? Context.Words.Get("area.unchanged", ("firstyear", past[0].Period!), ("lastyear", past[^1].Period!))
            : Context.Words.Get(difference > 0 ? "area.rise" : "area.fall", ("firstyear", past[0].Period!), ("first", Say(past[0])),
                ("lastyear", past[^1].Period!), ("last", Say(past[^1])));
    }

    // Where the source rounded its shares, their ratio lies between bounds.
    private void Rounding(Result high, Result low, Dictionary<string, string> slots)
    {
        if (Unit != Units.Share || !high.Parameters.TryGetValue("rounded", out var rounded)
            || !int.TryParse(rounded.Split(' ')[0], out var decimals)) return;
        var half = 0.005 * Math.Pow(10, -decimals);
        if (low.Value.Number <= half) return;
        var (least, most) = (
            (high.Value.Number - half) / (low.Value.Number + half), (high.Value.Number + half) / (low.Value.Number - half));
        // A ratio of two wants a decimal, one of thirty does not; the bounds are rounded outwards.
        var digits = least < 10 ? 1 : 0;
        var unit = Math.Pow(10, digits);
        slots["ratiolower"] = Context.Numbers.Number(Math.Floor(least * unit) / unit, digits);
        slots["ratioupper"] = Context.Numbers.Number(Math.Ceiling(most * unit) / unit, digits);
    }

    private double Change(string area, string first, string last) => At(area, last) - At(area, first);

    private double At(string area, string period) => All.First(row => row.Area == area && row.Period == period && row.Value.HasNumber)
        .Value.Number;

    private string Name(Result row) => Context.NameOf(row.Measure, PopulationText.Of(row));

    /// <summary>The decimals of an index, whose source may give whole numbers; null for those of the unit.</summary>
    public int? Decimals => Unit == Units.Index && All.Any(row => row.Value.HasNumber)
        ? NumberFormat.DecimalsNeeded(All.Where(row => row.Value.HasNumber).Select(row => row.Value.Number), Unit) : null;

    private string Say(Result row) => Context.Say(row.Value.Number, row.Unit, Decimals);

    private string Difference(double value) => Context.SayDifference(value, Unit, Decimals);

    private string Population(string population) => ReportContext.Ages(population, Context.Words);

    private static bool Within(Result row, Result city) => row.Lower <= city.Value.Number && city.Value.Number <= row.Upper;

    private static List<Result> Known(IEnumerable<Result> rows) => [.. rows.Where(row => row.Period is not null && row.Value.HasNumber)];
}
