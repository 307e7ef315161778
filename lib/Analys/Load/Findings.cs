using System.Runtime.InteropServices;
using Analys.Load.Schema;

namespace Analys.Load;

/// <summary>
/// Something wrong with a file. It has coordinates and says what was expected; it never holds or repeats a cell's value.
/// </summary>
/// <param name="Code">A stable code; Frictionless's name where there is one (<c>type-error</c>, <c>missing-cell</c>, ...).</param>
/// <param name="File">The file's name, without its folder.</param>
/// <param name="Row">The row in the file, the header being row 1; null where it concerns the whole file or column.</param>
/// <param name="Column">The name of the column; null where it concerns the row or the file.</param>
/// <param name="Field">The number of the column, from 1.</param>
/// <param name="Expected">What was expected there.</param>
public sealed record Finding(string Code, string File, long? Row, string? Column, int? Field, string Expected);

/// <summary>Areas of a geography cannot be measured; the message names them.</summary>
/// <param name="message">Which, why, and what to do.</param>
internal sealed class GeometryException(string message) : Exception(message);

/// <summary>A file cannot be made into an extract: the findings say why.</summary>
public sealed class ExtractRejectedException : Exception
{
    /// <summary>Puts the findings together in one message without values.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="findings">What is wrong.</param>
    public ExtractRejectedException(string file, IReadOnlyList<Finding> findings)
        : base(Describe(file, findings))
    {
        Findings = findings;
    }

    /// <summary>Everything that is wrong.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    private static string Describe(string file, IReadOnlyList<Finding> findings)
    {
        var kinds = findings.GroupBy(finding => (finding.Code, finding.Column)).Take(3)
            .Select(kind => $"{kind.Key.Code}{(kind.Key.Column is { } column ? $" in {column}" : "")} ({kind.First().Expected})");
        return $"{file} was rejected with {findings.Count} findings: {string.Join("; ", kinds)}.";
    }
}

/// <summary>The codes of findings: Frictionless's where it has one, ours for what it does not know.</summary>
internal static class FindingCodes
{
    /// <summary>The file cannot be read, is empty or is not a table.</summary>
    public const string Source = "source-error";

    /// <summary>The file is not there or cannot be opened: the call is wrong, not the data.</summary>
    public const string File = "file-error";

    /// <summary>It cannot be told which row is the header.</summary>
    public const string Header = "header-error";

    /// <summary>The bytes are not text in the encoding that they start in.</summary>
    public const string Encoding = "encoding-error";

    /// <summary>The schema itself is wrong.</summary>
    public const string Schema = "schema-error";

    /// <summary>A column of the file has no name.</summary>
    public const string BlankLabel = "blank-label";

    /// <summary>Two columns have one name.</summary>
    public const string DuplicateLabel = "duplicate-label";

    /// <summary>A column of the schema is not in the file.</summary>
    public const string MissingLabel = "missing-label";

    /// <summary>The file has a column that the schema does not have.</summary>
    public const string ExtraLabel = "extra-label";

    /// <summary>A column's name differs from the schema's at that place.</summary>
    public const string IncorrectLabel = "incorrect-label";

    /// <summary>A row without any value.</summary>
    public const string BlankRow = "blank-row";

    /// <summary>A row is too short.</summary>
    public const string MissingCell = "missing-cell";

    /// <summary>A row is too long.</summary>
    public const string ExtraCell = "extra-cell";

    /// <summary>A cell is not of the field's type and format.</summary>
    public const string Type = "type-error";

    /// <summary>A cell breaks a constraint of its field.</summary>
    public const string Constraint = "constraint-error";

    /// <summary>A primary key occurs twice or is missing.</summary>
    public const string PrimaryKey = "primary-key";

    /// <summary>A unique field has a value twice.</summary>
    public const string Unique = "unique-error";

    /// <summary>A foreign key points at a row that is not there.</summary>
    public const string ForeignKey = "foreign-key";

    /// <summary>A field of a schema is wrong.</summary>
    public const string Field = "field-error";

    /// <summary>A resource of a data package is wrong.</summary>
    public const string Resource = "resource-error";

    /// <summary>A data package itself is wrong.</summary>
    public const string Package = "package-error";

    /// <summary>A keyword of a PX file is wrong or missing; the finding's column is the keyword, its row the line.</summary>
    public const string Px = "px-error";

    /// <summary>The file is not as long as its description says.</summary>
    public const string ByteCount = "byte-count";

    /// <summary>The file's hash is not the one of its description.</summary>
    public const string HashCount = "hash-count";

    /// <summary>Rows that look like data stand after the footnotes: the table was cut short.</summary>
    public const string DataAfterFooter = "data-after-footer";

    /// <summary>A row repeats the header: a second table follows.</summary>
    public const string RepeatedHeader = "repeated-header";

    /// <summary>More findings than can be listed.</summary>
    public const string TooMany = "too-many-findings";

    /// <summary>A direct identifier of a person stands in the file.</summary>
    public const string Identifier = "identifier";
}

/// <summary>
/// Something that a reader took for granted or passed over in a file that no schema describes. The file is read; whoever sent it should
/// know. Like a <see cref="Finding"/> it never repeats a cell's value.
/// </summary>
/// <param name="Code">A stable code, of <see cref="NoticeCodes"/>.</param>
/// <param name="File">The file's name, without its folder.</param>
/// <param name="Column">The name of the column; null where it concerns rows or the file.</param>
/// <param name="Field">The number of the column, from 1.</param>
/// <param name="Rows">The rows of the file.</param>
/// <param name="Text">What was taken for granted, in words.</param>
public sealed record Notice(string Code, string File, string? Column, int? Field, RowNumbers Rows, string Text)
{
    /// <summary>The notice in one line.</summary>
    public override string ToString()
    {
        var where = Column is not null ? $", column {Column}" : Field is not null ? $", column {Field}" : "";
        return $"{Code}: {File}{where}{(Rows.Count == 0 ? "" : $", {Rows}")}: {Text}";
    }
}

