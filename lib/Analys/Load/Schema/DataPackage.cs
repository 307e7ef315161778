using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Analys.Load.Schema;

/// <summary>The Frictionless data package that stands beside a file: where the file was published, and its schema.</summary>
internal static class DataPackage
{
    /// <summary>The name of the descriptor.</summary>
    public const string FileName = "datapackage.json";

    // A key that stands twice would be found only where it is asked for.
    private static readonly JsonDocumentOptions Once = new() { AllowDuplicateProperties = false };

    /// <summary>What the package beside a file says of its origin; null where there is no package, or it does not speak of the
    /// file.</summary>
    /// <param name="path">The file.</param>
    public static Origin? FindOrigin(string path)
    {
        if (FindResource(path) is not { } resource) return null;
        var source = First(resource["sources"]);
        var licence = First(resource["licenses"]);
        return new Origin(
            Text(source, "title"), Text(source, "publisher"), Text(source, "tableId"), Text(source, "date"),
            Text(licence, "title") ?? Text(licence, "name"), Text(source, "path"));
    }

    /// <summary>The schema that the package beside a file gives it; null where it gives none.</summary>
    internal static TableSchema? FindSchema(string path)
    {
        if (FindResource(path) is not { } resource || resource["schema"] is not { } schema) return null;
        if (schema is JsonObject) return TableSchema.Parse(schema.ToJsonString(), Path.GetFileNameWithoutExtension(path));
        return Text(resource, "schema") is { } name && PackagePath.IsSafe(name)
            ? TableSchema.Load(Path.Combine(Folder(path), name)) : null;
    }

