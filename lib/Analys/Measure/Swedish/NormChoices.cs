using Analys.Domain;
using Analys.Load.Schema;
using Analys.Measure;
using Analys.Measure.Swedish;

namespace Analys;

/// <summary>The choices of measures that hold households against the national norm, each in the words of the command's option of the same
/// name.</summary>
/// <remarks>Amounts are kronor a month; what is not said is not counted. Swedish: <i>riksnorm</i>.</remarks>
public sealed record NormChoices
{
    /// <summary>The year of the national norm.</summary>
    public int? NormYear { get; init; }

    /// <summary>A norm file of the form of <c>data-schemas/parameters/riksnorm.json</c>; null for the shipped norms.</summary>
    public string? NormFile { get; init; }

    /// <summary>Housing costs a month for 1, 2, … persons; empty for the extract's own.</summary>
    public IReadOnlyList<double> HousingNorm { get; init; } = [];

    /// <summary>Whether the extract's housing cost is for a month, not for the year.</summary>
    public bool HousingMonthly { get; init; }

    /// <summary>The oldest age that the norm counts as a child, 17 to 20.</summary>
    public int OldestChild { get; init; } = 17;

    /// <summary>Household electricity a month.</summary>
    public double Electricity { get; init; }

    /// <summary>Childcare a month for each child of 1–5 years.</summary>
    public double Childcare { get; init; }

    /// <summary>Local travel a month for each person of 18 years and above.</summary>
    public double LocalTravel { get; init; }

    /// <summary>Union and unemployment fund a month for each adult.</summary>
    public double Union { get; init; }

    /// <summary>Home insurance a month.</summary>
    public double HomeInsurance { get; init; }

    /// <summary>Whether the norm's deduction for free lunch is applied; Stockholm does not.</summary>
    public bool LunchDeduction { get; init; }

    /// <summary>Who is counted.</summary>
    public AgeSpan Ages { get; init; } = Analys.Ages.Children;

    /// <summary>The norm of the year.</summary>
    /// <exception cref="CallException">No year is given.</exception>
    internal RiksnormTable Table()
    {
        var norms = NormFile is { } path ? PolicyParameters.LoadRiksnorm(path) : PolicyParameters.Riksnorm;
        return NormYear is { } year ? norms.In(year).Value : throw new CallException($"Give --norm-year. Known are {norms.Known}.");
    }

    /// <summary>The households of an extract.</summary>
    /// <exception cref="CallException">The oldest child is of another age.</exception>
    internal RegisterHouseholds Households(Extract extract)
    {
        if (OldestChild is not (>= 17 and <= 20)) throw new CallException("--oldest-child is 17 to 20.");
        return RegisterHouseholds.Of(extract, RegisterTerms.Default
            with
        { OldestChild = OldestChild, HousingCostIsMonthly = HousingMonthly });
    }

    /// <summary>The income standard that a norm gives with these choices.</summary>
    internal IncomeStandard Standard(Riksnorm norm) => new()
    {
        Norm = norm,
        NormYear = NormYear,
        HousingNorm = HousingNorm is { Count: > 0 } costs ? costs : null,
        Electricity = Electricity,
        Childcare = Childcare,
        LocalTravel = LocalTravel,
        UnionAndFund = Union,
        HomeInsurance = HomeInsurance,
    };

    /// <summary>The income standard of the year.</summary>
    internal IncomeStandard Standard() =>
        Standard(new Riksnorm(Table(), LunchDeduction ? LunchRule.Deduction : LunchRule.NoDeduction));
}

/// <summary>A change of policy, for a static first-round count of who would be poor: each in the words of the command's option of the same
/// name.</summary>
public sealed record PolicyChoices
{
    /// <summary>Change of the norm's amounts for children, such as <c>+10%</c> or <c>-5%</c>.</summary>
    public string? ChildNorm { get; init; }

    /// <summary>The new child allowance, kronor a month and child under 16.</summary>
    public double? ChildAllowance { get; init; }

    /// <summary>Kronor a month more to each household with children.</summary>
    public double HousingAllowance { get; init; }

    /// <summary>The yearly disposable income below which the housing allowance is raised.</summary>
    public double? HousingAllowanceLimit { get; init; }

    /// <summary>Whether the norm's deduction for free lunch is applied; Stockholm does not.</summary>
    public bool LunchDeduction { get; init; }

    /// <summary>A changed norm acts on the <c>line</c>, on the income of those with <c>support</c>, or on <c>both</c>.</summary>
    public string NormActs { get; init; } = "both";

    /// <summary>Who is poor: <c>low-income-standard</c> or <c>child-poverty-index</c>.</summary>
    public string Measure { get; init; } = "low-income-standard";

