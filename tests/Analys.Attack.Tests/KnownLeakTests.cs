using System.Globalization;
using Analys.Attack.Tests.Play;
using Analys.Tests;

namespace Analys.Attack.Tests;

/// <summary>What attackers once got through the command, each on the input that gave it away: none of it may come back.</summary>
public sealed class KnownLeakTests : IDisposable
{
    // A test of its own instance has a folder of its own.
    private readonly string folder = Directory.CreateTempSubdirectory("analys-known").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static readonly string[] Register =
        ["--income", "income", "--weight", "weight", "--area", "area", "--age", "age", "--household", "household", "--interval", "none"];

    private static readonly string[] Hushall = ["--income", "inkomst", "--household", "hushall", "--area", "omrade", "--interval", "none"];

    public static TheoryData<string> Policies => [.. Arena.Policies];

    private static string Case(string name) => Repository.SharedAt("cases", "gate", name);

    private static async Task<IReadOnlyList<Row>> Rows(string policy, params string[] call) =>
        await Command.Rows([.. call, "--policy", policy]) ?? [];

    [SharedTheory]
    [MemberData(nameof(Policies))]
    public async Task No_income_from_Lorenz_and_mean(string policy)
    {
        var own = (await Rows(policy, ["inequality", Case("max.csv"), .. Register, "--measures", "mean,lorenz"]))
            .Where(row => row.Area == "Kista" && row.Value is not null).ToList();
        if (own.FirstOrDefault(row => row.Measure == "mean") is not { } mean) return;
        var points = own.Where(row => row.Measure == "lorenz")
            .ToDictionary(row => Math.Round(double.Parse(row.Of("p")!, CultureInfo.InvariantCulture) * 10), row => row.Interval);
        points[0] = (0, 0);
        for (var i = 1; i <= 10; i++)
        {
            if (!points.TryGetValue(i - 1, out var before) || !points.TryGetValue(i, out var after)) continue;
            var (low, high) = ((after.Low - before.High) * mean.Interval.Low * 10, (after.High - before.Low) * mean.Interval.High * 10);
            Assert.True(high - low > 0.01 * (high + low) / 2, $"household {i}: {low} to {high}");
        }
    }

    [SharedTheory]
    [MemberData(nameof(Policies))]
    public async Task No_richest_from_a_quantile(string policy)
    {
        var rows = await Rows(policy, ["inequality", Case("max.csv"),
            .. Register, "--measures", "median,quantile-ratio", "--p", "0.999", "--q", "0.5"]);
        var own = rows.Where(row => row.Area == "Kista" && row.Value is not null).ToList();
        if (own.FirstOrDefault(row => row.Measure == "median") is not { } median) return;
        if (own.FirstOrDefault(row => row.Measure == "quantile-ratio") is not { } ratio) return;
        var (low, high) = (median.Interval.Low * ratio.Interval.Low, median.Interval.High * ratio.Interval.High);
        Assert.True(high - low > 0.01 * (high + low) / 2, $"{low} to {high}");
    }

    [SharedTheory]
    [MemberData(nameof(Policies))]
    public async Task A_figure_is_rounded_from_its_true_value(string policy)
    {
        // Five poor households stand behind the district's gap and the whole's: 0.7202 in both.
        foreach (var row in (await Rows(policy, ["poverty", Case("median-gap.csv"),
            .. Register, "--measures", "relative-median-poverty-gap"]))
            .Where(row => row.Value is not null && row.Area is null or "Kista"))
            Assert.InRange(0.7202, row.Interval.Low - 1e-4, row.Interval.High + 1e-4);
    }

