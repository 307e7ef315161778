using System.Collections.Concurrent;
using System.Text;
using SkiaSharp;

namespace Analys.Raster;

/// <summary>The shipped typeface, and another of the machine only for signs that it does not have.</summary>
internal static class Typefaces
{
    private static readonly SKTypeface Regular = Load("Regular"), Bold = Load("Bold");
    private static readonly ConcurrentDictionary<int, SKTypeface> Others = [];

    /// <summary>A piece of one line in one typeface.</summary>
    internal readonly record struct Run(string Text, SKFont Font, double Width);

    /// <summary>The shipped typeface at a size.</summary>
    /// <remarks>Without hinting and kerning: advance widths grow with the size, as the table of widths and the browser have it.</remarks>
    public static SKFont Font(double size, bool bold) => Font(bold ? Bold : Regular, size);

    /// <summary>The runs of one line; characters that are not drawn (joiners) are left out.</summary>
    /// <param name="text">The line.</param>
    /// <param name="size">The size of the type.</param>
    /// <param name="bold">Whether it is bold.</param>
    public static IReadOnlyList<Run> Runs(string text, double size, bool bold)
    {
        var runs = new List<Run>();
        var own = bold ? Bold : Regular;
        var piece = new StringBuilder();
        var current = own;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(
                rune) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.Control) continue;
            var face = own.ContainsGlyph(rune.Value) ? own : Others.GetOrAdd(rune.Value, value =>
                SKFontManager.Default.MatchCharacter(value) ?? own);
            if (face != current) Flush();
            current = face;
            piece.Append(rune.ToString());
        }

        Flush();
        return runs;

        void Flush()
        {
            if (piece.Length == 0) return;
            var font = Font(current, size);
            runs.Add(new Run(piece.ToString(), font, font.MeasureText(piece.ToString())));
            piece.Clear();
        }
    }

    private static SKFont Font(SKTypeface face, double size) =>
        new(face, (float)size) { Hinting = SKFontHinting.None, Subpixel = true, LinearMetrics = true, Edging = SKFontEdging.Antialias };

    private static SKTypeface Load(string style)
    {
        using var stream = typeof(Typefaces).Assembly.GetManifestResourceStream($"font/AnalysSans-{style}.ttf")!;
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data) ?? throw new InvalidOperationException("Skia does not read the shipped typeface.");
    }
}
