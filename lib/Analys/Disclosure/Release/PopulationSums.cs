using Analys.Domain;

namespace Analys.Disclosure;

/// <summary>Which populations of a release are the sums of which others, or contain them: everyone of women and men, 0–17 of 0–6 and 7–17.</summary>
/// <remarks>A population is written <c>0-17, sex=woman</c>; each part narrows it. Where the parts do not fill the total, the rest is printed nowhere.</remarks>
internal static class PopulationSums
{
    private const string AgeKey = "";

    /// <summary>The sums among these populations; the empty text is everyone.</summary>
    public static IReadOnlyList<(string Total, IReadOnlyList<string> Parts)> Of(IReadOnlyCollection<string> populations)
    {
        var sums = new List<(string, IReadOnlyList<string>)>();
        var parsed = populations.Order(StringComparer.Ordinal).Select(text => (Text: text, Parts: Parse(text))).ToList();
        var byText = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (text, parts) in parsed) byText.TryAdd(Write(parts), text);
        var families = new SortedDictionary<(string Others, string Key), List<(string Text, string Value)>>();
        foreach (var (text, parts) in parsed)
        {
            foreach (var (key, value) in parts)
            {
                var rest = Write(parts.Where(part => part.Key != key));
                if (!families.TryGetValue((rest, key), out var list)) families.Add((rest, key), list = []);
                list.Add((text, value));
            }
        }

        foreach (var ((rest, key), members) in families)
        {
            var total = byText.GetValueOrDefault(rest);
            if (key == AgeKey) sums.AddRange(BySpan(total, members));
            else if (total is not null) sums.Add((total, [.. members.Select(member => member.Text)]));
        }

        return sums;
    }

    // Each span is the sum of the greatest spans within it where these do not overlap; where they do, it contains each of them.
    private static IEnumerable<(string, IReadOnlyList<string>)> BySpan(string? everyone, List<(string Text, string Value)> members)
    {
        var spans = members.Select(member => (member.Text, Span: AgeSpan.Parse(member.Value))).ToList();
        if (everyone is not null) spans.Add((everyone, new AgeSpan(0, null)));
        foreach (var (text, outer) in spans)
        {
            var inner = spans.Where(other => other.Text != text && other.Span != outer && Contains(outer, other.Span)).ToList();
            var greatest = inner.Where(one => !inner.Exists(other => other.Span != one.Span && Contains(other.Span, one.Span)))
                .DistinctBy(one => one.Span).OrderBy(one => one.Span.From).ToList();
            if (greatest.Count == 0) continue;
            var overlap = Enumerable.Range(1, greatest.Count - 1).Any(i => greatest[i - 1].Span.To is not { } last || greatest[i].Span.From <= last);
            if (!overlap) yield return (text, [.. greatest.Select(one => one.Text)]);
            else foreach (var one in greatest) yield return (text, [one.Text]);
        }
    }

    private static bool Contains(AgeSpan outer, AgeSpan inner) =>
        outer.From <= inner.From && (outer.To is not { } last || (inner.To is { } end && end <= last));

    private static SortedDictionary<string, string> Parse(string text)
    {
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at > 0) parts[part[..at]] = part[(at + 1)..];
            else if (IsSpan(part)) parts[AgeKey] = part;
            else parts[part] = part;
        }

        return parts;
    }

    private static bool IsSpan(string text)
    {
        try
        {
            _ = AgeSpan.Parse(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string Write(IEnumerable<KeyValuePair<string, string>> parts) => string.Join(", ", parts.Select(part => $"{part.Key}={part.Value}"));
}
