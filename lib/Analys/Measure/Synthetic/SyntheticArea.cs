using System.Collections.Immutable;
using System.Text.Json;
using Analys.Domain;
using Analys.Load.Schema;
using Analys.Measure.Swedish;

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

    /// <summary>The consumption units of a household in a year, and its children of 0–17 and 0–15; persons not yet born are not
    /// counted.</summary>
    public (double Units, int Children, int WithAllowance) Composition(in SyntheticHousehold household, int year,
        ConsumptionUnitScale scale)
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

        return (ConsumptionUnits.Of(scale, Math.Max(adults, household.Couple ? 2 : 1), household.Couple, minors),
            children, withAllowance);
    }
}

/// <summary>What is published of a district, for the synthetic register to follow.</summary>
/// <param name="Name">The district among the 14 of 2007.</param>
/// <param name="Population">Inhabitants.</param>
/// <param name="Background">Persons of foreign background by origin, in the order of <see cref="SyntheticMargins.Origins"/>.</param>
/// <param name="SupportShare">The share of persons in households with income support in the year.</param>
/// <param name="ChildSupportShare">The same of children.</param>
/// <param name="ChildrenShare">The share of children 0–17 among persons.</param>
/// <param name="MeanIncome">Mean disposable income of households, kronor.</param>
/// <param name="MedianIncome">The median, or what the region's ratio of mean to median makes of the mean.</param>
/// <param name="MedianIsPublished">Whether the median is the district's own.</param>
internal sealed record DistrictMargins(
    string Name, double Population, ImmutableArray<double> Background, double SupportShare, double ChildSupportShare, double ChildrenShare,
    double MeanIncome, double MedianIncome, bool MedianIsPublished)
{
    /// <summary>The share of persons of foreign background.</summary>
    public double ForeignShare => Background.Sum() / Population;
}

/// <summary>The published margins of all districts, from <c>data-schemas/parameters/synthetic-margins.json</c>, where the sources
/// stand.</summary>
internal sealed class SyntheticMargins
{
    private SyntheticMargins(int year, ImmutableArray<DistrictMargins> districts)
    {
        Year = year;
        Districts = districts;
    }

    /// <summary>Origins of persons; the first is Swedish background.</summary>
    public static ImmutableArray<string> Origins { get; } =
        ["svensk", "norden", "europa", "afrika", "nordamerika", "sydamerika", "asien", "övriga"];

    /// <summary>Stockholm's.</summary>
    public static SyntheticMargins Stockholm { get; } = Load();

    /// <summary>The year that the register is labelled with.</summary>
    public int Year { get; }

    /// <summary>The 14 districts.</summary>
    public ImmutableArray<DistrictMargins> Districts { get; }

    private static SyntheticMargins Load()
    {
        using var stream = DataSchemas.Open("parameters/synthetic-margins.json");
        using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { AllowDuplicateProperties = false });
        var root = document.RootElement;
        StrictJson.Keys(root, "synthetic-margins", ["description", "swedish", "lastChecked", "year", "sources", "districts"], ["note"]);
        return new SyntheticMargins(root.GetProperty("year").GetInt32(), [.. root.GetProperty("districts").EnumerateArray().Select(Read)]);
    }

    private static DistrictMargins Read(JsonElement element)
    {
        StrictJson.Keys(
            element, "a district of synthetic-margins",
            ["name", "population", "background", "supportShare", "childSupportShare", "childrenShare", "meanIncome"],
            ["medianIncome", "meanOverMedian"]);
        double Of(string key) => element.GetProperty(key).GetDouble();
        var background = element.GetProperty("background");
        var published = element.TryGetProperty("medianIncome", out var median);
        return new DistrictMargins(
            element.GetProperty("name").GetString()!, Of("population"),
            [.. Origins.Skip(1).Select(origin => background.GetProperty(origin).GetDouble())],
            Of("supportShare"), Of("childSupportShare"), Of("childrenShare"), Of("meanIncome"),
            published ? median.GetDouble() : Of("meanIncome") / Of("meanOverMedian"), published);
    }
}
