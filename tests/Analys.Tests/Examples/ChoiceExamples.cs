namespace Analys.Tests.Examples;

/// <summary>The choices of a study, where the words of a call are not enough: each has the command's option of the same name.</summary>
public sealed class ChoiceExamples : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys").FullName;
    private readonly Extract register;

    public ChoiceExamples() => register = SyntheticData.Register(folder, persons: 3000, seed: 1);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_study_of_persons_takes_its_columns_and_rules()
    {
        var rates = register.Poverty(measures: ["at-risk-of-poverty-rate"],
            choices: new StudyChoices { Lines = ["median:50", "median:60"], Poor = "at-or-below", By = [] });
        Assert.Equal(["median:50", "median:60"], rates.Select(row => row.Parameters["line"]).Distinct());
    }

    [Fact]
    public void Ages_are_a_span_or_its_words()
    {
        AgeSpan span = Ages.Children;
        AgeChoice children = span.ToString();
        Assert.Equal(Count(children), Count(Ages.Children));

        double Count(AgeChoice ages) => register.Poverty(ages: ages, measures: ["at-risk-of-poverty-rate"]).Sum(row => row.N ?? 0);
    }

    [Fact]
    public void The_norm_takes_what_is_added_to_it_and_a_change_of_policy_what_is_changed()
    {
        var norm = new NormChoices { Electricity = 400, HomeInsurance = 100 };
        var without = register.LowIncomeStandard(normYear: 2017);
        var with = register.LowIncomeStandard(normYear: 2017, norm: norm);
        Assert.All(without.Zip(with), pair => Assert.True(pair.Second.Value >= pair.First.Value));
        var change = register.WhatIf(normYear: 2017, norm: norm, change: new PolicyChoices { ChildNorm = "+10%", NormActs = "line" });
        Assert.Contains(change, row => row.Parameters.GetValueOrDefault("scenario") == "baseline");
    }

    [Fact]
    public void A_study_of_segregation_takes_what_its_measures_take()
    {
        var table = Extract.Load(Repository.At("notebooks", "data", "stockholm", "befolkning-utlandsk-bakgrund-2011.csv"));
        var index = table.Segregation(unit: "stadsdelsomrade", groups: ["fb_total"], total: "pop2011", measures: ["dissimilarity"],
            choices: new SegregationChoices { Pairs = true, Options = new Dictionary<string, string> { ["base"] = "2" } });
        ValueRange range = Measures.Find("dissimilarity")[0].Definition.Range;
        Assert.All(index, row => Assert.InRange(row.Value.Number, range.Min, range.Max));
    }

    [Fact]
    public void A_released_value_says_what_it_is()
    {
        var rules = Policy.Load("rounded5");
        Assert.Equal(CountRounding.Base5, rules.Rounding);
        var released = register.Poverty(measures: ["at-risk-of-poverty-rate"]).Release(Policy.Stockholm);
        ReleaseAudit? proof = released.Audit;
        Assert.True(proof is null || proof.LeastWidth >= 1);
        Assert.All(released, row => Assert.True(row.Value.Status is ValueStatus.Known or ValueStatus.Rounded or ValueStatus.Suppressed
            or ValueStatus.Undefined));
        Assert.All(released.Where(row => row.Value.Status == ValueStatus.Suppressed), row => Assert.False(row.Value.HasNumber));
    }
}
