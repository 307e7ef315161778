using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Analys.Domain;

namespace Analys.Load.Schema;

/// <summary>A Frictionless Table Schema (version 2.0) with our additions under the key <c>analys</c>.</summary>
/// <remarks>The files stand in <c>data-schemas/extracts/</c>; other tools of the Frictionless family read the same ones.</remarks>
public sealed record TableSchema
{
    /// <summary>The name that a file's provenance shows.</summary>
    public required string Name { get; init; }

    /// <summary>A title for the reader.</summary>
    public string? Title { get; init; }

    /// <summary>The fields, in the order of the columns.</summary>
    public required ImmutableArray<Field> Fields { get; init; }

    /// <summary>What stands for a missing value in every field that does not say otherwise.</summary>
    internal ImmutableArray<MissingValue> MissingValues { get; init; } = [new("", Mark.Missing)];

    /// <summary>The fields that together identify a row; empty for none.</summary>
    public ImmutableArray<string> PrimaryKey { get; init; } = [];

    /// <summary>Combinations of fields of which none occurs twice; <see cref="PrimaryKey"/> is not among them.</summary>
    public ImmutableArray<ImmutableArray<string>> UniqueKeys { get; init; } = [];

    /// <summary>The rows of other tables that rows of this one point at.</summary>
    internal ImmutableArray<ForeignKey> ForeignKeys { get; init; } = [];

    /// <summary>How columns are matched with fields: exact, equal, subset, superset or partial.</summary>
    public string FieldsMatch { get; init; } = "exact";

    /// <summary>Whether individuals stand behind the rows. A schema that does not say is confidential.</summary>
    public Confidentiality Confidentiality { get; init; } = Confidentiality.Confidential;

    /// <summary>What a row is: a person, a household, an area.</summary>
    public string? UnitOfObservation { get; init; }

    /// <summary>The division or edition of the area codes, such as <c>sdo14</c> or <c>DeSO2018</c>.</summary>
    public string? Region { get; init; }

    /// <summary>The row name of the whole city and of other sums that stand among the areas.</summary>
    public ImmutableArray<string> Totals { get; init; } = [];

    /// <summary>Where a series over time breaks, so that values before and after do not compare.</summary>
    public ImmutableArray<TableBreak> Breaks { get; init; } = [];

    /// <summary>The sector of an indicator, such as <c>hälsa</c>, <c>ekonomi</c> or <c>arbete</c>; null where none is stated.</summary>
    public string? Sector { get; init; }

    /// <summary>Of an indicator <c>higher-is-worse</c> or <c>lower-is-worse</c>; null where it is not stated.</summary>
    public string? Direction { get; init; }

    /// <summary>How the text file is laid out.</summary>
    internal Dialect Dialect { get; init; } = Dialect.Default;

    /// <summary>The field of this name; null where there is none.</summary>
    /// <param name="name">The name.</param>
    public Field? Find(string name) => Fields.FirstOrDefault(field => field.Name == name);

    /// <summary>Reads a schema file.</summary>
    /// <param name="path">A file, or the name of a schema that ships with the library.</param>
    /// <exception cref="SchemaException">The file is not a valid Table Schema; the message says where.</exception>
    /// <exception cref="SchemaNotFoundException">There is no such file or shipped schema.</exception>
    public static TableSchema Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (File.Exists(path)) return Parse(File.ReadAllText(path), Path.GetFileName(path));
        return TryLoadShipped(path)
            ?? throw new SchemaNotFoundException($"There is no schema file or shipped schema named {Path.GetFileName(path)}."
                + Nearest.Hint(Path.GetFileName(path).Replace(".schema.json", "", StringComparison.Ordinal),
                    DataSchemas.List("extracts/").Select(file => Path.GetFileName(file)
                        .Replace(".schema.json", "", StringComparison.Ordinal))));
    }

    /// <summary>The schema of this name that ships with the library; null where there is none.</summary>
    /// <param name="name">The name without <c>.schema.json</c>.</param>
    public static TableSchema? TryLoadShipped(string name)
    {
        using var stream = DataSchemas.TryOpen($"extracts/{name}.schema.json");
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), name);
    }

    /// <summary>Reads a schema from text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="name">The name to use where the schema has none.</param>
    /// <exception cref="SchemaException">The text is not a valid Table Schema; the message says where.</exception>
    public static TableSchema Parse(string json, string name)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            // Deep nesting is refused by the reader's own limit of 64.
            return TableSchemaReader.Read(JsonNode.Parse(json,
                documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }), name);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new SchemaException($"{name} is not JSON, or has a key twice.");
        }
    }
}

/// <summary>Fields that must occur together in another table of the data package.</summary>
/// <param name="Fields">The fields here.</param>
/// <param name="Resource">The name of the other table; null for this one.</param>
/// <param name="Reference">The fields there, as many as here.</param>
internal sealed record ForeignKey(ImmutableArray<string> Fields, string? Resource, ImmutableArray<string> Reference);

