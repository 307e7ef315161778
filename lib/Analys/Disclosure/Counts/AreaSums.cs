using System.Collections.Concurrent;
using Analys.Disclosure.Tables;

namespace Analys.Disclosure.Counts;

/// <summary>Which areas of a release are the sums of which others: the city of its districts, a region, a merged district, a code of longer
/// codes.</summary>
/// <remarks>Names only; whether the numbers agree is seen when the table is made. Areas are given by their keys, the whole is
/// <c>T</c>.</remarks>
internal static class AreaSums
{
    private static readonly string City = AreaName.Key(Geography.Stockholm.City);
    private static readonly Dictionary<string, string> RegionOf = [];
    private static readonly HashSet<string> OwnRegions = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, HashSet<string>> Mergers = [];
    private static readonly ConcurrentDictionary<string, string> Keys = new(StringComparer.Ordinal);

    static AreaSums()
    {
        var city = Geography.Stockholm;
        foreach (var area in city.Divisions.SelectMany(division => division.Areas)) RegionOf[Known(area.Name)] = Known(area.Region);
        OwnRegions.UnionWith(city.Regions.Select(Known));
        for (var from = 0; from < city.Divisions.Count; from++)
        {
            for (var to = from + 1; to < city.Divisions.Count; to++) AddMergers(city, city.Divisions[from].Id, city.Divisions[to].Id);
        }
    }

    /// <summary>The key of an area: its name or code as it stands, since codes differ in their last digit; the whole, and the city by its
    /// name, is <c>T</c>.</summary>
    public static string Key(string? area) => area is null || Known(area) == City ? TableCell.Total
        : area.TrimEnd(Mark) == TableCell.Total ? area + Mark : area.Replace('|', '/');

    // An area that somebody called T is not the whole.
    private const char Mark = '\'';

    /// <summary>Whether a name is that of a district, of any division, or a region of the city.</summary>
    public static bool IsKnown(string area) => RegionOf.ContainsKey(Known(area)) || OwnRegions.Contains(Known(area));

    /// <summary>Every district and region that the geography knows, in the form of <see cref="Known"/>.</summary>
    public static IEnumerable<string> AllKnown => RegionOf.Keys.Concat(OwnRegions);

    /// <summary>The form under which the geography knows a name.</summary>
    public static string Known(string area) =>
        char.IsAsciiDigit(area.Length > 0 ? area[0] : ' ') ? area : Keys.GetOrAdd(area, AreaName.Key);

    /// <summary>The sums among these areas.</summary>
    /// <param name="areas">The keys, the whole among them where it is published.</param>
    public static IReadOnlyList<(string Total, IReadOnlyList<string> Parts)> Of(IReadOnlySet<string> areas)
    {
        var sums = new List<(string, IReadOnlyList<string>)>();
        var totals = new HashSet<string>(StringComparer.Ordinal) { TableCell.Total };
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var area in areas.Where(area => area != TableCell.Total).Order(StringComparer.Ordinal)) known.TryAdd(Known(area), area);
        foreach (var (merged, parts) in Mergers)
        {
            if (!known.TryGetValue(merged, out var total)) continue;
            List<string> present = [.. parts.Where(known.ContainsKey).Select(part => known[part]).Order(StringComparer.Ordinal)];
            if (present.Count == 0) continue;
            sums.Add((total, present));
            totals.Add(total);
        }

        foreach (var (code, longer) in ByPrefix(areas))
        {
            sums.Add((code, longer));
            totals.Add(code);
        }

        var regions = Geography.Stockholm.Regions.Select(Known).Where(known.ContainsKey).Select(region => known[region])
            .ToHashSet(StringComparer.Ordinal);
        // With side-by-side divisions the finest names are the leaves; every coarser one is a sum of them or stands among the other totals.
        List<string> leaves = [.. areas.Where(area => !totals.Contains(area) && !regions.Contains(area)).Order(StringComparer.Ordinal)];
        foreach (var region in regions.Order(StringComparer.Ordinal))
        {
            List<string> parts = [.. leaves.Where(area => RegionOf.GetValueOrDefault(Known(area)) == Known(region))];
            if (parts.Count > 0) sums.Add((region, parts));
        }