    /// <summary>The most that a household with income support has in a month, support and allowances together; null for no
    /// ceiling.</summary>
    public double? Ceiling { get; init; }

    /// <summary>What the norm's amounts for the fourth and each further child are multiplied by; null for no change.</summary>
    public double? LargeFamilyFactor { get; init; }

    /// <summary>The counts before and after.</summary>
    /// <exception cref="CallException">A choice is not understood, or nothing changes.</exception>
    internal Results Of(Func<Extract> extract, NormChoices norm)
    {
        var change = Change();
        if (!change.IsChange)
        {
            throw new CallException(
                "Say what changes: --child-norm, --child-allowance, --housing-allowance, --ceiling, --large-family-factor or "
                    + "--lunch-deduction.");
        }

        return Of(extract, norm, [(null, change)]);
    }

    /// <summary>The counts before and after some changes, each beside the others; what stands before them comes once.</summary>
    internal Results Of(Func<Extract> extract, NormChoices norm, IReadOnlyList<(string? Name, PolicyChange Change)> changes)
    {
        var withSupport =
            Choice.Of(Measure, "--measure", LowIncomeStandard.Definition.Id, ChildPovertyIndex.Definition.Id)
                == ChildPovertyIndex.Definition.Id;
        var table = norm.Table();
        var question = new WhatIf(norm.Households(extract()), table, LunchRule.NoDeduction, norm.Standard(new Riksnorm(table)));
        Results? all = null;
        foreach (var (name, change) in changes)
        {
            var one = question.Of(change, withSupport, norm.Ages);
            var rows = one.Concat(question.Lines(change, norm.Ages));
            if (name is not null)
            {
                var first = all is null;
                rows = rows.Where(row => first || !IsBefore(row)).Select(row => IsBefore(row)
                    ? row with { Parameters = row.Parameters.RemoveRange(change.Parameters.Keys.Where(key => key != "effects")) }
                    : row with { Parameters = row.Parameters.Add("reform", name) });
            }

            one = new Results(rows, one.Confidentiality, one.Provenance);
            all = all is null ? one : all.Concat(one);
        }

        return all ?? throw new CallException("Name a change.");

        static bool IsBefore(Result row) => row.Parameters.GetValueOrDefault("scenario") == "baseline";
    }

    /// <summary>The change.</summary>
    /// <exception cref="CallException">A choice is not understood.</exception>
    internal PolicyChange Change() => new()
    {
        ChildNormFactor = ChildNorm is { } text
            ? Reform.Factor(text) ?? throw new CallException("--child-norm is a percentage, such as +10%.")
            : 1,
        ChildAllowance = NotNegative(ChildAllowance, "--child-allowance"),
        HousingAllowance = HousingAllowance,
        HousingAllowanceLimit = HousingAllowanceLimit,
        Ceiling = NotNegative(Ceiling, "--ceiling"),
        LargeFamilyFactor = NotNegative(LargeFamilyFactor, "--large-family-factor") ?? 1,
        Lunch = LunchDeduction ? LunchRule.Deduction : null,
        NormActs = Choice.Of<NormActs>(NormActs, "--norm-acts"),
    };

    private static double? NotNegative(double? amount, string option) =>
        amount is null or >= 0 ? amount : throw new CallException($"{option} is an amount of kronor, not below 0.");
}

/// <summary>The national norm as amounts: what a household is held to need a month for its basic consumption, housing apart.</summary>
/// <remarks>Swedish: <i>riksnorm</i>. Source: <i>socialtjänstförordningen</i> 2 kap. 1 §; Socialstyrelsen.</remarks>
public static class NationalNorm
{
    /// <summary>The years whose norm is known.</summary>
    public static string Known => PolicyParameters.Riksnorm.Known;

    /// <summary>The norm of a household, kronor a month.</summary>
    /// <param name="year">The year.</param>
    /// <param name="adults">How many adults, a couple included; at least one.</param>
    /// <param name="couple">Whether two of them are a couple.</param>
    /// <param name="children">The ages of the children.</param>
    /// <param name="lunchDeduction">Whether free lunch lowers it; Stockholm does not.</param>
    /// <exception cref="ParameterException">The norm of the year is not known, or a child is older than its oldest.</exception>
    public static double Of(int year, int adults, bool couple = false, IEnumerable<int>? children = null, bool lunchDeduction = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(adults, couple ? 2 : 1);
        var norm = new Riksnorm(PolicyParameters.Riksnorm.In(year).Value, lunchDeduction ? LunchRule.Deduction : LunchRule.NoDeduction);
        return norm.Of(new HouseholdComposition(adults, couple, [.. children ?? []]));
    }
}
