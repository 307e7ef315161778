using System.Globalization;

namespace Analys.Tests.Database;

/// <summary>The first server knows the others: a table listed by shard, its partitions on the servers themselves.</summary>
internal static class Federation
{
    public static void Link(PostgresCluster[] clusters)
    {
        clusters[0].Say("create extension if not exists postgres_fdw");
        for (var i = 0; i < clusters.Length; i++)
        {
            clusters[0].Say(string.Create(CultureInfo.InvariantCulture, $"""
                create server if not exists s{i} foreign data wrapper postgres_fdw
                options (host '127.0.0.1', port '{clusters[i].Port}', dbname 'postgres', async_capable 'true', fdw_tuple_cost '1');
                create user mapping if not exists for analys server s{i} options (user 'analys')
                """));
        }
    }

    public static void Partition(PostgresCluster[] clusters, string table, string part, string columns)
    {
        clusters[0].Say($"create table \"{table}\" ({columns}) partition by list (shard)");
        for (var i = 0; i < clusters.Length; i++)
        {
            clusters[0]
                .Say(string.Create(CultureInfo.InvariantCulture,
                    $"create foreign table \"{part}{i}\" partition of \"{table}\" for values in ({i}) server s{i} options (table_name "
                        + $"'{part}')"));
        }
    }
}
