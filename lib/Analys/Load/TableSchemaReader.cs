using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Analys.Domain;

namespace Analys.Load;

/// <summary>Reads the JSON of a Table Schema; everything that it does not understand is said, not guessed.</summary>
internal static class TableSchemaReader
{
    private static readonly string[] AnalysKeys =
        ["confidentiality", "unitOfObservation", "region", "dialect", "footer", "marks", "totals", "decimalChar", "groupChar", "breaks", "note", "source"];

    public static TableSchema Read(JsonNode? node, string name)
    {
        var root = node as JsonObject ?? throw new SchemaException($"{name} is not a JSON object.");
        var fieldNodes = root["fields"] as JsonArray ?? throw new SchemaException($"{name} has no list named fields.");
        var own = root["analys"] as JsonObject ?? [];
        if (own.Select(pair => pair.Key).FirstOrDefault(key => !AnalysKeys.Contains(key)) is { } unknown)
        {
            throw new SchemaException($"{name} has an unknown key analys.{unknown}; known are {string.Join(", ", AnalysKeys)}.");
        }

        var defaults = new Field
        {
            Name = "",
            DecimalChar = Character(own, "decimalChar") ?? '.',
            GroupChar = Character(own, "groupChar"),
        };
        var marks = Marks(own);
        var fields = fieldNodes.Select((field, index) => ReadField(field, index, name, defaults, marks)).ToImmutableArray();
        if (fields.GroupBy(field => field.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new SchemaException($"{name} has the field {twice.Key} twice.");
        }

        return new TableSchema
        {
            Name = Text(root, "name") ?? name,
            Title = Text(root, "title"),
            Fields = fields,
            MissingValues = [.. Missing(root, marks) ?? [new MissingValue("", Mark.Missing)], .. marks],
            PrimaryKey = Names(root["primaryKey"]),
            FieldsMatch = Names(root["fieldsMatch"]).FirstOrDefault("exact"),
            Confidentiality = Text(own, "confidentiality") switch
            {
                "public" => Confidentiality.Public,
                "confidential" or null => Confidentiality.Confidential,
                _ => throw new SchemaException($"{name}: analys.confidentiality is public or confidential."),
            },
            UnitOfObservation = Text(own, "unitOfObservation"),
            Region = Text(own, "region"),
            Totals = Names(own["totals"]),
            Breaks = own["breaks"] is JsonArray breaks ? [.. breaks.OfType<JsonObject>().Select(item => new SeriesBreak(Scalar(item["before"]) ?? "", Text(item, "note") ?? ""))] : [],
            Dialect = ReadDialect(own),
        };
    }

    private static Field ReadField(JsonNode? node, int index, string schema, Field defaults, ImmutableArray<MissingValue> marks)
    {
        var field = node as JsonObject ?? throw new SchemaException($"{schema}: field {index + 1} is not an object.");
        var name = Text(field, "name") ?? throw new SchemaException($"{schema}: field {index + 1} has no name.");
        var typeName = Text(field, "type") ?? "string";
        if (!Enum.TryParse<FieldType>(typeName, ignoreCase: true, out var type) || int.TryParse(typeName, out _))
        {
            throw new SchemaException($"{schema}: the type of {name} is not one of the Table Schema.");
        }

        var own = field["analys"] as JsonObject;
        var roleName = own is null ? null : Text(own, "role");
        var role = Role.None;
        if (roleName is not null && (!Enum.TryParse(roleName, ignoreCase: true, out role) || int.TryParse(roleName, out _)))
        {
            throw new SchemaException($"{schema}: the role of {name} is none of {string.Join(", ", Enum.GetNames<Role>())}.");
        }

        return new Field
        {
            Name = name,
            Type = type,
            Format = Text(field, "format") ?? "default",
            Title = Text(field, "title"),
            Role = role,
            Period = own is null ? null : Scalar(own["period"]),
            Population = own is null ? null : Text(own, "population"),
            Unit = own is null ? null : Text(own, "unit"),
            Decimals = own is null ? null : Whole(own, "decimals"),
            MissingValues = Missing(field, marks) is { } own2 ? [.. own2, .. marks] : null,
            DecimalChar = Character(field, "decimalChar") ?? defaults.DecimalChar,
            GroupChar = Character(field, "groupChar") ?? defaults.GroupChar,
            BareNumber = field["bareNumber"]?.GetValue<bool>() ?? true,
            TrueValues = field["trueValues"] is { } yes ? Names(yes) : ["true", "True", "TRUE", "1"],
            FalseValues = field["falseValues"] is { } no ? Names(no) : ["false", "False", "FALSE", "0"],
            Categories = field["categories"] is JsonArray list ? [.. list.Select(ReadCategory)] : [],
            Constraints = field["constraints"] is JsonObject constraints ? ReadConstraints(constraints) : Constraints.None,
        };
    }

    private static Category ReadCategory(JsonNode? node) => node is JsonObject pair
        ? new Category(Scalar(pair["value"]) ?? "", Text(pair, "label"))
        : new Category(Scalar(node) ?? "");

    private static Constraints ReadConstraints(JsonObject node) => new()
    {
        Required = node["required"]?.GetValue<bool>() ?? false,
        Unique = node["unique"]?.GetValue<bool>() ?? false,
        MinLength = Whole(node, "minLength"),
        MaxLength = Whole(node, "maxLength"),
        Minimum = Scalar(node["minimum"]),
        Maximum = Scalar(node["maximum"]),
        ExclusiveMinimum = Scalar(node["exclusiveMinimum"]),
        ExclusiveMaximum = Scalar(node["exclusiveMaximum"]),
        Pattern = Text(node, "pattern"),
        Enum = Names(node["enum"]),
    };

    private static Dialect ReadDialect(JsonObject own)
    {
        var dialect = own["dialect"] as JsonObject ?? [];
        return new Dialect(
            Character(dialect, "delimiter"),
            Whole(dialect, "headerRow") ?? 1,
            own["footer"]?.GetValue<bool>() ?? false,
            Text(dialect, "encoding"));
    }

    // "marks": { "..": "not-available" } says what each mark of the source means, for every field.
    private static ImmutableArray<MissingValue> Marks(JsonObject own) => own["marks"] is not JsonObject marks
        ? []
        : [.. marks.Select(pair => new MissingValue(pair.Key, ToMark(Scalar(pair.Value) ?? ""), Scalar(pair.Value)))];

    private static ImmutableArray<MissingValue>? Missing(JsonObject node, ImmutableArray<MissingValue> marks) => node["missingValues"] is not JsonArray list
        ? null
        : [.. list.Select(item => item is JsonObject pair
            ? new MissingValue(Scalar(pair["value"]) ?? "", ToMark(Text(pair, "label") ?? ""), Text(pair, "label"))
            : new MissingValue(Scalar(item) ?? "", Mark.Missing)).Where(item => !marks.Any(mark => mark.Value == item.Value))];

    private static Mark ToMark(string label) => label.Replace('-', ' ').ToUpperInvariant() switch
    {
        "NOT AVAILABLE" => Mark.NotAvailable,
        "NOT APPLICABLE" => Mark.NotApplicable,
        "NIL" => Mark.Nil,
        "SUPPRESSED" or "CONFIDENTIAL" => Mark.Suppressed,
        _ => Mark.Missing,
    };

    private static ImmutableArray<string> Names(JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => [.. list.Select(item => Scalar(item) ?? "")],
        _ => [Scalar(node) ?? ""],
    };

    private static string? Text(JsonObject node, string key) =>
        node[key] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static string? Scalar(JsonNode? node) => node is not JsonValue value
        ? null
        : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private static char? Character(JsonObject node, string key) => Text(node, key) is { Length: 1 } text ? text[0] : null;

    private static int? Whole(JsonObject node, string key) =>
        int.TryParse(Scalar(node[key]), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;
}
