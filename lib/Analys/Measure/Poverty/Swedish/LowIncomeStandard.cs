using Analys.Domain;
using Analys.Load;
using Analys.Load.Parameters;

namespace Analys.Measure.Poverty.Swedish;

/// <summary>Low income standard: the household's disposable income does not reach its need by the norm.</summary>
/// <remarks>
/// SCB holds the norm of one year (2010) fixed and moves it by prices; Rädda Barnen's yearbooks do so too. Here the norm is the one that
/// the caller gives. Swedish: <i>låg inkomststandard</i>.
/// </remarks>
public static class LowIncomeStandard
{
    /// <summary>The measure.</summary>
    public static Definition Definition { get; } = new(
        "low-income-standard", "Low income standard", "Låg inkomststandard",
        "share of persons in households with disposable income / (12 × (norm + other costs) + housing) < 1",
        Units.Share, ValueRange.Unit, "SCB, Inkomster och skatter; Salonen 2012, Barns ekonomiska utsatthet, Rädda Barnen 2012:2");

    /// <summary>The shares by period and area.</summary>
    /// <param name="households">The persons in their households.</param>
    /// <param name="standard">The norm and what is added to it.</param>
    /// <param name="ages">Who is counted.</param>
    public static Results Of(RegisterHouseholds households, IncomeStandard standard, AgeSpan ages) =>
        FlagShare.Of(Definition, households, Flags(households, standard), ages, standard.Parameters);

    /// <summary>Who lives in a household with a low income standard; not known where income or housing cost is not.</summary>
    /// <param name="households">The persons in their households.</param>
    /// <param name="standard">The norm and what is added to it.</param>
    /// <exception cref="ParameterException">The norm has no children as old as those who are to be counted so.</exception>
    /// <exception cref="ColumnNotFoundException">Income is missing, or housing cost and a housing norm both.</exception>
    public static PersonFlags Flags(RegisterHouseholds households, IncomeStandard standard)
    {
        ArgumentNullException.ThrowIfNull(households);
        ArgumentNullException.ThrowIfNull(standard);
        if (households.Terms.OldestChild > standard.Norm.OldestChild)
        {
            throw new ParameterException($"The norm of this year has children of 0 to {standard.Norm.OldestChild} years: older ones count as adults.");
        }

        if (!households.HasIncome) throw new ColumnNotFoundException("The low income standard needs a column of the role DisposableIncome.");
        if (standard.HousingNorm is null && !households.HasHousingCost)
        {
            throw new ColumnNotFoundException("The low income standard needs a column of the role HousingCost, or a housing norm.");
        }

        return PersonFlags.OfHouseholds(households, household =>
        {
            var ratio = households.Income(household) / HouseholdNeed.Of(households, household, standard);
            return double.IsNaN(ratio) ? null : ratio < 1;
        });
    }
}
