using Analys.Disclosure.Tables;

namespace Analys.Tests.Disclosure;

/// <summary>Random tables of the shapes that the library promises to protect; the seed decides everything.</summary>
internal static class RandomTables
{
    public static ProtectionTable TwoWay(int seed)
    {
        var random = new Random(seed);
        return Cross(random, Flat("area", random.Next(2, 7)), Flat("family", random.Next(2, 9)));
    }

    public static ProtectionTable ThreeWay(int seed)
    {
        var random = new Random(seed);
        return Cross(random, Flat("area", random.Next(2, 5)), Flat("family", random.Next(2, 5)), Flat("age", random.Next(2, 4)));
    }

    /// <summary>DeSO below stadsdelsområde below the city, by family type.</summary>
    public static ProtectionTable Hierarchy(int seed)
    {
        var random = new Random(seed);
        var edges = new List<(string, string)>();
        for (var district = 0; district < random.Next(2, 4); district++)
        {
            edges.Add(($"d{district}", "T"));
            for (var area = 0; area < random.Next(2, 4); area++) edges.Add(($"d{district}a{area}", $"d{district}"));
        }
        return Cross(random, TableDimension.Tree("area", edges), Flat("family", random.Next(2, 5)));
    }

    /// <summary>Two divisions of one city in two tables, by family type and by age, that share their margins by area.</summary>
    public static ProtectionTable Linked(int seed)
    {
        var random = new Random(seed);
        var leaves = Enumerable.Range(0, random.Next(4, 7)).Select(i => $"a{i}").ToArray();
        var first = random.Next(1, leaves.Length - 1);
        var second = random.Next(1, leaves.Length - 1);
        var area = TableDimension.Of("area",
        [
            ("n", leaves[..first]), ("s", leaves[first..]), ("T", ["n", "s"]),
            ("e", [.. leaves.Where((_, i) => i % 2 == second % 2)]), ("w", [.. leaves.Where((_, i) => i % 2 != second % 2)]),
            ("T", ["e", "w"]),
        ]);
        var families = Flat("family", random.Next(2, 4));
        var ages = Flat("age", 2);
        // Both tables count the same children: the leaves of the cross of all three dimensions.
        var counts = new Dictionary<string, double>();
        foreach (var a in leaves)
            foreach (var f in families.Leaves)
                foreach (var g in ages.Leaves) counts[$"{a}|{families.Nodes[f]}|{ages.Nodes[g]}"] = Count(random);
        double Sum(Func<string, bool> chosen) => counts.Where(pair => chosen(pair.Key)).Sum(pair => pair.Value);
        var byFamily = CrossTable.Of([area, families], v => Sum(key => key.StartsWith($"{v[0]}|{v[1]}|", StringComparison.Ordinal)));
        var byAge = CrossTable.Of([area, ages], v => Sum(key =>
            key.StartsWith(v[0] + "|", StringComparison.Ordinal) && key.EndsWith("|" + v[1], StringComparison.Ordinal)));
        return new ProtectionTableBuilder().Add(byFamily).Add(byAge).Build();
    }

    /// <summary>Thirteen districts below four regions, by twelve family types and five ages: the size of a table in a city
    /// report.</summary>
    public static ProtectionTable CityReport(int seed)
    {
        var edges = new List<(string, string)>();
        for (var region = 0; region < 4; region++) edges.Add(($"r{region}", "T"));
        for (var district = 0; district < 13; district++) edges.Add(($"d{district}", $"r{district % 4}"));
        return Cross(new Random(seed), TableDimension.Tree("area", edges), Flat("family", 12), Flat("years", 5));
    }

    public static TableDimension Flat(string name, int values) =>
        TableDimension.Flat(name, [.. Enumerable.Range(0, values).Select(i => $"{name[0]}{i}")]);

    private static ProtectionTable Cross(Random random, params TableDimension[] dimensions) =>
        CrossTable.Of(dimensions, _ => Count(random));

    // Register counts: many small, some zero, a few large.
    private static double Count(Random random) => random.Next(10) switch
    {
        0 => 0,
        < 3 => random.Next(1, 5),
        < 6 => random.Next(5, 15),
        _ => random.Next(15, 120),
    };
}
