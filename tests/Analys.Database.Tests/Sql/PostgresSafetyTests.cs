using System.Diagnostics;
using System.Text;
using Analys.Database.Sql;
using Analys.Load.Schema;
using Analys.Tests.Database;
using Npgsql;

namespace Analys.Database.Tests.Sql;

/// <summary>PostgreSQL: a statement ends at its time and when it is cancelled, on the server too, and no name or value is a
/// statement.</summary>
[Collection(nameof(PostgresServers))]
public sealed class PostgresSafetyTests(PostgresServers servers) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys-safety-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [PostgresFact]
    public void A_statement_is_stopped_at_its_time_and_when_cancelled()
    {
        Cluster.Say("create view slow as select 'x'::text as unit, 1::bigint as n from pg_sleep(300)");
        var watch = Stopwatch.StartNew();
        using (var source = Slow(TimeSpan.FromMilliseconds(300)))
        {
            var refused =
                Assert.Throws<SourceException>(() => SourceAddress.Guarded(() => source.Totals(["unit"], ["n"], CancellationToken.None)));
            Assert.Contains("57014", refused.Message, StringComparison.Ordinal);
            Assert.Contains("ran too long", refused.Message, StringComparison.Ordinal);
        }

        using (var cancel = new CancellationTokenSource())
        using (var source = new CountsSideBySide([Slow(null), Slow(null)]))
        {
            var work = Task.Run(() => SourceAddress.Guarded(() => source.Totals(["unit"], ["n"], cancel.Token)));
            Assert.True(SpinWait.SpinUntil(() => Running() == 2, TimeSpan.FromSeconds(30)));
            cancel.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => work.GetAwaiter().GetResult());
            Assert.Equal(0, Running());
        }

        Assert.InRange(watch.Elapsed.TotalSeconds, 0.3, 60);
    }

    [PostgresFact]
    public void Hostile_names_and_values_are_only_names_and_values()
    {
        Cluster.Say("create table keep (n integer)");
        foreach (var hostile in (string[])["x\"; drop table \"keep\"; --", "x'; drop table keep; --", "@p0 $1 {0} ? :p \\",
            "åäö ]; drop table keep"])
        {
            var csv = Path.Combine(folder, "a.csv");
            var schema = TableSchema.Parse(SafetyTests.Schema(hostile), "hostile");
            File.WriteAllText(csv, SafetyTests.Rows(hostile), new UTF8Encoding(false));
            using (var connection = Cluster.Open()) TableLoader.Load(Extract.Load(csv, schema), connection, new PostgresDialect(), hostile);
            SafetyTests.Check(Extract.Load(csv, schema), () => new SqlSource(Cluster.Open(), new PostgresDialect(), hostile, schema),
                hostile);
        }

        Cluster.Say("insert into keep values (1)");
        Assert.Throws<SourceException>(() => new PostgresDialect().Quote(new string('å', 32)));
    }

    private PostgresCluster Cluster => servers.One;

    private SqlSource Slow(TimeSpan? timeout) => new(Cluster.Open(), new PostgresDialect(), "slow", null, timeout);

    private long Running()
    {
        using var connection = Cluster.Open();
        using var command =
            new NpgsqlCommand(
                "select count(*) from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and query like '%slow%'",
                connection);
        return (long)command.ExecuteScalar()!;
    }
}
