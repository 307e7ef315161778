using Analys.Domain;

namespace Analys.Present.Figures;

/// <summary>Picks and sorts the results of a figure.</summary>
internal static class Rows
{
    /// <summary>Largest value first, then the withheld, then the undefined; ties and the rest by name in Swedish order.</summary>
    public static List<Result> Ranked(IEnumerable<Result> rows, FigureOptions options) =>
    [
        .. rows.OrderBy(row => row.Value.Status switch { ValueStatus.Suppressed => 1, ValueStatus.Undefined => 2, _ => 0 })
            .ThenByDescending(row => row.Value.HasNumber ? row.Value.Number : 0)
            .ThenBy(options.LabelOf, SwedishOrder.Comparer),
    ];

    /// <summary>The row to compare with: of this name, or of the whole.</summary>
    public static Result? Reference(IEnumerable<Result> rows, string? reference, FigureOptions options)
    {
        var all = rows.ToList();
        var named = reference is null ? null : all.Find(row => row.Area == reference || options.LabelOf(row) == reference) ?? new AreaJoin(all).Find(reference);
        // Where no result has an area (origins, years, courses), none of them is the whole.
        return named ?? (all.Exists(row => row.Area is not null) ? all.Find(row => row.Area is null || row.Area == Geography.Stockholm.City) : null);
    }

    /// <summary>Refuses several results for one area, which a figure of one value per area cannot show.</summary>
    public static void OnePerArea(IEnumerable<Result> rows, FigureOptions options, string figure)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (!rows.All(row => seen.Add(options.LabelOf(row))))
        {
            throw new ArgumentException($"A {figure} shows one result per area, and an area has several: choose one measure, period and group with Where, or give a Label.", nameof(rows));
        }
    }
}
