using System.Globalization;
using Analys.Database.Pushed;
using Analys.Database.Rows;
using Analys.Database.Sql;
using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Source;
using Analys.Measure.Study;
using Analys.Tests.Database;
using Npgsql;

namespace Analys.Database.Tests.Sql;

/// <summary>PostgreSQL, one server and three: the same records as rows in memory, and on the wire no more rows than cells.</summary>
[Collection(nameof(PostgresServers))]
public sealed class PostgresTests(PostgresServers servers)
{
    private static readonly IncomeMeasure[] Linearisable = [.. Agreement.Measures(anchored: false, oneOrder: false)
        .Where(measure => measure.AggregateInfluence is { IsApproximate: false })];
    private static readonly PersonColumns Columns = new() { By = ["area"], Transfers = "transfers", HousingCost = "rent" };

    [PostgresFact]
    public void One_server_three_servers_and_foreign_partitions_agree_with_memory()
    {
        using var people = new RandomPeople(100, seed: 12, districts: 2, years: 4);
        var extract = people.Extract();
        var clusters = servers.Three;
        Parallel.ForEach(Enumerable.Range(0, 3), shard =>
        {
            using var connection = clusters[shard].Open();
            TableLoader.Load(extract, connection, new PostgresDialect(), "everyone");
            clusters[shard]
                .Say(string.Create(CultureInfo.InvariantCulture,
                    $"create table people as select * from everyone where shard = {shard}; analyze"));
        });
        Federation.Link(clusters);
        Federation.Partition(clusters, "all people", "people",
            "year bigint, person bigint, \"house hold\" bigint, district text, sex text, age bigint, \"w\"\"eight\" double precision, "
                + "income double precision, units double precision, transfers double precision, rent double precision, months bigint, "
                + "stratum text, rw1 double precision, rw2 double precision, rw3 double precision, shard bigint");
        var measures = Agreement.Measures(anchored: true);
        IncomeStudy Options(IncomeStudy study) => study with
        {
            Ages = [Ages.Children],
            Anchor = Anchor.Parse("2015", ["2015=100", "2016=101", "2017=103", "2018=105"]),
        };

        // One server, through a wire that counts.
        // That every form of influence is right on an engine is shown on SQLite; here some of them cross the wire.
        using (var wire = new Wire(clusters[0].Port))
        using (var source =
            new CountingSource(new SqlSource(clusters[0].Open(wire.Port), new PostgresDialect(), "everyone", people.TableSchema), 1))
        {
            var before = wire.Rows;
            Agreement.Check(extract, source, Columns, Options, measures);
            Agreement.Check(extract, source, Columns, Linearised, [.. Linearisable.Where((_, i) => i % 6 == 0)]);
            Agreement.CheckPanel(extract, source, Columns, Options);
            Agreement.CheckDecompositions(extract, source, Columns, Options);
            Assert.InRange(wire.Rows - before, 1, source.Cells);
        }

        // One server that asks three: its partitions are on other servers.
        using (var wire = new Wire(clusters[0].Port))
        using (var source =
            new CountingSource(new SqlSource(clusters[0].Open(wire.Port), new PostgresDialect(), "all people", people.TableSchema), 3))
        {
            // The statements are those of one server: here every third measure asks for the plan over the parts.
            var before = wire.Rows;
            Agreement.Check(extract, source, Columns, Options, [.. measures.Where((_, i) => i % 3 == 0)]);
            Agreement.Check(extract, source, Columns, Linearised, Linearisable[..4]);
            Agreement.CheckPanel(extract, source, Columns, Options);
            Agreement.CheckDecompositions(extract, source, Columns, Options);
            Assert.InRange(wire.Rows - before, 1, source.Cells);
        }

        // Three servers that know nothing of each other.
        using (var source =
            new ShardedSource(
                [.. clusters.Select(cluster => new SqlSource(cluster.Open(), new PostgresDialect(), "people", people.TableSchema))]))
        {
            Agreement.Check(extract, source, Columns, Options, Agreement.Measures(anchored: true, oneOrder: false));
            Agreement.Check(extract, source, Columns, Linearised, Linearisable[..4]);
            Agreement.Check(extract, source, Columns, study => study with { Uncertainty = new(IntervalMethod.ReplicateWeights) },
                Linearisable[..8]);
            Agreement.CheckDecompositions(extract, source, Columns, Options, oneOrder: false);
            Assert.Throws<NotPushedException>(() => Agreement.CheckPanel(extract, source, Columns, Options));
        }

        Two_connections_see_the_same_rows(clusters[1], people);
        Aggregates_run_on_the_shards(clusters[0], people);
        A_source_cannot_write(clusters[0], people);
        Replicates_are_the_same_everywhere(clusters, people);
        Counts_by_group_are_added_up_there(clusters[0], people);
    }

