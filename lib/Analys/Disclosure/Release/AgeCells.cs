using Analys.Domain;

namespace Analys.Disclosure;

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
    public void Add(IReadOnlyList<(AgeSpan Ages, int Cell)> spans, Func<AgeSpan, AgeSpan?, (string Id, LedgerName Name)> name, int persons, string where, string area, bool isBase)
    {
        foreach (var chain in AgeChain.Of([.. spans.Select(one => (one.Ages, cells.Cells[one.Cell].Value))])) AddChain(chain);
        foreach (var (outer, total) in spans)
        {
            // What lies on both sides of spans within another, of each by itself and of all that do not overlap.
            var inside = spans.Where(one => AgeChain.IsInside(one.Ages, outer)).ToList();
            foreach (var (ages, part) in inside) Remember($"{outer}~{ages}", cells.Sum(total, [part], name(outer, ages).Id, name: name(outer, ages).Name));
            var apart = inside.Where(one => !inside.Exists(other => other.Ages != one.Ages && Contains(other.Ages, one.Ages))).OrderBy(one => one.Ages.From).ToList();
            if (apart.Count > 1 && apart.Zip(apart.Skip(1)).All(pair => AgeChain.End(pair.First.Ages) <= pair.Second.Ages.From)) cells.Sum(total, [.. apart.Select(one => one.Cell)], $"{name(outer, null).Id} beside its parts");
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
                    if (!printed.ContainsKey(AgeChain.Span(chain.Ends[i], chain.Ends[j])) && !policy.IsSmall(chain.Between(chain.Ends[i], chain.Ends[j]))) continue;
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
            else if (ofPersons.TryGetValue((persons, $"{where} {area}", ages), out var all)) cells.Sum(all, [cell], $"{cells.Cells[cell].Id}, the others");
        }
    }

    /// <summary>Adds the sums of areas: the only one of an age in a district is the only one of the city.</summary>
    public void AddAreas(IReadOnlyList<(string Total, IReadOnlyList<string> Parts)> byArea) => hidden.AddAreas(byArea);

    private static bool Contains(AgeSpan outer, AgeSpan inner) => outer.From <= inner.From && AgeChain.End(inner) <= AgeChain.End(outer);
}
