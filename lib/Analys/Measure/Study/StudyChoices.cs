using Analys.Domain;
using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Source;
using Analys.Measure.Study;

namespace Analys;

/// <summary>The choices of a study of persons, each in the words of the command's option of the same name: which column says what, who is
/// measured, by which definitions, with what uncertainty.</summary>
/// <remarks>A column that is not named is found by its role. What is not said has the command's default. A choice that is not
/// understood is an <see cref="ArgumentException"/> when the study runs, and the message names the option.</remarks>
public sealed record StudyChoices
{
    /// <summary>The column of income per consumption unit.</summary>
    public string? Income { get; init; }

    /// <summary>The column of the weight.</summary>
    public string? Weight { get; init; }

    /// <summary>The column of the area.</summary>
    public string? Area { get; init; }

    /// <summary>The column of age in years.</summary>
    public string? Age { get; init; }

    /// <summary>The column of the household.</summary>
    public string? Household { get; init; }

    /// <summary>The column of the stratum of the sample.</summary>
    public string? Stratum { get; init; }

    /// <summary>The column of the cluster of the sample; without it the household.</summary>
    public string? Cluster { get; init; }

    /// <summary>The column of the person, for panels.</summary>
    public string? Person { get; init; }

    /// <summary>The column of the year.</summary>
    public string? Period { get; init; }

    /// <summary>The column of social transfers, in the unit of the income.</summary>
    public string? Transfers { get; init; }

    /// <summary>The column of the cost of the dwelling, in the unit of the income.</summary>
    public string? HousingCost { get; init; }

    /// <summary>The column of months with income support in the year.</summary>
    public string? SupportMonths { get; init; }

    /// <summary>The columns of replicate weights.</summary>
    public IReadOnlyList<string> ReplicateWeights { get; init; } = [];

    /// <summary>The poverty lines, always of the whole population: <c>median:60</c> (which holds for none), <c>mean:50</c>,
    /// <c>fixed:N</c>.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Who is measured; empty for everyone.</summary>
    public IReadOnlyList<AgeSpan> Ages { get; init; } = [];

    /// <summary>Columns or roles to break down by; empty for the area where one is known, <c>none</c> for the whole only.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>The groups of the breakdown <c>ageGroup</c>; empty for 0–5, 6–12, 13–17, 18–19, 20–64, 65 and above.</summary>
    public IReadOnlyList<AgeSpan> AgeGroups { get; init; } = [];

    /// <summary>A weighted quantile where F meets p exactly: <c>average</c>, <c>inverse</c> or <c>above</c>.</summary>
    public string Quantiles { get; init; } = "average";

    /// <summary>Whether an income on the line is poor: <c>below</c> (no) or <c>at-or-below</c> (yes).</summary>
    public string Poor { get; init; } = "below";

    /// <summary>What logarithms and powers do with incomes of zero and below: <c>exclude</c>, <c>denominator</c> or
    /// <c>undefined</c>.</summary>
    public string NonPositive { get; init; } = "exclude";

    /// <summary>What is done with incomes below zero: <c>keep</c>, <c>zero</c> or <c>exclude</c>.</summary>
    public string Negative { get; init; } = "keep";

    /// <summary>What is done with persons without an income: <c>exclude</c> or <c>reject</c>.</summary>
    public string MissingIncome { get; init; } = "exclude";

    /// <summary>The line of poverty after housing costs: of incomes <c>after</c> them or <c>before</c>.</summary>
    public string HousingLine { get; init; } = "after";

    /// <summary>The base year of the anchored rate.</summary>
    public string? Anchor { get; init; }

    /// <summary>The price index by year of the anchored rate: <c>2018=100</c>, <c>2019=101.8</c>.</summary>
    public IReadOnlyList<string> Prices { get; init; } = [];

    /// <summary><c>wilson</c>, <c>linearised</c>, <c>bootstrap</c>, <c>replicate-weights</c> or <c>none</c>; null for the bootstrap with
    /// <see cref="Replicates"/>, replicate weights where those are named, else Wilson's.</summary>
    public string? Interval { get; init; }

    /// <summary>The number of bootstrap replicates of clusters within strata; 2 to 1 000 000.</summary>
    public int? Replicates { get; init; }

    /// <summary>The seed of the bootstrap.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The coverage of intervals, between 0 and 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>How replicate weights were made: <c>bootstrap</c>, <c>balanced</c> or <c>jackknife</c>.</summary>
    public string ReplicateKind { get; init; } = "bootstrap";

    /// <summary>What a stratum with one cluster adds to a linearised variance: <c>certainty</c> (nothing), <c>average</c> (the mean of the
    /// other
    /// strata) or <c>adjust</c> (its distance from the mean of all).</summary>
    public string Lonely { get; init; } = "certainty";

    /// <summary>α of fgt and generalised-entropy, where their id gives none.</summary>
    public double Alpha { get; init; } = 2;

    /// <summary>ε of atkinson, where the id gives none.</summary>
    public double Epsilon { get; init; } = 0.5;

