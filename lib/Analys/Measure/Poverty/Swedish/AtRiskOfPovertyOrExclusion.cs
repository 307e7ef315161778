using Analys.Domain;
using Analys.Load;

namespace Analys.Measure.Poverty.Swedish;

/// <summary>At risk of poverty or social exclusion: below the line, severely deprived, or in a household with very little work.</summary>
/// <remarks>
/// Very low work intensity: persons 0–64 in households whose adults worked at most 20 % of what they could have; older persons
/// are not counted for it. Swedish: <i>risk för fattigdom eller social utestängning</i>. Source: Eurostat, EU 2030 target (AROPE).
/// </remarks>
public static class AtRiskOfPovertyOrExclusion
{
    private const double VeryLow = 0.20;
    private static readonly AgeSpan WorkAges = new(0, 64);

    /// <summary>The measure.</summary>
    public static Definition Definition { get; } = new(
        "at-risk-of-poverty-or-exclusion", "At risk of poverty or social exclusion", "Risk för fattigdom eller social utestängning",
        "share of persons below the poverty line, or lacking at least 7 of 13 items, or (0-64) in a household with work intensity of at most 0.20",
        Units.Share, ValueRange.Unit, "Eurostat, ilc_peps01n, EU 2030 target");

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
