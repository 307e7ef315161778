using System.Text;
using System.Text.Unicode;
using Analys.Load.Schema;
using Analys.Load.Screening;
using Analys.Load.Undescribed;
using CsvHelper;

namespace Analys.Load.Csv;

/// <summary>How the columns of a file belong to the fields of its schema.</summary>
internal sealed class CsvLayout
{
    /// <summary>Reads the header of the first block and matches it with the schema.</summary>
    /// <param name="first">The first block; null for an empty file.</param>
    /// <param name="schema">The schema; null to infer one.</param>
    /// <param name="file">The file's name.</param>
    /// <param name="native">Whether the cells were typed in their source, so that a point in a number is its decimal mark.</param>
    /// <param name="inferred">What the whole file suggests, where its first block has misled.</param>
    public CsvLayout(CsvBlock? first, TableSchema? schema, string file, bool native = false, Inferred? inferred = null)
    {
        var dialect = schema?.Dialect ?? Dialect.Default;
        given = schema is not null;
        if (first is null)
        {
            Schema = schema ?? new TableSchema { Name = file, Fields = [] };
            Options = new CsvReaderOptions { Separator = ',' };
            Findings.Add(new Finding(FindingCodes.Source, file, null, null, null, "a table with a header"));
            return;
        }

        var separator = dialect.Delimiter;
        Skip = dialect.HeaderRow;
        if (given) (Header, separator) = Named(first, dialect);
        else (Header, separator, Skip) = Found(first, native, file);
        Options = new CsvReaderOptions
        {
            HasHeader = false,
            Separator = separator,
            SkipEmptyLines = false,
            // A line sep=; is a row of the file as any other: a title.
            DetectSeparatorHint = false,
            MaxRecordSize = CsvBlocks.MaxRecord,
            IncludeValuesInExceptions = false,
        };
        Footer = dialect.Footer || !given;
        FooterGuessed = !given;
        inferred ??= given ? null : SchemaInference.Of(first, this, file, native);
        Schema = schema ?? inferred!.Schema;
        foreach (var (column, how) in inferred?.Chosen
            ?? []) Notices.Add(new Notice(NoticeCodes.NumberForm, file, column, Array.IndexOf(Header, column) + 1, RowNumbers.None, how));
        Match(file);
    }

    private static (string[] Header, char? Separator) Named(CsvBlock first, Dialect dialect)
    {
        string[] header = [];
        using var reader =
            CsvReader.Create(first.Bytes, new CsvReaderOptions
            {
                HasHeader = false,
                Separator = dialect.Delimiter,
                SkipEmptyLines = false,
                DetectSeparatorHint = false,
                IncludeValuesInExceptions = false
            });
        for (var row = 1; reader.Read() && row <= Math.Max(1, dialect.HeaderRow); row++)
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                if (!Utf8.IsValid(reader.GetSpan(i))) throw new NotUtf8Exception();
            }

