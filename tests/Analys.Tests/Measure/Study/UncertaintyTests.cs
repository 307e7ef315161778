using Analys.Measure.Income;
using Analys.Measure.Income.Inequality;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Study;

namespace Analys.Tests.Measure.Study;

public class UncertaintyTests
{
    private static readonly IncomeMeasure[] Several =
        [AtRiskOfPovertyThreshold.Measure, Fgt.AtRiskOfPovertyRate, Fgt.Gap, Sen.Measure, SenShorrocksThon.Measure, Gini.Measure];

    [Fact]
    public void The_same_seed_gives_the_same_figures_and_another_seed_others()
    {
        var study = new IncomeStudy { Persons = People.City(150, 3), Uncertainty = new(IntervalMethod.Bootstrap, 30, Seed: 11) };
        var once = study.Run(Several).Select(result => (result.StandardError, result.Lower, result.Upper)).ToArray();
        Assert.Equal(once, study.Run(Several).Select(result => (result.StandardError, result.Lower, result.Upper)));
        var other = (study with { Uncertainty = study.Uncertainty with { Seed = 12 } }).Run(Several);
        Assert.NotEqual(once[1].StandardError, other[1].StandardError);
    }

    [Fact]
    public void A_replicate_does_not_depend_on_the_others()
    {
        // Each replicate has a stream of its own: the first ten of thirty are the ten.
        var plan = new StudyPlan(new IncomeStudy { Persons = People.City(80, 4), Uncertainty = new(IntervalMethod.Bootstrap, 10, Seed: 5) },
            Several);
        plan.Evaluate();
        var longer = new StudyPlan(plan.Study with { Uncertainty = plan.Study.Uncertainty with { Replicates = 30 } }, Several);
        longer.Evaluate();
        var (ten, thirty) = (plan.Source.Replicates(plan, default), longer.Source.Replicates(longer, default));
        for (var i = 0; i < 10; i++) Assert.Equal(ten[i], thirty[i]);
    }

    [Fact]
    public void Bootstrap_and_linearised_errors_agree_and_persons_alone_understate_them()
    {
        var study = new IncomeStudy { Persons = People.City(1500, 8, areas: 2), Uncertainty = new(IntervalMethod.Bootstrap, 400) };
        var bootstrap = study.Run(Several);
        var linearised = (study with { Uncertainty = new(IntervalMethod.Linearised) }).Run(Several);
        foreach (var (a, b) in bootstrap.Zip(linearised)) Assert.InRange(a.StandardError!.Value / b.StandardError!.Value, 0.8, 1.25);

        var alone = (study with { Persons = study.Persons with { Households = default } }).Run(Several);
        Assert.True(alone[1].StandardError < 0.75 * bootstrap[1].StandardError);
    }

    [Fact]
    public void The_bandwidth_of_a_density_counts_persons_however_they_are_stored()
    {
        // Members of a household are one entry, unless replicate weights keep the rows apart.
        var study = new IncomeStudy { Persons = People.City(400, 6), Uncertainty = new(IntervalMethod.Linearised) };
        var apart = study with { Persons = study.Persons with { ReplicateWeights = [study.Persons.Weights] } };
        IncomeMeasure[] measures = [Median.Measure, Fgt.AtRiskOfPovertyRate, RelativeMedianPovertyGap.Measure];
        foreach (var (a, b) in study.Run(measures).Zip(apart.Run(measures))) Assert.Equal(a.StandardError!.Value, b.StandardError!.Value,
            1e-10 * a.StandardError!.Value);
    }

    [Fact]
    public void A_replicate_has_the_bits_of_factors_added_up_draw_by_draw()
    {
        var strata = Enumerable.Range(0, 900).Select(cluster => cluster % 7 == 0 ? 1 : cluster == 8 ? 2 : 0).ToArray();
        var design = new ClusterDesign([.. Enumerable.Range(0, 900)], strata, 900);
        for (var replicate = 0; replicate < 50; replicate++)
        {
            var (drawn, plain, random) = (new double[900], new double[900], new RandomStream(4, replicate));
            design.Draw(new RandomStream(4, replicate), drawn);
            for (var stratum = 0; stratum < 3; stratum++)
            {
                var members = Enumerable.Range(0, 900).Where(cluster => strata[cluster] == stratum).ToArray();
                if (members.Length == 1) plain[members[0]] = 1;
                for (var draw = 1; draw < members.Length; draw++)
                    plain[members[(int)random.NextLong(members.Length)]] += members.Length / (members.Length - 1.0);
            }

            Assert.Equal(plain.Select(BitConverter.DoubleToInt64Bits), drawn.Select(BitConverter.DoubleToInt64Bits));
        }
    }

    [Fact]
    public void The_bootstrap_variance_of_a_total_is_the_unbiased_one()
    {
        // Totals 1, 2, 4, 9 in one stratum, 5 and 7 in another, a lone cluster in a third: by hand 4/3 · 38 + 2 · 2.
        var design = new ClusterDesign([0, 1, 2, 3, 4, 5, 6], [0, 0, 0, 0, 1, 1, 2], 7);
        double[] totals = [1, 2, 4, 9, 5, 7, 100];
        Assert.Equal((4 / 3.0 * 38) + 4, design.Spread(totals, LonelyStrata.Certainty).Variance, 1e-12);
        var factors = new double[7];
        var sums = Enumerable.Range(0, 40_000).Select(replicate =>
        {
            design.Draw(new RandomStream(1, replicate), factors);
            return totals.Zip(factors, (total, factor) => total * factor).Sum();
        }).ToArray();
        Assert.Equal(design.Spread(totals, LonelyStrata.Certainty).Variance, Math.Pow(Replicates.StandardDeviation(sums), 2),
            0.03 * design.Spread(totals, LonelyStrata.Certainty).Variance);
    }

