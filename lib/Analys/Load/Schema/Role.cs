namespace Analys.Load.Schema;

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

/// <summary>Roles as a schema, <c>--role</c> and the help write them: <c>equivalisedIncome</c>.</summary>
internal static class RoleNames
{
    /// <summary>All but none.</summary>
    public static IEnumerable<string> All => Enum.GetValues<Role>().Where(role => role != Role.None).Select(Of);

    /// <summary>The name of a role.</summary>
    public static string Of(Role role) => char.ToLowerInvariant($"{role}"[0]) + $"{role}"[1..];
}

/// <summary>What a column may be for, by its name in Swedish registers and statistics. A guess, always to be reviewed.</summary>
internal static class RoleGuess
{
    // The first that fits counts; a name is compared in lower case without its year (DispInkKE04).
    private static readonly (string Start, Role Role)[] Names =
    [
        ("lopnr", Role.Person), ("löpnr", Role.Person), ("personid", Role.Person), ("p1105_lopnr", Role.Person), ("hushid", Role.Household),
        ("hushåll", Role.Household), ("hushall", Role.Household),
        ("household", Role.Household), ("famid", Role.Household), ("dispinkke", Role.EquivalisedIncome),
        ("ekvinkomst", Role.EquivalisedIncome), ("equivalised", Role.EquivalisedIncome), ("eqinc", Role.EquivalisedIncome),
        ("dispink", Role.DisposableIncome), ("disponibel", Role.DisposableIncome), ("income", Role.DisposableIncome),
        ("konsumtionsenh", Role.ConsumptionUnits), ("ke_", Role.ConsumptionUnits),
        ("vikt", Role.Weight), ("weight", Role.Weight), ("ålder", Role.Age), ("alder", Role.Age), ("age", Role.Age), ("kön", Role.Sex),
        ("kon", Role.Sex), ("sex", Role.Sex), ("gender", Role.Sex),
        ("stadsdel", Role.Area), ("sdn", Role.Area), ("sdo", Role.Area), ("deso", Role.Area), ("regso", Role.Area), ("område", Role.Area),
        ("omrade", Role.Area), ("region", Role.Area), ("area", Role.Area), ("kommun", Role.Area), ("district", Role.Area),
        ("stratum", Role.Stratum), ("strata", Role.Stratum), ("kluster", Role.Cluster), ("cluster", Role.Cluster),
        ("bistandman", Role.IncomeSupportMonths), ("biståndmån", Role.IncomeSupportMonths), ("socbidrman", Role.IncomeSupportMonths),
        ("period", Role.Period), ("år", Role.Period), ("year", Role.Period), ("tid", Role.Period), ("ar", Role.Period),
        ("grupp", Role.Group), ("group", Role.Group), ("bakgrund", Role.Background),
        ("upplåtelse", Role.Tenure), ("upplatelse", Role.Tenure), ("utbildning", Role.Education), ("antal", Role.Count),
        ("count", Role.Count), ("folkmängd", Role.Count), ("andel", Role.Rate), ("procent", Role.Rate), ("share", Role.Rate),
        ("rate", Role.Rate),
    ];

    /// <summary>The name by which a ledger knows a column: areas, ages and periods by what they are, so that tables with other headings
    /// meet.</summary>
    public static string Known(Field field) => (field.Role == Role.None ? Of(field) : field.Role) switch
    {
        Role.Area => "area",
        Role.Age => "age",
        Role.Period => "period",
        _ => field.Name,
    };

    public static Role Of(Field field)
    {
        var name = field.Name.ToLowerInvariant().TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        foreach (var (start, role) in Names)
        {
            // Short words must stand alone: "ar" is not the start of "area".
            if (start.Length <= 3 ? name == start || name.StartsWith(start + "_", StringComparison.Ordinal)
                : name.StartsWith(start, StringComparison.Ordinal)) return role;
        }

        return Role.None;
    }
}
