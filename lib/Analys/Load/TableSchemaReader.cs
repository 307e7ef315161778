using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Analys.Domain;

namespace Analys.Load;

/// <summary>Reads the JSON of a Table Schema; everything that it does not understand is said, not guessed.</summary>
internal static class TableSchemaReader
{
    private static readonly string[] AnalysKeys =
        ["confidentiality", "unitOfObservation", "region", "dialect", "footer", "marks", "totals", "decimalChar", "groupChar", "breaks", "note", "source", "review"];

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
        var fields = fieldNodes.Select((field, index) => FieldReader.Read(SchemaJson.Of(field, $"{name}: field {index + 1}"), defaults, marks)).ToImmutableArray();
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
                new SchemaJson(new JsonObject { ["uniqueKeys"] = key?.DeepClone() }, name).Names("uniqueKeys"), "uniqueKeys", name, fields))],
            ForeignKeys = [.. (root.List("foreignKeys") ?? []).Select((key, index) => ReadForeignKey(SchemaJson.Of(key, $"{name}: foreign key {index + 1}"), fields))],
            FieldsMatch = root.Names("fieldsMatch") is { Length: > 0 } match
                ? Matches.Contains(match[0]) ? match[0] : throw new SchemaException($"{name}: fieldsMatch is one of {string.Join(", ", Matches)}.")
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
                .Select(item => new SeriesBreak(item.ScalarAt("before") ?? throw item.Wrong("before", "a period"), item.Text("note") ?? ""))],
            Dialect = ReadDialect(own),
        };
    }

    private static ForeignKey ReadForeignKey(SchemaJson node, ImmutableArray<Field> fields)
    {
        var here = Key(node, "fields", fields);
        var reference = node.Object("reference") ?? throw new SchemaException($"{node.Place} has no reference.");
        var there = reference.Names("fields");
        if (here.Length == 0 || here.Length != there.Length) throw new SchemaException($"{node.Place} has not as many fields as its reference.");
        return new ForeignKey(here, reference.Text("resource") is { Length: > 0 } resource ? resource : null, there);
    }

    private static ImmutableArray<string> Key(SchemaJson node, string key, ImmutableArray<Field> fields) => Known(node.Names(key), key, node.Place, fields);

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
        return new Dialect(dialect.Character("delimiter"), dialect.Whole("headerRow") ?? 1, own.Flag("footer") ?? false, dialect.Text("encoding"));
    }
}
