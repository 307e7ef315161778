using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Analys.Domain;

namespace Analys.Load.Parameters;

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
                [.. root.GetProperty("values").EnumerateArray().Select(entry => Entry(entry, name, lastChecked, read)).OrderBy(value => value.From)];
            for (var i = 1; i < values.Length; i++)
            {
                if (values[i].From <= values[i - 1].To) throw new ParameterException($"{name}: two values are in force on {values[i].From:yyyy-MM-dd}.");
            }

            return new DatedParameter<T>(name, Text(root, "description"), Text(root, "swedish"), Text(root, "unit"), lastChecked, values);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new ParameterException($"The parameter file {name} is not JSON of the right form, or has a key twice.");
        }
    }

    private static DatedValue<T> Entry<T>(JsonElement entry, string name, DateOnly lastChecked, Func<JsonElement, T> read)
    {
        StrictJson.Keys(entry, $"a value of {name}", EntryKeys, ["to", "derived", "note"]);
        var from = Date(entry.GetProperty("from"), name);
        var to = entry.TryGetProperty("to", out var end) ? Date(end, name) : lastChecked;
        if (to < from) throw new ParameterException($"{name}: a value ends before it begins ({from:yyyy-MM-dd}).");
        if (string.IsNullOrWhiteSpace(Text(entry, "reference"))) throw new ParameterException($"{name}: the value from {from:yyyy-MM-dd} has no reference.");
        var derived = entry.TryGetProperty("derived", out var flag) && flag.GetBoolean();
        return new DatedValue<T>(from, to, read(entry.GetProperty("value")), Text(entry, "reference"), derived);
    }

    private static string Text(JsonElement element, string key) => element.GetProperty(key).GetString() ?? "";

    private static DateOnly Date(JsonElement element, string name) =>
        DateOnly.TryParseExact(element.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new ParameterException($"{name}: dates are written yyyy-MM-dd.");
}
