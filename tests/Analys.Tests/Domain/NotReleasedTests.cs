using System.Text.Json;

namespace Analys.Tests.Domain;

/// <summary>A figure that has not passed disclosure control can be computed with, and does not show itself.</summary>
public class NotReleasedTests
{
    private static readonly Definition Share = new("share", "Share", "Andel", "x / n", Units.Share, ValueRange.Unit, "Test 2018");

    private static Results Of(Confidentiality confidentiality) => new(
        [new Result { Measure = Share, Area = "Farsta", Value = Quantity.Known(0.4375), N = 7654, Basis = new(3210,
            7654) { Tells = Tells.Counts } }],
        confidentiality, Provenance.None);

    [Fact]
    public void Neither_text_nor_JSON_tells_a_figure_its_counts_or_its_area()
    {
        var result = Of(Confidentiality.Confidential)[0];
        string[] shown =
        [
            result.ToString(), $"{result.Value}", $"{result.Basis}", JsonSerializer.Serialize(result),
                JsonSerializer.Serialize(result.Value),
            JsonSerializer.Serialize(result.Basis), JsonSerializer.Serialize(Of(Confidentiality.Confidential)),
            JsonSerializer.Serialize(new { result, result.Value }), $"{new List<Result> { result }[0]}",
        ];
        foreach (var text in shown)
            foreach (var secret in (string[])["4375", "7654", "3210", "Farsta"]) Assert.DoesNotContain(secret, text,
                StringComparison.Ordinal);
        Assert.Equal(0.4375, result.Value.Number);
    }

    [Fact]
    public void Public_figures_and_released_ones_show_themselves()
    {
        Assert.Contains("4375", Of(Confidentiality.Public)[0].ToString(), StringComparison.Ordinal);
        var released = Of(Confidentiality.Confidential).Release(Policy.Stockholm)[0];
        Assert.Contains("4375", released.ToString(), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(released));
        Assert.Equal((0.4375, "known", "Farsta"), (json.RootElement.GetProperty("value").GetDouble(),
            json.RootElement.GetProperty("status").GetString(), json.RootElement.GetProperty("area").GetString()));
    }

    [Fact]
    public void Whether_it_is_released_does_not_make_another_quantity() =>
        Assert.Equal(Of(Confidentiality.Public)[0].Value, Of(Confidentiality.Confidential)[0].Value);
}
