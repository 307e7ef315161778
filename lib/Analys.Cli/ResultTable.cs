using System.Globalization;
using Analys.Disclosure;
using Analys.Domain;
using Spectre.Console;

namespace Analys.Cli;

/// <summary>Released results as a table for people: columns that are empty throughout are left out.</summary>
internal static class ResultTable
{
    private static readonly (string Name, Func<Result, string?> Cell)[] Columns =
    [
        ("measure", result => result.Measure.Id),
        ("area", result => result.Area),
        ("period", result => result.Period),
        ("population", result => result.Population),
        ("group", result => result.Group),
        ("reference", result => result.Reference),
        ("parameters", result => string.Join(' ', result.Parameters.Select(pair => $"{pair.Key}={pair.Value}"))),
        ("value", Value),
        ("s.e.", result => Number(result.StandardError)),
        ("lower", result => Number(result.Lower)),
        ("upper", result => Number(result.Upper)),
        ("unit", result => result.Unit),
        ("n", result => Number(result.N)),
    ];

    public static void Write(IAnsiConsole console, Released released)
    {
        var table = new Table { Border = TableBorder.Simple };
        var shown = Columns.Where(column => released.Any(result => !string.IsNullOrEmpty(column.Cell(result)))).ToList();
        foreach (var (name, _) in shown)
        {
            table.AddColumn(new TableColumn(name) { Alignment = name is "value" or "s.e." or "lower" or "upper" or "n" ? Justify.Right : Justify.Left, NoWrap = name is not ("group" or "area" or "reference" or "parameters") });
        }

        foreach (var result in released)
        {
            table.AddRow(shown.Select(column => (Spectre.Console.Rendering.IRenderable)new Text(column.Cell(result) ?? "")));
        }

        console.Write(table);
        if (released.SuppressedCount > 0) console.WriteLine($".. withheld by disclosure control (policy {released.Policy.Name})");
        if (released.IsConfidential) console.WriteLine(Product.ConfidentialNotice);
    }

    private static string Value(Result result) => result.Value.Status switch
    {
        ValueStatus.Suppressed => "..",
        ValueStatus.Undefined => $"undefined: {result.Value.Reason}",
        _ => Number(result.Value.Number)!,
    };

    private static string? Number(double? value) => value?.ToString("G10", CultureInfo.InvariantCulture);
}
