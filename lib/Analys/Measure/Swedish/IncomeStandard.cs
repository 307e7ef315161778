using System.Collections.Immutable;
using System.Globalization;
using Analys.Load.Schema;

namespace Analys.Measure.Swedish;

/// <summary>The income standard: disposable income over what the household needs by a norm of reasonable living. Below 1 is low.</summary>
/// <remarks>
/// Need = 12 × (riksnorm + housing + electricity + childcare + local travel of those 18 and above + union and unemployment fund + home
/// insurance). Swedish: <i>inkomststandard</i>. Source: SCB, <i>Inkomster och skatter</i>; Salonen, Rädda Barnen 2012:2.
/// </remarks>
internal sealed record IncomeStandard
{
    /// <summary>The norm of basic consumption.</summary>
    public required Riksnorm Norm { get; init; }

    /// <summary>The year of the norm, for the results to say.</summary>
    public int? NormYear { get; init; }

    /// <summary>Housing costs a month by number of persons (1, 2, …; the last holds for all larger); null to take the household's actual
    /// cost.</summary>
    /// <remarks>SCB's standardised housing costs were not found in a public source, so none are shipped.</remarks>
    public IReadOnlyList<double>? HousingNorm { get; init; }

    /// <summary>Household electricity a month; 0 where it is not counted.</summary>
    public double Electricity { get; init; }

    /// <summary>Childcare a month for each child of 1–5 years.</summary>
    public double Childcare { get; init; }

    /// <summary>Local travel a month for each person of 18 years and more.</summary>
    public double LocalTravel { get; init; }

    /// <summary>Union and unemployment fund a month for each adult.</summary>
    public double UnionAndFund { get; init; }

    /// <summary>Home insurance a month.</summary>
    public double HomeInsurance { get; init; }

    /// <summary>What the results say of it: the year and lunch rule of the norm, where housing costs come from, and what else is
    /// added.</summary>
    public ImmutableSortedDictionary<string, string> Parameters
    {
        get
        {
            var parameters = ImmutableSortedDictionary<string, string>.Empty
                .Add("housing", HousingNorm is null ? "actual" : "norm")
                .Add("lunch-deduction", Norm.Lunch == LunchRule.Deduction ? "applied" : "not-applied");
            if (NormYear is { } year) parameters = parameters.Add("norm-year", Text(year));
            foreach (var (name, amount) in (ReadOnlySpan<(string, double)>)
                [("electricity", Electricity), ("childcare", Childcare), ("local-travel", LocalTravel), ("union", UnionAndFund),
                    ("home-insurance", HomeInsurance)])
            {
                if (amount != 0) parameters = parameters.Add(name, Text(amount));
            }

            return parameters;
        }
    }

    /// <summary>What the household needs in a year, kronor.</summary>
    /// <param name="household">The household.</param>
    /// <param name="housingCost">Its actual housing cost in the year; not used with a housing norm.</param>
    public double Need(HouseholdComposition household, double housingCost)
    {
        ArgumentNullException.ThrowIfNull(household);
        var inCare = household.ChildAges.Count(age => age is >= 1 and <= 5);
        return Need(Norm.Of(household), household.Persons, household.Adults, household.Adults + household.ChildAges.Count(age => age >= 18),
            inCare, housingCost);
    }

    /// <summary>What a household needs in a year, from its parts.</summary>
    internal double Need(double norm, int persons, int adults, int aged18, int inCare, double housingCost)
    {
        var other = Electricity + HomeInsurance + (inCare * Childcare) + (aged18 * LocalTravel) + (adults * UnionAndFund);
        var housing = HousingNorm is null ? housingCost : 12 * HousingNorm[Math.Clamp(persons, 1, HousingNorm.Count) - 1];
        return (12 * (norm + other)) + housing;
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Disposable income over need.</summary>
    /// <param name="disposableIncome">Of the household in the year.</param>
    /// <param name="household">The household.</param>
    /// <param name="housingCost">Its actual housing cost in the year.</param>
    public double Of(double disposableIncome, HouseholdComposition household, double housingCost) =>
        disposableIncome / Need(household, housingCost);
}

/// <summary>Low income standard: the household's disposable income does not reach its need by the norm.</summary>
/// <remarks>
/// SCB holds the norm of one year (2010) fixed and moves it by prices; Rädda Barnen's yearbooks do so too. Here the norm is the one that
/// the caller gives. Swedish: <i>låg inkomststandard</i>.
/// </remarks>
internal static class LowIncomeStandard
{
    /// <summary>The measure.</summary>
    public static Definition Definition { get; } = new(
        "low-income-standard", "Low income standard", "Låg inkomststandard",
        "share of persons in households with disposable income / (12 × (norm + other costs) + housing) < 1",
        Units.Share, ValueRange.Unit, "SCB, Inkomster och skatter; Salonen 2012, Barns ekonomiska utsatthet, Rädda Barnen 2012:2")
    {
        Tells = Tells.Counts,
        Counts = "persons whose household does not reach what it needs by the norm",
        SwedishFormula = "andel personer i hushåll med disponibel inkomst / (12 × (norm + övriga kostnader) + boende) < 1",
        Options = SwedishOptions.Norm,
    };

    /// <summary>The measure as a call asks for it.</summary>
    public static SwedishMeasure Measure { get; } =
        new(Definition, asked => Of(asked.Households, asked.Standard, asked.Ages)) { Place = 1, IsUsual = true };

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
            throw new ParameterException(
                $"The norm of this year has children of 0 to {standard.Norm.OldestChild} years: older ones count as adults.");
        }

        if (!households.HasIncome)
            throw new ColumnNotFoundException("The low income standard needs a column of the role DisposableIncome.");
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

/// <summary>Rädda Barnen's index: children in households with a low income standard or with income support at any time in the
/// year.</summary>
/// <remarks>Children are 0–17. Swedish: <i>Rädda Barnens barnfattigdomsindex</i>. Source: Salonen, Rädda Barnen 2012:2.</remarks>
internal static class ChildPovertyIndex
{
    /// <summary>The measure.</summary>
    public static Definition Definition { get; } = new(
        "child-poverty-index", "Child poverty index (Save the Children Sweden)", "Rädda Barnens barnfattigdomsindex",
        "share of children 0-17 in households with low income standard or at least one month of income support in the year",
        Units.Share, ValueRange.Unit, "Salonen 2012, Barns ekonomiska utsatthet, Rädda Barnen 2012:2")
    {
        Tells = Tells.Counts,
        Counts = "children with a low income standard or income support in the household",
        SwedishFormula =
        "barn 0–17 år i hushåll med låg inkomststandard eller med ekonomiskt bistånd någon gång under året / alla barn 0–17 år",
        Options = SwedishOptions.Norm,
    };

    /// <summary>The measure as a call asks for it.</summary>
    public static SwedishMeasure Measure { get; } =
        new(Definition, asked => Of(asked.Households, asked.Standard, asked.Ages)) { Place = 2, IsUsual = true };

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
        return PersonFlags.OfHouseholds(households, household => households.SupportMonths(household) is var had && double.IsNaN(had)
            ? null : had >= months);
    }
}
