using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Income.Inequality;
using Analys.Measure.Income.Inequality.Entropies;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Study;
using FsCheck;
using FsCheck.Fluent;

namespace Analys.Tests.Measure.Study;

/// <summary>Errors of designs with a lonely stratum, intervals within bounds, parts that add up whatever the incomes.</summary>
public class BoundTests
{
    // R survey 4.1-1: svymean(~y, svydesign(~id, strata = ~st, weights = ~w)) under the three options of survey.lonely.psu.
    [Theory]
    [InlineData(LonelyStrata.Certainty, 0.685402549309598)]
    [InlineData(LonelyStrata.Average, 0.969305580918727)]
    [InlineData(LonelyStrata.Adjust, 2.18191209414715)]
    internal void Lonely_strata_add_what_R_adds_and_are_noted(LonelyStrata lonely, double expected)
    {
        var study = new IncomeStudy
        {
            Persons = People.Make([3, 5, 4, 8, 9, 20, 7], [2, 1, 1, 3, 1, 2, 1], households: [1, 2, 3, 4, 5, 6, 7],
                strata: [0, 0, 0, 1, 1, 2, 3]),
            Uncertainty = new(IntervalMethod.Linearised, Lonely: lonely),
        };
        var results = study.Run([Mean.Measure]);
        Assert.Equal(8.63636363636364, results[0].Value.Number, 1e-12);
        Assert.Equal(expected, results[0].StandardError!.Value, 1e-12);
        Assert.Contains(StudyNotes.Lonely, results.Provenance.Steps);
    }

    [Fact]
    public void Bounded_quantities_keep_to_their_bounds_and_one_household_tells_no_error()
    {
        var study = new IncomeStudy
        {
            Persons = People.Make([100, 100, 50, 400, 420], households: [1, 1, 2, 3, 4], areas: ["A", "A", "B", "B", "B"]),
            Uncertainty = new(IntervalMethod.Linearised),
        };
        var results = study.Run([Sen.Measure, Fgt.Gap, SenShorrocksThon.Measure, Gini.Measure, Fgt.Headcount]);
        Assert.All(results, row =>
        {
            if (row.Lower is { } lower) Assert.InRange(lower, 0, row.Value.Number);
            if (row.Upper is { } upper) Assert.InRange(upper, row.Value.Number, 1);
        });
        // Nobody of two is poor: not for certain.
        Assert.True(results.Single(row => row.Area == "A" && row.Measure.Id == "poverty-gap").Upper > 0.5);
        Assert.Null(results.Single(row => row.Area == "A" && row.Measure.Id == "gini").Lower);
    }

    [Fact]
    public void The_poverty_gap_of_sixty_households_is_covered()
    {
        // Households of one to five with lognormal incomes: of 600 samples of 60, 95 % intervals should cover the truth 570 times.
        var city = People.City(30_000, 2, areas: 1);
        var everyone = city.Households.ToArray().Select((household, row) => (household, row)).GroupBy(pair => pair.household)
            .Select(group => group.Select(pair => pair.row).ToArray()).ToArray();
        var truth = new IncomeStudy { Persons = city with { Weights = default } }.Run([Fgt.Gap, Fgt.Severity])
            .Where(row => row.Area is null).Select(row => row.Value.Number).ToArray();
        var random = new RandomStream(9, 0);
        var covered = new int[2];
        const int Samples = 600;
        for (var sample = 0; sample < Samples; sample++)
        {
            int[][] drawn = [.. Enumerable.Range(0, 60).Select(_ => everyone[(int)random.NextLong(everyone.Length)])];
            var persons = People.Make([.. drawn.SelectMany(rows => rows.Select(row => city.Incomes.Span[row]))],
                households: [.. drawn.SelectMany((rows, i) => rows.Select(_ => i))]);
            var found = new IncomeStudy { Persons = persons, Uncertainty = new(IntervalMethod.Linearised) }.Run([Fgt.Gap, Fgt.Severity]);
            for (var i = 0; i < 2; i++)
            {
                if (found[i].Lower <= truth[i] && truth[i] <= found[i].Upper) covered[i]++;
            }
        }

        Assert.All(covered, count => Assert.InRange(count / (double)Samples, 0.93, 0.99));
    }

