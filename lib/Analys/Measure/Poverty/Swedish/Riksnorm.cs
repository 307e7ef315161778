using Analys.Load.Parameters;

namespace Analys.Measure.Poverty.Swedish;

/// <summary>The national norm of a household: personal costs of its members by age and its common costs by size, kronor a month.</summary>
/// <remarks>
/// A couple has the couple's amount; each further adult the single adult's. From 8 persons common costs rise by the step from 6 to 7 for
/// each. Swedish: <i>riksnorm</i>. Source: <i>socialtjänstförordningen</i> 2 kap. 1 §; Socialstyrelsen.
/// </remarks>
public sealed class Riksnorm
{
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

    /// <summary>The oldest age that it has as a child.</summary>
    public int OldestChild => byAge.Length - 1;

    /// <summary>The norm of a household.</summary>
    /// <param name="household">The household; children who live there by turns are not counted.</param>
    /// <exception cref="ParameterException">A child is older than the norm's oldest.</exception>
    public double Of(HouseholdComposition household)
    {
        ArgumentNullException.ThrowIfNull(household);
        var sum = Adults(household.Adults, household.Couple) + Common(household.Persons);
        foreach (var age in household.ChildAges) sum += Child(age);
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
