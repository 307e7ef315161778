using Analys.Database.Pushed;
using Analys.Database.Rows;
using Analys.Database.Sql;
using Analys.Load.Schema;
using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Source;
using Analys.Measure.Study;
using Analys.Tests.Database;
using FsCheck;
using FsCheck.Fluent;

namespace Analys.Database.Tests.Pushed;

/// <summary>Memory, stream and SQLite give the same records as the sorted rows.</summary>
public class AgreementTests
{
    private static readonly PersonColumns ByArea = new() { By = ["area", "sex"], Transfers = "transfers", HousingCost = "rent" };

    [Theory]
    [InlineData("memory", false)]
    [InlineData("stream", false)]
    [InlineData("stream", true)]
    [InlineData("stream in parts", false)]
    [InlineData("stream in parts", true)]
    [InlineData("sqlite", false)]
    public void Every_measure_that_claims_push_down_agrees(string kind, bool shuffled)
    {
        using var people = new RandomPeople(150, seed: 3, years: 2, shuffled: shuffled);
        using var source = Open(people, kind);
        // An engine spends its time on reading the statements: a second line and a second span are the same statements with other numbers.
        var few = kind == "sqlite";
        Agreement.Check(people.Extract(), source, ByArea, study => study with
        {
            Lines = few ? [PovertyLine.AtRisk] : [PovertyLine.AtRisk, PovertyLine.Mean(50)],
            Ages = few ? [Ages.Children] : [Ages.Children, new AgeSpan(65, null)],
            Anchor = Anchor.Parse("2015", ["2015=100", "2016=101.8"]),
            Comparison = new Comparison("DAå", true, [2]),
        }, Agreement.Measures(anchored: true));
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("stream")]
    [InlineData("stream in parts")]
    [InlineData("sqlite")]
    public void Persons_followed_over_years_agree(string kind)
    {
        using var people = new RandomPeople(120, seed: 21, years: 5);
        // Pairs of parts: a fifth of the rows at a time is twenty-five readings.
        using var source = Open(people, kind, mostEntries: 400_000);
        foreach (var columns in (PersonColumns[])[ByArea, ByArea with { By = ["none"], Household = "shard", Cluster = "stratum" }])
        {
            Agreement.CheckPanel(people.Extract(), source, columns, study => study with
            {
                Lines = [PovertyLine.AtRisk, PovertyLine.Mean(50), PovertyLine.Fixed(150_000)],
                Ages = [Ages.Children, new AgeSpan(20, 64)],
                Poor = PoorRule.AtOrBelow,
            });
        }
    }

    [Theory]
    [InlineData("memory", NonPositiveIncomes.Exclude)]
    [InlineData("stream in parts", NonPositiveIncomes.Denominator)]
    [InlineData("sqlite", NonPositiveIncomes.Exclude)]
    [InlineData("sqlite", NonPositiveIncomes.Denominator)]
    internal void Linearised_intervals_agree(string kind, NonPositiveIncomes nonPositive)
    {
        using var people = new RandomPeople(150, seed: 31, years: 2);
        using var source = Open(people, kind);
        var measures = Agreement.Measures(anchored: true)
            .Where(measure => measure.AggregateInfluence is { IsApproximate: false }).ToArray();
        // An engine spends its time on reading the statements: there each form has one table.
        PersonColumns[] tables = [ByArea with { By = ["area"] }, ByArea with { By = ["sex"], Stratum = "shard" }];
        foreach (var columns in kind != "sqlite" ? tables : nonPositive == NonPositiveIncomes.Exclude ? tables[..1] : tables[1..])
        {
            Agreement.Check(people.Extract(), source, columns, study => study with
            {
                Lines = kind == "sqlite" ? [PovertyLine.AtRisk] : [PovertyLine.AtRisk, PovertyLine.Fixed(150_000)],
                Ages = [Ages.Children],
                Anchor = Anchor.Parse("2015", ["2015=100", "2016=101.8"]),
                NonPositive = nonPositive,
                Uncertainty = new(IntervalMethod.Linearised),
                Comparison = new Comparison("DAå", true, [2]),
            }, measures);
        }

        Assert.Throws<NotPushedException>(() => Agreement.Check(
            people.Extract(), source, ByArea, study => study with { Uncertainty = new(IntervalMethod.Linearised) },
            new MeasureCatalogue().Find("gini")!));
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("stream in parts")]
    [InlineData("sqlite")]
    public void Replicate_weights_and_decompositions_agree(string kind)
    {
        using var people = new RandomPeople(120, seed: 41, years: 3);
        using var source = Open(people, kind);
        Agreement.Check(people.Extract(), source, kind == "sqlite" ? ByArea with { By = ["area"] } : ByArea, study => study with
        {
            Uncertainty =
            new(IntervalMethod.ReplicateWeights, Kind: ReplicateKind.Jackknife),
            Comparison = new Comparison(Comparison.Whole, true, [2]),
        }, Agreement.Measures(anchored: false));
        foreach (var by in (string[])["district", "sex"])
        {
            Agreement.CheckDecompositions(people.Extract(), source, ByArea with { By = [by] },
                study => study with { Ages = [Ages.All, Ages.Children], Poor = PoorRule.AtOrBelow });
        }
    }

