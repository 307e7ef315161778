using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Analys.Domain;

namespace Analys;

/// <summary>
/// One computed figure: flat, tidy, the same in C#, JSON, CSV and a notebook table. Shares are fractions of one, money is
/// kronor of a stated year.
/// </summary>
[JsonConverter(typeof(ResultJson))]
[DebuggerDisplay("{ToString(),nq}")]
public sealed record Result
{
    /// <summary>Whether it has not passed disclosure control.</summary>
    internal bool IsConfidential => Value.IsConfidential;

    /// <summary>What it is; its figures only where they may be shown.</summary>
    public override string ToString() => IsConfidential && !NotebookHooks.IsSecure ? $"{Measure.Id}: {Results.NotReleased}"
        : string.Join(' ', new[] { Measure.Id, Area, Period, Population?.ToString(), Group, Reference, Value.ToString(), Unit }
            .Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>The measure.</summary>
    public required Definition Measure { get; init; }

    /// <summary>The area's code or name; null for the whole.</summary>
    public string? Area { get; init; }

    /// <summary>The year, tertial or date; null where the data have none.</summary>
    public string? Period { get; init; }

    /// <summary>Who is measured (<c>0-17</c>, <c>sex=woman</c>); null for everyone.</summary>
    public Population? Population { get; init; }

    /// <summary>The group of interest (segregation).</summary>
    public string? Group { get; init; }

    /// <summary>The group it is compared with (segregation).</summary>
    public string? Reference { get; init; }

    /// <summary>The options that were in force, each under the name that its option has.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The value and what is known of it.</summary>
    public required Quantity Value { get; init; }

    /// <summary>The standard error, where one was estimated.</summary>
    public double? StandardError { get; init; }

    /// <summary>The lower end of the interval.</summary>
    public double? Lower { get; init; }

    /// <summary>The upper end of the interval.</summary>
    public double? Upper { get; init; }

    /// <summary>What value, error and interval ends are rounded to; null where they are not.</summary>
    public double? Step { get; init; }

    /// <summary>The unit, where it differs from the definition's.</summary>
    public string? UnitOverride { get; init; }

    /// <summary>The unit of <see cref="Value"/>, <see cref="StandardError"/>, <see cref="Lower"/> and <see cref="Upper"/>.</summary>
    public string Unit => UnitOverride ?? Measure.Unit;

    /// <summary>How many persons (or the schema's unit of observation) stand behind the value; null where it is not known.</summary>
    public double? N { get; init; }

    /// <summary>The counts that disclosure control must check before the value may be shown; not part of the record that is
    /// printed.</summary>
    [JsonIgnore]
    public Basis? Basis { get; init; }

    /// <summary>Whether the value is above a limit; false where it is not known.</summary>
    public static bool operator >(Result left, double right) => left is not null && left.Value > right;

    /// <summary>Whether the value is below a limit; false where it is not known.</summary>
    public static bool operator <(Result left, double right) => left is not null && left.Value < right;

    /// <summary>Whether the value is at least a limit; false where it is not known.</summary>
    public static bool operator >=(Result left, double right) => left is not null && left.Value >= right;

    /// <summary>Whether the value is at most a limit; false where it is not known.</summary>
    public static bool operator <=(Result left, double right) => left is not null && left.Value <= right;
}

/// <summary>Whether data may be shown as they are.</summary>
public enum Confidentiality
{
    /// <summary>Individuals stand behind the figures: disclosure control must pass them first.</summary>
    Confidential,

    /// <summary>The figures were published by their source.</summary>
    Public,
}

/// <summary>
/// Results before disclosure control. They can be computed with, but no chart, table, report or file takes them: release
/// them under a policy first.
/// </summary>
public sealed class Results : IReadOnlyList<Result>
{
    private readonly ImmutableArray<Result> rows;

    /// <summary>Puts computed figures together with where they came from.</summary>
    /// <remarks>Only measures do: a caller who could would declare public what is not.</remarks>
    /// <param name="rows">The figures.</param>
    /// <param name="confidentiality">The confidentiality of the data behind them.</param>
    /// <param name="provenance">Where they came from.</param>
    internal Results(IEnumerable<Result> rows, Confidentiality confidentiality, Provenance provenance)
    {
        // A figure that is taken out of its results does not show itself either.
        this.rows = confidentiality == Confidentiality.Confidential ? [.. rows.Select(row => row.IsConfidential
            ? row : row with { Value = row.Value.Held })] : [.. rows];
        Confidentiality = confidentiality;
        Provenance = provenance;
    }

    /// <summary>What stands in the place of a figure that has not passed disclosure control.</summary>
    internal const string NotReleased = "not released";

    /// <summary>The confidentiality of the data behind the figures.</summary>
    public Confidentiality Confidentiality { get; }

    /// <summary>Where the figures came from.</summary>
    public Provenance Provenance { get; }

    /// <inheritdoc/>
    public int Count => rows.Length;

    /// <inheritdoc/>
    public Result this[int index] => rows[index];

