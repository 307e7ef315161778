using Analys.Measure.Effects;
using Analys.Measure.Effects.Panel;

namespace Analys.Tests.Measure.Effects;

public class PanelReferenceTests
{
    [SharedTheory]
    [InlineData("cs_never_unweighted", false, false)]
    [InlineData("cs_never_children", false, true)]
    [InlineData("cs_notyet_unweighted", true, false)]
    [InlineData("cs_notyet_children", true, true)]
    public void Group_times_and_their_means_agree_with_the_reference(string name, bool notYet, bool children)
    {
        var reference = EffectReference.Barnstod.GetProperty(name);
        var effects = GroupTime.Of(EffectReference.BarnstodPanel(children), notYet ? ComparisonGroup.NotYet : ComparisonGroup.Never);
        var cells = effects.Records().ToDictionary(one => $"{one.Parameters["cohort"]},{one.Parameters["time"]}", one => one.Value!.Value);
        foreach (var cell in reference.GetProperty("att_gt").EnumerateObject()) Assert.Equal(cell.Value.GetDouble(), cells[cell.Name],
            1e-9);
        Assert.Equal(reference.GetProperty("att_gt").EnumerateObject().Count(), cells.Count);
        Assert.Equal(reference.GetProperty("simple").GetDouble(), Aggregates.Simple(effects).Value!.Value, 1e-9);
        Assert.Equal(reference.GetProperty("group_overall").GetDouble(), Aggregates.Group(effects)[0].Value!.Value, 1e-9);
        Assert.Equal(reference.GetProperty("dynamic_overall").GetDouble(), Aggregates.Dynamic(effects).Value!.Value, 1e-9);
        foreach (var one in Aggregates.Event(effects)) Assert.Equal(reference.GetProperty("dynamic").GetProperty(one.Parameters["event"])
            .GetDouble(), one.Value!.Value, 1e-9);
    }

    [SharedFact]
    public void Two_way_fixed_effects_its_bootstrap_and_its_decomposition_agree()
    {
        var panel = EffectReference.BarnstodPanel();
        var fit = new TwoWay(panel);
        var record = fit.Record(0.95);
        Assert.Equal(-1.0890035587188622, record.Value!.Value, 1e-9);
        Assert.Equal(0.4356861183652351, record.StandardError!.Value, 1e-9);
        var wild = PanelDraws.WildTwoWay(fit, record, null, 1)!;
        Assert.Equal(0.0224609375, wild.Value!.Value);
        Assert.Equal("46/2048", wild.Parameters["fraction"]);
        var pairs = BaconDecomposition.Of(panel);
        Assert.Equal(1, pairs.Sum(pair => pair.Weight), 1e-12);
        Assert.Equal(record.Value!.Value, pairs.Sum(pair => pair.Weight * pair.Value), 1e-10);
    }

    [SharedFact]
    public void Imputation_agrees_over_all_and_by_event()
    {
        var records = new Imputation(EffectReference.BarnstodPanel()).Records();
        Assert.Equal(-1.2722050264550229, records[0].Value!.Value, 1e-9);
        foreach (var one in records.Skip(1))
        {
            Assert.Equal(EffectReference.Barnstod.GetProperty("imputation_bjs").GetProperty("by_event")
                .GetProperty(one.Parameters["event"]).GetDouble(), one.Value!.Value, 1e-9);
        }
    }

    [SharedFact]
    public void All_assignments_of_starts_are_enumerated()
    {
        var panel = EffectReference.BarnstodPanel();
        var effects = GroupTime.Of(panel, ComparisonGroup.Never);
        Estimate[] targets =
            [Aggregates.Group(effects)[0], Aggregates.Simple(effects), Aggregates.Dynamic(effects), new TwoWay(panel).Record(0.95)];
        var records = new StartDraws(panel, ComparisonGroup.Never, targets).Records(null, 1);
        Assert.Equal("7815/83160", records[0].Parameters["fraction"]);
    }
}