            header = [.. Enumerable.Range(0, reader.FieldCount).Select(i => Label(reader.GetString(i), dialect.HeaderRow == 0, i))];
        }

        return (header, reader.Separator);
    }

    private (string[] Header, char Separator, int Skip) Found(CsvBlock first, bool native, string file)
    {
        var shape = TableShape.Of(first, native ? ',' : null, native);
        string[] labels = [.. shape.Header.Select((text, i) => Label(text.ReplaceLineEndings(" "), false, i))];
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i].Length > 0) continue;
            var name = $"column{i + 1}";
            while (Array.IndexOf(labels, name) >= 0) name += "_";
            labels[i] = name;
            unnamed.Add(i);
        }

        if (shape.Problem is var (row, expected)) Findings.Add(new Finding(FindingCodes.Header, file, row, null, null, expected));
        if (TitlesIdentify(first, shape)) Findings.Add(IdentifierScreening.OfText(file, "titles"));
        if (shape.Titles.Count > 0)
            Notices.Add(new Notice(NoticeCodes.Title, file, null, null, RowNumbers.Of(shape.Titles),
                "taken as titles or blank rows above the header"));
        if (shape.EndsInSeparator)
            Notices.Add(new Notice(NoticeCodes.TrailingSeparator, file, null, labels.Length + 1, RowNumbers.Of([shape.HeaderRow]),
                "the header ends in a separator with nothing behind it: no column"));
        if (labels is [{ } only] && only.AsSpan().IndexOfAny(":=({;") >= 0)
            Notices.Add(new Notice(NoticeCodes.OneColumn, file, null, 1, RowNumbers.Of([shape.HeaderRow]),
                "the only column, and its name reads like text: is this a table, and is it divided by a comma, a semicolon, a tab or a "
                    + "bar?"));
        if (shape.HasNumberLabels)
            Notices.Add(new Notice(NoticeCodes.NumberLabel, file, null, null, new RowNumbers([shape.HeaderRow], 1),
                "taken as the header though names in it are numbers; where it is data, a schema with headerRow 0 says so"));
        return (labels, shape.Separator, shape.HeaderRow);
    }

    private static bool TitlesIdentify(CsvBlock first, TableShape shape)
    {
        if (shape.HeaderRow <= 1) return false;
        using var reader = CsvReader.Create(first.Bytes, new CsvReaderOptions
        {
            HasHeader = false,
            Separator = shape.Separator,
            SkipEmptyLines = false,
            DetectSeparatorHint = false,
            IncludeValuesInExceptions = false
        });
        for (var row = 1; row < shape.HeaderRow && reader.Read(); row++)
        {
            for (var i = 0; i < reader.FieldCount; i++) if (IdentifierScreening.IsInText(reader.GetString(i))) return true;
        }

        return false;
    }

    private readonly HashSet<int> unnamed = [];

    /// <summary>Whether the header has no name for a column, which then may also be absent from rows.</summary>
    public bool IsUnnamed(int index) => unnamed.Contains(index);

    /// <summary>Whether a schema was given.</summary>
    public bool IsGiven => given;

    /// <summary>What was taken for granted of the header.</summary>
    public List<Notice> Notices { get; } = [];

    private readonly bool given;

    /// <summary>The name of a column for findings: in a file without its header a label is data, so one that the schema does not have is
    /// not repeated.</summary>
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

    // The name that a column without one gets where no schema is given; a schema inferred so fits its file.
    private bool IsNamedByPlace(int index) => Schema.Fields.Length == Header.Length && Schema.Fields[index].Name == $"column{index + 1}";

    private void Match(string file)
    {
        Finding At(string code, string? column, int? number, string expected) => new(code, file, null, column, number, expected);

        // A byte order mark and nothing else.
        if (Header.Length == 0) Findings.Add(At(FindingCodes.Source, null, null, "a table with a header"));
        for (var i = 0; i < Header.Length; i++)
        {
            if (Header[i].Length == 0 && !IsNamedByPlace(i)) Findings.Add(At(FindingCodes.BlankLabel, null, i + 1, "a name in the header"));
            else if (Header[i].Length > 0 && Array.IndexOf(Header, Header[i]) < i)
                Findings.Add(At(FindingCodes.DuplicateLabel, given ? NameOf(i) : null, i + 1, "each name once in the header"));
        }

        // A file without a header has its first row there: it is screened as data are.
        for (var i = 0; i < Header.Length; i++)
        {
            if (PersonalNumber.IsIn(Header[i]))
                Findings.Add(At(FindingCodes.Identifier, null, i + 1, "a header, not personal identity numbers"));
        }

        if (Findings.Exists(finding => finding.Code == FindingCodes.Identifier))
        {
            Header = [.. Header.Select((_, i) => $"field{i + 1}")];
            Findings.RemoveAll(finding => finding.Code != FindingCodes.Identifier);
            Notices.Clear();
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
                if (Header[i].Length > 0)
                    Findings.Add(At(FindingCodes.IncorrectLabel, Schema.Fields[i].Name, i + 1,
                        "the schema's column at this place of the header"));
            }
            else if (index < 0 && Schema.FieldsMatch is not ("superset" or "partial"))
            {
                Findings.Add(At(FindingCodes.MissingLabel, Schema.Fields[i].Name, i + 1, "the schema's column in the header"));
            }
        }

        if (Schema.FieldsMatch == "partial" && Columns.Count == 0)
            Findings.Add(At(FindingCodes.MissingLabel, null, null, "at least one of the schema's columns in the header"));
        if (byPlace || Schema.FieldsMatch is "subset" or "partial") return;
        for (var i = 0; i < Header.Length; i++)
        {
            // A column that the schema does not name is not repeated here: its name may itself be data.
            if (Header[i].Length > 0 && Array.IndexOf(names, Header[i]) < 0)
                Findings.Add(At(FindingCodes.ExtraLabel, null, i + 1, "a column that the schema has"));
        }
    }
}
