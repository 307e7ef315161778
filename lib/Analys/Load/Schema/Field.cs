using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Analys.Load.Undescribed;

namespace Analys.Load.Schema;

/// <summary>A field of a Table Schema.</summary>
public sealed record Field
{
    /// <summary>The name, as the column's header has it.</summary>
    public required string Name { get; init; }

    /// <summary>The type of its values.</summary>
    public FieldType Type { get; init; } = FieldType.String;

    /// <summary>The format within the type, such as <c>email</c> or a date pattern.</summary>
    public string Format { get; init; } = "default";

    /// <summary>A title for the reader.</summary>
    public string? Title { get; init; }

    /// <summary>What it is for.</summary>
    public Role Role { get; init; }

    /// <summary>The year, tertial or date that a column of a wide table is about; null where a column of its own says it, or nothing
    /// does.</summary>
    public string? Period { get; init; }

    /// <summary>Who a column of a wide table is about, such as <c>0-17</c>; null for everyone.</summary>
    public string? Population { get; init; }

    /// <summary>The unit of the numbers: <c>percent</c>, <c>tkr</c>, <c>mnkr</c>, <c>kr</c>, ...; null for bare counts.</summary>
    public string? Unit { get; init; }

    /// <summary>The number of decimals that the source rounded to; null where it is not known.</summary>
    public int? Decimals { get; init; }

    /// <summary>What stands for missing in this field; null to use the schema's.</summary>
    internal ImmutableArray<MissingValue>? MissingValues { get; init; }

    /// <summary>The decimal mark.</summary>
    public char DecimalChar { get; init; } = '.';

    /// <summary>The mark between thousands; a space stands for all spaces (U+0020, U+00A0, U+202F); null for none.</summary>
    public char? GroupChar { get; init; }

    /// <summary>Whether numbers stand bare; if not, leading and trailing words such as <c>%</c> are passed over.</summary>
    public bool BareNumber { get; init; } = true;

    /// <summary>What stands around the numbers of a column that nobody described; none where a schema speaks.</summary>
    internal Affixes Affixes { get; init; }

    /// <summary>What numbers of the file are multiplied by: 100 where the source gives hundreds of kronor, as LISA does.</summary>
    /// <remarks>Constraints are checked on the file's own numbers.</remarks>
    public double Scale { get; init; } = 1;

    /// <summary>The texts that mean true.</summary>
    public ImmutableArray<string> TrueValues { get; init; } = ["true", "True", "TRUE", "1"];

    /// <summary>The texts that mean false.</summary>
    public ImmutableArray<string> FalseValues { get; init; } = ["false", "False", "FALSE", "0"];

    /// <summary>The values that it may have, in their order; empty for any.</summary>
    public ImmutableArray<Category> Categories { get; init; } = [];

    /// <summary>Whether the order of the categories means something.</summary>
    public bool CategoriesOrdered { get; init; }

    /// <summary>The mark between the items of a list.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>The type of a list's items, or of an array's where the schema says.</summary>
    public FieldType? ItemType { get; init; }

    /// <summary>What the items of an array must satisfy.</summary>
    internal Constraints? ItemConstraints { get; init; }

    /// <summary>What its values must satisfy.</summary>
    internal Constraints Constraints { get; init; } = Constraints.None;

    /// <summary>Why a column of an undescribed file with numbers in it was read as text; null where nothing is in doubt.</summary>
    internal NumberDoubt? Doubt { get; init; }

    /// <summary>Whether its values are kept as numbers.</summary>
    public bool IsNumeric => Type is FieldType.Number or FieldType.Integer or FieldType.Year or FieldType.Boolean;
}

/// <summary>The types of the Table Schema.</summary>
public enum FieldType
{
    /// <summary>Text; codes with leading zeros are text.</summary>
    String,

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>True or false, kept as 1 or 0.</summary>
    Boolean,

    /// <summary>A date.</summary>
    Date,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>A date and time.</summary>
    DateTime,

    /// <summary>A year.</summary>
    Year,

    /// <summary>A year and month.</summary>
    YearMonth,

    /// <summary>An ISO 8601 duration.</summary>
    Duration,

    /// <summary>A JSON object.</summary>
    Object,

    /// <summary>A JSON array.</summary>
    Array,

    /// <summary>A list with delimiters.</summary>
    List,

