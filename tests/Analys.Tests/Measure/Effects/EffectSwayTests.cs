using Analys.Measure.Effects;
using Analys.Measure.Effects.Fits;
using Analys.Measure.Effects.Panel;
using Analys.Measure.Effects.Persons;
using Analys.Measure.Inference;
using Analys.Measure.Synthetic;

namespace Analys.Tests.Measure.Effects;

/// <summary>What the gate needs of a study: how far figures move without a unit, and who is counted.</summary>
public class EffectSwayTests
{
    [Fact]
    public void The_sway_of_a_difference_is_what_leaving_one_out_gives()
    {
        CrossSection data = new([5, 1, 2, 4, 9, 0], [true, true, true, false, false, false], Covariates.None);
        EffectCall call = new() { Measures = ["att-difference"] };
        var findings = EffectSway.Of(PersonsStudy.Of(data, call), EffectSway.Candidates(6, [data.Outcomes]),
            unit => PersonsStudy.Of(data.Without(unit), call with { ValuesOnly = true }));
        // 8/3 − 13/3: without the nine the comparison's mean falls from 13/3 to 2.
        var difference = findings.Estimates.First(one => one.Id == "att-difference");
        Assert.Equal((13.0 / 3) - 2, difference.Sway!.Value, 1e-12);
        Assert.All(findings.Estimates.Where(one => one.Id == "att-difference-p"), one => Assert.True(one.Sway > 0));
    }

    [Fact]
    public void A_figure_that_hangs_on_one_unit_is_withheld_and_fractions_are_left_out()
    {
        var random = new RandomStream(1, 1);
        PanelData panel = new([.. Enumerable.Range(0, 12)
            .Select(_ => Enumerable.Range(0, 6).Select(_ => Variates.Normal(random)).ToArray())],
            [3, 3, 3, 3, 3, 4, .. new double?[6]], [1, 2, 3, 4, 5, 6]);
        EffectCall call = new();
        var findings = EffectSway.Of(PanelStudy.Of(panel, call), EffectSway.Candidates(12, []),
            unit => PanelStudy.Of(panel.Without(unit), call with { ValuesOnly = true }));
        Assert.All(findings.Estimates.Where(one => one.Parameters.GetValueOrDefault("cohort") == "4" && one.Id == "att-group-time"),
            one => Assert.Equal(double.PositiveInfinity, one.Sway));
        var (results, _) = EffectResults.Of(findings, true, Confidentiality.Confidential, Provenance.None);
        Assert.DoesNotContain(results, row => row.Parameters.ContainsKey("fraction"));
        var released = results.Release(Policy.Stockholm);
        Assert.All(released.Where(row => row.Parameters.GetValueOrDefault("cohort") == "4" && row.Measure.Id != "twfe-weight"),
            row => Assert.False(row.Value.HasNumber));
        Assert.All(released.Where(row => row.Value.HasNumber && row.Measure.Id == "att-simple"), row => Assert.True(row.Step > 0));
    }

    [Fact]
    public void A_swallowed_figure_has_a_range_that_holds_it_and_is_wider_than_a_unit_moves_it()
    {
        var random = new RandomStream(6, 1);
        for (var round = 0; round < 400; round++)
        {
            double value = (random.NextDouble() * 4) - 2, half = random.NextDouble() * 3,
                sway = Math.Pow(10, (random.NextDouble() * 3) - 2.5);
            if (EffectRanges.Stepped(value, value - half, value + half, sway) is { } range)
            {
                Assert.True(range.Step >= 2 * sway && range.Step > Math.Abs(value) / 2);
                Assert.True(Math.Abs(range.Value - value) <= (range.Step / 2) - (sway / 2) + 1e-12);
                Assert.True(range.Lower <= value - half && value - half - range.Lower >= sway / 2 && range.Upper >= value + half);
                // What is said is a whole number of steps.
                foreach (var said in new[] { range.Value, range.Lower, range.Upper })
                    Assert.Equal(Math.Round(said / range.Step), said / range.Step, 1e-9);
            }

            var p = random.NextDouble();
            if (EffectRanges.OfP(p, sway / 10) is not { } cell) continue;
            Assert.True(cell.Lower < p && p <= cell.Upper && cell.Upper - cell.Lower >= sway / 5);
            Assert.False(cell is { Lower: 0, Upper: 1 });
        }

        Assert.Null(EffectRanges.Stepped(0, 0, 0, 0.3));
        Assert.Equal((0.01, 0.1), EffectRanges.OfP(0.04, 0.03));
        Assert.Null(EffectRanges.OfP(0.4, 0.01));
        Assert.Null(EffectRanges.OfP(0.4, 0.6));
    }

    [Fact]
    public void A_small_cohort_says_between_what_its_effect_lies()
    {
        // Twenty beside sixty, from 0 to 9 and from 0.3 to 9.3: one of the twenty moves the difference by nearly as much as it is.
        double[] outcomes = [.. Enumerable.Range(0, 80).Select(i => (i % 10) + (i < 20 ? 0 : 0.3))];
        CrossSection data = new(outcomes, [.. Enumerable.Range(0, 80).Select(i => i < 20)], Covariates.None);
        EffectCall call = new() { Measures = ["att-difference"] };
        var findings = EffectRanges.AddTo(EffectSway.Of(PersonsStudy.Of(data, call), EffectSway.Candidates(80, [outcomes]),
            unit => PersonsStudy.Of(data.Without(unit), call with { ValuesOnly = true })));
        var released = EffectResults.Of(findings, true, Confidentiality.Confidential, Provenance.None).Results.Release(Policy.Stockholm);
        var effect = findings.Estimates.First(one => one.Id == "att-difference");
        var range = released.Single(row => row.Measure.Id == "effect-range");
        Assert.True(range.Value.HasNumber && range.Lower <= effect.Lower && range.Upper >= effect.Upper);
        Assert.Equal("att-difference", range.Parameters["of"]);
    }

    [Fact]
    public void The_made_up_cohort_has_the_effect_that_its_page_says()
    {
        var rows = SyntheticCohort.Csv(4000, 7).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(';'))
            .ToArray();
        double[] Column(int column) =>
            [.. rows.Select(row => double.Parse(row[column], System.Globalization.CultureInfo.InvariantCulture))];
        CrossSection data = new(Column(8), [.. Column(1).Select(value => value == 1)],
            Covariates.Of([("boy", Column(3), null), ("absence", Column(4), null), ("reports", Column(5), null)]));
        var robust = Errors.Complete(new Weighting(data).DoublyRobust(), 0.99);
        Assert.InRange(SyntheticCohort.EffectOnReports, robust.Lower!.Value, robust.Upper!.Value);
        // A plain difference hides it: those who got the group were worse off before.
        Assert.True(MeanDifference.Difference(data, 0.95).Value > -1.7);
    }
}
