using Analys.Domain;

namespace Analys.Disclosure;

/// <summary>The differences between counts of one place at different ages or by different lines: 0–17 less 0–16 are the seventeen-year-olds.</summary>
/// <remarks>
/// Counts by age are differences of one cumulative count F: N[a, b) = F(b) − F(a). So every span is the sum of the steps between the ages at which any
/// span begins or ends. A span within another that touches neither of its ends leaves what is on both sides of it. Of two lines, one counts some of
/// those whom the other counts.
/// </remarks>
internal sealed class LedgerDifferences
{
    private readonly List<LedgerDifference> all = [];
    private readonly List<LedgerEquation> equations = [];

    /// <summary>Finds the differences among cells.</summary>
    /// <param name="cells">The keys of all releases.</param>
    /// <param name="mine">Those of the current one: what does not touch them was looked at before.</param>
    public LedgerDifferences(IEnumerable<string> cells, IReadOnlySet<string> mine)
    {
        var parts = cells.Where(cell => !LedgerName.IsDifference(cell)).Select(cell => (Cell: cell, Parts: LedgerName.Parts(cell))).ToList();
        foreach (var group in parts.GroupBy(pair => (pair.Parts.Stem, pair.Parts.Variant)))
        {
            var spans = group.Select(pair => (pair.Cell, Span: AgeSpan.Parse(pair.Parts.Ages))).ToArray();
            if (spans.Length > 1 && spans.Any(span => mine.Contains(span.Cell))) OfAges(group.Key.Stem, group.Key.Variant, spans);
        }

        foreach (var group in parts.Where(pair => pair.Parts.Variant.Length > 0).GroupBy(pair => (pair.Parts.Stem, pair.Parts.Ages)))
        {
            var variants = group.OrderBy(pair => pair.Parts.Variant, StringComparer.Ordinal).ToArray();
            if (variants.Length > 1 && variants.Any(variant => mine.Contains(variant.Cell))) OfVariants(group.Key.Stem, group.Key.Ages, [.. variants.Select(variant => (variant.Cell, variant.Parts.Variant))]);
        }
    }

    /// <summary>Each difference that may be of interest by itself.</summary>
    public IReadOnlyList<LedgerDifference> All => all;

    /// <summary>How counts and differences hang together.</summary>
    public IReadOnlyList<LedgerEquation> Equations => equations;

    private void OfAges(string stem, string variant, (string Cell, AgeSpan Span)[] spans)
    {
        int[] ends = [.. spans.SelectMany(one => (int[])[one.Span.From, AgeChain.End(one.Span)]).Distinct().Order()];
        string Key(int i, int j) => LedgerName.Key(stem, AgeChain.Span(ends[i], ends[j]).ToString(), variant);
        var between = Array.ConvertAll(spans, one => one.Cell);
        for (var i = 0; i < ends.Length; i++)
        {
            for (var j = i + 1; j < ends.Length; j++)
            {
                all.Add(new(Key(i, j), between));
                if (j > i + 1) equations.Add(new(Key(i, j), [.. Enumerable.Range(i, j - i).Select(step => Key(step, step + 1))]));
            }
        }

        foreach (var (outer, wide) in spans)
        {
            foreach (var (inner, narrow) in spans)
            {
                if (!AgeChain.IsInside(narrow, wide)) continue;
                var rest = LedgerName.Key(stem, $"{wide}{LedgerName.Difference}{narrow}", variant);
                all.Add(new(rest, [outer, inner]));
                equations.Add(new(outer, [inner, rest]));
            }
        }
    }

    private void OfVariants(string stem, string ages, (string Cell, string Variant)[] variants)
    {
        for (var i = 0; i < variants.Length; i++)
        {
            for (var j = i + 1; j < variants.Length; j++)
            {
                var rest = LedgerName.Key(stem, ages, $"{variants[i].Variant}{LedgerName.Difference}{variants[j].Variant}");
                all.Add(new(rest, [variants[i].Cell, variants[j].Cell]));
                equations.Add(new(variants[i].Cell, [variants[j].Cell, rest]));
            }
        }
    }
}

/// <summary>A difference between counts.</summary>
/// <param name="Cell">Its key.</param>
/// <param name="Between">The counts that it lies between.</param>
internal sealed record LedgerDifference(string Cell, IReadOnlyList<string> Between);
