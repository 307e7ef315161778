using Analys.Load.Csv;
using CsvHelper;

namespace Analys.Load;

/// <summary>A first schema for a file that has none. It is confidential until somebody says otherwise.</summary>
internal sealed class SchemaInference
{
    // A first block, not some rows: a register is often sorted, and its first thousand rows are then not like the rest.
    private static readonly MissingValue[] Marks =
        [new("", Mark.Missing), new("..", Mark.NotAvailable), new(".", Mark.NotApplicable), new("-", Mark.Nil), new("–", Mark.Nil), new("NA", Mark.Missing), new("N/A", Mark.Missing), new("null", Mark.Missing), new("NULL", Mark.Missing)];

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
        guesses = [.. header.Select(_ => new ColumnGuess())];
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
        return new Inferred(
            new TableSchema
            {
                Name = Path.GetFileNameWithoutExtension(file),
                Fields = [.. fields],
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
