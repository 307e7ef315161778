using System.Reflection;

namespace Analys.Tests.Disclosure;

public class GateTests
{
    private static readonly Definition Share = new("share", "Share", "Andel", "a / b", Units.Share, ValueRange.Unit, "test");

    private static Results Of(Confidentiality confidentiality, params (double Numerator, double Denominator)[] counts) => new(
        counts.Select((count, i) => new Result
        {
            Measure = Share,
            Area = $"area {i}",
            Value = Quantity.Known(count.Numerator / count.Denominator),
            N = count.Denominator,
            Lower = 0,
            Upper = 1,
            StandardError = 0.1,
            Basis = new Basis(count.Numerator, count.Denominator),
        }),
        confidentiality,
        Provenance.None);

    [Theory]
    [InlineData(4, 100, true)]
    [InlineData(5, 100, false)]
    [InlineData(96, 100, true)]
    [InlineData(95, 100, false)]
    public void Numerator_and_complement_are_both_checked(double numerator, double denominator, bool withheld)
    {
        var released = Of(Confidentiality.Confidential, (numerator, denominator), (40, 100), (50, 100), (30, 90)).Release(Policy.Stockholm);
        Assert.Equal(withheld, released[0].Value.Status == ValueStatus.Suppressed);
    }

    [Fact]
    public void What_is_withheld_leaves_nothing_behind()
    {
        var row = Of(Confidentiality.Confidential, (3, 40)).Release(Policy.Stockholm)[0];
        Assert.Equal((null, null, null, null, null), (row.N, row.Lower, row.Upper, row.StandardError, row.Basis));
        Assert.Throws<InvalidOperationException>(() => row.Value.Number);
    }

    [Fact]
    public void Public_data_pass_as_they_are_and_the_provenance_says_so()
    {
        var released = Of(Confidentiality.Public, (1, 40)).Release(Policy.Public);
        Assert.Equal(0.025, released[0].Value.Number);
        Assert.Contains(released.Provenance.Steps, step => step.Contains("public", StringComparison.Ordinal));
    }

    [Fact]
    public void The_public_policy_refuses_confidential_data() =>
        Assert.Equal("public-data-only",
            Assert.Throws<ReleaseRefusedException>(() => Of(Confidentiality.Confidential, (50, 100)).Release(Policy.Public)).Rule);

    [Fact]
    public void A_result_that_does_not_tell_its_counts_is_refused()
    {
        var results =
            new Results([new Result { Measure = Share, Value = Quantity.Known(0.5) }], Confidentiality.Confidential, Provenance.None);
        Assert.Equal("counts-required", Assert.Throws<ReleaseRefusedException>(() => results.Release(Policy.Stockholm)).Rule);
    }

    [Fact]
    public void Only_the_gate_makes_a_release() =>
        Assert.Empty(typeof(Released).GetConstructors(BindingFlags.Public | BindingFlags.Instance));

    [Fact]
    public void Unreleased_results_do_not_show_themselves() =>
        Assert.DoesNotContain("0.", Of(Confidentiality.Confidential, (50, 100)).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Together_with_public_data_confidential_ones_stay_confidential() =>
        Assert.Equal(Confidentiality.Confidential,
            Of(Confidentiality.Public, (50, 100)).Concat(Of(Confidentiality.Confidential, (50, 100))).Confidentiality);
}
