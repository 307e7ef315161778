using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Analys.Load.Undescribed;

namespace Analys.Load.Schema;

/// <summary>What a field's cells must be: compiled once per field, asked once per distinct text or once per number.</summary>
internal sealed class CellCheck
{
    private readonly Field rule;
    private readonly Regex? pattern;
    private readonly HashSet<string>? allowed;
    private readonly HashSet<double>? allowedNumbers;
    private readonly double minimum = double.NegativeInfinity;
    private readonly double maximum = double.PositiveInfinity;
    private readonly double above = double.NegativeInfinity;
    private readonly double below = double.PositiveInfinity;
    private readonly bool isMoment;
    private readonly CellCheck? items;
    private DateTime? earliest;
    private DateTime? latest;
    private DateTime? after;
    private DateTime? before;

    public CellCheck(Field field)
    {
        rule = field;
        var constraints = field.Constraints;
        if (constraints.Pattern is { } text)
        {
            try
            {
                // No backtracking: a schema's pattern cannot be made to hang on a hostile cell.
                pattern = new Regex($"^(?:{text})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                throw new SchemaException($"The pattern of {field.Name} is not a regular expression that can run without backtracking.");
            }
        }

        isMoment = field.Type is FieldType.Date or FieldType.Time or FieldType.DateTime or FieldType.YearMonth;
        if (isMoment) ReadMomentLimits();
        if (field.ItemConstraints is { } inner)
            items = new CellCheck(new Field { Name = field.Name, Type = FieldType.String, Constraints = inner });
        string[] values = [.. constraints.Enum, .. field.Categories.Select(category => category.Value)];
        if (field.IsNumeric)
        {
            minimum = Limit(constraints.Minimum) ?? minimum;
            maximum = Limit(constraints.Maximum) ?? maximum;
            above = Limit(constraints.ExclusiveMinimum) ?? above;
            below = Limit(constraints.ExclusiveMaximum) ?? below;
            if (values.Length > 0) allowedNumbers = [.. values.Select(Value)];
        }
        else if (values.Length > 0)
        {
            allowed = new HashSet<string>(values, StringComparer.Ordinal);
        }
    }

    /// <summary>What is expected of the field, in words, for findings.</summary>
    public string Expected => rule.Type switch
    {
        FieldType.Number => $"a number with the decimal mark {rule.DecimalChar}{(rule.GroupChar is null ? "" : " and grouped thousands")}",
        FieldType.Integer => "a whole number",
        FieldType.Year => "a year of four digits",
        FieldType.Boolean => $"one of {string.Join(", ", rule.TrueValues.Concat(rule.FalseValues))}",
        FieldType.String when rule.Format != "default" => $"text of the format {rule.Format}",
        _ => $"a value of type {FieldTypeName(rule.Type)}{(rule.Format is "default" ? "" : $" and format {rule.Format}")}",
    };

    /// <summary>The constraint that a number breaks, in words; null when it breaks none.</summary>
    public string? Broken(double value)
    {
        if (value < minimum) return $"at least {rule.Constraints.Minimum}";
        if (value > maximum) return $"at most {rule.Constraints.Maximum}";
        if (value <= above) return $"above {rule.Constraints.ExclusiveMinimum}";
        if (value >= below) return $"below {rule.Constraints.ExclusiveMaximum}";
        return allowedNumbers is not null && !allowedNumbers.Contains(value) ? "one of the values that the schema lists" : null;
    }

    /// <summary>Whether numbers need <see cref="Broken(double)"/> at all.</summary>
    public bool HasNumberConstraints =>
        allowedNumbers is not null || !double.IsInfinity(minimum) || !double.IsInfinity(maximum) || !double.IsInfinity(above)
        || !double.IsInfinity(below);

    private void ReadMomentLimits()
    {
        earliest = Moment(rule.Constraints.Minimum);
        latest = Moment(rule.Constraints.Maximum);
        after = Moment(rule.Constraints.ExclusiveMinimum);
        before = Moment(rule.Constraints.ExclusiveMaximum);
    }

    private DateTime? Moment(string? text) => text is null
        ? null
        : Moments.TryParse(text, rule, out var moment) || Moments.TryParse(text, rule with { Format = "default" }, out moment)
            ? moment
            : throw new SchemaException($"A constraint of {rule.Name} is not of the field's type.");

    private string? BrokenMoment(string text)
    {
        if (!Moments.TryParse(text, rule, out var moment)) return null;
        if (moment < earliest) return $"at least {rule.Constraints.Minimum}";
        if (moment > latest) return $"at most {rule.Constraints.Maximum}";
        if (moment <= after) return $"after {rule.Constraints.ExclusiveMinimum}";
        return moment >= before ? $"before {rule.Constraints.ExclusiveMaximum}" : null;
    }

    /// <summary>Why a text does not belong, as code and words; null when it does.</summary>
    public (string Code, string Expected)? Broken(string text)
    {
        if (!TextTypes.IsValid(text, rule)) return (FindingCodes.Type, Expected);
        var constraints = rule.Constraints;
        if (constraints.MinLength is { } shortest && TextTypes.Length(text, rule) < shortest)
            return (FindingCodes.Constraint, $"at least {shortest} {LengthUnit}");
        if (constraints.MaxLength is { } longest && TextTypes.Length(text, rule) > longest)
            return (FindingCodes.Constraint, $"at most {longest} {LengthUnit}");
        if (isMoment && BrokenMoment(text) is { } limit) return (FindingCodes.Constraint, limit);
        if (items is not null && rule.Type == FieldType.Array && TextTypes.Items(text).Any(item => items.Broken(item) is not null))
            return (FindingCodes.Constraint, "items as the schema wants them");
        if (pattern is not null && !pattern.IsMatch(text)) return (FindingCodes.Constraint, "text of the schema's pattern");
        if (allowed is not null && !allowed.Contains(text)) return (FindingCodes.Constraint, "one of the values that the schema lists");
        return null;
    }

    private double Value(string text) => rule.Type != FieldType.Boolean ? Limit(text)!.Value : rule.TrueValues.Contains(text) ? 1 : 0;

    private string LengthUnit => rule.Type is FieldType.Array or FieldType.List or FieldType.Object ? "items" : "characters";

    private double? Limit(string? text) => text is null
        ? null
        : NumberText.TryParse(text, rule, out var value)
        || NumberText.TryParse(text, rule with { DecimalChar = '.', GroupChar = null }, out value)
            ? value
            : throw new SchemaException($"A constraint of {rule.Name} is not a number.");

    private static string FieldTypeName(FieldType type) => type.ToString().ToLowerInvariant();
}

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
        return [.. document.RootElement.EnumerateArray()
            .Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText())];
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
        "email" => text.IndexOf('@') is > 0 and var at && at == text.LastIndexOf('@') && text.IndexOf('.', at) > at + 1
            && !text.EndsWith('.') && !text.Any(char.IsWhiteSpace),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out var uri) && text.Contains(':', StringComparison.Ordinal)
            && (!text.StartsWith('/') || uri.Scheme != "file"),
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
                if (format == "array" && root.ValueKind == JsonValueKind.Array && root.GetArrayLength() == 2)
                    (longitude, latitude) = (root[0].ToString(), root[1].ToString());
                else if (format == "object" && root.ValueKind == JsonValueKind.Object && root.TryGetProperty("lon", out var lon)
                    && root.TryGetProperty("lat", out var lat)) (longitude, latitude) = (lon.ToString(), lat.ToString());
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

    [GeneratedRegex(
        "\"type\"\\s*:\\s*\"(Point|MultiPoint|LineString|MultiLineString|Polygon|MultiPolygon|GeometryCollection"
        + "|Feature|FeatureCollection)\"",
        RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex GeoJsonType();
}

/// <summary>Dates, times and durations as the Table Schema writes them: ISO 8601 or a strptime pattern.</summary>
internal static partial class Moments
{
    private static readonly string[] DateTimes =
        ["yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];
    private static readonly string[] Times = ["HH:mm:ss", "HH:mm:ss.FFFFFFF", "HH:mm:ssK"];

    /// <summary>Reads a moment; moments of one field compare as they stand in time.</summary>
    public static bool TryParse(string text, Field field, out DateTime moment)
    {
        const DateTimeStyles styles = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal;
        var culture = CultureInfo.InvariantCulture;
        moment = default;
        if (field.Format == "any" && field.Type != FieldType.YearMonth)
            return DateTime.TryParse(text, culture, styles | DateTimeStyles.NoCurrentDateDefault, out moment);
        string[] patterns = field.Format is not "default" ? [FromStrftime(field.Format)] : field.Type switch
        {
            FieldType.Date => ["yyyy-MM-dd"],
            FieldType.Time => Times,
            FieldType.YearMonth => ["yyyy-MM"],
            _ => DateTimes,
        };
        return DateTime.TryParseExact(text, patterns, culture, styles | DateTimeStyles.NoCurrentDateDefault, out moment);
    }

    /// <summary>Whether a text is an ISO 8601 duration.</summary>
    public static bool IsDuration(string text) =>
        text.Length <= 100 && Duration().IsMatch(text) && !text.EndsWith('P') && !text.EndsWith('T');

    private static string FromStrftime(string format)
    {
        var pattern = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                // Everything that is not a directive stands for itself.
                pattern.Append('\\').Append(format[i]);
                continue;
            }

            pattern.Append(format[++i] switch
            {
                'Y' => "yyyy",
                'y' => "yy",
                'm' => "MM",
                'd' => "dd",
                'H' => "HH",
                'I' => "hh",
                'M' => "mm",
                'S' => "ss",
                'f' => "FFFFFF",
                'p' => "tt",
                'b' => "MMM",
                'B' => "MMMM",
                'a' => "ddd",
                'A' => "dddd",
                'z' => "zzz",
                'Z' => "K",
                var other => "\\" + other,
            });
        }

        return pattern.ToString();
    }

    [GeneratedRegex(
        @"^[+-]?P(\d+([.,]\d+)?Y)?(\d+([.,]\d+)?M)?(\d+([.,]\d+)?W)?(\d+([.,]\d+)?D)?"
        + @"(T(\d+([.,]\d+)?H)?(\d+([.,]\d+)?M)?(\d+([.,]\d+)?S)?)?$",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Duration();
}
