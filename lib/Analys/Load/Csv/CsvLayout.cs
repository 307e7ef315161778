using System.Text;
using System.Text.Unicode;
using Analys.Load.Screening;
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
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    if (!Utf8.IsValid(reader.GetSpan(i))) throw new NotUtf8Exception();
                }

                Header = [.. Enumerable.Range(0, reader.FieldCount).Select(i => Label(reader.GetString(i), dialect.HeaderRow == 0, i))];
            }
        }

        given = schema is not null;
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
        FooterGuessed = schema is null;
        if (schema is null) Footer = true;
        Match(file);
    }

    private readonly bool given;

    /// <summary>The name of a column for findings: in a file without its header a label is data, so one that the schema does not have is not repeated.</summary>
    public string? NameOf(int index) => given && Schema.Find(Header[index]) is null ? null : Header[index];

    public TableSchema Schema { get; }

    public CsvReaderOptions Options { get; }

    /// <summary>The names in the header.</summary>
    public string[] Header { get; private set; } = [];

    /// <summary>The number of columns that a row must have.</summary>
    public int Width => Header.Length;

    /// <summary>Records before the data.</summary>
    public int Skip { get; }

    public bool Footer { get; }

    /// <summary>Whether nobody said that there are footnotes: a row with one cell is then a footnote only if it reads like one.</summary>
    public bool FooterGuessed { get; }

    /// <summary>The fields that are in the file, each with its column.</summary>
    public List<(Field Field, int Index)> Columns { get; } = [];

    /// <summary>What is wrong with the header.</summary>
    public List<Finding> Findings { get; } = [];

    private static string Label(string text, bool headless, int index) =>
        headless ? $"field{index + 1}" : text.TrimStart('\uFEFF').Trim().Normalize(NormalizationForm.FormC);

    private void Match(string file)
    {
        Finding At(string code, string? column, int? number, string expected) => new(code, file, null, column, number, expected);

        // A byte order mark and nothing else.
        if (Header.Length == 0) Findings.Add(At(FindingCodes.Source, null, null, "a table with a header"));
        for (var i = 0; i < Header.Length; i++)
        {
            if (Header[i].Length == 0) Findings.Add(At(FindingCodes.BlankLabel, null, i + 1, "a name in the header"));
            else if (Array.IndexOf(Header, Header[i]) < i) Findings.Add(At(FindingCodes.DuplicateLabel, NameOf(i), i + 1, "each name once in the header"));
        }

        // A file without a header has its first row there: it is screened as data are.
        for (var i = 0; i < Header.Length; i++)
        {
            if (PersonalNumber.IsIn(Header[i])) Findings.Add(At(FindingCodes.Identifier, null, i + 1, "a header, not personal identity numbers"));
        }

        if (Findings.Exists(finding => finding.Code == FindingCodes.Identifier))
        {
            Header = [.. Header.Select((_, i) => $"field{i + 1}")];
            Findings.RemoveAll(finding => finding.Code != FindingCodes.Identifier);
            return;
        }

        string[] names = [.. Schema.Fields.Select(field => field.Name.Normalize(NormalizationForm.FormC))];
        var byPlace = Schema.FieldsMatch == "exact" && names.Length == Header.Length;
        for (var i = 0; i < names.Length; i++)
        {
            var index = Array.IndexOf(Header, names[i]);
            // Fields that match exactly are mapped by their place.
            if (byPlace || index >= 0) Columns.Add((Schema.Fields[i], byPlace ? i : index));
            if (byPlace && index != i)
            {
                // The label itself is not repeated: in a file without a header it is data.
                if (Header[i].Length > 0) Findings.Add(At(FindingCodes.IncorrectLabel, Schema.Fields[i].Name, i + 1, "the schema's column at this place of the header"));
            }
            else if (index < 0 && Schema.FieldsMatch is not ("superset" or "partial"))
            {
                Findings.Add(At(FindingCodes.MissingLabel, Schema.Fields[i].Name, i + 1, "the schema's column in the header"));
            }
        }

        if (Schema.FieldsMatch == "partial" && Columns.Count == 0) Findings.Add(At(FindingCodes.MissingLabel, null, null, "at least one of the schema's columns in the header"));
        if (byPlace || Schema.FieldsMatch is "subset" or "partial") return;
        for (var i = 0; i < Header.Length; i++)
        {
            // A column that the schema does not name is not repeated here: its name may itself be data.
            if (Header[i].Length > 0 && Array.IndexOf(names, Header[i]) < 0) Findings.Add(At(FindingCodes.ExtraLabel, null, i + 1, "a column that the schema has"));
        }
    }
}
