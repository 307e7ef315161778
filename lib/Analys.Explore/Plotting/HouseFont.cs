using ScottPlot;
using SkiaSharp;

namespace Analys.Explore.Plotting;

/// <summary>The type of all plots: the first family that the machine has of those the figures of the report name.</summary>
/// <remarks>Left to itself the plotting library falls back to a serif type where its own choice is missing.</remarks>
internal static class HouseFont
{
    private static readonly string[] Families = ["Arial", "Liberation Sans", "Helvetica", "DejaVu Sans"];
    private static readonly Lock Gate = new();
    private static bool used;

    public static void Use()
    {
        lock (Gate)
        {
            if (used) return;
            var found = Families.FirstOrDefault(family => SKFontManager.Default.MatchFamily(family) is { } face && face.FamilyName == family);
            if (found is not null) Fonts.Default = found;
            used = true;
        }
    }
}
