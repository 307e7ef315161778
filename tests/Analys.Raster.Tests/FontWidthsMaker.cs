using System.Globalization;
using System.Text;
using SkiaSharp;

namespace Analys.Raster.Tests;

/// <summary>Writes the table of advance widths that the library measures text by: the shipped typeface, read by Skia.</summary>
internal static class FontWidthsMaker
{
    /// <summary>The source file of the table.</summary>
    public static string Make()
    {
        var (regular, bold) = (Typefaces.Font(16, false).Typeface, Typefaces.Font(16, true).Typeface);
        var characters = Enumerable.Range(0x20, 0x2700 - 0x20).Where(value => regular.ContainsGlyph(value) && bold.ContainsGlyph(value))
            .ToList();
        return $$"""
            namespace Analys.Present.Svg;

            /// <summary>The advance widths of the shipped typeface, in units of {{regular.UnitsPerEm}} to the size.</summary>
            /// <remarks>Made from the font files with Skia by <c>FontWidthsMaker</c> among the tests of Analys.Raster, which check that it
            /// agrees.</remarks>
            internal static class FontWidths
            {
                /// <summary>The units that the size of the type is divided into.</summary>
                public const int UnitsPerEm = {{regular.UnitsPerEm}};

                /// <summary>The characters, rising.</summary>
                public static ReadOnlySpan<ushort> Characters =>
                [
            {{Rows(characters)}}
                ];

                /// <summary>The widths of the regular face, in the order of the characters.</summary>
                public static ReadOnlySpan<ushort> Regular =>
                [
            {{Rows(characters.Select(value => Width(regular, value)))}}
                ];

                /// <summary>The widths of the bold face, in the order of the characters.</summary>
                public static ReadOnlySpan<ushort> Bold =>
                [
            {{Rows(characters.Select(value => Width(bold, value)))}}
                ];
            }

            """.ReplaceLineEndings("\n");
    }

    private static int Width(SKTypeface face, int character)
    {
        using var font = new SKFont(face, face.UnitsPerEm) { Hinting = SKFontHinting.None, LinearMetrics = true };
        return (int)Math.Round(font.MeasureText(char.ConvertFromUtf32(character)));
    }

    private static string Rows(IEnumerable<int> numbers)
    {
        var lines = new List<StringBuilder>();
        foreach (var number in numbers)
        {
            var text = number.ToString(CultureInfo.InvariantCulture) + ",";
            if (lines.Count == 0 || lines[^1].Length + text.Length > 136) lines.Add(new StringBuilder("        "));
            else lines[^1].Append(' ');
            lines[^1].Append(text);
        }

        return string.Join("\n", lines);
    }
}