    /// <summary>The upper quantile of quantile-ratio, where the id gives none.</summary>
    public double P { get; init; } = 0.9;

    /// <summary>The lower quantile of quantile-ratio, where the id gives none.</summary>
    public double Q { get; init; } = 0.1;

    /// <summary>The area that each area is compared with, or <c>whole</c>.</summary>
    public string? Compare { get; init; }

    /// <summary>Whether each period is compared with the one before.</summary>
    public bool Change { get; init; }

    /// <summary>For each k, the share of the poor who live in the k poorest areas.</summary>
    public IReadOnlyList<int> Poorest { get; init; } = [];

    /// <summary>Whether the growth of each figure since the period before is wanted: of quantiles, the growth incidence curve.</summary>
    public bool Growth { get; init; }

    /// <summary>Whether areas (<see cref="Compare"/>) or periods (<see cref="Change"/>) are tested for less poverty by every
    /// line.</summary>
    public bool Dominance { get; init; }

    /// <summary>The column that is held against the rank of income, for the concentration index.</summary>
    public string? Outcome { get; init; }

    /// <summary>The columns of the sources of income, for Gini's index by source.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The column of sex, for the gap between women and men.</summary>
    public string? Sex { get; init; }

    /// <summary>What stands for a woman in <see cref="Sex"/>; null to know the usual words.</summary>
    public string? Woman { get; init; }

    /// <summary>What counts as deprived in each dimension: <c>income&lt;120000</c>, <c>education&lt;=2:0.5</c>.</summary>
    public IReadOnlyList<string> Dimensions { get; init; } = [];

    /// <summary>The share of the weights of dimensions from which a person is poor.</summary>
    public double Cutoff { get; init; } = 1 / 3.0;

    /// <summary>θ of <c>bourguignon-chakravarty</c>, at least 1: how little a smaller gap in one dimension makes up for a larger
    /// one.</summary>
    public double Substitution { get; init; } = 1;

    /// <summary>Powers of the household's size that its income is divided by, one study of each; empty where incomes are as they are read.
    /// The income
    /// is then the household's whole.</summary>
    public IReadOnlyList<double> Equivalence { get; init; } = [];

    /// <summary>Whether poverty and inequality are divided among the groups of <see cref="By"/> (one column).</summary>
    public bool Decompose { get; init; }

    /// <summary>Whether the change of poverty between years is divided into growth, redistribution and population.</summary>
    public bool Shapley { get; init; }

    /// <summary>A random number of each person, by row of the extract; null for none.</summary>
    internal uint[]? CellKeys { get; init; }

    /// <summary>Further numbers of formulas, by the names of their options (<c>analys measures ID</c> lists them), where ids give
    /// none.</summary>
    public IReadOnlyDictionary<string, double> Numbers { get; init; } = new Dictionary<string, double>();

    internal MeasureCatalogue Catalogue => new(new Dictionary<string, double>(Numbers)
    {
        ["alpha"] = Alpha,
        ["epsilon"] = Epsilon,
        ["p"] = P,
        ["q"] = Q,
    });

    /// <summary>The amount of a fixed line; null where the lines are of other kinds.</summary>
    internal double? FixedLine =>
        ParsedLines().Where(line => line.Kind == LineKind.Fixed).Select(line => (double?)line.Number).FirstOrDefault();

    /// <summary>The columns that are read.</summary>
    /// <exception cref="CallException">A choice is not understood.</exception>
    internal PersonColumns Columns(bool incomeRequired)
    {
        var columns = new PersonColumns
        {
            Income = Income,
            Weight = Weight,
            Area = Area,
            Age = Age,
            Household = Household,
            Cluster = Cluster,
            Stratum = Stratum,
            Person = Person,
            Period = Period,
            Transfers = Transfers,
            HousingCost = HousingCost,
            SupportMonths = SupportMonths,
            CellKeys = CellKeys,
            ReplicateWeights = [.. ReplicateWeights],
            By = [.. By],
            IncomeRequired = incomeRequired,
            Outcome = Outcome,
            Sources = [.. Sources],
            Sex = Sex,
            Woman = Woman,
            Dimensions = Dimensions.Count > 0
                ? Choice.Read(() => Measure.Study.Beside.Dimensions.Parse(Dimensions, Cutoff, Substitution)) : null,
            WholeHousehold = Equivalence.Count > 0,
            Negative = Choice.Of<NegativeIncomes>(Negative, "--negative"),
            RejectMissingIncome = Choice.Of(MissingIncome, "--missing-income", "exclude", "reject") == "reject",
        };
        if (columns.By.Distinct().Count() < columns.By.Length) throw new CallException("--by names a column twice.");
        if (AgeGroups.Count == 0) return columns;
        var sorted = AgeGroups.OrderBy(group => group.From).ToList();
        if (sorted.Zip(sorted.Skip(1)).Any(pair => pair.First.To is not { } to || to >= pair.Second.From))
            throw new CallException("--age-groups overlap: a person would be in two of them.");
        return columns with { AgeGroups = [.. AgeGroups] };
    }

