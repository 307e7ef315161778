namespace Analys.Measure.Poverty.Swedish;

/// <summary>What a household of an extract needs in a year, without making an object for each of a million households.</summary>
internal static class HouseholdNeed
{
    /// <summary>The need in kronor; NaN where the housing cost, or a member's age, is not known.</summary>
    public static double Of(RegisterHouseholds households, int household, IncomeStandard standard)
    {
        int adults = 0, aged18 = 0, inCare = 0;
        double children = 0;
        var rows = households.Members(household);
        foreach (var row in rows)
        {
            var age = households.Ages[row];
            if (!(age >= 0)) return double.NaN;
            if (age >= 18) aged18++;
            if (age < households.Terms.OldestChild + 1)
            {
                children += standard.Norm.Child((int)age);
                if (age is >= 1 and < 6) inCare++;
            }
            else
            {
                adults++;
            }
        }

        var norm = children + standard.Norm.Adults(adults, households.IsCouple(household, adults)) + standard.Norm.Common(rows.Length);
        return standard.Need(norm, rows.Length, adults, aged18, inCare, households.HousingCost(household));
    }
}
