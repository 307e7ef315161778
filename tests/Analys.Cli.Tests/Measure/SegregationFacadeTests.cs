namespace Analys.Cli.Tests.Measure;

/// <summary>Every choice of <c>extract.Segregation(...)</c> does what the command's option does.</summary>
public sealed class SegregationFacadeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SegregationFacadeTests()
    {
        var random = new Random(8);
        string[] wide = [.. Enumerable.Range(0, 24).Select(i => $"u{i},{"NS"[i % 2]},{random.Next(40)},{random.Next(60)},{random.Next(90)},"
            + $"{300 + i}")];
        File.WriteAllLines(folder.At("wide.csv"), ["unit,part,a,b,c,all", .. wide]);
        File.WriteAllLines(folder.At("long.csv"), ["unit,part,group,sex,school,n,n2", .. Enumerable.Range(0, 240).Select(i =>
            $"u{i % 24},{"NS"[i % 2]},{"abc"[i / 24 % 3]},{"KM"[i % 2]},s{i % 7},{random.Next(1, 30)},{random.Next(1, 30)}")]);
        File.WriteAllLines(folder.At("key.csv"), ["from,to,part", .. Enumerable.Range(0, 24).Select(i => $"u{i},v{i / 3},1")]);
        File.WriteAllLines(folder.At("network.csv"), ["from,to,distance", .. Enumerable.Range(0, 23).Select(i =>
            $"u{i},u{i + 1},{200 + (10 * i)}")]);
    }

    // Each choice: its property, the file, the measure, the choices and the options before it, the choice and the option.
    private static List<(string Choice, string Measure, SegregationChoices Before, string Given,
        Func<SegregationChoices, SegregationFacadeTests, SegregationChoices> With, string Option)> Cases()
    {
        var groups = new SegregationChoices { Groups = ["a", "b", "c"] };
        var rows = new SegregationChoices { Group = "group", Count = "n" };
        const string Groups = "--groups a,b,c", Rows = "--group group --count n", D = "dissimilarity";
        return
        [
            ("Group", D, rows, Rows, (c, _) => c with { Group = "sex" }, "--group sex"),
            ("Count", D, rows, Rows, (c, _) => c with { Count = "n2" }, "--count n2"),
            ("Groups", D, groups, Groups, (c, _) => c with { Groups = ["a", "b"] }, "--groups a,b"),
            ("Total", D, groups, Groups, (c, _) => c with { Total = "all" }, "--total all"),
            ("Within", "information-theory", groups, Groups, (c, _) => c with { Within = ["part"] }, "--within part"),
            ("GroupOrder", "ordinal-information-theory", rows, Rows, (c, _) => c with { GroupOrder = ["b", "a", "c"] },
                "--group-order b,a,c"),
            ("Pairs", D, groups, Groups, (c, _) => c with { Pairs = true }, "--pairs"),
            ("Options", "atkinson", groups, Groups, (c, _) => c with { Options = new Dictionary<string, string> { ["b"] = "0.9" } },
                "--b 0.9"),
            ("Replicates", D, groups, Groups, (c, _) => c with { Replicates = 30 }, "--replicates 30"),
            ("Seed", D, groups with { Replicates = 30 }, Groups + " --replicates 30", (c, _) => c with { Seed = 4 }, "--seed 4"),
            ("Level", D, groups with { Replicates = 30 }, Groups + " --replicates 30", (c, _) => c with { Level = 0.5 }, "--level 0.5"),
            ("Interval", "gini", groups with { Replicates = 30 }, Groups + " --replicates 30", (c, _) => c with { Interval = "percentile" },
                "--interval percentile"),
            ("Null", D, groups with { Replicates = 30 }, Groups + " --replicates 30", (c, _) => c with { Null = "allocation" },
                "--null allocation"),
            ("Tail", D, groups with { Null = "independence", Replicates = 30 }, Groups + " --null independence --replicates 30",
                (c, _) => c with { Tail = "less" }, "--tail less"),
            ("Crosswalk", D, groups, Groups, (c, files) => c with { Crosswalk = Extract.Load(files.folder.At("key.csv")) },
                "--crosswalk KEY"),
            ("Activity", "", rows, Rows, (c, _) => c with { Activity = "school" }, "--activity school"),
            ("HomeTime", "", rows with { Activity = "school" }, Rows + " --activity school", (c, _) => c with { HomeTime = 0.8 },
                "--home-time 0.8"),
            ("Distances", "spatial-proximity", groups, Groups,
                (c, files) => c with { Distances = Extract.Load(files.folder.At("network.csv")) }, "--distances NETWORK"),
        ];
    }

    public static TheoryData<string> Choices { get; } = [.. Cases().Select(one => one.Choice)];

    [Theory]
    [MemberData(nameof(Choices))]
    public async Task A_choice_reaches_the_study(string choice)
    {
        var (_, measure, before, given, with, option) = Cases().Single(one => one.Choice == choice);
        var file = folder.At(before.Groups.Count > 0 ? "wide.csv" : "long.csv");
        var extract = Extract.Load(file);
        List<string> args = ["segregation", file, "--unit", "unit"];
        if (measure.Length > 0) args.AddRange(["--measures", measure]);
        var own = option.Split(' ').Select(word => word switch
        {
            "KEY" => folder.At("key.csv"),
            "NETWORK" => folder.At("network.csv"),
            _ => word,
        }).ToArray();
        foreach (var said in given.Split(' ').Chunk(2).Where(said => said[0] != own[0])) args.AddRange(said);
        IReadOnlyList<string>? measures = measure.Length > 0 ? [measure] : null;
        await Facade.Check(new FacadeCase(choice, () => extract.Segregation("unit", measures: measures, choices: before),
            () => extract.Segregation("unit", measures: measures, choices: with(before, this)), [.. args, .. own]));
    }

    [Fact]
    public void Every_choice_has_a_case() =>
        Assert.Empty(Facade.Unnamed(typeof(SegregationChoices), Cases().Select(one => one.Choice)));

    [Fact]
    public async Task Arguments_go_before_choices_and_do_what_the_options_do()
    {
        Assert.Empty(Facade.Unsaid("Segregation", ["groups", "total", "group", "count", "measures", "division", "replicates", "seed"]));
        var (wide, rows) = (Extract.Load(folder.At("wide.csv")), Extract.Load(folder.At("long.csv")));
        var other = new SegregationChoices { Groups = ["b", "c"], Replicates = 5, Seed = 2 };
        Results Wide(string groups = "a,b", string? total = "all", string measure = "hutchens", int replicates = 11, long seed = 3) =>
            wide.Segregation("unit", groups.Split(','), total, measures: [measure], replicates: replicates, seed: seed, choices: other);
        string[] args = ["segregation", folder.At("wide.csv"), "--unit", "unit", "--groups", "a,b", "--total", "all", "--measures",
            "hutchens", "--replicates", "11", "--seed", "3"];
        foreach (var without in new Func<Results>[]
        {
            () => Wide("a,c"), () => Wide(total: null), () => Wide(measure: "gini"), () => Wide(replicates: 12), () => Wide(seed: 4),
        }) await Facade.Check(new FacadeCase("an argument of Segregation", without, () => Wide(), args));

        Results Long(string unit = "unit", string group = "group", string count = "n") =>
            rows.Segregation(unit, group: group, count: count, measures: ["information-theory"]);
        args = ["segregation", folder.At("long.csv"), "--unit", "unit", "--group", "group", "--count", "n", "--measures",
            "information-theory"];
        foreach (var without in new Func<Results>[] { () => Long("part"), () => Long(group: "sex"), () => Long(count: "n2") })
            await Facade.Check(new FacadeCase("an argument of Segregation", without, () => Long(), args));
    }

    public void Dispose() => folder.Dispose();
}
