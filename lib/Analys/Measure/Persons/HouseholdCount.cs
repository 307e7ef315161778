using Analys.Measure.Poverty;

namespace Analys.Measure.Persons;

/// <summary>Counts households whose members stand apart: each once on either side of a domain, or disclosure control would be told of more families than there are.</summary>
internal sealed class HouseholdCount
{
    private readonly HashSet<(int Domain, int Household, bool Poor)> seen = [];

    /// <summary>Adds a person's household to the sums of a domain.</summary>
    public void Add(ref PovertySums sum, int domain, int household, bool poor)
    {
        if (!seen.Add((domain, household, poor))) return;
        if (poor) sum.PoorHouseholds++;
        else sum.OtherHouseholds++;
    }
}
