using Analys.Load.Parameters;

namespace Analys.Measure.Poverty.Swedish;

/// <summary>The consumption units of a household: what disposable income is divided by to compare households of different size.</summary>
/// <remarks>
/// Single 1.00 or couple 1.51, further adults 0.60 each, the first child 0–19 years 0.52 and each further 0.42; a child who lives by
/// turns 0.38 and 0.28, and is the first only where no child lives there all the time. Swedish: <i>konsumtionsenheter</i>. Source: SCB.
/// </remarks>
public static class ConsumptionUnits
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
        if (alternating > 0) units += (children == 0 ? scale.FirstAlternatingChild : scale.FurtherAlternatingChild) + ((alternating - 1) * scale.FurtherAlternatingChild);
        return units;
    }
}
