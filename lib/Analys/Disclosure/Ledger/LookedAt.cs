using Analys.Domain;

namespace Analys.Disclosure;

/// <summary>The differences that one release can look at, since it knows all its counts.</summary>
internal static class LookedAt
{
    /// <summary>Their keys and their values.</summary>
    /// <param name="keys">The keys of the cells.</param>
    /// <param name="cells">The cells.</param>
    public static IEnumerable<(string Difference, double Value)> Of(string[] keys, IReadOnlyList<TableCell> cells)
    {
        var counts = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < keys.Length; i++) if (!LedgerName.IsDifference(keys[i])) counts.TryAdd(keys[i], cells[i].Value);
        var parts = counts.Select(pair => (pair.Key, pair.Value, Parts: LedgerName.Parts(pair.Key))).ToList();
        foreach (var group in parts.GroupBy(one => (one.Parts.Stem, one.Parts.Variant)))
        {
            var spans = group.Select(one => (Span: AgeSpan.Parse(one.Parts.Ages), Count: one.Value)).ToArray();
            if (spans.Length < 2) continue;
            foreach (var chain in AgeChain.Of(spans))
            {
                for (var i = 0; i < chain.Ends.Count; i++)
                {
                    for (var j = i + 1; j < chain.Ends.Count; j++)
                        yield return (LedgerName.Key(group.Key.Stem, AgeChain.Span(chain.Ends[i], chain.Ends[j]).ToString(), group.Key.Variant), chain.Between(chain.Ends[i], chain.Ends[j]));
                }
            }

            foreach (var (outer, wide) in spans)
            {
                foreach (var (inner, narrow) in spans)
                    if (AgeChain.IsInside(inner, outer)) yield return (LedgerName.Key(group.Key.Stem, $"{outer}{LedgerName.Difference}{inner}", group.Key.Variant), wide - narrow);
            }
        }

        foreach (var group in parts.Where(one => one.Parts.Variant.Length > 0).GroupBy(one => (one.Parts.Stem, one.Parts.Ages)))
        {
            var variants = group.OrderBy(one => one.Parts.Variant, StringComparer.Ordinal).ToArray();
            for (var i = 0; i < variants.Length; i++)
            {
                for (var j = i + 1; j < variants.Length; j++)
                    yield return (LedgerName.Key(group.Key.Stem, group.Key.Ages, $"{variants[i].Parts.Variant}{LedgerName.Difference}{variants[j].Parts.Variant}"), Math.Abs(variants[i].Value - variants[j].Value));
            }
        }
    }
}
