using System.Collections.Immutable;

namespace Analys.Measure.Poverty.Swedish;

/// <summary>How the persons of an extract are read as households.</summary>
public sealed record RegisterTerms
{
    /// <summary>Children to 17; couples by family type where the extract has one that names couples, else two adults are taken as a couple.</summary>
    public static RegisterTerms Default { get; } = new();

    /// <summary>The oldest age that the norm counts as a child: 17, or up to 20 where those at school are to be counted so.</summary>
    public int OldestChild { get; init; } = 17;

    /// <summary>Whether the housing cost of the extract is for a month; it is for a year by default, as income is.</summary>
    public bool HousingCostIsMonthly { get; init; }

    /// <summary>The beginnings of family types that mean a couple, in any case.</summary>
    public ImmutableArray<string> CoupleTypes { get; init; } = ["samman", "par", "gift", "makar", "registrerad", "couple", "married"];

    /// <summary>Whether a family type is a couple's.</summary>
    /// <param name="familyType">The family type of the extract.</param>
    public bool IsCouple(string familyType) => CoupleTypes.Any(start => familyType.StartsWith(start, StringComparison.OrdinalIgnoreCase));
}
