using System.Collections.Immutable;
using Analys.Domain;
using Analys.Measure.Inequality;

namespace Analys.Measure.Poverty;

/// <summary>The catalogue of poverty measures of one year.</summary>
public static class PovertyMeasures
{
    /// <summary>The poor by income without social transfers, the line being that of disposable income.</summary>
    public static IncomeMeasure BeforeTransfers { get; } = Fgt.On(IncomeConcept.BeforeTransfers, new Definition(
        "poverty-before-transfers", "Poverty before social transfers", "Fattigdom före transfereringar", "Σ w [y − transfers < z] / Σ w, z the line of disposable income", Units.Share, ValueRange.Unit, "Eurostat, ilc_li10"));

    /// <summary>The poor by income after the cost of the dwelling.</summary>
    public static IncomeMeasure AfterHousingCosts { get; } = Fgt.On(IncomeConcept.AfterHousing, new Definition(
        "poverty-after-housing-costs", "Poverty after housing costs", "Fattigdom efter boendekostnad", "Σ w [y − h < z] / Σ w, h the cost of the dwelling", Units.Share, ValueRange.Unit, "Department for Work and Pensions, Households Below Average Income: quality and methodology"));

    /// <summary>The measures that need incomes only, with the arguments that are used when none are given.</summary>
    public static ImmutableArray<IncomeMeasure> All { get; } =
    [
        AtRiskOfPovertyThreshold.Measure, Fgt.AtRiskOfPovertyRate, Fgt.LowEconomicStandard, RelativeMedianPovertyGap.Measure,
        Fgt.Headcount, Fgt.Gap, Fgt.Severity, Fgt.Of(2), Watts.Measure, Sen.Measure, SenShorrocksThon.Measure,
    ];
}
