namespace Analys.Load;

/// <summary>What a column may be for, by its name in Swedish registers and statistics. A guess, always to be reviewed.</summary>
internal static class RoleGuess
{
    // The first that fits counts; a name is compared in lower case without its year (DispInkKE04).
    private static readonly (string Start, Role Role)[] Names =
    [
        ("lopnr", Role.Person), ("löpnr", Role.Person), ("personid", Role.Person), ("p1105_lopnr", Role.Person), ("hushid", Role.Household), ("hushåll", Role.Household), ("hushall", Role.Household),
        ("household", Role.Household), ("famid", Role.Household), ("dispinkke", Role.EquivalisedIncome), ("ekvinkomst", Role.EquivalisedIncome), ("equivalised", Role.EquivalisedIncome), ("eqinc", Role.EquivalisedIncome),
        ("dispink", Role.DisposableIncome), ("disponibel", Role.DisposableIncome), ("income", Role.DisposableIncome), ("konsumtionsenh", Role.ConsumptionUnits), ("ke_", Role.ConsumptionUnits),
        ("vikt", Role.Weight), ("weight", Role.Weight), ("ålder", Role.Age), ("alder", Role.Age), ("age", Role.Age), ("kön", Role.Sex), ("kon", Role.Sex), ("sex", Role.Sex), ("gender", Role.Sex),
        ("stadsdel", Role.Area), ("sdn", Role.Area), ("sdo", Role.Area), ("deso", Role.Area), ("regso", Role.Area), ("område", Role.Area), ("omrade", Role.Area), ("region", Role.Area), ("area", Role.Area), ("kommun", Role.Area), ("district", Role.Area),
        ("stratum", Role.Stratum), ("strata", Role.Stratum), ("kluster", Role.Cluster), ("cluster", Role.Cluster), ("bistandman", Role.IncomeSupportMonths), ("biståndmån", Role.IncomeSupportMonths), ("socbidrman", Role.IncomeSupportMonths),
        ("period", Role.Period), ("år", Role.Period), ("year", Role.Period), ("tid", Role.Period), ("ar", Role.Period), ("grupp", Role.Group), ("group", Role.Group), ("bakgrund", Role.Background),
        ("upplåtelse", Role.Tenure), ("upplatelse", Role.Tenure), ("utbildning", Role.Education), ("antal", Role.Count), ("count", Role.Count), ("folkmängd", Role.Count), ("andel", Role.Rate), ("procent", Role.Rate), ("share", Role.Rate), ("rate", Role.Rate),
    ];

    public static Role Of(Field field)
    {
        var name = field.Name.ToLowerInvariant().TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        foreach (var (start, role) in Names)
        {
            // Short words must stand alone: "ar" is not the start of "area".
            if (start.Length <= 3 ? name == start || name.StartsWith(start + "_", StringComparison.Ordinal) : name.StartsWith(start, StringComparison.Ordinal)) return role;
        }

        return Role.None;
    }
}
