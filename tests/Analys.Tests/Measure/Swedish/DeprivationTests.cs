using System.Globalization;
using Analys.Load.Schema;
using Analys.Measure.Swedish;

namespace Analys.Tests.Measure.Swedish;

public class DeprivationTests
{
    private static string Row(int id, int age, double weight, int lacked, int missing, int childLacked, string intensity) => string.Join(
        ';',
        new[] { id.ToString(CultureInfo.InvariantCulture), id.ToString(CultureInfo.InvariantCulture),
            age.ToString(CultureInfo.InvariantCulture), weight.ToString(CultureInfo.GetCultureInfo("sv-SE")), intensity }
            .Concat(Enumerable.Range(0, 13).Select(i => i < lacked ? "1" : i < lacked + missing ? "" : "0"))
            .Concat(Enumerable.Range(0, 17).Select(i => age > 15 ? "" : i < childLacked ? "1" : "0")));

    private static RegisterHouseholds Survey(params string[] rows)
    {
        var header = string.Join(';', new[] { "Id", "HushallId", "Alder", "Vikt", "Arbetsintensitet" }
            .Concat(Enumerable.Range(1, 13).Select(i => $"M{i:00}")).Concat(Enumerable.Range(1, 17).Select(i => $"B{i:00}")));
        using var file = new TemporaryFile("enkat.csv", string.Join('\n', rows.Prepend(header)));
        return RegisterHouseholds.Of(Extract.Load(file.Path, TableSchema.Load("enkat-levnadsvillkor")));
    }

    [Fact]
    public void Seven_of_thirteen_weighted()
    {
        var survey = Survey(Row(1, 40, 1.5, 7, 0, 0, "1"), Row(2, 40, 4.5, 6, 0, 0, "1"));
        Assert.Equal(0.25, Assert.Single(Deprivation.OfMaterial(survey)).Value.Number);
    }

    [Theory]
    [InlineData(7, 6, 1)]
    [InlineData(6, 1, -1)]
    [InlineData(3, 3, 0)]
    [InlineData(0, 13, -1)]
    public void Missing_answers_matter_only_where_they_can_change_the_outcome(int lacked, int missing, int flag) =>
        Assert.Equal(flag, Deprivation.MaterialFlags(Survey(Row(1, 40, 1, lacked, missing, 0, "1"))).Values[0]);

    [Fact]
    public void Three_of_seventeen_for_children_under_sixteen()
    {
        var survey = Survey(Row(1, 15, 1, 0, 0, 3, "1"), Row(2, 3, 1, 0, 0, 2, "1"), Row(3, 16, 1, 0, 0, 17, "1"));
        var result = Assert.Single(Deprivation.OfChild(survey));
        Assert.Equal(0.5, result.Value.Number);
        Assert.Equal("0-15", result.Population?.ToString());
        Assert.Equal((1, 2, 2), (result.Basis!.Numerator, result.Basis.Denominator, result.Basis.Contributors));
    }

    [Fact]
    public void The_union_counts_each_person_once_and_work_only_to_64()
    {
        var survey = Survey(
            Row(1, 40, 1, 9, 0, 0, "0,2"), Row(2, 40, 1, 0, 0, 0, "0,2"), Row(3, 70, 1, 0, 0, 0, "0"), Row(4, 40, 1, 0, 0, 0, "0,21"),
            Row(5, 40, 1, 0, 0, 0, "1"));
        var poor = PersonFlags.Of(5, row => row == 4);
        Assert.Equal(3 / 5.0, Assert.Single(AtRiskOfPovertyOrExclusion.Of(survey, poor)).Value.Number);
    }

    [Fact]
    public void The_union_of_three_values()
    {
        sbyte[] values = [1, 0, -1];
        var left = PersonFlags.Of(9, row => values[row / 3] switch { 1 => true, 0 => false, _ => null });
        var right = PersonFlags.Of(9, row => values[row % 3] switch { 1 => true, 0 => false, _ => null });
        Assert.Equal([1, 1, 1, 1, 0, -1, 1, -1, -1], left.Or(right).Values.ToArray());
        Assert.Equal(left.Or(right).Values.ToArray(), right.Or(left).Values.ToArray());
    }
}