/// <summary>The codes of notices.</summary>
internal static class NoticeCodes
{
    /// <summary>Rows above the header were taken as titles.</summary>
    public const string Title = "title-rows";

    /// <summary>Rows after the table were taken as notes.</summary>
    public const string Footer = "footer-rows";

    /// <summary>Rows without any value were passed over.</summary>
    public const string BlankRow = "blank-row";

    /// <summary>A column has no name in the header.</summary>
    public const string BlankLabel = "blank-label";

    /// <summary>Rows end in a separator behind which there is no column.</summary>
    public const string TrailingSeparator = "trailing-separator";

    /// <summary>The file has one column, and its name reads like text.</summary>
    public const string OneColumn = "one-column";

    /// <summary>Names in the header are numbers.</summary>
    public const string NumberLabel = "number-label";

    /// <summary>Cells hold marks instead of values.</summary>
    public const string Mark = "mark";

    /// <summary>A column of numbers has cells that are none, so it was read as text.</summary>
    public const string NotNumbers = "not-numbers";

    /// <summary>The numbers of a column can be read in two ways.</summary>
    public const string AmbiguousNumber = "ambiguous-number";

    /// <summary>Of two ways to read a column's numbers one was chosen.</summary>
    public const string NumberForm = "number-form";

    /// <summary>A workbook has other sheets than the one that was read.</summary>
    public const string OtherSheets = "other-sheets";

    /// <summary>Blanks around texts were left out.</summary>
    public const string Trimmed = "trimmed";

    /// <summary>Some values of a variable have labels and others have none.</summary>
    public const string PartlyLabelled = "partly-labelled";

    /// <summary>Names of groups were taken for all rows of the group.</summary>
    public const string FilledDown = "filled-down";

    /// <summary>A sheet or document has more tables than the one that was read.</summary>
    public const string OtherTables = "other-tables";

    /// <summary>Empty cells of an old workbook may be errors.</summary>
    public const string OldWorkbook = "old-workbook";

    /// <summary>Rows that are hidden in a workbook were read.</summary>
    public const string HiddenRows = "hidden-rows";

    /// <summary>Something of the format was taken for granted.</summary>
    public const string Remark = "format-remark";

    /// <summary>Rows that the source itself says are deleted were left out.</summary>
    public const string Deleted = "deleted-rows";

    /// <summary>The file is a part: the source has more.</summary>
    public const string MorePages = "more-pages";

    /// <summary>A constraint of the schema is not checked.</summary>
    public const string UncheckedConstraint = "unchecked-constraint";
}

/// <summary>Primary keys, unique keys and unique fields: no combination twice, and of a primary key none missing. Rows are added in the
/// order of the file.</summary>
/// <remarks>Keys of one or two columns are compared exactly; longer ones by 128 bits of hash.</remarks>
internal sealed class KeyCheck
{
    private readonly string file;
    private readonly List<(string[] Names, string Code, int? Field, HashSet<UInt128> Seen)> keys = [];

    public KeyCheck(TableSchema schema, string file)
    {
        this.file = file;
        for (var i = 0; i < schema.Fields.Length; i++)
        {
            if (schema.Fields[i].Constraints.Unique) keys.Add(([schema.Fields[i].Name], FindingCodes.Unique, i + 1, []));
        }

        foreach (var key in schema.UniqueKeys) keys.Add(([.. key], FindingCodes.Unique, null, []));
        if (schema.PrimaryKey.Length > 0) keys.Add(([.. schema.PrimaryKey], FindingCodes.PrimaryKey, null, []));
    }

    /// <summary>The findings of a whole table.</summary>
    public static IEnumerable<Finding> Check(TableSchema schema, Column[] columns, string file, RowMap rows) =>
        new KeyCheck(schema, file).Add(columns, rows.Of);

    /// <summary>The findings of some more rows.</summary>
    /// <param name="columns">Their columns; a text has the same code in all rows.</param>
    /// <param name="rowOf">The number of a row in the file.</param>
    public List<Finding> Add(IReadOnlyList<Column> columns, Func<int, long> rowOf)
    {
        var findings = new List<Finding>();
        foreach (var (names, code, field, seen) in keys)
        {
            Column[] key = [.. names.Select(name => columns.FirstOrDefault(column => column.Name == name)).OfType<Column>()];
            if (key.Length < names.Length) continue;
            var count = key[0].Count;
            seen.EnsureCapacity(seen.Count + count);
            for (var row = 0; row < count; row++)
            {
                if (Array.Exists(key, column => column.MarkAt(row) != Mark.None))
                {
                    if (code != FindingCodes.PrimaryKey) continue;
                }
                else if (seen.Add(Key(key, row)))
                {
                    continue;
                }

                findings.Add(new Finding(code, file, rowOf(row), string.Join(", ", names), field, "a key that is there and occurs once"));
            }
        }

        return findings;
    }

    private static UInt128 Key(Column[] key, int row)
    {
        if (key.Length == 1) return Part(key[0], row);
        if (key.Length == 2) return new UInt128(Part(key[0], row), Part(key[1], row));
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        foreach (var column in key) hash.AppendData(BitConverter.GetBytes(Part(column, row)));
        return MemoryMarshal.Read<UInt128>(hash.GetHashAndReset());
    }

    private static ulong Part(Column column, int row) => column is TextColumn text
        ? (ulong)text.Codes[row]
        : BitConverter.DoubleToUInt64Bits(((NumberColumn)column).Values[row] + 0.0);
}
