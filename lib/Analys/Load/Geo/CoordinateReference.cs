using System.Globalization;
using NetTopologySuite.Geometries;
using ProjNet.CoordinateSystems;
using ProjNet.CoordinateSystems.Transformations;

namespace Analys.Load.Geo;

/// <summary>A coordinate reference system that the library knows: EPSG 4326, 3006 and 3011.</summary>
/// <remarks>Swedish: <i>koordinatreferenssystem</i>.</remarks>
/// <param name="Epsg">The code.</param>
/// <param name="Name">The name.</param>
internal sealed record CoordinateReference(int Epsg, string Name)
{
    /// <summary>WGS 84, longitude and latitude in degrees: not a plane.</summary>
    public static CoordinateReference Wgs84 { get; } = new(4326, "WGS 84");

    /// <summary>SWEREF 99 TM, the national plane in metres.</summary>
    public static CoordinateReference Sweref99Tm { get; } = new(3006, "SWEREF99 TM");

    /// <summary>SWEREF 99 18 00, Stockholm's plane in metres.</summary>
    public static CoordinateReference Sweref991800 { get; } = new(3011, "SWEREF99 18 00");

    /// <summary>Whether coordinates are degrees, between which no distance in metres can be taken.</summary>
    public bool IsGeographic => Epsg == 4326;

    /// <summary>Reads a name of a reference system: <c>EPSG:3006</c>, <c>urn:ogc:def:crs:EPSG::3006</c>,
    /// <c>urn:ogc:def:crs:OGC:1.3:CRS84</c>.</summary>
    /// <param name="text">The name.</param>
    /// <exception cref="FormatException">The system is not known.</exception>
    public static CoordinateReference Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.EndsWith("CRS84", StringComparison.OrdinalIgnoreCase)) return Wgs84;
        var code = text[(text.LastIndexOf(':') + 1)..];
        return int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var epsg) && Of(epsg) is { } known
            ? known
            : throw new FormatException("The coordinate reference system is not one of EPSG:4326, EPSG:3006 and EPSG:3011.");
    }

    private static CoordinateReference? Of(int epsg) => epsg switch
    {
        4326 => Wgs84,
        3006 => Sweref99Tm,
        3011 => Sweref991800,
        _ => null,
    };

    /// <summary>As <c>EPSG:3006</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"EPSG:{Epsg}");
}

/// <summary>Takes coordinates from one reference system to another.</summary>
/// <remarks>
/// SWEREF 99 and WGS 84 are taken as one datum, which is true to less than a metre. Parameters: EPSG Geodetic Parameter Registry, codes
/// 3006 (UTM zone 33 on GRS 80: central meridian 15°, scale 0.9996, false easting 500 000 m) and 3011 (Transverse Mercator on GRS 80:
/// central meridian 18°, scale 1, false easting 150 000 m); the same in Lantmäteriet, "SWEREF 99, projektionsparametrar".
/// </remarks>
internal static class Projection
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
        var transform =
            new CoordinateTransformationFactory().CreateFromCoordinateSystems(Systems[from.Epsg], Systems[to.Epsg]).MathTransform;
        var projected = geometry.Copy();
        projected.Apply(new Reprojection(transform));
        projected.GeometryChanged();
        return projected;
    }

    private static string TransverseMercator(string name, double meridian, double scale, double falseEasting) =>
        FormattableString.Invariant(
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
