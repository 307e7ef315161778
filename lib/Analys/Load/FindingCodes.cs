namespace Analys.Load;

/// <summary>The codes of findings: Frictionless's where it has one, ours for what it does not know.</summary>
public static class FindingCodes
{
    /// <summary>The file cannot be read, is empty or is not a table.</summary>
    public const string Source = "source-error";

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

    /// <summary>A direct identifier of a person stands in the file.</summary>
    public const string Identifier = "identifier";
}
