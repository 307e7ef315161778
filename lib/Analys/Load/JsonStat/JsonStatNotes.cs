using System.Text.Json;
using Analys.Load.Cubes;

namespace Analys.Load.JsonStat;

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
            if (!DatasetReader.Object(dimension, "category", out var category) || !DatasetReader.Object(category, "note", out var notes)) continue;
            foreach (var member in notes.EnumerateObject())
            {
                foreach (var note in Texts(member.Value, id, member.Name, Mandatory(dimension, "categoryNoteMandatory", member.Name))) yield return note;
            }
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
        if (!DatasetReader.Object(node, "extension", out var extension) || !DatasetReader.Object(extension, name, out var flags)) return _ => false;
        if (category is not null && !DatasetReader.Object(flags, category, out flags)) return _ => false;
        return i => flags.TryGetProperty(i.ToString(System.Globalization.CultureInfo.InvariantCulture), out var flag) && flag.ValueKind == JsonValueKind.True;
    }
}
