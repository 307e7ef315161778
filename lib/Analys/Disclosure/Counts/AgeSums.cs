using Analys.Disclosure.Ledgers;

namespace Analys.Disclosure.Counts;

/// <summary>Adds what follows from counts at different ages: the seventeen-year-olds behind 0–17 and 0–16.</summary>
internal sealed class AgeCells(ReleaseCells cells, Policy policy)
{
    private readonly Dictionary<(int Base, string Where, string Ages), int> ofPersons = [];
    private readonly HiddenByArea hidden = new(cells);

    /// <summary>Adds the cells and sums of one count at one place.</summary>
    /// <param name="spans">The printed ages with their cells.</param>
    /// <param name="name">What a cell at other ages is called, in messages and in a ledger.</param>
    /// <param name="persons">The family of the persons; with <paramref name="where"/> it says which rests belong together.</param>
    /// <param name="where">The place without ages and area.</param>
    /// <param name="area">The area.</param>
    /// <param name="isBase">Whether the persons themselves are counted.</param>
    public void Add(IReadOnlyList<(AgeSpan Ages, int Cell)> spans, Func<AgeSpan, AgeSpan?, (string Id, LedgerName Name)> name, int persons,
        string where, string area, bool isBase)
    {
        foreach (var chain in AgeChain.Of([.. spans.Select(one => (one.Ages, cells.Cells[one.Cell].Value))])) AddChain(chain);
        foreach (var (outer, total) in spans)
        {
            // What lies on both sides of spans within another, of each by itself and of all that do not overlap.
            var inside = spans.Where(one => AgeChain.IsInside(one.Ages, outer)).ToList();
            foreach (var (ages, part) in inside) Remember($"{outer}~{ages}",
                cells.Sum(total, [part], name(outer, ages).Id, name: name(outer, ages).Name));
            var apart = inside.Where(one => !inside.Exists(other => other.Ages != one.Ages && Contains(other.Ages, one.Ages)))
                .OrderBy(one => one.Ages.From).ToList();
            if (apart.Count > 1 && apart.Zip(apart.Skip(1)).All(pair => AgeChain.End(pair.First.Ages) <= pair.Second.Ages.From))
                cells.Sum(total, [.. apart.Select(one => one.Cell)], $"{name(outer, null).Id} beside its parts");
        }

        void AddChain(AgeChain chain)
        {
            if (chain.Ends.Count < 3) return;
            var printed = new Dictionary<AgeSpan, int>();
            foreach (var (ages, cell) in spans) printed.TryAdd(ages, cell);
            var steps = new int[chain.Ends.Count - 1];
            for (var i = 0; i < steps.Length; i++) steps[i] = Cell(i, i + 1);
            for (var i = 0; i < steps.Length; i++)
            {
                for (var j = i + 2; j < chain.Ends.Count; j++)
                {
                    // Several steps that are few together are few, though each of them is hidden by another.
                    if (!printed.ContainsKey(AgeChain.Span(chain.Ends[i], chain.Ends[j]))
                        && !policy.IsSmall(chain.Between(chain.Ends[i], chain.Ends[j]))) continue;
                    var total = Cell(i, j);
                    if (total >= 0) cells.SumExactly(total, [.. steps[i..j].Where(step => step >= 0)]);
                }
            }

            // Nobody at these ages: a reader who knows that is the stronger one.
            int Cell(int from, int to)
            {
                var ages = AgeChain.Span(chain.Ends[from], chain.Ends[to]);
                if (printed.TryGetValue(ages, out var own)) return own;
                var value = chain.Between(chain.Ends[from], chain.Ends[to]);
                if (value < 0 || (value == 0 && policy.ZerosAreSafe)) return -1;
                var (id, ledger) = name(ages, null);
                var hidden = cells.AddHidden(id, value, ledger);
                Remember(ages.ToString(), hidden);
                return hidden;
            }
        }

        // The poor of a rest and its others: both are people.
        void Remember(string ages, int cell)
        {
            if (cell < 0) return;
            var (_, own) = name(LedgerName.AllAges, null);
            hidden.Add($"{own.What} {own.Variant} {persons} {where} {ages}", area, cell);
            if (isBase) ofPersons[(persons, $"{where} {area}", ages)] = cell;
            else if (ofPersons.TryGetValue((persons, $"{where} {area}", ages), out var all))
                cells.Sum(all, [cell], $"{cells.Cells[cell].Id}, the others");
        }
    }

