using System.Reflection;

namespace Analys.Database.Sql;

/// <summary>The engines that an address may name. One more is a class of <see cref="SqlDialect"/> and its name here.</summary>
internal static class Engines
{
    private const string Large = "duckdb";
    private static readonly SqlDialect[] Own = [new PostgresDialect(), new SqliteDialect(), new SqlServerDialect()];

    // DuckDB is seventy megabytes: its assembly is opened by the first address that names it.
    private static readonly Lazy<SqlDialect?> DuckDb = new(() => Elsewhere("Analys.Database.DuckDb"));

    /// <summary>The engines that are in memory: those that can have refused something.</summary>
    public static IEnumerable<SqlDialect> Loaded => DuckDb is { IsValueCreated: true, Value: { } duck } ? [.. Own, duck] : Own;

    /// <summary>The names of the engines, for messages.</summary>
    public static string Names => string.Join(", ", Own.Select(engine => engine.Name).Append(Large));

    /// <summary>What addresses look like, for messages.</summary>
    public static string Examples => "postgres:Host=...;Database=..., sqlite:FILE.db, duckdb:FILE.duckdb or "
        + "sqlserver:Server=...;Database=...";

    /// <summary>The engine of a prefix; null where no engine is called so.</summary>
    /// <exception cref="SourceException">It is not installed.</exception>
    public static SqlDialect? Find(string prefix) => prefix == Large
        ? DuckDb.Value ?? throw new SourceException("DuckDB is not installed: add the package Analys.Database.DuckDb beside the command.")
        : Small(prefix);

    /// <summary>The engine that reads a file by its name's ending; null where it is streamed here.</summary>
    /// <exception cref="SourceException">It is not installed.</exception>
    public static SqlDialect? OfFile(string file) =>
        file.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".duckdb", StringComparison.OrdinalIgnoreCase)
            ? Find(Large) : null;

    /// <summary>Whether a text begins as an address of an engine does.</summary>
    public static bool IsAddress(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && (text[..colon] == Large || Small(text[..colon]) is not null);
    }

    private static SqlDialect? Small(string prefix) => Own.FirstOrDefault(engine => engine.Prefixes.Contains(prefix));

    private static SqlDialect? Elsewhere(string assembly)
    {
        try
        {
            var type = Assembly.Load(assembly).GetTypes().Single(type => type.IsSubclassOf(typeof(SqlDialect)));
            return (SqlDialect)Activator.CreateInstance(type, nonPublic: true)!;
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null;
        }
    }
}
