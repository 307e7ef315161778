using System.Text.Json;
using Analys.Load.Schema;

namespace Analys.Load.Cubes.JsonStat;

/// <summary>Walks a document: dataset, collection with embedded items, bundle of version 1, or a dimension alone.</summary>
internal sealed class JsonStatReader
{
    private const int MaxDepth = 16;
    private readonly List<Cube> datasets = [];
    private readonly List<JsonStatFinding> findings = [];
    private readonly List<string> links = [];

    public JsonStatDocument Read(JsonElement root)
    {
        Walk(root, 0);
        return new JsonStatDocument(datasets, findings, links);
    }

    private void Walk(JsonElement node, int depth)
    {
        if (depth > MaxDepth)
        {
            Report("RECURSION_LIMIT", JsonStatSeverity.Info);
            return;
        }

        if (node.ValueKind != JsonValueKind.Object)
        {
            Report("STRUCTURAL_VIOLATION");
            return;
        }

        var kind = node.TryGetProperty("class", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        if (kind == "collection") WalkCollection(node, depth);
        else if (kind == "dimension") ReadDimension(node);
        else if (kind == "dataset" || (kind is null && node.TryGetProperty("dimension", out _))) ReadDataset(node);
        else WalkBundle(node, depth);
    }

    private void WalkCollection(JsonElement node, int depth)
    {
        if (!node.TryGetProperty("link", out var link) || link.ValueKind != JsonValueKind.Object
            || !link.TryGetProperty("item", out var items) || items.ValueKind != JsonValueKind.Array)
        {
            Report("STRUCTURAL_VIOLATION");
            return;
        }

        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object) Report("STRUCTURAL_VIOLATION");
            else if (item.TryGetProperty("dimension", out _) || item.TryGetProperty("link", out _)) Walk(item, depth + 1);
            else if (item.TryGetProperty("href", out var href) && href.ValueKind == JsonValueKind.String) links.Add(href.GetString()!);
        }
    }

    // Version 1: { "dataset": { ... } } or several datasets under names of their own.
    private void WalkBundle(JsonElement node, int depth)
    {
        var members = node.EnumerateObject()
            .Where(member => member.Value.ValueKind == JsonValueKind.Object && member.Value.TryGetProperty("dimension", out _)).ToList();
        if (members.Count == 0)
        {
            Report("STRUCTURAL_VIOLATION");
            return;
        }

        Report("BUNDLE_DEPRECATED", JsonStatSeverity.Info);
        foreach (var member in members) Walk(member.Value, depth + 1);
    }

    private void ReadDataset(JsonElement node)
    {
        var before = findings.Count(finding => finding.Severity == JsonStatSeverity.Error);
        var cube = new DatasetReader(node, findings).Read();
        if (cube is not null && findings.Count(finding => finding.Severity == JsonStatSeverity.Error) == before) datasets.Add(cube);
    }

    private void ReadDimension(JsonElement node)
    {
        if (!node.TryGetProperty("category", out _)) Report("STRUCTURAL_VIOLATION");
        else new CategoryReader(node, "", findings).Read(null);
    }

    private void Report(string code, JsonStatSeverity severity = JsonStatSeverity.Error) =>
        findings.Add(new JsonStatFinding(code, severity, null));
}

/// <summary>A JSON-stat document: one dataset, or the embedded datasets of a bundle or collection.</summary>
/// <remarks>Versions 1.x and 2.0 (json-stat.org/full). Findings have the codes of the jsonstat-validator's rule catalogue.</remarks>
internal sealed class JsonStatDocument
{
    internal JsonStatDocument(IReadOnlyList<Cube> datasets, IReadOnlyList<JsonStatFinding> findings, IReadOnlyList<string> links)
    {
        Datasets = datasets;
        Findings = findings;
        Links = links;
    }

    /// <summary>The datasets that could be read.</summary>
    public IReadOnlyList<Cube> Datasets { get; }

    /// <summary>What is wrong or worth knowing.</summary>
    public IReadOnlyList<JsonStatFinding> Findings { get; }

