using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Analys.Load.Undescribed;
using NetTopologySuite.Geometries;

namespace Analys.Load.Geo;

/// <summary>A shapefile: geometries from .shp, properties from .dbf, the reference system from .prj. Heights and measures are left
/// out.</summary>
/// <remarks>ESRI Shapefile Technical Description (1998): points, multipoints and polygons, also with Z and M.</remarks>
internal static class Shapefile
{
    private static readonly GeometryFactory Factory = new();

    /// <exception cref="ExtractRejectedException">The file is not one, or is cut off.</exception>
    public static GeoFile Load(string path)
    {
        var bytes = SourceReader.Bytes(path);
        var rows = DbfTable.Load(Path.ChangeExtension(path, Existing(path, ".dbf")));
        var features = new List<GeoFeature>();
        try
        {
            if (bytes.Length < 100 || BinaryPrimitives.ReadInt32BigEndian(bytes) != 9994) throw new FormatException();
            for (var at = 100; at + 8 <= bytes.Length;)
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at + 4)) * 2L;
                if (length < 4 || at + 8 + length > bytes.Length) throw new FormatException();
                var number = features.Count;
                features.Add(new GeoFeature((number + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), rows is null
                    ? [] : rows[number], Shape(bytes.AsSpan(at + 8, (int)length))));
                at += 8 + (int)length;
            }
        }
        catch (Exception e) when (e is FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw SourceReader.Rejected(path, "a shapefile of points or polygons, with as many rows in its .dbf", "format-error");
        }

        return new GeoFile(features, Reference(Path.ChangeExtension(path, Existing(path, ".prj"))),
            new SourceFile(Path.GetFileName(path), RowTable.Hash(bytes), features.Count));
    }

    private static string Existing(string path, string extension) =>
        File.Exists(Path.ChangeExtension(path, extension)) ? extension : extension.ToUpperInvariant();

    private static Geometry Shape(ReadOnlySpan<byte> record)
    {
        switch (BinaryPrimitives.ReadInt32LittleEndian(record))
        {
            case 0:
                return Factory.CreatePolygon();
            case 1 or 11 or 21:
                return Factory.CreatePoint(Position(record[4..]));
            case 8 or 18 or 28:
                var count = Count(record[36..], record.Length - 40, 16);
                return Factory.CreateMultiPointFromCoords(Positions(record[40..], count));
            case 5 or 15 or 25:
                return Polygons(record);
            default:
                throw new FormatException();
        }
    }

    private static Geometry Polygons(ReadOnlySpan<byte> record)
    {
        var parts = Count(record[36..], record.Length - 44, 4);
        var points = Count(record[40..], record.Length - 44 - (4 * parts), 16);
        var rings = new List<LinearRing>(parts);
        for (var i = 0; i < parts; i++)
        {
            var from = BinaryPrimitives.ReadInt32LittleEndian(record[(44 + (4 * i))..]);
            var to = i + 1 < parts ? BinaryPrimitives.ReadInt32LittleEndian(record[(48 + (4 * i))..]) : points;
            if (from < 0 || to < from || to > points) throw new FormatException();
            rings.Add(Factory.CreateLinearRing(Positions(record[(44 + (4 * parts) + (16 * from))..], to - from)));
        }

        // Outer rings run clockwise, holes the other way; a hole belongs to the smallest outer ring around it.
        var shells = rings.Where(ring => !ring.IsCCW)
            .Select(ring => (Ring: ring, Polygon: Factory.CreatePolygon(ring), Holes: new List<LinearRing>()))
            .OrderBy(shell => shell.Polygon.Area).ToList();
        foreach (var hole in rings.Where(ring => ring.IsCCW))
        {
            var home = shells.FindIndex(shell => shell.Polygon.EnvelopeInternal.Covers(hole.EnvelopeInternal)
                && shell.Polygon.Covers(hole.GetPointN(0)) && shell.Polygon.Area > Factory.CreatePolygon(hole).Area);
            // A ring that runs the wrong way and lies in nothing is an area of its own.
            if (home >= 0) shells[home].Holes.Add(hole);
            else shells.Add(((LinearRing)hole.Reverse(), Factory.CreatePolygon(hole), []));
        }

        var polygons = shells.Select(shell => Factory.CreatePolygon(shell.Ring, [.. shell.Holes])).ToArray();
        return polygons.Length == 1 ? polygons[0] : Factory.CreateMultiPolygon(polygons);
    }

    private static int Count(ReadOnlySpan<byte> at, long room, int size)
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(at);
        return count >= 0 && (long)count * size <= room ? count : throw new FormatException();
    }

    private static Coordinate[] Positions(ReadOnlySpan<byte> bytes, int count)
    {
        var positions = new Coordinate[count];
        for (var i = 0; i < count; i++) positions[i] = Position(bytes[(16 * i)..]);
        return positions;
    }

    private static Coordinate Position(ReadOnlySpan<byte> bytes)
    {
        var (x, y) = (BinaryPrimitives.ReadDoubleLittleEndian(bytes), BinaryPrimitives.ReadDoubleLittleEndian(bytes[8..]));
        return double.IsFinite(x) && double.IsFinite(y) ? new Coordinate(x, y) : throw new FormatException();
    }

    // The text names the system in many ways: its parameters tell.
    private static CoordinateReference? Reference(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length > 100_000) return null;
        var text = File.ReadAllText(path).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        if (!text.StartsWith("PROJCS", StringComparison.Ordinal)) return text.Contains("WGS", StringComparison.Ordinal)
            && text.StartsWith("GEOGCS", StringComparison.Ordinal) ? CoordinateReference.Wgs84 : null;
        if (!text.Contains("SWEREF", StringComparison.Ordinal)) return null;
        bool Has(string parameter, string value) => text.Contains($"\"{parameter}\",{value}]", StringComparison.Ordinal)
            || text.Contains($"\"{parameter}\",{value}.0]", StringComparison.Ordinal);
        if (Has("CENTRAL_MERIDIAN", "18") && Has("FALSE_EASTING", "150000")) return CoordinateReference.Sweref991800;
        return Has("CENTRAL_MERIDIAN", "15") && Has("FALSE_EASTING", "500000") ? CoordinateReference.Sweref99Tm : null;
    }
}

