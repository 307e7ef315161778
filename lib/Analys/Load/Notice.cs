namespace Analys.Load;

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
public static class NoticeCodes
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

    /// <summary>A constraint of the schema is not checked.</summary>
    public const string UncheckedConstraint = "unchecked-constraint";
}
