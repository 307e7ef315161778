using System.Collections.Immutable;
using System.Globalization;
using Analys.Domain;
using Analys.Load.Schema;

namespace Analys.Measure.Swedish;

/// <summary>How many children would be poor under a changed norm, child allowance or housing allowance.</summary>
/// <remarks>
/// Static and first round: nobody works, moves or applies otherwise because of it; income support is not lowered where an allowance rises,
/// and no household comes into it or leaves it. Poor is by the low income standard, or by the child poverty index. Swedish: <i>vad händer
/// om</i>.
/// </remarks>
internal sealed class WhatIf
{
    private readonly RegisterHouseholds households;
    private readonly RiksnormTable table;
    private readonly LunchRule lunch;
    private readonly IncomeStandard before;

    /// <summary>The question's ground: the households and the norm that they are held against.</summary>
    /// <param name="households">The persons in their households.</param>
    /// <param name="table">The norm of the year.</param>
    /// <param name="lunch">Whether free lunch lowers it today.</param>
    /// <param name="terms">What is added to the norm; its own norm is not used. Null for housing costs alone.</param>
    public WhatIf(RegisterHouseholds households, RiksnormTable table, LunchRule lunch = LunchRule.NoDeduction, IncomeStandard? terms = null)
    {
        ArgumentNullException.ThrowIfNull(households);
        this.households = households;
        this.table = table;
        this.lunch = lunch;
        var norm = new Riksnorm(table, lunch);
        before = terms is null ? new IncomeStandard { Norm = norm } : terms with { Norm = norm };
    }

    /// <summary>The number of poor persons.</summary>
    public static Definition Poor { get; } = new(
        "poor-children", "Poor children", "Fattiga barn",
        "Σ w [poor], before (scenario=baseline) and after (scenario=changed) a change of policy",
        Units.Persons, ValueRange.NonNegative, "Static first-round count; Salonen 2012, Rädda Barnen 2012:2 for the index")
    {
        Tells = Tells.Counts,
        Counts = "children below the norm",
        Options = SwedishOptions.Change,
    };

    /// <summary>The change of the number.</summary>
    public static Definition Change { get; } = new(
        "poor-children-change", "Change in poor children", "Förändring av antalet fattiga barn", "Σ w ([poor after] − [poor before])",
        Units.Persons, ValueRange.Any, "Static first-round count")
    {
        Tells = Tells.Counts,
        Counts = "children below the norm",
        Options = SwedishOptions.Change,
    };

    /// <summary>A change of the norm between two years in a price part and a child part: norms of standard households, children below the
    /// norm, households entitled, cost and winners, for the whole, by area and by family type.</summary>
    /// <param name="households">The persons in their households.</param>
    /// <param name="from">The year of the norm before.</param>
    /// <param name="to">The year of the norm after.</param>
    /// <param name="uprate">What prices explain, such as 0.032; null for the rise of the single adult's amount.</param>
    /// <param name="terms">What is added to the norm; its own norm is not used. Null for housing costs alone.</param>
    /// <exception cref="ParameterException">The norm of a year is not known.</exception>
    /// <exception cref="ColumnNotFoundException">A role is missing.</exception>
    public static Results BetweenYears(RegisterHouseholds households, int from, int to, double? uprate = null, IncomeStandard? terms = null)
    {
        ArgumentNullException.ThrowIfNull(households);
        var change = new NormChange(PolicyParameters.Riksnorm.In(from).Value, PolicyParameters.Riksnorm.In(to).Value, uprate);
        var standard = terms ?? new IncomeStandard { Norm = new Riksnorm(change.From), NormYear = from };
        var acts = households.HasSupport ? NormActs.Both : NormActs.Line;
        return new NormChangeStudy(households, change, standard, LunchRule.NoDeduction, acts, Ages.Children).Run()
            .Concat(NormChangeStudy.NormsBeside(households, change, LunchRule.NoDeduction, NormChange.StandardHouseholds));
    }

