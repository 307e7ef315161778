using System.Globalization;
using System.Text;

namespace Analys.Present.Svg;

/// <summary>How wide a text is in the shipped typeface, without a drawing library.</summary>
/// <remarks>The sum of advance widths: the typeface has no kerning. A sign that it does not have is taken for a wide one, since another
/// typeface will draw it.</remarks>
internal static class TextWidth
{
    /// <summary>The width of one line of text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">The size of the type.</param>
    /// <param name="bold">Whether it is bold.</param>
    public static double Of(string text, double size, bool bold = false)
    {
        var units = 0;
        var widths = bold ? FontWidths.Bold : FontWidths.Regular;
        foreach (var rune in text.EnumerateRunes()) units += Width(rune, widths);
        return units * size / FontWidths.UnitsPerEm;
    }

    private static int Width(Rune rune, ReadOnlySpan<ushort> widths)
    {
        if (rune.IsBmp && FontWidths.Characters.BinarySearch((ushort)rune.Value) is >= 0 and var at) return widths[at];
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.Control) return 0;
        return rune.Value is < 0x250 and > 0x7F && Base(rune) is { } letter ? widths[letter]
            : FontWidths.UnitsPerEm * (rune.Value >= 0x1100 ? 20 : 13) / 20;
    }

    // An accented letter is as wide as its base letter.
    private static int? Base(Rune rune) =>
        FontWidths.Characters.BinarySearch((ushort)rune.ToString().Normalize(NormalizationForm.FormD)[0]) is >= 0 and var at ? at : null;
}

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
            if (text[i] is not (' ' or '-' or '/') || (text[i] != ' ' && (i + 1 == text.Length || text[i + 1] == ' ' || i == start)))
                continue;
            yield return text[start..(i + 1)];
            start = i + 1;
        }

        if (start < text.Length) yield return text[start..];
    }
}

/// <summary>Keeps labels from lying on each other.</summary>
internal static class LabelPlacement
{
    /// <summary>Moves the middles of labels apart along one axis as little as needed; their order is kept.</summary>
    /// <param name="wanted">Where the middles want to be.</param>
    /// <param name="height">The room that a label takes.</param>
    /// <param name="min">No label begins before this, unless there is no room.</param>
    /// <param name="max">No label ends after this, unless there is no room.</param>
    public static double[] Spread(IReadOnlyList<double> wanted, double height, double min, double max)
    {
        var order = Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i]).ThenBy(i => i).ToArray();
        var placed = new double[wanted.Count];
        // Blocks of touching labels sit round the mean of what their members want (pool adjacent violators).
        var blocks = new List<(double Sum, int Count)>();
        for (var k = 0; k < order.Length; k++)
        {
            blocks.Add((wanted[order[k]] - (k * height), 1));
            while (blocks.Count > 1 && Mean(blocks[^2]) > Mean(blocks[^1]))
            {
                blocks[^2] = (blocks[^2].Sum + blocks[^1].Sum, blocks[^2].Count + blocks[^1].Count);
                blocks.RemoveAt(blocks.Count - 1);
            }
        }

        var at = 0;
        var low = min + (height / 2);
        var high = Math.Max(low, max - (height / 2) - ((order.Length - 1) * height));
        foreach (var block in blocks)
        {
            var start = Math.Clamp(Mean(block), low, high);
            for (var i = 0; i < block.Count; i++, at++) placed[order[at]] = start + (at * height);
        }

        return placed;

        static double Mean((double Sum, int Count) block) => block.Sum / block.Count;
    }

    /// <summary>A box that a label or a mark takes.</summary>
    internal readonly record struct Box(double X, double Y, double Width, double Height)
    {
        public bool Overlaps(Box other) =>
            X < other.X + other.Width && other.X < X + Width && Y < other.Y + other.Height && other.Y < Y + Height;

        public bool Inside(Box other) =>
            X >= other.X && Y >= other.Y && X + Width <= other.X + other.Width && Y + Height <= other.Y + other.Height;
    }

    /// <summary>Places labels beside points, the most important first; a label that has no free place is left out.</summary>
    /// <param name="points">The points with their radius and the width of their label.</param>
    /// <param name="height">The height of a label.</param>
    /// <param name="bounds">Where labels may stand.</param>
    public static Box?[] Beside(IReadOnlyList<(double X, double Y, double Radius, double Width)> points, double height, Box bounds)
    {
        var taken = points.Select(p => new Box(p.X - (p.Radius * 0.8), p.Y - (p.Radius * 0.8), p.Radius * 1.6, p.Radius * 1.6)).ToList();
        var placed = new Box?[points.Count];
        for (var i = 0; i < points.Count; i++)
        {
            var (x, y, r, w) = points[i];
            foreach (var box in (ReadOnlySpan<Box>)
            [
                new(x + r + 3, y - (height / 2), w, height), new(x - r - 3 - w, y - (height / 2), w, height),
                new(x - (w / 2), y - r - 2 - height, w, height), new(x - (w / 2), y + r + 2, w, height),
                new(x + r, y - r - height + 4, w, height), new(x + r, y + r - 4, w, height),
                new(x - r - w, y - r - height + 4, w, height), new(x - r - w, y + r - 4, w, height),
                new(x + r - w, y - r - 2 - height, w, height), new(x + r - w, y + r + 2, w, height),
                new(x - r, y - r - 2 - height, w, height), new(x - r, y + r + 2, w, height),
            ])
            {
                if (!box.Inside(bounds) || taken.Exists(box.Overlaps)) continue;
                placed[i] = box;
                taken.Add(box);
                break;
            }
        }

        return placed;
    }
}

/// <summary>An area's name as a part of an address: <c>Enskede-Årsta-Vantör</c> is <c>enskede-arsta-vantor</c>.</summary>
internal static class AreaSlug
{
    /// <summary>The name in small ASCII letters, digits and hyphens; names of other letters by the numbers of their characters.</summary>
    /// <param name="area">The name or code.</param>
    public static string Of(string area)
    {
        var slug = new StringBuilder(area.Length);
        // Half a pair of surrogates is no letter; without this the name could not be taken apart.
        var whole = string.Concat(area.EnumerateRunes().Select(rune => rune.ToString()));
        foreach (var c in whole.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (char.IsLetterOrDigit(c)) slug.Append(((int)c).ToString("x", CultureInfo.InvariantCulture));
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug.Length > 0
                && slug[^1] != '-') slug.Append('-');
        }

        return slug.ToString().Trim('-') is { Length: > 0 } text ? text : "x";
    }
}

/// <summary>The shipped typeface for pages: two faces that stand in the page itself, so that it looks alike on every machine.</summary>
internal static class Typeface
{
    /// <summary>The families that text is set in: the shipped one, and those with the same widths where a file is read without
    /// it.</summary>
    public const string Families = "'Analys Sans', Arial, 'Liberation Sans', Helvetica, sans-serif";

    /// <summary>The rules that carry the faces.</summary>
    public static string Css { get; } = Face("Regular", 400) + Face("Bold", 700);

    private static string Face(string style, int weight)
    {
        using var stream = typeof(Typeface).Assembly.GetManifestResourceStream($"font/AnalysSans-{style}.woff2")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var data = Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length);
        return $"@font-face{{font-family:\"Analys Sans\";font-weight:{weight};src:url(data:font/woff2;base64,{data}) format(\"woff2\")}}\n";
    }
}
