using System.Globalization;
using System.Text.Json;
using Analys.Measure.Effects.Fits;
using Analys.Measure.Effects.Panel;
using Analys.Measure.Effects.Persons;

namespace Analys.Tests.Measure.Effects;

/// <summary>The reference data of effect studies beside the repository.</summary>
internal static class EffectReference
{
    public static JsonElement Barnstod { get; } = Json("barnstod_reference.json");

    public static JsonElement Lalonde { get; } = Json("lalonde_reference.json");

    public static PanelData BarnstodPanel(bool children = false)
    {
        var rows = Rows("barnstod_panel.csv").ToArray();
        var periods = rows.Select(row => Number(row[1])).Distinct().Order().ToArray();
        var units = rows.GroupBy(row => row[0]).ToArray();
        return new(
            [.. units.Select(unit => unit.OrderBy(row => Number(row[1])).Select(row => Number(row[4])).ToArray())],
            [.. units.Select(unit => unit.First()[2] is "" or "0" or "NA" ? (double?)null : Number(unit.First()[2]))],
            periods, [.. units.Select(unit => unit.Key)], weights: children ? [.. units.Select(unit => Number(unit.First()[3]))] : null);
    }

    public static CrossSection LalondePersons()
    {
        var rows = Rows("lalonde_matchit.csv").ToArray();
        double[] Column(int column) => [.. rows.Select(row => Number(row[column]))];
        var covariates = Covariates.Of([("age", Column(2), null), ("educ", Column(3), null),
            ("race", null, [.. rows.Select(row => row[4])]),
            ("married", Column(5), null), ("nodegree", Column(6), null), ("re74", Column(7), null), ("re75", Column(8), null)]);
        return new(Column(9), [.. Column(1).Select(value => value == 1)], covariates);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Rows(string file) =>
        File.ReadLines(Repository.SharedAt("reference", "effects", file)).Skip(1)
            .Select(line => line.Split(',').Select(cell => cell.Trim('"')).ToArray());

    private static JsonElement Json(string file)
    {
        var path = Repository.SharedAt("reference", "effects", file);
        return File.Exists(path) ? JsonDocument.Parse(File.ReadAllText(path)).RootElement : default;
    }
}
