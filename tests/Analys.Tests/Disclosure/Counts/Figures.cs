using System.Collections.Immutable;

namespace Analys.Tests.Disclosure.Counts;

/// <summary>Makes results as measures make them.</summary>
internal static class Figures
{
    public static readonly Definition PoorShare = new("poor-share", "Share", "Andel", "a / b", Units.Share, ValueRange.Unit, "test");
    public static readonly Definition Headcount =
        new("headcount", "Headcount", "Antal", "a", Units.Persons, ValueRange.NonNegative, "test");
    public static readonly Definition Median = new("median", "Median", "Median", "m", Units.Kronor, ValueRange.NonNegative, "test");
    public static readonly Definition Gap = new("gap", "Gap", "Skillnad", "a − b", Units.Share, ValueRange.Any, "test");

    public static Result Of(Definition measure, string? area, double value, double? numerator, double denominator,
        string? population = null, double? households = null) => new()
        {
            Measure = measure,
            Area = area,
            Period = "2019",
            Population = population,
            Value = Quantity.Known(value),
            N = denominator,
            StandardError = 0.1,
            Lower = 0,
            Upper = 1,
            Basis = new Basis(numerator, denominator, households)
            {
                Tells = measure == Median ? Tells.Position : Tells.Unstated,
                Near = Close
            },
        };

    // Of a median: so many have nearly the same income that it is nobody's.
    private static readonly ImmutableArray<double> Close = [.. Enumerable.Repeat(0.001, 25)];

    public static Result Poor(string? area, double numerator, double denominator, string? population = null, string? line = null) =>
        Of(PoorShare, area, denominator == 0 ? 0 : numerator / denominator, numerator, denominator, population) with
        {
            Parameters = line is null ? ImmutableSortedDictionary<string, string>.Empty : ImmutableSortedDictionary<string,
            string>.Empty.Add("line", line),
        };

    public static Results Confidential(params IEnumerable<Result> rows) => new(rows, Confidentiality.Confidential, Provenance.None);

    public static Results Areas(params (string Area, double Poor, double All)[] areas) => Confidential(
        areas.Select(area => Poor(area.Area, area.Poor, area.All))
        .Append(Poor(null, areas.Sum(area => area.Poor), areas.Sum(area => area.All))));

    public static bool IsWithheld(this Result row) => row.Value.Status == ValueStatus.Suppressed;

    public static IEnumerable<string> Withheld(this IEnumerable<Result> rows) => rows.Where(IsWithheld).Select(row => row.Area ?? "T");
}
