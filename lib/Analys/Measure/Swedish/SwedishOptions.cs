using System.Collections.Immutable;

namespace Analys.Measure.Swedish;

/// <summary>The options of Swedish definitions: what a household is held against, who is counted, what is changed. The command has one of
/// the
/// same name for each.</summary>
internal static class SwedishOptions
{
    private const string Amount = ", kronor; not counted without it";

    public static MeasureOption NormYear { get; } = new("norm-year", null, "The year of the national norm, 1999 to 2026");

    public static MeasureOption NormFile { get; } =
        new("norm-file", null, "A norm file of the form of data-schemas/parameters/riksnorm.json");

    public static MeasureOption HousingNorm { get; } = new("housing-norm", null,
        "Housing costs a month for 1, 2, ... persons, comma-separated; without it the extract's own");

    public static MeasureOption HousingMonthly { get; } =
        new("housing-monthly", null, "The extract's housing cost is for a month, not for the year");

    public static MeasureOption OldestChild { get; } =
        new("oldest-child", "17", "The oldest age that the norm counts as a child, 17 to 20");

    public static MeasureOption Electricity { get; } = new("electricity", null, "Household electricity a month" + Amount);

    public static MeasureOption Childcare { get; } =
        new("childcare", null, "Childcare a month for each child of 1-5 years" + Amount);

    public static MeasureOption LocalTravel { get; } =
        new("local-travel", null, "Local travel a month for each person of 18 and above" + Amount);

    public static MeasureOption Union { get; } =
        new("union", null, "Union and unemployment fund a month for each adult" + Amount);

    public static MeasureOption HomeInsurance { get; } = new("home-insurance", null, "Home insurance a month" + Amount);

    public static MeasureOption LunchDeduction { get; } =
        new("lunch-deduction", null, "Apply the norm's deduction for free lunch; not applied in Stockholm");

    public static MeasureOption Ages { get; } = new("ages", "0-17", "Who is counted");

    public static MeasureOption Line { get; } = new("line", null,
        "The line of low economic standard or poverty, kronor per consumption unit (60 % of the national median)");

    public static MeasureOption EducationAges { get; } = new("education-ages", "20-64",
        "Socioeconomic index: the ages of the share with pre-secondary education, 20-64 or 25-64; which is SCB's is not verified")
    {
        Words = ["20-64", "25-64"],
    };

    public static MeasureOption To { get; } =
        new("to", null, "The year of another norm: the change from --norm-year in a price part and a child part");

    public static MeasureOption Uprate { get; } =
        new("uprate", null, "With --to: what prices explain, such as 3.2%; the single adult's rise without it");

    public static MeasureOption NormActs { get; } =
        new("norm-acts", "both", "A changed norm acts on the line, on the income of those with support, or on both");

    public static MeasureOption ChildNorm { get; } =
        new("child-norm", null, "Change of the norm's amounts for children, such as +10% (a fall as --child-norm=-5%)");

    public static MeasureOption ChildAllowance { get; } =
        new("child-allowance", null, "The new child allowance, kronor a month and child under 16");

    public static MeasureOption HousingAllowance { get; } =
        new("housing-allowance", null, "Kronor a month more to each household with children");

    public static MeasureOption HousingAllowanceLimit { get; } =
        new("housing-allowance-limit", null, "The yearly disposable income below which the housing allowance is raised");

    public static MeasureOption Ceiling { get; } =
        new("ceiling", null, "The most that a household with income support has in a month, support and allowances together");

    public static MeasureOption LargeFamilyFactor { get; } = new("large-family-factor", null,
        "What the norm's amounts for the fourth and each further child are multiplied by, such as 0.7");

    public static MeasureOption Reform { get; } =
        new("reform", null, "A dated file of reforms (reform.json), each shown beside the others");

    public static MeasureOption HousingCost { get; } = new("housing-cost", null, "With --marginal: the housing cost a month");

    public static MeasureOption Household { get; } = new("household", null,
        "A household to show: adults:ages of children, such as 2:5,8; several times for several");

    /// <summary>What every measure that holds households against the norm depends on.</summary>
    public static ImmutableArray<MeasureOption> Norm { get; } =
    [
        NormYear, NormFile, HousingNorm, HousingMonthly, OldestChild, Electricity, Childcare, LocalTravel, Union, HomeInsurance,
        LunchDeduction, Ages,
    ];

    /// <summary>What a count before and after a change of policy depends on.</summary>
    public static ImmutableArray<MeasureOption> Change { get; } =
    [
        .. Norm, ChildNorm, ChildAllowance, HousingAllowance, HousingAllowanceLimit, Ceiling, LargeFamilyFactor, NormActs, Reform,
    ];

    /// <summary>What a comparison of two norms depends on.</summary>
    public static ImmutableArray<MeasureOption> Norms { get; } = [.. Norm, To, Uprate, NormActs];
}
