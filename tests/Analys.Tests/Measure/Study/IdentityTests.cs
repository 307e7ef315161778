using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Income.Inequality;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Study;
using Analys.Tests.Measure.Income;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Analys.Tests.Measure.Study;

public class IdentityTests
{
    // y = 10, 60, 60, 100, 100, 100, 150, 200: one below 60 % of the median, two on it.
    [Theory]
    [InlineData(PoorRule.Below, 0.125)]
    [InlineData(PoorRule.AtOrBelow, 0.375)]
    internal void Persons_on_the_line_follow_the_rule(PoorRule rule, double expected)
    {
        var study = new IncomeStudy { Persons = People.Make([10, 60, 60, 100, 100, 100, 150, 200]), Poor = rule };
        Assert.Equal(expected, study.Run([Fgt.Headcount])[0].Value.Number);
    }

    [Fact]
    public void Sixty_per_cent_of_three_is_the_number_that_is_written_1_8()
    {
        // 0.6 × 3 is 1.7999999999999998 in binary: a person on the line would be poor or not by an accident of multiplication.
        var study = new IncomeStudy { Persons = People.Make([1.8, 3, 3]), Poor = PoorRule.AtOrBelow };
        Assert.Equal(1 / 3.0, study.Run([Fgt.Headcount])[0].Value.Number, 1e-15);
    }

    [Fact]
    public void Incomes_are_reals_and_a_fixed_line_stays_fixed_in_every_replicate()
    {
        var study = new IncomeStudy
        {
            Persons = People.Make([59.9, 60.1, 100.2, 200]),
            Lines = [PovertyLine.Fixed(60)],
            Uncertainty = new(IntervalMethod.Bootstrap, 20)
        };
        Assert.Equal(0.25, study.Run([Fgt.Headcount])[0].Value.Number);
        Assert.Equal(0, study.Run([AtRiskOfPovertyThreshold.Measure])[0].StandardError);
    }

    [Fact]
    public void The_line_comes_from_everyone_never_from_the_domain()
    {
        double[] incomes = [10, 20, 30, 100, 100, 100, 100];
        var persons = People.Make(incomes, ages: [5, 6, 7, 40, 40, 40, 40], areas: ["a", "a", "a", "b", "b", "b", "b"]);
        var results =
            new IncomeStudy { Persons = persons, Ages = [Ages.Children] }.Run([Fgt.AtRiskOfPovertyRate, AtRiskOfPovertyThreshold.Measure]);
        Assert.Equal(60, results.Single(result => result.Measure.Id == "at-risk-of-poverty-threshold").Value.Number);
        Assert.Equal(1, results.Single(result => result.Area == "a" && result.Population == "0-17").Value.Number);
        Assert.Equal("nobody in the population", results.Single(result => result.Area == "b").Value.Reason);
    }

    [Fact]
    public void The_sums_of_one_pass_and_the_sorted_distribution_agree()
    {
        var city = People.City(400, 7);
        IncomeMeasure[] measures = [AtRiskOfPovertyThreshold.Measure, Fgt.AtRiskOfPovertyRate, Fgt.Gap, Fgt.Severity];
        var study = new IncomeStudy
        {
            Persons = city,
            Ages = [Ages.Children, Ages.All],
            Lines = [PovertyLine.AtRisk, PovertyLine.Mean(50), PovertyLine.Median(40)]
        };
        var summed = study.Run(measures);
        var sorted = study.Run([.. measures, Sen.Measure]).Where(result => result.Measure.Id != "sen");
        Assert.Equal(summed.Count, sorted.Count);
        foreach (var (a, b) in summed.Zip(sorted))
        {
            Assert.Equal((a.Measure.Id, a.Area, a.Population, a.N, a.Basis), (b.Measure.Id, b.Area, b.Population, b.N, b.Basis));
            Assert.Equal(a.Value.Number, b.Value.Number, 1e-12 * Math.Max(1, Math.Abs(a.Value.Number)));
        }
    }

    [Property]
    public Property Poverty_decomposes_over_groups_and_rises_with_the_line()
    {
        return Prop.ForAll(InequalityTests.Populations(), population =>
        {
            double[] incomes = [.. population.Select(person => (double)person.Item1)],
                weights = [.. population.Select(person => (double)person.Item2)];
            string[] areas = [.. population.Select((_, i) => i % 3 == 0 ? "x" : "y")];
            foreach (var measure in new[] { Fgt.Headcount, Fgt.Gap, Fgt.Severity, Fgt.Of(1.5) })
            {
                var results = new IncomeStudy
                {
                    Persons = People.Make(incomes, weights, areas: areas),
                    Lines = [PovertyLine.Fixed(100), PovertyLine.Fixed(130)]
                }.Run([measure]);
                var low = results.Where(result => result.Parameters["line"] == "fixed:100");
                var sum = low.Where(result => result.Area is not null)
                    .Sum(result => result.Value.Number * weights.Where((_, i) => areas[i] == result.Area).Sum());
                var whole = low.Single(result => result.Area is null).Value.Number;
                if (Math.Abs((sum / weights.Sum()) - whole) > 1e-12) return false;
                if (results.Single(result => result.Area is null && result.Parameters["line"] == "fixed:130").Value.Number < whole - 1e-12)
                    return false;
            }

            return true;
        });
    }

