using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Analys.Load;

/// <summary>Reads properties of a schema's JSON; a property of the wrong kind is said, with its place, never passed over.</summary>
internal sealed class SchemaJson(JsonObject node, string place)
{
    /// <summary>Where it stands, for messages.</summary>
    public string Place { get; } = place;

    /// <summary>The object itself.</summary>
    public JsonObject Node { get; } = node;

    public static SchemaJson Of(JsonNode? node, string place) => node is JsonObject value ? new(value, place) : throw new SchemaException($"{place} is not a JSON object.");

    public bool Has(string key) => Node.ContainsKey(key);

    public string? Text(string key) => Node[key] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw Wrong(key, "text"),
    };

    public bool? Flag(string key) => Node[key] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>(),
        _ => throw Wrong(key, "true or false"),
    };

    public int? Whole(string key) => Node[key] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() is JsonValueKind.Number or JsonValueKind.String
            && int.TryParse(Scalar(value), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Wrong(key, "a whole number"),
    };

    public char? Character(string key) => Text(key) switch
    {
        null => null,
        { Length: 1 } text when text[0] is not ('\n' or '\r' or '"') => text[0],
        _ => throw Wrong(key, "one character"),
    };

    public string? ScalarAt(string key) => Node[key] is null ? null : Scalar(Node[key]) ?? throw Wrong(key, "a text or number");

    public SchemaJson? Object(string key) => Node[key] is { } value ? Of(value, $"{Place}: {key}") : null;

    public JsonArray? List(string key) => Node[key] switch
    {
        null => null,
        JsonArray list => list,
        _ => throw Wrong(key, "a list"),
    };

    /// <summary>A name or a list of names.</summary>
    public ImmutableArray<string> Names(string key) => Node[key] switch
    {
        null => [],
        JsonArray list => [.. list.Select(item => Scalar(item) ?? throw Wrong(key, "a list of texts"))],
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => throw Wrong(key, "a text or a list of texts"),
    };

    public SchemaException Wrong(string key, string expected) => new($"{Place}: {key} should be {expected}.");

    /// <summary>A JSON text, number or truth value as text; null for anything else.</summary>
    public static string? Scalar(JsonNode? node) => node is not JsonValue value ? null : value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
        _ => null,
    };
}
