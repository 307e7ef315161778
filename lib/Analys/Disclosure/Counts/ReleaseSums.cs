using System.Globalization;
using Analys.Disclosure.Ledgers;
using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;

namespace Analys.Disclosure.Counts;

/// <summary>Makes the protection problem behind the rows of one period: who is counted where, and all sums that a reader can
/// form.</summary>
internal sealed class ReleaseTable
{
    // Above this, complements and differences are cells only where they are small themselves.
    private const int Small = 700;
    private readonly Policy policy;
    private readonly List<CountFamily> persons = [];
    private readonly List<(CountFamily Family, int Persons)> counted = [];
    private readonly Dictionary<(int Family, Place Place), int> personCells = [];
    private readonly Dictionary<(int Family, Place Place), int> countedCells = [];
    private readonly Dictionary<(int Family, int Sum, string Other), int> rests = [];
    private readonly List<(int Family, Place Total, Place[] Parts)> sums = [];
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly ReleaseCells cells;
    private readonly string period;
    private readonly HiddenByArea between;
    private IReadOnlyList<(string Total, IReadOnlyList<string> Parts)> byArea = [];

    private ReleaseTable(Policy policy, bool tellsApart, string period)
    {
        this.policy = policy;
        this.period = period;
        cells = new ReleaseCells(policy, tellsApart, period);
        between = new HiddenByArea(cells);
    }

    /// <summary>The cells and sums; each row is told which cells it shows.</summary>
    public static ReleaseCells Of(IReadOnlyList<ReleaseRow> rows, Policy policy, bool tellsApart)
    {
        var table = new ReleaseTable(policy, tellsApart, rows.Count > 0 ? rows[0].Period : "");
        var placed = table.Place(rows);
        table.AddCells(placed);
        table.MarkRows(rows);
        table.AddSums();
        table.AddGroups();
        table.AddComplements();
        table.AddNested();
        table.between.AddAreas(table.byArea);
        return table.cells;
    }

    private List<(ReleaseRow Row, int Persons, int Counted)> Place(IReadOnlyList<ReleaseRow> rows)
    {
        var placed = new List<(ReleaseRow, int, int)>();
        foreach (var row in rows)
            names.TryAdd(row.Place.Area, row.Place.Area == TableCell.Total ? TableCell.Total
                : (row.Result.Area ?? row.Place.Area).Replace('|', '/'));
        foreach (var series in rows.Where(row => !row.IsDerived).GroupBy(row => row.Series))
        {
            foreach (var part in WithoutRepeats(series))
            {
                var (first, all) = (part[0], part.ToDictionary(row => row.Place, row => row.Basis.Denominator));
                var p = persons.FindIndex(family => family.TryTake(all));
                if (p < 0)
                {
                    p = persons.Count;
                    var what = CountConcept.Persons(first);
                    persons.Add(new CountFamily
                    {
                        Name = "persons",
                        AreaColumn = first.Basis.Columns?.Area ?? Narrowing.Area,
                        What = persons.Exists(family => family.What == what)
                        ? $"{what} of {first.Result.Measure.Id}" : what
                    });
                    persons[p].TryTake(all);
                }

                var some = part.Where(row => row.Basis.Numerator is not null)
                    .ToDictionary(row => row.Place, row => row.Basis.Numerator!.Value);
                var c = some.Count == 0 ? -1 : Counted(first, p, some);
                placed.AddRange(part.Select(row => (row, p, row.Basis.Numerator is null ? -1 : c)));
            }
        }

        return placed;
    }

