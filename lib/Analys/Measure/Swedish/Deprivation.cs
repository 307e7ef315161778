using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Measure.Swedish;

/// <summary>Material and social deprivation: who lacks, for want of money, at least so many of a list of necessities.</summary>
/// <remarks>
/// An item is 1 where the necessity is lacked for want of money and 0 else. A person with missing answers is counted where they cannot
/// change the outcome and left out where they can. Swedish: <i>materiell och social fattigdom</i>. Source: Eurostat.
/// </remarks>
internal static class Deprivation
{
    /// <summary>Severe material and social deprivation: at least 7 of 13 items.</summary>
    public static Definition Material { get; } = new(
        "material-social-deprivation", "Severe material and social deprivation", "Allvarlig materiell och social fattigdom",
        "share of persons who lack at least 7 of 13 items for want of money", Units.Share, ValueRange.Unit,
        "Guio et al. 2017; Eurostat, ilc_mdsd, EU 2030 target")
    {
        Tells = Tells.Counts,
        Counts = "persons who lack at least so many of the items",
        Options = [SwedishOptions.Ages],
    };

    /// <summary>Child-specific deprivation: at least 3 of 17 items, children under 16.</summary>
    public static Definition Child { get; } = new(
        "child-deprivation", "Child-specific deprivation", "Materiell och social fattigdom bland barn",
        "share of children under 16 who lack at least 3 of 17 items for want of money", Units.Share, ValueRange.Unit,
        "Guio, Gordon, Marlier, Najera & Pomati 2018; Eurostat, ilc_chmd")
    {
        Tells = Tells.Counts,
        Counts = "children who lack at least so many of the items",
    };

    /// <summary>Severe deprivation as a call asks for it.</summary>
    public static SwedishMeasure MaterialMeasure { get; } =
        new(Material, asked => OfMaterial(asked.Households, asked.Ages)) { Place = 4 };

    /// <summary>Child-specific deprivation as a call asks for it: its ages are its own.</summary>
    public static SwedishMeasure ChildMeasure { get; } = new(Child, asked => OfChild(asked.Households)) { Place = 5 };

    /// <summary>The ages of child-specific deprivation: under 16.</summary>
    public static AgeSpan ChildAges { get; } = new(0, 15);

    /// <summary>The shares of severe material and social deprivation.</summary>
    /// <param name="households">The persons in their households.</param>
    /// <param name="ages">Who is counted; everyone where nothing else is asked for.</param>
    public static Results OfMaterial(RegisterHouseholds households, AgeSpan? ages = null) =>
        FlagShare.Of(Material, households, MaterialFlags(households), ages ?? Ages.All);

    /// <summary>The shares of child-specific deprivation.</summary>
    /// <param name="households">The persons in their households.</param>
    public static Results OfChild(RegisterHouseholds households) => FlagShare.Of(Child, households, ChildFlags(households), ChildAges);

    /// <summary>Who lacks at least 7 of the 13 items.</summary>
    /// <param name="households">The persons in their households.</param>
    /// <exception cref="ColumnNotFoundException">There are not 13 columns of the role DeprivationItem.</exception>
    public static PersonFlags MaterialFlags(RegisterHouseholds households) => Flags(households, Role.DeprivationItem, 13, 7);

    /// <summary>Who lacks at least 3 of the 17 items.</summary>
    /// <param name="households">The persons in their households.</param>
    /// <exception cref="ColumnNotFoundException">There are not 17 columns of the role ChildDeprivationItem.</exception>
    public static PersonFlags ChildFlags(RegisterHouseholds households) => Flags(households, Role.ChildDeprivationItem, 17, 3);

    private static PersonFlags Flags(RegisterHouseholds households, Role role, int items, int threshold)
    {
        ArgumentNullException.ThrowIfNull(households);
        var columns = households.Extract.Columns.Where(column => column.Field.Role == role).OfType<NumberColumn>().ToArray();
        if (columns.Length != items)
            throw new ColumnNotFoundException(
                $"The measure needs {items} columns of numbers of the role {role}; there are {columns.Length}.");
        return PersonFlags.AtLeast(
            [.. columns.Select(column =>
                PersonFlags.Of(column.Count, row => column.MarkAt(row) != Mark.None ? null : column.Values[row] != 0))], threshold);
    }
}

/// <summary>At risk of poverty or social exclusion: below the line, severely deprived, or in a household with very little work.</summary>
/// <remarks>
/// Very low work intensity: persons 0–64 in households whose adults worked at most 20 % of what they could have; older persons
/// are not counted for it. Swedish: <i>risk för fattigdom eller social utestängning</i>. Source: Eurostat, EU 2030 target (AROPE).
/// </remarks>
internal static class AtRiskOfPovertyOrExclusion
{
    private const double VeryLow = 0.20;
    private static readonly AgeSpan WorkAges = new(0, 64);

    /// <summary>The measure.</summary>
    public static Definition Definition { get; } = new(
        "at-risk-of-poverty-or-exclusion", "At risk of poverty or social exclusion", "Risk för fattigdom eller social utestängning",
        "share of persons below the poverty line, or lacking at least 7 of 13 items, or (0-64) in a household with work intensity of at "
            + "most 0.20",
        Units.Share, ValueRange.Unit, "Eurostat, ilc_peps01n, EU 2030 target")
    {
        Tells = Tells.Counts,
        Counts = "persons who are poor, deprived or in a household of low work intensity",
        Options = [SwedishOptions.Line, SwedishOptions.Ages],
    };

    /// <summary>The measure as a call asks for it.</summary>
    public static SwedishMeasure Measure { get; } = new(Definition,
        asked => Of(asked.Households, SocioeconomicIndex.LowEconomicStandard(asked.Households, asked.Line), asked.Ages))
    { Place = 6 };

    /// <summary>The shares.</summary>
    /// <param name="households">The persons in their households.</param>
    /// <param name="poor">Who is below the poverty line.</param>
    /// <param name="ages">Who is counted; everyone where nothing else is asked for.</param>
    public static Results Of(RegisterHouseholds households, PersonFlags poor, AgeSpan? ages = null) =>
        FlagShare.Of(Definition, households, Flags(households, poor), ages ?? Ages.All);

    /// <summary>Who has any of the three.</summary>
    /// <param name="households">The persons in their households.</param>
    /// <param name="poor">Who is below the poverty line.</param>
    /// <exception cref="ColumnNotFoundException">The deprivation items or work intensity are missing.</exception>
    public static PersonFlags Flags(RegisterHouseholds households, PersonFlags poor)
    {
        ArgumentNullException.ThrowIfNull(poor);
        return poor.Or(Deprivation.MaterialFlags(households)).Or(LittleWork(households));
    }

    /// <summary>Who is 0–64 and lives in a household of very low work intensity.</summary>
    /// <param name="households">The persons in their households.</param>
    /// <exception cref="ColumnNotFoundException">Work intensity is missing.</exception>
    public static PersonFlags LittleWork(RegisterHouseholds households)
    {
        ArgumentNullException.ThrowIfNull(households);
        var intensity = RegisterHouseholds.Numbers(households.Extract, Role.WorkIntensity)
            ?? throw new ColumnNotFoundException("The measure needs a column of the role WorkIntensity.");
        return PersonFlags.Of(households.Rows, row =>
            double.IsNaN(households.Ages[row]) ? null
            : !WorkAges.Contains(households.Ages[row]) ? false
            : double.IsNaN(intensity[row]) ? null : intensity[row] <= VeryLow);
    }
}