    [Fact]
    public void Bootstrap_intervals_cover_the_truth()
    {
        // A population of 4 000 households, of which samples of 250 are drawn; 150 intervals of 95 % should cover about 142 times.
        var city = People.City(4000, 21, areas: 1);
        var truth = new IncomeStudy { Persons = city with { Weights = default } }.Run([Fgt.AtRiskOfPovertyRate])[0].Value.Number;
        var rowsOf = Enumerable.Range(0, city.Count).ToLookup(row => city.Households.Span[row]);
        var (covered, linear) = (0, 0);
        for (var sample = 0; sample < 150; sample++)
        {
            var random = new Random(sample);
            int[] rows = [.. Enumerable.Range(0, 250).Select(_ => random.Next(4000)).Distinct().SelectMany(household => rowsOf[household])];
            var study = new IncomeStudy
            {
                Persons = city.Pick(rows) with { Weights = default },
                Uncertainty = new(IntervalMethod.Bootstrap, 100, Seed: sample)
            };
            var result = study.Run([Fgt.AtRiskOfPovertyRate])[0];
            if (result.Lower <= truth && truth <= result.Upper) covered++;
            result = (study with { Uncertainty = new(IntervalMethod.Linearised) }).Run([Fgt.AtRiskOfPovertyRate])[0];
            if (result.Lower <= truth && truth <= result.Upper) linear++;
        }

        // Three standard errors of a binomial share of 150: 0.95 ± 0.053.
        Assert.InRange(covered / 150.0, 0.88, 1);
        Assert.InRange(linear / 150.0, 0.89, 1);
    }

    [Fact]
    public void Nobody_poor_has_an_upper_end_all_the_same()
    {
        var persons =
            People.Make([.. Enumerable.Range(0, 40).Select(_ => 100.0)], households: [.. Enumerable.Range(0, 40).Select(i => i / 2)]);
        foreach (var method in (IntervalMethod[])[IntervalMethod.Wilson, IntervalMethod.Bootstrap, IntervalMethod.Linearised])
        {
            var result = new IncomeStudy { Persons = persons, Uncertainty = new(method, 20) }.Run([Fgt.Headcount])[0];
            Assert.Equal(0, result.Lower);
            // Twenty households, not forty persons: Wilson's 0 of 20 (Newcombe 1998).
            Assert.Equal(0.1611, result.Upper!.Value, 4);
        }
    }

    [Fact]
    public void Replicate_weights_give_the_jackknife_variance_of_a_mean()
    {
        // Delete-one jackknife of a mean: s² / n.
        double[] incomes = [1, 2, 4, 9];
        var persons = People.Make(incomes) with
        {
            ReplicateWeights = [.. Enumerable.Range(0, 4)
                .Select(out_ => (ReadOnlyMemory<double>)incomes.Select((_, i) => i == out_ ? 0.0 : 4 / 3.0).ToArray())],
        };
        var result = new IncomeStudy
        {
            Persons = persons,
            Uncertainty = new(IntervalMethod.ReplicateWeights, Kind: ReplicateKind.Jackknife)
        }.Run([Mean.Measure])[0];
        Assert.Equal(Math.Sqrt(38 / 3.0 / 4), result.StandardError!.Value, 1e-12);
    }

    [Fact]
    public void Areas_are_compared_with_each_other_and_the_whole()
    {
        var persons = People.Make(
            [.. Enumerable.Range(0, 200).Select(i => i < 100 ? (i < 40 ? 10.0 : 100) : (i < 110 ? 10.0 : 100))],
            areas: [.. Enumerable.Range(0, 200).Select(i => i < 100 ? "a" : "b")]);
        var study = new IncomeStudy { Persons = persons, Comparison = new("b", false, [1, 2]) };
        var results = study.Run([Fgt.Headcount]);
        Result One(string id, string? area) =>
            results.Single(result => result.Measure.Id == id && result.Area == area
                && (id != "poor-in-poorest-areas" || result.Parameters["k"] == "1"));
        Assert.Equal(0.3, One("difference", "a").Value.Number, 1e-12);
        Assert.Equal(4, One("ratio", "a").Value.Number, 1e-12);
        // If a had b's share: (0.25 − 0.1) / 0.25.
        Assert.Equal(0.6, One("population-attributable-share", null).Value.Number, 1e-12);
        Assert.Equal(0.8, One("poor-in-poorest-areas", null).Value.Number, 1e-12);
        // Newcombe's method 10 for 40/100 against 10/100, from Wilson's (0.3094, 0.4980) and (0.0552, 0.1744).
        Assert.Equal(0.3 - Math.Sqrt(Math.Pow(0.4 - 0.3094, 2) + Math.Pow(0.1744 - 0.1, 2)), One("difference", "a").Lower!.Value, 3);
        Assert.Equal(0.3 + Math.Sqrt(Math.Pow(0.4980 - 0.4, 2) + Math.Pow(0.1 - 0.0552, 2)), One("difference", "a").Upper!.Value, 3);
        foreach (var method in (IntervalMethod[])[IntervalMethod.Bootstrap, IntervalMethod.Linearised])
        {
            var difference = (study with { Lines = [PovertyLine.Fixed(50)], Uncertainty = new(method, 300) }).Run([Fgt.Headcount])
                .First(result => result.Measure.Id == "difference");
            Assert.Equal(Math.Sqrt((0.4 * 0.6 / 100) + (0.1 * 0.9 / 100)), difference.StandardError!.Value, 0.008);
        }
    }
}