    /// <summary>Counts before and after, and their difference, by period and area.</summary>
    /// <param name="change">What is changed.</param>
    /// <param name="withSupport">Whether households with income support count as poor (the child poverty index), or the low income standard
    /// alone.</param>
    /// <param name="ages">Who is counted; 0–17 where nothing else is asked for.</param>
    /// <exception cref="ParameterException">The child allowance of the year is not known.</exception>
    /// <exception cref="ColumnNotFoundException">A role is missing.</exception>
    public Results Of(PolicyChange change, bool withSupport, AgeSpan? ages = null)
    {
        ArgumentNullException.ThrowIfNull(change);
        var now = LowIncomeStandard.Flags(households, before);
        var after = After(change);
        if (withSupport)
        {
            var support = ChildPovertyIndex.Support(households, 1);
            (now, after) = (now.Or(support), after.Or(support));
        }

        var counted = ages ?? Ages.Children;
        var was = Count(now);
        var becomes = Count(after);
        var enter = Count(Both(now, 0, after, 1));
        var leave = Count(Both(now, 1, after, 0));
        var parameters = before.Parameters.SetItems(change.Parameters)
            .Add("measure", (withSupport ? ChildPovertyIndex.Definition : LowIncomeStandard.Definition).Id);
        return new Results(
            was.SelectMany((cell, i) => Records(cell, becomes[i], enter[i], leave[i], counted, parameters)),
            households.Extract.Confidentiality,
            households.Extract.Provenance.With("what if: static first round, no change of behaviour"));

        IReadOnlyList<FlagCount> Count(PersonFlags flags) => FlagCount.Count(households, flags, counted);
    }

    private PersonFlags After(PolicyChange change)
    {
        var effect = Effect(change);
        return PersonFlags.OfHouseholds(households, household =>
        {
            var (added, needNow, needThen) = effect(household);
            var ratio = (households.Income(household) + added) / (change.NormActs == NormActs.Support ? needNow : needThen);
            return double.IsNaN(ratio) ? null : ratio < 1;
        });
    }

    // By household, what a change adds to its income of the year, and its need before and after.
    private Func<int, (double Added, double NeedNow, double NeedThen)> Effect(PolicyChange change)
    {
        var norm = new Riksnorm(table, change.Lunch ?? lunch, change.ChildNormFactor) { LargeFamilyFactor = change.LargeFamilyFactor };
        var after = before with { Norm = norm };
        var normChanges = change.ChildNormFactor != 1 || change.LargeFamilyFactor != 1 || (change.Lunch is { } rule && rule != lunch);
        if (((normChanges && change.NormActs != NormActs.Line) || change.Ceiling is not null) && !households.HasSupport)
        {
            throw new ColumnNotFoundException("Where the norm acts on income support, a column of the role IncomeSupportMonths is needed.");
        }

        var raise = AllowanceRaise(change);
        return household =>
        {
            var rows = households.Members(household);
            int children = 0, withAllowance = 0;
            foreach (var row in rows)
            {
                if (households.Ages[row] < 18) children++;
                if (households.Ages[row] < ChildAllowance.EndsAt) withAllowance++;
            }

            var income = households.Income(household);
            var needNow = HouseholdNeed.Of(households, household, before);
            var needThen = normChanges ? HouseholdNeed.Of(households, household, after) : needNow;
            var period = Math.Max(0, households.Period.Codes[rows[0]]);
            var added = (12 * withAllowance * raise[period])
                + (children > 0 && !(income >= change.HousingAllowanceLimit) ? 12 * change.HousingAllowance : 0);
            if (normChanges && change.NormActs != NormActs.Line)
            {
                // The need's difference over twelve months is the norm's difference in a month.
                var months = households.SupportMonths(household);
                if (months > 0) added += (needThen - needNow) / 12 * months;
            }

            // A household is taken to live at its need in months with support: a ceiling takes what lies above it.
            if (change.Ceiling is { } ceiling && households.SupportMonths(household) is > 0 and var supported)
                added -= Math.Max(0, ((change.NormActs == NormActs.Line ? needNow : needThen) / 12) - ceiling) * supported;
            return (added, needNow, needThen);
        };
    }

