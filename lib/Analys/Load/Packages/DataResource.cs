using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Analys.Load.Sources;

namespace Analys.Load.Packages;

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
        if (SchemaJson.Scalar(node["profile"]) is { } profile && profile.StartsWith("data-resource", StringComparison.Ordinal)) return Sized(full, []);
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
        if (Schema is null && extract is { } read && read.Notices.Any(notice => notice.Code == NoticeCodes.BlankRow)) (extract, findings) = Extract.TryLoad(full, read.Schema);
        var (_, size) = Sized(full, findings);
        return (extract, size);
    }

    private TableSchema? ReadSchema()
    {
        var schema = node["schema"] switch
        {
            null => null,
            JsonObject inline => TableSchema.Parse(inline.ToJsonString(), Name),
            var reference when SchemaJson.Scalar(reference) is { } name && PackagePath.IsSafe(name) => TableSchema.Load(Path.Combine(folder, name)),
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
                Encoding = encoding is null || encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || encoding.Equals("utf8", StringComparison.OrdinalIgnoreCase) ? null : encoding,
            },
        };
    }

    private (Extract? Extract, IReadOnlyList<Finding> Findings) Sized(string full, IReadOnlyList<Finding> findings)
    {
        var all = findings.ToList();
        if (SchemaJson.Scalar(node["bytes"]) is { } bytes && long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var expected) && expected != new FileInfo(full).Length)
        {
            all.Add(At(FindingCodes.ByteCount, $"a file of {expected} bytes"));
        }

        if (SchemaJson.Scalar(node["hash"]) is { Length: > 0 } hash && !HashMatches(full, hash)) all.Add(At(FindingCodes.HashCount, "a file with the hash that the package states"));
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

        return rows.Table.ToExtract(Path.Combine(folder, Name), RowTable.Hash(System.Text.Encoding.UTF8.GetBytes(data.ToJsonString())), Schema);
    }

    private Finding At(string code, string expected) => new(code, File, null, null, null, $"{expected} (resource {Name})");
}