        if (!areas.Contains(TableCell.Total)) return sums;
        if (leaves.Count > 0) sums.Add((TableCell.Total, leaves));
        if (regions.Count > 1) sums.Add((TableCell.Total, [.. regions.Order(StringComparer.Ordinal)]));
        return sums;
    }

    // 0180 is the sum of 0180C1010, 0180C1020, ...: statistical codes grow from left to right.
    private static IEnumerable<(string Code, IReadOnlyList<string> Longer)> ByPrefix(IReadOnlySet<string> areas)
    {
        var codes = areas.Where(area => area != TableCell.Total && area.Any(char.IsAsciiDigit) && !area.Contains(' '))
            .Order(StringComparer.Ordinal).ToArray();
        var open = new Stack<string>();
        var below = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var code in codes)
        {
            while (open.TryPeek(out var last) && !code.StartsWith(last, StringComparison.Ordinal)) open.Pop();
            // "1" is no code of "10": short serial numbers are not a hierarchy.
            if (open.TryPeek(out var parent) && parent.Length >= 4)
            {
                if (!below.TryGetValue(parent, out var list)) below.Add(parent, list = []);
                list.Add(code);
            }

            open.Push(code);
        }

        return below.Select(pair => (pair.Key, (IReadOnlyList<string>)pair.Value));
    }

    private static void AddMergers(Geography city, string from, string to)
    {
        IReadOnlyDictionary<string, string> target;
        try
        {
            target = city.Crosswalk(from, to).Target;
        }
        catch (ArgumentException)
        {
            // Districts were split between the two.
            return;
        }

        foreach (var merged in target.GroupBy(pair => pair.Value, pair => pair.Key))
        {
            var parts = merged.Select(Known).ToHashSet(StringComparer.Ordinal);
            if (parts.Count < 2) continue;
            // Of several divisions the finest parts are kept: the coarser are sums of their own.
            if (!Mergers.TryGetValue(Known(merged.Key), out var fewer) || parts.Count > fewer.Count) Mergers[Known(merged.Key)] = parts;
        }
    }
}

/// <summary>Which populations of a release are the sums of which others, everyone of women and men, and which differ by their ages
/// only.</summary>
/// <remarks>Each property narrows a population. Where the parts do not fill the total, the rest is printed nowhere.</remarks>
internal static class PopulationSums
{
    /// <summary>The sums among these populations: those that have one property more are its parts.</summary>
    public static IReadOnlyList<(Population Total, IReadOnlyList<Population> Parts)> Of(IReadOnlyCollection<Population> populations)
    {
        var known = populations.ToHashSet();
        return
        [
            .. populations.SelectMany(part => part.Properties.Keys.Select(dimension => (Total: part.Without(dimension), dimension, part)))
                .Where(one => known.Contains(one.Total))
                .GroupBy(one => (one.Total, one.dimension), one => one.part)
                .OrderBy(family => family.Key.Total.ToString(), StringComparer.Ordinal)
                .ThenBy(family => family.Key.dimension, StringComparer.Ordinal)
                .Select(family => (family.Key.Total, (IReadOnlyList<Population>)[.. InOrder(family.Distinct())])),
        ];
    }

    /// <summary>The populations that differ by their ages only, everyone among them as all ages.</summary>
    public static IReadOnlyList<IReadOnlyList<(Population Population, AgeSpan Ages)>> ByAge(IReadOnlyCollection<Population> populations) =>
    [
        .. populations.GroupBy(population => population.At(null))
            .Where(family => family.Any(population => population.Ages is not null))
            .OrderBy(family => family.Key.ToString(), StringComparer.Ordinal)
            .Select(family => (IReadOnlyList<(Population, AgeSpan)>)
            [
                .. InOrder(family.Distinct()).Select(population => (population, population.SpanInForce)).DistinctBy(one => one.SpanInForce)
                    .OrderBy(one => one.SpanInForce.From).ThenBy(one => AgeChain.End(one.SpanInForce)),
            ]),
    ];

    private static IEnumerable<Population> InOrder(IEnumerable<Population> populations) =>
        populations.OrderBy(population => population.ToString(), StringComparer.Ordinal);
}
