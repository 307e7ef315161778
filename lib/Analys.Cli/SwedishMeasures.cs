using System.CommandLine;
using Analys.Domain;
using Analys.Load;
using Analys.Measure.Poverty.Swedish;

namespace Analys.Cli;

/// <summary>The measures that hold households against Swedish definitions, by their ids.</summary>
internal static class SwedishMeasures
{
    /// <summary>The ids.</summary>
    public static IReadOnlyList<string> Ids { get; } =
    [
        LowIncomeStandard.Definition.Id, ChildPovertyIndex.Definition.Id, SocioeconomicIndex.Definition.Id, Deprivation.Material.Id, Deprivation.Child.Id,
        AtRiskOfPovertyOrExclusion.Definition.Id,
    ];

    /// <summary>Computes measures of an extract.</summary>
    /// <param name="ids">Which, of <see cref="Ids"/>; not empty.</param>
    /// <param name="extract">The extract.</param>
    /// <param name="norm">The options of the norm.</param>
    /// <param name="call">The call.</param>
    /// <param name="lunch">Whether the norm's deduction for free lunch is applied.</param>
    /// <param name="ages">Who is counted.</param>
    /// <param name="line">The line of low economic standard, kronor per consumption unit; null where none was given.</param>
    public static Results Run(IReadOnlyList<string> ids, Extract extract, NormOptions norm, ParseResult call, bool lunch, AgeSpan ages, double? line)
    {
        var needsNorm = ids.Intersect(Ids.Take(2)).Any();
        var standard = needsNorm ? norm.Standard(call, new Riksnorm(norm.Table(call), lunch ? LunchRule.Deduction : LunchRule.NoDeduction)) : null;
        var households = norm.Households(call, extract);
        return ids.Select(id => Of(id, households, standard, ages, line)).Aggregate((all, more) => all.Concat(more));
    }

    private static Results Of(string id, RegisterHouseholds households, IncomeStandard? standard, AgeSpan ages, double? line) => id switch
    {
        "low-income-standard" => LowIncomeStandard.Of(households, standard!, ages),
        "child-poverty-index" => ChildPovertyIndex.Of(households, standard!, ages),
        "socioeconomic-index" => SocioeconomicIndex.Of(households, Needed(line)),
        "material-social-deprivation" => Deprivation.OfMaterial(households, ages),
        "child-deprivation" => Deprivation.OfChild(households),
        _ => AtRiskOfPovertyOrExclusion.Of(households, SocioeconomicIndex.LowEconomicStandard(households, Needed(line)), ages),
    };

    private static double Needed(double? line) => line ?? throw new CallException("Give --line: 60 % of the national median, kronor per consumption unit (in analys poverty as fixed:N).");
}
