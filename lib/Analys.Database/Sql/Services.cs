namespace Analys.Database.Sql;

/// <summary>Reads a section of PostgreSQL's connection service file.</summary>
internal static class Services
{
    /// <summary>The keys and values of a service; none where no service is named.</summary>
    public static IEnumerable<(string Name, string Value)> Read(string? service)
    {
        if (string.IsNullOrEmpty(service)) yield break;
        var path = Environment.GetEnvironmentVariable("PGSERVICEFILE") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".pg_service.conf");
        if (!File.Exists(path)) throw new SourceException("PGSERVICE is set, but there is no service file.");
        var inside = false;
        foreach (var line in File.ReadLines(path).Select(line => line.Trim()))
        {
            if (line.StartsWith('[')) inside = line == $"[{service}]";
            else if (inside && !line.StartsWith('#') && line.Split('=', 2) is [var name, var value]) yield return (name.Trim(), value.Trim());
        }
    }
}
