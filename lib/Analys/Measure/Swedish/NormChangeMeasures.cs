namespace Analys.Measure.Swedish;

/// <summary>What is told of a norm and of its change: amounts of the norm itself, and the households that it meets.</summary>
internal static class NormChangeMeasures
{
    private const string Static = "Static first-round count; Stockholms stad 2012, Riksnormen för försörjningsstöd";

    /// <summary>The norm of a household.</summary>
    public static Definition Norm { get; } = new(
        "norm", "Norm of a household", "Riksnorm för ett hushåll", "personal costs by age + common costs by size", Units.Kronor,
        ValueRange.NonNegative, "Socialtjänstförordningen 2 kap. 1 §; riksnorm.json")
    {
        Tells = Tells.Counts,
        Counts = "nobody: an amount of the norm itself",
        SwedishFormula = "personliga kostnader efter ålder + gemensamma kostnader efter hushållsstorlek",
        Options = [SwedishOptions.NormYear, SwedishOptions.NormFile, SwedishOptions.To, SwedishOptions.Household],
    };

    /// <summary>The change of it.</summary>
    public static Definition NormDifference { get; } = new(
        "norm-change", "Change of a household's norm", "Riksnormens förändring för ett hushåll", "norm after − norm before, by part",
        Units.Kronor, ValueRange.Any, Static)
    {
        Tells = Tells.Counts,
        Counts = "nobody: an amount of the norm itself",
        SwedishFormula = "norm efter − norm före, efter del",
        Options = [SwedishOptions.NormYear, SwedishOptions.NormFile, SwedishOptions.To, SwedishOptions.Uprate, SwedishOptions.Household],
    };

    /// <summary>Households with an income below the need.</summary>
    public static Definition Entitled { get; } = new(
        "households-entitled", "Households entitled to support", "Hushåll med rätt till bistånd", "Σ w [income < need]", Units.Count,
        ValueRange.NonNegative, Static)
    {
        Tells = Tells.Counts,
        Counts = "households below the norm",
        SwedishFormula = "Σ w [inkomst < behov]",
        Options = SwedishOptions.Norms,
    };

    /// <summary>The change of their number.</summary>
    public static Definition EntitledChange { get; } = new(
        "households-entitled-change", "Change in households entitled", "Förändring av hushåll med rätt till bistånd",
        "Σ w ([income < need after] − [income < need before]), by part", Units.Count, ValueRange.Any, Static)
    {
        Tells = Tells.Counts,
        Counts = "households below the norm",
        SwedishFormula = "Σ w ([inkomst < behov efter] − [inkomst < behov före]), efter del",
        Options = SwedishOptions.Norms,
    };

    /// <summary>The cost.</summary>
    public static Definition Cost { get; } = new(
        "support-cost-change", "Change in the cost of income support", "Förändrad kostnad för ekonomiskt bistånd",
        "Σ w · months with support · change of the norm, kronor a year, by part", Units.Kronor, ValueRange.Any, Static)
    {
        Tells = Tells.Amount,
        SwedishFormula = "Σ w · månader med bistånd · normens förändring, kronor per år, efter del",
        Options = SwedishOptions.Norms,
    };

    /// <summary>Children whose household's norm rises beyond prices while it has support.</summary>
    public static Definition Winners { get; } = new(
        "norm-winners", "Children who gain beyond prices", "Barn som vinner utöver priserna",
        "Σ w [child part of the household's norm > 0 and months with support > 0]", Units.Persons, ValueRange.NonNegative, Static)
    {
        Tells = Tells.Counts,
        Counts = "households that gain",
        SwedishFormula = "Σ w [barndelen av hushållets norm > 0 och månader med bistånd > 0]",
        Options = SwedishOptions.Norms,
    };

    /// <summary>What a household has.</summary>
    public static Definition Disposable { get; } = new(
        "disposable-income", "Disposable income with income support", "Disponibel inkomst med bistånd",
        "income after tax + child allowance + support up to the norm, kronor a month", Units.Kronor, ValueRange.NonNegative,
        "Socialtjänstlagen 4 kap. 3 §; socialförsäkringsbalken 15 kap.")
    {
        Tells = Tells.Amount,
        SwedishFormula = "inkomst efter skatt + barnbidrag + bistånd upp till normen, kronor i månaden",
        Options = [SwedishOptions.NormYear, SwedishOptions.Household, SwedishOptions.HousingCost],
    };

    /// <summary>What support takes back of a rise of income.</summary>
    public static Definition Marginal { get; } = new(
        "marginal-effect", "Marginal effect", "Marginaleffekt", "1 − rise of disposable income / rise of income", Units.Share,
        ValueRange.Unit, "Socialtjänstlagen 4 kap. 3 §")
    {
        Tells = Tells.Amount,
        SwedishFormula = "1 − den disponibla inkomstens ökning / inkomstens ökning",
        Options = [SwedishOptions.NormYear, SwedishOptions.Household, SwedishOptions.HousingCost],
    };
}
