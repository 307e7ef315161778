using System.Text.Json;
using Analys.Domain;
using Analys.Load.Undescribed;

namespace Analys.Load.Cubes.JsonStat;

/// <summary>Writes a cube as a JSON-stat 2.0 dataset; reading it again gives the same cube.</summary>
internal static class JsonStatWriter
{
    /// <summary>Writes the dataset as UTF-8.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="cube">The cube.</param>
    public static void Write(Stream stream, Cube cube)
    {
        ArgumentNullException.ThrowIfNull(cube);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JsonText.Encoder });
        json.WriteStartObject();
        json.WriteString("version", "2.0");
        json.WriteString("class", "dataset");
        if (cube.Title is not null) json.WriteString("label", cube.Title);
        if (cube.Source is not null) json.WriteString("source", cube.Source);
        if (cube.Updated is not null) json.WriteString("updated", cube.Updated);
        WriteNotes(json, cube.Notes.Where(note => note.Dimension is null && note.Cell.IsEmpty));
        WriteList(json, "id", cube.Dimensions.Select(dimension => dimension.Id));
        json.WriteStartArray("size");
        foreach (var dimension in cube.Dimensions) json.WriteNumberValue(dimension.Count);
        json.WriteEndArray();
        WriteRoles(json, cube);
        json.WriteStartObject("dimension");
        foreach (var dimension in cube.Dimensions) WriteDimension(json, cube, dimension);
        json.WriteEndObject();
        WriteValues(json, cube);
        WriteExtension(json, cube);
        json.WriteEndObject();
    }

    // What JSON-stat has no place for, where PxWeb has one: which notes must be shown, the table's id, its unit, notes on cells.
    private static void WriteExtension(Utf8JsonWriter json, Cube cube)
    {
        var notes = cube.Notes.Where(note => note.Dimension is null && note.Cell.IsEmpty).ToList();
        var cells = cube.Notes.Where(note => !note.Cell.IsEmpty || IsNowhere(cube, note)).ToList();
        if (cube.TableId is null && cube.Unit is null && cells.Count == 0 && !notes.Exists(note => note.Mandatory)) return;
        json.WriteStartObject("extension");
        WriteMandatory(json, "noteMandatory", notes);
        json.WriteStartObject("px");
        if (cube.TableId is not null) json.WriteString("tableid", cube.TableId);
        if (cube.Unit is not null) json.WriteString("units", cube.Unit);
        if (cells.Count > 0)
        {
            json.WriteStartArray("cellnotes");
            foreach (var note in cells)
            {
                json.WriteStartObject();
                json.WriteString("note", note.Text);
                json.WriteBoolean("mandatory", note.Mandatory);
                if (note.Dimension is not null) json.WriteString("dimension", note.Dimension);
                if (note.Category is not null) json.WriteString("category", note.Category);
                if (!note.Cell.IsEmpty) WriteList(json, "cell", note.Cell);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Files hold notes on values that their table does not have.
    private static bool IsNowhere(Cube cube, CubeNote note) => note.Dimension is not null
        && (cube.Dimensions.FirstOrDefault(dimension => dimension.Id == note.Dimension) is not { } about
            || (note.Category is { } category && !about.Codes.Contains(category) && !about.Labels.Contains(category)));

    private static void WriteDimension(Utf8JsonWriter json, Cube cube, CubeDimension dimension)
    {
        json.WriteStartObject(dimension.Id);
        json.WriteString("label", dimension.Label);
        var own = cube.Notes.Where(note => note.Dimension == dimension.Id).ToList();
        WriteNotes(json, own.Where(note => note.Category is null));
        json.WriteStartObject("category");
        WriteList(json, "index", dimension.Codes);
        json.WriteStartObject("label");
        for (var i = 0; i < dimension.Count; i++) json.WriteString(dimension.Codes[i], dimension.Labels[i]);
        json.WriteEndObject();
        if (!dimension.Units.IsEmpty)
        {
            json.WriteStartObject("unit");
            foreach (var code in dimension.Codes.Where(dimension.Units.ContainsKey))
            {
                json.WriteStartObject(code);
                if (dimension.Units[code].Label is { } label) json.WriteString("base", label);
                if (dimension.Units[code].Decimals is { } decimals) json.WriteNumber("decimals", decimals);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        if (!dimension.Children.IsEmpty)
        {
            json.WriteStartObject("child");
            foreach (var code in dimension.Codes.Where(dimension.Children.ContainsKey)) WriteList(json, code, dimension.Children[code]);
            json.WriteEndObject();
        }

        // PX names the value of a note by its words, JSON-stat by its code.
        string Code(string category) => dimension.Codes.Contains(category) ? category
            : dimension.Labels.IndexOf(category) is var place and >= 0 ? dimension.Codes[place] : "";
        var byCategory =
            own.Where(note => note.Category is not null).GroupBy(note => Code(note.Category!)).Where(notes =>
            notes.Key.Length > 0).ToList();
        if (byCategory.Count > 0)
        {
            json.WriteStartObject("note");
            foreach (var notes in byCategory) WriteList(json, notes.Key, notes.Select(note => note.Text));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (own.Exists(note => note.Mandatory))
        {
            json.WriteStartObject("extension");
            WriteMandatory(json, "noteMandatory", own.Where(note => note.Category is null));
            json.WriteStartObject("categoryNoteMandatory");
            foreach (var notes in byCategory) WriteMandatory(json, notes.Key, notes);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, Cube cube)
    {
        json.WriteStartArray("value");
        foreach (var value in cube.Values)
        {
            if (double.IsNaN(value)) json.WriteNullValue();
            else json.WriteNumberValue(value);
        }

        json.WriteEndArray();
        var status = cube.Status;
        if (status.Count == 0 && cube.Marks is not null)
            status = cube.Marks.Select((mark, cell) => (mark, cell)).Where(pair => pair.mark > Mark.Missing)
                .ToDictionary(pair => pair.cell, pair => MarkText.Of(pair.mark));
        if (status.Count == 0) return;
        json.WriteStartObject("status");
        foreach (var (cell, text) in status.OrderBy(pair => pair.Key)) json.WriteString(
            cell.ToString(System.Globalization.CultureInfo.InvariantCulture), text);
        json.WriteEndObject();
    }

    private static void WriteRoles(Utf8JsonWriter json, Cube cube)
    {
        if (cube.Dimensions.All(dimension => dimension.Role == CubeRole.Classification)) return;
        json.WriteStartObject("role");
        foreach (var (role, name) in new[] { (CubeRole.Time, "time"), (CubeRole.Geography, "geo"), (CubeRole.Metric, "metric") })
        {
            var ids = cube.Dimensions.Where(dimension => dimension.Role == role).Select(dimension => dimension.Id).ToList();
            if (ids.Count > 0) WriteList(json, name, ids);
        }

        json.WriteEndObject();
    }

    private static void WriteMandatory(Utf8JsonWriter json, string name, IEnumerable<CubeNote> notes)
    {
        json.WriteStartObject(name);
        foreach (var (note, i) in notes.Select((note, i) => (note, i)).Where(pair => pair.note.Mandatory)) json.WriteBoolean(
            i.ToString(System.Globalization.CultureInfo.InvariantCulture), note.Mandatory);
        json.WriteEndObject();
    }

    private static void WriteNotes(Utf8JsonWriter json, IEnumerable<CubeNote> notes)
    {
        var texts = notes.Select(note => note.Text).ToList();
        if (texts.Count > 0) WriteList(json, "note", texts);
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