    // The whole and its parts are added up by household at the same time, each on a connection of its own; neither sees what others write.
    private static void Two_connections_see_the_same_rows(PostgresCluster cluster, RandomPeople people)
    {
        const string Sessions = "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()";
        using var other = cluster.Open();
        void Connected(int expected)
        {
            // A server notices that somebody has left a little later.
            for (var wait = 0; Asked() != expected && wait < 200; wait++) Thread.Sleep(50);
            Assert.Equal(expected, Asked());
        }

        long Asked() => (long)new NpgsqlCommand(Sessions, other).ExecuteScalar()!;
        Connected(0);
        using (var source = new SqlSource(cluster.Open(), new PostgresDialect(), "everyone", people.TableSchema))
        {
            Agreement.Check(people.Extract(), source, Columns, study => study, [.. Linearisable.Take(8)]);
            Connected(2);
            var frame = new PushedStudy(source, Columns).Frame;
            var whole = new Scope(-1, IncomeConcept.Disposable, [], null);
            AggregateQuery[] queries = [.. ((int[][])[[], [0]]).Select(by =>
                new SumQuery(whole with { By = [.. by] }, 120_000, PoorRule.Below))];
            double[] Counts() => [.. source.Answer(frame, queries, default)
                .SelectMany(answer => answer.Select(row => row?[SumColumns.Count] ?? 0))];
            var before = Counts();
            Assert.All(before, count => Assert.True(count > 0));
            new NpgsqlCommand("delete from everyone", other).ExecuteNonQuery();
            Assert.Equal(before, Counts());
            using var only = new SqlSource(cluster.Open(), new PostgresDialect(), "everyone", people.TableSchema);
            Assert.Equal(0, only.Count(frame.Layout, default).Rows);
        }

        Connected(0);
    }

    private static IncomeStudy Linearised(IncomeStudy study) =>
        study with { Uncertainty = new(IntervalMethod.Linearised), Comparison = new Comparison(null, true, []) };

    private static void Aggregates_run_on_the_shards(PostgresCluster cluster, RandomPeople people)
    {
        using var source = new SqlSource(cluster.Open(), new PostgresDialect(), "all people", people.TableSchema);
        var study = new PushedStudy(source, Columns);
        var scope = new Scope(0, IncomeConcept.Disposable, [0], Ages.Children);
        var queries = new SqlQueries(new PostgresDialect(), study.Frame, new PostgresDialect().QuoteTable("all people"), "shard",
            (column, value) => column == "year"
            ? long.Parse(value, CultureInfo.InvariantCulture) : value);
        var pivots = Enumerable.Range(0, study.Frame.Domains(scope)).Select(_ => (double[]?)[100_000, 200_000]).ToArray();
        foreach (var query in queries.Compile([new SumQuery(scope, 120_000, PoorRule.Below),
            new SumQuery(scope with { Ages = null }, 120_000, PoorRule.Below), new BinQuery(scope, pivots),
            new TermQuery(scope, [new Term(TermKind.Logarithm)])]))
        {
            var plan = Plan(cluster, query);
            Assert.True(plan.Split("Relations: Aggregate on").Length - 1 == 3, plan);
        }
    }

    private static string Plan(PostgresCluster cluster, CompiledQuery query)
    {
        using var connection = cluster.Open();
        using var transaction = connection.BeginTransaction();
        foreach (var text in new PostgresDialect().ReadOnly(TimeSpan.FromMinutes(1))) new NpgsqlCommand(text, connection).ExecuteNonQuery();
        using var command = new NpgsqlCommand("explain (verbose) " + query.Text, connection);
        for (var i = 0; i < query.Parameters.Count; i++)
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"@p{i}"), query.Parameters[i]);
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read()) lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }

    private static void A_source_cannot_write(PostgresCluster cluster, RandomPeople people)
    {
        var connection = cluster.Open();
        using var source = new SqlSource(connection, new PostgresDialect(), "everyone", people.TableSchema);
        using var command = new NpgsqlCommand("delete from everyone", connection);
        Assert.Equal("25006", Assert.Throws<PostgresException>(() => command.ExecuteNonQuery()).SqlState);
    }

    private static void Replicates_are_the_same_everywhere(PostgresCluster[] clusters, RandomPeople people)
    {
        var columns = Columns;
        var measures = Agreement.Measures(anchored: false, oneOrder: false)
            .Where(measure => measure.Definition.Id is "at-risk-of-poverty-rate" or "median" or "poverty-gap").ToArray();
        Results Run(IAggregateSource source)
        {
            using (source)
            {
                var study = new PushedStudy(source, columns);
                return study.Run(new IncomeStudy
                {
                    Persons = study.Persons,
                    Uncertainty = new Uncertainty(IntervalMethod.Bootstrap, Replicates: 3, Seed: 4)
                }, measures);
            }
        }

        var known = people.TableSchema;
        var expected = Run(RowSources.Of(people.Extract()));
        Assert.Contains(expected, result => result.StandardError > 0 && result.Parameters["interval"] == "poisson-bootstrap");
        var one = Run(new SqlSource(clusters[0].Open(), new PostgresDialect(), "everyone", known));
        var foreign = Run(new SqlSource(clusters[0].Open(), new PostgresDialect(), "all people", known));
        var three =
            Run(new ShardedSource([.. clusters.Select(cluster => new SqlSource(cluster.Open(), new PostgresDialect(), "people", known))]));
        var sqlite = Run(new SqlSource(people.Sqlite(), new SqliteDialect(), "people", known));
        foreach (var other in (Results[])[one, foreign, three, sqlite]) Agreement.Same(expected, other);
    }

    private static void Counts_by_group_are_added_up_there(PostgresCluster cluster, RandomPeople people)
    {
        using var source = new SqlSource(cluster.Open(), new PostgresDialect(), "all people", people.TableSchema);
        var counts = AggregatedExtract.Of(source, ["sex"], ["months"]);
        var extract = people.Extract();
        for (var i = 0; i < counts.RowCount; i++)
        {
            var sex = counts.Text("sex").Categories[counts.Text("sex").Codes[i]];
            var code = extract.Text("sex").Categories.ToList().IndexOf(sex);
            var sum = Enumerable.Range(0, extract.RowCount).Where(row => extract.Text("sex").Codes[row] == code)
                .Sum(row => extract.Number("months").Values[row]);
            Assert.Equal(sum, counts.Number("months").Values[i]);
        }
    }
}
