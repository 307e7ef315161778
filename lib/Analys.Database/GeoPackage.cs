using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Analys.Database.Sql;
using Analys.Load;
using Analys.Load.Geo;
using Microsoft.Data.Sqlite;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Analys.Database;

/// <summary>A GeoPackage (<c>.gpkg</c>): a SQLite file whose tables of features have a column of geometry.</summary>
/// <remarks>Source: OGC GeoPackage Encoding Standard 1.3. The first table of features is read.</remarks>
internal static class GeoPackage
{
    /// <summary>Reads the features with their properties and geometries.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ExtractRejectedException">It is not one, or its reference system is none that is known.</exception>
    public static GeoFile Load(string path)
    {
        var (file, sqlite) = (Path.GetFileName(path), new SqliteDialect());
        if (!File.Exists(path)) throw Rejected(file, "a file that exists", FindingCodes.File);
        try
        {
            using var connection = sqlite.Connect(path, readOnly: true);
            var (table, column, system) = Layer(connection) ?? throw Rejected(file, "a table of features", FindingCodes.Source);
            var features = new List<GeoFeature>();
            using var command = connection.CreateCommand();
            command.CommandText = $"select * from {sqlite.Quote(table)}";
            using var reader = command.ExecuteReader();
            var wkb = new WKBReader();
            while (reader.Read()) features.Add(Feature(reader, column, wkb));
            return new GeoFile(features, system, new SourceFile(file, SourceReader.Hash(path), features.Count));
        }
        catch (Exception e) when (e is SqliteException or ParseException or ArgumentException or FormatException or InvalidCastException
            or IndexOutOfRangeException or SourceException)
        {
            throw Rejected(file, "a whole GeoPackage", FindingCodes.Source);
        }
    }

    private static (string Table, string Column, CoordinateReference? System)? Layer(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "select g.table_name, g.column_name, s.organization, s.organization_coordsys_id from gpkg_geometry_columns g "
                + "left join gpkg_spatial_ref_sys s on s.srs_id = g.srs_id order by g.rowid limit 1";
        using var reader = command.ExecuteReader();
        if (!reader.Read()) return null;
        var system = !reader.IsDBNull(2) && reader.GetString(2).Equals("EPSG", StringComparison.OrdinalIgnoreCase)
            ? CoordinateReference.Parse(string.Create(CultureInfo.InvariantCulture, $"EPSG:{reader.GetInt64(3)}")) : null;
        return (reader.GetString(0), reader.GetString(1), system);
    }

    private static GeoFeature Feature(DbDataReader reader, string column, WKBReader wkb)
    {
        var properties = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        Geometry geometry = GeometryFactory.Default.CreatePolygon();
        string? id = null;
        for (var i = 0; i < reader.FieldCount; i++)
        {
            if (reader.IsDBNull(i)) continue;
            var name = reader.GetName(i);
            if (name == column) geometry = Shape(reader.GetFieldValue<byte[]>(i), wkb);
            else if (reader.GetValue(i) is not byte[]) properties[name] = Convert.ToString(reader.GetValue(i),
                CultureInfo.InvariantCulture)!.Trim();
            if (name is "fid" or "ogc_fid") id = properties.GetValueOrDefault(name);
        }

        return new GeoFeature(id, properties.ToImmutable(), geometry);
    }

    // The geometry's own header: GP, a version, flags, the reference system and an envelope of the size that the flags say.
    private static Geometry Shape(byte[] blob, WKBReader wkb)
    {
        if (blob.Length < 8 || blob[0] != 'G' || blob[1] != 'P') throw new FormatException("no geometry of a GeoPackage");
        if ((blob[3] & 0x10) != 0) return GeometryFactory.Default.CreatePolygon();
        var envelope = ((blob[3] >> 1) & 7) switch
        {
            0 => 0,
            1 => 32,
            2 or 3 => 48,
            4 => 64,
            _ =>
            throw new FormatException("no envelope of a GeoPackage")
        };
        return wkb.Read(blob[(8 + envelope)..]);
    }

    private static ExtractRejectedException Rejected(string file, string expected, string code) =>
        new(file, [new Finding(code, file, null, null, null, expected)]);
}
