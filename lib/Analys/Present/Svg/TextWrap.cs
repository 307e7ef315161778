namespace Analys.Present.Svg;

/// <summary>Breaks text into lines that fit: at spaces and after hyphens, within a word only where it must.</summary>
internal static class TextWrap
{
    private const string Ellipsis = "…";

    /// <summary>The lines of a text; never none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">The room.</param>
    /// <param name="size">The size of the type.</param>
    /// <param name="most">The largest number of lines; the last is cut with an ellipsis.</param>
    /// <param name="bold">Whether it is bold.</param>
    public static IReadOnlyList<string> Lines(string text, double width, double size, int most = int.MaxValue, bool bold = false)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var piece in Pieces(text))
        {
            if (Fits(line + piece.TrimEnd())) line += piece;
            else
            {
                if (line.Length > 0) lines.Add(line.TrimEnd());
                line = piece;
                while (!Fits(line.TrimEnd()) && line.Length > 1)
                {
                    var cut = Cut(line, line.Length - 1);
                    while (cut > 1 && !Fits(line[..cut] + "-")) cut = Cut(line, cut - 1);
                    lines.Add(line[..cut] + "-");
                    line = line[cut..];
                    if (lines.Count > most) break;
                }
            }

            if (lines.Count > most) break;
        }

        if (line.Length > 0 || lines.Count == 0) lines.Add(line.TrimEnd());
        if (lines.Count <= most) return lines;
        var last = lines[most - 1].TrimEnd('-', ' ');
        while (last.Length > 1 && !Fits(last + Ellipsis)) last = last[..Cut(last, last.Length - 1)];
        return [.. lines.Take(most - 1), last + Ellipsis];

        bool Fits(string part) => TextWidth.Of(part, size, bold) <= width;
    }

    // Never between the two halves of one character.
    private static int Cut(string text, int at)
    {
        at = Math.Max(1, at);
        return at < text.Length && char.IsLowSurrogate(text[at]) ? Math.Max(1, at - 1) : at;
    }

    private static IEnumerable<string> Pieces(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not (' ' or '-' or '/') || (text[i] != ' ' && (i + 1 == text.Length || text[i + 1] == ' ' || i == start))) continue;
            yield return text[start..(i + 1)];
            start = i + 1;
        }

        if (start < text.Length) yield return text[start..];
    }
}
