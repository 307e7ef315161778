using System.Collections.Immutable;
using System.Globalization;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Segregation;
using Analys.Report.Recipes;
using Analys.Report.Tables;

namespace Analys.Report.Questions;

/// <summary>How unevenly groups are spread over the areas, and how the answer changes with the division.</summary>
internal sealed class SegregationQuestion() : Question("segregation")
{
    private const string Division = "division";
    private static readonly string[] Divisions = ["sdo14", "sdo13", "sdo11", "region"];

    private sealed record Setting(GroupCounts Counts, int Main, string Name, string? Period, GroupCounts? Kinds, Func<string,
        string> KindName);

    public override IReadOnlyCollection<string> Figures { get; } = ["curve", "origins"];

    public override IReadOnlyCollection<string> Tables { get; } = ["indices", "divisions"];

    public override IReadOnlyCollection<string> Slots { get; } = ["year", "group", "count", "whole", "dissimilarity", "isolation", "high",
        "low", "divisions"];

    public override IEnumerable<Candidate> Candidates(ReportContext context, SectionRecipe section) => context.Inputs
        .Where(input => input.Extract is not null && About(section.Of, input) && Kind(input.Extract) != Shape.None)
        .Select(input => new Candidate(input, "counts by group and area", Periods(input.Extract!).LastOrDefault(), () =>
            Ask(context, input)));

    private enum Shape
    {
        None,
        Wide,
        Long,
        Register,
    }

    private static Shape Kind(Extract extract)
    {
        if (extract.Columns.Count(column => column.Field.Role == Role.Area) != 1) return Shape.None;
        var register = Reading.IsRegister(extract);
        if (extract.Columns.Any(column => column is NumberColumn && column.Field.Role == Role.Group)) return Shape.Wide;
        if (!register && LongGroup(extract) is not null && extract.Columns.Count(column => column is NumberColumn
            && column.Field.Role == Role.Count) == 1) return Shape.Long;
        return register && extract.Columns.Count(column => column.Field.Role == Role.Background) == 1 ? Shape.Register : Shape.None;
    }

    private static TextColumn? LongGroup(Extract extract) =>
        extract.Columns.OfType<TextColumn>().FirstOrDefault(column => column.Field.Role is Role.Group or Role.Background
            && column.Categories.Count is > 1 and <= 30);

    private static List<string> Periods(Extract extract) => extract.Find(Role.Period) is { } period
        ? [.. Enumerable.Range(0, extract.RowCount).Select(row => Convert.ToString(period.ValueAt(row), CultureInfo.InvariantCulture))
            .OfType<string>().Distinct().Order(PeriodOrder.InTime)]
        : [.. extract.Columns.Where(column => column.Field.Role == Role.Total).Select(column => column.Field.Period).OfType<string>()];

    private static Answer? Ask(ReportContext context, TableInput input)
    {
        var extract = input.Extract!;
        var periods = Periods(extract);
        if (context.Period is { } chosen && periods.Count > 0 && !periods.Contains(chosen)) return null;
        var setting = Kind(extract) == Shape.Wide ? Wide(context, extract, periods.LastOrDefault())
            : Rows(context, extract, context.Period ?? periods.LastOrDefault());
        if (setting is null || setting.Counts.Units.Length < 2 || setting.Counts.Total <= 0) return null;
        var start = Start(extract);
        var steps = Steps(start);
        var results = Computed(setting, start, steps, extract.Confidentiality, input.Origins(setting.Counts.Provenance));
        var all = Kind(extract) == Shape.Register ? context.ReleaseRegister(input, row => row.Parameters.ContainsKey(Division))
            : context.Release(results);
        var answer = new Answer { Released = [all] };
        // Where the finest division is withheld the next one may not be.
        var first = steps.FirstOrDefault(step => all.Any(row => row.Parameters[Division] == step && row.Value.HasNumber)) ?? steps[0];
        Fill(context, answer, all, setting, first);
        answer.Tables["indices"] = () => Table(context, all, setting, first);
        if (steps.Length > 1) answer.Tables["divisions"] = () => DivisionTable(context, all, steps);
        // A curve tells every area's counts: it is drawn of public tables only.
        if (extract.Confidentiality == Confidentiality.Public) Draw(context, answer, setting, input.Origins(setting.Counts.Provenance));
        return answer;
    }

