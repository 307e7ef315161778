using System.Globalization;
using System.Text.Json;

namespace Analys.Load;

/// <summary>Whether a text is of a field's type, for the types that are kept as text.</summary>
internal static class TextTypes
{
    public static bool IsValid(string text, Field field) => field.Type switch
    {
        FieldType.String => IsString(text, field.Format),
        FieldType.Date => IsDate(text, field.Format, "yyyy-MM-dd"),
        FieldType.DateTime => field.Format is "default" or "any"
            ? DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
            : IsDate(text, field.Format, "yyyy-MM-ddTHH:mm:ss"),
        FieldType.Time => TimeOnly.TryParseExact(text, "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        FieldType.YearMonth => DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        FieldType.Object or FieldType.GeoJson => IsJson(text, JsonValueKind.Object),
        FieldType.Array => IsJson(text, JsonValueKind.Array),
        FieldType.Duration => text.StartsWith('P') || text.StartsWith("-P", StringComparison.Ordinal),
        FieldType.GeoPoint => text.Split(',') is [var longitude, var latitude]
            && double.TryParse(longitude, CultureInfo.InvariantCulture, out var x) && double.TryParse(latitude, CultureInfo.InvariantCulture, out var y)
            && Math.Abs(x) <= 180 && Math.Abs(y) <= 90,
        _ => true,
    };

    private static bool IsString(string text, string format) => format switch
    {
        "email" => text.IndexOf('@') is > 0 and var at && at == text.LastIndexOf('@') && text.IndexOf('.', at) > at + 1 && !text.Any(char.IsWhiteSpace),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "binary" => Convert.TryFromBase64String(text, new byte[text.Length], out _),
        _ => true,
    };

    private static bool IsDate(string text, string format, string iso)
    {
        var pattern = format is "default" or "any" ? iso : FromStrftime(format);
        return DateTime.TryParseExact(text, pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    private static string FromStrftime(string format) => format
        .Replace("%Y", "yyyy", StringComparison.Ordinal).Replace("%m", "MM", StringComparison.Ordinal)
        .Replace("%d", "dd", StringComparison.Ordinal).Replace("%y", "yy", StringComparison.Ordinal)
        .Replace("%H", "HH", StringComparison.Ordinal).Replace("%M", "mm", StringComparison.Ordinal)
        .Replace("%S", "ss", StringComparison.Ordinal).Replace("%b", "MMM", StringComparison.Ordinal)
        .Replace("%B", "MMMM", StringComparison.Ordinal);

    private static bool IsJson(string text, JsonValueKind kind)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == kind;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