    /// <summary>The persons below a line of equivalised income, before and after: a line that stays (anchored) and one that follows the
    /// median (relative).</summary>
    /// <param name="change">What is changed.</param>
    /// <param name="ages">Who is counted.</param>
    /// <param name="percent">The line in per cent of the median of all.</param>
    /// <returns>Empty where the extract has no equivalised income.</returns>
    internal IEnumerable<Result> Lines(PolicyChange change, AgeSpan ages, double percent = 60)
    {
        if (RegisterHouseholds.Numbers(households.Extract, Role.EquivalisedIncome) is not { } incomes) yield break;
        var effect = Effect(change);
        var weights = RegisterHouseholds.Numbers(households.Extract, Role.Weight);
        var added = new double[incomes.Length];
        for (var household = 0; household < households.Count; household++)
        {
            var more = effect(household).Added;
            foreach (var row in households.Members(household))
            {
                // Income over equivalised income is the household's consumption units.
                var units = households.Income(household) / incomes[row];
                added[row] = double.IsFinite(units) && units > 0 ? more / units : 0;
            }
        }

        double[] then = [.. incomes.Select((income, row) => income + added[row])];
        foreach (var period in Enumerable.Range(0, incomes.Length)
            .Where(row => households.Period.Codes[row] >= 0 && double.IsFinite(incomes[row]))
            .GroupBy(row => households.Period.Codes[row]).OrderBy(group => households.Period.Names[group.Key], PeriodOrder.InTime))
        {
            int[] rows = [.. period], counted = [.. rows.Where(row => ages.Contains(households.Ages[row]))];
            double Weight(int row) => weights is null ? 1 : weights[row];
            double fixedLine = percent / 100 * Median(rows, incomes, Weight), moving = percent / 100 * Median(rows, then, Weight);
            foreach (var (kind, line) in new[] { ("anchored", fixedLine), ("relative", moving) })
            {
                int[] was = [.. counted.Where(row => incomes[row] < fixedLine)], becomes = [.. counted.Where(row => then[row] < line)];
                int[] movers = [was.Except(becomes).Count(), becomes.Except(was).Count()];
                yield return new Result
                {
                    Measure = Change,
                    Period = households.Period.Names[period.Key] is { Length: > 0 } name ? name : null,
                    Population = Population.Of(ages),
                    Parameters = change.Parameters.Add("line", $"{kind} median:{percent.ToString("R", CultureInfo.InvariantCulture)}"),
                    Value = Quantity.Known(becomes.Sum(Weight) - was.Sum(Weight)),
                    N = counted.Length,
                    Basis = new Basis(becomes.Length, counted.Length)
                    {
                        Tells = Tells.Counts,
                        Parts = [was.Length, counted.Length - was.Length, .. Movers(movers)],
                    },
                };
            }
        }
    }

    private static double Median(int[] rows, double[] values, Func<int, double> weight)
    {
        int[] order = [.. rows.OrderBy(row => values[row])];
        double half = rows.Sum(weight) / 2, sum = 0;
        for (var i = 0; i < order.Length; i++)
        {
            sum += weight(order[i]);
            if (sum == half && i + 1 < order.Length) return (values[order[i]] + values[order[i + 1]]) / 2;
            if (sum > half) return values[order[i]];
        }

        return double.NaN;
    }

    // By period, the raise of the allowance a month: the new amount less the mean of the year's months.
    private double[] AllowanceRaise(PolicyChange change)
    {
        var raise = new double[households.Period.Names.Count];
        if (change.ChildAllowance is not { } allowance) return raise;
        for (var period = 0; period < raise.Length; period++)
        {
            if (!int.TryParse(households.Period.Names[period], NumberStyles.None, CultureInfo.InvariantCulture, out var year))
            {
                throw new ColumnNotFoundException(
                    "A changed child allowance needs a column of the role Period with the year, to know the allowance that it replaces.");
            }

            raise[period] = allowance - PolicyParameters.ChildAllowance.Months(year).Average();
        }

        return raise;
    }

    private static PersonFlags Both(PersonFlags first, sbyte one, PersonFlags second, sbyte other) =>
        PersonFlags.Of(first.Count, row => first.Values[row] < 0 || second.Values[row] < 0 ? null : first.Values[row] == one
            && second.Values[row] == other);