    /// <summary>A longitude and latitude.</summary>
    GeoPoint,

    /// <summary>A GeoJSON object.</summary>
    GeoJson,

    /// <summary>Anything.</summary>
    Any,
}

/// <summary>A value of a categorical field.</summary>
/// <param name="Value">The value in the file.</param>
/// <param name="Label">The words for it.</param>
public sealed record Category(string Value, string? Label = null);

/// <summary>What a field's values must satisfy; null where nothing is asked.</summary>
internal sealed record Constraints
{
    /// <summary>Nothing is asked.</summary>
    public static Constraints None { get; } = new();

    /// <summary>A value must be there.</summary>
    public bool Required { get; init; }

    /// <summary>No value occurs twice.</summary>
    public bool Unique { get; init; }

    /// <summary>The smallest length of a text.</summary>
    public int? MinLength { get; init; }

    /// <summary>The largest length of a text.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The smallest value, in the field's own notation.</summary>
    public string? Minimum { get; init; }

    /// <summary>The largest value, in the field's own notation.</summary>
    public string? Maximum { get; init; }

    /// <summary>The value that all must be above.</summary>
    public string? ExclusiveMinimum { get; init; }

    /// <summary>The value that all must be below.</summary>
    public string? ExclusiveMaximum { get; init; }

    /// <summary>The pattern that a whole text must match.</summary>
    public string? Pattern { get; init; }

    /// <summary>The values allowed; empty for any.</summary>
    public ImmutableArray<string> Enum { get; init; } = [];

    /// <summary>A JSON Schema for objects and arrays, as text.</summary>
    public string? JsonSchema { get; init; }
}

/// <summary>Reads one field of a Table Schema.</summary>
internal static class FieldReader
{
    /// <summary>Our additions to a field, under the key <c>analys</c>.</summary>
    public static readonly string[] AnalysKeys = ["role", "period", "population", "unit", "decimals", "scale", "review", "note"];

    private static readonly string[] ConstraintKeys =
        ["required", "unique", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "pattern", "enum",
            "jsonSchema"];

    public static Field Read(SchemaJson node, Field defaults, ImmutableArray<MissingValue> marks)
    {
        var name = node.Text("name") is { Length: > 0 } text ? text : throw new SchemaException($"{node.Place} has no name.");
        var place = new SchemaJson(node.Node, $"{node.Place} ({name})");
        foreach (var misplaced in (ReadOnlySpan<string>)["required", "unique", "minimum", "maximum", "pattern", "enum"])
        {
            if (place.Has(misplaced)) throw new SchemaException($"{place.Place}: {misplaced} belongs among the constraints.");
        }

        var own = place.Object("analys");
        if (own?.Node.Select(pair => pair.Key).FirstOrDefault(key => !AnalysKeys.Contains(key)) is { } unknown)
            throw new SchemaException($"{place.Place} has an unknown key analys.{unknown}; known are {string.Join(", ", AnalysKeys)}.");
        var group = place.Character("groupChar") ?? defaults.GroupChar;
        return new Field
        {
            Name = name,
            Type = Type(place, "type") ?? FieldType.String,
            Format = place.Text("format") ?? "default",
            Title = place.Text("title"),
            Role = ReadRole(own, place.Place),
            Period = own?.ScalarAt("period"),
            Population = own?.Text("population"),
            Unit = own?.Text("unit"),
            Decimals = own?.Whole("decimals"),
            Scale = ReadScale(own, name),
            MissingValues = MissingValueReader.Read(place, marks) is { } values ? [.. values, .. marks] : null,
            // Where thousands are divided by a point, a point is no decimal mark: whole numbers name only the first.
            DecimalChar = place.Character("decimalChar")
                ?? (group == defaults.DecimalChar ? group == '.' ? ',' : '.' : defaults.DecimalChar),
            GroupChar = group,
            BareNumber = place.Flag("bareNumber") ?? true,
            TrueValues = place.Has("trueValues") ? place.Names("trueValues") : ["true", "True", "TRUE", "1"],
            FalseValues = place.Has("falseValues") ? place.Names("falseValues") : ["false", "False", "FALSE", "0"],
            Categories = [.. (place.List("categories") ?? []).Select(item => ReadCategory(item, place))],
            CategoriesOrdered = place.Flag("categoriesOrdered") ?? false,
            Delimiter = place.Character("delimiter") ?? ',',
            ItemType = Type(place, "itemType") ?? (place.Object("arrayItem") is { } item ? Type(item, "type") : null),
            ItemConstraints = place.Object("arrayItem")?.Object("constraints") is { } items ? ReadConstraints(items) : null,
            Constraints = place.Object("constraints") is { } constraints ? ReadConstraints(constraints) : Constraints.None,
        };
    }

