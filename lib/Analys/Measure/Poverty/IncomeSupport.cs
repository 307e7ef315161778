using Analys.Domain;
using Analys.Measure.Inequality;

namespace Analys.Measure.Poverty;

/// <summary>Persons in households with income support, from the months of support in the year.</summary>
/// <remarks>
/// Persons whose months are not known are left out. Swedish: <i>andel i hushåll med ekonomiskt bistånd; långvarigt bistånd (minst tio månader)</i>.
/// </remarks>
public static class IncomeSupport
{
    /// <summary>At least one month in the year.</summary>
    public static IncomeMeasure Share { get; } = Make(Indicators.IncomeSupportShare.Definition, 1);

    /// <summary>At least ten months of the calendar year.</summary>
    public static IncomeMeasure LongTermShare { get; } = Make(
        new Definition("long-term-income-support-share", "Share with long-term income support", "Andel i hushåll med långvarigt ekonomiskt bistånd", "Σ w [months ≥ 10] / Σ w", Units.Share, ValueRange.Unit, "Socialstyrelsen, Ekonomiskt bistånd; Kolada U31809"), 10);

    private static IncomeMeasure Make(Definition definition, int months)
    {
        var context = new MeasureContext(-months, Poor: PoorRule.AtOrBelow);
        var count = Fgt.Headcount;
        return new IncomeMeasure(definition, (incomes, _) => count.Formula(incomes, context))
        {
            Concept = IncomeConcept.SupportMonths,
            OwnLine = -months,
            IsPoorShare = true,
            SumPower = 0,
            Influence = (incomes, _, influence) => count.Influence!(incomes, context, influence),
        };
    }
}
