using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Analys.Load;

/// <summary>Whether a text is of a field's type and format, for the types that are kept as text, and how such texts compare.</summary>
internal static partial class TextTypes
{
    public static bool IsValid(string text, Field field) => field.Type switch
    {
        FieldType.String => IsString(text, field.Format),
        FieldType.Date or FieldType.Time or FieldType.DateTime or FieldType.YearMonth => Moments.TryParse(text, field, out _),
        FieldType.Object => IsJson(text, JsonValueKind.Object),
        FieldType.GeoJson => IsJson(text, JsonValueKind.Object) && (field.Format == "topojson" || GeoJsonType().IsMatch(text)),
        FieldType.Array => IsJson(text, JsonValueKind.Array),
        FieldType.List => field.ItemType is not { } item || text.Split(field.Delimiter).All(part => IsItem(part, item)),
        FieldType.Duration => Moments.IsDuration(text),
        FieldType.GeoPoint => IsGeoPoint(text, field.Format),
        _ => true,
    };

    /// <summary>How long a value is: the characters of a text, the items of a list or array.</summary>
    public static int Length(string text, Field field)
    {
        if (field.Type == FieldType.List) return text.Length == 0 ? 0 : text.Split(field.Delimiter).Length;
        if (field.Type is not (FieldType.Array or FieldType.Object)) return new StringInfo(text).LengthInTextElements;
        using var document = JsonDocument.Parse(text);
        return field.Type == FieldType.Array ? document.RootElement.GetArrayLength() : document.RootElement.EnumerateObject().Count();
    }

    /// <summary>The items of an array as texts.</summary>
    public static IReadOnlyList<string> Items(string text)
    {
        using var document = JsonDocument.Parse(text);
        return [.. document.RootElement.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText())];
    }

    private static bool IsItem(string text, FieldType item)
    {
        var field = new Field { Name = "", Type = item };
        return !field.IsNumeric
            ? IsValid(text, field)
            : item == FieldType.Boolean
                ? field.TrueValues.Contains(text) || field.FalseValues.Contains(text)
                : NumberText.TryParse(text, field, out var value) && (item == FieldType.Number || NumberText.IsWhole(value));
    }

    private static bool IsString(string text, string format) => format switch
    {
        "email" => text.IndexOf('@') is > 0 and var at && at == text.LastIndexOf('@') && text.IndexOf('.', at) > at + 1 && !text.EndsWith('.') && !text.Any(char.IsWhiteSpace),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out var uri) && text.Contains(':', StringComparison.Ordinal) && (!text.StartsWith('/') || uri.Scheme != "file"),
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "binary" => Convert.TryFromBase64String(text, new byte[text.Length], out _),
        _ => true,
    };

    private static bool IsGeoPoint(string text, string format)
    {
        string? longitude, latitude;
        if (format is "default" or "any")
        {
            if (text.Split(',') is not [var first, var second]) return false;
            (longitude, latitude) = (first, second);
        }
        else
        {
            try
            {
                using var document = JsonDocument.Parse(text);
                var root = document.RootElement;
                if (format == "array" && root.ValueKind == JsonValueKind.Array && root.GetArrayLength() == 2) (longitude, latitude) = (root[0].ToString(), root[1].ToString());
                else if (format == "object" && root.ValueKind == JsonValueKind.Object && root.TryGetProperty("lon", out var lon) && root.TryGetProperty("lat", out var lat)) (longitude, latitude) = (lon.ToString(), lat.ToString());
                else return false;
            }
            catch (JsonException)
            {
                return false;
            }
        }

        return double.TryParse(longitude, NumberStyles.Float, CultureInfo.InvariantCulture, out var x)
            && double.TryParse(latitude, NumberStyles.Float, CultureInfo.InvariantCulture, out var y)
            && Math.Abs(x) <= 180 && Math.Abs(y) <= 90;
    }

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

    [GeneratedRegex("\"type\"\\s*:\\s*\"(Point|MultiPoint|LineString|MultiLineString|Polygon|MultiPolygon|GeometryCollection|Feature|FeatureCollection)\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex GeoJsonType();
}
