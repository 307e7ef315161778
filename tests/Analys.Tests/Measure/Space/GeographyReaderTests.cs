using Analys.Load.Geo;
using Analys.Measure;
using Analys.Measure.Space;

namespace Analys.Tests.Measure.Space;

public class GeographyReaderTests
{
    [SharedFact]
    public void Centroids_areas_and_perimeters_agree_with_the_grid()
    {
        var geography = Grid20.Geography;
        foreach (var row in Grid20.Numbers("grid20_units.csv"))
        {
            var i = geography.IndexOf($"{row[0]:0}");
            Assert.Equal(row[6], geography.Areas[i], 1e-6);
            Assert.Equal(row[7], geography.Perimeters[i], 1e-6);
            Assert.Equal(row[8], geography.X[i], 1e-6);
            Assert.Equal(row[9], geography.Y[i], 1e-6);
        }
    }

    [SharedTheory]
    [InlineData("grid20_queen.csv", Contiguity.Queen)]
    [InlineData("grid20_rook.csv", Contiguity.Rook)]
    internal void Neighbours_and_common_borders_agree_with_the_grid(string file, Contiguity contiguity)
    {
        var expected = Grid20.Numbers(file).Select(row => ((int)row[0], (int)row[1], row[2])).Order().ToArray();
        var found = Grid20.Geography.Adjacency!.By(contiguity).Borders()
            .Select(border => (border.First, border.Second, Math.Round(border.Length, 6))).Order().ToArray();
        Assert.Equal(expected, found);
    }

    [Fact]
    public void A_border_is_found_where_one_polygon_has_vertices_that_the_other_lacks()
    {
        // A 2 × 1 block above two unit squares that do not touch each other; the block lacks the vertices at 0.9 and 1.1.
        var geography = Read("""
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"code":1},"geometry":{"type":"Polygon","coordinates":[[[0,1],[2,1],[2,2],[0,2],[0,1]]]}},
            {"type":"Feature","properties":{"code":"02"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[0.9,0],[0.9,1],[0,1],[0,0]]]}},
            {"type":"Feature","properties":{"code":"03"},"geometry":{"type":"MultiPolygon","coordinates":[[[[1.1,0,7],[2,0,7],[2,1,7],
              [1.1,1,7],[1.1,0,7]]]]}}]}
            """, CoordinateReference.Sweref99Tm);
        var borders = geography.Adjacency!.Borders().Where(border => border.First < border.Second).ToArray();
        Assert.Equal([(0, 1), (0, 2)], borders.Select(border => (border.First, border.Second)));
        Assert.All(borders, border => Assert.Equal(0.9, border.Length, 1e-9));
        Assert.Equal(0, geography.IndexOf("01"));
        Assert.Equal(1, geography.IndexOf("2"));
    }

    [Fact]
    public void Degrees_are_refused_and_projected_when_a_plane_is_named()
    {
        // Without a crs member coordinates are EPSG:4326 (RFC 7946).
        const string square = """
            {"type":"FeatureCollection","features":[{"type":"Feature","id":"0180","properties":null,"geometry":
            {"type":"Polygon","coordinates":[[[18,59],[18.02,59],[18.02,59.01],[18,59.01],[18,59]]]}}]}
            """;
        Assert.Throws<MeasureOptionException>(() => Read(square, null));
        // Latitude first.
        var exchanged = square.Replace("[[18,59],[18.02,59],[18.02,59.01],[18,59.01],[18,59]]",
            "[[59,18],[59,18.02],[59.01,18.02],[59.01,18],[59,18]]", StringComparison.Ordinal);
        var refused = Assert.Throws<MeasureOptionException>(() => Read(exchanged, CoordinateReference.Sweref99Tm));
        Assert.Contains("before longitude", refused.Message, StringComparison.Ordinal);
        Assert.Throws<MeasureOptionException>(() => Read(square, CoordinateReference.Wgs84));
        var geography = Read(square, CoordinateReference.Sweref991800, "id");
        // At 59° north 0.02° of longitude is 1 148.9 m and 0.01° of latitude 1 114 m (GRS 80).
        Assert.Equal(1148.9 * 1114.0, geography.Areas[0], 2000.0);
        Assert.Equal(150574.5, geography.X[0], 1.0);
    }

    // Lantmäteriet's control points for SWEREF 99 TM and 18 00, here by the Gauss-Krüger series of the same publisher, computed
    // independently.
    [Theory]
    [InlineData(18.0, 59.3, 3006)]
    [InlineData(18.0686, 59.3293, 3006)]
    [InlineData(18.0686, 59.3293, 3011)]
    [InlineData(17.8, 59.4, 3011)]
    public void Projection_agrees_with_the_Gauss_Kruger_series(double longitude, double latitude, int epsg)
    {
        var (meridian, scale, east) = epsg == 3006 ? (15.0, 0.9996, 500000.0) : (18.0, 1.0, 150000.0);
        var point = new NetTopologySuite.Geometries.Point(longitude, latitude).To(CoordinateReference.Wgs84,
            CoordinateReference.Parse($"EPSG:{epsg}"));
        var (northing, easting) = GaussKruger(latitude, longitude, meridian, scale, east);
        Assert.Equal(easting, point.Coordinate.X, 0.01);
        Assert.Equal(northing, point.Coordinate.Y, 0.01);
    }

    // Lantmäteriet, "Gauss Conformal Projection (Transverse Mercator), Krüger's formulas".
    private static (double North, double East) GaussKruger(double latitude, double longitude, double meridian, double scale,
        double falseEasting)
    {
        const double a = 6378137, f = 1 / 298.257222101, n = f / (2 - f), e2 = f * (2 - f);
        var roof = a / (1 + n) * (1 + (n * n / 4) + (n * n * n * n / 64));
        double A = e2, B = ((5 * e2 * e2) - (e2 * e2 * e2)) / 6, C = ((104 * Math.Pow(e2, 3)) - (45 * Math.Pow(e2, 4))) / 120,
            D = 1237 * Math.Pow(e2, 4) / 1260;
        double phi = double.DegreesToRadians(latitude), delta = double.DegreesToRadians(longitude - meridian),
            s2 = Math.Sin(phi) * Math.Sin(phi);
        var star = phi - (Math.Sin(phi) * Math.Cos(phi) * (A + (B * s2) + (C * s2 * s2) + (D * s2 * s2 * s2)));
        double xi = Math.Atan(Math.Tan(star) / Math.Cos(delta)), eta = Math.Atanh(Math.Cos(star) * Math.Sin(delta));
        double[] b =
        [
            (n / 2) - (2 * n * n / 3) + (5 * n * n * n / 16) + (41 * Math.Pow(n, 4) / 180),
            (13 * n * n / 48) - (3 * n * n * n / 5) + (557 * Math.Pow(n, 4) / 1440),
            (61 * n * n * n / 240) - (103 * Math.Pow(n, 4) / 140),
            49561 * Math.Pow(n, 4) / 161280,
        ];
        double north = xi, easting = eta;
        for (var k = 1; k <= 4; k++)
        {
            north += b[k - 1] * Math.Sin(2 * k * xi) * Math.Cosh(2 * k * eta);
            easting += b[k - 1] * Math.Cos(2 * k * xi) * Math.Sinh(2 * k * eta);
        }

        return (scale * roof * north, (scale * roof * easting) + falseEasting);
    }

    private static UnitGeography Read(string json, CoordinateReference? crs, string field = "code")
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.geojson");
        File.WriteAllText(path, json);
        try
        {
            return GeographyReader.FromGeoJson(GeoFile.Load(path), field, crs);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
