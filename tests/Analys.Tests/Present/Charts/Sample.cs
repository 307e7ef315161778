using System.Collections.Immutable;

namespace Analys.Tests.Present.Charts;

/// <summary>Released results for the tests of figures, and every kind of figure under one form.</summary>
internal static class Sample
{
    public static Definition Share { get; } = new("share", "Share", "Andel", "x / n", Units.Share, ValueRange.Unit, "Test 2018");

    public static Definition Other { get; } = new("other", "Other", "Annan andel", "y / n", Units.Share, ValueRange.Unit, "Test 2018");

    public static Result Row(string? area, double value, string? period = null, string? group = null) =>
        new() { Measure = Share, Area = area, Value = Quantity.Known(value), Period = period, Group = group, N = 1000 };

    public static Released Release(IEnumerable<Result> rows) =>
        new Results(rows, Confidentiality.Public, Provenance.None).Release(Policy.Public);

    /// <summary>Each kind of figure, made from one value per area in whatever form it needs.</summary>
    public static IReadOnlyDictionary<string, Func<IReadOnlyList<Result>, Figure>> Kinds { get; } = new Dictionary<string,
        Func<IReadOnlyList<Result>, Figure>>
    {
        ["bar"] = rows => Release(rows).RankedBar(),
        ["line"] = rows => Release(Twice(rows)).Line(new() { Breaks = [new("2016", "byte"), new("ogiltig", "utan plats")] }),
        ["multiples"] = rows => Release(Twice(rows)).SmallMultiples(new() { Breaks = [new("2016", "byte")] }),
        ["tiles"] = rows => Release(rows).TileMap(),
        ["map"] = rows => Release(rows)
        .Choropleth([.. rows.Where(row => row.Area is not null).Take(20).Select((row, i) => Square(row.Area!, i))]),
        ["dumbbell"] = rows => Release(Twice(rows)).Dumbbell(),
        ["slope"] = rows => Release(Twice(rows)).Slope(),
        ["bullets"] = rows => Release(rows.SelectMany(row => new[] { row, Role(row, "board"), Role(row, "council") }))
        .TargetBullets(new() { Indicator = row => row.Area ?? "staden", Direction = _ => TargetDirection.Lower }),
        ["curve"] =
        rows => Release(rows.SelectMany(row => CurvePoints.Of(row with { Group = row.Area }, [(0, 0), (0.5, 0.2), (1, 1)])
            .Select(point => row.Value.HasNumber ? point : point with { Value = row.Value }))).Curve(),
        ["scatter"] = rows => Release(rows.SelectMany(row => new[] { row, row with { Measure = Other } })).Bubbles(),
        ["stacked"] = rows => Release(rows.SelectMany(row => new[] { row with { Group = "a" }, row with { Group = "b" } })).StackedBar(),
        ["strips"] = rows => Release(rows).Strips(new() { Category = row => (row.Area ?? "").Length % 2 == 0 ? "jämn" : "udda" }),
        ["intervals"] =
        rows => Release(rows.Select(row => row.Value.HasNumber
            ? row with { Lower = row.Value.Number - 0.01, Upper = row.Value.Number + 0.01 } : row)).Intervals(),
        ["funnel"] = rows => Release(rows.Where(row => row.Area is not null).Append(Row(null, 0.1))).Funnel(),
        ["heat"] = rows => Release(Twice(rows)).HeatTable(),
    };

    public static IReadOnlyList<Result> Districts { get; } =
        [.. Geography.Stockholm.Division("sdo14").Areas.Select((area, i) => Row(area.Name, 0.004 + (i * 0.0077))), Row(null, 0.041)];

    private static IEnumerable<Result> Twice(IEnumerable<Result> rows) =>
        rows.SelectMany(row =>
            new[] { row with { Period = "2015" }, row with { Period = "2017", Value = row.Value.Select(value => value * 1.1) } });

    private static Result Role(Result row, string role) => row with
    {
        Value = row.Value.Select(value => value * (role == "board" ? 0.9 : 20)),
        Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("role", role),
    };

    private static MapOutline Square(string area, int i)
    {
        var (x, y) = (i % 5 * 10.0, i / 5 * 10.0);
        return new(area, [[(x, y), (x + 9, y), (x + 9, y + 9), (x, y + 9), (x, y)]]);
    }
}
