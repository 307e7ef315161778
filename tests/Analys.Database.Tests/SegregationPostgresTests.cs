using System.Globalization;
using Analys.Database;
using Analys.Database.Sql;

namespace Analys.Tests.Database;

/// <summary>Segregation from PostgreSQL, one server and three: the same records as the file in memory, and one row for each combination on
/// the wire.</summary>
[Collection(nameof(PostgresServers))]
public sealed class SegregationPostgresTests(PostgresServers shared)
{
    [PostgresFact]
    public void One_server_foreign_partitions_and_three_servers_agree_with_memory()
    {
        var servers = shared.Three;
        Federation.Link(servers);
        using var counts = new RandomCounts(seed: 5, units: 15);
        foreach (var form in (string[])["long", "wide"])
        {
            var (extract, schema) = (counts.Extract(form), counts.TableSchema(form));
            for (var shard = 0; shard < 3; shard++)
            {
                using var connection = servers[shard].Open();
                TableLoader.Load(extract, connection, new PostgresDialect(), "all " + form);
                servers[shard]
                    .Say(string.Create(CultureInfo.InvariantCulture,
                        $"create table {form} as select * from \"all {form}\" where shard = {shard}; analyze"));
            }

            var quoted =
                extract.Columns.Select(column =>
                    $"{new PostgresDialect().Quote(column.Name)} {new PostgresDialect().TypeOf(column.Field)}");
            Federation.Partition(servers, "foreign " + form, form, string.Join(", ", quoted));
            var expected = SegregationAgreement.Figures(RandomCounts.Counts(form, extract));
            foreach (var kind in (string[])["rank-order-information-theory", "mutual-information-within", "location-quotient",
                "expected-dissimilarity", "dissimilarity-p-value"]) Assert.Contains(expected, result => result.Measure.Id == kind);
            Assert.True(expected.Count(result => result.StandardError > 0) > 100);
            var (keys, sums) = RandomCounts.Columns(form);

            SqlSource Source(int server, string table, int? port = null) =>
                new(servers[server].Open(port), new PostgresDialect(), table, schema);
            void Check(ICountSource source)
            {
                using (source) SegregationAgreement.Same(expected,
                    SegregationAgreement.Figures(RandomCounts.Counts(form, AggregatedExtract.Of(source, keys, sums))));
            }

            using (var wire = new Wire(servers[0].Port))
            {
                using var source = Source(0, "all " + form, wire.Port);
                var before = wire.Rows;
                var combinations = source.Totals(keys, sums, CancellationToken.None).Rows.Count;
                Assert.Equal(combinations, wire.Rows - before);
            }

            Check(Source(0, "all " + form));
            // The sources give the same counts whatever the form; each way of asking is worked out to the figures on one of them.
            Check(form == "long"
                ? Source(0, "foreign " + form)
                : new CountsSideBySide([.. Enumerable.Range(0, 3).Select(server => Source(server, form))]));
        }
    }
}
