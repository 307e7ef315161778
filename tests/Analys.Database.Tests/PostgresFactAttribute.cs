namespace Analys.Tests.Database;

/// <summary>A test that needs Debian's postgresql.</summary>
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (!PostgresCluster.IsThere) Skip = "PostgreSQL is not installed.";
    }
}