    private static IEnumerable<Result> Records(
        FlagCount was, FlagCount becomes, FlagCount enter, FlagCount leave, AgeSpan ages, ImmutableSortedDictionary<string,
        string> parameters)
    {
        var baseline = Record(Poor, was.WeightWith, "baseline")
            with
        { Basis = was.Weighed(new Basis(was.PersonsWith, was.Persons, was.Households) { Tells = Tells.Counts }, was.Weight) };
        yield return baseline;
        // Who stands behind a difference is those who move, too: none of them may be few.
        var basis = new Basis(becomes.PersonsWith, becomes.Persons, was.Households)
        {
            Tells = Tells.Counts,
            Parts = Movers([(int)enter.PersonsWith, (int)leave.PersonsWith]),
        };
        yield return Record(Poor, becomes.WeightWith, "changed") with { Basis = was.Weighed(basis, was.Weight) };
        yield return Record(Change, enter.WeightWith - leave.WeightWith, "changed") with
        {
            Basis = was.Weighed(basis with
            {
                IsComparison = true,
                Parts = [.. basis.Parts, was.PersonsWith, was.Persons - was.PersonsWith],
            }, was.Weight),
        };

        Result Record(Definition definition, double value, string scenario) => new()
        {
            Measure = definition,
            Area = was.Area,
            Period = was.Period,
            Population = Population.Of(ages),
            Parameters = parameters.Add("scenario", scenario),
            Value = was.Persons == 0 ? Quantity.Undefined("nobody of these ages") : Quantity.Known(value),
            N = was.Persons,
        };
    }

    // A change by which nobody becomes poor is no secret: a rise lifts, a cut lowers.
    private static ImmutableArray<double> Movers(int[] movers) => [.. movers.Where(count => count > 0).Select(count => (double)count)];
}

/// <summary>A change of policy, for a static first-round count of who would be poor.</summary>
internal sealed record PolicyChange
{
    /// <summary>What the norm's amounts for children are multiplied by; 1 for no change.</summary>
    public double ChildNormFactor { get; init; } = 1;

    /// <summary>Whether the norm's deduction for free lunch would be applied or not; null for no change.</summary>
    public LunchRule? Lunch { get; init; }

    /// <summary>Where the changed norm acts.</summary>
    public NormActs NormActs { get; init; }

    /// <summary>The new child allowance, kronor a month and child under 16; null for no change.</summary>
    public double? ChildAllowance { get; init; }

    /// <summary>Kronor a month more to each household with children.</summary>
    public double HousingAllowance { get; init; }

    /// <summary>The yearly disposable income below which the housing allowance is raised; null for every household with children.</summary>
    public double? HousingAllowanceLimit { get; init; }

    /// <summary>The most that a household with income support may have in a month, its support and allowances together; null for no
    /// ceiling.</summary>
    public double? Ceiling { get; init; }

    /// <summary>What the norm's amounts for the fourth and each further child are multiplied by; 1 for no change.</summary>
    public double LargeFamilyFactor { get; init; } = 1;

    /// <summary>Whether anything is changed.</summary>
    public bool IsChange => Ceiling is not null || LargeFamilyFactor != 1 || ChildNormFactor != 1 || Lunch is not null
        || ChildAllowance is not null || HousingAllowance != 0;

    /// <summary>The change in the words of the command.</summary>
    public ImmutableSortedDictionary<string, string> Parameters
    {
        get
        {
            var parameters = ImmutableSortedDictionary<string, string>.Empty.Add("effects", "static-first-round");
            if (ChildNormFactor != 1)
                parameters =
                    parameters.Add("child-norm", (ChildNormFactor - 1).ToString("+0.####%;-0.####%", CultureInfo.InvariantCulture));
            if (Lunch is { } lunch)
                parameters = parameters.Add("lunch-deduction", lunch == LunchRule.Deduction ? "applied" : "not-applied");
            if (Ceiling is { } ceiling) parameters = parameters.Add("ceiling", Text(ceiling));
            if (LargeFamilyFactor != 1) parameters = parameters.Add("large-family-factor", Text(LargeFamilyFactor));
            if (ChildNormFactor != 1 || LargeFamilyFactor != 1 || Lunch is not null)
                parameters = parameters.Add("norm-acts", NormActs.ToString().ToLowerInvariant());
            if (ChildAllowance is { } allowance) parameters = parameters.Add("child-allowance", Text(allowance));
            if (HousingAllowance != 0) parameters = parameters.Add("housing-allowance", Text(HousingAllowance));
            if (HousingAllowanceLimit is { } limit) parameters = parameters.Add("housing-allowance-limit", Text(limit));
            return parameters;
        }
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