    [Property]
    public Property A_child_who_is_not_poor_never_raises_poverty_and_the_order_of_rows_does_not_matter()
    {
        return Prop.ForAll(InequalityTests.Populations(), population =>
        {
            double[] incomes = [.. population.Select(person => (double)person.Item1)],
                weights = [.. population.Select(person => (double)person.Item2)];
            var context = new MeasureContext(100);
            foreach (var measure in new[] { Fgt.Headcount, Fgt.Gap, Fgt.Severity, Watts.Measure, Sen.Measure, SenShorrocksThon.Measure })
            {
                var value = Of(measure, incomes, weights, context);
                if (Of(measure, [.. incomes, 150], [.. weights, 3], context) > value + 1e-12) return false;
                if (Math.Abs(Of(measure, [.. incomes.Reverse()], [.. weights.Reverse()], context) - value) > 1e-12) return false;
                // Incomes and line in öre instead of kronor; weights of a sample instead of a register.
                if (Math.Abs(Of(measure, [.. incomes.Select(y => y * 100)], [.. weights.Select(w => w * 3.7)], new MeasureContext(10_000))
                    - value) > 1e-9) return false;
            }

            return true;
        });
    }

    // The definitions themselves, pair by pair, against the one pass over sorted incomes.
    [Property]
    public Property Gini_Sen_and_SST_are_their_double_sums()
    {
        return Prop.ForAll(InequalityTests.Populations(), population =>
        {
            const double Line = 120;
            double[] incomes = [.. population.Select(person => (double)person.Item1)],
                weights = [.. population.Select(person => (double)person.Item2)];
            double total = weights.Sum();
            double Difference(Func<double, double> of, Func<double, bool> who)
            {
                var sum = 0.0;
                for (var i = 0; i < incomes.Length; i++)
                {
                    for (var j = 0; j < incomes.Length; j++)
                    {
                        if (who(incomes[i]) && who(incomes[j])) sum += weights[i] * weights[j] * Math.Abs(of(incomes[i]) - of(incomes[j]));
                    }
                }

                return sum;
            }

            double Total(Func<double, double> of, Func<double, bool> who) =>
                incomes.Select((y, i) => who(y) ? weights[i] * of(y) : 0).Sum();
            double Gap(double y) => Math.Max(0, (Line - y) / Line);
            var gini = Difference(y => y, _ => true) / (2 * total * Total(y => y, _ => true));
            var context = new MeasureContext(Line);
            if (Math.Abs(gini - Of(Gini.Measure, incomes, weights, context)) > 1e-10) return false;

            var poor = Total(_ => 1, y => y < Line);
            if (poor == 0)
                return Of(Sen.Measure, incomes, weights, context) == 0 && Of(SenShorrocksThon.Measure, incomes, weights, context) == 0;
            double headcount = poor / total, gap = Total(Gap, y => y < Line) / poor;
            var amongPoor = Difference(y => y, y => y < Line) / (2 * poor * Total(y => y, y => y < Line));
            var ofGaps = Difference(Gap, _ => true) / (2 * total * Total(Gap, _ => true));
            return Math.Abs((headcount * (gap + ((1 - gap) * amongPoor))) - Of(Sen.Measure, incomes, weights, context)) < 1e-10
                && Math.Abs((headcount * gap * (1 + ofGaps)) - Of(SenShorrocksThon.Measure, incomes, weights, context)) < 1e-10;
        });
    }

    [Fact]
    public void Rows_of_a_household_may_stand_apart()
    {
        double[] incomes = [10, 100, 10, 100, 100, 10];
        var persons = People.Make(incomes, households: [1, 2, 1, 2, 3, 1], areas: ["a", "a", "a", "b", "b", "a"]);
        var whole = new IncomeStudy { Persons = persons }.Run([Fgt.Headcount]).Single(result => result.Area is null);
        Assert.Equal((3, 6, 1), (whole.Basis!.Numerator, whole.Basis.Denominator, whole.Basis.Contributors));
    }

    [Fact]
    public void Every_value_of_every_breakdown_and_every_combination_has_a_record()
    {
        var persons = People.Make([10, 100, 100, 100], areas: ["a", "a", "b", "b"]);
        persons = persons
            with
        { Breakdowns = [.. persons.Breakdowns, new Breakdown("tenure", false, new[] { 0, 1, 1, -1 }, ["owned", "rented"])] };
        var results = new IncomeStudy { Persons = persons }.Run([Fgt.Headcount]);
        Assert.Equal(
            [(null, null), ("a", null), ("b", null), (null, "tenure=owned"), (null, "tenure=rented"), ("a", "tenure=owned"),
                ("a", "tenure=rented"), ("b", "tenure=rented")],
            results.Select(result => (result.Area, result.Population)));
    }

    private static double Of(IncomeMeasure measure, double[] incomes, double[] weights, MeasureContext context)
    {
        var (sorted, theirs) = QuantileTests.Sort(incomes, weights);
        return measure.Of(new WeightedIncomes(sorted, theirs), context).Number;
    }
}