    /// <summary>Adds the sums of areas: the only one of an age in a district is the only one of the city.</summary>
    public void AddAreas(IReadOnlyList<(string Total, IReadOnlyList<string> Parts)> byArea) => hidden.AddAreas(byArea);

    private static bool Contains(AgeSpan outer, AgeSpan inner) => outer.From <= inner.From && AgeChain.End(inner) <= AgeChain.End(outer);
}

/// <summary>Spans of ages that hang together by their ends, with the count between any two of these ends: it follows from the
/// spans.</summary>
/// <remarks>
/// N[a, b) = F(b) − F(a) for a cumulative count F. A printed span joins its two ends, and between any two ends that are joined, over
/// however many spans, the count can be worked out: 6–12 from 0–12, 6–17 and 0–17.
/// </remarks>
internal sealed class AgeChain
{
    private readonly Dictionary<int, double> cumulative;

    private AgeChain(Dictionary<int, double> cumulative)
    {
        this.cumulative = cumulative;
        Ends = [.. cumulative.Keys.Order()];
    }

    /// <summary>The ages at which a span begins, or the next one after it ends; ascending.</summary>
    public IReadOnlyList<int> Ends { get; }

    /// <summary>The count from one end to another.</summary>
    public double Between(int from, int to) => cumulative[to] - cumulative[from];

    /// <summary>The first age after a span.</summary>
    public static int End(AgeSpan span) => span.To is { } last ? last + 1 : int.MaxValue;

    /// <summary>The span from an age to the last before another.</summary>
    public static AgeSpan Span(int from, int end) => new(from, end == int.MaxValue ? null : end - 1);

    /// <summary>Whether a span lies within another and touches neither of its ends.</summary>
    public static bool IsInside(AgeSpan inner, AgeSpan outer) => outer.From < inner.From && End(inner) < End(outer);

    /// <summary>The chains of spans with their counts; a chain of which the counts contradict each other is left out.</summary>
    public static IReadOnlyList<AgeChain> Of(IReadOnlyCollection<(AgeSpan Span, double Count)> spans)
    {
        var chains = new List<AgeChain>();
        var left = spans.ToList();
        while (left.Count > 0)
        {
            var known = new Dictionary<int, double> { [left[0].Span.From] = 0 };
            var agree = true;
            for (var more = true; more;)
            {
                more = false;
                foreach (var (span, count) in left)
                {
                    var (hasFrom, hasTo) = (known.TryGetValue(span.From, out var from), known.TryGetValue(End(span), out var to));
                    if (hasFrom && hasTo) agree &= Math.Abs(to - from - count) <= 1e-9 * Math.Max(1, count);
                    else if (hasFrom) known[End(span)] = from + count;
                    else if (hasTo) known[span.From] = to - count;
                    more |= hasFrom != hasTo;
                }
            }

            left.RemoveAll(one => known.ContainsKey(one.Span.From));
            if (agree) chains.Add(new AgeChain(known));
        }

        return chains;
    }
}

/// <summary>Counts that are printed nowhere, by what they are and where: they add up over areas as the printed ones do.</summary>
/// <remarks>That follows from other sums, but says whose cell is whose: the only one in a district is the only one in the city, and knows
/// both.</remarks>
internal sealed class HiddenByArea(ReleaseCells cells)
{
    private readonly Dictionary<string, Dictionary<string, int>> known = new(StringComparer.Ordinal);

    /// <summary>Remembers a cell.</summary>
    public void Add(string what, string area, int cell)
    {
        if (!known.TryGetValue(what, out var byArea)) known.Add(what, byArea = new(StringComparer.Ordinal));
        byArea.TryAdd(area, cell);
    }

    /// <summary>Adds the sums over areas that hold.</summary>
    public void AddAreas(IReadOnlyList<(string Total, IReadOnlyList<string> Parts)> sums)
    {
        foreach (var byArea in known.Values)
        {
            foreach (var (total, parts) in sums)
            {
                if (!byArea.TryGetValue(total, out var cell)) continue;
                int[] found = [.. parts.Where(byArea.ContainsKey).Select(area => byArea[area])];
                if (found.Length > 0) cells.SumExactly(cell, found);
            }
        }
    }
}
