using System.Collections.Immutable;
using System.Globalization;

namespace Analys.Measure.Poverty.Swedish;

/// <summary>The income standard: disposable income over what the household needs by a norm of reasonable living. Below 1 is low.</summary>
/// <remarks>
/// Need = 12 × (riksnorm + housing + electricity + childcare + local travel of those 18 and above + union and unemployment fund + home
/// insurance). Swedish: <i>inkomststandard</i>. Source: SCB, <i>Inkomster och skatter</i>; Salonen, Rädda Barnen 2012:2.
/// </remarks>
public sealed record IncomeStandard
{
    /// <summary>The norm of basic consumption.</summary>
    public required Riksnorm Norm { get; init; }

    /// <summary>The year of the norm, for the results to say.</summary>
    public int? NormYear { get; init; }

    /// <summary>Housing costs a month by number of persons (1, 2, …; the last holds for all larger); null to take the household's actual cost.</summary>
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

    /// <summary>What the results say of it: the year and lunch rule of the norm, where housing costs come from, and what else is added.</summary>
    public ImmutableSortedDictionary<string, string> Parameters
    {
        get
        {
            var parameters = ImmutableSortedDictionary<string, string>.Empty
                .Add("housing", HousingNorm is null ? "actual" : "norm")
                .Add("lunch-deduction", Norm.Lunch == LunchRule.Deduction ? "applied" : "not-applied");
            if (NormYear is { } year) parameters = parameters.Add("norm-year", Text(year));
            foreach (var (name, amount) in (ReadOnlySpan<(string, double)>)
                [("electricity", Electricity), ("childcare", Childcare), ("local-travel", LocalTravel), ("union", UnionAndFund), ("home-insurance", HomeInsurance)])
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
        return Need(Norm.Of(household), household.Persons, household.Adults, household.Adults + household.ChildAges.Count(age => age >= 18), inCare, housingCost);
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
    public double Of(double disposableIncome, HouseholdComposition household, double housingCost) => disposableIncome / Need(household, housingCost);
}
