using System.Text.Json;
using Analys.Domain;
using Analys.Load.Csv;
using Analys.Load.Formats;
using Analys.Load.Formats.Sheets;
using Analys.Load.Schema;
using CsvHelper;

namespace Analys.Load.Undescribed;

/// <summary>A first schema for a file that has none. It is confidential until somebody says otherwise.</summary>
internal sealed class SchemaInference
{
    // A first block, not some rows: a register is often sorted, and its first thousand rows are then not like the rest.
    private static readonly MissingValue[] Marks =
        [new("", Mark.Missing), new("..", Mark.NotAvailable), new(".", Mark.NotApplicable), new("-", Mark.Nil), new("–", Mark.Nil),
            new("NA", Mark.Missing), new("N/A", Mark.Missing), new("null", Mark.Missing), new("NULL", Mark.Missing)];

    private readonly string[] header;
    private readonly CsvReaderOptions options;
    private readonly int skip;
    private readonly ColumnGuess[] guesses;
    private readonly int least;
    private long row;

    private SchemaInference(string[] header, CsvReaderOptions options, int skip, bool endsUnnamed)
    {
        (this.header, this.options, this.skip) = (header, options, skip);
        least = header.Length - (endsUnnamed ? 1 : 0);
        guesses = [.. header.Select(name => new ColumnGuess(PeriodText.IsYearName(name)))];
    }

    /// <summary>The schema that the first block of a file suggests.</summary>
    public static Inferred Of(CsvBlock block, CsvLayout layout, string file, bool native)
    {
        var inference = new SchemaInference(layout.Header, layout.Options, layout.Skip, layout.IsUnnamed(layout.Width - 1));
        inference.See(block, long.MaxValue);
        return inference.Schema(file, native);
    }

    /// <summary>The schema that a whole file suggests, for one whose first block is not like the rest.</summary>
    /// <param name="source">The source, from its start.</param>
    /// <param name="layout">The layout that was found.</param>
    /// <param name="until">The row where notes begin.</param>
    /// <param name="file">The file's name.</param>
    /// <param name="native">Whether the cells were typed in their source.</param>
    public static Inferred Of(CsvSource source, CsvLayout layout, long until, string file, bool native)
    {
        var inference = new SchemaInference(layout.Header, layout.Options, layout.Skip, layout.IsUnnamed(layout.Width - 1));
        while (source.Blocks.Next() is { } block)
        {
            inference.See(block, until);
            block.Return();
        }

        return inference.Schema(file, native);
    }

    private void See(CsvBlock block, long until)
    {
        using var reader = CsvReader.Create(block.Bytes, options);
        while (reader.Read())
        {
            if (++row >= until) return;
            // A row of too few cells is a footnote or wrong. In a table of one column a row is no footnote for having only its first cell.
            if (row <= skip || reader.FieldCount < least || (header.Length > 1 && IsFootnote(reader))) continue;
            for (var i = 0; i < Math.Min(header.Length, reader.FieldCount); i++) guesses[i].See(reader.GetSpan(i), row);
        }
    }

    private Inferred Schema(string file, bool native)
    {
        var decimals = guesses.Select(guess => guess.DecimalMark).Where(mark => mark != 0).Distinct().ToArray();
        var chosen = new List<(string, string)>();
        var separator = native ? '\0' : options.Separator ?? ',';
        // A column whose name is repeated is reported by the header check; it needs no field.
        var fields = header.Select((name, i) => (name, i)).Where(pair => pair.name.Length > 0).DistinctBy(pair => pair.name).Select(pair =>
        {
            var (field, how) = guesses[pair.i].ToField(pair.name, Marks, decimals is [var one] ? one : '\0', separator);
            if (how is not null) chosen.Add((field.Name, how));
            return field;
        });
        Field[] all = [.. fields];
        // Years are never added up: a column that tells them for certain is the period without a schema too, but only one can be.
        if (Array.FindIndex(all, field => guesses[Array.IndexOf(header, field.Name)].ArePeriods) is >= 0 and var period)
            all[period] = all[period] with { Role = Role.Period };
        return new Inferred(
            new TableSchema
            {
                Name = Path.GetFileNameWithoutExtension(file),
                Fields = [.. all],
                MissingValues = [.. Marks],
                Dialect = new Dialect(options.Separator, skip, Footer: true),
            },
            chosen);
    }

    private static bool IsFootnote(CsvReader reader)
    {
        for (var i = 1; i < reader.FieldCount; i++)
        {
            if (!reader.GetSpan(i).IsEmpty) return false;
        }

        return true;
    }
}