    /// <summary>Addresses of items of a collection that are not embedded.</summary>
    public IReadOnlyList<string> Links { get; }

    /// <summary>Whether no finding is an error.</summary>
    public bool IsValid => Findings.All(finding => finding.Severity != JsonStatSeverity.Error);

    /// <summary>Reads a document; what is wrong with it stands in <see cref="Findings"/>.</summary>
    /// <param name="utf8">Its bytes.</param>
    public static JsonStatDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(JsonSource.Clean(utf8), new JsonDocumentOptions { MaxDepth = 64 });
            return new JsonStatReader().Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new JsonStatDocument([], [new JsonStatFinding("PARSE_ERROR", JsonStatSeverity.Error, null)], []);
        }
    }

    /// <summary>Whether a JSON element looks like JSON-stat.</summary>
    internal static bool Looks(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) return false;
        if (root.TryGetProperty("class", out var kind) && kind.ValueKind == JsonValueKind.String
            && kind.GetString() is "dataset" or "collection" or "dimension") return true;
        if (root.TryGetProperty("dimension", out _) && root.TryGetProperty("value", out _)) return true;
        return root.EnumerateObject().Any(member => member.Value.ValueKind == JsonValueKind.Object
            && member.Value.TryGetProperty("dimension", out var dimension) && dimension.ValueKind == JsonValueKind.Object
            && member.Value.TryGetProperty("value", out _));
    }

    internal sealed record Source(Cube Cube, string Sha256) : ICubeSource;

    internal static (Extract? Extract, IReadOnlyList<Finding> Findings) Load(ReadOnlyMemory<byte> utf8, string sha256, string path,
        TableSchema? schema, string? table = null)
    {
        var document = Parse(utf8);
        if (!document.IsValid)
            return (null, [.. document.Findings.Where(finding => finding.Severity == JsonStatSeverity.Error)
                .Select(finding => finding.ToFinding(Path.GetFileName(path)))]);
        var cube = table is null ? document.Datasets is [var only] ? only : null
            : int.TryParse(table, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
                && number >= 1 && number <= document.Datasets.Count ? document.Datasets[number - 1]
            : document.Datasets.FirstOrDefault(dataset => dataset.TableId == table || dataset.Title == table);
        return cube is not null
            ? CubeExtract.Make(new Source(cube, sha256), path, schema)
            : (null, [SourceReader.At(path, table is null
                ? $"one dataset with values: this document has {document.Datasets.Count}; choose one with --table 1 to "
                    + $"{document.Datasets.Count}"
                : $"a dataset of the number or name that --table gives: this document has {document.Datasets.Count}")]);
    }
}

/// <summary>How bad a finding is.</summary>
internal enum JsonStatSeverity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>The document can be read, but something is missing.</summary>
    Warning,

    /// <summary>The document is invalid.</summary>
    Error,
}

/// <summary>A finding in a JSON-stat document.</summary>
/// <param name="Code">The code of the rule catalogue, such as <c>VALUE_LEN_MISMATCH</c>.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Dimension">The dimension that it is about; null for the dataset.</param>
internal sealed record JsonStatFinding(string Code, JsonStatSeverity Severity, string? Dimension)
{
    internal Finding ToFinding(string file) => new(Code, file, null, Dimension, null, JsonStatRules.Expected(Code));
}

