using System.Collections.Immutable;
using System.Globalization;
using Analys.Load.Schema;

namespace Analys.Measure.Swedish;

/// <summary>The change of the norm from one year to another, split into a price part and a child part.</summary>
/// <remarks>
/// The price part is what prices explain: adults' and common amounts as they rose, children's by the uprating. The child part is what
/// children's amounts rose beyond that. They add up to the whole change. A paper of the city (2012) says that the norm was raised for 2012
/// by more than prices explain, directed at children and young people: this split is its question. Swedish: <i>prisdel och
/// barndel</i>.
/// </remarks>
internal sealed class NormChange
{
    /// <summary>Makes a change.</summary>
    /// <param name="from">The norm before.</param>
    /// <param name="to">The norm after.</param>
    /// <param name="uprate">The uprating by prices, such as 0.032; null for the rise of the single adult's amount.</param>
    public NormChange(RiksnormTable from, RiksnormTable to, double? uprate)
    {
        Uprate = uprate ?? ((to.Single / from.Single) - 1);
        From = from;
        To = to;
        Priced = to with { Children = [.. to.Children.Select(row => PricedRow(row))] };
    }

    /// <summary>The norm before.</summary>
    public RiksnormTable From { get; }

    /// <summary>The norm if children's amounts had followed prices.</summary>
    public RiksnormTable Priced { get; }

    /// <summary>The norm after.</summary>
    public RiksnormTable To { get; }

    /// <summary>The uprating by prices.</summary>
    public double Uprate { get; }

    /// <summary>The households that norms are shown for: adults and the ages of children.</summary>
    public static ImmutableArray<HouseholdComposition> StandardHouseholds { get; } =
    [
        new(1, false, []), new(1, false, [3]), new(1, false, [8, 12]), new(2, true, []), new(2, true, [1]), new(2, true, [5, 8]),
        new(2, true, [8, 12, 16]), new(2, true, [2, 5, 9, 13]), new(2, true, [1, 4, 7, 11, 15]),
    ];

    /// <summary>A household in words: <c>2 adults, children 5 8</c>.</summary>
    public static string Name(HouseholdComposition household)
    {
        var adults = household.Adults == 1 ? "1 adult" : string.Create(CultureInfo.InvariantCulture, $"{household.Adults} adults");
        return household.ChildAges.Length == 0
            ? adults
            : $"{adults}, children {string.Join(' ', household.ChildAges.Select(age => age.ToString(CultureInfo.InvariantCulture)))}";
    }

    // Ages that the norm before had as adults have no amount to uprate: all of theirs is price.
    private RiksnormChild PricedRow(RiksnormChild row)
    {
        var before = From.Children.FirstOrDefault(other => other.Ages.Contains(row.Ages.From));
        if (before is null) return row;
        return row with
        {
            Amount = before.Amount * (1 + Uprate),
            WithFreeLunch = row.WithFreeLunch is null || before.WithFreeLunch is not { } lunch ? row.WithFreeLunch : lunch * (1 + Uprate),
        };
    }
}

/// <summary>What is left of one more krona of income for a household of the norm: income support falls as income rises.</summary>
/// <remarks>
/// Income support fills income and child allowance up to the norm and the housing cost, below a ceiling where there is one. Income is after
/// tax: taxes and housing allowance are not part of it. Swedish: <i>marginaleffekt</i>.
/// </remarks>
internal sealed record MarginalEffects(Riksnorm Norm, double Allowance, ImmutableArray<double> Supplement)
{
    /// <summary>The most that support and allowances may be together in a month; null for none.</summary>
    public double? Ceiling { get; init; }

    /// <summary>The part of income that does not lower the support, 0 to 1: the law's work incentive is 0.25 after half a year.</summary>
    public double Disregard { get; init; }

    /// <summary>What a household has in a month.</summary>
    /// <param name="household">The household.</param>
    /// <param name="housing">Its housing cost a month.</param>
    /// <param name="income">Its income after tax a month.</param>
    public double Disposable(HouseholdComposition household, double housing, double income)
    {
        var benefit = ChildAllowance.Of(household.ChildAges.Count(age => age < ChildAllowance.EndsAt), Allowance, Supplement);
        var support = Math.Max(0, Norm.Of(household) + housing - benefit - (income * (1 - Disregard)));
        if (Ceiling is { } ceiling) support = Math.Min(support, Math.Max(0, ceiling - benefit));
        return income + benefit + support;
    }

    /// <summary>The part of a rise of income that support takes back, 0 to 1.</summary>
    /// <param name="household">The household.</param>
    /// <param name="housing">Its housing cost a month.</param>
    /// <param name="income">Its income before the rise.</param>
    /// <param name="rise">The rise, above 0.</param>
    public double Of(HouseholdComposition household, double housing, double income, double rise) =>
        1 - ((Disposable(household, housing, income + rise) - Disposable(household, housing, income)) / rise);
}

/// <summary>Child allowance of a household with its supplement for several children, kronor a month.</summary>
/// <remarks>
/// For children under 16; student aid, which follows it, is not counted. Swedish: <i>barnbidrag</i> and <i>flerbarnstillägg</i>. Source:
/// <i>socialförsäkringsbalken</i> 15 kap.
/// </remarks>
internal static class ChildAllowance
{
    /// <summary>The age at which the allowance has ended.</summary>
    public const int EndsAt = 16;

    /// <summary>The allowance in a month.</summary>
    /// <param name="childAges">The ages of the household's children.</param>
    /// <param name="date">A day of the month.</param>
    /// <exception cref="ParameterException">The amounts are not known for that day.</exception>
    public static double Of(IEnumerable<int> childAges, DateOnly date)
    {
        var children = childAges.Count(age => age < EndsAt);
        var allowance = PolicyParameters.ChildAllowance.At(date).Value;
        return children < 2 ? children * allowance : Of(children, allowance, PolicyParameters.MultiChildSupplement.At(date).Value);
    }

    /// <summary>The allowance for a number of children.</summary>
    /// <param name="children">Children with allowance.</param>
    /// <param name="allowance">The amount for each.</param>
    /// <param name="supplement">What the second, third, … and each further child adds.</param>
    public static double Of(int children, double allowance, ImmutableArray<double> supplement)
    {
        var sum = children * allowance;
        for (var child = 2; child <= children; child++) sum += supplement[Math.Min(child - 2, supplement.Length - 1)];
        return sum;
    }
}

/// <summary>Where a changed norm acts in a what-if question.</summary>
internal enum NormActs
{
    /// <summary>On the line of the low income standard and on the income of households with income support.</summary>
    Both,

    /// <summary>On the line alone: incomes stay.</summary>
    Line,

    /// <summary>On the income of households with income support alone, for the months in which they have it: the line stays.</summary>
    Support,
}
