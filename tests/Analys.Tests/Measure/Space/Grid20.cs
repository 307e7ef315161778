using System.Globalization;
using System.Text.Json;
using Analys.Load.Geo;
using Analys.Measure.Segregation;
using Analys.Measure.Space;

namespace Analys.Tests.Measure.Space;

/// <summary>The reference grid of 400 cells of 500 m with four groups.</summary>
internal static class Grid20
{
    private static readonly Lazy<(GroupCounts Counts, UnitGeography Geography, JsonElement Textbook)> Loaded = new(Load);

    public static GroupCounts Counts => Loaded.Value.Counts;

    public static UnitGeography Geography => Loaded.Value.Geography;

    public static JsonElement Textbook => Loaded.Value.Textbook;

    public static string At(string file) => Repository.SharedAt("reference", "segregation", file);

    public static IEnumerable<double[]> Numbers(string file) =>
        File.ReadLines(At(file)).Skip(1)
        .Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray());

    private static (GroupCounts, UnitGeography, JsonElement) Load()
    {
        var rows = Numbers("grid20_units.csv").ToArray();
        var counts = new GroupCounts(
            rows.Select(row => row[0].ToString(CultureInfo.InvariantCulture)), ["A", "B", "C", "D"],
            rows.SelectMany(row => row[1..5]).ToArray());
        return (counts, GeographyReader.FromGeoJson(GeoFile.Load(At("grid20.geojson")), "id"),
            JsonDocument.Parse(File.ReadAllText(At("grid20_textbook.json"))).RootElement.GetProperty("grid20"));
    }
}
