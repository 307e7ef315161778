using System.CommandLine;
using Analys.Domain;
using Analys.Measure.Poverty.Swedish;

namespace Analys.Cli.Commands;

/// <summary><c>analys swedish FILE</c>: measures of child poverty by Swedish definitions, on a register extract or a survey.</summary>
internal static class SwedishCommand
{
    private static readonly string[] Ids =
    [
        LowIncomeStandard.Definition.Id, ChildPovertyIndex.Definition.Id, SocioeconomicIndex.Definition.Id, Deprivation.Material.Id, Deprivation.Child.Id,
        AtRiskOfPovertyOrExclusion.Definition.Id,
    ];

    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.File();
        var schema = CommonOptions.Schema();
        var norm = new NormOptions();
        var measures = CommonOptions.List("--measures", $"Measure ids, comma-separated: {string.Join(", ", Ids)}; the first two without it");
        var line = new Option<double?>("--line") { Description = "The line of low economic standard or poverty, kronor per consumption unit (60 % of the national median)" };
        var lunch = new Option<bool>("--lunch-deduction") { Description = "Apply the norm's deduction for free lunch; not applied in Stockholm" };
        var policy = CommonOptions.PolicyName();
        var confidential = CommonOptions.Confidential();
        var format = CommonOptions.Format();
        var command = new Command("swedish", "Low income standard, Save the Children's index, SCB's socioeconomic index, deprivation") { file, schema, measures, line, lunch, policy, confidential, format };
        foreach (var option in norm.All) command.Add(option);
        command.SetAction(call =>
        {
            string[] ids = call.GetValue(measures) is { Length: > 0 } asked ? asked : [.. Ids.Take(2)];
            if (ids.FirstOrDefault(id => !Ids.Contains(id)) is { } unknown) throw new CallException($"There is no measure {unknown}. Measures are {string.Join(", ", Ids)}.");
            var needsNorm = ids.Intersect(Ids.Take(2)).Any();
            var standard = needsNorm ? norm.Standard(call, new Riksnorm(norm.Table(call), call.GetValue(lunch) ? LunchRule.Deduction : LunchRule.NoDeduction)) : null;
            var ages = norm.Ages(call);
            var households = norm.Households(call, CommonOptions.LoadExtract(call.GetRequiredValue(file), call.GetValue(schema)));
            var results = ids.Select(id => Measure(id, households, standard, ages, call.GetValue(line))).Aggregate((all, more) => all.Concat(more));
            terminal.Results(results.ReleaseAs(call.GetValue(policy), call.GetValue(confidential)), call.GetValue(format));
        });
        return command;
    }

    private static Results Measure(string id, RegisterHouseholds households, IncomeStandard? standard, AgeSpan ages, double? line) => id switch
    {
        "low-income-standard" => LowIncomeStandard.Of(households, standard!, ages),
        "child-poverty-index" => ChildPovertyIndex.Of(households, standard!, ages),
        "socioeconomic-index" => SocioeconomicIndex.Of(households, Needed(line)),
        "material-social-deprivation" => Deprivation.OfMaterial(households, ages),
        "child-deprivation" => Deprivation.OfChild(households),
        _ => AtRiskOfPovertyOrExclusion.Of(households, SocioeconomicIndex.LowEconomicStandard(households, Needed(line)), ages),
    };

    private static double Needed(double? line) => line ?? throw new CallException("Give --line: 60 % of the national median, kronor per consumption unit.");
}
