namespace Analys.Load;

/// <summary>The codes of findings: Frictionless's where it has one, ours for what it does not know.</summary>
public static class FindingCodes
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

    /// <summary>More findings than can be listed.</summary>
    public const string TooMany = "too-many-findings";

    /// <summary>A direct identifier of a person stands in the file.</summary>
    public const string Identifier = "identifier";
}