/// <summary>The rows of a dBASE file beside a shapefile, as text. The encoding is decided by the bytes.</summary>
internal static class DbfTable
{
    /// <summary>Reads a file; null where there is none.</summary>
    /// <exception cref="ExtractRejectedException">It is not one.</exception>
    public static IReadOnlyList<ImmutableDictionary<string, string>>? Load(string path)
    {
        if (!File.Exists(path)) return null;
        var bytes = SourceReader.Bytes(path);
        try
        {
            return Read(bytes);
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException)
        {
            throw SourceReader.Rejected(path, "a dBASE table", "format-error");
        }
    }

    private static List<ImmutableDictionary<string, string>> Read(byte[] bytes)
    {
        int rows = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4)), start =
            BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8)), width = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(10));
        var columns = new List<(string Name, char Type, int Length)>();
        for (var at = 32; at < start - 1 && bytes[at] != 13; at += 32)
        {
            columns.Add((Decode(bytes.AsSpan(at, 11)), (char)bytes[at + 11], bytes[at + 16]));
        }

        if (width == 0 || rows < 0 || start + ((long)rows * width) > bytes.Length + 1) throw new ArgumentException("The table is cut off.");
        var table = new List<ImmutableDictionary<string, string>>(rows);
        for (var row = 0; row < rows; row++)
        {
            var at = start + (row * width) + 1;
            var cells = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            foreach (var (name, type, length) in columns)
            {
                var text = Decode(bytes.AsSpan(at, length));
                if (text.Length > 0) cells[name] = type is 'N' or 'F' ? Number(text) : text;
                at += length;
            }

            table.Add(cells.ToImmutable());
        }

        return table;
    }

    // Each text by its own bytes: padding and numbers between them may be anything.
    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf((byte)0) is var end && end >= 0) bytes = bytes[..end];
        return (Utf8.IsValid(bytes) ? Encoding.UTF8 : TextEncoding.Windows1252).GetString(bytes).Trim().Normalize(NormalizationForm.FormC);
    }

    // 114.000 and 114 are one code.
    private static string Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && NumberText.IsWhole(value)
        ? ((long)value).ToString(CultureInfo.InvariantCulture) : text;
}
