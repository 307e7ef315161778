using System.Text;
using CsvHelper;

namespace Analys.Load.Csv;

/// <summary>How the columns of a file belong to the fields of its schema.</summary>
internal sealed class CsvLayout
{
    /// <summary>Reads the header of the first block and matches it with the schema.</summary>
    public CsvLayout(CsvBlock? first, TableSchema? schema, Dialect dialect, string file)
    {
        var separator = dialect.Delimiter;
        if (first is null)
        {
            Schema = schema ?? new TableSchema { Name = file, Fields = [] };
            Options = new CsvReaderOptions { Separator = ',' };
            Findings.Add(new Finding(FindingCodes.Source, file, null, null, null, "a table with a header"));
            return;
        }

        using (var reader = CsvReader.Create(first.Bytes, new CsvReaderOptions { HasHeader = false, Separator = separator, SkipEmptyLines = false, IncludeValuesInExceptions = false }))
        {
            separator = reader.Separator;
            for (var row = 1; reader.Read() && row <= Math.Max(1, dialect.HeaderRow); row++)
            {
                Header = [.. Enumerable.Range(0, reader.FieldCount).Select(i => Label(reader.GetString(i), dialect.HeaderRow == 0, i))];
            }
        }

        Options = new CsvReaderOptions
        {
            HasHeader = false,
            Separator = separator,
            SkipEmptyLines = false,
            MaxRecordSize = CsvBlocks.MaxRecord,
            IncludeValuesInExceptions = false,
        };
        Skip = dialect.HeaderRow;
        Footer = dialect.Footer;
        Schema = schema ?? SchemaInference.Infer(first, Header, Options, Skip, file);
        if (schema is null) Footer = true;
        Match(file);
    }

    public TableSchema Schema { get; }

    public CsvReaderOptions Options { get; }

    /// <summary>The names in the header.</summary>
    public string[] Header { get; private set; } = [];

    /// <summary>The number of columns that a row must have.</summary>
    public int Width => Header.Length;

    /// <summary>Records before the data.</summary>
    public int Skip { get; }

    public bool Footer { get; }

    /// <summary>The fields that are in the file, each with its column.</summary>
    public List<(Field Field, int Index)> Columns { get; } = [];

    /// <summary>What is wrong with the header.</summary>
    public List<Finding> Findings { get; } = [];

    private static string Label(string text, bool headless, int index) =>
        headless ? $"field{index + 1}" : text.TrimStart('\uFEFF').Trim().Normalize(NormalizationForm.FormC);

    private void Match(string file)
    {
        Finding At(string code, string? column, int? number, string expected) => new(code, file, Math.Max(1, Skip), column, number, expected);

        for (var i = 0; i < Header.Length; i++)
        {
            if (Header[i].Length == 0) Findings.Add(At(FindingCodes.BlankLabel, null, i + 1, "a name in the header"));
            else if (Array.IndexOf(Header, Header[i]) < i) Findings.Add(At(FindingCodes.DuplicateLabel, Header[i], i + 1, "each name once in the header"));
        }

        foreach (var field in Schema.Fields)
        {
            var index = Array.FindIndex(Header, name => string.Equals(name, field.Name.Normalize(NormalizationForm.FormC), StringComparison.Ordinal));
            if (index >= 0) Columns.Add((field, index));
            else if (Schema.FieldsMatch is "exact" or "equal" or "superset" or "subset" && !(Schema.FieldsMatch is "superset"))
            {
                Findings.Add(At(FindingCodes.MissingLabel, field.Name, null, "the schema's column in the header"));
            }
        }

        if (Schema.FieldsMatch is "exact" or "equal" or "superset")
        {
            for (var i = 0; i < Header.Length; i++)
            {
                // A column that the schema does not name is not repeated here: its name may itself be data.
                if (Header[i].Length > 0 && Schema.Find(Header[i]) is null) Findings.Add(At(FindingCodes.ExtraLabel, null, i + 1, "a column that the schema has"));
            }
        }
    }
}
