namespace Analys.Measure.Synthetic;

/// <summary>A person of the register, in the register's year.</summary>
internal struct SyntheticPerson
{
    /// <summary>Age; those born later than an earlier year are not in it.</summary>
    public short Age;
    public bool Woman;
    public byte Origin;

    /// <summary>0 for children under 16, else 1 pre-secondary, 2 secondary, 3 post-secondary.</summary>
    public byte Education;

    /// <summary>255 outside 20–64.</summary>
    public byte UnemploymentMonths;

    /// <summary>Whether the person is a head of the household: an adult who is not somebody's grown child at home.</summary>
    public bool Head;
}

/// <summary>A household of the register.</summary>
internal struct SyntheticHousehold
{
    /// <summary>Its first person in the area.</summary>
    public int First;
    public int Size;
    public bool Couple;
    public bool Foreign;

    /// <summary>0 rented, 1 tenant-owned, 2 owned.</summary>
    public byte Tenure;

    /// <summary>The first and last year offset (0 is the oldest year) in which it lives in the city.</summary>
    public byte From;
    public byte To;

    /// <summary>Its lasting place on the income scale, before the district's level and spread.</summary>
    public double Level;

    /// <summary>Its lasting leaning towards income support beside income.</summary>
    public double Leaning;

    /// <summary>Housing cost in a year, kronor.</summary>
    public int HousingCost;
}

/// <summary>The persons and households of a small area over the years; those who have left stand last.</summary>
internal sealed class SyntheticArea(AreaPlan plan, int years)
{
    public AreaPlan Plan { get; } = plan;

    public int Years { get; } = years;

    public List<SyntheticPerson> Persons { get; } = new(plan.Persons + (plan.Persons / 4));

    public List<SyntheticHousehold> Households { get; } = new(plan.Persons / 2);

    /// <summary>By household and year, log income before the district's level and spread.</summary>
    public double[] LogIncome { get; set; } = [];

    /// <summary>By household and year, disposable income in kronor.</summary>
    public int[] Income { get; set; } = [];

    /// <summary>By household and year, how near to income support; a low score is near.</summary>
    public float[] Score { get; set; } = [];

    /// <summary>By household and year, months with income support.</summary>
    public byte[] SupportMonths { get; set; } = [];

    /// <summary>Whether a household lives in the city in the register's year.</summary>
    public bool IsCurrent(in SyntheticHousehold household) => household.To == Years - 1;

    /// <summary>The consumption units of a household in a year, and its children of 0–17 and 0–15; persons not yet born are not counted.</summary>
    public (double Units, int Children, int WithAllowance) Composition(in SyntheticHousehold household, int year, Load.Parameters.ConsumptionUnitScale scale)
    {
        int adults = 0, minors = 0, children = 0, withAllowance = 0;
        var back = Years - 1 - year;
        for (var i = household.First; i < household.First + household.Size; i++)
        {
            var age = Persons[i].Age - back;
            if (age < 0) continue;
            if (age < 18) children++;
            if (age < 16) withAllowance++;
            if (Persons[i].Head || age > 19) adults++;
            else minors++;
        }

        return (Poverty.Swedish.ConsumptionUnits.Of(scale, Math.Max(adults, household.Couple ? 2 : 1), household.Couple, minors), children, withAllowance);
    }
}