    protected override Results? Register(ReportContext context, SectionRecipe section, TableInput input)
    {
        var extract = input.Extract!;
        if (Kind(extract) != Shape.Register || Rows(context, extract, context.Period ?? Periods(extract)
            .LastOrDefault()) is not { } setting) return null;
        var start = Start(extract);
        return setting.Counts.Units.Length < 2 ? null
            : Computed(setting, start, Steps(start), extract.Confidentiality, setting.Counts.Provenance);
    }

    private static string? Start(Extract extract) => extract.Schema.Region is { } region && Divisions.Contains(region) ? region : null;

    private static string[] Steps(string? start) => start is null ? [""] : [.. Divisions.SkipWhile(division => division != start)];

    private static Results Computed(Setting setting, string? start, string[] steps, Confidentiality confidentiality,
        Provenance provenance) =>
        new(steps.SelectMany(division => Indices(setting, start, division))
            .Select(row => row with { Period = setting.Period, Group = setting.Name }), confidentiality, provenance);

    // The group of interest is a count beside its total, else the single group; its kinds are the columns of groups.
    private static Setting? Wide(ReportContext context, Extract extract, string? period)
    {
        var area = extract.Get(Role.Area).Name;
        var total = extract.Columns.OfType<NumberColumn>().Where(column => column.Field.Role == Role.Total).Select(column => column.Name)
            .LastOrDefault();
        var groups = extract.Columns.OfType<NumberColumn>().Where(column => column.Field.Role == Role.Group).Select(column => column.Name)
            .ToList();
        var main = total is null ? null : extract.Columns.OfType<NumberColumn>()
            .Where(column => column.Field.Role == Role.Count && column.Field.Period is null).Select(column => column.Name).LastOrDefault();
        string Title(string name) => context.Term(extract[name].Field.Title ?? name);
        var kinds = groups.Count > 1 && total is not null ? GroupCountsReader.Wide(extract, area, groups, total) : null;
        if (main is not null) return new(GroupCountsReader.Wide(extract, area, [main], total), 0, Title(main), period, kinds, Title);
        var counts = GroupCountsReader.Wide(extract, area, groups, total);
        var smallest = Enumerable.Range(0, groups.Count).MinBy(counts.GroupTotal);
        return groups.Count == 1 && total is null ? null : new(counts, smallest, Title(groups[smallest]), period, kinds, Title);
    }

