using System.Collections.Immutable;
using Analys.Domain;

namespace Analys.Measure.Persons;

/// <summary>Which columns of an extract say what. A name that is null is found by its role; a role that no column has is passed over.</summary>
public sealed record PersonColumns
{
    /// <summary>Every column by its role.</summary>
    public static PersonColumns ByRole { get; } = new();

    /// <summary>Income per consumption unit.</summary>
    public string? Income { get; init; }

    /// <summary>The weight.</summary>
    public string? Weight { get; init; }

    /// <summary>The area.</summary>
    public string? Area { get; init; }

    /// <summary>Age in years.</summary>
    public string? Age { get; init; }

    /// <summary>The household.</summary>
    public string? Household { get; init; }

    /// <summary>The cluster that was drawn; the household where none is known.</summary>
    public string? Cluster { get; init; }

    /// <summary>The stratum that it was drawn from.</summary>
    public string? Stratum { get; init; }

    /// <summary>The person, for panels.</summary>
    public string? Person { get; init; }

    /// <summary>The year.</summary>
    public string? Period { get; init; }

    /// <summary>Social transfers, in the unit of the income.</summary>
    public string? Transfers { get; init; }

    /// <summary>The cost of the dwelling, in the unit of the income.</summary>
    public string? HousingCost { get; init; }

    /// <summary>Months with income support in the year.</summary>
    public string? SupportMonths { get; init; }

    /// <summary>Replicate weights; empty to take those with that role.</summary>
    public ImmutableArray<string> ReplicateWeights { get; init; } = [];

    /// <summary>The columns to break down by: names, or roles such as <c>area</c>, <c>familyType</c>, <c>tenure</c>; <c>ageGroup</c> for <see cref="AgeGroups"/>.</summary>
    public ImmutableArray<string> By { get; init; } = [];

    /// <summary>The age groups of the breakdown <c>ageGroup</c>.</summary>
    public ImmutableArray<AgeSpan> AgeGroups { get; init; } = [new(0, 5), new(6, 12), new(13, 17), new(18, 19), new(20, 64), new(65, null)];

    /// <summary>Whether an income must be there: not for measures of assistance.</summary>
    public bool IncomeRequired { get; init; } = true;

    /// <summary>What is done with incomes below zero.</summary>
    public Inequality.NegativeIncomes Negative { get; init; }

    /// <summary>Whether rows without an income are refused; otherwise they are left out, and the provenance says so.</summary>
    public bool RejectMissingIncome { get; init; }
}