/// <summary>An inferred schema, and the columns whose numbers could have been read otherwise.</summary>
internal sealed record Inferred(TableSchema Schema, IReadOnlyList<(string Column, string How)> Chosen);

/// <summary>A first schema of a file for somebody to review: types from its first rows, roles guessed from its column names.</summary>
internal static class SchemaDraft
{
    /// <summary>The draft as JSON. It is confidential, and every guess is marked <c>"review"</c>.</summary>
    /// <param name="path">A CSV, PX, JSON or Excel file.</param>
    /// <param name="sheet">Of a workbook, the name or number of the sheet; null for the first with a table.</param>
    /// <exception cref="ExtractRejectedException">The file has no table.</exception>
    public static string Infer(string path, string? sheet = null) => Infer(path, new ReadOptions(sheet));

    /// <summary>The draft of a file that is read as a call says.</summary>
    internal static string Infer(string path, ReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Write(Draft(path, options));
    }

    private static TableSchema Draft(string path, ReadOptions options)
    {
        var file = Path.GetFileName(path);
        switch (File.Exists(path) ? SourceReader.KindOf(path).Reading : Reading.Text)
        {
            case Reading.Workbook:
                return WorkbookTable.Load(path, options.Choice(null)).Infer(file);
            case not Reading.Text:
                return Extract.Load(path, null, options).Schema;
            default:
                return CsvFile.Guarded(
                    path,
                    null,
                    options.Encoding,
                    encoding =>
                    {
                        using var source = new CsvSource(path, encoding);
                        var layout = new CsvLayout(source.Blocks.Next(), null, file);
                        return layout.Findings.Count == 0 ? layout.Schema : throw new ExtractRejectedException(file, layout.Findings);
                    },
                    finding => throw new ExtractRejectedException(file, [finding]));
        }
    }

    /// <summary>A schema as the JSON that <see cref="TableSchema.Parse"/> reads, roles that nobody stated being guessed.</summary>
    /// <param name="schema">The schema.</param>
    public static string Write(TableSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JsonText.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://datapackage.org/profiles/2.0/tableschema.json");
            json.WriteString("name", schema.Name);
            json.WriteStartArray("fields");
            foreach (var field in schema.Fields) WriteField(json, field);
            json.WriteEndArray();
            WriteMissing(json, schema.MissingValues);
            json.WriteStartObject("analys");
            json.WriteString("confidentiality", "confidential");
            json.WriteString("review", "Inferred from the first rows: check types, roles, units and marks, and state the confidentiality.");
            if (schema.Dialect.Footer) json.WriteBoolean("footer", true);
            json.WriteStartObject("dialect");
            if (schema.Dialect.Delimiter is { } delimiter) json.WriteString("delimiter", delimiter.ToString());
            json.WriteNumber("headerRow", schema.Dialect.HeaderRow);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteMissing(Utf8JsonWriter json, IEnumerable<MissingValue> values)
    {
        json.WriteStartArray("missingValues");
        foreach (var missing in values)
        {
            json.WriteStartObject();
            json.WriteString("value", missing.Value);
            json.WriteString("label", Label(missing.Mark));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteField(Utf8JsonWriter json, Field field)
    {
        json.WriteStartObject();
        json.WriteString("name", field.Name);
        json.WriteString("type", field.Type.ToString().ToLowerInvariant());
        if (field.IsNumeric && field.DecimalChar != '.') json.WriteString("decimalChar", field.DecimalChar.ToString());
        if (field.IsNumeric && field.GroupChar is { } group) json.WriteString("groupChar", group.ToString());
        if (field is { IsNumeric: true, BareNumber: false }) json.WriteBoolean("bareNumber", false);
        if (field.MissingValues is { } missing) WriteMissing(json, missing);
        if (field.Title is { } title) json.WriteString("title", title);
        if (!field.Categories.IsEmpty)
        {
            json.WriteStartArray("categories");
            foreach (var category in field.Categories)
            {
                json.WriteStartObject();
                json.WriteString("value", category.Value);
                json.WriteString("label", category.Label);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        var role = field.Role != Role.None ? field.Role : RoleGuess.Of(field);
        json.WriteStartObject("analys");
        if (role != Role.None) json.WriteString("role", RoleNames.Of(role));
        if (field.Unit is { } unit) json.WriteString("unit", unit);
        if (field.Scale != 1) json.WriteNumber("scale", field.Scale);
        json.WriteBoolean("review", true);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Label(Mark mark) => mark switch
    {
        Mark.NotAvailable => "not available",
        Mark.NotApplicable => "not applicable",
        Mark.Nil => "nil",
        Mark.Suppressed => "suppressed",
        _ => "missing",
    };
}
