using Analys.Load.Geo;

namespace Analys.Tests.Load.Formats;

/// <summary>Every division of the city that there are polygons of is reached by its name.</summary>
public sealed class StockholmAreasTests
{
    [Theory]
    [InlineData("stadsdel117", 117)]
    [InlineData("sdo14", 14)]
    [InlineData("sdo13", 13)]
    [InlineData("sdo11", 11)]
    public void A_division_has_its_areas(string division, int count)
    {
        var areas = StockholmAreas.Boundaries(division);
        Assert.Equal(count, areas.Features.Count);
        Assert.All(areas.Features, area => Assert.True(area.Geometry is { IsValid: true, IsEmpty: false }, area.Properties["namn"]));
        // The city has 188 square kilometres of land, and no metre of it twice.
        Assert.InRange(areas.Features.Sum(area => area.Geometry.Area) / 1e6, 180, 195);
        if (division != "stadsdel117")
            Assert.Equal(Geography.Stockholm.Division(division).Areas.Select(area => area.Name).Order(StringComparer.Ordinal),
                areas.Features.Select(area => area.Properties["namn"]).Order(StringComparer.Ordinal));
    }
}
