using System.Diagnostics;
using System.Globalization;
using Analys.Database;
using Analys.Database.Pushed;
using Analys.Database.Sql;
using Analys.Load.Schema;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Source;
using Analys.Measure.Study;
using Analys.Tests.Database;

namespace Analys.Benchmarks;

/// <summary>At-risk-of-poverty rates by district, of everyone and of children, where the rows are: against pulling them out, on one, two
/// and three servers.</summary>
internal static class DatabaseBenchmarks
{
    private const string Schema = """
        { "name": "bench", "fields": [
          { "name": "household", "type": "integer", "analys": { "role": "household" } },
          { "name": "district", "type": "string", "analys": { "role": "area" } },
          { "name": "age", "type": "integer", "analys": { "role": "age" } },
          { "name": "weight", "type": "number", "analys": { "role": "weight" } },
          { "name": "income", "type": "number", "analys": { "role": "equivalisedIncome" } },
          { "name": "shard", "type": "integer" } ] }
        """;

    /// <summary>Runs side by side on so many persons.</summary>
    public static void Run(TextWriter output, int persons)
    {
        if (!PostgresCluster.IsThere)
        {
            output.WriteLine("PostgreSQL is not installed.");
            return;
        }

        var clusters = Enumerable.Range(0, 3).Select(_ => new PostgresCluster()).ToArray();
        try
        {
            for (var parts = 1; parts <= 3; parts++)
            {
                for (var shard = 0; shard < parts; shard++) Fill(clusters[shard], persons, parts, shard);
                Pushed(output, $"{parts} server(s)", persons, parts, clusters[..parts]);
                if (parts == 1) Pulled(output, clusters[0]);
            }

            // A machine has few cores: with one core for each server, two of them show what a second machine brings.
            foreach (var cluster in clusters)
            {
                cluster.Say("alter system set max_parallel_workers_per_gather = 0");
                cluster.Say("select pg_reload_conf()");
            }

            for (var parts = 1; parts <= 3; parts++)
                Pushed(output, $"{parts} server(s) of one core each", persons, parts, clusters[..parts]);
            Pushed(output, "a third alone, on one core", persons, 3, clusters[..1]);
        }
        finally
        {
            foreach (var cluster in clusters) cluster.Dispose();
        }
    }

    private static void Fill(PostgresCluster cluster, int persons, int parts, int shard) => cluster.Say(string.Create(CultureInfo.InvariantCulture, $"""
        drop table if exists part{parts};
        create table part{parts} as select (i / 3)::bigint as household, 'D' || abs(hashint8(i / 3)) % 14 as district, (abs(hashint8(i)) % 90)::bigint as age,
          0.5 + (abs(hashint8(i / 3 + 7)) % 1000) / 1000.0::double precision as weight,
          round(exp(12.2 + 0.6 * sqrt(-2 * ln((1 + abs(hashint8(i / 3 + 11)::bigint) % 1000003) / 1000004.0::double precision)) * cos((abs(hashint8(i / 3 + 13)::bigint) % 1000003) / 159155.0))) as income,
          (i / 3 % {parts})::bigint as shard
        from generate_series(1::bigint, {persons}) i where i / 3 % {parts} = {shard};
        analyze part{parts}
        """));

    private static void Pushed(TextWriter output, string what, int persons, int parts, PostgresCluster[] clusters)
    {
        var wires = clusters.Select(cluster => new Wire(cluster.Port)).ToArray();
        var schema = TableSchema.Parse(Schema, "bench");
        var table = string.Create(CultureInfo.InvariantCulture, $"part{parts}");
        for (var repeat = 0; repeat < 3; repeat++)
        {
            var (bytes, rows, watch) = (wires.Sum(wire => wire.Bytes), wires.Sum(wire => wire.Rows), Stopwatch.StartNew());
            using var source =
                new ShardedSource(
                    [.. clusters.Select((cluster, i) => new SqlSource(cluster.Open(wires[i].Port), new PostgresDialect(), table, schema))]);
            var study = new PushedStudy(source, PersonColumns.ByRole);
            var results = study.Run(new IncomeStudy { Persons = study.Persons, Ages = [Ages.All, Ages.Children] },
                [AtRiskOfPovertyThreshold.Measure, Fgt.AtRiskOfPovertyRate]);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{what}, {persons} persons: {watch.Elapsed.TotalSeconds:F2} s, {wires.Sum(wire => wire.Bytes) - bytes} bytes and "
                    + $"{wires.Sum(wire => wire.Rows) - rows} rows from the servers, {results.Count} figures"));
        }

        foreach (var wire in wires) wire.Dispose();
    }

    private static void Pulled(TextWriter output, PostgresCluster cluster)
    {
        using var wire = new Wire(cluster.Port);
        var watch = Stopwatch.StartNew();
        using var connection = cluster.Open(wire.Port);
        using var command = connection.CreateCommand();
        command.CommandText = "select household, district, age, weight, income from part1";
        using var reader = command.ExecuteReader();
        var sum = 0.0;
        while (reader.Read()) sum += reader.GetDouble(3) * reader.GetDouble(4);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"rows pulled out: {watch.Elapsed.TotalSeconds:F2} s, {wire.Bytes} bytes and {wire.Rows} rows from the server, nothing "
                + $"computed yet"));
    }
}
