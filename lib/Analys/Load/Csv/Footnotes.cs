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
        var text = Encoding.UTF8.GetString(cell);
        return Openings.Any(opening => text.StartsWith(opening, StringComparison.OrdinalIgnoreCase)
            && (text.Length == opening.Length || !char.IsLetter(opening[^1]) || !char.IsLetter(text[opening.Length]) || text.Contains(':', StringComparison.Ordinal)));
    }
}
