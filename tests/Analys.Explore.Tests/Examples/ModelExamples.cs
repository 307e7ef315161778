namespace Analys.Explore.Tests.Examples;

/// <summary>Types of areas and what goes with an outcome, from numbers that stand in lists.</summary>
public class ModelExamples
{
    private static readonly double[] Low =
        [.. Enumerable.Range(0, 40).Select(i => i < 20 ? 1 + (i * 7 % 5 / 10.0) : 9 + (i * 3 % 5 / 10.0))];

    private static readonly double[] Other = [.. Enumerable.Range(0, 40).Select(i => (double)(i * 11 % 17))];

    [Fact]
    public void Areas_are_sorted_into_types_by_their_variables()
    {
        string[] areas = [.. Enumerable.Range(0, 40).Select(i => $"område {i}")];
        var types = Typology.Find(areas,
            [new TypologyVariable("låg inkomst", Low), new TypologyVariable("ålder", Other, Weight: 0.1)], k: 2);
        AreaType first = types.Types[0];
        Assert.Equal(20, first.Areas.Count);
        Assert.Throws<ModelException>(() => Typology.Find(areas, types.Variables, k: 1));
        Assert.Equal(["låg inkomst", "ålder"], types.Variables.Select(variable => variable.Name));
    }

    [Fact]
    public void What_goes_with_an_outcome_stands_first()
    {
        double[] outcome = [.. Low.Select(value => value * 2)];
        var drivers = Drivers.Find("bistånd", outcome, [new("låg inkomst", Low), new("ålder", Other)], shuffles: 3, draws: 3, folds: 4);
        DriverGroup first = drivers.Groups.MaxBy(group => group.Importance)!;
        Assert.Equal(["låg inkomst"], first.Variables);
    }
}
