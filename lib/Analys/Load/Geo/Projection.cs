using NetTopologySuite.Geometries;
using ProjNet.CoordinateSystems;
using ProjNet.CoordinateSystems.Transformations;

namespace Analys.Load.Geo;

/// <summary>Takes coordinates from one reference system to another.</summary>
/// <remarks>
/// SWEREF 99 and WGS 84 are taken as one datum, which is true to less than a metre. Parameters: EPSG Geodetic Parameter Registry, codes
/// 3006 (UTM zone 33 on GRS 80: central meridian 15°, scale 0.9996, false easting 500 000 m) and 3011 (Transverse Mercator on GRS 80:
/// central meridian 18°, scale 1, false easting 150 000 m); the same in Lantmäteriet, "SWEREF 99, projektionsparametrar".
/// </remarks>
public static class Projection
{
    private static readonly Dictionary<int, CoordinateSystem> Systems = new()
    {
        [4326] = GeographicCoordinateSystem.WGS84,
        [3006] = new CoordinateSystemFactory().CreateFromWkt(TransverseMercator("SWEREF99 TM", 15, 0.9996, 500000)),
        [3011] = new CoordinateSystemFactory().CreateFromWkt(TransverseMercator("SWEREF99 18 00", 18, 1, 150000)),
    };

    /// <summary>The geometry in another reference system. GeoJSON's order holds: longitude before latitude, east before north.</summary>
    /// <param name="geometry">The geometry; it is not changed.</param>
    /// <param name="from">Its reference system.</param>
    /// <param name="to">The reference system that is wanted.</param>
    public static Geometry To(this Geometry geometry, CoordinateReference from, CoordinateReference to)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (from == to) return geometry;
        var transform = new CoordinateTransformationFactory().CreateFromCoordinateSystems(Systems[from.Epsg], Systems[to.Epsg]).MathTransform;
        var projected = geometry.Copy();
        projected.Apply(new Reprojection(transform));
        projected.GeometryChanged();
        return projected;
    }

    private static string TransverseMercator(string name, double meridian, double scale, double falseEasting) => FormattableString.Invariant(
        $"""
        PROJCS["{name}", GEOGCS["SWEREF99", DATUM["SWEREF99", SPHEROID["GRS 1980", 6378137, 298.257222101], TOWGS84[0,0,0,0,0,0,0]],
        PRIMEM["Greenwich", 0], UNIT["degree", 0.0174532925199433]], PROJECTION["Transverse_Mercator"], PARAMETER["latitude_of_origin", 0],
        PARAMETER["central_meridian", {meridian}], PARAMETER["scale_factor", {scale}], PARAMETER["false_easting", {falseEasting}],
        PARAMETER["false_northing", 0], UNIT["metre", 1], AXIS["Easting", EAST], AXIS["Northing", NORTH]]
        """);

    private sealed class Reprojection(MathTransform transform) : ICoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence sequence, int i)
        {
            var (x, y) = transform.Transform(sequence.GetX(i), sequence.GetY(i));
            sequence.SetX(i, x);
            sequence.SetY(i, y);
        }
    }
}
