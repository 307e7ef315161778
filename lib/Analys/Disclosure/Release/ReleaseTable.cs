namespace Analys.Disclosure;

/// <summary>Makes the protection problem behind the rows of one period: who is counted where, and all sums that a reader can form.</summary>
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

    private ReleaseTable(Policy policy, bool tellsApart)
    {
        this.policy = policy;
        cells = new ReleaseCells(policy, tellsApart);
    }

    /// <summary>The cells and sums; each row is told which cells it shows.</summary>
    public static ReleaseCells Of(IReadOnlyList<ReleaseRow> rows, Policy policy, bool tellsApart)
    {
        var table = new ReleaseTable(policy, tellsApart);
        var placed = table.Place(rows);
        table.AddCells(placed);
        table.MarkRows(rows);
        table.AddSums();
        table.AddGroups();
        table.AddComplements();
        table.AddNested();
        return table.cells;
    }

    private List<(ReleaseRow Row, int Persons, int Counted)> Place(IReadOnlyList<ReleaseRow> rows)
    {
        var placed = new List<(ReleaseRow, int, int)>();
        foreach (var row in rows) names.TryAdd(row.Place.Area, row.Place.Area == TableCell.Total ? TableCell.Total : row.Result.Area!.Replace('|', '/'));
        foreach (var series in rows.Where(row => !row.IsDerived).GroupBy(row => row.Series))
        {
            foreach (var part in WithoutRepeats(series))
            {
                var (first, all) = (part[0], part.ToDictionary(row => row.Place, row => row.Basis.Denominator));
                var p = persons.FindIndex(family => family.TryTake(all));
                if (p < 0)
                {
                    p = persons.Count;
                    persons.Add(new CountFamily { Name = "persons" });
                    persons[p].TryTake(all);
                }

                var some = part.Where(row => row.Basis.Numerator is not null).ToDictionary(row => row.Place, row => row.Basis.Numerator!.Value);
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
            Group = group,
            Kind = $"{first.Result.Measure.Id}\n{first.Result.Reference}\n{first.Options}",
            Nest = $"{first.Result.Measure.Id}\n{group}\n{first.Result.Reference}",
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
            foreach (var (place, count) in persons[p].Counts) personCells[(p, place)] = cells.Add(Id(place, persons[p].Name), count, Price(count) * weight);
        }

        for (var c = 0; c < counted.Count; c++)
        {
            foreach (var (place, count) in counted[c].Family.Counts) countedCells[(c, place)] = cells.Add(Id(place, counted[c].Family.Name), count, Price(count));
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
            if (ReleaseRow.IsFew(row.Basis, policy)) cells.MarkSilent(row.Counted >= 0 ? row.Counted : row.Persons, "threshold-contributors", contributors);
        }
    }

    private void AddSums()
    {
        var places = persons.SelectMany(family => family.Counts.Keys).ToHashSet();
        var byArea = AreaSums.Of(places.Select(place => place.Area).ToHashSet(StringComparer.Ordinal));
        var byPopulation = PopulationSums.Of([.. places.Select(place => place.Population).Distinct(StringComparer.Ordinal)]);
        var populations = places.Select(place => place.Population).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var areas = places.Select(place => place.Area).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        for (var p = 0; p < persons.Count; p++) Sums(personCells, p, p, isBase: true);
        for (var c = 0; c < counted.Count; c++) Sums(countedCells, c, counted[c].Persons, isBase: false);

        void Sums(Dictionary<(int, Place), int> known, int family, int @base, bool isBase)
        {
            for (var s = 0; s < byArea.Count; s++)
            {
                foreach (var population in populations)
                    Sum(known, family, @base, isBase, s, population, new Place(population, byArea[s].Total), byArea[s].Parts.Select(area => new Place(population, area)));
            }

            for (var s = 0; s < byPopulation.Count; s++)
            {
                foreach (var area in areas)
                    Sum(known, family, @base, isBase, ~s, area, new Place(byPopulation[s].Total, area), byPopulation[s].Parts.Select(population => new Place(population, area)));
            }
        }
    }

    private void Sum(Dictionary<(int, Place), int> known, int family, int @base, bool isBase, int sum, string other, Place total, IEnumerable<Place> parts)
    {
        if (!known.TryGetValue((family, total), out var cell)) return;
        Place[] present = [.. parts.Where(part => known.ContainsKey((family, part)))];
        if (present.Length == 0) return;
        if (!isBase) sums.Add((family, total, present));
        int[] found = Array.ConvertAll(present, part => known[(family, part)]);
        var rest = cells.Sum(cell, found, $"{cells.Cells[cell].Id} beside its parts");
        if (rest < 0) return;
        if (isBase) rests[(family, sum, other)] = rest;
        else if (rests.TryGetValue((@base, sum, other), out var all) && cells.Cells[all].Value > cells.Cells[rest].Value) cells.Sum(all, [rest], $"{cells.Cells[rest].Id}, the others");
    }

    // Groups of one whole: all persons are the groups and those of no group.
    private void AddGroups()
    {
        for (var p = 0; p < persons.Count; p++)
        {
            foreach (var kind in Enumerable.Range(0, counted.Count).Where(c => counted[c].Persons == p && counted[c].Family.Group is not null).GroupBy(c => counted[c].Family.Kind))
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
                var cell = cells.Sum(personCells[(counted[c].Persons, place)], [countedCells[(c, place)]], Id(place, $"not {counted[c].Family.Name}"), evenWhenEmpty: true);
                if (cell >= 0) complements[(c, place)] = cell;
            }
        }

        // One child who is not poor is that child in the city, too.
        foreach (var (family, total, parts) in sums)
        {
            if (complements.TryGetValue((family, total), out var cell) && Array.TrueForAll(parts, part => complements.ContainsKey((family, part))))
                cells.SumExactly(cell, Array.ConvertAll(parts, part => complements[(family, part)]));
        }
    }

    // Poor below 50 % of the median are among those below 60 %: between them are people, too.
    private void AddNested()
    {
        var all = cells.Cells.Count <= Small;
        foreach (var nest in Enumerable.Range(0, counted.Count).GroupBy(c => (counted[c].Persons, counted[c].Family.Nest)))
        {
            var chain = nest.OrderBy(c => counted[c].Family.Counts.Values.Sum()).ToArray();
            for (var k = 1; k < chain.Length; k++)
            {
                var (inner, outer) = (counted[chain[k - 1]].Family.Counts, counted[chain[k]].Family.Counts);
                if (!inner.All(pair => !outer.TryGetValue(pair.Key, out var more) || more >= pair.Value)) continue;
                foreach (var (place, count) in inner)
                {
                    if (outer.TryGetValue(place, out var more) && (all || policy.IsSmall(more - count)))
                        cells.Sum(countedCells[(chain[k], place)], [countedCells[(chain[k - 1], place)]], Id(place, $"{counted[chain[k]].Family.Name}, the difference"), evenWhenEmpty: true);
                }
            }
        }
    }

    private string Id(Place place, string kind) => $"{names[place.Area]}|{(place.Population.Length == 0 ? TableCell.Total : place.Population.Replace('|', '/'))}|{kind}";
}