/// <summary>A value that stands for missing, with what it means.</summary>
/// <param name="Value">The text in the file.</param>
/// <param name="Mark">What it means.</param>
/// <param name="Label">The words of the schema for it.</param>
internal sealed record MissingValue(string Value, Mark Mark, string? Label = null);

/// <summary>A break in a series over time.</summary>
/// <param name="Before">The first period after the break.</param>
/// <param name="Note">What changed.</param>
public sealed record TableBreak(string Before, string Note);

/// <summary>How a text file is laid out.</summary>
/// <param name="Delimiter">The character between cells; null to find it in the file.</param>
/// <param name="HeaderRow">The row of the header, from 1; 0 for a file without one.</param>
/// <param name="Footer">Whether the table ends at the first row that has only its first cell filled in (footnotes).</param>
/// <param name="Encoding">The encoding; null to find it from the bytes.</param>
/// <param name="HeaderRows">The number of rows of a workbook's header, the first being <paramref name="HeaderRow"/>; null to find
/// it.</param>
internal sealed record Dialect(char? Delimiter = null, int HeaderRow = 1, bool Footer = false, string? Encoding = null, int? HeaderRows =
    null)
{
    /// <summary>Header in row 1, delimiter and encoding found in the file, no footer.</summary>
    public static Dialect Default { get; } = new();
}

/// <summary>A schema is wrong. The message speaks of the schema, never of data.</summary>
/// <param name="message">What is wrong.</param>
public sealed class SchemaException(string message) : Exception(message);

/// <summary>There is no schema of the name that was asked for.</summary>
/// <param name="message">Which.</param>
public sealed class SchemaNotFoundException(string message) : Exception(message);

/// <summary>Reads the JSON of a Table Schema; everything that it does not understand is said, not guessed.</summary>
internal static class TableSchemaReader
{
    /// <summary>Our additions to a schema, under the key <c>analys</c>.</summary>
    public static readonly string[] AnalysKeys =
        ["confidentiality", "unitOfObservation", "region", "dialect", "footer", "marks", "totals", "decimalChar", "groupChar", "breaks",
            "note", "source", "review", "sector", "direction"];

    /// <summary>What a dialect says.</summary>
    public static readonly string[] DialectKeys = ["delimiter", "headerRow", "headerRows", "encoding"];

    private static readonly string[] Matches = ["exact", "equal", "subset", "superset", "partial"];

