using Analys.Domain;

namespace Analys.Measure.Swedish;

/// <summary>The measures that hold households against Swedish definitions, by their ids.</summary>
internal static class SwedishMeasures
{
    /// <summary>The ids.</summary>
    public static IReadOnlyList<string> Ids { get; } =
    [
        LowIncomeStandard.Definition.Id, ChildPovertyIndex.Definition.Id, SocioeconomicIndex.Definition.Id, Deprivation.Material.Id,
        Deprivation.Child.Id,
        AtRiskOfPovertyOrExclusion.Definition.Id,
    ];

    /// <summary>Computes measures of an extract.</summary>
    /// <param name="ids">Which, of <see cref="Ids"/>; none for the first two.</param>
    /// <param name="extract">The extract.</param>
    /// <param name="norm">The choices of the norm.</param>
    /// <param name="line">The line of low economic standard, kronor per consumption unit; null where none was given.</param>
    /// <exception cref="CallException">An id is not known, or a choice that a measure needs is missing.</exception>
    /// <param name="educationAges">The ages of the socioeconomic index's share with pre-secondary education; null for 20–64.</param>
    public static Results Run(IReadOnlyList<string> ids, Extract extract, NormChoices norm, double? line, AgeSpan? educationAges = null)
    {
        if (ids.Count == 0) ids = [.. Ids.Take(2)];
        RequireKnown(ids);
        var standard = ids.Intersect(Ids.Take(2)).Any() ? norm.Standard() : null;
        var households = norm.Households(extract);
        return ids.Select(id => Of(id, households, standard, norm.Ages, line, educationAges)).Aggregate((all, more) => all.Concat(more));
    }

    /// <summary>Refuses ids that are none.</summary>
    /// <exception cref="CallException">An id is not known.</exception>
    public static void RequireKnown(IReadOnlyList<string> ids)
    {
        if (ids.FirstOrDefault(id => !Ids.Contains(id)) is { } unknown)
            throw Measures.Unknown(unknown, Ids);
    }

    private static Results Of(string id, RegisterHouseholds households, IncomeStandard? standard, AgeSpan ages, double? line,
        AgeSpan? educationAges) => id switch
        {
            "low-income-standard" => LowIncomeStandard.Of(households, standard!, ages),
            "child-poverty-index" => ChildPovertyIndex.Of(households, standard!, ages),
            "socioeconomic-index" => SocioeconomicIndex.Of(households, Needed(line), educationAges),
            "material-social-deprivation" => Deprivation.OfMaterial(households, ages),
            "child-deprivation" => Deprivation.OfChild(households),
            _ => AtRiskOfPovertyOrExclusion.Of(households, SocioeconomicIndex.LowEconomicStandard(households, Needed(line)), ages),
        };

    private static double Needed(double? line) => line
        ?? throw new CallException("Give --line: 60 % of the national median, kronor per consumption unit (in analys poverty as fixed:N).");
}
