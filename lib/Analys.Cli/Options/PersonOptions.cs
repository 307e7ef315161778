using System.CommandLine;
using System.Globalization;
using Analys.Domain;
using Analys.Load;
using Analys.Measure;
using Analys.Measure.Income;

namespace Analys.Cli.Options;

/// <summary>The options of commands on persons: which column says what, who is measured, by which choices, with what uncertainty.</summary>
internal sealed class PersonOptions
{
    private readonly Option<string?> income = Column("--income", "income per consumption unit");
    private readonly Option<string?> weight = Column("--weight", "the weight");
    private readonly Option<string?> area = Column("--area", "the area");
    private readonly Option<string?> age = Column("--age", "age in years");
    private readonly Option<string?> household = Column("--household", "the household");
    private readonly Option<string?> stratum = Column("--stratum", "the stratum of the sample");
    private readonly Option<string?> cluster = Column("--cluster", "the cluster of the sample; without it the household");
    private readonly Option<string?> person = Column("--person", "the person, for panels");
    private readonly Option<string?> period = Column("--period", "the year; or a year itself: only its rows");
    private readonly Option<string?> transfers = Column("--transfers", "social transfers, in the unit of the income");
    private readonly Option<string?> housing = Column("--housing-cost", "the cost of the dwelling, in the unit of the income");
    private readonly Option<string?> months = Column("--support-months", "months with income support in the year");
    private readonly Option<string[]> weights =
        CommonOptions.List("--replicate-weights", "The columns of replicate weights, comma-separated");
    private readonly Option<string[]> ages =
        CommonOptions.List("--ages", "Who is measured: 0-17, 65- or 16; several separated by commas; everyone by default");
    private readonly Option<string[]> by =
        CommonOptions.List("--by",
            "Columns (or roles: area, familyType, tenure, background, ageGroup) to break down by, comma-separated: the whole, each value "
                + "and each combination is a record. Default: the area where one is known; none for the whole only");
    private readonly Option<string[]> ageGroups = CommonOptions.List("--age-groups", "The groups of --by ageGroup, such as 0-5,6-12,13-17");
    private readonly Option<string[]> line = CommonOptions.List("--line", Text(IncomeOptions.Line));
    private readonly Option<string> quantiles = OneOf(IncomeOptions.Quantiles);
    private readonly Option<string> poor = OneOf(IncomeOptions.Poor);
    private readonly Option<string> nonPositive = OneOf(IncomeOptions.NonPositive);
    private readonly Option<string> negative = OneOf(IncomeOptions.Negative);
    private readonly Option<string> housingLine = OneOf(IncomeOptions.HousingLine);
    private readonly Option<string?> anchor = new("--anchor") { Description = IncomeOptions.Anchor.Description };
    private readonly Option<string[]> prices = CommonOptions.List("--prices", IncomeOptions.Prices.Description);

    // The numbers of formulas: every number that a measure of the catalogue takes is an option of the command.
    private readonly Dictionary<string, Option<double>> numbers = IncomeMeasures.All
        .SelectMany(measure => measure.Numbers?.Options ?? []).DistinctBy(option => option.Name)
        .ToDictionary(option => option.Name, option => CommonOptions.Number($"--{option.Name}", option.Description,
            double.Parse(option.Default!, CultureInfo.InvariantCulture)));
    private readonly Option<string> missing =
        OneOf("--missing-income", "What is done with persons without an income", "exclude", "reject");
    private readonly Option<string?> interval =
        new("--interval")
        {
            Description =
            "wilson (default), linearised, bootstrap (default with --replicates), replicate-weights or none"
        };
    private readonly Option<int?> replicates =
        new("--replicates")
        {
            Description =
            "The number of bootstrap replicates of clusters within strata, the line estimated anew in each"
        };
    private readonly Option<long> seed = CommonOptions.Seed("The seed of the bootstrap");
    private readonly Option<double> level = CommonOptions.Level("The coverage of intervals");
    private readonly Option<string> replicateKind =
        OneOf("--replicate-kind", "How replicate weights were made", "bootstrap", "balanced", "jackknife");
    private readonly Option<string> lonely =
        OneOf("--lonely",
            "What a stratum with one cluster adds to linearised errors: nothing, the mean of the other strata, or its distance "
            + "from the mean of all", "certainty", "average", "adjust");
    private readonly Option<string?> compare = new("--compare") { Description = "Compare each area with this one, or with the whole" };
    private readonly Option<bool> newborn = new("--newborn")
    {
        Description = "Count persons of an age below 0 (born after the reference "
        + "date) as of age 0"
    };
    private readonly Option<bool> change = new("--change") { Description = "Compare each period with the one before" };
    private readonly Option<int[]> poorest =
        new("--poorest")
        {
            Description = "The share of the poor who live in the k poorest areas; several k separated by spaces",
            AllowMultipleArgumentsPerToken = true
        };
    private readonly Option<bool> growth =
        new("--growth")
        {
            Description =
            "The growth of each figure since the period before; with --measures quantile the growth incidence curve"
        };
    private readonly Option<bool> dominance = new("--dominance")
    {
        Description = "Test whether areas (with --compare) or years (with --change) have less poverty by every line, to orders 1, 2 and 3",
    };
    private readonly Option<string?> outcome =
        new("--outcome") { Description = "The column that is held against the rank of income, for concentration-index" };
    private readonly Option<string[]> sources =
        CommonOptions.List("--sources",
            "The columns of the sources of income, for gini-source-share, -gini, -correlation, -contribution, -effect");
    private readonly Option<string?> sex = new("--sex") { Description = "The column of sex, for gender-pay-gap" };
    private readonly Option<string?> woman = new("--woman") { Description = "What stands for a woman in --sex, where it is no usual word" };
    private readonly Option<string[]> dimensions = CommonOptions.List("--dimensions",
        "What counts as deprived, for multidimensional-poverty and its kin: \"income<120000,education<=2:0.5\", weights after colons");
    private readonly Option<double> cutoff =
        CommonOptions.Number("--cutoff", "The share of the weights of dimensions from which a person is poor", 1 / 3.0);
    private readonly Option<double> substitution = CommonOptions.Number("--substitution",
        "θ of bourguignon-chakravarty, at least 1: how little a smaller gap in one dimension makes up for a larger one in another", 1);
    private readonly Option<string[]> equivalence = CommonOptions.List("--equivalence",
        "Powers of the household's size that its whole income is divided by, a study of each: 0,0.5,1");
    private readonly Option<bool> decompose =
        new("--decompose") { Description = "Divide poverty and inequality among the groups of --by (one column)" };
    private readonly Option<bool> shapley = new("--shapley")
    {
        Description =
        "Divide the change of poverty between years into growth, redistribution and population (groups of --by, or none)"
    };

