using System.Text.Json;
using Analys.Measure.Segregation;

namespace Analys.Tests.Measure.Segregation;

public class TwoGroupMeasureTests
{
    [SharedTheory]
    [InlineData("complete_2x2")]
    [InlineData("even_2x2")]
    [InlineData("even_uneven_groups")]
    [InlineData("partial_8_2")]
    public void Agrees_with_the_hand_values(string name)
    {
        using var cases = JsonDocument.Parse(File.ReadAllText(Repository.SharedAt("reference", "segregation", "tiny_cases.json")));
        var tiny = cases.RootElement.GetProperty(name);
        var rows = tiny.GetProperty("counts").EnumerateArray()
            .Select(row => row.EnumerateArray().Select(cell => cell.GetDouble()).ToArray()).ToArray();
        var counts = new GroupCounts(rows.Select((_, i) => $"{i}"), ["A", "B"], rows.SelectMany(row => row).ToArray());
        var hand = tiny.GetProperty("hand");
        double Value(SegregationMeasure measure) => measure.Of(counts)[0].Value.Number;

        Assert.Equal(hand.GetProperty("D").GetDouble(), Value(Dissimilarity.Measure), 1e-12);
        Assert.Equal(hand.GetProperty("H").GetDouble(), Value(InformationTheory.Measure), 1e-12);
        Assert.Equal(hand.GetProperty("Gini").GetDouble(), Value(Gini.Measure), 1e-12);
        Assert.Equal(hand.GetProperty("Eta2").GetDouble(), Value(CorrelationRatio.Measure), 1e-12);
        Assert.Equal(hand.GetProperty("xPx")[0].GetDouble(), Value(Isolation.Measure), 1e-12);
        Assert.Equal(hand.GetProperty("xPy").GetDouble(), Value(Exposure.Measure), 1e-12);
    }

    [Fact]
    public void An_empty_group_is_undefined_with_a_reason()
    {
        var counts = new GroupCounts(["1", "2"], ["A", "B"], [10, 0, 5, 0]);
        var result = Dissimilarity.Measure.Of(counts, "B")[0];
        Assert.Equal(ValueStatus.Undefined, result.Value.Status);
        Assert.Equal("group is empty", result.Value.Reason);
    }
}
