using System.Collections.Immutable;

namespace Analys.Measure.Poverty.Swedish;

/// <summary>Who lives in a household, as far as norms and scales ask.</summary>
/// <param name="Adults">Adults, the couple included; at least one.</param>
/// <param name="Couple">Whether two of the adults are a couple.</param>
/// <param name="ChildAges">The ages of the children who live there all the time.</param>
/// <param name="AlternatingChildren">Children who live there by turns; they count in the consumption units only.</param>
public sealed record HouseholdComposition(int Adults, bool Couple, ImmutableArray<int> ChildAges, int AlternatingChildren = 0)
{
    /// <summary>Everyone who lives there all the time.</summary>
    public int Persons => Adults + ChildAges.Length;
}
