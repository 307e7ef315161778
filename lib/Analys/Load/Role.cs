namespace Analys.Load;

/// <summary>What a column is for. Measures ask for roles, not names: LISA's names change by year, the roles do not.</summary>
public enum Role
{
    /// <summary>None stated.</summary>
    None,

    /// <summary>The district or small area.</summary>
    Area,

    /// <summary>The sampling or grossing weight.</summary>
    Weight,

    /// <summary>Age in whole years.</summary>
    Age,

    /// <summary>A pseudonymous serial number of the person.</summary>
    Person,

    /// <summary>A pseudonymous serial number of the household.</summary>
    Household,

    /// <summary>The cluster of the sample.</summary>
    Cluster,

    /// <summary>The stratum of the sample.</summary>
    Stratum,

    /// <summary>Disposable income of the household.</summary>
    DisposableIncome,

    /// <summary>Disposable income per consumption unit.</summary>
    EquivalisedIncome,

    /// <summary>Consumption units of the household.</summary>
    ConsumptionUnits,

    /// <summary>Months with income support in the year.</summary>
    IncomeSupportMonths,

    /// <summary>Months of unemployment in the year.</summary>
    UnemploymentMonths,

    /// <summary>A population group.</summary>
    Group,

    /// <summary>A number of persons or things.</summary>
    Count,

    /// <summary>A total that the counts are parts of.</summary>
    Total,

    /// <summary>A share or rate that the source computed.</summary>
    Rate,

    /// <summary>The year, tertial or date.</summary>
    Period,

    /// <summary>Sex.</summary>
    Sex,

    /// <summary>Type of family or household.</summary>
    FamilyType,

    /// <summary>Form of tenure of the dwelling.</summary>
    Tenure,

    /// <summary>Swedish or foreign background.</summary>
    Background,

    /// <summary>Level of education.</summary>
    Education,

    /// <summary>Cost of the dwelling.</summary>
    HousingCost,

    /// <summary>Transfers received.</summary>
    Transfers,

    /// <summary>A replicate weight.</summary>
    ReplicateWeight,

    /// <summary>The name of an indicator.</summary>
    Indicator,

    /// <summary>The council's target. Swedish: <i>KF:s årsmål</i>.</summary>
    CouncilTarget,

    /// <summary>The board's own target. Swedish: <i>nämndens årsmål</i>.</summary>
    BoardTarget,

    /// <summary>The target of one district of a joint unit; the column's title names the district.</summary>
    DistrictTarget,

    /// <summary>What came out.</summary>
    Outcome,

    /// <summary>Whether a lower or a higher value is better.</summary>
    Direction,

    /// <summary>How the districts' values make the joint unit's: a sum or a weighted mean.</summary>
    Aggregation,

    /// <summary>The unit of an indicator.</summary>
    UnitName,

    /// <summary>An amount of money.</summary>
    Amount,

    /// <summary>A quasi-identifier that nothing else names.</summary>
    QuasiIdentifier,

    /// <summary>Free text for the reader.</summary>
    Note,

    /// <summary>A necessity of persons: 1 where it is lacked for want of money.</summary>
    DeprivationItem,

    /// <summary>A necessity of children: 1 where it is lacked for want of money.</summary>
    ChildDeprivationItem,

    /// <summary>How much the household's adults worked of what they could have, 0 to 1.</summary>
    WorkIntensity,
}
