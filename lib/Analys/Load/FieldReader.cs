using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Analys.Load;

/// <summary>Reads one field of a Table Schema.</summary>
internal static class FieldReader
{
    private static readonly string[] ConstraintKeys =
        ["required", "unique", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "pattern", "enum", "jsonSchema"];

    public static Field Read(SchemaJson node, Field defaults, ImmutableArray<MissingValue> marks)
    {
        var name = node.Text("name") is { Length: > 0 } text ? text : throw new SchemaException($"{node.Place} has no name.");
        var place = new SchemaJson(node.Node, $"{node.Place} ({name})");
        foreach (var misplaced in (ReadOnlySpan<string>)["required", "unique", "minimum", "maximum", "pattern", "enum"])
        {
            if (place.Has(misplaced)) throw new SchemaException($"{place.Place}: {misplaced} belongs among the constraints.");
        }

        var own = place.Object("analys");
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
            DecimalChar = place.Character("decimalChar") ?? defaults.DecimalChar,
            GroupChar = place.Character("groupChar") ?? defaults.GroupChar,
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
        if (item is not JsonObject pair) return new Category(SchemaJson.Scalar(item) ?? throw place.Wrong("categories", "a list of values"));
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
