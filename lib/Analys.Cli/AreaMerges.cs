using Analys.Domain;
using Analys.Load;
using Analys.Load.Geo;
using Analys.Measure.Space;

namespace Analys.Cli;

/// <summary>Which areas of a column can be taken together so that the result is a place that people know: a later division of the city, its
/// regions, a coarser column of the same file, the smallest area with a neighbour.</summary>
internal static class AreaMerges
{
    private const int Fewest = 2;
    private static readonly string[] Mapped = ["sdo14", "sdo13", "sdo11", "stadsdel117"];

    /// <summary>Columns whose categories hold those of a column whole, the finest first: the way up that the file itself knows.</summary>
    /// <param name="extract">The extract.</param>
    /// <param name="column">The column that is too fine.</param>
    public static IEnumerable<string> Coarser(Extract extract, TextColumn column) =>
        from other in extract.Columns.OfType<TextColumn>()
        where other.Name != column.Name && other.Categories.Count >= Fewest && other.Categories.Count < column.Categories.Count
            && Holds(other, column)
        orderby other.Categories.Count descending
        select other.Name;

    /// <summary>Merges of areas of the city, as <c>--merge</c> takes them, with what each is in words.</summary>
    /// <param name="column">The column of areas.</param>
    /// <param name="sizes">Rows or persons of each category.</param>
    public static IEnumerable<(string Says, string Merge)> OfCity(TextColumn column, double[] sizes)
    {
        string[] areas = [.. column.Categories.Where((_, i) => sizes[i] > 0)];
        var city = Geography.Stockholm;
        if (city.Divisions.LastOrDefault(division => areas.Length > 0 && areas.All(area =>
            division.Find(area) is not null)) is not { } own) yield break;
        foreach (var (says, merge) in Neighbours(column, sizes, own)) yield return (says, merge);
        foreach (var to in city.Divisions.SkipWhile(division => division != own).Skip(1).Select(division => division.Id).Append("region"))
        {
            if (Target(city, own.Id, to) is not { } target) continue;
            var together = areas.GroupBy(area => target(area) ?? area, StringComparer.Ordinal).Where(group => group.Count() > 1).ToList();
            if (together.Count == 0) continue;
            yield return ($"{column.Name} as in {(to == "region" ? "the regions of the city" : $"the division {to}")}", Write(column.Name,
                together.Select(group => (group.Key, group.AsEnumerable()))));
        }
    }

    // The smallest area with the smallest of those that it borders on, and so again for the next smallest.
    private static IEnumerable<(string Says, string Merge)> Neighbours(TextColumn column, double[] sizes, AreaDivision own)
    {
        if (!Mapped.Contains(own.Id)) yield break;
        var geography = GeographyReader.FromGeoJson(StockholmAreas.Boundaries(own.Id), "namn");
        if (geography.Adjacency is not { } borders) yield break;
        var present = column.Categories.Select((area, i) => (Area: area, Size: sizes[i],
            Unit: geography.IndexOf(own.Find(area)?.Name ?? area)))
            .Where(one => one.Size > 0 && one.Unit >= 0).OrderBy(one => one.Size).ThenBy(one => one.Area, SwedishOrder.Comparer).ToList();
        var merged = new List<(string, IEnumerable<string>)>();
        var taken = new HashSet<int>();
        foreach (var small in present)
        {
            if (merged.Count == Fewest || taken.Contains(small.Unit)) continue;
            var near = present.Where(one => !taken.Contains(one.Unit) && one.Unit != small.Unit
                && borders.Of(small.Unit).Contains(one.Unit)).ToList();
            if (near.Count == 0) continue;
            taken.UnionWith([small.Unit, near[0].Unit]);
            merged.Add(($"{small.Area} + {near[0].Area}", [small.Area, near[0].Area]));
            if (present.Count <= merged.Count + 1) yield break;
            yield return ($"{column.Name}: {string.Join("; ", merged.Select(one => string.Join(" and ", one.Item2)))} together, which are "
                + "neighbours",
                Write(column.Name, merged));
        }
    }

    private static Func<string, string?>? Target(Geography city, string from, string to)
    {
        try
        {
            return city.Crosswalk(from, to).Find;
        }
        catch (ArgumentException)
        {
            // Districts were split between the two.
            return null;
        }
    }

    private static string Write(string field, IEnumerable<(string Name, IEnumerable<string> Areas)> merges) =>
        MergedCategories.Write(field, merges);

    private static bool Holds(TextColumn coarse, TextColumn fine)
    {
        var of = new Dictionary<int, int>();
        for (var row = 0; row < fine.Count; row++)
        {
            if (fine.Codes[row] < 0) continue;
            if (!of.TryAdd(fine.Codes[row], coarse.Codes[row]) && of[fine.Codes[row]] != coarse.Codes[row]) return false;
        }

        return of.Values.Distinct().Count() >= Fewest;
    }
}
