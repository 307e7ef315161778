using Analys.Measure.Effects;
using Analys.Measure.Effects.Persons;

namespace Analys.Tests.Measure.Effects;

public class PersonsReferenceTests
{
    [SharedFact]
    public void Estimates_of_the_LaLonde_data_agree()
    {
        var data = EffectReference.LalondePersons();
        var reference = EffectReference.Lalonde;
        double Of(string name) => reference.GetProperty(name).GetDouble();
        Assert.Equal(Of("naive_diff"), MeanDifference.Difference(data, 0.95).Value!.Value, 1e-8);
        var regression = MeanDifference.Regression(data, 0.95);
        Assert.Equal(reference.GetProperty("ols").GetProperty("treat").GetDouble(), regression.Value!.Value, 1e-8);
        Assert.Equal(reference.GetProperty("ols").GetProperty("hc2").GetDouble(), regression.StandardError!.Value, 1e-6);
        var weighting = new Weighting(data);
        var first = reference.GetProperty("ps").GetProperty("first5").EnumerateArray().Select(one => one.GetDouble()).ToArray();
        for (var i = 0; i < 5; i++) Assert.Equal(first[i], weighting.Propensity![i], 1e-9);
        Assert.Equal(Of("ipw_att"), weighting.InverseProbability().Value!.Value, 1e-6);
        Assert.Equal(Of("dr_hajek_att"), weighting.DoublyRobust().Value!.Value, 1e-6);
        Assert.Equal(Of("aipw_att"), weighting.DoublyRobust(normalised: false).Value!.Value, 1e-6);
        Assert.Equal(reference.GetProperty("entropy").GetProperty("att").GetDouble(), weighting.EntropyBalance().Value!.Value, 1e-6);
        var sizes = weighting.EffectiveSampleSize().ToDictionary(one => one.Parameters["weights"], one => one.Value!.Value);
        Assert.Equal(Of("ess_control"), sizes["inverse-probability"], 1e-6);
        Assert.Equal(reference.GetProperty("entropy").GetProperty("ess").GetDouble(), sizes["entropy-balance"], 1e-6);
        foreach (var one in Balance.Records(data, weighting))
        {
            var covariate = one.Parameters["covariate"].Replace("race=", "", StringComparison.Ordinal);
            if (one.Parameters["stage"] == "before") Assert.Equal(reference.GetProperty("smd_unadj").GetProperty(covariate).GetDouble(),
                one.Value!.Value, 1e-9);
            else if (one.Parameters["weights"] == "inverse-probability") Assert.Equal(reference.GetProperty("smd_ipw")
                .GetProperty(covariate).GetDouble(), one.Value!.Value, 1e-8);
            else Assert.Equal(0, one.Value!.Value, 1e-10);
        }
    }

    [SharedFact]
    public void Matches_of_the_LaLonde_data_agree()
    {
        var data = EffectReference.LalondePersons();
        var propensity = new Weighting(data).Propensity!;
        Estimate Nearest(MatchChoice choice) => NearestMatch.Of(propensity, data.Treated, choice).Record(data, propensity, choice, 0.95);
        Assert.Equal(894.36748027, Nearest(new()).Value!.Value, 1e-6);
        Assert.Equal(1967.939684324, Nearest(new(Replacement: true)).Value!.Value, 1e-6);
        var caliper = Nearest(new(Caliper: 0.2));
        Assert.Equal(1571.744454425, caliper.Value!.Value, 1e-6);
        Assert.Equal(113, caliper.Treated);
        var names = data.Covariates.Names.Select((name, k) => (name, k))
            .Where(one => one.name.StartsWith("race", StringComparison.Ordinal) || one.name is "married" or "nodegree").ToArray();
        var exact = Strata.Exact(data
            with
        { Covariates = new([.. names.Select(one => one.name)], [.. names.Select(one => data.Covariates.Columns[one.k])]) });
        Assert.Equal(1309.89721000308, exact.Value!.Value, 1e-8);
        var coarse = Strata.Coarsened(data, new Dictionary<string, double[]>
        {
            ["age"] = [20, 25, 30, 40],
            ["educ"] = [8, 11, 12],
            ["re74"] = [0.5, 5000, 10000],
            ["re75"] = [0.5, 5000, 10000],
        });
        Assert.Equal(-773.348972010869, coarse.Value!.Value, 1e-8);
        Assert.Equal((92, 69), (coarse.Treated, coarse.Comparison));
        Assert.Equal(1359.4875330306, Strata.Subclasses(data, propensity, 6).Value!.Value, 1e-6);
    }
}
