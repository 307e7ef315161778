using System.Collections.Immutable;
using System.Text.Json;
using Analys.Domain;
using Analys.Load.Parameters;

namespace Analys.Measure.Synthetic;

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
public sealed record DistrictMargins(
    string Name, double Population, ImmutableArray<double> Background, double SupportShare, double ChildSupportShare, double ChildrenShare,
    double MeanIncome, double MedianIncome, bool MedianIsPublished)
{
    /// <summary>The share of persons of foreign background.</summary>
    public double ForeignShare => Background.Sum() / Population;
}

/// <summary>The published margins of all districts, from <c>data-schemas/parameters/synthetic-margins.json</c>, where the sources stand.</summary>
public sealed class SyntheticMargins
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
            ["name", "population", "background", "supportShare", "childSupportShare", "childrenShare", "meanIncome"], ["medianIncome", "meanOverMedian"]);
        double Of(string key) => element.GetProperty(key).GetDouble();
        var background = element.GetProperty("background");
        var published = element.TryGetProperty("medianIncome", out var median);
        return new DistrictMargins(
            element.GetProperty("name").GetString()!, Of("population"), [.. Origins.Skip(1).Select(origin => background.GetProperty(origin).GetDouble())],
            Of("supportShare"), Of("childSupportShare"), Of("childrenShare"), Of("meanIncome"),
            published ? median.GetDouble() : Of("meanIncome") / Of("meanOverMedian"), published);
    }
}
