using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Analys.Attack.Tests.Fuzz;

/// <summary>Spoils JSON so that it stays JSON: another kind of value, another number, a member that is gone, doubled or called
/// otherwise.</summary>
internal static class JsonMutation
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1e308", "1e400", "-0.0", "2147483648", "9223372036854775808", "0.1", "\"\"", "\"x\"", "\" \"",
        "\"\\u0000\"", "\"..\"", "\"2020-02-30\"", "\"median:\"", "\"0-17\"", "\"+10%\"", "\"T\"", "\"a|b\"", "[]", "{}", "[[]]", "[null]",
        "[{}]", "{\"\":null}", "{\"value\":null}", "{\"value\":[1]}", "[1,\"a\",null]",
    ];

    /// <summary>One to three changes.</summary>
    /// <param name="original">The JSON.</param>
    /// <param name="random">Where chance comes from.</param>
    public static byte[] Of(string original, Random random)
    {
        var root = JsonNode.Parse(original.Split('\n', 2)[0].EndsWith('}') ? original.Split('\n', 2)[0] : original)!;
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var places = Places(root).ToList();
            if (places.Count == 0) break;
            Change(places[random.Next(places.Count)], random, places);
        }

        var text = JsonSerializer.SerializeToUtf8Bytes(root, Plain);
        // A number that no double holds is written last: a node would not keep it.
        return random.Next(10) == 0 ? System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(text)
            .Replace("2147483648", "1e400", StringComparison.Ordinal)) : text;
    }

    private static void Change((JsonNode Parent, object Key) place, Random random, List<(JsonNode Parent, object Key)> places)
    {
        var (parent, key) = place;
        switch (random.Next(5))
        {
            case 0 when parent is JsonObject members:
                members.Remove((string)key);
                break;
            case 0 when parent is JsonArray items:
                items.RemoveAt((int)key);
                break;
            case 1 when parent is JsonObject members:
                members[$"{key}{random.Next(2)}"] = members[(string)key]?.DeepClone();
                members.Remove((string)key);
                break;
            case 1 when parent is JsonArray items:
                items.Add(items[(int)key]?.DeepClone());
                break;
            case 2:
                var (from, other) = places[random.Next(places.Count)];
                Put(parent, key, Get(from, other)?.DeepClone());
                break;
            default:
                Put(parent, key, JsonNode.Parse(Values[random.Next(Values.Length)]));
                break;
        }
    }

    private static JsonNode? Get(JsonNode parent, object key) => parent is JsonObject members ? members[(string)key]
        : ((JsonArray)parent)[(int)key];

    private static void Put(JsonNode parent, object key, JsonNode? value)
    {
        if (parent is JsonObject members) members[(string)key] = value;
        else ((JsonArray)parent)[(int)key] = value;
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                yield return (node, name);
                foreach (var place in Places(value)) yield return place;
            }
        }
        else if (node is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                yield return (node, i);
                foreach (var place in Places(items[i])) yield return place;
            }
        }
    }
}
