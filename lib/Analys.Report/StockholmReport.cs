using System.Collections.Immutable;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Indicators;
using Analys.Measure.Segregation;
using Analys.Measure.Swedish;

namespace Analys.Report;

/// <summary>A report: one self-contained page, and its figures for the files beside it.</summary>
/// <param name="Html">The page.</param>
/// <param name="Figures">The figures, in the order of the page.</param>
public sealed record ReportDocument(string Html, IReadOnlyList<Analys.Figure> Figures);

/// <summary>The commission's report on Stockholm: children, segregation, incomes, targets, support groups.</summary>
/// <remarks>Swedish by default. Every number in a sentence is computed from the released results; a section without data is left
/// out.</remarks>
public static class StockholmReport
{
    /// <summary>Composes the report.</summary>
    /// <param name="content">The released results.</param>
    /// <param name="language">The language.</param>
    public static ReportDocument Compose(ReportContent content, Language language = Language.Swedish)
    {
        ArgumentNullException.ThrowIfNull(content);
        var page = new ReportPage(language);
        Introduction.Write(page, content);
        page.Contents();
        KeyFigures.Write(page, content);
        ChildrenSection.Write(page, content);
        SegregationSection.Write(page, content);
        IncomeSection.Write(page, content);
        TargetSection.Write(page, content);
        SupportGroupSection.Write(page, content);
        MethodSection.Write(page, content);
        SourceSection.Write(page, content);
        return page.Finish();
    }
}

/// <summary>What the report is made of: released results, each null where the data at hand have nothing of the kind.</summary>
public sealed record ReportContent
{
    /// <summary>Share of children in families with income support by district, with the city.</summary>
    public Released? Children { get; init; }

    /// <summary>Number of children in families with income support by district, with the city.</summary>
    public Released? ChildrenCount { get; init; }

    /// <summary>The gap between the highest and the lowest district.</summary>
    public Released? ChildrenGap { get; init; }

    /// <summary>The city's share of children over the years.</summary>
    public Released? ChildrenSeries { get; init; }

    /// <summary>By how much totals exceed the sums of the districts.</summary>
    public Released? Disagreements { get; init; }

    /// <summary>Rädda Barnen's index.</summary>
    public Released? ChildPovertyIndex { get; init; }

    /// <summary>Segregation of persons with foreign background, with the parameter <c>division</c>.</summary>
    public Released? Segregation { get; init; }

    /// <summary>Dissimilarity by origin.</summary>
    public Released? Origins { get; init; }

    /// <summary>The points of the segregation curve.</summary>
    public Released? Curve { get; init; }

    /// <summary>Mean disposable income of households by district.</summary>
    public Released? Income { get; init; }

    /// <summary>Share of households below an income limit by district.</summary>
    public Released? LowIncome { get; init; }

    /// <summary>Indicators of the plan: targets, joint values, margins, outcomes.</summary>
    public Released? Indicators { get; init; }

    /// <summary>Sums of the plan's budget.</summary>
    public Released? Budget { get; init; }

    /// <summary>Share of districts that offer a service.</summary>
    public Released? Coverage { get; init; }

    /// <summary>Participants in courses.</summary>
    public Released? Participants { get; init; }

    /// <summary>Outlines of the districts; without them the map is of tiles.</summary>
    public IReadOnlyList<MapOutline>? Outlines { get; init; }

    /// <summary>The file that the outlines come from.</summary>
    public SourceFile? OutlineSource { get; init; }

    /// <summary>Everything that there is.</summary>
    public IEnumerable<Released> All => new[]
    {
        Children, ChildrenCount, ChildrenGap, ChildrenSeries, Disagreements, ChildPovertyIndex, Segregation, Origins, Curve, Income,
        LowIncome, Indicators, Budget, Coverage, Participants,
    }.OfType<Released>();

    /// <summary>The provenance of everything together.</summary>
    public Provenance Provenance => All.Select(released => released.Provenance)
        .Concat(OutlineSource is null ? [] : [new Provenance { Sources = [OutlineSource] }])
        .Aggregate(Provenance.None, (all, more) => all.Merge(more));
}

/// <summary>From a folder of extracts to the released results of the report. A kind of table that is not there leaves its section
/// out.</summary>
internal sealed class ReportData
{
    private static readonly string[] Divisions = ["sdo14", "sdo13", "sdo11", "region"];
    private readonly string folder;
    private readonly Policy policy;

    private ReportData(string folder, Policy policy)
    {
        this.folder = folder;
        this.policy = policy;
    }

    /// <summary>Reads, measures and releases.</summary>
    /// <param name="folder">The folder of the extracts.</param>
    /// <param name="policy">The policy.</param>
    public static ReportContent Build(string folder, Policy policy)
    {
        if (!Directory.Exists(folder))
            throw new CallException($"There is no folder {Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))}.");
        var data = new ReportData(folder, policy);
        var content = new ReportContent();
        content = data.Children(content);
        content = data.Segregation(content);
        content = data.Incomes(content);
        content = data.Plan(content);
        return content.All.Any() ? content : throw new CallException("The folder holds no table that the report knows: see --help.");
    }

    // The latest file of a kind: names end with their year, so the last in order is the latest.
    private Extract? Find(string kind)
    {
        var files = Directory.GetFiles(folder, kind + "*.csv");
        return files.Length == 0 ? null : Extract.Load(files.Order(StringComparer.Ordinal).Last());
    }

    private Released Release(Results results) => results.Release(policy);

