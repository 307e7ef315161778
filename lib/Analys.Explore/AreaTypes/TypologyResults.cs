using System.Collections.Immutable;
using System.Globalization;

namespace Analys.Explore.AreaTypes;

/// <summary>Types of areas as records of the library.</summary>
internal static class TypologyResults
{
    /// <summary>The number of an area's type.</summary>
    public static Definition AreaType { get; } = new(
        "area-type", "Type of area", "Områdestyp",
        "k-means: the type whose centre is nearest, variables standardised (z) and weighted; or SCB's rule: 1 at μ + 2σ of the index and "
        + "above, 2 from μ + σ, "
            + "3 from μ, 4 from μ − σ, 5 below",
        Units.Index, new ValueRange(1, double.PositiveInfinity), "MacQueen 1967; Lloyd 1982; Statistics Sweden and Delmos, områdestyper")
    {
        SwedishFormula =
        "k-medelvärden: typen med närmaste mittpunkt; eller SCB:s regel: 1 från μ + 2σ, 2 från μ + σ, 3 från μ, 4 från μ − σ, 5 därunder"
    };

    /// <summary>The mean silhouette of all areas.</summary>
    public static Definition Silhouette { get; } = new(
        "silhouette", "Mean silhouette", "Genomsnittlig silhuett",
        "mean of (b − a)/max(a, b), a the mean distance to the others of the type, b to the nearest other type; 0 for one alone",
        Units.Index, new ValueRange(-1, 1),
        "Rousseeuw 1987");

    /// <summary>Davies and Bouldin's index.</summary>
    public static Definition DaviesBouldin { get; } = new(
        "davies-bouldin", "Davies–Bouldin index", "Davies–Bouldins index",
        "mean over types of the largest (Sᵢ + Sⱼ)/Mᵢⱼ, S the mean distance to the centre, M that between centres", Units.Index,
        ValueRange.NonNegative, "Davies & Bouldin 1979");

    /// <summary>The records of a typology.</summary>
    public static Results Of(Typology typology, Extract extract, long seed)
    {
        var parameters = ImmutableSortedDictionary<string, string>.Empty
            .Add("k", typology.Types.Count.ToString(CultureInfo.InvariantCulture))
            .Add("seed", seed.ToString(CultureInfo.InvariantCulture))
            .Add("variables", string.Join(", ", typology.Variables.Select(variable => variable.Name)));
        double count = typology.TypeOf.Count(type => type is not null);
        return Make(
            [
                .. typology.Areas.Select((area, i) => One(area, typology.TypeOf[i], parameters, "a variable has no value")),
                new Result { Measure = Silhouette, Value = Quantity.Known(typology.Silhouette), Parameters = parameters, N = count },
                new Result { Measure = DaviesBouldin, Value = Quantity.Known(typology.DaviesBouldin), Parameters = parameters, N = count },
            ],
            extract, "areas were put into types by k-means");
    }

    /// <summary>The records of SCB's rule.</summary>
    public static Results OfRule(IReadOnlyList<string> areas, IReadOnlyList<int?> types, string index, Extract extract)
    {
        var parameters = ImmutableSortedDictionary<string, string>.Empty.Add("rule", "scb").Add("index", index);
        return Make([.. areas.Select((area, i) => One(area, types[i], parameters, "the index has no value"))], extract,
            "areas were put into types by SCB's rule");
    }

    private static Result One(string area, int? type, ImmutableSortedDictionary<string, string> parameters, string why) => new()
    {
        Measure = AreaType,
        Area = area,
        Value = type is { } number ? Quantity.Known(number)
        : Quantity.Undefined(why),
        Parameters = parameters,
    };

    private static Results Make(Result[] rows, Extract extract, string step) =>
        new(rows, extract.Confidentiality, extract.Provenance.With(step));
}
