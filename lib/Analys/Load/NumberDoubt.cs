namespace Analys.Load;

/// <summary>Why a column that nobody described was read as text though it holds numbers: kept so that a measure which asks for them can say it.</summary>
/// <param name="Kind">Why.</param>
/// <param name="AsNumber">How the numbers in it are written.</param>
/// <param name="Sample">Rows of the sample that are not so.</param>
internal sealed record NumberDoubt(DoubtKind Kind, Field AsNumber, RowNumbers Sample)
{
    /// <summary>The rows of a column whose cells are neither numbers nor marks.</summary>
    public RowNumbers RowsOf(TextColumn column, RowMap rows)
    {
        if (Kind != DoubtKind.Stray) return RowNumbers.None;
        var stray = column.Categories.Select(text => (NumberForm.Of(text).Fits == NumberNotation.None || !NumberText.TryParse(text, AsNumber, out _)) && MarkText.Parse(text) is null).ToArray();
        return RowNumbers.Of(Rows());

        IEnumerable<long> Rows()
        {
            for (var row = 0; row < column.Count; row++)
            {
                if (column.Codes[row] is >= 0 and var code && stray[code]) yield return rows.Of(row);
            }
        }
    }

    /// <summary>What keeps the column from being numbers.</summary>
    public string Text => Kind switch
    {
        DoubtKind.Stray => "cells that are not numbers stand among numbers",
        DoubtKind.Ambiguous => $"a {(AsNumber.DecimalChar == '.' ? "point" : "comma")} before three digits can mean decimals or thousands: say which with decimalChar and groupChar in a schema",
        DoubtKind.Code => "leading zeros or more digits than a number holds make them codes",
        _ => "there is no number: every cell is blank or a mark",
    };

    /// <summary>The column as a failure of whoever asked for its numbers.</summary>
    public CellException Failure(string column, RowNumbers rows) =>
        new($"The column {column} cannot be used as numbers: {(rows.Count == 0 ? "" : $"{rows}: ")}{Text}.");
}

/// <summary>The reasons of a <see cref="NumberDoubt"/>.</summary>
internal enum DoubtKind
{
    /// <summary>Some cells are not numbers.</summary>
    Stray,

    /// <summary>The numbers can be read in two ways.</summary>
    Ambiguous,

    /// <summary>They are codes.</summary>
    Code,

    /// <summary>No cell has a value.</summary>
    Empty,
}

/// <summary>Cells are not what a measure needs; the message names column and rows, never what stands there.</summary>
/// <param name="message">What is wrong, and where.</param>
public sealed class CellException(string message) : Exception(message);