    private int Counted(ReleaseRow first, int p, Dictionary<Place, double> some)
    {
        var group = first.Result.Group;
        var c = counted.FindIndex(other => other.Persons == p && other.Family.Group == group && other.Family.TryTake(some));
        if (c >= 0) return c;
        var family = new CountFamily
        {
            Name = group is null ? first.Result.Measure.Id : $"{first.Result.Measure.Id} of {group.Replace('|', '/')}",
            What = CountConcept.Counted(first),
            Variant = CountConcept.Variant(first),
            AreaColumn = first.Basis.Columns?.Area ?? Narrowing.Area,
            Group = group,
            Kind = $"{first.Result.Measure.Id}\n{first.Result.Reference}\n{first.Options}",
        };
        family.TryTake(some);
        counted.Add((family, p));
        return counted.Count - 1;
    }

    // A series names each place once; where one does not, the rows are taken apart.
    private static IEnumerable<List<ReleaseRow>> WithoutRepeats(IEnumerable<ReleaseRow> series)
    {
        var layers = new List<(HashSet<Place> Seen, List<ReleaseRow> Rows)>();
        foreach (var row in series)
        {
            var layer = layers.FindIndex(one => one.Seen.Add(row.Place));
            if (layer < 0)
            {
                layer = layers.Count;
                layers.Add(([row.Place], []));
            }

            layers[layer].Rows.Add(row);
        }

        return layers.Select(layer => layer.Rows);
    }

    private void AddCells(List<(ReleaseRow Row, int Persons, int Counted)> placed)
    {
        for (var p = 0; p < persons.Count; p++)
        {
            // Without its base, nothing of a place can be shown: that is dear.
            var weight = 1 + counted.Count(other => other.Persons == p);
            foreach (var (place, count) in persons[p].Counts) personCells[(p, place)] =
                cells.Add(Id(place, persons[p].Name), count, Price(count) * weight, Name(persons[p], place));
        }

        for (var c = 0; c < counted.Count; c++)
        {
            foreach (var (place, count) in counted[c].Family.Counts) countedCells[(c, place)] =
                cells.Add(Id(place, counted[c].Family.Name), count, Price(count), Name(counted[c].Family, place));
        }

        foreach (var (row, p, c) in placed)
        {
            row.Persons = personCells[(p, row.Place)];
            row.Counted = c < 0 ? -1 : countedCells[(c, row.Place)];
        }
    }

    private double Price(double count) => policy.Cost switch
    {
        SuppressionCost.Cells => 1,
        SuppressionCost.Logarithm => Math.Log(1 + count),
        _ => count,
    };

    private void MarkRows(IReadOnlyList<ReleaseRow> rows)
    {
        foreach (var row in rows)
        {
            if (row.Persons < 0) continue;
            int? contributors = row.Basis.Contributors is { } known ? (int)Math.Min(known, int.MaxValue) : null;
            if (policy.IsSmall(row.Basis.Denominator)) cells.MarkSmall(row.Persons, row.Counted < 0 ? contributors : null);
            if (row.Counted >= 0 && policy.IsSmall(row.Basis.Numerator!.Value)) cells.MarkSmall(row.Counted, contributors);
            else if (row.Rule == "threshold-complement") cells.MarkSilent(row.Counted, row.Rule);
            // Who came and who left are few: what became of both is withheld, and no neighbour is protected by it being known.
            else if (row.Counted >= 0 && row.Basis.Parts.Any(policy.IsSmall)) cells.Withhold(row.Counted);
            if (ReleaseRow.IsFew(row.Basis, policy))
                cells.MarkSilent(row.Counted >= 0 ? row.Counted : row.Persons, "threshold-contributors", contributors);
        }
    }