    private static JsonObject? FindResource(string path)
    {
        var package = Path.Combine(Folder(path), FileName);
        if (!File.Exists(package)) return null;
        try
        {
            var resources = (JsonNode.Parse(File.ReadAllText(package), documentOptions: Once) as JsonObject)?["resources"]
                as JsonArray;
            return resources?.OfType<JsonObject>().FirstOrDefault(item => Text(item, "path") == Path.GetFileName(path));
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Folder(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static JsonObject? First(JsonNode? list) => (list as JsonArray)?.FirstOrDefault() as JsonObject;

    private static string? Text(JsonObject? node, string key) => SchemaJson.Scalar(node?[key]);
}

/// <summary>A table of a data package: its file, how it is laid out, its schema, and what is said of its size.</summary>
internal sealed class DataResource(JsonObject node, string folder, int number)
{
    /// <summary>Its name; numbered where it has none.</summary>
    public string Name { get; } = SchemaJson.Scalar(node["name"]) ?? $"resource {number}";

    /// <summary>Its schema; null where it has none or the schema is wrong.</summary>
    public TableSchema? Schema { get; private set; }

    /// <summary>The file's name, for findings.</summary>
    public string File => SchemaJson.Scalar(node["path"]) is { Length: > 0 } path ? Path.GetFileName(path) : Name;

    /// <summary>Reads and checks the table.</summary>
    public (Extract? Extract, IReadOnlyList<Finding> Findings) Read()
    {
        if (node["data"] is { } data) return Inline(data);
        if (SchemaJson.Scalar(node["path"]) is not { } path) return (null, [At(FindingCodes.Resource, "a path to one file, or data")]);
        if (!PackagePath.IsSafe(path)) return (null, [At(FindingCodes.Resource, "a path below the package's folder")]);
        var full = Path.Combine(folder, path);
        if (!System.IO.File.Exists(full)) return (null, [At("scheme-error", "a file that exists")]);
        if (SchemaJson.Scalar(node["profile"]) is { } profile && profile.StartsWith("data-resource", StringComparison.Ordinal))
            return Sized(full, []);
        try
        {
            Schema = ReadSchema();
        }
        catch (Exception e) when (e is SchemaException or SchemaNotFoundException)
        {
            return (null, [At(FindingCodes.Schema, $"a right schema: {e.Message}")]);
        }

        var (extract, findings) = Extract.TryLoad(full, Schema);
        // Somebody described the package: what is passed over in a file that nobody described is wrong in its tables.
        if (Schema is null && extract is { } read && read.Notices.Any(notice => notice.Code == NoticeCodes.BlankRow))
            (extract, findings) = Extract.TryLoad(full, read.Schema);
        var (_, size) = Sized(full, findings);
        return (extract, size);
    }

    private TableSchema? ReadSchema()
    {
        var schema = node["schema"] switch
        {
            null => null,
            JsonObject inline => TableSchema.Parse(inline.ToJsonString(), Name),
            var reference when SchemaJson.Scalar(reference) is { } name && PackagePath.IsSafe(name) =>
                TableSchema.Load(Path.Combine(folder, name)),
            _ => throw new SchemaException($"{Name}: the schema should be an object or a path below the package's folder."),
        };
        if (schema is null) return null;
        // The layout that the resource states wins over the schema's.
        var dialect = node["dialect"] as JsonObject;
        var encoding = SchemaJson.Scalar(node["encoding"]) ?? schema.Dialect.Encoding;
        return schema with
        {
            Dialect = schema.Dialect with
            {
                Delimiter = SchemaJson.Scalar(dialect?["delimiter"]) is { Length: 1 } delimiter ? delimiter[0] : schema.Dialect.Delimiter,
                HeaderRow = SchemaJson.Scalar(dialect?["header"]) == "false" ? 0 : schema.Dialect.HeaderRow,
                // utf-8 is the default of the standard and says nothing: the bytes decide.
                Encoding = encoding is null || encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
                || encoding.Equals("utf8", StringComparison.OrdinalIgnoreCase) ? null : encoding,
            },
        };
    }

    private (Extract? Extract, IReadOnlyList<Finding> Findings) Sized(string full, IReadOnlyList<Finding> findings)
    {
        var all = findings.ToList();
        if (SchemaJson.Scalar(node["bytes"]) is { } bytes
            && long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var expected)
            && expected != new FileInfo(full).Length)
        {
            all.Add(At(FindingCodes.ByteCount, $"a file of {expected} bytes"));
        }

        if (SchemaJson.Scalar(node["hash"]) is { Length: > 0 } hash && !HashMatches(full, hash))
            all.Add(At(FindingCodes.HashCount, "a file with the hash that the package states"));
        return (null, all);
    }

    private static bool HashMatches(string full, string hash)
    {
        var (name, digest) = hash.Split(':', 2) is [var algorithm, var rest] ? (algorithm.ToUpperInvariant(), rest) : ("MD5", hash);
        using var stream = System.IO.File.OpenRead(full);
#pragma warning disable CA5350, CA5351 // Not for secrecy: the standard's packages state MD5 and SHA-1.
        var actual = name switch
        {
            "MD5" => MD5.HashData(stream),
            "SHA1" => SHA1.HashData(stream),
            "SHA256" => SHA256.HashData(stream),
            "SHA512" => SHA512.HashData(stream),
            _ => null,
        };
#pragma warning restore CA5350, CA5351
        return actual is not null && digest.Equals(Convert.ToHexString(actual), StringComparison.OrdinalIgnoreCase);
    }

    private (Extract? Extract, IReadOnlyList<Finding> Findings) Inline(JsonNode data)
    {
        using var document = JsonDocument.Parse(data.ToJsonString());
        if (JsonSource.Rows(document.RootElement) is not { } rows) return (null, [At(FindingCodes.Resource, "data as a list of rows")]);
        try
        {
            Schema = ReadSchema();
        }
        catch (Exception e) when (e is SchemaException or SchemaNotFoundException)
        {
            return (null, [At(FindingCodes.Schema, $"a right schema: {e.Message}")]);
        }

        return rows.Table.ToExtract(Path.Combine(folder, Name), RowTable.Hash(System.Text.Encoding.UTF8.GetBytes(data.ToJsonString())),
            Schema);
    }

    private Finding At(string code, string expected) => new(code, File, null, null, null, $"{expected} (resource {Name})");
}

/// <summary>Whether a file describes data rather than holds them.</summary>
internal static class Descriptor
{
    private const long MaxSize = 16 << 20;

    /// <summary>What a file is.</summary>
    /// <param name="path">The file.</param>
    public static DescriptorKind KindOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || new FileInfo(path) is { Exists: false } or { Length: > MaxSize })
            return DescriptorKind.None;
        if (path.EndsWith(".schema.json", StringComparison.OrdinalIgnoreCase)) return DescriptorKind.Schema;
        try
        {
            if (JsonNode.Parse(File.ReadAllText(path)) is not JsonObject root) return DescriptorKind.None;
            return root.ContainsKey("resources") ? DescriptorKind.Package : root.ContainsKey("fields") && !root.ContainsKey("data")
                ? DescriptorKind.Schema : DescriptorKind.None;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // A descriptor that is no JSON, by its name; any other file is judged as data.
            return Path.GetFileName(path) == DataPackage.FileName ? DescriptorKind.Package : DescriptorKind.None;
        }
    }
}

/// <summary>What a file describes.</summary>
internal enum DescriptorKind
{
    /// <summary>Nothing: it is data.</summary>
    None,

    /// <summary>A Table Schema.</summary>
    Schema,

