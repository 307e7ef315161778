using Analys.Database.Sql;
using Analys.Database.Tests.Sql;
using Analys.Load.Schema;
using Analys.Measure.Inference;
using Analys.Measure.Source;
using Analys.Measure.Study;
using DuckDB.NET.Data;

namespace Analys.Tests.Database;

/// <summary>DuckDB: the records of the rows in memory, the same bits in every run, and nothing but the named file within reach.</summary>
public sealed class DuckDbTests : IDisposable
{
    private static readonly PersonColumns ByArea = new() { By = ["area"], Transfers = "transfers", HousingCost = "rent" };
    private readonly string folder = Directory.CreateTempSubdirectory("analys-duckdb-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(IntervalMethod.Wilson)]
    [InlineData(IntervalMethod.Linearised)]
    internal void Every_measure_that_claims_push_down_agrees(IntervalMethod interval)
    {
        using var people = new RandomPeople(100, seed: 3, districts: 2, years: 1);
        using var source = SourceAddress.Parse("duckdb:" + people.Csv).Open(null, people.TableSchema);
        var measures = Agreement.Measures(anchored: false);
        if (interval == IntervalMethod.Linearised)
            measures = [.. measures.Where(measure => measure.AggregateInfluence is { IsApproximate: false })];
        Agreement.Check(people.Extract(), source, ByArea, study => study with
        {
            Ages = [Ages.Children],
            Uncertainty = new(interval),
        }, measures);
    }

    [Fact]
    public void Persons_followed_over_years_agree()
    {
        using var people = new RandomPeople(120, seed: 21, years: 4);
        using var source = SourceAddress.Parse("duckdb:" + people.Csv).Open(null, people.TableSchema);
        Agreement.CheckPanel(people.Extract(), source, ByArea, study => study with { Ages = [Ages.Children] });
    }

    [Fact]
    public void Text_a_database_and_runs_of_several_threads_have_the_same_bits()
    {
        using var people = new RandomPeople(2_000, seed: 5);
        var database = Path.Combine(folder, "a.duckdb");
        using (var connection = SourceAddress.Parse("duckdb:" + database).OpenForWriting())
            TableLoader.Load(people.Extract(), connection, SourceAddress.Parse("duckdb:" + database).Dialect!, "people");
        var runs = new List<string>();
        foreach (var (address, table) in (ReadOnlySpan<(string, string?)>)[(people.Csv, null), (database, "people"), (database, "people")])
        {
            using var source = SourceAddress.Parse("duckdb:" + address).Open(table, people.TableSchema);
            var pushed = new Analys.Database.Pushed.PushedStudy(source, ByArea);
            var results = pushed.Run(new IncomeStudy { Persons = pushed.Persons }, Agreement.Measures(anchored: false));
            runs.Add(string.Join('\n', results.Select(result =>
                System.FormattableString.Invariant($"{result.Value.Number:R} {result.StandardError:R} {result.Lower:R}"))));
        }

        Assert.All(runs, run => Assert.Equal(runs[0], run));
    }

    [Theory]
    [InlineData("copy people to '{0}'")]
    [InlineData("select * from read_csv('/etc/hostname')")]
    [InlineData("attach '{0}' as other")]
    [InlineData("install httpfs")]
    [InlineData("set enable_external_access = true")]
    [InlineData("delete from people")]
    public void Nothing_but_the_named_table_can_be_reached_or_changed(string statement)
    {
        using var people = new RandomPeople(5, seed: 1);
        var database = Path.Combine(folder, "a.duckdb");
        var dialect = SourceAddress.Parse("duckdb:" + database).Dialect!;
        using (var writing = dialect.Connect(database, readOnly: false)) TableLoader.Load(people.Extract(), writing, dialect, "people");
        using var connection = dialect.Connect(database, readOnly: true);
        using var command = connection.CreateCommand();
        command.CommandText = string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, Path.Combine(folder, "other"));
        Assert.ThrowsAny<DuckDBException>(() => command.ExecuteNonQuery());
        Assert.False(File.Exists(Path.Combine(folder, "other")));
    }

    [Fact]
    public void The_engine_s_words_are_never_shown()
    {
        var database = Path.Combine(folder, "a.duckdb");
        var dialect = SourceAddress.Parse("duckdb:" + database).Dialect!;
        using (var writing = dialect.Connect(database, readOnly: false))
        {
            using var command = writing.CreateCommand();
            command.CommandText = "create table t as select 'hemlig' as n, 'x' as unit";
            command.ExecuteNonQuery();
        }

        using var source = SourceAddress.Parse("duckdb:" + database).OpenCounts("t", null);
        var refused =
            Assert.Throws<SourceException>(() => SourceAddress.Guarded(() => source.Totals(["unit"], ["n"], CancellationToken.None)));
        Assert.Contains("text where numbers are asked for", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hemlig", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_is_stopped_at_its_time_and_when_the_work_is_cancelled()
    {
        var database = Path.Combine(folder, "a.duckdb");
        var dialect = SourceAddress.Parse("duckdb:" + database).Dialect!;
        using (var writing = dialect.Connect(database, readOnly: false))
        {
            using var command = writing.CreateCommand();
            command.CommandText = "create view slow as select a.range as n, 'x' as unit from range(300000) a, range(300000) b "
                + "where (a.range * b.range) % 7 <> 1";
            command.ExecuteNonQuery();
        }

        using (var source = SourceAddress.Parse("duckdb:" + database).OpenCounts("slow", null, TimeSpan.FromMilliseconds(300)))
        {
            var refused =
                Assert.Throws<SourceException>(() => SourceAddress.Guarded(() => source.Totals(["unit"], ["n"], CancellationToken.None)));
            Assert.Contains("ran too long", refused.Message, StringComparison.Ordinal);
        }

        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        using var other = SourceAddress.Parse("duckdb:" + database).OpenCounts("slow", null);
        Assert.ThrowsAny<OperationCanceledException>(() => SourceAddress.Guarded(() => other.Totals(["unit"], ["n"], cancel.Token)));
    }

    [Theory]
    [InlineData("x\"; drop table \"keep\"; --")]
    [InlineData("@p0 $1 {0} ? :p $p0 \\")]
    public void Hostile_names_and_values_are_only_names_and_values(string hostile)
    {
        var csv = Path.Combine(folder, "a.csv");
        var schema = TableSchema.Parse(SafetyTests.Schema(hostile), "hostile");
        File.WriteAllText(csv, SafetyTests.Rows(hostile));
        var database = Path.Combine(folder, "a.duckdb");
        var dialect = SourceAddress.Parse("duckdb:" + database).Dialect!;
        using (var writing = dialect.Connect(database, readOnly: false))
            TableLoader.Load(Extract.Load(csv, schema), writing, dialect, hostile);
        SafetyTests.Check(Extract.Load(csv, schema),
            () => new SqlSource(dialect.Connect(database, readOnly: true), dialect, hostile, schema), hostile);
    }
}
