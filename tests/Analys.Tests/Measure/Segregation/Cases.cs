using System.Text.Json;
using Analys.Measure;
using Analys.Measure.Segregation;

namespace Analys.Tests.Measure.Segregation;

/// <summary>The tables of the reference material, and shorthand for single figures.</summary>
internal static class Cases
{
    public static string At(string file) => Repository.SharedAt("reference", "segregation", file);

    public static GroupCounts Grid => GroupCountsReader.Wide(Extract.Load(At("grid20_units.csv")), "id", ["A", "B", "C", "D"]);

    public static NestedCounts Schools =>
        GroupCountsReader.Long(Extract.Load(At("schools00.csv")), "school", "race", "n", ["state", "district"]);

    // The last rows of the file are regions and the whole city.
    public static GroupCounts Stockholm(params string[] groups) =>
        GroupCountsReader.Wide(Extract.Load(Repository.SharedAt("data", "stockholm", "sdo_population_foreign_background_2011.csv")),
            "stadsdelsomrade", groups, "pop2011")
            .Select([.. Enumerable.Range(0, 14)]);

    public static JsonElement Json(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(At(file)));
        return document.RootElement.Clone();
    }

    public static GroupCounts Tiny(string name) => Table(
        [.. Json("tiny_cases.json").GetProperty(name).GetProperty("counts").EnumerateArray()
            .Select(row => row.EnumerateArray().Select(cell => cell.ValueKind == JsonValueKind.Null ? double.NaN : cell.GetDouble())
                .ToArray())]);

    public static GroupCounts Table(params double[][] rows) =>
        new(rows.Select((_, i) => $"{i}"), Enumerable.Range(0, rows[0].Length).Select(g => $"{(char)('A' + g)}"),
            rows.SelectMany(row => row).ToArray());

    /// <summary>The value of a measure for the whole: of all groups, or of one group against the rest or another.</summary>
    public static double Value(this GroupCounts counts, string id, string? group = null, string? reference = null,
        params (string, string)[] options)
    {
        var arguments = options.Aggregate(MeasureArguments.None with { Pairs = reference is not null },
            (all, option) => all.With(option.Item1, option.Item2));
        return SegregationMeasures.Find(id).SelectMany(measure => measure.Of(counts, arguments))
            .Single(result => result.Group == group && result.Reference == reference).Value.Number;
    }
}