    [SharedTheory]
    [InlineData("lifted.csv", "--transfers", "transfereringar", "at-risk-of-poverty-rate,poverty-before-transfers")]
    [InlineData("housing.csv", "--housing-cost", "boende", "at-risk-of-poverty-rate,poverty-after-housing-costs")]
    [InlineData("persistent.csv", "--period", "ar", "persistent-at-risk-of-poverty-rate,at-risk-of-poverty-rate", "--person", "person")]
    [InlineData("anchored.csv", "--period", "ar", "anchored-at-risk-of-poverty-rate,at-risk-of-poverty-rate", "--anchor", "2014",
        "--prices", "2014=100,2017=100")]
    public async Task Two_counts_of_which_one_holds_the_other_do_not_tell_the_few_between(string file, string option, string column,
        string measures, params string[] more)
    {
        foreach (var policy in Arena.Policies)
        {
            var rows = await Rows(policy, ["poverty", Case(file), .. Hushall, option, column, "--measures", measures, .. more]);
            var exact = rows.Where(row => row is { Value: not null, N: not null, Step: null or 0 }).ToList();
            foreach (var pair in exact.GroupBy(row => (row.Area, row.Period, row.Population, row.N)).Where(group => group.Count() == 2))
            {
                var counts = pair.Select(row => Math.Round(row.Value!.Value * row.N!.Value, 6)).ToArray();
                // Rounded counts differ by multiples of their base, which stand for more than themselves.
                if (Policy.Load(policy).Rounding == Analys.CountRounding.None)
                    Assert.False(Math.Abs(counts[0] - counts[1]) is > 0 and < 5, $"{policy}, {pair.Key}: {counts[0]} and {counts[1]}");
            }
        }
    }

    [SharedFact]
    public async Task A_label_with_a_comma_is_a_label()
    {
        string[] call = ["--income", "inkomst", "--household", "hushall", "--area", "omrade", "--by", "familj", "--line", "fixed:100000",
            "--interval", "none", "--measures", "at-risk-of-poverty-rate"];
        var plain = await Rows("stockholm", ["poverty", Case("population-plain.csv"), .. call]);
        var comma = await Rows("stockholm", ["poverty", Case("population-komma.csv"), .. call]);
        Assert.Equal(plain.Select(row => row.Value is null), comma.Select(row => row.Value is null));
    }

    [SharedFact]
    public async Task Names_do_not_decide()
    {
        string[] call = ["--unit", "skola", "--group", "hem", "--count", "antal"];
        var same = await Rows("stockholm", ["segregation", Case("od-same.csv"), .. call]);
        var other = await Rows("stockholm", ["segregation", Case("od-other.csv"), .. call]);
        Assert.Equal(other.Count(row => row.Value is null), same.Count(row => row.Value is null));
    }

    [Fact]
    public async Task A_ledger_knows_merged_categories_chosen_rows_and_columns_that_are_missing()
    {
        int[,] counts = { { 3, 20, 12, 30 }, { 25, 9, 14, 22 }, { 17, 31, 16, 9 } };
        var rows = new List<string>();
        for (var area = 0; area < 3; area++)
            for (var kind = 0; kind < 4; kind++)
                for (var i = 0; i < counts[area, kind]; i++) rows.Add($"{1000 + rows.Count},a{area},k{kind},s{i % 2}");
        string Write(string name, string header, Func<string, string> line)
        {
            var path = Path.Combine(folder,
            name); File.WriteAllLines(path, rows.Select(line).Prepend(header)); return path;
        }
        var whole = Write("r.csv", "lopnr,stadsdel,typ,kon", row => row);
        var without = Write("u.csv", "lopnr,stadsdel,kon", row => string.Join(',', row.Split(',').Where((_, i) => i != 2)));
        string[] ledger = ["--ledger", Path.Combine(folder, "liggare.jsonl")];
        Assert.Equal(0, (await Command.Run(["release", whole, "--dimensions", "stadsdel,typ", .. ledger])).Code);
        // k0 of a0 is withheld with others; together with k2 it would be shown, and k2 is.
        foreach (var merge in (string[])["typ:x=k0+k2", "typ:x=k0+k3", "typ:x=k0+k1;y=k2+k3"])
        {
            var merged = await Command.Table([whole, "--dimensions", "stadsdel,typ", "--merge", merge, .. ledger]);
            var plain = await Command.Table([whole, "--dimensions", "stadsdel,typ", .. ledger]);
            if (merged is null || plain is null) continue;
            var parts = merge.StartsWith("typ:x=k0+k1", StringComparison.Ordinal) ? "k1" : merge[^2..];
            Assert.False(merged.Cells["a0|x"].Value is not null && plain.Cells[$"a0|{parts}"].Value is not null, merge);
        }

        Assert.Equal(3, (await Command.Run(["release", whole, "--dimensions", "stadsdel,typ", "--where", "lopnr!=1001",
            .. ledger])).Code);
        Assert.Equal(3, (await Command.Run(["release", without, "--dimensions", "stadsdel,kon", .. ledger])).Code);
        Assert.Equal(0, (await Command.Run(["release", whole, "--dimensions", "stadsdel,kon", .. ledger])).Code);
    }

