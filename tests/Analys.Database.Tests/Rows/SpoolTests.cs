using Analys.Database.Pushed;
using Analys.Database.Rows;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure;
using Analys.Measure.Inference;
using Analys.Measure.Source;
using Analys.Measure.Study;
using Analys.Tests.Database;
using FsCheck;
using FsCheck.Fluent;

namespace Analys.Database.Tests.Rows;

/// <summary>A file is read once for any study, and what is kept of it is the same to the bit.</summary>
public class SpoolTests
{
    [Theory]
    [InlineData(0L)]
    [InlineData(1_000L)]
    [InlineData(long.MaxValue)]
    public void What_is_kept_has_the_same_bits(long mostInMemory)
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
        {
            var random = new RandomStream(seed, 0);
            var count = 1 + (int)random.NextLong(20_000);
            var columns = Columns(random, count);
            using var spool = new ColumnSpool(columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal), mostInMemory);
            spool.Add(columns);
            spool.Add([]);
            spool.Add(Columns(new RandomStream(seed, 0), 3));
            spool.Complete();
            Assert.True(spool.IsWhole);
            Assert.Equal(mostInMemory < long.MaxValue, spool.IsInFile);
            // Twice: nothing is used up.
            foreach (var _ in (int[])[1, 2])
            {
                var row = 0;
                foreach (var part in spool.Read())
                {
                    Compare(columns, row < count ? row : 0, row < count ? part : []);
                    row += part[0].Count;
                }

                Assert.Equal(count + 3, row);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(8));
    }

    [Fact]
    public void A_spool_that_cannot_be_written_is_none()
    {
        using var spool = new ColumnSpool(new HashSet<string> { "other" });
        spool.Complete();
        Assert.False(spool.Has(new HashSet<string> { "y" }));
        spool.Dispose();
        Assert.False(spool.IsWhole);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    public void Any_study_reads_the_file_once(bool shuffled, int most)
    {
        using var people = new RandomPeople(200, seed: 5, years: 2, shuffled: shuffled);
        foreach (var interval in (IntervalMethod[])[IntervalMethod.Linearised, IntervalMethod.Bootstrap])
        {
            using var source = RowSources.Stream(people.Csv, people.TableSchema, RowSource.MostEntries);
            var study = new PushedStudy(source, new PersonColumns { By = ["area", "sex"] });
            var results = study.Run(new IncomeStudy
            {
                Persons = study.Persons,
                Ages = [Ages.All, Ages.Children],
                Uncertainty = new Uncertainty { Method = interval, Replicates = 3 },
            }, [.. Agreement.Measures(anchored: false, oneOrder: interval != IntervalMethod.Linearised).Where(measure =>
                interval != IntervalMethod.Linearised || measure.AggregateInfluence is { IsApproximate: false })]);
            // What a release rounds by is asked for too.
            foreach (var result in results) _ = result.Basis?.Complete;
            Assert.Equal(most, source.Readings);
            Assert.True(source.Passes > 5);
        }
    }

    [Fact]
    public void Quantiles_where_the_rows_are_take_two_passes()
    {
        using var people = new RandomPeople(400, seed: 6);
        using var source = RowSources.Stream(people.Csv, people.TableSchema, RowSource.MostEntries);
        var layout = PersonLayout.Of(source.Description.Schema, new PersonColumns { By = ["area"] });
        var frame = new SourceFrame(layout, source.Count(layout, default));
        var before = source.Passes;
        var requests = Enumerable.Range(0, frame.Values[0].Length).SelectMany(domain => ((double[])[0.1, 0.5, 0.9]).Select(p =>
            new QuantileRequest(new Scope(-1, default, [0], null), domain, p, QuantileRule.Average))).ToArray();
        Assert.Equal(0, QuantileSearch.Run(source, frame, requests, default));
        Assert.Equal(2, source.Passes - before);
        // What is known is not asked for again.
        Assert.Equal(0, QuantileSearch.Run(source, frame, [requests[0] with { }], default));
        Assert.Equal(2, source.Passes - before);
    }

    private static Column[] Columns(RandomStream random, int count)
    {
        double[] odd = [-0.0, 0, double.PositiveInfinity, 1e300, double.Epsilon, 0.1, 1 / 3.0, 9007199254740993, -5];
        double[] Values(Func<double> of) => [.. Enumerable.Range(0, count).Select(_ => of())];
        var marks = Enumerable.Range(0, count).Select(_ => random.NextLong(9) == 0 ? Mark.Nil : Mark.None).ToArray();
        var marked = marks.Select(mark => mark == Mark.None ? random.NextLong(300) : double.NaN).ToArray();
        return
        [
            new NumberColumn(new Field { Name = "whole" }, Values(() => 10_000_000_000 + random.NextLong(70_000)), null),
            new NumberColumn(new Field { Name = "decimals" }, Values(() => Math.Round(random.NextDouble() * 10, 4)), null),
            new NumberColumn(new Field { Name = "tenths" }, Values(() => random.NextLong(200) / 10.0), null),
            new NumberColumn(new Field { Name = "real" }, Values(() => random.NextDouble() * 1e6), null),
            new NumberColumn(new Field { Name = "odd" }, Values(() => odd[random.NextLong(odd.Length)]), null),
            new NumberColumn(new Field { Name = "same" }, Values(() => 7), null),
            new NumberColumn(new Field { Name = "none" }, Values(() => double.NaN), [.. marks.Select(_ => Mark.Missing)]),
            new NumberColumn(new Field { Name = "marked" }, marked, marks),
            new NumberColumn(new Field { Name = "wide" }, Values(() => (random.NextLong(2) * 2 - 1) * (double)random.NextLong(1L << 51)), null),
            new TextColumn(new Field { Name = "text" }, [.. Enumerable.Range(0, count).Select(_ => (int)random.NextLong(4) - 1)], ["a", "b", "c"],
                null),
        ];
    }

    private static void Compare(IReadOnlyList<Column> expected, int first, IReadOnlyList<Column> actual)
    {
        for (var i = 0; i < actual.Count; i++)
        {
            for (var row = 0; row < actual[i].Count; row++)
            {
                Assert.Equal(expected[i].MarkAt(first + row), actual[i].MarkAt(row));
                if (expected[i] is TextColumn text) Assert.Equal(text.Codes[first + row], ((TextColumn)actual[i]).Codes[row]);
                else
                {
                    Assert.Equal(BitConverter.DoubleToInt64Bits(((NumberColumn)expected[i]).Values[first + row]),
                        BitConverter.DoubleToInt64Bits(((NumberColumn)actual[i]).Values[row]));
                }
            }
        }
    }
}