/// <summary>What each rule expects, in words.</summary>
internal static class JsonStatRules
{
    public static string Expected(string code) => code switch
    {
        "ID_SIZE_LEN_MISMATCH" => "as many sizes as dimensions",
        "DIM_KEY_ID_MISMATCH" => "each dimension of id described, and no other",
        "VALUE_LEN_MISMATCH" => "a value for each cell",
        "SPARSE_KEY_OUT_OF_RANGE" => "values at cells of the table",
        "ROLE_ID_UNKNOWN" => "roles of dimensions that exist",
        "STATUS_LEN_MISMATCH" => "a status for each cell",
        "STATUS_KEY_OUT_OF_RANGE" => "statuses at cells of the table",
        "METRIC_UNIT_MISSING" => "units for the metric",
        "INDEX_COUNT_MISMATCH" => "as many categories as the dimension's size",
        "INDEX_POSITIONS_INVALID" => "each position once",
        "LABEL_KEY_UNKNOWN" or "UNIT_KEY_UNKNOWN" or "COORD_KEY_UNKNOWN" or "NOTE_KEY_UNKNOWN" =>
            "labels, units, coordinates and notes of categories that exist",
        "LABEL_KEY_INCOMPLETE" => "a label for each category",
        "CHILD_ID_UNKNOWN" => "children that are categories",
        "CHILD_CYCLE" => "a hierarchy without a circle",
        "CUBE_SIZE_OVERFLOW" => "fewer than 200 million cells",
        "BUNDLE_DEPRECATED" => "a collection instead of a bundle",
        "PARSE_ERROR" => "JSON",
        _ => "a document as JSON-stat defines it",
    };
}

/// <summary>The notes of a dataset, its dimensions and their categories, with PxWeb's word on which must be shown.</summary>
internal static class JsonStatNotes
{
    public static IEnumerable<CubeNote> Read(JsonElement node, IEnumerable<string> ids)
    {
        foreach (var note in Of(node, null, null, Mandatory(node, "noteMandatory", null))) yield return note;
        if (!DatasetReader.Object(node, "dimension", out var dimensions)) yield break;
        foreach (var id in ids)
        {
            if (!DatasetReader.Object(dimensions, id, out var dimension)) continue;
            foreach (var note in Of(dimension, id, null, Mandatory(dimension, "noteMandatory", null))) yield return note;
            if (!DatasetReader.Object(dimension, "category", out var category) || !DatasetReader.Object(category, "note", out var notes))
                continue;
            foreach (var member in notes.EnumerateObject())
            {
                foreach (var note in Texts(member.Value, id, member.Name, Mandatory(dimension, "categoryNoteMandatory", member.Name)))
                    yield return note;
            }
        }

        if (!DatasetReader.Object(node, "extension", out var extension) || !DatasetReader.Object(extension, "px", out var px)
            || !px.TryGetProperty("cellnotes", out var cells) || cells.ValueKind != JsonValueKind.Array) yield break;
        foreach (var cell in cells.EnumerateArray())
        {
            if (cell.ValueKind != JsonValueKind.Object || !cell.TryGetProperty("note", out var text)) continue;
            var at = cell.TryGetProperty("cell", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToArray()
                : [];
            yield return new CubeNote(text.ToString(), cell.TryGetProperty("mandatory", out var flag)
                && flag.ValueKind == JsonValueKind.True,
                DatasetReader.Text(cell, "dimension"), DatasetReader.Text(cell, "category"), [.. at.Select(name => name.ToString())]);
        }
    }

    private static IEnumerable<CubeNote> Of(JsonElement node, string? dimension, string? category, Func<int, bool> mandatory) =>
        node.TryGetProperty("note", out var notes) ? Texts(notes, dimension, category, mandatory) : [];

    private static IEnumerable<CubeNote> Texts(JsonElement notes, string? dimension, string? category, Func<int, bool> mandatory)
    {
        if (notes.ValueKind == JsonValueKind.String) return [new CubeNote(notes.GetString()!, mandatory(0), dimension, category, [])];
        return notes.ValueKind != JsonValueKind.Array
            ? []
            : notes.EnumerateArray().Select((note, i) => new CubeNote(note.ToString(), mandatory(i), dimension, category, []));
    }

    // extension.noteMandatory is { "0": true }, by the note's number; that of categories has one more level.
    private static Func<int, bool> Mandatory(JsonElement node, string name, string? category)
    {
        if (!DatasetReader.Object(node, "extension", out var extension) || !DatasetReader.Object(extension, name, out var flags))
            return _ => false;
        if (category is not null && !DatasetReader.Object(flags, category, out flags)) return _ => false;
        return i => flags.TryGetProperty(i.ToString(System.Globalization.CultureInfo.InvariantCulture), out var flag)
            && flag.ValueKind == JsonValueKind.True;
    }
}