    private void AddSums()
    {
        var places = persons.SelectMany(family => family.Counts.Keys).ToHashSet();
        byArea = AreaSums.Of(places.Select(place => place.Area).ToHashSet(StringComparer.Ordinal));
        var byPopulation = PopulationSums.Of([.. places.Select(place => place.Population).Distinct()]);
        var populations = places.Select(place => place.Population).Distinct()
            .OrderBy(population => population.ToString(), StringComparer.Ordinal).ToArray();
        var areas = places.Select(place => place.Area).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var byAge = PopulationSums.ByAge(populations);
        var ages = new AgeCells(cells, policy);
        for (var p = 0; p < persons.Count; p++) Sums(personCells, p, p, isBase: true);
        for (var c = 0; c < counted.Count; c++) Sums(countedCells, c, counted[c].Persons, isBase: false);
        ages.AddAreas(byArea);

        void Sums(Dictionary<(int, Place), int> known, int family, int @base, bool isBase)
        {
            for (var s = 0; s < byArea.Count; s++)
            {
                foreach (var population in populations)
                    Sum(known, family, @base, isBase, s, population.ToString(), new Place(population, byArea[s].Total),
                        byArea[s].Parts.Select(area => new Place(population, area)));
            }

            for (var s = 0; s < byPopulation.Count; s++)
            {
                foreach (var area in areas)
                    Sum(known, family, @base, isBase, ~s, area, new Place(byPopulation[s].Total, area),
                        byPopulation[s].Parts.Select(population => new Place(population, area)));
            }

            var of = isBase ? persons[family] : counted[family].Family;
            for (var s = 0; s < byAge.Count; s++)
            {
                foreach (var area in areas)
                {
                    var spans = byAge[s].Where(one => known.ContainsKey((family, new Place(one.Population, area))))
                        .Select(one => (one.Ages, known[(family, new Place(one.Population, area))])).ToList();
                    if (spans.Count < 2) continue;
                    var some = new Place(byAge[s][0].Population, area);
                    ages.Add(spans, (span, less) => AtAges(of, some, span, less), @base,
                        string.Create(CultureInfo.InvariantCulture, $"{s}"), area, isBase);
                }
            }
        }
    }

    private (string Id, LedgerName Name) AtAges(CountFamily family, Place place, AgeSpan ages, AgeSpan? less)
    {
        var name = Name(family, place) with { Ages = ages, LessAges = less };
        var span = less is null ? $"{ages}" : $"{ages} less {less}";
        var others = place.Population.At(null).ToString();
        return (Id(place, family.Name, others.Length == 0 ? span : $"{span}, {others}"), name);
    }

    private LedgerName Name(CountFamily family, Place place)
    {
        IEnumerable<(string, string)> ofPeriod = period.Length == 0 ? [] : [("period", period)];
        var (ages, others) = Narrowing.Of(place.Population, Narrowing.OfArea(place.Area, family.AreaColumn).Concat(ofPeriod));
        return new(family.What, family.Variant, ages, others);
    }

    private void Sum(Dictionary<(int, Place), int> known, int family, int @base, bool isBase, int sum, string other, Place total,
        IEnumerable<Place> parts)
    {
        if (!known.TryGetValue((family, total), out var cell)) return;
        Place[] present = [.. parts.Where(part => known.ContainsKey((family, part)))];
        if (present.Length == 0) return;
        if (!isBase) sums.Add((family, total, present));
        int[] found = Array.ConvertAll(present, part => known[(family, part)]);
        var name = Name(isBase ? persons[family] : counted[family].Family, total);
        var beside = string.Join('+', present.Select(part => $"{part.Area} {part.Population}").Order(StringComparer.Ordinal));
        var rest = cells.Sum(cell, found, $"{cells.Cells[cell].Id} beside its parts",
            name: name with { Narrowing = name.Narrowing.Add($"beside={beside}") });
        if (rest < 0) return;
        if (isBase) rests[(family, sum, other)] = rest;
        else if (rests.TryGetValue((@base, sum, other), out var all) && cells.Cells[all].Value > cells.Cells[rest].Value)
            cells.Sum(all, [rest], $"{cells.Cells[rest].Id}, the others");
    }

