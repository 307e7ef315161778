using Analys.Database;
using Analys.Database.Sql;
using Analys.Domain;
using Analys.Measure;
using Analys.Measure.Segregation;
using FsCheck;
using FsCheck.Fluent;

namespace Analys.Tests.Database;

/// <summary>Counts added up in an engine, in a stream or in several sources give the segregation that the file in memory gives.</summary>
public class SegregationTests
{
    [Theory]
    [InlineData("long")]
    [InlineData("wide")]
    public void Random_tables_agree_streamed_on_sqlite_and_in_parts(string form)
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).Zip(Gen.Choose(2, 16)).ToArbitrary(), size =>
        {
            using var counts = new RandomCounts(size.Item1, size.Item2);
            var table = RandomCounts.Counts(form, counts.Extract(form));
            var (keys, sums) = RandomCounts.Columns(form);
            // Figures follow from the counts: those of one source stand for all whose counts are the same.
            var measured = size.Item1 % Kinds.Length;
            foreach (var (kind, i) in Kinds.Select((kind, i) => (kind, i)))
            {
                using var source = Open(counts, form, kind);
                var there = RandomCounts.Counts(form, AggregatedExtract.Of(source, keys, sums));
                Assert.Equal(Cells(table), Cells(there));
                if (i == measured)
                    SegregationAgreement.Same(SegregationAgreement.Figures(table), SegregationAgreement.Figures(there));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(6));
    }

    private static readonly string[] Kinds = ["stream", "sqlite", "parts"];

    private static SortedDictionary<string, double> Cells(NestedCounts nested)
    {
        var counts = nested.Counts;
        var cells = new SortedDictionary<string, double>(StringComparer.Ordinal);
        for (var unit = 0; unit < counts.Units.Length; unit++)
        {
            cells[counts.Units[unit]] = counts.Totals[unit];
            for (var group = 0; group < counts.Groups.Length; group++)
                cells[$"{counts.Units[unit]}|{counts.Groups[group]}"] = counts[unit, group];
        }

        return cells;
    }

    [Theory]
    [InlineData("long")]
    [InlineData("wide")]
    public void A_missing_unit_is_refused_alike(string form)
    {
        using var counts = new RandomCounts(4, 8, missing: true);
        // A sum has no row of the file.
        var expected = System.Text.RegularExpressions.Regex.Replace(Assert.Throws<CountException>(() => Memory(counts, form)).Message,
            ", rows? [0-9, and more]+:", ":");
        Assert.Equal("column de so: a value is missing.", expected);
        foreach (var kind in (string[])["stream", "sqlite", "parts"])
        {
            using var source = Open(counts, form, kind);
            Assert.Equal(expected, Assert.Throws<CountException>(() => Pushed(source, form)).Message);
        }
    }

    [Fact]
    public void A_file_keeps_its_order_of_groups_and_an_engine_takes_the_alphabet()
    {
        using var counts = new RandomCounts(9, 12, withCategories: false);
        var file = RandomCounts.Counts("long", counts.Extract("long")).Counts.Groups;
        using var stream = Open(counts, "long", "stream");
        using var engine = Open(counts, "long", "sqlite");
        var (keys, sums) = RandomCounts.Columns("long");
        Assert.Equal(file.AsEnumerable(),
            RandomCounts.Counts("long", AggregatedExtract.Of(stream, keys, sums)).Counts.Groups.AsEnumerable());
        Assert.Equal(file.Order(SwedishOrder.Comparer),
            RandomCounts.Counts("long", AggregatedExtract.Of(engine, keys, sums)).Counts.Groups.AsEnumerable());
        var order = RandomCounts.Groups;
        Assert.Equal(order,
            GroupCountsReader.Long(AggregatedExtract.Of(engine, keys, sums), "de so", "group 'of", "n", ["city"], order).Counts.Groups);
        Assert.Throws<MeasureOptionException>(() =>
            GroupCountsReader.Long(counts.Extract("long"), "de so", "group 'of", "n", ["city"], order[1..]));
    }

    [Fact]
    public void A_negative_count_is_refused_even_where_its_sum_is_not()
    {
        using var counts = new RandomCounts(9, 12);
        var lines = File.ReadAllLines(counts.Csv("long")).ToList();
        lines.AddRange(["Öst,ny,Afrika,-5,0", "Öst,ny,Afrika,10,0"]);
        File.WriteAllLines(counts.Csv("long"), lines);
        Assert.Throws<CountException>(() => Memory(counts, "long"));
        foreach (var kind in (string[])["stream", "sqlite", "parts"])
        {
            using var source = Open(counts, "long", kind);
            Assert.Throws<CountException>(() => Pushed(source, "long"));
        }
    }

    [Fact]
    public void Text_is_not_added_up_and_the_record_counts_the_rows()
    {
        using var counts = new RandomCounts(9, 12);
        foreach (var kind in (string[])["stream", "sqlite", "parts"])
        {
            using var source = Open(counts, "long", kind);
            Assert.Throws<ColumnNotFoundException>(() => AggregatedExtract.Of(source, ["city"], ["de so"]));
            Assert.Throws<ColumnNotFoundException>(() => AggregatedExtract.Of(source, ["nowhere"], ["n"]));
            Assert.Equal(counts.Extract("long").RowCount, AggregatedExtract.Of(source, ["city"], ["n"]).Provenance.Sources[0].Rows);
        }
    }

    private static Results Memory(RandomCounts counts, string form) =>
        SegregationAgreement.Figures(RandomCounts.Counts(form, counts.Extract(form)));

    private static Results Pushed(ICountSource source, string form)
    {
        var (keys, sums) = RandomCounts.Columns(form);
        return SegregationAgreement.Figures(RandomCounts.Counts(form, AggregatedExtract.Of(source, keys, sums)));
    }

    private static ICountSource Open(RandomCounts counts, string form, string kind) => kind switch
    {
        "stream" => new StreamedCounts(counts.Csv(form), counts.TableSchema(form)),
        "sqlite" => new SqlSource(counts.Sqlite(form), new SqliteDialect(), "my counts", counts.TableSchema(form)),
        _ => new CountsSideBySide([.. Enumerable.Range(0, 3).Select(shard => Part(counts, form, shard))]),
    };

    private static SqlSource Part(RandomCounts counts, string form, int shard)
    {
        var connection = counts.Sqlite(form);
        using var command = connection.CreateCommand();
        command.CommandText = $"delete from \"my counts\" where shard <> {shard}";
        command.ExecuteNonQuery();
        return new SqlSource(connection, new SqliteDialect(), "my counts", counts.TableSchema(form));
    }
}
