using Analys.Load.Formats.Sheets;
using Analys.Load.Schema;

namespace Analys.Load;

/// <summary>What a call says of how a file is to be read, where the file alone does not tell.</summary>
/// <param name="Sheet">Of a workbook, the name or number of the sheet; null for the first with a table.</param>
/// <param name="Table">Which of several tables of a sheet or document, from 1, or a dataset's name; null for the first or only one.</param>
/// <param name="HeaderRows">The number of rows of the header; null to find it.</param>
/// <param name="Encoding">The encoding of a text; null to find it from the bytes.</param>
internal sealed record ReadOptions(string? Sheet = null, string? Table = null, int? HeaderRows = null, string? Encoding = null)
{
    /// <summary>Nothing is said.</summary>
    public static ReadOptions None { get; } = new();

    /// <summary>The choice of a workbook's table, with what a schema's dialect says of its header.</summary>
    /// <exception cref="SheetNotFoundException">The table is not named by a number.</exception>
    public WorkbookTable.Choice Choice(TableSchema? schema)
    {
        int? number = Table is null ? null
            : int.TryParse(Table, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var given)
            ? given : throw new SheetNotFoundException("A table of a sheet is chosen by its number, from 1.");
        var dialect = schema?.Dialect;
        return new(Sheet, number, dialect is { HeaderRow: > 1 } ? dialect.HeaderRow : null, HeaderRows ?? dialect?.HeaderRows);
    }

    /// <summary>A schema with the encoding of the call; null stays null.</summary>
    public TableSchema? WithEncoding(TableSchema? schema) => Encoding is null || schema is null ? schema
        : schema with { Dialect = schema.Dialect with { Encoding = Encoding } };
}
