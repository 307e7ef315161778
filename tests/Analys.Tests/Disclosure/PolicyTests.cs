using System.Text.Json;
using Analys.Disclosure.Suppression;
using Analys.Domain;
using static Analys.Tests.Disclosure.Counts.Figures;

namespace Analys.Tests.Disclosure;

public class PolicyTests
{
    [Fact]
    public void Every_rule_of_a_shipped_policy_has_its_comment_and_its_source()
    {
        foreach (var name in Policy.Shipped)
        {
            Assert.Equal(name, Policy.Load(name).Name);
            using var document = JsonDocument.Parse(DataSchemas.Open($"disclosure/{name}.json"));
            foreach (var rule in document.RootElement.EnumerateObject().Where(property => property.Name is not ("name" or "description")))
            {
                Assert.NotEmpty(rule.Value.GetProperty("comment").GetString()!);
                Assert.NotEmpty(rule.Value.GetProperty("source").GetString()!);
            }
        }
    }

    [Fact]
    public void A_policy_becomes_requirements()
    {
        var requirements = Policy.Load("scb-research").ToRequirements(households: true);
        Assert.Equal(["frequency<10", "contributors<10", "dominance(1,50)", "p%(10)"], requirements.Rules.Select(rule => rule.Name));
        Assert.False(requirements.Frequency!.ZerosAreSafe);
        Assert.Equal((3.0, false, true, SuppressionCost.Logarithm),
            (requirements.MinimumWidth, requirements.LegendTellsApart, requirements.GuardAgainstInsiders, requirements.Cost));
        Assert.DoesNotContain(Policy.Stockholm.ToRequirements(households: false).Rules, rule => rule is MinimumContributors);
    }

    [Theory]
    [InlineData("""{ "name": "x", "threshold": { "value": "five" } }""")]
    [InlineData("""{ "name": "x", "threshold": 5 }""")]
    [InlineData("""{ "name": "x", "treshold": { "value": 5 } }""")]
    [InlineData("""{ "name": "x", "threshold": { "value": 5 }, "threshold": { "value": 3 } }""")]
    [InlineData("""{ "name": "x", "threshold": { "value": 5 }, "rounding": { "value": "base7" } }""")]
    [InlineData("""{ "name": "x", "threshold": { "value": 5 }, "rates": { "value": "always-shown" } }""")]
    [InlineData("""{ "name": "x", "threshold": { "value": 5 }, "minimumWidth": { "value": 0 } }""")]
    [InlineData("""{ "name": "x" }""")]
    [InlineData("""{ "threshold": { "value": 5 } }""")]
    [InlineData("[]")]
    [InlineData("{")]
    public void A_policy_that_is_not_understood_is_an_error(string json)
    {
        using var file = new TemporaryFile("p.json", json);
        Assert.Throws<PolicyException>(() => Policy.Load(file.Path));
    }

    [Fact]
    public void Rounded_counts_give_rounded_shares()
    {
        var released = Areas(("Bromma", 3, 302), ("Farsta", 41, 404), ("Kista", 92, 353))
            .Concat(Confidential(Of(Median, "Kista", 123.4, null, 353), Of(Median, "Bromma", 99, null, 4)))
            .Release(Policy.Load("rounded5"));
        Assert.All(released.Where(row => row.N is not null), row => Assert.Equal(0, row.N!.Value % 5));
        var bromma = released.First(row => row.Area == "Bromma");
        Assert.Equal((ValueStatus.Rounded, 5.0 / 300), (bromma.Value.Status, bromma.Value.Number));
        Assert.Equal((null, null, null), (bromma.Lower, bromma.Upper, bromma.StandardError));
        Assert.Equal(123.4, released.Single(row => row is { Area: "Kista", Measure.Id: "median" }).Value.Number);
        Assert.Equal("threshold", released.Single(row => row is { Area: "Bromma", Measure.Id: "median" }).Value.Reason);
    }

    [Fact]
    public void The_citys_rounding_moves_the_totals_along()
    {
        var counts = Confidential(Of(Headcount, "Bromma", 4, 4, 300), Of(Headcount, "Farsta", 41, 41, 400),
            Of(Headcount, null, 45, 45, 700)).Release(Policy.Load("rounded-city"));
        Assert.Equal([5.0, 41, 46], counts.Select(row => row.Value.Number));
    }

    [Theory]
    [InlineData(0, true, false)]
    [InlineData(1, true, true)]
    [InlineData(5, false, false)]
    public void Zeros_are_known_to_be_shown_where_a_threshold_withholds_others(int threshold, bool zerosAreSafe, bool shown)
    {
        var policy = new Policy { Name = "x", Threshold = threshold, ZerosAreSafe = zerosAreSafe, MinimumContributors = 3 };
        Assert.Equal(shown, policy.ToRequirements(households: true).ZerosAreShown);
        Assert.Equal(threshold > 0 ? 2 : 1, policy.ToRequirements(households: true).Rules.Count);
        Assert.Equal("public-data-only", Assert.Throws<ReleaseRefusedException>(() => (policy with { PublicOnly = true })
            .ToRequirements(households: true)).Rule);
    }
}
