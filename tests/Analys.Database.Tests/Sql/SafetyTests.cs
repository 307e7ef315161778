using System.Diagnostics;
using System.Text;
using Analys.Database.Sql;
using Analys.Load.Schema;
using Analys.Measure.Source;
using Analys.Tests.Database;
using Microsoft.Data.Sqlite;

namespace Analys.Database.Tests.Sql;

/// <summary>SQLite: read only, stopped when asked, and no name or value is a statement.</summary>
public sealed class SafetyTests : IDisposable
{
    // Some minutes of work: a cross join of a recursion with itself.
    private const string Slow =
        "create view slow as with recursive r(i) as (select 1 union all select i + 1 from r where i < 20000) select a.i as n, 'x' as unit "
            + "from r a, r b where (a.i * b.i) % 7 <> 1";
    private readonly string folder = Directory.CreateTempSubdirectory("analys-safety-").FullName;

    private string Database => Path.Combine(folder, "a.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_statement_is_stopped_at_its_time()
    {
        Say(Slow);
        var watch = Stopwatch.StartNew();
        using var source = SourceAddress.Parse("sqlite:" + Database).OpenCounts("slow", null, TimeSpan.FromMilliseconds(300));
        var refused =
            Assert.Throws<SourceException>(() => SourceAddress.Guarded(() => source.Totals(["unit"], ["n"], CancellationToken.None)));
        Assert.Contains("ran too long", refused.Message, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.3, 20);
    }

    [Fact]
    public void A_statement_is_stopped_when_the_work_is_cancelled()
    {
        Say(Slow);
        var watch = Stopwatch.StartNew();
        using var cancel = new CancellationTokenSource();
        using var source = SourceAddress.Parse("sqlite:" + Database).OpenCounts("slow", null);
        // A timer would wait for the thread pool, which other tests keep busy.
        var stop = new Thread(() =>
        {
            Thread.Sleep(300);
            cancel.Cancel();
        });
        stop.Start();
        Assert.ThrowsAny<OperationCanceledException>(() => SourceAddress.Guarded(() => source.Totals(["unit"], ["n"], cancel.Token)));
        stop.Join();
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.3, 20);
    }

    [Fact]
    public void Where_one_of_several_sources_fails_the_others_are_stopped()
    {
        Say(Slow);
        var watch = Stopwatch.StartNew();
        var address = SourceAddress.Parse("sqlite:" + Database);
        using var sources =
            new CountsSideBySide([address.OpenCounts("slow", null), address.OpenCounts("slow", null, TimeSpan.FromMilliseconds(200))]);
        Assert.Throws<SourceException>(() => SourceAddress.Guarded(() => sources.Totals(["unit"], ["n"], CancellationToken.None)));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.2, 20);
    }

    [Fact]
    public void A_source_is_opened_read_only()
    {
        Say("create table t (n integer); insert into t values (1)");
        // A driver's connection of ours: the file itself is opened so, beside the pragma.
        using var connection = new SqliteConnection($"Data Source={Database};Mode=ReadOnly;Pooling=false");
        using var source = new SqlSource(connection, new SqliteDialect(), "t");
        foreach (var text in (string[])["delete from t", "pragma query_only = off; delete from t"])
        {
            using var command = connection.CreateCommand();
            command.CommandText = text;
            Assert.Equal(8, Assert.Throws<SqliteException>(() => command.ExecuteNonQuery()).SqliteErrorCode);
        }

        var missing = Path.Combine(folder, "none.db");
        Assert.Throws<SourceException>(() => SourceAddress.Parse("sqlite:" + missing).Open("t", null));
        Assert.False(File.Exists(missing));
    }

    [Theory]
    [InlineData("x\"; drop table \"keep\"; --")]
    [InlineData("x'; drop table keep; --")]
    [InlineData("@p0 $1 {0} ? :p \\")]
    [InlineData("åäö ]; drop table keep")]
    public void Hostile_names_and_values_are_only_names_and_values(string hostile)
    {
        Say("create table keep (n integer)");
        var csv = Path.Combine(folder, "a.csv");
        var schema = TableSchema.Parse(Schema(hostile), "hostile");
        File.WriteAllText(csv, Rows(hostile), new UTF8Encoding(false));
        using (var connection = SourceAddress.Parse("sqlite:" + Database).OpenForWriting()) TableLoader.Load(Extract.Load(csv, schema),
            connection, new SqliteDialect(), hostile);
        Check(Extract.Load(csv, schema), () => new SqlSource(new SqliteConnection($"Data Source={Database};Mode=ReadOnly;Pooling=false"),
            new SqliteDialect(), hostile, schema), hostile);
        Say("insert into keep values (1)");
    }

    /// <summary>A schema whose columns have a hostile name each.</summary>
    internal static string Schema(string hostile)
    {
        string Name(string end) => System.Text.Json.JsonSerializer.Serialize(hostile + end);
        return $$"""
            { "name": "hostile", "fields": [
              { "name": {{Name("a")}}, "type": "string", "analys": { "role": "area" } },
              { "name": {{Name("h")}}, "type": "integer", "analys": { "role": "household" } },
              { "name": {{Name("y")}}, "type": "number", "analys": { "role": "equivalisedIncome" } } ] }
            """;
    }

    internal static string Rows(string hostile)
    {
        string Cell(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var text = new StringBuilder($"{Cell(hostile + "a")},{Cell(hostile + "h")},{Cell(hostile + "y")}\n");
        for (var i = 0; i < 60; i++)
            text.Append(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{(i % 3 == 0 ? "plain" : Cell(hostile))},{i / 2},{100_000 + (i * 37 % 60 * 1000)}\n"));
        return text.ToString();
    }

    internal static void Check(Extract extract, Func<SqlSource> open, string hostile)
    {
        using (var source = open()) Agreement.Check(extract, source, PersonColumns.ByRole, study => study,
            Agreement.Measures(anchored: false).Where(measure => measure.Definition.Id is "at-risk-of-poverty-rate" or "median" or "gini")
            .ToArray());
        using (var source = open()) Assert.Equal(2, source.Totals([hostile + "a"], [hostile + "y"], CancellationToken.None).Rows.Count);
    }

    private void Say(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
