using System.Globalization;

namespace Analys.Load.Geo;

/// <summary>A coordinate reference system that the library knows: EPSG 4326, 3006 and 3011.</summary>
/// <remarks>Swedish: <i>koordinatreferenssystem</i>.</remarks>
/// <param name="Epsg">The code.</param>
/// <param name="Name">The name.</param>
public sealed record CoordinateReference(int Epsg, string Name)
{
    /// <summary>WGS 84, longitude and latitude in degrees: not a plane.</summary>
    public static CoordinateReference Wgs84 { get; } = new(4326, "WGS 84");

    /// <summary>SWEREF 99 TM, the national plane in metres.</summary>
    public static CoordinateReference Sweref99Tm { get; } = new(3006, "SWEREF99 TM");

    /// <summary>SWEREF 99 18 00, Stockholm's plane in metres.</summary>
    public static CoordinateReference Sweref991800 { get; } = new(3011, "SWEREF99 18 00");

    /// <summary>Whether coordinates are degrees, between which no distance in metres can be taken.</summary>
    public bool IsGeographic => Epsg == 4326;

    /// <summary>Reads a name of a reference system: <c>EPSG:3006</c>, <c>urn:ogc:def:crs:EPSG::3006</c>, <c>urn:ogc:def:crs:OGC:1.3:CRS84</c>.</summary>
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
