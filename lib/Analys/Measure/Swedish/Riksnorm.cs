using Analys.Load.Schema;

namespace Analys.Measure.Swedish;

/// <summary>The national norm of a household: personal costs of its members by age and its common costs by size, kronor a month.</summary>
/// <remarks>
/// A couple has the couple's amount; each further adult the single adult's. From 8 persons common costs rise by the step from 6 to 7 for
/// each. Swedish: <i>riksnorm</i>. Source: <i>socialtjänstförordningen</i> 2 kap. 1 §; Socialstyrelsen.
/// </remarks>
internal sealed class Riksnorm
{
    // Children whose amounts a lower norm for large families leaves as they are.
    private const int FullChildren = 3;

    private readonly RiksnormTable table;
    private readonly double[] byAge;

    /// <summary>The norm of a year.</summary>
    /// <param name="table">The table of the year.</param>
    /// <param name="lunch">Whether free lunch lowers it.</param>
    /// <param name="childFactor">What the children's amounts are multiplied by, for what-if questions; 1 for the norm as it was.</param>
    public Riksnorm(RiksnormTable table, LunchRule lunch = LunchRule.NoDeduction, double childFactor = 1)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (!(childFactor >= 0) || double.IsInfinity(childFactor)) throw new ArgumentOutOfRangeException(nameof(childFactor));
        this.table = table;
        Lunch = lunch;
        byAge = new double[table.Children[^1].Ages.To!.Value + 1];
        foreach (var row in table.Children)
        {
            var amount = lunch == LunchRule.Deduction ? row.WithFreeLunch ?? row.Amount : row.Amount;
            for (var age = row.Ages.From; age <= row.Ages.To; age++) byAge[age] = amount * childFactor;
        }
    }

    /// <summary>Whether free lunch lowers it.</summary>
    public LunchRule Lunch { get; }

    /// <summary>What the amounts of the fourth and each further child (the youngest) are multiplied by; 1 for the norm as it was.</summary>
    public double LargeFamilyFactor { get; init; } = 1;

    /// <summary>The oldest age that it has as a child.</summary>
    public int OldestChild => byAge.Length - 1;

    /// <summary>The norm of a household.</summary>
    /// <param name="household">The household; children who live there by turns are not counted.</param>
    /// <exception cref="ParameterException">A child is older than the norm's oldest.</exception>
    public double Of(HouseholdComposition household)
    {
        ArgumentNullException.ThrowIfNull(household);
        return Adults(household.Adults, household.Couple) + Common(household.Persons) + Children(household.ChildAges.AsSpan());
    }

    /// <summary>Personal costs of a household's children together.</summary>
    /// <param name="ages">Their ages, in any order.</param>
    /// <exception cref="ParameterException">The norm has no child of an age.</exception>
    public double Children(ReadOnlySpan<int> ages)
    {
        var sum = 0.0;
        foreach (var age in ages) sum += Child(age);
        if (LargeFamilyFactor == 1 || ages.Length <= FullChildren) return sum;
        int[] eldestFirst = ages.ToArray();
        Array.Sort(eldestFirst, (one, other) => other.CompareTo(one));
        foreach (var age in eldestFirst.AsSpan(FullChildren)) sum -= (1 - LargeFamilyFactor) * Child(age);
        return sum;
    }

    /// <summary>Personal costs of adults.</summary>
    /// <param name="adults">How many, the couple included.</param>
    /// <param name="couple">Whether two of them are a couple.</param>
    public double Adults(int adults, bool couple) => couple ? table.Couple + ((adults - 2) * table.Single) : adults * table.Single;

    /// <summary>Personal costs of a child.</summary>
    /// <param name="age">The age in whole years.</param>
    /// <exception cref="ParameterException">The norm has no child of that age.</exception>
    public double Child(int age) => (uint)age < (uint)byAge.Length
        ? byAge[age]
        : throw new ParameterException($"The norm of this year has children of 0 to {OldestChild} years.");

    /// <summary>Common costs.</summary>
    /// <param name="persons">Everyone in the household.</param>
    public double Common(int persons) => persons <= 0 ? 0
        : persons <= table.Common.Length ? table.Common[persons - 1]
        : table.Common[^1] + ((persons - table.Common.Length) * (table.Common[^1] - table.Common[^2]));
}

