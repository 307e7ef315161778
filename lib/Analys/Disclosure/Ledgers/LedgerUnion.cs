using Analys.Disclosure.Counts;
using Analys.Disclosure.Tables;

namespace Analys.Disclosure.Ledgers;

/// <summary>All releases of a source taken together: a cell printed in any of them is known in all.</summary>
internal sealed class LedgerUnion
{
    private readonly HashSet<string> published = new(StringComparer.Ordinal);
    private readonly HashSet<string> primary = new(StringComparer.Ordinal);
    private readonly HashSet<string> secondary = new(StringComparer.Ordinal);
    private readonly HashSet<string> cells = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (double Lower, double Upper)> told = new(StringComparer.Ordinal);
    private readonly List<LedgerEquation> equations = [];

    private LedgerUnion()
    {
    }

    /// <summary>Every cell that a release has, or has looked at.</summary>
    public IReadOnlySet<string> Cells => cells;

    /// <summary>Every sum that a release has.</summary>
    public IReadOnlyList<LedgerEquation> Equations => equations;

    public static LedgerUnion Of(IEnumerable<LedgerEntry> entries)
    {
        var union = new LedgerUnion();
        foreach (var entry in entries)
        {
            foreach (var (cell, mark) in entry.Cells)
            {
                union.cells.Add(cell);
                if (mark == 'P') union.published.Add(cell);
                if (mark == 'S') union.secondary.Add(cell);
                // A hidden primary cell (h) is protected like a printed one.
                if (mark is 'U' or 'h') union.primary.Add(cell);
                if (mark is not ('U' or 'S')) continue;
                var known = union.told.GetValueOrDefault(cell, (1, double.PositiveInfinity));
                union.told[cell] = (entry.Tells, mark) switch
                {
                    ({ } threshold, 'S') => known with { Lower = Math.Max(known.Lower, threshold) },
                    ({ } threshold, _) => known with { Upper = Math.Min(known.Upper, threshold - 1) },
                    _ => known,
                };
            }

            union.equations.AddRange(entry.Equations);
        }

        return union;
    }

    /// <summary>What the marks of earlier releases told of a cell that they withheld, as far as it is so: where zeros are shown it is at
    /// least one, and where small cells had a mark of their own it is on one side of the threshold.</summary>
    /// <param name="cell">The cell's key.</param>
    /// <param name="value">Its value.</param>
    public (double Lower, double Upper)? ToldOf(string cell, double value) => told.TryGetValue(cell, out var range)
        ? (range.Lower <= value ? range.Lower : value >= 1 ? 1 : 0, range.Upper >= value ? range.Upper : double.PositiveInfinity) : null;

    public bool IsPublished(string cell) => published.Contains(cell);

    public bool IsPrimary(string cell) => primary.Contains(cell);

    public bool IsSecondary(string cell) => secondary.Contains(cell);