    /// <summary>The study of these persons.</summary>
    /// <exception cref="CallException">A choice is not understood, or the persons do not allow it.</exception>
    internal IncomeStudy Study(PersonTable persons)
    {
        if (Poorest.Any(k => k < 1)) throw new CallException("--poorest is a number of areas, at least 1.");
        var study = new IncomeStudy
        {
            Persons = persons,
            Ages = [.. Ages],
            Quantiles = Choice.Of<QuantileRule>(Quantiles, "--quantiles"),
            Poor = Choice.Of(Poor, "--poor", "below", "at-or-below") == "below" ? PoorRule.Below : PoorRule.AtOrBelow,
            NonPositive = Choice.Of<NonPositiveIncomes>(NonPositive, "--nonpositive"),
            Negative = Choice.Of<NegativeIncomes>(Negative, "--negative"),
            KeepLineAfterHousing = Choice.Of(HousingLine, "--housing-line", "after", "before") == "before",
            Anchor = Anchor is { } year ? Choice.Read(() => Measure.Income.Poverty.Anchor.Parse(year, [.. Prices])) : null,
            Uncertainty = Uncertainty(),
            Comparison = new Comparison(Compare, Change, [.. Poorest]) { Growth = Growth },
        };
        if (Compare is { } reference) RequireArea(persons, reference);
        if (Dominance && Compare is null && !Change) throw new CallException("--dominance needs --compare AREA or --change: what is "
            + "tested against what.");
        if (Growth && persons.PeriodNames.Length < 2)
            throw new CallException("--growth needs two years or more: name their column with --period.");
        return Lines.Count > 0 ? study with { Lines = [.. ParsedLines()] } : study;
    }

    /// <summary>The decompositions that are asked for, after the results.</summary>
    internal Results WithDecompositions(IncomeStudy study, Results results, Func<double, Results> subgroups,
        Func<IReadOnlyList<double>, Results> change)
    {
        if (Decompose)
        {
            if (study.Persons.Breakdowns.Length != 1) throw new CallException("--decompose needs one column in --by.");
            if (Alpha < 0) throw new CallException("--alpha must be at least 0 for --decompose.");
            results = results.Concat(subgroups(Alpha));
        }

        if (!Shapley) return results;
        if (study.Persons.Breakdowns.Length > 1) throw new CallException("--shapley needs one column in --by, or none.");
        if (study.Persons.PeriodNames.Length < 2)
            throw new CallException("--shapley needs two years or more: name their column with --period.");
        if (Alpha < 0) throw new CallException("--alpha must be at least 0 for --shapley.");
        return results.Concat(change([.. new[] { 0, 1, 2, Alpha }.Distinct().Order()]));
    }

    private static void RequireArea(PersonTable persons, string reference)
    {
        if (persons.Breakdowns.FirstOrDefault(breakdown => breakdown.IsArea) is not { } areas)
            throw new CallException("--compare needs areas: name their column with --area.");
        if (reference != Comparison.Whole && !areas.Values.Contains(reference))
            throw new CallException($"--compare names no area of the data.{Hint(reference)} It is one of them, or {Comparison.Whole}.");

        // Only names that are public anyway: a text among the rows is not repeated.
        static string Hint(string asked) => Nearest.Hint(asked, Geography.Stockholm.Divisions.SelectMany(division => division.Areas)
            .Select(area => area.Name));
    }

    private IEnumerable<PovertyLine> ParsedLines() => Lines.Select(text => Choice.Read(() => PovertyLine.Parse(text)));

    private Uncertainty Uncertainty()
    {
        var method = Interval switch
        {
            null => Replicates is not null ? IntervalMethod.Bootstrap : ReplicateWeights.Count > 0 ? IntervalMethod.ReplicateWeights
                : IntervalMethod.Wilson,
            "replicate-weights" => IntervalMethod.ReplicateWeights,
            "linearized" => IntervalMethod.Linearised,
            var name when Enum.TryParse<IntervalMethod>(name, ignoreCase: true, out var known) && !char.IsAsciiDigit(name[0]) => known,
            _ => throw new CallException("--interval is wilson, linearised, bootstrap, replicate-weights or none."),
        };
        if (Replicates is < 2 or > 1_000_000) throw new CallException("--replicates must be from 2 to 1000000.");
        if (Level is not (> 0 and < 1)) throw new CallException("--level is between 0 and 1.");
        var lonely = Choice.Of<LonelyStrata>(Lonely, "--lonely");
        if (lonely != LonelyStrata.Certainty && method != IntervalMethod.Linearised)
            throw new CallException("--lonely average and adjust are for --interval linearised: a bootstrap "
                + "keeps a lone cluster as it is.");
        return new Uncertainty(method, Replicates ?? 200, Seed, Level, Choice.Of<ReplicateKind>(ReplicateKind, "--replicate-kind"), lonely);
    }
}
