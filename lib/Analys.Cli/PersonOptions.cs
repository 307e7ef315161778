using System.Collections.Immutable;
using System.CommandLine;
using Analys.Domain;
using Analys.Measure;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Study;

namespace Analys.Cli;

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
    private readonly Option<string[]> line =
        CommonOptions.List("--line",
            "median:60 (default), mean:50 or fixed:N; several separated by commas; always of the whole population");
    private readonly Option<string[]> ages =
        CommonOptions.List("--ages", "Who is measured: 0-17, 65- or 16; several separated by commas; everyone by default");
    private readonly Option<string[]> by =
        CommonOptions.List("--by",
            "Columns (or roles: area, familyType, tenure, background, ageGroup) to break down by, comma-separated: the whole, each value "
                + "and each combination is a record. Default: the area where one is known; none for the whole only");
    private readonly Option<string[]> ageGroups = CommonOptions.List("--age-groups", "The groups of --by ageGroup, such as 0-5,6-12,13-17");
    private readonly Option<string> quantiles =
        Choice("--quantiles", "Weighted quantile where F meets p exactly", "average", "inverse", "above");
    private readonly Option<string> poor = Choice("--poor", "Whether an income on the line is poor", "below", "at-or-below");
    private readonly Option<string> nonPositive =
        Choice("--nonpositive",
            "What logarithms and powers (Theil, mean log deviation, entropy, Atkinson, Watts) do with persons whose income is zero or "
                + "below: left out, kept in the population with a term of zero, or the figure is undefined", "exclude", "denominator",
                "undefined");
    private readonly Option<string> negative = Choice("--negative", "What is done with incomes below zero", "keep", "zero", "exclude");
    private readonly Option<string> missing =
        Choice("--missing-income", "What is done with persons without an income", "exclude", "reject");
    private readonly Option<string> housingLine =
        Choice("--housing-line", "The line of poverty after housing costs: of incomes after them, or before", "after", "before");
    private readonly Option<string?> anchor = new("--anchor") { Description = "The base year of the anchored rate" };
    private readonly Option<string[]> prices =
        CommonOptions.List("--prices", "The price index by year of the anchored rate: 2018=100,2019=101.8");
    private readonly Option<string?> interval =
        new("--interval") { Description =
            "wilson (default), linearised, bootstrap (default with --replicates), replicate-weights or none" };
    private readonly Option<int?> replicates =
        new("--replicates") { Description =
            "The number of bootstrap replicates of clusters within strata, the line estimated anew in each" };
    private readonly Option<long> seed = new("--seed") { Description = "The seed of the bootstrap", DefaultValueFactory = _ => 1 };
    private readonly Option<double> level = CommonOptions.Number("--level", "The coverage of intervals", 0.95);
    private readonly Option<string> replicateKind =
        Choice("--replicate-kind", "How replicate weights were made", "bootstrap", "balanced", "jackknife");
    private readonly Option<double> alpha = CommonOptions.Number("--alpha", "α of fgt and generalised-entropy", 2);
    private readonly Option<double> epsilon = CommonOptions.Number("--epsilon", "ε of atkinson", 0.5);
    private readonly Option<double> p = CommonOptions.Number("--p", "The upper quantile of quantile-ratio", 0.9);
    private readonly Option<double> q = CommonOptions.Number("--q", "The lower quantile of quantile-ratio", 0.1);
    private readonly Option<string?> compare = new("--compare") { Description = "Compare each area with this one, or with the whole" };
    private readonly Option<bool> newborn = new("--newborn") { Description = "Count persons of an age below 0 (born after the reference date) as of age 0" };
    private readonly Option<bool> change = new("--change") { Description = "Compare each period with the one before" };
    private readonly Option<int[]> poorest =
        new("--poorest") { Description = "The share of the poor who live in the k poorest areas; several k separated by spaces",
            AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> decompose =
        new("--decompose") { Description = "Divide poverty and inequality among the groups of --by (one column)" };
    private readonly Option<bool> shapley = new("--shapley") { Description =
        "Divide the change of poverty between years into growth, redistribution and population (groups of --by, or none)" };

    public IEnumerable<Option> All =>
    [
        newborn, income, weight, area, age, household, stratum, cluster, person, period, transfers, housing, months, weights, line, ages, by,
        ageGroups, quantiles, poor,
        nonPositive, negative, missing, housingLine, anchor, prices, interval, replicates, seed, level, replicateKind, alpha, epsilon, p, q,
        compare, change, poorest, decompose, shapley,
    ];

    public MeasureCatalogue Catalogue(ParseResult call) =>
        new(call.GetValue(alpha), call.GetValue(epsilon), call.GetValue(p), call.GetValue(q));

    public bool IsAnchored(ParseResult call) => call.GetValue(anchor) is not null;

    /// <summary>Who is measured; empty for everyone.</summary>
    public ImmutableArray<AgeSpan> Ages(ParseResult call) => Spans(call.GetValue(ages));

    /// <summary>The amount of a fixed line; null where the line is of another kind.</summary>
    public double? FixedLine(ParseResult call) => (call.GetValue(line) ?? []).Select(text => Parse(() => PovertyLine.Parse(text)))
        .Where(asked => asked.Kind == LineKind.Fixed).Select(asked => (double?)asked.Number).FirstOrDefault();

    /// <summary>The study that a call asks for.</summary>
    public IncomeStudy Study(ParseResult call, Extract extract, bool incomeRequired) =>
        Study(call, PersonTableReader.Read(extract, Columns(call, incomeRequired)));

    /// <summary>The study that a call asks for, on persons read otherwise.</summary>
    public IncomeStudy Study(ParseResult call, PersonTable persons)
    {
        if ((call.GetValue(poorest) ?? []).Any(k => k < 1)) throw new CallException("--poorest is a number of areas, at least 1.");
        var study = new IncomeStudy
        {
            Persons = persons,
            Ages = Ages(call),
            Quantiles = Enum.Parse<QuantileRule>(call.GetValue(quantiles)!, ignoreCase: true),
            Poor = call.GetValue(poor) == "below" ? PoorRule.Below : PoorRule.AtOrBelow,
            NonPositive = Enum.Parse<NonPositiveIncomes>(call.GetValue(nonPositive)!, ignoreCase: true),
            Negative = Columns(call, true).Negative,
            KeepLineAfterHousing = call.GetValue(housingLine) == "before",
            Anchor = call.GetValue(anchor) is { } year ? Parse(() => Anchor.Parse(year, call.GetValue(prices) ?? [])) : null,
            Uncertainty = Uncertainty(call),
            Comparison = new Comparison(call.GetValue(compare), call.GetValue(change), [.. call.GetValue(poorest) ?? []]),
        };
        if (study.Comparison.Reference is { } reference) RequireArea(study, reference);
        return call.GetValue(line) is { Length: > 0 } lines
            ? study with { Lines = [.. lines.Select(text => Parse(() => PovertyLine.Parse(text)))] } : study;
    }

    /// <summary>The decompositions that a call asks for, after its results.</summary>
    public Results WithDecompositions(ParseResult call, IncomeStudy study, Results results, Func<double, Results> subgroups,
        Func<Results> change)
    {
        if (call.GetValue(decompose))
        {
            if (study.Persons.Breakdowns.Length != 1) throw new CallException("--decompose needs one column in --by.");
            if (call.GetValue(alpha) < 0) throw new CallException("--alpha must be at least 0 for --decompose.");
            results = results.Concat(subgroups(call.GetValue(alpha)));
        }

        if (!call.GetValue(shapley)) return results;
        if (study.Persons.Breakdowns.Length > 1) throw new CallException("--shapley needs one column in --by, or none.");
        if (study.Persons.PeriodNames.Length < 2)
            throw new CallException("--shapley needs two years or more: name their column with --period.");
        return results.Concat(change());
    }

    /// <summary>The columns that a call names.</summary>
    public PersonColumns Columns(ParseResult call, bool incomeRequired)
    {
        var columns = new PersonColumns
        {
            Income = call.GetValue(income),
            Weight = call.GetValue(weight),
            Area = call.GetValue(area),
            Age = call.GetValue(age),
            Household = call.GetValue(household),
            Cluster = call.GetValue(cluster),
            Stratum = call.GetValue(stratum),
            Person = call.GetValue(person),
            // A year instead of a column's name chooses rows, and has done so.
            Period = call.GetValue(period) is { } name && name != "all" && !name.All(char.IsAsciiDigit) ? name : null,
            Transfers = call.GetValue(transfers),
            HousingCost = call.GetValue(housing),
            SupportMonths = call.GetValue(months),
            ReplicateWeights = [.. call.GetValue(weights) ?? []],
            By = [.. call.GetValue(by) ?? []],
            IncomeRequired = incomeRequired,
            Negative = Enum.Parse<NegativeIncomes>(call.GetValue(negative)!, ignoreCase: true),
            RejectMissingIncome = call.GetValue(missing) == "reject",
        };
        if (columns.By.Distinct().Count() < columns.By.Length) throw new CallException("--by names a column twice.");
        if (Spans(call.GetValue(ageGroups)) is not { IsEmpty: false } groups) return columns;
        var sorted = groups.OrderBy(group => group.From).ToList();
        if (sorted.Zip(sorted.Skip(1)).Any(pair => pair.First.To is not { } to || to >= pair.Second.From))
            throw new CallException("--age-groups overlap: a person would be in two of them.");
        return columns with { AgeGroups = groups };
    }

    private static void RequireArea(IncomeStudy study, string reference)
    {
        if (study.Persons.Breakdowns.FirstOrDefault(breakdown => breakdown.IsArea) is not { } areas)
            throw new CallException("--compare needs areas: name their column with --area.");
        if (reference != Comparison.Whole && !areas.Values.Contains(reference))
            throw new CallException($"--compare names no area of the data: it is one of them, or {Comparison.Whole}.");
    }

    private Uncertainty Uncertainty(ParseResult call)
    {
        var method = call.GetValue(interval) switch
        {
            null => call.GetValue(replicates) is not null ? IntervalMethod.Bootstrap : call.GetValue(weights) is { Length: > 0 }
                ? IntervalMethod.ReplicateWeights : IntervalMethod.Wilson,
            "replicate-weights" => IntervalMethod.ReplicateWeights,
            "linearized" => IntervalMethod.Linearised,
            var name when Enum.TryParse<IntervalMethod>(name, ignoreCase: true, out var known) && !char.IsAsciiDigit(name[0]) => known,
            _ => throw new CallException("--interval is wilson, linearised, bootstrap, replicate-weights or none."),
        };
        if (call.GetValue(replicates) is < 2 or > 1_000_000) throw new CallException("--replicates must be from 2 to 1000000.");
        if (call.GetValue(level) is not (> 0 and < 1)) throw new CallException("--level is between 0 and 1.");
        return new Uncertainty(method, call.GetValue(replicates) ?? 200, call.GetValue(seed), call.GetValue(level),
            Enum.Parse<ReplicateKind>(call.GetValue(replicateKind)!, ignoreCase: true));
    }

    private static ImmutableArray<AgeSpan> Spans(string[]? texts) => [.. (texts ?? []).Select(text => Parse(() => AgeSpan.Parse(text)))];

    /// <summary>What is read from an option; a text that is not understood is a wrong call.</summary>
    public static T Parse<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw new CallException(e.Message);
        }
    }

    private static Option<string?> Column(string name, string what) =>
        new(name) { Description = $"The column of {what}; by role where not named" };

    private static Option<string> Choice(string name, string description, params string[] values)
    {
        var option =
            new Option<string>(name) { Description = $"{description}: {string.Join(", ", values)}", DefaultValueFactory = _ => values[0] };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