    [Fact]
    public async Task A_small_register_of_mostly_one_kind_is_known_again()
    {
        // Nine of ten live in one district, and nine of ten are of one kind: no column has two values that are common.
        string[] rows = [.. Enumerable.Range(0, 60).Select(i => $"{1000 + i},a{(i < 52 ? 0 : 1)},k{(i % 10 == 0 ? 1 : 0)}")];
        string Write(string name, string header, IEnumerable<string> lines)
        {
            var path = Path.Combine(folder, name);
            File.WriteAllLines(path, lines.Prepend(header));
            return path;
        }

        var first = Write("a.csv", "lopnr,stadsdel,typ", rows);
        var again = Write("b.csv", "lopnr,stadsdel,typ", rows.Reverse());
        var without = Write("c.csv", "stadsdel,typ", rows.Select(row => row[5..]));
        var turned = Write("d.csv", "stadsdel,typ", rows.Reverse().Select(row => row[5..]));
        foreach (var (one, other) in new[] { (first, again), (without, turned) })
        {
            var ledger = Path.Combine(folder, Path.GetFileName(one) + ".jsonl");
            foreach (var file in new[] { one, other })
                Assert.Equal(0, (await Command.Run("release", file, "--dimensions", "stadsdel,typ", "--ledger", ledger)).Code);
            Assert.Contains("the same persons", await File.ReadAllTextAsync(ledger), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_table_of_counts_is_not_told_by_its_fingerprint()
    {
        var path = Path.Combine(folder, "t.csv");
        await File.WriteAllTextAsync(path, "area,group,n\nA,x,30\nA,y,3\nB,x,40\nB,y,14\nC,x,21\nC,y,17\n");
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(path)));
        foreach (var call in new string[][] { ["release", path, "--dimensions", "area,group", "--count", "n"],
            ["segregation", path, "--unit", "area", "--group", "group", "--count", "n"] })
        {
            var run = await Command.Run([.. call, "--format", "json"]);
            Assert.Equal(0, run.Code);
            Assert.DoesNotContain(hash, run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Persons_left_out_of_a_measure_are_not_the_difference_of_two_numbers_of_persons()
    {
        var path = Path.Combine(folder, "r.csv");
        // Two of district a have nothing, and of two others nobody knows what the dwelling costs.
        var lines = Enumerable.Range(0, 180).Select(i => string.Create(CultureInfo.InvariantCulture,
            $"{i},{"abc"[i % 3]},{(i is 3 or 6 ? 0 : i % 9 == 0 ? 60_000 : 200_000 + (1000 * i))},{(i is 30 or 60 ? "" : "500")}"));
        await File.WriteAllLinesAsync(path, lines.Prepend("hushall,omrade,inkomst,boende"));
        foreach (var policy in new[] { "stockholm", "scb-research", "scb-stadsdel" })
        {
            var rows = await Rows(policy, ["inequality", path, .. Hushall, "--measures", "mean,gini,theil"]);
            foreach (var place in rows.GroupBy(row => row.Area))
                Assert.True(place.Select(row => row.N).OfType<double>().Distinct().Count() <= 1, $"{policy} {place.Key}");
            var shares = await Rows(policy, ["poverty", path, .. Hushall, "--housing-cost", "boende", "--line", "fixed:100000",
                "--measures", "at-risk-of-poverty-rate,poverty-after-housing-costs"]);
            Assert.All(shares.Where(row => row is { Value: > 0, N: null }), row => Assert.True(row.Step > 0, row.ToString()));
        }
    }

    [SharedFact]
    public async Task Money_is_no_count()
    {
        var run = await Command.Run("release", Case("amount.csv"), "--dimensions", "area", "--count", "belopp", "--format", "json");
        Assert.NotEqual(0, run.Code);
    }

    [SharedTheory]
    [InlineData("ledger", "fuzz-ledger-unf-ArgumentNullException-182.jsonl")]
    [InlineData("ledger", "fuzz-ledger-unf-NullReferenceException-5732.jsonl")]
    [InlineData("policy", "fuzz-policy-unf-InvalidOperationException-2602.json")]
    [InlineData("package", "fuzz-package-unf-InvalidOperationException-15377.json")]
    [InlineData("json", "fuzz-json-unf-InvalidOperationException-17400.json")]
    [InlineData("ipynb", "fuzz-ipynb-unf-InvalidOperationException-11786.ipynb")]
    [InlineData("geojson", "fuzz-geojson-unf-IndexOutOfRangeException-568.geojson")]
    [InlineData("shapefile", "fuzz-shp-unf-ArgumentOutOfRangeException-1702.shp")]
    [InlineData("manifest", "reproduce-manifest.json")]
    public async Task A_spoiled_file_ends_in_a_finding(string kind, string file)
    {
        var name = kind switch { "package" => "datapackage.json", _ => file };
        var path = Path.Combine(folder, name);
        File.Copy(Case(file), path);
        string[] table = [Case("fingerprint.csv"), "--dimensions", "area,group", "--count", "n"];
        string[] map = [Case("fingerprint.csv"), "--unit", "area", "--group", "group", "--count", "n", "--geometry",
            path, "--id", "id"];
        var run = await Command.Run(kind switch
        {
            "ledger" => ["release", .. table, "--ledger", path],
            "policy" => ["release", .. table, "--policy", path],
            "package" or "json" => ["check", path],
            "ipynb" => ["notebook", "lint", path],
            "manifest" => ["reproduce", path],
            _ => ["segregation", .. map],
        });
        Assert.DoesNotContain("unforeseen", run.Errors, StringComparison.Ordinal);
        if (kind == "manifest") Assert.NotEqual(0, run.Code);
    }

    // A unit of 35 and 38 in two of three groups: its index is flat between them and steep towards the third, in which nobody is.
    [Theory]
    [InlineData("scb-stadsdel")]
    [InlineData("scb-research")]
    public async Task No_empty_cell_from_an_index_that_is_flat_beside_it(string policy)
    {
        var path = Path.Combine(Path.GetTempPath(), $"analys-{Guid.NewGuid():N}.csv");
        try
        {
            await File.WriteAllTextAsync(path,
                "rad,kolumn,n\na,x,0\na,y,35\na,z,38\nb,x,52\nb,y,45\nb,z,31\nc,x,40\nc,y,59\nc,z,33\n");
            var rows = await Rows(policy, "segregation", path, "--unit", "rad", "--group", "kolumn", "--count", "n", "--measures",
                "local-simpson,local-diversity");
            foreach (var row in rows.Where(row => row.Area == "a" && row.Value is not null))
            {
                var (low, high) = row.Interval;
                var (x, y, z) = (6 / 73.0, 29 / 73.0, 38 / 73.0);
                var other = row.Measure == "local-simpson" ? 1 - (x * x) - (y * y) - (z * z)
                    : -(x * Math.Log(x)) - (y * Math.Log(y)) - (z * Math.Log(z));
                Assert.True(other >= low && other <= high, $"{row.Measure}: six persons in the empty cell are ruled out by {low} to {high}");
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    // Most live in one district, of one type and one sex: a column of notes was once the only one by which rows were known again.
    [Fact]
    public async Task A_column_more_makes_no_other_source()
    {
        string[] rows = [.. Enumerable.Range(0, 71).Select(i =>
            $"{1000 + i},{(i < 11 ? "a0" : i < 62 ? "a1" : "a2")},{(i % 8 < 5 ? "k0" : "k1")},{(i % 7 == 0 ? "s0" : "s1")}")];
        var (first, second, ledger) = (Path.Combine(folder, "a.csv"), Path.Combine(folder, "b.csv"), Path.Combine(folder, "l.jsonl"));
        await File.WriteAllLinesAsync(first, rows.Prepend("lopnr,stadsdel,typ,kon"));
        await File.WriteAllLinesAsync(second, rows.Select((row, i) => $"{row},{i % 7}").Prepend("lopnr,stadsdel,typ,kon,anteckning"));
        foreach (var file in (string[])[first, second])
            await Command.Run("release", file, "--dimensions", "stadsdel", "--ledger", ledger, "--policy", "stockholm");
        var sources = (await File.ReadAllLinesAsync(ledger)).Select(line => line.Split('"')[3]).Distinct().ToList();
        Assert.Single(sources);
    }
}