    private ReportContent Children(ReportContent content)
    {
        if (Find("ekonomiskt-bistand-") is { } extract)
        {
            var shares = Districts(IncomeSupportShare.Of(extract, Ages.Children), extract);
            var period = shares.Select(share => share.Period).FirstOrDefault();
            content = content with
            {
                Children = Release(shares),
                ChildrenGap = Release(AreaGap.Widest(shares, halfWidth: HalfWidth(extract, period))),
                ChildrenCount = extract.Find(Role.Count, period, Ages.Children.ToString()) is { } count
                    ? Release(Districts(Published.Of(extract, Published.PersonsWithIncomeSupport, count.Name), extract)) : null,
                Disagreements = Release(TableDisagreement.Of(extract).Where(result => result.Period == period)),
            };
        }

        if (Find("bistand-andel-alder-") is { } series)
        {
            var group = series.Text("aldersgrupp");
            content = content with
            {
                ChildrenSeries = Release(Published.Of(series, IncomeSupportShare.Definition, "procent", Ages.Children.ToString(),
                    row => group.Codes[row] >= 0 && group.Categories[group.Codes[row]] == Ages.Children.ToString())),
            };
        }

        return Find("radda-barnens-index") is { } index
            ? content
            with { ChildPovertyIndex = Release(Published.Of(index, ChildPovertyIndex.Definition, "procent", Ages.Children.ToString())) }
            : content;
    }

    // Half a unit of the last decimal that the source printed, as a fraction; 0 where the schema does not say that it rounded.
    private static double HalfWidth(Extract extract, string? period) =>
        extract.Find(Role.Rate, period, Ages.Children.ToString())?.Field.Decimals is { } decimals ? 0.005 * Math.Pow(10, -decimals) : 0;

    // Districts and the city; the regions between them would rank among their own parts.
    private static Results Districts(Results results, Extract extract) =>
        results.Where(result => result.Area is null || !extract.Schema.Totals.Contains(result.Area));

    private ReportContent Segregation(ReportContent content)
    {
        if (Find("befolkning-utlandsk-bakgrund-") is not { } extract) return content;
        var total = extract.Find(Role.Total)?.Name;
        var counts = GroupCountsReader.Wide(extract, extract.Get(Role.Area).Name, ["fb_total"], total);
        var origins = extract.Columns.Where(column => column.Field.Role == Role.Group).Select(column => column.Name).ToList();
        var byOrigin = GroupCountsReader.Wide(extract, extract.Get(Role.Area).Name, origins, total);
        var name = extract["fb_total"].Field.Title ?? "fb_total";
        var period = extract.Columns.Where(column => column.Field.Role == Role.Total).Select(column => column.Field.Period)
            .FirstOrDefault();
        var start = extract.Schema.Region ?? Divisions[0];
        var results = Divisions.SkipWhile(division => division != start).SelectMany(division => Indices(counts, start, division, period))
            .Select(result => result with { Group = name }).ToList();
        return content with
        {
            Segregation =
            Release(new Results(results, extract.Confidentiality, counts.Provenance.With("counts merged by the crosswalk of divisions"))),
            Origins = Release(new Results(
                origins.SelectMany(origin => Dissimilarity.Measure.Of(byOrigin, origin))
                .Select(result => result with { Period = period, Group = extract[result.Group!].Field.Title ?? result.Group }),
                extract.Confidentiality,
                byOrigin.Provenance)),
            Curve = Release(Curve(counts, period, name)),
        };
    }

    private static IEnumerable<Result> Indices(GroupCounts counts, string start, string division, string? period)
    {
        var merged = division == start ? counts
            : counts.Merge(Geography.Stockholm.Crosswalk(start, division).Find, $"{start} to {division}");
        var parameters = ImmutableSortedDictionary<string, string>.Empty.Add("division", division)
            .Add("units", merged.Units.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return new SegregationMeasure[] { Dissimilarity.Measure, Gini.Measure, InformationTheory.Measure, CorrelationRatio.Measure,
            Isolation.Measure, Exposure.Measure }
            .SelectMany(measure => measure.Of(merged, merged.Groups[0]))
            .Select(result => result with { Period = period, Parameters = result.Parameters.AddRange(parameters) });
    }

    private static Results Curve(GroupCounts counts, string? period, string name)
    {
        var x = counts.Group(0);
        var y = counts.Rest(0);
        var template = new Result
        {
            Measure = Gini.Measure.Definition,
            Group = name,
            Period = period,
            Value = Quantity.Known(0),
            Basis = new Basis(null, x.Zip(y, (a, b) => a + b).DefaultIfEmpty(0).Min()),
        };
        return new Results(CurvePoints.Of(template, SegregationCurve.Of(x, y).Select(point => (point.Others, point.Group))),
            counts.Confidentiality, counts.Provenance.With("segregation curve"));
    }

    private ReportContent Incomes(ReportContent content)
    {
        if (Find("hushallsinkomst-") is not { } extract) return content;
        return content with
        {
            Income = Release(Districts(Published.Of(extract, Published.MeanHouseholdIncome, "mean_disp_income_tkr"), extract)),
            LowIncome = Release(Districts(ShareBelow.Of(extract, ["hh_0_39", "hh_40_79", "hh_80_119", "hh_120_159"], 160_000), extract)),
        };
    }

    private ReportContent Plan(ReportContent content) => content with
    {
        Indicators = Find("verksamhetsplan-????-indikatorer") is { } plan ? Release(IndicatorFollowUp.Of(plan)) : null,
        Budget = Find("verksamhetsplan-????-budget") is { } budget ? Release(IndicatorFollowUp.Of(budget)) : null,
        Coverage = Find("barnstod-????-stodgrupper") is { } groups ? Release(ServiceCoverage.Of(groups)) : null,
        Participants = Find("barnstod-????-utbildning") is { } courses
        ? Release(Published.Of(courses, Published.Participants, "deltagare")) : null,
    };
}