    /// <summary>The column of the person.</summary>
    public Option<string?> Person => person;

    public IEnumerable<Option> All =>
    [
        newborn, income, weight, area, age, household, stratum, cluster, person, period, transfers, housing, months, weights, line, ages,
            by,
        ageGroups, quantiles, poor,
        nonPositive, negative, missing, housingLine, anchor, prices, interval, replicates, seed, level, replicateKind, lonely,
            .. numbers.Values,
        compare, change, growth, dominance, poorest, decompose, shapley, outcome, sources, sex, woman, dimensions, cutoff,
        substitution, equivalence,
    ];

    /// <summary>What a call chooses.</summary>
    public StudyChoices Of(ParseResult call) => new()
    {
        Income = call.GetValue(income),
        Weight = call.GetValue(weight),
        Area = call.GetValue(area),
        Age = call.GetValue(age),
        Household = call.GetValue(household),
        Stratum = call.GetValue(stratum),
        Cluster = call.GetValue(cluster),
        Person = call.GetValue(person),
        // A year instead of a column's name chooses rows, and has done so.
        Period = call.GetValue(period) is { } year && !PeriodText.IsAsked(year) ? year : null,
        Transfers = call.GetValue(transfers),
        HousingCost = call.GetValue(housing),
        SupportMonths = call.GetValue(months),
        ReplicateWeights = call.GetValue(weights) ?? [],
        Lines = call.GetValue(line) ?? [],
        Ages = Spans(call.GetValue(ages)),
        By = call.GetValue(by) ?? [],
        AgeGroups = Spans(call.GetValue(ageGroups)),
        Quantiles = call.GetValue(quantiles)!,
        Poor = call.GetValue(poor)!,
        NonPositive = call.GetValue(nonPositive)!,
        Negative = call.GetValue(negative)!,
        MissingIncome = call.GetValue(missing)!,
        HousingLine = call.GetValue(housingLine)!,
        Anchor = call.GetValue(anchor),
        Prices = call.GetValue(prices) ?? [],
        Interval = call.GetValue(interval),
        Replicates = call.GetValue(replicates),
        Seed = call.GetValue(seed),
        Level = call.GetValue(level),
        ReplicateKind = call.GetValue(replicateKind)!,
        Lonely = call.GetValue(lonely)!,
        Alpha = call.GetValue(numbers["alpha"]),
        Epsilon = call.GetValue(numbers["epsilon"]),
        P = call.GetValue(numbers["p"]),
        Q = call.GetValue(numbers["q"]),
        // Those that were given: another measure's option of the same name has its own default.
        Numbers = numbers.Where(pair => call.GetResult(pair.Value) is { Implicit: false })
            .ToDictionary(pair => pair.Key, pair => call.GetValue(pair.Value)),
        Compare = call.GetValue(compare),
        Change = call.GetValue(change),
        Growth = call.GetValue(growth),
        Dominance = call.GetValue(dominance),
        Outcome = call.GetValue(outcome),
        Sources = call.GetValue(sources) ?? [],
        Sex = call.GetValue(sex),
        Woman = call.GetValue(woman),
        Dimensions = call.GetValue(dimensions) ?? [],
        Cutoff = call.GetValue(cutoff),
        Substitution = call.GetValue(substitution),
        Equivalence = [.. (call.GetValue(equivalence) ?? []).Select(text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var power) && power is >= 0 and <= 1
                ? power : throw new CallException("--equivalence are numbers from 0 to 1 with commas between."))],
        Poorest = call.GetValue(poorest) ?? [],
        Decompose = call.GetValue(decompose),
        Shapley = call.GetValue(shapley),
    };

    private static AgeSpan[] Spans(string[]? texts) => [.. (texts ?? []).Select(text => Choice.Read(() => AgeSpan.Parse(text)))];

    private static Option<string?> Column(string name, string what) =>
        new(name) { Description = $"The column of {what}; by role where not named" };

    private static Option<string> OneOf(MeasureOption option) => OneOf($"--{option.Name}", option.Description, [.. option.Words]);

    private static string Text(MeasureOption option) => $"{option.Description} (default {option.Default})";

    private static Option<string> OneOf(string name, string description, params string[] values)
    {
        var option =
            new Option<string>(name) { Description = $"{description}: {string.Join(", ", values)}", DefaultValueFactory = _ => values[0] };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
