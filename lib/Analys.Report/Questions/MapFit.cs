
namespace Analys.Report.Questions;

/// <summary>Which outlines a measure's areas can be drawn on.</summary>
internal static class MapFit
{
    /// <summary>The outlines that carry the areas' names; null where more than one area in ten would have no outline.</summary>
    /// <param name="outlines">The outlines that the user gave; the shipped ones are taken where there are none.</param>
    /// <param name="areas">The areas.</param>
    public static IReadOnlyList<MapOutline>? For(IReadOnlyList<MapOutline> outlines, IReadOnlyList<string> areas)
    {
        if (outlines.Count == 0) return ShippedMap.For(areas);
        var known = outlines.Select(outline => AreaName.Key(outline.Area)).ToHashSet();
        return areas.Count(area => known.Contains(AreaName.Key(area))) * 10 >= areas.Count * 9 ? outlines : null;
    }
}
