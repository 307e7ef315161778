using Analys.Load;
using Microsoft.Data.Sqlite;
using NetTopologySuite.Geometries;

namespace Analys.Database.Tests;

/// <summary>A GeoPackage is read as it is written elsewhere: its header, its reference system, empty and missing geometries.</summary>
public sealed class GeoPackageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(0, 3006)]
    [InlineData(1, 3006)]
    [InlineData(2, 3011)]
    [InlineData(4, 4326)]
    public void Features_are_read_with_any_envelope_and_system(int envelope, int system)
    {
        var path = Write(system, Blob(Square(17, 59), envelope, system), Blob(null, 0, system), null);
        var read = GeoPackage.Load(path);
        Assert.Equal(["A", "B", "C"], read.Features.Select(feature => feature.Properties["kod"]));
        Assert.Equal([1, 0, 0], read.Features.Select(feature => feature.Geometry.Area));
        Assert.NotNull(read.StatedReference);
    }

    [Fact]
    public void What_is_none_is_refused()
    {
        var path = Write(3006, [(byte)'X', 1, 2, 3, 4, 5, 6, 7, 8]);
        Assert.Throws<ExtractRejectedException>(() => GeoPackage.Load(path));
        var text = Path.Combine(folder, "text.gpkg");
        File.WriteAllText(text, "no database");
        Assert.Throws<ExtractRejectedException>(() => GeoPackage.Load(text));
        Assert.Throws<ExtractRejectedException>(() => GeoPackage.Load(Path.Combine(folder, "nowhere.gpkg")));
    }

    private static Polygon Square(double x, double y) => GeometryFactory.Default.CreatePolygon(
        [new(x, y), new(x + 1, y), new(x + 1, y + 1), new(x, y + 1), new(x, y)]);

    // GP, version 0, flags (little-endian, the envelope's kind, empty), the system, the envelope, then well-known binary.
    private static byte[] Blob(Geometry? geometry, int envelope, int system)
    {
        var bytes = new List<byte> { (byte)'G', (byte)'P', 0, (byte)(1 | (envelope << 1) | (geometry is null ? 0x10 : 0)) };
        bytes.AddRange(BitConverter.GetBytes(system));
        bytes.AddRange(new byte[new[] { 0, 32, 48, 48, 64 }[envelope]]);
        bytes.AddRange((geometry ?? GeometryFactory.Default.CreatePolygon()).AsBinary());
        return [.. bytes];
    }

    private string Write(int system, params byte[]?[] shapes)
    {
        var path = Path.Combine(folder, "omr.gpkg");
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Run(connection, """
            create table gpkg_spatial_ref_sys (srs_name text, srs_id integer primary key, organization text, organization_coordsys_id integer);
            create table gpkg_geometry_columns (table_name text, column_name text, geometry_type_name text, srs_id integer);
            insert into gpkg_geometry_columns values ('område', 'geom', 'POLYGON', 7);
            create table "område" (fid integer primary key, geom blob, kod text);
            """);
        using (var reference = connection.CreateCommand())
        {
            reference.CommandText = "insert into gpkg_spatial_ref_sys values ('x', 7, 'EPSG', $system)";
            reference.Parameters.AddWithValue("$system", system);
            reference.ExecuteNonQuery();
        }

        for (var i = 0; i < shapes.Length; i++)
        {
            using var row = connection.CreateCommand();
            row.CommandText = "insert into \"område\" (geom, kod) values ($geom, $kod)";
            row.Parameters.AddWithValue("$geom", (object?)shapes[i] ?? DBNull.Value);
            row.Parameters.AddWithValue("$kod", $"{(char)('A' + i)}");
            row.ExecuteNonQuery();
        }

        return path;
    }

    private static void Run(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
