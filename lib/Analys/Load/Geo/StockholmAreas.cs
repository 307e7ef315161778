using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;

namespace Analys.Load.Geo;

/// <summary>The boundaries of Stockholm's districts by the name of a division: the 117 stadsdelar, and the districts that they were
/// dissolved into.</summary>
/// <remarks>
/// Water is cut out. Coordinates are EPSG:3011, borders simplified to 8 metres. Which district a stadsdel belongs to, and how that was
/// found,
/// stands in the table <c>stadsdelar-2021</c>; for the 18 districts of 1999–2006 no source was found, so they are absent. Polygons:
/// krasch/stockholm-stadsdelar, CC0.
/// </remarks>
internal static class StockholmAreas
{
    private static readonly string[] Divisions = ["stadsdel117", "sdo14", "sdo13", "sdo11"];

    /// <summary>The areas of a division with their polygons.</summary>
    /// <param name="division">stadsdel117, sdo14, sdo13 or sdo11.</param>
    /// <exception cref="ArgumentException">There are no polygons of that division; the message says which there are.</exception>
    public static GeoFile Boundaries(string division)
    {
        if (!Divisions.Contains(division)) throw new ArgumentException($"There are boundaries of {string.Join(", ", Divisions)}, not of "
            + $"{division}.", nameof(division));
        using var stream = Domain.DataSchemas.Open("geography/stadsdelar-2021.geojson");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var file = GeoFile.Parse(memory.ToArray(), "stadsdelar-2021.geojson");
        if (division == "stadsdel117") return file;
        var features =
            file.Features.GroupBy(feature => feature.Properties[division], StringComparer.Ordinal).Select(parts => new GeoFeature(
            null, parts.First().Properties.Clear().Add("namn", parts.Key),
                UnaryUnionNG.Union(parts.Select(part => part.Geometry).ToList(), new PrecisionModel(1))));
        return new GeoFile([.. features], file.StatedReference, file.Source with { File = $"{division}.geojson" });
    }
}
