using System.Text.RegularExpressions;

namespace Analys.Load;

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
        if (field.ItemConstraints is { } inner) items = new CellCheck(new Field { Name = field.Name, Type = FieldType.String, Constraints = inner });
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
        allowedNumbers is not null || !double.IsInfinity(minimum) || !double.IsInfinity(maximum) || !double.IsInfinity(above) || !double.IsInfinity(below);

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
        if (constraints.MinLength is { } shortest && TextTypes.Length(text, rule) < shortest) return (FindingCodes.Constraint, $"at least {shortest} {LengthUnit}");
        if (constraints.MaxLength is { } longest && TextTypes.Length(text, rule) > longest) return (FindingCodes.Constraint, $"at most {longest} {LengthUnit}");
        if (isMoment && BrokenMoment(text) is { } limit) return (FindingCodes.Constraint, limit);
        if (items is not null && rule.Type == FieldType.Array && TextTypes.Items(text).Any(item => items.Broken(item) is not null)) return (FindingCodes.Constraint, "items as the schema wants them");
        if (pattern is not null && !pattern.IsMatch(text)) return (FindingCodes.Constraint, "text of the schema's pattern");
        if (allowed is not null && !allowed.Contains(text)) return (FindingCodes.Constraint, "one of the values that the schema lists");
        return null;
    }

    private double Value(string text) => rule.Type != FieldType.Boolean ? Limit(text)!.Value : rule.TrueValues.Contains(text) ? 1 : 0;

    private string LengthUnit => rule.Type is FieldType.Array or FieldType.List or FieldType.Object ? "items" : "characters";

    private double? Limit(string? text) => text is null
        ? null
        : NumberText.TryParse(text, rule, out var value) || NumberText.TryParse(text, rule with { DecimalChar = '.', GroupChar = null }, out value)
            ? value
            : throw new SchemaException($"A constraint of {rule.Name} is not a number.");

    private static string FieldTypeName(FieldType type) => type.ToString().ToLowerInvariant();
}