    /// <summary>A data package.</summary>
    Package,
}

/// <summary>Foreign keys: every combination that is there must occur in the other table.</summary>
internal static class ForeignKeyCheck
{
    public static IEnumerable<Finding> Check(DataResource resource, Extract? extract, IReadOnlyDictionary<string,
        (DataResource Resource, Extract? Extract)> tables)
    {
        foreach (var key in resource.Schema?.ForeignKeys ?? [])
        {
            var target = key.Resource is null ? (resource, extract) : tables.GetValueOrDefault(key.Resource);
            if (key.Resource is not null && !tables.ContainsKey(key.Resource))
            {
                yield return new Finding(FindingCodes.Package, resource.File, null, string.Join(", ", key.Fields), null,
                    "a reference to a resource of the package");
                continue;
            }

            // A table that could not be read has its own findings.
            if (extract is null || target.Item2 is not { } other) continue;
            if (key.Reference.Any(name => !other.Has(name)) || key.Fields.Any(name => !extract.Has(name)))
            {
                yield return new Finding(FindingCodes.Package, resource.File, null, string.Join(", ", key.Fields), null,
                    "a reference to fields that exist");
                continue;
            }

            var known = new HashSet<string>(StringComparer.Ordinal);
            for (var row = 0; row < other.RowCount; row++) known.Add(Key(other, key.Reference, row) ?? "");
            for (var row = 0; row < extract.RowCount; row++)
            {
                if (Key(extract, key.Fields, row) is { } value && !known.Contains(value))
                {
                    yield return new Finding(
                        FindingCodes.ForeignKey, resource.File, row + 1L + extract.Schema.Dialect.HeaderRow, string.Join(", ", key.Fields),
                        null, $"a row of {key.Resource ?? resource.Name} with this key");
                }
            }
        }
    }

    // Null where a part is missing: an empty key points nowhere.
    private static string? Key(Extract extract, IEnumerable<string> names, int row)
    {
        var parts = names.Select(name => extract[name].ValueAt(row)).ToList();
        return parts.Any(part => part is null) ? null
            : string.Join('\u001F', parts.Select(part => Convert.ToString(part, System.Globalization.CultureInfo.InvariantCulture)));
    }
}

/// <summary>Checks a data package: its descriptor, every table against its schema, and the keys that point from one to another.</summary>
internal static class PackageCheck
{
    /// <summary>Everything that is wrong with a package and its tables.</summary>
    /// <param name="path">The descriptor, usually <c>datapackage.json</c>.</param>
    /// <returns>The findings, and how many tables were checked.</returns>
    public static (int Resources, IReadOnlyList<Finding> Findings) Check(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var file = Path.GetFileName(path);
        Finding At(string code, string expected) => new(code, file, null, null, null, expected);
        JsonObject? root;
        try
        {
            root = JsonNode.Parse(File.ReadAllText(path),
                documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (Exception e)
        when (e is JsonException or ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return (0, [At(FindingCodes.Package, "JSON without a key twice")]);
        }

        if (root?["resources"] is not JsonArray { Count: > 0 } list) return (0, [At(FindingCodes.Package, "a list of resources")]);
        if (list.Any(item => item is not JsonObject)) return (0, [At(FindingCodes.Package, "resources that are objects")]);
        var resources = list.Select((item, i) => new DataResource((JsonObject)item!, Path.GetDirectoryName(Path.GetFullPath(path))!, i + 1))
            .ToList();
        var findings = new List<Finding>();
        foreach (var twice in resources.GroupBy(resource => resource.Name).Where(group => group.Count() > 1))
        {
            findings.Add(At(FindingCodes.Package, $"each name of a resource once, {twice.Key} stands twice"));
        }

        var tables = new Dictionary<string, (DataResource Resource, Extract? Extract)>(StringComparer.Ordinal);
        foreach (var resource in resources)
        {
            var (extract, wrong) = resource.Read();
            findings.AddRange(wrong);
            tables.TryAdd(resource.Name, (resource, extract));
        }

        foreach (var (resource, extract) in tables.Values) findings.AddRange(ForeignKeyCheck.Check(resource, extract, tables));
        return (resources.Count, findings);
    }
}

/// <summary>Paths in a data package: relative, below the package, forward slashes.</summary>
internal static class PackagePath
{
    /// <summary>Whether a path stays inside the package's folder.</summary>
    public static bool IsSafe(string path) => path.Length > 0 && !Path.IsPathRooted(path) && !path.Contains("://", StringComparison.Ordinal)
        && !path.Contains('\\', StringComparison.Ordinal) && !path.Split('/').Contains("..");
}