    public static TableSchema Read(JsonNode? node, string name)
    {
        var root = SchemaJson.Of(node, name);
        var fieldNodes = root.List("fields") ?? throw new SchemaException($"{name} has no list named fields.");
        var own = root.Object("analys") ?? new SchemaJson([], name);
        if (own.Node.Select(pair => pair.Key).FirstOrDefault(key => !AnalysKeys.Contains(key)) is { } unknown)
        {
            throw new SchemaException($"{name} has an unknown key analys.{unknown}; known are {string.Join(", ", AnalysKeys)}.");
        }

        var defaults = new Field { Name = "", DecimalChar = own.Character("decimalChar") ?? '.', GroupChar = own.Character("groupChar") };
        var marks = MissingValueReader.Marks(own);
        var fields =
            fieldNodes.Select((field, index) => FieldReader.Read(SchemaJson.Of(field, $"{name}: field {index + 1}"), defaults, marks))
            .ToImmutableArray();
        if (fields.GroupBy(field => field.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new SchemaException($"{name} has the field {twice.Key} twice.");
        }

        // Every pattern and limit is tried now: a schema is wrong before a file is read with it.
        foreach (var field in fields) _ = new CellCheck(field);
        return new TableSchema
        {
            Name = root.Text("name") ?? name,
            Title = root.Text("title"),
            Fields = fields,
            MissingValues = [.. MissingValueReader.Read(root, marks) ?? [new MissingValue("", Mark.Missing)], .. marks],
            PrimaryKey = Key(root, "primaryKey", fields),
            UniqueKeys = [.. (root.List("uniqueKeys") ?? []).Select(key => Known(
                new SchemaJson(new JsonObject { ["uniqueKeys"] = key?.DeepClone() }, name).Names("uniqueKeys"), "uniqueKeys", name,
                fields))],
            ForeignKeys = [.. (root.List("foreignKeys") ?? [])
                .Select((key, index) => ReadForeignKey(SchemaJson.Of(key, $"{name}: foreign key {index + 1}"), fields))],
            FieldsMatch = root.Names("fieldsMatch") is { Length: > 0 } match
                ? Matches.Contains(match[0]) ? match[0]
                : throw new SchemaException($"{name}: fieldsMatch is one of {string.Join(", ", Matches)}.")
                : "exact",
            Confidentiality = own.Text("confidentiality") switch
            {
                "public" => Confidentiality.Public,
                "confidential" or null => Confidentiality.Confidential,
                _ => throw new SchemaException($"{name}: analys.confidentiality is public or confidential."),
            },
            UnitOfObservation = own.Text("unitOfObservation"),
            Region = own.Text("region"),
            Totals = own.Names("totals"),
            Breaks = [.. (own.List("breaks") ?? []).Select((item, index) => SchemaJson.Of(item, $"{name}: break {index + 1}"))
                .Select(item =>
                    new TableBreak(item.ScalarAt("before") ?? throw item.Wrong("before", "a period"), item.Text("note") ?? ""))],
            Sector = own.Text("sector"),
            Direction = own.Text("direction") switch
            {
                null => null,
                "higher-is-worse" or "lower-is-worse" => own.Text("direction"),
                _ => throw new SchemaException($"{name}: analys.direction is higher-is-worse or lower-is-worse."),
            },
            Dialect = ReadDialect(own),
        };
    }

    private static ForeignKey ReadForeignKey(SchemaJson node, ImmutableArray<Field> fields)
    {
        var here = Key(node, "fields", fields);
        var reference = node.Object("reference") ?? throw new SchemaException($"{node.Place} has no reference.");
        var there = reference.Names("fields");
        if (here.Length == 0 || here.Length != there.Length)
            throw new SchemaException($"{node.Place} has not as many fields as its reference.");
        return new ForeignKey(here, reference.Text("resource") is { Length: > 0 } resource ? resource : null, there);
    }

    private static ImmutableArray<string> Key(SchemaJson node, string key, ImmutableArray<Field> fields) =>
        Known(node.Names(key), key, node.Place, fields);

    private static ImmutableArray<string> Known(ImmutableArray<string> names, string key, string place, ImmutableArray<Field> fields)
    {
        foreach (var name in names)
        {
            if (fields.All(field => field.Name != name)) throw new SchemaException($"{place}: {key} names {name}, which is not a field.");
        }

        return names;
    }

    private static Dialect ReadDialect(SchemaJson own)
    {
        var dialect = own.Object("dialect") ?? new SchemaJson([], own.Place);
        if (dialect.Node.Select(pair => pair.Key).FirstOrDefault(key => !DialectKeys.Contains(key)) is { } unknown)
            throw new SchemaException($"{dialect.Place} has an unknown key {unknown}; known are {string.Join(", ", DialectKeys)}.");
        return new Dialect(dialect.Character("delimiter"), dialect.Whole("headerRow") ?? 1, own.Flag("footer") ?? false,
            dialect.Text("encoding"), dialect.Whole("headerRows"));
    }
}

/// <summary>Reads properties of a schema's JSON; a property of the wrong kind is said, with its place, never passed over.</summary>
internal sealed class SchemaJson(JsonObject node, string place)
{
    /// <summary>Where it stands, for messages.</summary>
    public string Place { get; } = place;

    /// <summary>The object itself.</summary>
    public JsonObject Node { get; } = node;

    public static SchemaJson Of(JsonNode? node, string place) =>
        node is JsonObject value ? new(value, place) : throw new SchemaException($"{place} is not a JSON object.");

    public bool Has(string key) => Node.ContainsKey(key);

    public string? Text(string key) => Node[key] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw Wrong(key, "text"),
    };

    public bool? Flag(string key) => Node[key] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>(),
        _ => throw Wrong(key, "true or false"),
    };

    public int? Whole(string key) => Node[key] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() is JsonValueKind.Number or JsonValueKind.String
            && int.TryParse(Scalar(value), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Wrong(key, "a whole number"),
    };

    public char? Character(string key) => Text(key) switch
    {
        null => null,
        { Length: 1 } text when text[0] is not ('\n' or '\r' or '"') => text[0],
        _ => throw Wrong(key, "one character"),
    };

    public string? ScalarAt(string key) => Node[key] is null ? null : Scalar(Node[key]) ?? throw Wrong(key, "a text or number");

    public SchemaJson? Object(string key) => Node[key] is { } value ? Of(value, $"{Place}: {key}") : null;

    public JsonArray? List(string key) => Node[key] switch
    {
        null => null,
        JsonArray list => list,
        _ => throw Wrong(key, "a list"),
    };

    /// <summary>A name or a list of names.</summary>
    public ImmutableArray<string> Names(string key) => Node[key] switch
    {
        null => [],
        JsonArray list => [.. list.Select(item => Scalar(item) ?? throw Wrong(key, "a list of texts"))],
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => throw Wrong(key, "a text or a list of texts"),
    };

    public SchemaException Wrong(string key, string expected) => new($"{Place}: {key} should be {expected}.");

    /// <summary>A JSON text, number or truth value as text; null for anything else.</summary>
    public static string? Scalar(JsonNode? node) => node is not JsonValue value ? null : value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
        _ => null,
    };
}
