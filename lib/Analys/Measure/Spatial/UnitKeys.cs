using System.Globalization;
using Analys.Load;

namespace Analys.Measure.Spatial;

/// <summary>The codes of units in a column of text or numbers, written alike.</summary>
internal static class UnitKeys
{
    /// <summary>By row the code; null where a mark stands.</summary>
    public static string?[] Of(Column column)
    {
        var keys = new string?[column.Count];
        if (column is TextColumn text)
        {
            for (var row = 0; row < keys.Length; row++) keys[row] = text.Codes[row] < 0 ? null : text.Categories[text.Codes[row]];
        }
        else if (column is NumberColumn number)
        {
            for (var row = 0; row < keys.Length; row++)
            {
                keys[row] = number.MarkAt(row) == Mark.None ? number.Values[row].ToString(CultureInfo.InvariantCulture) : null;
            }
        }

        return keys;
    }
}