    // Groups of one whole: all persons are the groups and those of no group.
    private void AddGroups()
    {
        for (var p = 0; p < persons.Count; p++)
        {
            foreach (var kind in Enumerable.Range(0, counted.Count)
                .Where(c => counted[c].Persons == p && counted[c].Family.Group is not null).GroupBy(c => counted[c].Family.Kind))
            {
                if (kind.Count() < 2) continue;
                foreach (var place in persons[p].Counts.Keys)
                {
                    List<int> parts = [.. kind.Where(c => countedCells.ContainsKey((c, place))).Select(c => countedCells[(c, place)])];
                    if (parts.Count > 1) cells.Sum(personCells[(p, place)], parts, $"{Id(place, "others")}");
                }
            }
        }
    }

    private void AddComplements()
    {
        var all = cells.Cells.Count <= Small;
        var complements = new Dictionary<(int, Place), int>();
        for (var c = 0; c < counted.Count; c++)
        {
            foreach (var (place, count) in counted[c].Family.Counts)
            {
                var complement = persons[counted[c].Persons].Counts[place] - count;
                if (!all && !policy.IsSmall(complement)) continue;
                var cell = cells.Sum(personCells[(counted[c].Persons, place)], [countedCells[(c, place)]],
                    Id(place, $"not {counted[c].Family.Name}"), evenWhenEmpty: true, Without(counted[c].Family, place));
                if (cell >= 0) complements[(c, place)] = cell;
            }
        }

        // One child who is not poor is that child in the city, too.
        foreach (var (family, total, parts) in sums)
        {
            if (complements.TryGetValue((family, total), out var cell)
                && Array.TrueForAll(parts, part => complements.ContainsKey((family, part))))
                cells.SumExactly(cell, Array.ConvertAll(parts, part => complements[(family, part)]));
        }
    }

    private LedgerName Without(CountFamily family, Place place)
    {
        var name = Name(family, place);
        return name with { What = $"not {name.What}" };
    }

    // Poor below 50 % of the median are among those below 60 %: between them are people, too.
    private void AddNested()
    {
        var all = cells.Cells.Count <= Small;
        // Every pair: what lies between two lines may be few though a third line, withheld, divides it; and of two measures whose counts
        // are
        // nowhere the other way round the smaller may be among the larger, whatever they are called (persistent poverty within current).
        var chain = Enumerable.Range(0, counted.Count).OrderBy(c => counted[c].Family.Counts.Values.Sum()).ToArray();
        for (var k = 1; k < chain.Length; k++)
        {
            for (var i = 0; i < k; i++)
                if (!Apart(counted[chain[i]].Family, counted[chain[k]].Family)) AddBetween(chain[i], chain[k], all);
        }
    }

    // Nobody is in two groups of one division.
    private static bool Apart(CountFamily a, CountFamily b) => a.Group is not null && b.Group is not null && a.Group != b.Group;

    private void AddBetween(int inner, int outer, bool all)
    {
        var (fewer, more) = (counted[inner].Family, counted[outer].Family);
        if (!fewer.Counts.All(pair => !more.Counts.TryGetValue(pair.Key, out var count) || count >= pair.Value)) return;
        if (fewer.Group != more.Group) return;
        foreach (var (place, count) in fewer.Counts)
        {
            if (!more.Counts.TryGetValue(place, out var whole) || (!all && !policy.IsSmall(whole - count))) continue;
            var cell = cells.Sum(countedCells[(outer, place)], [countedCells[(inner, place)]], Id(place, $"{more.Name}, the difference"),
                evenWhenEmpty: true, Name(more, place) with { LessVariant = fewer.Variant });
            if (cell >= 0)
                between.Add(string.Create(CultureInfo.InvariantCulture, $"{inner} {outer} {place.Population}"), place.Area, cell);
        }
    }

    private string Id(Place place, string kind) => Id(place, kind, place.Population.ToString());

    private string Id(Place place, string kind, string population) =>
        $"{names[place.Area]}|{(population.Length == 0 ? TableCell.Total : population.Replace('|', '/'))}|{kind}";
}
