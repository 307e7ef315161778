using System.Globalization;
using System.Text;

namespace Analys.Cli.Tables;

/// <summary>Text in lines that are never wider than asked: broken between words, then at the joints of long ids, within a word only where
/// it has none.</summary>
internal static class TextLayout
{
    private const string Joints = "-_/=,;:.";

    /// <summary>The width of a text on a terminal: letters that stand on others take no room, those of East Asia take two.</summary>
    public static int Width(string text)
    {
        if (Ascii.IsValid(text)) return text.Length;
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var kind = Rune.GetUnicodeCategory(rune);
            width += kind is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0
                : rune.Value is >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF
                    or >= 0xFF00 and <= 0xFF60 or >= 0x1F300 and <= 0x1FAFF ? 2 : 1;
        }

        return width;
    }

    /// <summary>The narrowest that a text can be without a word being broken.</summary>
    public static int Narrowest(string text) => text.Split(' ').Select(Width).DefaultIfEmpty(0).Max();

    /// <summary>The narrowest that it can be when ids are broken at their joints.</summary>
    public static int NarrowestAtJoints(string text) => text.Split(' ').SelectMany(Pieces).Select(Width).DefaultIfEmpty(0).Max();

    /// <summary>The text in lines of at most a width.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        width = Math.Max(width, 1);
        // Most cells fit as they are.
        if (Width(text) <= width && !text.StartsWith(' ') && !text.Contains('\n', StringComparison.Ordinal)) return [text];
        var lines = new List<string>();
        foreach (var paragraph in text.Split('\n'))
        {
            var line = new StringBuilder();
            foreach (var word in paragraph.Split(' '))
            {
                if (line.Length > 0 && Width(line.ToString()) + 1 + Width(word) <= width)
                {
                    line.Append(' ').Append(word);
                    continue;
                }

                if (line.Length > 0) Flush(line);
                if (Width(word) <= width)
                {
                    line.Append(word);
                    continue;
                }

                foreach (var piece in Pieces(word).SelectMany(piece => Chopped(piece, width)))
                {
                    if (Width(line.ToString()) + Width(piece) > width) Flush(line);
                    line.Append(piece);
                }
            }

            Flush(line);
        }

        return lines;

        void Flush(StringBuilder line)
        {
            lines.Add(line.ToString());
            line.Clear();
        }
    }

    // at-risk-of-poverty: at- risk- of- poverty.
    private static IEnumerable<string> Pieces(string word)
    {
        var start = 0;
        for (var i = 0; i < word.Length - 1; i++)
        {
            if (!Joints.Contains(word[i], StringComparison.Ordinal) || i == start) continue;
            yield return word[start..(i + 1)];
            start = i + 1;
        }

        yield return word[start..];
    }

    private static IEnumerable<string> Chopped(string piece, int width)
    {
        var part = new StringBuilder();
        foreach (var element in Elements(piece))
        {
            if (part.Length > 0 && Width(part.ToString()) + Width(element) > width)
            {
                yield return part.ToString();
                part.Clear();
            }

            part.Append(element);
        }

        if (part.Length > 0) yield return part.ToString();
    }

    private static IEnumerable<string> Elements(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext()) yield return elements.GetTextElement();
    }
}
