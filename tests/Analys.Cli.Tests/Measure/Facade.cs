using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Analys.Load.Schema;
using Analys.Measure;
using Analys.Measure.Segregation;

namespace Analys.Cli.Tests.Measure;

/// <summary>One choice, said to the façade and to the command: both must give the same figures, and others than without it.</summary>
/// <param name="Choice">The property or argument of the façade.</param>
/// <param name="Without">The façade's figures without the choice.</param>
/// <param name="With">Those with it.</param>
/// <param name="Args">The command with it.</param>
internal sealed record FacadeCase(string Choice, Func<Results> Without, Func<Results> With, IReadOnlyList<string> Args);

/// <summary>Holds the façade against the command.</summary>
internal static class Facade
{
    /// <summary>Fails where a choice does not reach the study that the command's option reaches.</summary>
    public static async Task Check(FacadeCase one)
    {
        var run = await CommandRun.Of([.. one.Args, "--confidential", "--format", "json", "--language", "en"]);
        var with = Try(one.With);
        Assert.True((run.Code == 0) == (with is not null), $"{one.Choice}: the command ended with {run.Code}: {run.Errors}");
        var without = Try(one.Without);
        if (with is null)
        {
            Assert.NotNull(without);
            return;
        }

        var said = Rows(run.Output);
        Assert.NotEmpty(said);
        Assert.Equal(said, with);
        Assert.True(without is null || !without.SequenceEqual(with), $"{one.Choice} changes nothing.");
    }

    /// <summary>The properties of a record that no case names.</summary>
    public static IEnumerable<string> Unnamed(Type choices, IEnumerable<string> named) =>
        choices.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null)
            .Select(property => property.Name).Except(named);

    /// <summary>The optional arguments of a method of the façade that no case names.</summary>
    public static IEnumerable<string> Unsaid(string method, IEnumerable<string> named) =>
        typeof(ExtractMeasures).GetMethods().Single(found => found.Name == method).GetParameters()
            .Where(parameter => parameter.IsOptional && parameter.Name is not ("cancel" or "choices" or "norm" or "change"))
            .Select(parameter => parameter.Name!).Except(named);

    /// <summary>Results as lines that can be compared.</summary>
    public static List<string> Lines(Results results) => [.. results.Select(row => Line(row.Measure.Id, row.Area, row.Period, row.Group,
        row.Parameters.Select(pair => $"{pair.Key}={pair.Value}"), row.Value.HasNumber ? row.Value.Number : null, row.StandardError,
        row.Lower, row.Upper)).Order(StringComparer.Ordinal)];

    private static List<string>? Try(Func<Results> study)
    {
        try
        {
            return Lines(study());
        }
        catch (Exception e) when (e is ArgumentException or ColumnNotFoundException or SchemaException or CountException
            or MeasureOptionException)
        {
            return null;
        }
    }

    private static List<string> Rows(string json) =>
    [
        .. JsonDocument.Parse(json).RootElement.GetProperty("results").EnumerateArray().Select(row => Line(Text(row, "measure")!,
            Text(row, "area"), Text(row, "period"), Text(row, "group"), row.GetProperty("parameters").EnumerateObject().Select(pair =>
            $"{pair.Name}={pair.Value}"), Number(row, "value"), Number(row, "standardError"), Number(row, "lower"), Number(row, "upper")))
            .Order(StringComparer.Ordinal),
    ];

    private static string Line(string measure, string? area, string? period, string? group, IEnumerable<string> parameters,
        params double?[] numbers) => string.Join('|', [measure, area, period, group, .. parameters.Order(StringComparer.Ordinal),
            .. numbers.Select(number => number?.ToString("R", CultureInfo.InvariantCulture) ?? "-")]);

    private static string? Text(JsonElement row, string name) =>
        row.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static double? Number(JsonElement row, string name) =>
        row.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
}
