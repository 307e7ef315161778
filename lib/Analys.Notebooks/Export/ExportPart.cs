namespace Analys.Notebooks.Export;

/// <summary>A part of a notebook on its way to a program.</summary>
/// <param name="Kind">What the part is.</param>
/// <param name="Text">Its code or text.</param>
/// <param name="Cell">The number of the code cell that it is from; 0 for a text cell.</param>
/// <param name="FirstLine">The line of the cell on which it begins.</param>
internal sealed record ExportPart(ExportKind Kind, string Text, int Cell, int FirstLine)
{
    /// <summary>The language of SQL: <c>sql</c> or <c>sql-NAME</c>.</summary>
    public string Database { get; init; } = "";

    /// <summary>The name under which a result of SQL is kept.</summary>
    public string? ResultName { get; init; }
}

/// <summary>What a part of a notebook becomes in a program.</summary>
internal enum ExportKind
{
    /// <summary>C#, which is compiled to find what its names mean.</summary>
    Code,

    /// <summary>C# that the export itself makes, and in which <c>$0</c> stands for a variable of the notebook.</summary>
    Glue,

    /// <summary>A query.</summary>
    Sql,

    /// <summary>Prose.</summary>
    Comment,
}