    /// <summary>What all releases together give away; the current one is among them.</summary>
    /// <param name="mine">The cells of the current release.</param>
    /// <param name="known">Sums that a reader knows without having been told, of districts.</param>
    public Disclosure Attack(IReadOnlySet<string> mine, IReadOnlyList<LedgerEquation> known)
    {
        equations.AddRange(known);
        var sums = known.Select(equation => equation.Total).ToHashSet(StringComparer.Ordinal);
        var differences = new LedgerDifferences(cells.Union(sums), mine.Union(sums).ToHashSet(StringComparer.Ordinal));
        var determined = DeterminedCells.Of(equations.Concat(differences.Equations), published);
        var disclosed = primary.Where(cell => determined.Contains(cell) || published.Contains(cell)).ToList();
        // What no release has looked at may be small: without values nobody can say that it is not.
        var unseen = differences.All.Where(one => !cells.Contains(one.Cell) && determined.Contains(one.Cell))
            .SelectMany(one => one.Between);
        return new(
            disclosed.Where(mine.Contains).ToHashSet(StringComparer.Ordinal),
            disclosed.Count(cell => !mine.Contains(cell)),
            unseen.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>What follows from all releases together.</summary>
    /// <param name="Mine">Primary cells of the current release.</param>
    /// <param name="Earlier">How many primary cells of earlier ones.</param>
    /// <param name="Unseen">Cells of which a difference could be worked out that has never been looked at.</param>
    internal sealed record Disclosure(IReadOnlySet<string> Mine, int Earlier, IReadOnlySet<string> Unseen);
}

/// <summary>The differences between counts of one place at different ages or by different lines: 0–17 less 0–16 are the
/// seventeen-year-olds.</summary>
/// <remarks>
/// Counts by age are differences of one cumulative count F: N[a, b) = F(b) − F(a). So every span is the sum of the steps between the ages
/// at which any span begins or ends. A span within another that touches neither of its ends leaves what is on both sides of it. Of two
/// lines, one counts some of those whom the other counts.
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
        var parts = cells.Where(cell => !LedgerName.IsDifference(cell)).Select(cell => (Cell: cell, Parts: LedgerName.Parts(cell)))
            .ToList();
        foreach (var group in parts.GroupBy(pair => (pair.Parts.Stem, pair.Parts.Variant)))
        {
            var spans = group.Select(pair => (pair.Cell, Span: AgeSpan.Parse(pair.Parts.Ages))).ToArray();
            if (spans.Length > 1 && spans.Any(span => mine.Contains(span.Cell))) OfAges(group.Key.Stem, group.Key.Variant, spans);
        }

        foreach (var group in parts.Where(pair => pair.Parts.Variant.Length > 0).GroupBy(pair => (pair.Parts.Stem, pair.Parts.Ages)))
        {
            var variants = group.OrderBy(pair => pair.Parts.Variant, StringComparer.Ordinal).ToArray();
            if (variants.Length > 1 && variants.Any(variant => mine.Contains(variant.Cell)))
                OfVariants(group.Key.Stem, group.Key.Ages, [.. variants.Select(variant => (variant.Cell, variant.Parts.Variant))]);
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

/// <summary>What everyone knows of the city's districts: that one of a later division is the sum of those merged into it, and a region of
/// its own.</summary>
internal static class LedgerAreas
{
    private const string Area = "area=";

    /// <summary>The sums between districts that stand in the current release and those of earlier ones.</summary>
    /// <param name="names">The names of the current cells.</param>
    /// <param name="source">The source.</param>
    /// <param name="cells">The keys of all releases.</param>
    public static IEnumerable<LedgerEquation> Sums(IEnumerable<string> names, string source, IReadOnlySet<string> cells)
    {
        // At whatever ages and by whatever line: a merged district less the same ages of its parts is what is left of it, too.
        var seen = cells.Where(cell => !LedgerName.IsDifference(cell)).Select(LedgerName.Parts)
            .ToLookup(parts => parts.Stem, parts => (parts.Ages, parts.Variant));
        foreach (var group in names.Distinct(StringComparer.Ordinal).Select(Split)
            .Where(one => one.Area is not null && AreaSums.IsKnown(one.Area)).GroupBy(one => one.Name, one => one.Area!))
        {
            var own = group.ToHashSet(StringComparer.Ordinal);
            string Stem(string area) => LedgerName.Parts(LedgerName.Key(source, With(group.Key, area))).Stem;
            var all = AreaSums.AllKnown.Distinct().Where(area => own.Contains(area) || seen.Contains(Stem(area)))
                .ToHashSet(StringComparer.Ordinal);
            foreach (var (total, parts) in AreaSums.Of(all))
            {
                if (total == TableCell.Total || !parts.Append(total).Any(own.Contains)) continue;
                string[] stems = [.. parts.Select(Stem)];
                foreach (var (ages, variant) in stems.Prepend(Stem(total)).SelectMany(stem => seen[stem]).Distinct())
                {
                    if (stems.All(stem => seen[stem].Contains((ages, variant))))
                        yield return new(LedgerName.Key(Stem(total), ages, variant),
                            [.. stems.Select(stem => LedgerName.Key(stem, ages, variant))]);
                }
            }
        }
    }

    private static (string Name, string? Area) Split(string name)
    {
        var lines = name.Split('\n');
        var at = Array.FindIndex(lines, line => line.StartsWith(Area, StringComparison.Ordinal));
        return at < 3 ? (name, null) : (string.Join('\n', lines.Where((_, i) => i != at && i is not (1 or 2))), lines[at][Area.Length..]);
    }

    private static string With(string rest, string area)
    {
        var lines = rest.Split('\n');
        return string.Join('\n', lines.Take(1).Concat(["", $"{LedgerName.AllAges}"])
            .Concat(lines.Skip(1).Append(Area + area).Order(StringComparer.Ordinal)));
    }
}
