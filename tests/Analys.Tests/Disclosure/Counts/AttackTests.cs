using System.Diagnostics;
using Analys.Disclosure.Audit;
using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;
using Xunit.Abstractions;
using static Analys.Tests.Disclosure.Counts.Figures;

namespace Analys.Tests.Disclosure.Counts;

/// <summary>An attacker who has nothing but the released records, and sums everyone knows: districts, regions, the city, women and
/// men.</summary>
public class AttackTests(ITestOutputHelper output)
{
    private static readonly string[] Districts = [.. Geography.Stockholm.Division("sdo14").Areas.Select(area => area.Name)];
    private static readonly Dictionary<string,
        string> Region = Geography.Stockholm.Division("sdo14").Areas.ToDictionary(area => area.Name, area => area.Region);
    private static readonly string?[] Populations = [null, "sex=woman", "sex=man"];

    private static double Count(Random random) =>
        random.Next(10) switch { 0 => 0, < 3 => random.Next(1, 5), < 6 => random.Next(5, 15), _ => random.Next(15, 120) };

    private static (Results Results, Dictionary<(string, string?), (double Poor, double All)> Truth) Make(int seed)
    {
        var random = new Random(seed);
        var districts = Districts[..random.Next(2, Districts.Length + 1)];
        var withRegions = random.Next(2) == 0;
        var bySex = random.Next(2) == 0;
        var truth = new Dictionary<(string, string?), (double Poor, double All)>();
        void Add(string area, string? population, double poor, double all)
        {
            var (p, a) = truth.GetValueOrDefault((area, population));
            truth[(area, population)] = (p + poor, a + all);
        }

        foreach (var district in districts)
        {
            foreach (var sex in Populations[1..])
            {
                var poor = Count(random);
                var all = poor + Count(random) * (random.Next(8) == 0 ? 0 : 1);
                foreach (var area in (string[])[district, "T", .. withRegions ? [Region[district]] : Array.Empty<string>()])
                {
                    Add(area, null, poor, all);
                    if (bySex) Add(area, sex, poor, all);
                }
            }
        }

        var rows =
            truth.Select(pair => Poor(pair.Key.Item1 == "T" ? null : pair.Key.Item1, pair.Value.Poor, pair.Value.All, pair.Key.Item2));
        return (Confidential(rows.ToArray()), truth);
    }

    // Built from the records alone: share × N where a row is printed, nothing where it is not.
    private static ProtectionTable Seen(Released released, Dictionary<(string, string?), (double Poor, double All)> truth)
    {
        var builder = new ProtectionTableBuilder();
        string Id(string area, string? population, string what) => $"{area}|{population ?? "T"}|{what}";
        foreach (var row in released)
        {
            var (area, population) = (row.Area ?? "T", row.Population?.ToString());
            var (poor, all) = truth[(area, population)];
            if (!row.IsWithheld())
            {
                Assert.Equal(poor, Math.Round(row.Value.Number * row.N!.Value));
                Assert.Equal(all, row.N);
            }

            var status = row.IsWithheld() ? CellStatus.Secondary : CellStatus.Published;
            builder.Add(Id(area, population, "poor"), poor, status).Add(Id(area, population, "all"), all, status);
            builder.Add(new TableCell { Id = Id(area, population, "others"), Value = all - poor, Hidden = true })
                .Equate(Id(area, population, "all"), [Id(area, population, "poor"), Id(area, population, "others")]);
        }

        var keys = truth.Keys.ToHashSet();
        var districts = keys.Where(key => key.Item1 != "T" && Region.ContainsKey(key.Item1)).Select(key => key.Item1).Distinct().ToArray();
        foreach (var what in (string[])["poor", "all"])
        {
            foreach (var population in keys.Select(key => key.Item2).Distinct().ToArray())
            {
                builder.Equate(Id("T", population, what), districts.Select(area => Id(area, population, what)));
                foreach (var region in districts.GroupBy(area => Region[area]).Where(region => keys.Contains((region.Key, population))))
                    builder.Equate(Id(region.Key, population, what), region.Select(area => Id(area, population, what)));
            }

            foreach (var area in keys.Select(key => key.Item1).Distinct().ToArray())
            {
                if (keys.Contains((area, "sex=woman")))
                    builder.Equate(Id(area, null, what), [Id(area, "sex=woman", what), Id(area, "sex=man", what)]);
            }
        }

        return builder.Build();
    }

