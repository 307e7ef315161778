using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Income.Inequality;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Study;

namespace Analys.Tests.Measure.Study;

public class DecompositionTests
{
    [Fact]
    public void Contributions_add_up_to_one_and_inequality_to_within_and_between()
    {
        var study = new IncomeStudy { Persons = People.City(300, 5) };
        var parts = SubgroupDecomposition.Of(study);
        foreach (var index in parts.Where(result => result.Measure == SubgroupDecomposition.PovertyContribution)
            .GroupBy(result => result.Parameters.GetValueOrDefault("of")))
            Assert.Equal(1, index.Sum(result => result.Value.Number), 1e-12);
        foreach (var measure in new[] { GeneralisedEntropy.Theil, GeneralisedEntropy.MeanLogDeviation })
        {
            var whole = study.Run([measure]).Single(result => result.Area is null).Value.Number;
            var sum = parts.Where(result => result.Parameters.GetValueOrDefault("of") == measure.Definition.Id)
                .Sum(result => result.Value.Number);
            Assert.Equal(whole, sum, 1e-12);
        }
    }

    [Fact]
    public void Between_is_all_where_each_group_is_even_and_nothing_where_groups_are_alike()
    {
        Result One(Results results, string id) => results.Single(result => result.Measure.Id == id && result.Parameters["of"] == "theil");
        var even = SubgroupDecomposition.Of(new IncomeStudy { Persons = People.Make([10, 10, 30, 30], areas: ["a", "a", "b", "b"]) });
        Assert.Equal(0, One(even, "within-groups").Value.Number, 1e-12);
        Assert.Equal(((0.5 * Math.Log(0.5)) + (1.5 * Math.Log(1.5))) / 2, One(even, "between-groups").Value.Number, 1e-12);
        var alike = SubgroupDecomposition.Of(new IncomeStudy { Persons = People.Make([10, 30, 10, 30], areas: ["a", "a", "b", "b"]) });
        Assert.Equal(0, One(alike, "between-groups").Value.Number, 1e-12);
    }

    [Fact]
    public void Shapley_effects_add_up_and_each_is_alone_where_only_it_changed()
    {
        static ShapleyChange.Group Group(params double[] incomes) => new(incomes, incomes.Select(_ => 1.0).ToArray());
        var before = new[] { Group(10, 30, 80), Group(50, 60, 70, 80) };

        var richer = ShapleyChange.Of(before, [Group(20, 60, 160), Group(100, 120, 140, 160)], 55, alpha: 1);
        Assert.True(richer.Growth < 0);
        Assert.Equal((0, 0), (Math.Round(richer.Redistribution, 12), Math.Round(richer.Population, 12)));

        var flatter = ShapleyChange.Of(before, [Group(40, 40, 40), Group(65, 65, 65, 65)], 55, alpha: 1);
        Assert.Equal((0, 0), (Math.Round(flatter.Growth, 12), Math.Round(flatter.Population, 12)));
        Assert.True(flatter.Redistribution != 0);

        var moved = ShapleyChange.Of(before, [new(before[0].Incomes, new[] { 3.0, 3, 3 }), before[1]], 55, alpha: 1);
        Assert.True(moved.Population > 0);
        Assert.Equal((0, 0), (Math.Round(moved.Growth, 12), Math.Round(moved.Redistribution, 12)));

        var all = ShapleyChange.Of(before, [Group(15, 90), Group(40, 60, 90)], 55, alpha: 1);
        double Index(ShapleyChange.Group[] groups)
        {
            double[] incomes = [.. groups.SelectMany(group => group.Incomes.ToArray()).Order()];
            return Fgt.Gap.Of(new WeightedIncomes(incomes, incomes.Select(_ => 1.0).ToArray()), new MeasureContext(55)).Number;
        }

        Assert.Equal(Index([Group(15, 90), Group(40, 60, 90)]) - Index(before), all.Growth + all.Redistribution + all.Population, 1e-12);
    }

    [Fact]
    public void The_change_between_the_years_of_a_study_is_divided()
    {
        var persons = People.Make([50, 100, 100, 100, 60, 200, 200, 90], areas: ["a", "a", "b", "b", "a", "a", "b", "b"]) with
        {
            Periods = new[] { 0, 0, 0, 0, 1, 1, 1, 1 },
            PeriodNames = ["2015", "2016"],
        };
        var study = new IncomeStudy { Persons = persons, Lines = [PovertyLine.Fixed(95)] };
        var effects = ShapleyChange.Of(study);
        Assert.Equal(["growth", "redistribution", "population"], effects.Select(result => result.Parameters["effect"]));
        Assert.Equal(0.25, effects.Sum(result => result.Value.Number), 1e-12);
    }
}