    private static FieldType? Type(SchemaJson place, string key) => place.Text(key) is not { } name
        ? null
        : name.All(char.IsAsciiLetter) && Enum.TryParse<FieldType>(name, ignoreCase: true, out var type)
            ? type
            : throw new SchemaException($"{place.Place}: the {key} is not one of the Table Schema.");

    private static Role ReadRole(SchemaJson? own, string place)
    {
        if (own?.Text("role") is not { } name) return Role.None;
        return name.All(char.IsAsciiLetter) && Enum.TryParse<Role>(name, ignoreCase: true, out var role)
            ? role
            : throw new SchemaException($"{place}: the role is none of {string.Join(", ", Enum.GetNames<Role>())}.");
    }

    private static double ReadScale(SchemaJson? own, string name)
    {
        if (own?.ScalarAt("scale") is not { } text) return 1;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) && double.IsFinite(scale) && scale > 0
            ? scale
            : throw new SchemaException($"The scale of {name} is a number above 0.");
    }

    private static Category ReadCategory(JsonNode? item, SchemaJson place)
    {
        if (item is not JsonObject pair)
            return new Category(SchemaJson.Scalar(item) ?? throw place.Wrong("categories", "a list of values"));
        var category = new SchemaJson(pair, $"{place.Place}: categories");
        return new Category(category.ScalarAt("value") ?? throw category.Wrong("value", "a value"), category.Text("label"));
    }

    private static Constraints ReadConstraints(SchemaJson node)
    {
        if (node.Node.Select(pair => pair.Key).FirstOrDefault(key => !ConstraintKeys.Contains(key)) is { } unknown)
        {
            throw new SchemaException($"{node.Place} has an unknown constraint {unknown}.");
        }

        return new Constraints
        {
            Required = node.Flag("required") ?? false,
            Unique = node.Flag("unique") ?? false,
            MinLength = node.Whole("minLength"),
            MaxLength = node.Whole("maxLength"),
            Minimum = node.ScalarAt("minimum"),
            Maximum = node.ScalarAt("maximum"),
            ExclusiveMinimum = node.ScalarAt("exclusiveMinimum"),
            ExclusiveMaximum = node.ScalarAt("exclusiveMaximum"),
            Pattern = node.Text("pattern"),
            // A list item may be JSON itself (an array field's values): its text is compared without spaces.
            Enum = [.. (node.List("enum") ?? []).Select(item => SchemaJson.Scalar(item) ?? item?.ToJsonString() ?? "")],
            JsonSchema = node.Node["jsonSchema"]?.ToJsonString(),
        };
    }
}

/// <summary>Reads what a schema says of values that are not there.</summary>
internal static class MissingValueReader
{
    /// <summary>The schema's <c>"marks": { "..": "not-available" }</c>, which hold for every field.</summary>
    public static ImmutableArray<MissingValue> Marks(SchemaJson own) => own.Object("marks") is not { } marks
        ? []
        : [.. marks.Node.Select(pair => new MissingValue(pair.Key, ToMark(marks.Text(pair.Key) ?? ""), marks.Text(pair.Key)))];

    /// <summary>The missing values of a schema or field, without those that the marks define; null where it has none of its own.</summary>
    public static ImmutableArray<MissingValue>? Read(SchemaJson node, ImmutableArray<MissingValue> marks) =>
        node.List("missingValues") is not { } list
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
        if (item is not JsonObject pair)
            return new MissingValue(SchemaJson.Scalar(item) ?? throw node.Wrong("missingValues", "a list of texts"), Mark.Missing);
        var value = new SchemaJson(pair, $"{node.Place}: missingValues");
        return new MissingValue(value.ScalarAt("value") ?? throw value.Wrong("value", "a text"), ToMark(value.Text("label") ?? ""),
            value.Text("label"));
    }
}
