using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Analys.Domain;

namespace Analys.Load.Schema;

/// <summary>A value of a policy parameter and the days on which it is known to be in force, both included.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; <see cref="DateOnly.MaxValue"/> for a value that holds on.</param>
/// <param name="Value">The value.</param>
/// <param name="Reference">The law or publication that states it.</param>
/// <param name="Derived">Whether it was computed from another year's value and not read in a source.</param>
internal sealed record DatedValue<T>(DateOnly From, DateOnly To, T Value, string Reference, bool Derived)
{
    /// <summary>How sure the value is: <c>high</c>, <c>medium</c> or <c>low</c>; null where the file does not say.</summary>
    public string? Confidence { get; init; }

    /// <summary>What else is to be known of it, such as why a part is absent; null for nothing.</summary>
    public string? Note { get; init; }
}

/// <summary>A policy parameter over time. What is not known is absent: asking for it is an error that says what is known.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
internal sealed class DatedParameter<T>
{
    internal DatedParameter(string name, string description, string swedish, string unit, DateOnly lastChecked,
        ImmutableArray<DatedValue<T>> values)
    {
        Name = name;
        Description = description;
        Swedish = swedish;
        Unit = unit;
        LastChecked = lastChecked;
        Values = values;
    }

    /// <summary>The name of the file.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public string Description { get; }

    /// <summary>The Swedish name.</summary>
    public string Swedish { get; }

    /// <summary>The unit of the values.</summary>
    public string Unit { get; }

    /// <summary>The day on which the sources were last looked at: a date of looking, not the end of validity.</summary>
    public DateOnly LastChecked { get; }

    /// <summary>The values in order of time.</summary>
    public ImmutableArray<DatedValue<T>> Values { get; }

    /// <summary>The periods that are known, those in a row together, such as <c>2013-2015, 2017, 2026 (derived)</c>.</summary>
    public string Known
    {
        get
        {
            var spans = new List<(DateOnly From, DateOnly To, bool Derived)>();
            foreach (var value in Values)
            {
                if (spans.Count > 0 && spans[^1].Derived == value.Derived && spans[^1].To.AddDays(1) == value.From)
                    spans[^1] = spans[^1] with { To = value.To };
                else
                    spans.Add((value.From, value.To, value.Derived));
            }

            return spans.Count == 0 ? "no period" : string.Join(", ", spans.Select(span => Period(span.From, span.To, span.Derived)));
        }
    }

    /// <summary>The value in force on a day.</summary>
    /// <param name="date">The day.</param>
    /// <exception cref="ParameterException">It is not known for that day; the message names what is known.</exception>
    public DatedValue<T> At(DateOnly date) => Find(date) ?? throw Unknown(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>The one value in force throughout a year.</summary>
    /// <param name="year">The year.</param>
    /// <exception cref="ParameterException">It is not known for the whole year, or changed in it; the message names what is
    /// known.</exception>
    public DatedValue<T> In(int year)
    {
        var (first, last) = Ends(year);
        var value = Find(first);
        if (value is null && Find(last) is null) throw Unknown(Text(year));
        return value is not null && value.To >= last
            ? value
            : throw new ParameterException($"{Swedish} has no single value in {Text(year)}. Known are {Known}.");
    }

    /// <summary>The twelve monthly values of a year.</summary>
    /// <param name="year">The year.</param>
    /// <exception cref="ParameterException">A month is not known; the message names what is known.</exception>
    public IReadOnlyList<T> Months(int year)
    {
        Ends(year);
        return [.. Enumerable.Range(1, 12).Select(month => (Find(new DateOnly(year, month, 1)) ?? throw Unknown(Text(year))).Value)];
    }

    private DatedValue<T>? Find(DateOnly date) => Values.FirstOrDefault(value => value.From <= date && date <= value.To);

    private (DateOnly First, DateOnly Last) Ends(int year) => year is >= 1 and <= 9999
        ? (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31))
        : throw Unknown(Text(year));

    private ParameterException Unknown(string when) => new($"{Swedish} is not known for {when}. Known are {Known}.");

    private static string Period(DateOnly from, DateOnly to, bool derived)
    {
        var open = to == DateOnly.MaxValue;
        var wholeYears = from is { Month: 1, Day: 1 } && (open || to is { Month: 12, Day: 31 });
        var format = wholeYears ? "yyyy" : "yyyy-MM-dd";
        var first = from.ToString(format, CultureInfo.InvariantCulture);
        var last = to.ToString(format, CultureInfo.InvariantCulture);
        var span = open ? $"{first} onwards" : first == last ? first : wholeYears ? $"{first}-{last}" : $"{first} to {last}";
        return derived ? $"{span} (derived)" : span;
    }