/// <summary>Whether the norm of a child is lowered for lunch eaten free at preschool.</summary>
internal enum LunchRule
{
    /// <summary>No deduction: Stockholm's practice, and the default.</summary>
    NoDeduction,

    /// <summary>The national norm's deduction, for every child of an age that has one.</summary>
    Deduction,
}

/// <summary>What a household of an extract needs in a year, without making an object for each of a million households.</summary>
internal static class HouseholdNeed
{
    /// <summary>The need in kronor; NaN where the housing cost, or a member's age, is not known.</summary>
    public static double Of(RegisterHouseholds households, int household, IncomeStandard standard)
    {
        int adults = 0, aged18 = 0, inCare = 0, children = 0;
        var rows = households.Members(household);
        Span<int> ages = rows.Length <= 64 ? stackalloc int[rows.Length] : new int[rows.Length];
        foreach (var row in rows)
        {
            var age = households.Ages[row];
            if (!(age >= 0)) return double.NaN;
            if (age >= 18) aged18++;
            if (age < households.Terms.OldestChild + 1)
            {
                ages[children++] = (int)age;
                if (age is >= 1 and < 6) inCare++;
            }
            else
            {
                adults++;
            }
        }

        var norm = standard.Norm.Children(ages[..children]) + standard.Norm.Adults(adults, households.IsCouple(household, adults))
            + standard.Norm.Common(rows.Length);
        return standard.Need(norm, rows.Length, adults, aged18, inCare, households.HousingCost(household));
    }
}

/// <summary>The consumption units of a household: what disposable income is divided by to compare households of different size.</summary>
/// <remarks>
/// Single 1.00 or couple 1.51, further adults 0.60 each, the first child 0–19 years 0.52 and each further 0.42; a child who lives by
/// turns 0.38 and 0.28, and is the first only where no child lives there all the time. Swedish: <i>konsumtionsenheter</i>. Source: SCB.
/// </remarks>
internal static class ConsumptionUnits
{
    /// <summary>The consumption units.</summary>
    /// <param name="scale">The scale of the year.</param>
    /// <param name="household">The household.</param>
    public static double Of(ConsumptionUnitScale scale, HouseholdComposition household)
    {
        ArgumentNullException.ThrowIfNull(household);
        return Of(scale, household.Adults, household.Couple, household.ChildAges.Length, household.AlternatingChildren);
    }

    /// <summary>The consumption units.</summary>
    /// <param name="scale">The scale of the year.</param>
    /// <param name="adults">Persons of 20 years and more, the couple included.</param>
    /// <param name="couple">Whether two of them are a couple.</param>
    /// <param name="children">Children 0–19 who live there all the time.</param>
    /// <param name="alternating">Children who live there by turns.</param>
    public static double Of(ConsumptionUnitScale scale, int adults, bool couple, int children, int alternating = 0)
    {
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentOutOfRangeException.ThrowIfLessThan(adults, couple ? 2 : 1);
        ArgumentOutOfRangeException.ThrowIfNegative(children);
        ArgumentOutOfRangeException.ThrowIfNegative(alternating);
        var units = couple ? scale.Couple + ((adults - 2) * scale.FurtherAdult) : scale.Single + ((adults - 1) * scale.FurtherAdult);
        if (children > 0) units += scale.FirstChild + ((children - 1) * scale.FurtherChild);
        if (alternating > 0)
            units += (children == 0 ? scale.FirstAlternatingChild : scale.FurtherAlternatingChild)
                + ((alternating - 1) * scale.FurtherAlternatingChild);
        return units;
    }
}