    [Theory]
    [InlineData(QuantileRule.Average, PoorRule.Below, NonPositiveIncomes.Exclude, NegativeIncomes.Keep)]
    [InlineData(QuantileRule.Above, PoorRule.AtOrBelow, NonPositiveIncomes.Denominator, NegativeIncomes.Zero)]
    [InlineData(QuantileRule.Inverse, PoorRule.Below, NonPositiveIncomes.Undefined, NegativeIncomes.Exclude)]
    internal void Random_small_tables_agree_on_sqlite_and_in_parts(QuantileRule quantiles, PoorRule poor, NonPositiveIncomes nonPositive,
        NegativeIncomes negative)
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).Zip(Gen.Choose(1, 25)).ToArbitrary(), seed =>
        {
            using var people =
                new RandomPeople(seed.Item2, seed.Item1, districts: 2, plain: seed.Item1 % 2 == 0, shuffled: seed.Item2 % 2 == 0);
            foreach (var kind in (string[])["sqlite", "stream in parts"])
            {
                using var source = Open(people, kind);
                Agreement.Check(
                    people.Extract(), source, ByArea with { Negative = negative, By = ["district", "ageGroup"] },
                    study => study with { Quantiles = quantiles, Poor = poor, NonPositive = nonPositive, Negative = negative },
                    Agreement.Measures(anchored: false));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(6));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Households_that_stand_together_need_no_more_passes(bool shuffled)
    {
        using var people = new RandomPeople(150, seed: 3, years: 2, shuffled: shuffled);
        using var few = RowSources.Stream(people.Csv, people.TableSchema, mostEntries: 50);
        using var many = RowSources.Stream(people.Csv, people.TableSchema, mostEntries: long.MaxValue);
        var measures = new MeasureCatalogue().Find("at-risk-of-poverty-rate")!;
        foreach (var source in (RowSource[])[few, many]) Agreement.Check(people.Extract(), source, ByArea, study => study, measures);
        if (shuffled) Assert.True(few.Passes > many.Passes + 10);
        else Assert.Equal(many.Passes, few.Passes);
    }

    [Fact]
    public void A_population_in_parts_on_several_sources_agrees()
    {
        using var people = new RandomPeople(300, seed: 8);
        var parts = Enumerable.Range(0, 3).Select(shard =>
        {
            var connection = people.Sqlite();
            using var command = connection.CreateCommand();
            command.CommandText = $"delete from people where shard <> {shard}";
            command.ExecuteNonQuery();
            return (IAggregateSource)new SqlSource(connection, new SqliteDialect(), "people", people.TableSchema);
        }).ToArray();
        using var source = new ShardedSource(parts);
        Agreement.Check(people.Extract(), source, ByArea, study => study, Agreement.Measures(anchored: false, oneOrder: false));
        Assert.Throws<NotPushedException>(() =>
            Agreement.Check(people.Extract(), source, ByArea, study => study, new MeasureCatalogue().Find("gini")!));
    }

    [Fact]
    public void A_table_without_weights_households_and_areas_agrees()
    {
        using var people = new RandomPeople(50, seed: 5, plain: true);
        var plain =
            TableSchema.Parse(RandomPeople.Schema.Replace("\"role\": \"weight\"", "\"note\": \"x\"")
                .Replace("\"role\": \"household\"", "\"note\": \"x\"").Replace("\"role\": \"area\"", "\"note\": \"x\"")
                .Replace("\"role\": \"stratum\"", "\"note\": \"x\""), "plain");
        var extract = Extract.Load(people.Csv, plain);
        using var source = new SqlSource(people.Sqlite(), new SqliteDialect(), "people", plain);
        Agreement.Check(extract, source, PersonColumns.ByRole, study => study, Agreement.Measures(anchored: false));
        Agreement.Check(
            extract, source, PersonColumns.ByRole, study =>
            study with { Uncertainty = new(IntervalMethod.Linearised) },
            [.. Agreement.Measures(anchored: false)
                .Where(measure => measure.AggregateInfluence is { IsApproximate: false })]);
    }

    internal static IAggregateSource Open(RandomPeople people, string kind, long mostEntries = 40_000) => kind switch
    {
        "memory" => RowSources.Of(people.Extract()),
        "stream" => RowSources.Stream(people.Csv, people.TableSchema),
        "stream in parts" => RowSources.Stream(people.Csv, people.TableSchema, mostEntries),
        _ => new SqlSource(people.Sqlite(), new SqliteDialect(), "people", people.TableSchema),
    };
}
