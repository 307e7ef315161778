using System.Collections.Concurrent;
using Analys.Disclosure.Ledgers;
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
    public static string Key(string? area) => area is null || Known(area) == City ? TableCell.Total : area.Replace('|', '/');

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
/// <remarks>A population is written <c>0-17, sex=woman</c>; each part narrows it. Where the parts do not fill the total, the rest is
/// printed nowhere.</remarks>
internal static class PopulationSums
{
    private const string AgeKey = "";

    /// <summary>The sums among these populations; the empty text is everyone.</summary>
    public static IReadOnlyList<(string Total, IReadOnlyList<string> Parts)> Of(IReadOnlyCollection<string> populations)
    {
        var byText = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in populations.Order(StringComparer.Ordinal)) byText.TryAdd(Write(Parse(text)), text);
        return [.. Families(populations).Where(family => family.Key != AgeKey && byText.ContainsKey(family.Others))
            .Select(family => (byText[family.Others], (IReadOnlyList<string>)[.. family.Members.Select(member => member.Text)]))];
    }

    /// <summary>The populations that differ by their ages only, everyone among them as all ages.</summary>
    public static IReadOnlyList<IReadOnlyList<(string Population, AgeSpan Ages)>> ByAge(IReadOnlyCollection<string> populations)
    {
        var all = populations.Select(text => (Text: text, Parts: Parse(text))).Where(one => !one.Parts.ContainsKey(AgeKey)).ToList();
        var found = new List<IReadOnlyList<(string, AgeSpan)>>();
        foreach (var (rest, _, members) in Families(populations).Where(family => family.Key == AgeKey))
        {
            var spans = members.Select(member => (member.Text, Span: AgeSpan.Parse(member.Value))).ToList();
            spans.AddRange(all.Where(one => Write(one.Parts) == rest).Take(1).Select(one => (one.Text, LedgerName.AllAges)));
            found.Add([.. spans.DistinctBy(one => one.Span).OrderBy(one => one.Span.From).ThenBy(one => AgeChain.End(one.Span))]);
        }

        return found;
    }

    // What is left of a population without one of its parts, and the values of that part.
    private static IEnumerable<(string Others, string Key,
        List<(string Text, string Value)> Members)> Families(IReadOnlyCollection<string> populations)
    {
        var families = new SortedDictionary<(string Others, string Key), List<(string Text, string Value)>>();
        foreach (var text in populations.Order(StringComparer.Ordinal))
        {
            var parts = Parse(text);
            foreach (var (key, value) in parts)
            {
                var rest = Write(parts.Where(part => part.Key != key));
                if (!families.TryGetValue((rest, key), out var list)) families.Add((rest, key), list = []);
                list.Add((text, value));
            }
        }

        return families.Select(pair => (pair.Key.Others, pair.Key.Key, pair.Value));
    }

    private static SortedDictionary<string, string> Parse(string text)
    {
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (column, value) in Narrowing.Parts(text))
        {
            if (column.Length > 0) parts[column] = value;
            else if (Narrowing.Span(value) is { } span) parts[AgeKey] = span.ToString();
            else parts[value] = value;
        }

        return parts;
    }

    private static string Write(IEnumerable<KeyValuePair<string, string>> parts) =>
        string.Join(", ", parts.Select(part => $"{part.Key}={part.Value}"));
}