    /// <summary>The figures of both; confidential when either is.</summary>
    /// <param name="other">More figures.</param>
    public Results Concat(Results other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var strictest = (Confidentiality)Math.Min((int)Confidentiality, (int)other.Confidentiality);
        return new Results(rows.Concat(other.rows), strictest, Provenance.Merge(other.Provenance));
    }

    /// <summary>The figures that satisfy <paramref name="condition"/>, with the same confidentiality and provenance.</summary>
    /// <param name="condition">Which to keep.</param>
    public Results Where(Func<Result, bool> condition) => new(rows.Where(condition), Confidentiality, Provenance);

    /// <inheritdoc/>
    public IEnumerator<Result> GetEnumerator() => ((IEnumerable<Result>)rows).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Says how many figures there are; never shows one.</summary>
    public override string ToString() => $"{Count} results, not released; call Release with a policy to show them";
}

/// <summary>Writes a result as the flat record that it is; of one that is not released only the measure.</summary>
internal sealed class ResultJson : JsonConverter<Result>
{
    /// <inheritdoc/>
    public override Result Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Results are written, not read.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Result value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        if (value.IsConfidential && !NotebookHooks.IsSecure)
        {
            writer.WriteStartObject();
            writer.WriteString("measure", value.Measure.Id);
            writer.WriteString("status", Results.NotReleased);
            writer.WriteEndObject();
        }
        else
        {
            WriteWhole(writer, value);
        }
    }

    /// <summary>Writes the whole record, of a result that may be shown.</summary>
    internal static void WriteWhole(Utf8JsonWriter writer, Result value)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", value.Measure.Id);
        writer.WriteString("area", value.Area);
        writer.WriteString("period", value.Period);
        writer.WriteString("population", value.Population?.ToString());
        writer.WriteString("group", value.Group);
        writer.WriteString("reference", value.Reference);
        writer.WriteStartObject("parameters");
        foreach (var (name, text) in value.Parameters) writer.WriteString(name, text);
        writer.WriteEndObject();
        Number("value", value.Value.HasNumber ? value.Value.Number : null);
        Number("standardError", value.StandardError);
        Number("lower", value.Lower);
        Number("upper", value.Upper);
        writer.WriteString("unit", value.Unit);
        Number("n", value.N);
        writer.WriteString("status", value.Value.Status.ToString().ToLowerInvariant());
        Number("step", value.Step);
        writer.WriteString("reason", value.Value.Reason);
        writer.WriteEndObject();

        void Number(string name, double? number)
        {
            if (number is { } known && double.IsFinite(known)) writer.WriteNumber(name, known);
            else writer.WriteNull(name);
        }
    }
}

/// <summary>The points of a curve as results: two for each point, one for x and one for y, so that both pass disclosure control.</summary>
/// <remarks>The parameters <c>point</c> (its number, from 0) and <c>axis</c> (<c>x</c> or <c>y</c>) say which is which. Swedish:
/// <i>kurvpunkter</i>.</remarks>
internal static class CurvePoints
{
    /// <summary>The parameter that holds the number of the point.</summary>
    public const string Point = "point";

    /// <summary>The parameter that holds <c>x</c> or <c>y</c>.</summary>
    public const string Axis = "axis";

    /// <summary>The results of a curve.</summary>
    /// <param name="template">Measure, group, period, population and basis of all points.</param>
    /// <param name="points">The points in order.</param>
    public static IEnumerable<Result> Of(Result template, IEnumerable<(double X, double Y)> points)
    {
        ArgumentNullException.ThrowIfNull(template);
        return points.SelectMany((point, i) => new[]
        {
            template with { Value = Quantity.Known(point.X), Parameters = With(template.Parameters, i, "x") },
            template with { Value = Quantity.Known(point.Y), Parameters = With(template.Parameters, i, "y") },
        });
    }

    /// <summary>The points of each curve in order; a point of which a half is withheld is left out.</summary>
    /// <param name="rows">The results.</param>
    public static ImmutableArray<(double X, double Y)> Read(IEnumerable<Result> rows) =>
    [
        .. rows.Where(row => row.Value.HasNumber && row.Parameters.ContainsKey(Point) && row.Parameters.ContainsKey(Axis))
            .GroupBy(row => int.Parse(row.Parameters[Point], CultureInfo.InvariantCulture))
            .OrderBy(point => point.Key)
            .Select(point =>
                (X: point.FirstOrDefault(row => row.Parameters[Axis] == "x"), Y: point.FirstOrDefault(row => row.Parameters[Axis] == "y")))
            .Where(point => point.X is not null && point.Y is not null)
            .Select(point => (point.X!.Value.Number, point.Y!.Value.Number)),
    ];

    private static ImmutableSortedDictionary<string,
        string> With(ImmutableSortedDictionary<string, string> parameters, int point, string axis) =>
        parameters.SetItem(Point, point.ToString(CultureInfo.InvariantCulture)).SetItem(Axis, axis);
}