    private static string Text(int year) => year.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A policy parameter is not known for the time asked for, or its file is wrong. The message speaks of the parameter, never of
/// data.</summary>
/// <param name="message">What is wrong, and what is known.</param>
public sealed class ParameterException(string message) : Exception(message);

/// <summary>Reads a dated parameter file: description, unit, values by date each with its own reference, a last-checked date.</summary>
/// <remarks>Unknown or duplicate keys, overlapping periods and a value without a reference are errors, not guesses.</remarks>
internal static class ParameterFile
{
    private static readonly string[] RootKeys = ["description", "swedish", "unit", "lastChecked", "values"];
    private static readonly string[] EntryKeys = ["from", "value", "reference"];

    /// <summary>Reads a file on disk, or the one of this name that ships with the library.</summary>
    /// <param name="name">The name without <c>.json</c>, or a path.</param>
    /// <param name="read">Reads one value.</param>
    public static DatedParameter<T> Load<T>(string name, Func<JsonElement, T> read)
    {
        using var stream = File.Exists(name) ? File.OpenRead(name) : DataSchemas.TryOpen($"parameters/{name}.json")
            ?? throw new ParameterException($"There is no parameter file {Path.GetFileName(name)}.");
        using var reader = new StreamReader(stream);
        return Parse(Path.GetFileNameWithoutExtension(name), reader.ReadToEnd(), read);
    }

    /// <summary>Reads a parameter from text.</summary>
    public static DatedParameter<T> Parse<T>(string name, string json, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = document.RootElement;
            StrictJson.Keys(root, name, RootKeys, ["note"]);
            var lastChecked = Date(root.GetProperty("lastChecked"), name);
            ImmutableArray<DatedValue<T>> values =
                [.. root.GetProperty("values").EnumerateArray().Select(entry => Entry(entry, name, read)).OrderBy(value => value.From)];
            for (var i = 1; i < values.Length; i++)
            {
                if (values[i].From <= values[i - 1].To)
                    throw new ParameterException($"{name}: two values are in force on {values[i].From:yyyy-MM-dd}.");
            }

            return new DatedParameter<T>(name, Text(root, "description"), Text(root, "swedish"), Text(root, "unit"), lastChecked, values);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new ParameterException($"The parameter file {name} is not JSON of the right form, or has a key twice.");
        }
    }

    private static DatedValue<T> Entry<T>(JsonElement entry, string name, Func<JsonElement, T> read)
    {
        StrictJson.Keys(entry, $"a value of {name}", EntryKeys, ["to", "derived", "note", "confidence"]);
        var from = Date(entry.GetProperty("from"), name);
        var to = entry.TryGetProperty("to", out var end) ? Date(end, name) : DateOnly.MaxValue;
        if (to < from) throw new ParameterException($"{name}: a value ends before it begins ({from:yyyy-MM-dd}).");
        if (string.IsNullOrWhiteSpace(Text(entry, "reference")))
            throw new ParameterException($"{name}: the value from {from:yyyy-MM-dd} has no reference.");
        var derived = entry.TryGetProperty("derived", out var flag) && flag.GetBoolean();
        var confidence = entry.TryGetProperty("confidence", out var sure) ? sure.GetString() : null;
        if (confidence is not (null or "high" or "medium" or "low"))
            throw new ParameterException($"{name}: a confidence is high, medium or low.");
        return new DatedValue<T>(from, to, read(entry.GetProperty("value")), Text(entry, "reference"), derived)
        {
            Confidence = confidence,
            Note = entry.TryGetProperty("note", out var note) ? note.GetString() : null,
        };
    }

    private static string Text(JsonElement element, string key) => element.GetProperty(key).GetString() ?? "";

    private static DateOnly Date(JsonElement element, string name) =>
        DateOnly.TryParseExact(element.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new ParameterException($"{name}: dates are written yyyy-MM-dd.");
}

/// <summary>JSON objects whose keys are all known and all there.</summary>
internal static class StrictJson
{
    /// <summary>Refuses an object that lacks a required key or has an unknown one.</summary>
    public static void Keys(JsonElement element, string what, ReadOnlySpan<string> required, ReadOnlySpan<string> optional = default)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new ParameterException($"In the parameter files, {what} is not an object.");
        foreach (var property in element.EnumerateObject())
        {
            if (!required.Contains(property.Name) && !optional.Contains(property.Name))
                throw new ParameterException($"In the parameter files, {what} has an unknown key {property.Name}.");
        }

        foreach (var key in required)
        {
            if (!element.TryGetProperty(key, out _)) throw new ParameterException($"In the parameter files, {what} lacks the key {key}.");
        }
    }
}
