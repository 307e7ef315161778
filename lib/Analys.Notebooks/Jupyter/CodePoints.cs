namespace Analys.Notebooks.Jupyter;

/// <summary>Jupyter counts positions in code points, .NET in UTF-16 units.</summary>
internal static class CodePoints
{
    public static int ToUnits(string text, int codePoints)
    {
        var units = 0;
        for (; codePoints > 0 && units < text.Length; codePoints--) units += IsPair(text, units) ? 2 : 1;
        return units;
    }

    public static int FromUnits(string text, int units)
    {
        var codePoints = 0;
        for (var i = 0; i < units && i < text.Length; codePoints++) i += IsPair(text, i) ? 2 : 1;
        return codePoints;
    }

    private static bool IsPair(string text, int at) => at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
}
