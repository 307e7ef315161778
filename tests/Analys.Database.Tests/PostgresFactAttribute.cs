namespace Analys.Tests.Database;

/// <summary>A test that needs Debian's postgresql.</summary>
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (!PostgresCluster.IsThere) Skip = "PostgreSQL is not installed.";
    }
}

/// <summary>Servers that the tests of a collection share: to start one takes longer than most tests. Each is started when it is first asked
/// for; tables of different tests have different names.</summary>
public sealed class PostgresServers : IDisposable
{
    private readonly Lazy<PostgresCluster>[] servers = [.. Enumerable.Range(0, 3).Select(_ => new Lazy<PostgresCluster>())];

    internal PostgresCluster One => servers[0].Value;

    internal PostgresCluster[] Three => [.. servers.AsParallel().AsOrdered().Select(server => server.Value)];

    public void Dispose()
    {
        foreach (var server in servers.Where(server => server.IsValueCreated)) server.Value.Dispose();
    }
}

/// <summary>The tests that share them.</summary>
[CollectionDefinition(nameof(PostgresServers))]
public sealed class PostgresTestGroup : ICollectionFixture<PostgresServers>;
