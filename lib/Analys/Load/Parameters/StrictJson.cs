using System.Text.Json;

namespace Analys.Load.Parameters;

/// <summary>JSON objects whose keys are all known and all there.</summary>
internal static class StrictJson
{
    /// <summary>Refuses an object that lacks a required key or has an unknown one.</summary>
    public static void Keys(JsonElement element, string what, ReadOnlySpan<string> required, ReadOnlySpan<string> optional = default)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new ParameterException($"In the parameter files, {what} is not an object.");
        foreach (var property in element.EnumerateObject())
        {
            if (!required.Contains(property.Name) && !optional.Contains(property.Name)) throw new ParameterException($"In the parameter files, {what} has an unknown key {property.Name}.");
        }

        foreach (var key in required)
        {
            if (!element.TryGetProperty(key, out _)) throw new ParameterException($"In the parameter files, {what} lacks the key {key}.");
        }
    }
}
