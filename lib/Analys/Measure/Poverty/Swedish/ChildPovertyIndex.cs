using Analys.Domain;
using Analys.Load;

namespace Analys.Measure.Poverty.Swedish;

/// <summary>Rädda Barnen's index: children in households with a low income standard or with income support at any time in the year.</summary>
/// <remarks>Children are 0–17. Swedish: <i>Rädda Barnens barnfattigdomsindex</i>. Source: Salonen, Rädda Barnen 2012:2.</remarks>
public static class ChildPovertyIndex
{
    /// <summary>The measure.</summary>
    public static Definition Definition { get; } = new(
        "child-poverty-index", "Child poverty index (Save the Children Sweden)", "Rädda Barnens barnfattigdomsindex",
        "share of children 0-17 in households with low income standard or at least one month of income support in the year",
        Units.Share, ValueRange.Unit, "Salonen 2012, Barns ekonomiska utsatthet, Rädda Barnen 2012:2")
    {
        SwedishFormula = "barn 0–17 år i hushåll med låg inkomststandard eller med ekonomiskt bistånd någon gång under året / alla barn 0–17 år",
    };

    /// <summary>The shares by period and area.</summary>
    /// <param name="households">The persons in their households.</param>
    /// <param name="standard">The norm and what is added to it.</param>
    /// <param name="ages">Who is counted; 0–17 where nothing else is asked for.</param>
    public static Results Of(RegisterHouseholds households, IncomeStandard standard, AgeSpan? ages = null) =>
        FlagShare.Of(Definition, households, Flags(households, standard), ages ?? Ages.Children, standard.Parameters);

    /// <summary>Who is poor by the index.</summary>
    /// <param name="households">The persons in their households.</param>
    /// <param name="standard">The norm and what is added to it.</param>
    /// <exception cref="ColumnNotFoundException">Months of income support, income or housing cost are missing.</exception>
    public static PersonFlags Flags(RegisterHouseholds households, IncomeStandard standard) =>
        LowIncomeStandard.Flags(households, standard).Or(Support(households, 1));

    /// <summary>Who lives in a household with income support in at least this many months of the year.</summary>
    /// <param name="households">The persons in their households.</param>
    /// <param name="months">1 for at any time in the year, 10 for long-term.</param>
    /// <exception cref="ColumnNotFoundException">Months of income support are missing.</exception>
    public static PersonFlags Support(RegisterHouseholds households, int months)
    {
        ArgumentNullException.ThrowIfNull(households);
        if (!households.HasSupport) throw new ColumnNotFoundException("The measure needs a column of the role IncomeSupportMonths.");
        return PersonFlags.OfHouseholds(households, household => households.SupportMonths(household) is var had && double.IsNaN(had) ? null : had >= months);
    }
}