    [Fact]
    public void Parts_add_up_whatever_is_done_with_incomes_of_nothing()
    {
        Prop.ForAll(Gen.ArrayOf(Gen.Zip(Gen.Choose(0, 30), Gen.Choose(0, 2)), 14).ToArbitrary(), Gen.Elements(NonPositiveIncomes.Exclude,
            NonPositiveIncomes.Denominator).ToArbitrary(), (people, treatment) =>
        {
            double[] incomes = [.. people.Select(person => person.Item1 < 10 ? 0.0 : person.Item1)];
            if (incomes.All(income => income == 0)) return true;
            var study = new IncomeStudy
            {
                Persons = People.Make(incomes, areas: [.. people.Select(person => $"{(char)('A' + person.Item2)}")]),
                NonPositive = treatment,
                Lines = [PovertyLine.Fixed(20)],
            };
            var parts = SubgroupDecomposition.Of(study, 1.5, 0.7);
            Quantity One(string measure, string of, string? method = null) => parts.Single(row => row.Measure.Id == measure
                && row.Parameters.GetValueOrDefault("of") == of && row.Parameters.GetValueOrDefault("method") == method).Value;
            double Part(string measure, string of, string? method = null) => One(measure, of, method).Number;
            foreach (var measure in (IncomeMeasure[])[GeneralisedEntropy.Theil, GeneralisedEntropy.MeanLogDeviation,
                GeneralisedEntropy.Of(1.5)])
            {
                var id = measure.Definition.Id;
                // Many without an income put logarithms below equality: then there are no parts.
                if (!One("within-groups", id).HasNumber) continue;
                var whole = study.Run([measure]).Single(row => row.Area is null).Value.Number;
                if (whole > 0 && Math.Abs(Part("within-groups", id) + Part("between-groups", id) - whole) > 1e-9) return false;
            }

            var atkinson = study.Run([Atkinson.Of(0.7)]).Single(row => row.Area is null).Value.Number;
            if (Math.Abs(((1 - Part("within-groups", "atkinson")) * (1 - Part("between-groups", "atkinson")))
                - (1 - atkinson)) > 1e-9) return false;
            if (parts.Any(row => row.Measure.Id == "overlapping-index"))
            {
                var gini = study.Run([Gini.Measure]).Single(row => row.Area is null).Value.Number;
                if (Math.Abs(Part("within-groups", "gini", "dagum") + Part("between-groups", "gini", "dagum") + Part("transvariation",
                    "gini") - gini)
                    > 1e-9) return false;
                if (Math.Abs(Part("within-groups", "gini", "yitzhaki") + Part("between-groups", "gini", "yitzhaki")
                    - gini) > 1e-9) return false;
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Left_out_persons_are_not_counted_and_it_is_said()
    {
        var results = new IncomeStudy { Persons = People.Make([0, 0, -1, 10, 20]) }.Run([GeneralisedEntropy.Theil, GeneralisedEntropy.Of(2),
            Gini.Measure]);
        Assert.Equal([2, 2, 5], results.Select(row => row.N));
        Assert.Contains(StudyNotes.NonPositive, results.Provenance.Steps);
        Assert.Contains(StudyNotes.Negative, results.Provenance.Steps);
    }

    [Fact]
    public void Each_index_of_a_change_adds_up()
    {
        var one = People.City(200, 3, areas: 2);
        var study = new IncomeStudy
        {
            Persons = one with
            {
                PeriodNames = ["1", "2"],
                Periods = Enumerable.Range(0, one.Count).Select(row => one.Households.Span[row] % 2).ToArray(),
            },
        };
        var effects = ShapleyChange.Of(study, [0, 1, 2]);
        var line = new IncomeStudy { Persons = study.Persons }.Run([AtRiskOfPovertyThreshold.Measure])[0].Value.Number;
        var values = (study with { Lines = [PovertyLine.Fixed(line)] }).Run([Fgt.Of(0), Fgt.Of(1), Fgt.Of(2), Watts.Measure])
            .Where(row => row.Area is null).ToArray();
        foreach (var index in effects.GroupBy(row => (row.Parameters["of"], row.Parameters.GetValueOrDefault("alpha"))))
        {
            double Of(string period) => values.Single(row => row.Period == period && row.Measure.Id == index.Key.Item1
                && row.Parameters.GetValueOrDefault("alpha") == index.Key.Item2).Value.Number;
            Assert.Equal(Of("2") - Of("1"), index.Sum(row => row.Value.Number), 1e-12);
        }

        Assert.Equal(4, effects.Count / 3);
    }

    [Fact]
    public void Sums_over_persons_lose_no_digits()
    {
        // A hundred thousand weights whose plain sum is wrong in the tenth place.
        double[] incomes = [1e9, .. Enumerable.Range(0, 100_000).Select(i => 0.1 + (i % 7))],
            weights = [1e9, .. Enumerable.Repeat(0.1, 100_000)];
        var (sorted, theirs) = (IncomeOrder.Of(incomes).Select(i => incomes[i]).ToArray(), IncomeOrder.Of(incomes).Select(i => weights[i])
            .ToArray());
        var exact = weights.Aggregate(0m, (sum, weight) => sum + (decimal)weight);
        Assert.Equal((double)exact, new WeightedIncomes(sorted, theirs).Total, 1e-15 * 1e9);
        var products = incomes.Zip(weights).Skip(1).Aggregate(0m, (sum, pair) => sum + ((decimal)pair.First * (decimal)pair.Second));
        Assert.Equal((double)(products + 1e18m), new WeightedIncomes(sorted, theirs).Sum(), 1e18 * 2e-16);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-20.0)]
    public void Indices_that_zeros_in_the_denominator_put_below_equality_do_not_exist(double without)
    {
        IncomeMeasure[] below = [GeneralisedEntropy.MeanLogDeviation, GeneralisedEntropy.Of(-1), Atkinson.Of(1), Atkinson.Of(2)];
        IncomeMeasure[] above = [GeneralisedEntropy.Theil, GeneralisedEntropy.Of(0.5), Atkinson.Of(0.5)];
        var study = new IncomeStudy
        {
            Persons = People.Make([without, without, without, 10]),
            NonPositive = NonPositiveIncomes.Denominator,
        };
        var results = study.Run([.. below, .. above]);
        Assert.All(results.Take(below.Length), row => Assert.Equal(PositiveSums.BelowEquality, row.Value.Reason));
        // Of four one has all: y/μ = 4. ln 4, (4^½/4 − 1)/(−¼) and 1 − (4^½/4)².
        Assert.Equal(new[] { Math.Log(4), 2, 0.75 }, results.Skip(below.Length).Select(row => Math.Round(row.Value.Number, 12)),
            (expected, actual) => Math.Abs(expected - actual) < 1e-11);
        // Where few have nothing the index is what it is: half of four, at y/μ = 1.6 and 0.8 and 1.6.
        var few = (study with { Persons = People.Make([0, 20, 10, 20]) }).Run([GeneralisedEntropy.Theil]);
        Assert.Equal(((2 * 1.6 * Math.Log(1.6)) + (0.8 * Math.Log(0.8))) / 4, few[0].Value.Number, 1e-12);
    }

    [Fact]
    public void One_of_twenty_thousand_without_an_income_makes_every_measure_of_logarithms_undefined_where_that_is_asked()
    {
        var incomes = Enumerable.Range(0, 20_001).Select(i => (double)i).ToArray();
        var study = new IncomeStudy { Persons = People.Make(incomes), NonPositive = NonPositiveIncomes.Undefined };
        Assert.All(study.Run([GeneralisedEntropy.Theil, JDivergence.Measure, Renyi.Measure, Atkinson.Measure]),
            row => Assert.Equal(GeneralisedEntropy.NonPositive, row.Value.Reason));
    }

    [Theory]
    [InlineData(NonPositiveIncomes.Exclude)]
    [InlineData(NonPositiveIncomes.Denominator)]
    internal void Parts_add_up_whoever_has_nothing_or_are_undefined(NonPositiveIncomes treatment)
    {
        var random = new Random(11);
        var (added, undefined) = (0, 0);
        for (var round = 0; round < 60; round++)
        {
            var incomes = Enumerable.Range(0, 24).Select(_ => random.Next(10) < round % 8 ? random.Next(2) * -5.0
                : Math.Round(Math.Exp(3 * random.NextDouble()), 2)).ToArray();
            var areas = incomes.Select(_ => $"{(char)('A' + random.Next(3))}").ToArray();
            foreach (var alpha in new[] { 0, 0.5, 1, 2, 3 })
            {
                var study = new IncomeStudy { Persons = People.Make(incomes, areas: areas), NonPositive = treatment };
                var rows = SubgroupDecomposition.Of(study, alpha, epsilon: 1.5);
                foreach (var measure in new[] { GeneralisedEntropy.Theil, GeneralisedEntropy.MeanLogDeviation, GeneralisedEntropy.Of(alpha),
                    Atkinson.Of(1.5) })
                {
                    var id = measure.Definition.Id;
                    var whole = study.Run([measure]).Single(row => row.Area is null);
                    var parts = rows.Where(row => row.Parameters.GetValueOrDefault("of") == id).ToList();
                    Assert.Equal(2, parts.Count);
                    if (parts.Any(part => !part.Value.HasNumber))
                    {
                        undefined++;
                        Assert.All(parts, part => Assert.Equal(NonPositiveIncomes.Denominator, treatment));
                        continue;
                    }

                    added++;
                    double one = parts[0].Value.Number, other = parts[1].Value.Number;
                    Assert.Equal(whole.Value.Number, id == "atkinson" ? 1 - ((1 - one) * (1 - other)) : one + other, 1e-9);
                }
            }
        }

        Assert.True(added > 400, $"{added} sums, {undefined} undefined");
    }
}