    [Fact]
    public void No_attacker_gets_a_small_count_from_the_records()
    {
        var watch = Stopwatch.StartNew();
        int refused = 0, withheld = 0, rows = 0, common = 0;
        var attacker = new ProtectionRequirements { LegendTellsApart = false, GuardAgainstInsiders = false };
        for (var seed = 1; seed <= 200; seed++)
        {
            var (results, truth) = Make(seed);
            Released released;
            try
            {
                released = results.Release(Policy.Stockholm);
            }
            catch (ReleaseRefusedException e)
            {
                output.WriteLine($"{seed}: {e.Message}");
                refused++;
                continue;
            }

            rows += released.Count;
            withheld += released.SuppressedCount;
            if (released.Any(row => row.Value.Reason == "withheld")) common++;
            var seen = Seen(released, truth);
            foreach (var bounds in Auditor.Audit(seen, attacker).Bounds)
            {
                var cell = seen[bounds.Cell];
                if (cell.Value is > 0 and < 5) Assert.True(bounds.Width >= 1, $"seed {seed}: {bounds.Cell}");
            }

            foreach (var cell in seen.Cells.Where(cell => cell.Status == CellStatus.Published && !cell.Hidden))
                Assert.False(cell.Value is > 0 and < 5, $"seed {seed}: {cell.Id} is printed");
        }

        output.WriteLine(
            string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"200 releases: {refused} refused, {common} with one mark, {withheld} of {rows} rows withheld; "
                    + $"{watch.Elapsed.TotalSeconds:F1} s"));
        Assert.True(refused <= 2, $"{refused} refused");
    }

    [Fact]
    public void Two_lines_and_a_headcount_do_not_give_each_other_away()
    {
        var attacker = new ProtectionRequirements { LegendTellsApart = false, GuardAgainstInsiders = false };
        int refused = 0, withheld = 0, rows = 0;
        for (var seed = 1; seed <= 100; seed++)
        {
            var random = new Random(seed);
            var districts = Districts[..random.Next(2, 8)];
            var truth = districts.Select(district =>
            {
                var inner = Count(random);
                var outer = inner + (random.Next(3) == 0 ? random.Next(0, 5) : Count(random));
                return (Area: (string?)district, Inner: inner, Outer: outer, All: outer + Count(random) + 20);
            }).ToList();
            truth.Add((null, truth.Sum(t => t.Inner), truth.Sum(t => t.Outer), truth.Sum(t => t.All)));
            var results = Confidential(truth.SelectMany(t => (Result[])
            [
                Poor(t.Area, t.Inner, t.All, line: "median:50"), Poor(t.Area, t.Outer, t.All, line: "median:60"),
                Of(Headcount, t.Area, t.Outer, t.Outer, t.All), Of(Median, t.Area, 1000 + t.All, null, t.All),
            ]).ToArray());
            Released released;
            try
            {
                released = results.Release(Policy.Stockholm);
            }
            catch (ReleaseRefusedException)
            {
                refused++;
                continue;
            }

            rows += released.Count;
            withheld += released.SuppressedCount;
            var builder = new ProtectionTableBuilder();
            foreach (var t in truth)
            {
                var own = released.Where(row => row.Area == t.Area).ToList();
                var area = t.Area ?? "T";
                // A count is seen where any record prints it.
                void Add(string what, double value, bool isSeen) =>
                    builder.Add($"{area}|{what}", value, isSeen ? CellStatus.Published : CellStatus.Secondary);
                Add("inner", t.Inner, !own[0].IsWithheld());
                Add("outer", t.Outer, !own[1].IsWithheld() || !own[2].IsWithheld());
                Add("all", t.All, own.Exists(row => row.N is not null));
                builder.Add(new TableCell { Id = $"{area}|between", Value = t.Outer - t.Inner, Hidden = true })
                    .Add(new TableCell { Id = $"{area}|others", Value = t.All - t.Outer, Hidden = true });
                builder.Equate($"{area}|outer", [$"{area}|inner", $"{area}|between"])
                    .Equate($"{area}|all", [$"{area}|outer", $"{area}|others"]);
            }

            foreach (var what in (string[])["inner", "outer", "all"])
                builder.Equate($"T|{what}", districts.Select(district => $"{district}|{what}"));
            var seen = builder.Build();
            foreach (var bounds in Auditor.Audit(seen, attacker).Bounds)
                if (seen[bounds.Cell].Value is > 0 and < 5) Assert.True(bounds.Width >= 1, $"seed {seed}: {bounds.Cell}");
            foreach (var cell in seen.Cells.Where(cell => !cell.IsUnknown))
                Assert.False(cell.Value is > 0 and < 5, $"seed {seed}: {cell.Id} is printed");
        }

        output.WriteLine($"100 releases: {refused} refused, {withheld} of {rows} rows withheld");
        Assert.True(refused <= 5, $"{refused} refused");
    }
}
