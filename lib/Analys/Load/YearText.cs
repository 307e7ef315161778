using System.Globalization;

namespace Analys.Load;

/// <summary>Whether a text is a year, which names a column of a wide table, though it is a number.</summary>
internal static class YearText
{
    public static bool Is(string text) => text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and <= 2100;
}
