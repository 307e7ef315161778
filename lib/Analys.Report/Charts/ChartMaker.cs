using Analys.Domain;
using Analys.Report.Tables;

namespace Analys.Report.Charts;

/// <summary>Draws one chart of a table, whatever the table.</summary>
internal static class ChartMaker
{
    // A scatter is of two measures, all others are of one.
    private const string Two = "scatter";

    private static readonly Dictionary<string, Func<Released, ChartRequest, Figure>> Draws = new(StringComparer.Ordinal)
    {
        ["bar"] = (rows, request) => Latest(rows).RankedBar(new()
        {
            Title = request.Title,
            Language = request.Language,
            Highlight = request.Highlight,
            Label = Label(rows, request),
        }),
        ["line"] = (rows, request) => rows.Line(new()
        {
            Title = request.Title,
            Language = request.Language,
            Highlight = request.Highlight,
            Series = request.Color is null ? null : row => row.Group ?? row.Area ?? "",
        }),
        ["map"] = (rows, request) => Map(Latest(rows), request),
        ["dumbbell"] = (rows, request) => Ends(rows).Dumbbell(Pairs(request)),
        ["heat"] = (rows, request) => rows.HeatTable(new() { Title = request.Title, Language = request.Language }),
        ["strip"] = (rows, request) => Latest(rows).Strips(new()
        {
            Title = request.Title,
            Language = request.Language,
            Highlight = request.Highlight,
            Category = request.Color is null ? null : row => row.Group ?? "",
        }),
        ["funnel"] = Funnel,
        ["slope"] = (rows, request) => Ends(rows).Slope(Pairs(request)),
    };

    /// <summary>The kinds that there are.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Draws.Keys, Two];

    /// <summary>The chart.</summary>
    /// <param name="input">The table.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="policy">The policy of confidential tables.</param>
    /// <exception cref="CallException">The kind does not fit the columns; the message says what it wants.</exception>
    public static Figure Make(TableInput input, ChartRequest request, Policy policy)
    {
        if (input.Extract is null) throw new CallException(input.Refusal ?? "The file is no table.");
        var rows = new ChartRows(input, request);
        var kind = request.Kind ?? (rows.OverTime ? "line" : "bar");
        try
        {
            if (kind == Two) return Scatter(rows, request, policy);
            return Draws[kind](rows.Of(request.Y).Release(policy), request);
        }
        catch (ArgumentException e) when (e is not CallException)
        {
            // These are our own words on kinds and columns.
            throw new CallException($"--kind {kind}: {e.Message.Split(" (Parameter")[0]}");
        }
    }

    private static PairOptions Pairs(ChartRequest request) =>
        new() { Title = request.Title, Language = request.Language, Highlight = request.Highlight };

    private static Figure Funnel(Released rows, ChartRequest request)
    {
        var latest = Latest(rows);
        if (latest.Count(row => row.N > 0) < 2) throw new CallException(
            "--kind funnel wants the number of persons behind each value: a column with the role total, or n.");
        return latest.Funnel(new() { Title = request.Title, Language = request.Language, Highlight = request.Highlight });
    }

    // Kinds of one area are told apart by both names.
    private static Func<Result, string>? Label(Released rows, ChartRequest request) =>
        request.Color is null || rows.Select(row => row.Group).Distinct().Count() < 2 ? null : row => row.Area is null ? row.Group ?? ""
            : $"{row.Area}, {row.Group}";

    private static Figure Scatter(ChartRows rows, ChartRequest request, Policy policy)
    {
        var names = request.Y.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length < 2) throw new CallException("--kind scatter wants two columns in --y, comma-separated; --x names the areas.");
        var all = names.Take(3).Select(rows.Of).Aggregate((sum, more) => sum.Concat(more));
        var released = all.Release(policy);
        // Two measures need not be of the same year: each shows its latest.
        var latest = released.GroupBy(row => row.Measure.Id).ToDictionary(group => group.Key, group => group.Select(row => row.Period)
            .OfType<string>().Max(PeriodOrder.InTime));
        return released.Where(row => latest[row.Measure.Id] is not { } last || row.Period == last).Bubbles(new BubbleOptions
        {
            Title = request.Title,
            Language = request.Language,
            Highlight =
            request.Highlight
        });
    }

    private static Figure Map(Released rows, ChartRequest request)
    {
        var options = new MapOptions { Title = request.Title, Language = request.Language, Classing = Classing.Quantiles };
        if (request.Outlines.Count > 0) return rows.Choropleth(request.Outlines, options);
        var names = rows.Select(row => row.Area).OfType<string>().Distinct().ToList();
        if (Questions.ShippedMap.For(names) is { } shipped) return rows.Choropleth(shipped,
            options with { Water = Questions.ShippedMap.Water });
        var grid = TileGrid.For(names);
        return names.Exists(name => grid.Find(name) is not null)
            ? rows.TileMap(options)
            : throw new CallException("There is no map of these areas: give their boundaries with --geometry FILE --id PROPERTY.");
    }

    // A chart of one value for each area shows the latest period; another is chosen with --period.
    private static Released Latest(Released rows)
    {
        var last = rows.Select(row => row.Period).OfType<string>().Max(PeriodOrder.InTime);
        return last is null ? rows : rows.Where(row => row.Period == last);
    }

    private static Released Ends(Released rows)
    {
        var periods = rows.Select(row => row.Period).OfType<string>().Distinct().Order(PeriodOrder.InTime).ToList();
        return periods.Count < 3 ? rows : rows.Where(row => row.Period == periods[0] || row.Period == periods[^1]);
    }
}
