using System.Globalization;
using Analys.Load;
using Analys.Load.Geo;
using NetTopologySuite.Geometries;

namespace Analys.Tests.Load.Geo;

public class GeoSourceTests
{
    [SharedFact]
    public void Areas_and_centroids_of_the_districts_agree_in_three_reference_systems()
    {
        var file = GeoFile.Load(Repository.SharedAt("corpus", "geo", "soleildeminuit_R-samples", "data", "sdn_2020.shp"));
        Assert.Equal(CoordinateReference.Sweref991800, file.StatedReference);
        Assert.Equal(13, file.Features.Count);
        var rows = File.ReadAllLines(Repository.SharedAt("data", "stockholm", "sdn_2020_area_centroid.csv")).Skip(1)
            .Select(line => line.Split(',')).ToList();
        Assert.Equal(13, rows.Count);
        foreach (var row in rows)
        {
            var feature = file.Features.Single(one => one.Properties["Sdn_omarde"] == row[0]);
            var expected = row.Skip(1).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray();
            var local = feature.Geometry.Centroid;
            var degrees = local.To(CoordinateReference.Sweref991800, CoordinateReference.Wgs84).Coordinate;
            var national = local.To(CoordinateReference.Sweref991800, CoordinateReference.Sweref99Tm).Coordinate;
            double[] actual = [feature.Geometry.Area / 10_000, local.X, local.Y, degrees.X, degrees.Y, national.X, national.Y];
            for (var i = 0; i < actual.Length; i++)
                Assert.True(Math.Abs(actual[i] - expected[i]) <= 1e-6 * Math.Abs(expected[i]),
                    $"{row[0]} {i}: {actual[i]:R} {expected[i]:R}");
        }
    }

    [SharedFact]
    public void Simplified_districts_keep_common_borders()
    {
        var file = GeoFile.Load(Repository.SharedAt("corpus", "geo", "soleildeminuit_R-samples", "data", "Adm_area_ny.shp"));
        var areas = file.Features.Select(feature => feature.Geometry).ToList();
        var simple = Boundaries.Simplify(areas, 50);
        Assert.Equal(areas.Count, simple.Count);
        Assert.True(simple.Sum(area => area.NumPoints) < areas.Sum(area => area.NumPoints) / 2);
        for (var i = 0; i < areas.Count; i++) Assert.InRange(simple[i].Area / areas[i].Area, 0.9, 1.1);
    }

    [Fact]
    public void Two_squares_share_their_simplified_border()
    {
        var factory = new GeometryFactory();
        Polygon Square(double x, double[] bend) =>
            factory.CreatePolygon([new(x, 0), .. bend.Select((b, i) => new Coordinate(1 + b, (i + 1) / 10.0)), new(1, 1), new(x, 1),
                new(x, 0)]);
        double[] wiggle = [0.01, -0.01, 0.02, -0.02, 0.01, 0, 0.01, -0.01, 0.01];
        var left =
            factory.CreatePolygon([new(0, 0), new(1, 0), .. wiggle.Select((b, i) => new Coordinate(1 + b, (i + 1) / 10.0)), new(1, 1),
                new(0, 1), new(0, 0)]);
        var right =
            factory.CreatePolygon([new(2, 0), new(2, 1), new(1, 1),
                .. wiggle.Reverse().Select((b, i) => new Coordinate(1 + b, (9 - i) / 10.0)), new(1, 0), new(2, 0)]);
        var simple = Boundaries.Simplify([left, right], 0.05);
        Assert.Equal(2, simple[0].Area + simple[1].Area, 1e-9);
        Assert.Equal(0, simple[0].Intersection(simple[1]).Area, 1e-12);
        Assert.True(simple[0].NumPoints < left.NumPoints);
        _ = Square(0, wiggle);
    }

    [Theory]
    [InlineData("0180C1010", SmallAreaKind.DeSO, 2018, "0180")]
    [InlineData("0180C1010_DeSO2025", SmallAreaKind.DeSO, 2025, "0180")]
    [InlineData("0180R001_RegSO2025", SmallAreaKind.RegSO, 2025, "0180")]
    [InlineData("0180", SmallAreaKind.Municipality, null, "0180")]
    [InlineData("01", SmallAreaKind.County, null, null)]
    internal void Codes_tell_their_level_and_edition(string text, SmallAreaKind kind, int? edition, string? municipality)
    {
        var area = SmallArea.TryParse(text)!.Value;
        Assert.Equal((kind, edition, municipality), (area.Kind, area.Edition, area.Municipality));
    }

    [Fact]
    public void Editions_are_never_joined()
    {
        Assert.Equal(2025, SmallArea.CommonEdition(["00", "0180", "0180C1010_DeSO2025"]));
        Assert.Throws<ArgumentException>(() => SmallArea.CommonEdition(["0180C1010", "0180C1010_DeSO2025"]));
        Assert.Throws<ArgumentException>(() => SmallArea.TryParse("0180C1010")!.Value.RollUp(SmallAreaKind.RegSO));
        Assert.Null(SmallArea.TryParse("Stockholm"));
    }

    [Fact]
    public void A_series_is_carried_over_mergers_and_its_breaks_are_marked()
    {
        AreaCount[] counts =
        [
            new(1998, "Hammarby", 5), new(2006, "Kista", 1), new(2006, "Rinkeby", 2), new(2019, "Rinkeby-Kista", 4),
            new(2019, "SPÅNGA – TENSTA", 3), new(2023, "Järva", 8), new(2023, "Bromma", null),
        ];
        var series = ComparableSeries.To(counts, Geography.Stockholm, "sdo11");
        Assert.Equal([(2006, "Järva", 3), (2019, "Järva", 7), (2023, "Järva", 8), (2023, "Bromma", null)],
            series.Counts.Select(count => (count.Year, count.Area, count.Count)));
        Assert.Equal([1998, 2006, 2019, 2023], series.Breaks.Select(one => one.Year));
        Assert.Contains("split", series.Breaks[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_shapefile_is_refused()
    {
        using var file = new TestFile("a.shp", new byte[200]);
        Assert.Throws<ExtractRejectedException>(() => GeoFile.Load(file.Path));
    }
}
