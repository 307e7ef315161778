using System.Globalization;

namespace Analys.Cli.Tests.Measure;

/// <summary>Every choice of <c>extract.Poverty(...)</c> and <c>extract.Inequality(...)</c> does what the command's option does.</summary>
public sealed class StudyFacadeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string file;
    private readonly Extract extract;

    public StudyFacadeTests()
    {
        file = Path.Combine(folder.Path, "personer.csv");
        File.WriteAllLines(file, Persons());
        extract = Extract.Load(file);
    }

    private static StudyChoices Columns { get; } = new()
    {
        Income = "inc",
        Weight = "w",
        Area = "area",
        Age = "age",
        Household = "hh",
        Period = "year",
    };

    private static string[] Named { get; } =
        ["--income", "inc", "--weight", "w", "--area", "area", "--age", "age", "--household", "hh", "--period", "year"];

    // Each choice: its property, the measure, what stands before it, the choice, and the option.
    private static List<(string Choice, string Measure, Func<StudyChoices, StudyChoices> Before, string Given,
        Func<StudyChoices, StudyChoices> With, string Option)> Cases()
    {
        Func<StudyChoices, StudyChoices> same = choices => choices, linear = choices => choices with { Interval = "linearised" };
        const string Linear = "--interval linearised", Rate = "at-risk-of-poverty-rate";
        return
        [
            ("Income", "gini", same, "", c => c with { Income = "inc2" }, "--income inc2"),
            ("Weight", "gini", same, "", c => c with { Weight = "w2" }, "--weight w2"),
            ("Area", "gini", same, "", c => c with { Area = "area2" }, "--area area2"),
            ("Age", Rate, c => c with { Ages = [AgeSpan.Parse("0-17")] }, "--ages 0-17", c => c with { Age = "age2" }, "--age age2"),
            ("Household", Rate, linear, Linear, c => c with { Household = "hh2" }, "--household hh2"),
            ("Stratum", Rate, linear, Linear, c => c with { Stratum = "stratum" }, "--stratum stratum"),
            ("Cluster", Rate, linear, Linear, c => c with { Cluster = "cluster" }, "--cluster cluster"),
            ("Person", "poverty-entry-rate", same, "", c => c with { Person = "person" }, "--person person"),
            ("Period", "gini", same, "", c => c with { Period = "year2" }, "--period year2"),
            ("Transfers", "poverty-before-transfers", same, "", c => c with { Transfers = "transfers" }, "--transfers transfers"),
            ("HousingCost", "poverty-after-housing-costs", same, "", c => c with { HousingCost = "rent" }, "--housing-cost rent"),
            ("SupportMonths", "long-term-income-support-share", same, "", c => c with { SupportMonths = "months" },
                "--support-months months"),
            ("ReplicateWeights", Rate, same, "", c => c with { ReplicateWeights = ["r1", "r2", "r3"] }, "--replicate-weights r1,r2,r3"),
            ("Lines", Rate, same, "", c => c with { Lines = ["median:80", "fixed:210"] }, "--line median:80,fixed:210"),
            ("Ages", Rate, same, "", c => c with { Ages = [AgeSpan.Parse("0-17"), AgeSpan.Parse("65-")] }, "--ages 0-17,65-"),
            ("By", Rate, same, "", c => c with { By = ["sex"] }, "--by sex"),
            ("AgeGroups", Rate, c => c with { By = ["ageGroup"] }, "--by ageGroup",
                c => c with { AgeGroups = [AgeSpan.Parse("0-39"), AgeSpan.Parse("40-")] }, "--age-groups 0-39,40-"),
            ("Quantiles", "median", same, "", c => c with { Quantiles = "above" }, "--quantiles above"),
            ("Poor", Rate, c => c with { Lines = ["fixed:200"] }, "--line fixed:200", c => c with { Poor = "at-or-below" },
                "--poor at-or-below"),
            ("NonPositive", "theil", same, "", c => c with { NonPositive = "denominator" }, "--nonpositive denominator"),
            ("Negative", "gini", same, "", c => c with { Negative = "zero" }, "--negative zero"),
            ("MissingIncome", "gini", same, "", c => c with { MissingIncome = "reject" }, "--missing-income reject"),
            ("HousingLine", "poverty-after-housing-costs", c => c with { HousingCost = "rent" }, "--housing-cost rent",
                c => c with { HousingLine = "before" }, "--housing-line before"),
            ("Anchor", "anchored-at-risk-of-poverty-rate", same, "",
                c => c with { Anchor = "2018", Prices = ["2018=100", "2019=130"] }, "--anchor 2018 --prices 2018=100,2019=130"),
            ("Prices", "anchored-at-risk-of-poverty-rate", c => c with { Anchor = "2018", Prices = ["2018=100", "2019=130"] },
                "--anchor 2018", c => c with { Prices = ["2018=100", "2019=70"] }, "--prices 2018=100,2019=70"),
            ("Interval", Rate, same, "", c => c with { Interval = "none" }, "--interval none"),
            ("Replicates", Rate, same, "", c => c with { Replicates = 20 }, "--replicates 20"),
            ("Seed", "gini", c => c with { Replicates = 20 }, "--replicates 20", c => c with { Seed = 5 }, "--seed 5"),
            ("Level", Rate, same, "", c => c with { Level = 0.8 }, "--level 0.8"),
            ("ReplicateKind", Rate, c => c with { ReplicateWeights = ["r1", "r2", "r3"] }, "--replicate-weights r1,r2,r3",
                c => c with { ReplicateKind = "jackknife" }, "--replicate-kind jackknife"),
            ("Lonely", Rate, c => c with { Interval = "linearised", Stratum = "stratum" }, Linear + " --stratum stratum",
                c => c with { Lonely = "adjust" }, "--lonely adjust"),
            ("Alpha", "fgt", same, "", c => c with { Alpha = 1.5 }, "--alpha 1.5"),
            ("Epsilon", "atkinson", same, "", c => c with { Epsilon = 1 }, "--epsilon 1"),
            ("P", "quantile-ratio", same, "", c => c with { P = 0.7 }, "--p 0.7"),
            ("Q", "quantile-ratio", same, "", c => c with { Q = 0.3 }, "--q 0.3"),
            ("Numbers", "kolm", same, "", c => c with { Numbers = new Dictionary<string, double> { ["kappa"] = 0.001 } },
                "--kappa 0.001"),
            ("Compare", Rate, same, "", c => c with { Compare = "whole" }, "--compare whole"),
            ("Change", Rate, same, "", c => c with { Change = true }, "--change"),
            ("Growth", "median", same, "", c => c with { Growth = true }, "--growth"),
            ("Dominance", Rate, c => c with { Change = true }, "--change", c => c with { Dominance = true }, "--dominance"),
            ("Poorest", Rate, same, "", c => c with { Poorest = [1, 2] }, "--poorest 1 2"),
            ("Outcome", "concentration-index", same, "", c => c with { Outcome = "rent" }, "--outcome rent"),
            ("Sources", "gini-source-share", same, "", c => c with { Sources = ["transfers", "rent"] }, "--sources transfers,rent"),
            ("Sex", "gender-pay-gap", same, "", c => c with { Sex = "sex" }, "--sex sex"),
            ("Woman", "gender-pay-gap", c => c with { Sex = "code" }, "--sex code", c => c with { Woman = "a" }, "--woman a"),
            ("Dimensions", "multidimensional-poverty", same, "", c => c with { Dimensions = ["inc<220", "rent<30:0.5"] },
                "--dimensions inc<220,rent<30:0.5"),
            ("Cutoff", "multidimensional-poverty", c => c with { Dimensions = ["inc<220", "rent<30"] }, "--dimensions inc<220,rent<30",
                c => c with { Cutoff = 0.9 }, "--cutoff 0.9"),
            ("Substitution", "bourguignon-chakravarty", c => c with { Dimensions = ["inc<220", "rent<30"] },
                "--dimensions inc<220,rent<30", c => c with { Substitution = 2 }, "--substitution 2"),
            ("Equivalence", "gini", same, "", c => c with { Equivalence = [0.5, 1] }, "--equivalence 0.5,1"),
            ("Decompose", "theil", same, "", c => c with { Decompose = true }, "--decompose"),
            ("Shapley", Rate, same, "", c => c with { Shapley = true }, "--shapley"),
        ];
    }

    public static TheoryData<string> Choices { get; } = [.. Cases().Select(one => one.Choice)];

    [Theory]
    [MemberData(nameof(Choices))]
    public async Task A_choice_reaches_the_study(string choice)
    {
        var (_, measure, before, given, with, option) = Cases().Single(one => one.Choice == choice);
        // An option that is said again stands for the one before it.
        List<string> args = ["poverty", file, "--measures", measure];
        var own = Words(option);
        foreach (var said in Pairs(Named).Concat(Pairs(Words(given))).Where(said => !own.Contains(said[0]))) args.AddRange(said);
        await Facade.Check(new FacadeCase(choice, () => extract.Poverty(measures: [measure], choices: before(Columns)),
            () => extract.Poverty(measures: [measure], choices: with(before(Columns))), [.. args, .. own]));
    }

    [Fact]
    public void Every_choice_has_a_case() => Assert.Empty(Facade.Unnamed(typeof(StudyChoices), Cases().Select(one => one.Choice)));

    [Fact]
    public async Task Arguments_go_before_choices_and_do_what_the_options_do()
    {
        var other = Columns with { Lines = ["fixed:100"], Ages = [AgeSpan.Parse("30-")], By = ["none"], Replicates = 7, Seed = 9 };
        Results Said(int replicates = 12, long seed = 3, string ages = "0-17", string line = "median:70", string by = "sex") =>
            extract.Poverty(line, ages, [by], ["fgt:0.5"], replicates: replicates, seed: seed, choices: other);
        string[] args = ["poverty", file, .. Named, "--measures", "fgt:0.5", "--line", "median:70", "--ages", "0-17", "--by", "sex",
            "--replicates", "12", "--seed", "3"];
        foreach (var without in new Func<Results>[]
        {
            () => Said(replicates: 13), () => Said(seed: 4), () => Said(ages: "18-"), () => Said(line: "mean:50"), () => Said(by: "code"),
        }) await Facade.Check(new FacadeCase("an argument of Poverty", without, () => Said(), args));

        Results Unequal(int replicates = 12, long seed = 3, string ages = "0-17", string by = "sex") =>
            extract.Inequality(ages, [by], ["gini", "s-gini:2.5"], replicates, seed, other);
        args = ["inequality", file, .. Named, "--measures", "gini,s-gini:2.5", "--ages", "0-17", "--by", "sex", "--replicates", "12",
            "--seed", "3"];
        foreach (var without in new Func<Results>[]
        {
            () => Unequal(replicates: 13), () => Unequal(seed: 4), () => Unequal(ages: "18-"), () => Unequal(by: "code"),
        }) await Facade.Check(new FacadeCase("an argument of Inequality", without, () => Unequal(), args));
    }

    public void Dispose() => folder.Dispose();

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    // Options with what follows them.
    private static List<string[]> Pairs(string[] words)
    {
        var pairs = new List<string[]>();
        foreach (var word in words)
        {
            if (word.StartsWith("--", StringComparison.Ordinal)) pairs.Add([word]);
            else pairs[^1] = [.. pairs[^1], word];
        }

        return pairs;
    }

    // Forty households of three over two years; one income is missing, some are zero, below zero, or on a line.
    private static IEnumerable<string> Persons()
    {
        yield return "person,year,year2,inc,inc2,w,w2,area,area2,age,age2,hh,hh2,stratum,cluster,transfers,rent,months,r1,r2,r3,sex,code";
        var random = new Random(4);
        foreach (var year in new[] { 2018, 2019 })
        {
            for (var i = 0; i < 120; i++)
            {
                var hh = i / 3;
                // A household has one income, and its persons one weight.
                var own = new Random((year * 1000) + hh);
                var income = hh switch { 3 => "0", 5 => "-40", 7 => "200", 9 when year == 2019 => "", _ => $"{own.Next(90, 700)}" };
                yield return string.Create(CultureInfo.InvariantCulture, $"{i},{year},{2000 + (hh % 2)},{income},{random.Next(90, 900)},"
                    + $"{1 + (hh % 2)},{1 + (hh % 3)},{"ABC"[hh % 3]},{"XY"[hh % 2]},{random.Next(90)},{random.Next(90)},{hh},{i / 2},"
                    + $"{(hh == 11 ? 9 : hh % 4)},{hh / 2},{own.Next(90)},{own.Next(60)},{random.Next(13)},"
                    + $"{random.Next(3)},{random.Next(3)},{random.Next(3)},{"KM"[i % 2]},{"ab"[i / 2 % 2]}");
            }
        }
    }
}
