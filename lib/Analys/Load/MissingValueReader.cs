using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Analys.Load;

/// <summary>Reads what a schema says of values that are not there.</summary>
internal static class MissingValueReader
{
    /// <summary>The schema's <c>"marks": { "..": "not-available" }</c>, which hold for every field.</summary>
    public static ImmutableArray<MissingValue> Marks(SchemaJson own) => own.Object("marks") is not { } marks
        ? []
        : [.. marks.Node.Select(pair => new MissingValue(pair.Key, ToMark(marks.Text(pair.Key) ?? ""), marks.Text(pair.Key)))];

    /// <summary>The missing values of a schema or field, without those that the marks define; null where it has none of its own.</summary>
    public static ImmutableArray<MissingValue>? Read(SchemaJson node, ImmutableArray<MissingValue> marks) => node.List("missingValues") is not { } list
        ? null
        : [.. list.Select(item => One(item, node)).Where(item => !marks.Any(mark => mark.Value == item.Value))];

    /// <summary>The mark of a label, such as <c>not available</c>.</summary>
    public static Mark ToMark(string label) => label.Replace('-', ' ').ToUpperInvariant() switch
    {
        "NOT AVAILABLE" => Mark.NotAvailable,
        "NOT APPLICABLE" => Mark.NotApplicable,
        "NIL" => Mark.Nil,
        "SUPPRESSED" or "CONFIDENTIAL" => Mark.Suppressed,
        _ => Mark.Missing,
    };

    private static MissingValue One(JsonNode? item, SchemaJson node)
    {
        if (item is not JsonObject pair) return new MissingValue(SchemaJson.Scalar(item) ?? throw node.Wrong("missingValues", "a list of texts"), Mark.Missing);
        var value = new SchemaJson(pair, $"{node.Place}: missingValues");
        return new MissingValue(value.ScalarAt("value") ?? throw value.Wrong("value", "a text"), ToMark(value.Text("label") ?? ""), value.Text("label"));
    }
}
