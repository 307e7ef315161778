using System.Text;

namespace Analys.Load.Csv;

/// <summary>Whether a row that has only its first cell reads like a footnote, where no schema says that there are any.</summary>
/// <remarks>A last row with missing values must not be taken for one: it would be lost without a word.</remarks>
internal static class Footnotes
{
    private static readonly string[] Openings = ["källa", "source", "anm", "not", "fotnot", "kommentar", "uppdaterad", "senast", "statistik", "copyright", "©", "*", "¹", "1)"];

    public static bool Reads(ReadOnlySpan<byte> cell, ColumnParser? column, bool afterBlank)
    {
        if (afterBlank || cell.Length > 80) return true;
        if (column is { IsNumeric: true }) return !column.Accepts(cell);
        return Opens(Encoding.UTF8.GetString(cell));
    }

    /// <summary>Whether a row of fewer cells than the table has columns is a note: a row cut short must not be taken for one.</summary>
    public static bool ReadsShort(ReadOnlySpan<byte> cell, int cells, bool afterBlank)
    {
        var text = Encoding.UTF8.GetString(cell);
        return Opens(text) || (cells == 1 && text.Trim().Count(letter => letter == ' ') >= (afterBlank ? 1 : 2) && text.Any(char.IsLetter));
    }

    private static bool Opens(string text) => Openings.Any(opening => text.StartsWith(opening, StringComparison.OrdinalIgnoreCase)
        && (text.Length == opening.Length || !char.IsLetter(opening[^1]) || !char.IsLetter(text[opening.Length]) || text.Contains(':', StringComparison.Ordinal)));
}