    // A row per area and group, or a row per person; only the rows of one period, and no sums among the areas.
    private static Setting? Rows(ReportContext context, Extract extract, string? period)
    {
        if (extract.Get(Role.Area) is not TextColumn area || (LongGroup(extract)
            ?? extract.Find(Role.Background)) is not { } group) return null;
        var count = Reading.IsRegister(extract) ? null : extract.Columns.OfType<NumberColumn>()
            .First(column => column.Field.Role == Role.Count);
        var time = extract.Find(Role.Period);
        var names = new RowNames(extract, "");
        string[] areas = [.. area.Categories.Where(name => names.Of(name) == RowNames.Kind.Area).Order(SwedishOrder.Comparer)];
        var place = areas.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i);
        string[] groups = [.. Enumerable.Range(0, extract.RowCount).Select(row => Text(group, row)).OfType<string>().Distinct()
            .Order(SwedishOrder.Comparer)];
        if (groups.Length is < 2 or > 30) return null;
        var of = groups.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i);
        var counts = new double[areas.Length * groups.Length];
        for (var row = 0; row < extract.RowCount; row++)
        {
            if (area.Codes[row] < 0 || !place.TryGetValue(area.Categories[area.Codes[row]], out var a)
                || Text(group, row) is not { } name) continue;
            if (time is not null && Text(time, row) != period) continue;
            if (count is not null && count.MarkAt(row) is not (Mark.None or Mark.Nil)) throw new ColumnNotFoundException(
                $"column {count.Name}: a count is missing or withheld, and an index would be of the others only.");
            counts[(a * groups.Length) + of[name]] += count is null ? 1 : count.MarkAt(row) == Mark.Nil ? 0 : count.Values[row];
        }

        var table = new GroupCounts(areas, groups, counts, default, extract.Confidentiality, extract.Provenance);
        string Label(string value) =>
            context.Term(group.Field.Categories.FirstOrDefault(category => category.Value == value)?.Label ?? value);
        if (groups.Length == 2)
        {
            // "Övriga" is told of by the other group.
            var main = Enumerable.Range(0, 2).OrderBy(i => IsRest(Label(groups[i]))).ThenBy(table.GroupTotal).First();
            return new(table, main, Label(groups[main]), period, null, Label);
        }

        // Of many groups those who are not of the largest: the parts are drawn beside each other.
        var largest = Enumerable.Range(0, groups.Length).MaxBy(table.GroupTotal);
        var others = context.Words.Get("seg.others", ("group", MeasureWords.Inside(Label(groups[largest]))));
        double[] two = [.. table.Rest(largest).Zip(table.Group(largest), (rest, most) => (double[])[rest, most]).SelectMany(pair => pair)];
        var parted = new GroupCounts(areas, [others, groups[largest]], two, default, extract.Confidentiality, extract.Provenance);
        return new(parted, 0, others, period, table, Label);
    }

    private static bool IsRest(string label) => ColumnMeaning.Plain(label).Trim() is "ovriga" or "ovrig" or "andra" or "other" or "others"
        or "rest" or "ovr";

    private static string? Text(Column column, int row) => Convert.ToString(column.ValueAt(row),
        CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    private static IEnumerable<Result> Indices(Setting setting, string? start, string division)
    {
        var counts = start is null || division == start ? setting.Counts
            : setting.Counts.Merge(Geography.Stockholm.Crosswalk(start, division).Find, $"{start} to {division}");
        var parameters = ImmutableSortedDictionary<string, string>.Empty.Add(Division, division)
            .Add("units", counts.Units.Length.ToString(CultureInfo.InvariantCulture));
        return new SegregationMeasure[] { Dissimilarity.Measure, Gini.Measure, InformationTheory.Measure, CorrelationRatio.Measure,
            Isolation.Measure, Exposure.Measure }
            .SelectMany(measure => measure.Of(counts, counts.Groups[setting.Main]))
                .Select(row => row with { Parameters = row.Parameters.SetItems(parameters) });
    }

    private static void Fill(ReportContext context, Answer answer, Released all, Setting setting, string first)
    {
        var slots = answer.Slots;
        if (setting.Period is not null) slots["year"] = setting.Period;
        (slots["group"], slots["count"], slots["whole"]) = (MeasureWords.Inside(setting.Name),
            context.Numbers.Number(setting.Counts.Units.Length),
            context.Whole);
        foreach (var id in (string[])["dissimilarity", "isolation"])
        {
            if (all.FirstOrDefault(row => row.Measure.Id == id && row.Parameters[Division] == first
                && row.Value.HasNumber) is { } row) slots[id] = context.Numbers.Percent(row.Value.Number, 0);
        }

        var by = all.Where(row => row.Measure.Id == "dissimilarity" && row.Value.HasNumber).ToList();
        if (by.Count > 1) slots["divisions"] = context.Words.List([.. by.Select(row =>
            context.Words.Get("seg.division", ("value", context.Numbers.Number(row.Value.Number, 3)),
                ("units", row.Parameters["units"])))]);
    }

    private static PlainTable Table(ReportContext context, Released all, Setting setting, string first) => new(
        context.Words.Get(setting.Period is null ? "seg.table.undated" : "seg.table", ("group", setting.Name),
            ("year", setting.Period ?? "")),
        [context.Words["method.measure"], context.Words["profile.value"], context.Words["seg.meaning"]],
        [.. all.Where(row => row.Parameters[Division] == first).Select(row =>
            (IReadOnlyList<string>)[context.NameOf(row.Measure), context.Numbers.Value(row.Value, row.Unit), Meaning(context, row)])],
        [1]);

    private static string Meaning(ReportContext context, Result row) => row.Value.HasNumber
        ? context.Words.Get("seg." + row.Measure.Id, ("percent", context.Numbers.Percent(row.Value.Number, 0)))
        : row.Value.Status == ValueStatus.Suppressed ? context.Words["withheld"] : context.Words["undefined"];

    private static PlainTable DivisionTable(ReportContext context, Released all, string[] divisions)
    {
        // Isolation and exposure follow from the others and the group's size; six columns do not fit on a page.
        var measures = all.Select(row => row.Measure).DistinctBy(measure => measure.Id).Take(4).ToList();
        return new PlainTable(
            context.Words["seg.divisions"], [context.Words["seg.division.column"], .. measures.Select(context.NameOf)],
            [.. divisions.Select(division => (IReadOnlyList<string>)
            [
                context.Words["seg.division." + division],
                .. measures.Select(measure => all.First(row => row.Measure.Id == measure.Id && row.Parameters[Division] == division))
                    .Select(row => context.Numbers.Value(row.Value, row.Unit)),
            ])],
            [.. Enumerable.Range(1, measures.Count)]);
    }

    private static void Draw(ReportContext context, Answer answer, Setting setting, Provenance provenance)
    {
        var counts = setting.Counts;
        answer.Figures["curve"] = words =>
        {
            double[] x = counts.Group(setting.Main), y = counts.Rest(setting.Main);
            var template = new Result
            {
                Measure = Gini.Measure.Definition,
                Group = setting.Name,
                Period = setting.Period,
                Value =
                Quantity.Known(0),
                Basis = new Basis(null, x.Zip(y, (a, b) => a + b).DefaultIfEmpty(0).Min())
            };
            var points = CurvePoints.Of(template, SegregationCurve.Of(x, y).Select(point => (point.Others, point.Group)));
            return new Results(points, counts.Confidentiality, provenance).Release(context.Policy).Curve(new CurveOptions
            {
                Id = words.Id,
                Language = context.Language,
                Title = words.Title ?? context.Words["seg.curve"],
                Note = words.Note ?? "",
                XName = context.Words["seg.curve.x"],
                YName = context.Words.Get("seg.curve.y", ("group", MeasureWords.Inside(setting.Name))),
                Series = _ =>
                    setting.Name,
            });
        };
        if (setting.Kinds is not { } kinds) return;
        var origins = new Results(
            kinds.Groups.SelectMany(group => Dissimilarity.Measure.Of(kinds, group))
                .Select(row => row with { Period = setting.Period, Group = setting.KindName(row.Group!) }), kinds.Confidentiality,
                provenance).Release(context.Policy);
        var known = origins.Where(row => row.Value.HasNumber).OrderBy(row => row.Value.Number).ToList();
        if (known.Count < 2) return;
        (answer.Slots["high"], answer.Slots["low"]) = (known[^1].Group!, known[0].Group!);
        answer.Figures["origins"] = words => origins.RankedBar(new RankedBarOptions
        {
            Id = words.Id,
            Language = context.Language,
            Title =
            words.Title ?? context.Words["seg.origins"],
            Note = words.Note,
            Label = row => row.Group ?? ""
        });
    }
}
