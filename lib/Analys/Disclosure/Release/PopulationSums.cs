using Analys.Domain;

namespace Analys.Disclosure;

/// <summary>Which populations of a release are the sums of which others, everyone of women and men, and which differ by their ages only.</summary>
/// <remarks>A population is written <c>0-17, sex=woman</c>; each part narrows it. Where the parts do not fill the total, the rest is printed nowhere.</remarks>
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
    private static IEnumerable<(string Others, string Key, List<(string Text, string Value)> Members)> Families(IReadOnlyCollection<string> populations)
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

    private static string Write(IEnumerable<KeyValuePair<string, string>> parts) => string.Join(", ", parts.Select(part => $"{part.Key}={part.Value}"));
}
