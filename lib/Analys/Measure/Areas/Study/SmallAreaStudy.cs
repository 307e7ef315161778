using System.Collections.Immutable;
using Analys.Domain;
using Analys.Load;
using Analys.Measure.Space;

namespace Analys.Measure.Areas.Study;

/// <summary>What a call asks of the area-level model.</summary>
/// <param name="Area">The column of areas.</param>
/// <param name="Estimate">The column of direct estimates.</param>
/// <param name="Variance">The column of their sampling variances.</param>
/// <param name="Covariates">The columns of covariates.</param>
/// <param name="Method">How the variance between areas is found.</param>
internal sealed record SmallAreaTerms(string Area, string Estimate, string Variance, IReadOnlyList<string> Covariates,
    VarianceMethod Method)
{
    /// <summary>The column of persons, for weights of the benchmark and for disclosure control; null for none.</summary>
    public string? Count { get; init; }

    /// <summary>The neighbours; null for the model without them.</summary>
    public UnitGeography? Geography { get; init; }

    /// <summary>Whether estimates are moved to the city's value.</summary>
    public bool Benchmark { get; init; }

    /// <summary>The city's value; null for the weighted mean of the direct estimates.</summary>
    public double? City { get; init; }

    /// <summary>Whether one factor moves them; else one amount.</summary>
    public bool Ratio { get; init; } = true;

    /// <summary>The coverage of intervals.</summary>
    public double Level { get; init; } = 0.95;
}

/// <summary>A direct estimate of an area with its sampling variance, and who stands behind it.</summary>
/// <param name="Area">The area.</param>
/// <param name="Value">The estimate; NaN for none.</param>
/// <param name="Variance">Its sampling variance; NaN for none.</param>
/// <param name="Weight">Its weight in the city's value.</param>
/// <param name="N">The persons; null where they are not known.</param>
/// <param name="Basis">The counts behind it; null where they are not known.</param>
internal sealed record DirectEstimate(string Area, double Value, double Variance, double Weight, double? N, Basis? Basis);

/// <summary>Small-area estimates as records: EBLUPs with their errors, coefficients, the variance between areas, shrinkage.</summary>
internal static class SmallAreaStudy
{
    private const string Paper =
        "Fay & Herriot 1979, JASA 74(366); Prasad & Rao 1990, JASA 85(409); Datta & Lahiri 2000, Statistica Sinica 10";

    /// <summary>The estimate of an area.</summary>
    public static Definition Eblup { get; } = new(
        "eblup", "Small-area estimate", "Småområdesskattning", "xβ + σ²/(σ² + ψ) · (y − xβ), ± z·√MSE", Units.Index, ValueRange.Any, Paper);

    /// <summary>The variance between areas.</summary>
    public static Definition RandomVariance { get; } = new(
        "refvar", "Variance between areas", "Varians mellan områden", "σ², what the covariates do not explain", Units.Index,
        ValueRange.NonNegative, Paper)
    {
        SwedishFormula = "σ², det som bakgrundsvariablerna inte förklarar",
    };

    /// <summary>A coefficient.</summary>
    public static Definition Beta { get; } = new(
        "beta", "Coefficient", "Koefficient", "(X'V⁻¹X)⁻¹X'V⁻¹y, by term", Units.Index, ValueRange.Any, Paper);

    /// <summary>How much the direct estimate counts.</summary>
    public static Definition Shrinkage { get; } = new(
        "shrinkage", "Weight of the direct estimate", "Den direkta skattningens vikt", "σ²/(σ² + ψ)", Units.Share, ValueRange.Unit, Paper);

    /// <summary>How alike neighbours are.</summary>
    public static Definition Autocorrelation { get; } = new(
        "spatial-autocorrelation", "Correlation with the neighbours", "Samband med grannområden", "ρ of v = ρWv + u", Units.Index,
        new ValueRange(-1, 1), "Petrucci & Salvati 2006, JABES 11(2)");

    /// <summary>The standardised residual of a direct estimate: beyond 3 the model does not fit the area.</summary>
    public static Definition Residual { get; } = new(
        "standardised-residual", "Standardised residual", "Standardiserad residual", "(y − xβ)/s.e.", Units.Index, ValueRange.Any, Paper);

    /// <summary>The studies of all periods of a table.</summary>
    public static Results Of(Extract extract, SmallAreaTerms terms)
    {
        var results = AreaInputs.Periods(extract, [terms.Area, terms.Estimate, terms.Variance, terms.Count, .. terms.Covariates])
            .SelectMany(period => Of(period.Covariates(terms.Covariates), period.Period, terms, Direct(period, terms))).ToList();
        return new Results(results, extract.Confidentiality, extract.Provenance.With($"small-area model ({MethodName(terms)})"));
    }

    /// <summary>One period, with direct estimates that may come from elsewhere than a table.</summary>
    /// <param name="covariates">The covariates, in the order of the direct estimates.</param>
    /// <param name="period">The period; null for none.</param>
    /// <param name="terms">What is asked for.</param>
    /// <param name="direct">The direct estimates.</param>
    public static IEnumerable<Result> Of(
        IReadOnlyList<(string Name, double[] Values)> covariates, string? period, SmallAreaTerms terms, DirectEstimate[] direct)
    {
        foreach (var (name, values) in covariates)
        {
            if (values.Any(double.IsNaN)) throw new AreaModelException($"the covariate {name} is missing for an area");
        }

        string[] names = [.. covariates.Select(covariate => covariate.Name)];
        double[][] columns = [.. covariates.Select(covariate => covariate.Values)];
        double[] y = [.. direct.Select(area => area.Value)], psi = [.. direct.Select(area => area.Variance)];
        if (psi.Any(variance => variance < 0)) throw new AreaModelException("a sampling variance is below 0");
        var fit = terms.Geography is { } geography
            ? SpatialFayHerriot.Fit(y, psi, columns, names, Neighbours(geography, [.. direct.Select(area => area.Area)]))
            : FayHerriot.Fit(y, psi, columns, names, terms.Method);
        if (terms.Benchmark) fit = fit.Benchmark(y, [.. direct.Select(area => area.Weight)], terms.Ratio, terms.City);
        return Records(fit, terms, direct, period);
    }

    private static IEnumerable<Result> Records(AreaFit fit, SmallAreaTerms terms, DirectEstimate[] direct, string? period)
    {
        var parameters = AreaRecords.None.Add("method", MethodName(terms));
        if (terms.Covariates.Count > 0) parameters = parameters.Add("covariates", string.Join(",", terms.Covariates));
        var benchmarked = terms.Benchmark ? parameters.Add("benchmark", terms.Ratio ? "city-ratio" : "city-difference") : parameters;
        // What is estimated for all areas together stands on everybody.
        var n = direct.Sum(area => area.N ?? 0);
        var whole = direct.All(area => area.Basis is not null) ? new Basis(null, direct.Sum(area => area.Basis!.Denominator)) : null;
        yield return Whole(RandomVariance, new(Quantity.Known(fit.RandomVariance)), parameters);
        for (var j = 0; j < fit.Terms.Count; j++)
        {
            yield return Whole(Beta, AreaRecords.Normal(fit.Coefficients[j], fit.CoefficientErrors[j], terms.Level),
                parameters.Add("term", fit.Terms[j]));
        }

        if (terms.Geography is not null)
        {
            yield return Whole(Autocorrelation, fit.Autocorrelation is { } rho
                ? fit.AutocorrelationError is { } error ? AreaRecords.Normal(rho, error, terms.Level) : new(Quantity.Known(rho))
                : new(Quantity.Undefined("there is no variance between areas")), parameters);
        }

        for (var i = 0; i < direct.Length; i++)
        {
            var own = double.IsNaN(fit.Residuals[i]) && fit.Shrinkage[i] == 0 ? benchmarked.Add("direct", "none") : benchmarked;
            yield return Area(i, Eblup, AreaRecords.Normal(fit.Estimates[i], Math.Sqrt(fit.MeanSquaredErrors[i]), terms.Level), own);
            yield return Area(i, Shrinkage, new(Quantity.Known(Math.Clamp(fit.Shrinkage[i], 0, 1))), parameters);
            if (!double.IsNaN(fit.Residuals[i])) yield return Area(i, Residual, new(Quantity.Known(fit.Residuals[i])), parameters);
        }

        Result Whole(Definition measure, Estimated value, ImmutableSortedDictionary<string, string> with) =>
            AreaRecords.Of(measure, value, with, null, period) with { N = n > 0 ? n : null, Basis = whole };

        Result Area(int i, Definition measure, Estimated value, ImmutableSortedDictionary<string, string> with) =>
            AreaRecords.Of(measure, value, with, direct[i].Area, period) with { N = direct[i].N, Basis = direct[i].Basis };
    }

    private static DirectEstimate[] Direct(AreaInputs table, SmallAreaTerms terms)
    {
        var areas = table.Areas(terms.Area);
        double[] y = table.Numbers(terms.Estimate), psi = table.Numbers(terms.Variance);
        var counts = terms.Count is { } column ? table.Counts(column) : null;
        return
        [
            .. areas.Select((area, i) => new DirectEstimate(
                area, y[i], psi[i], counts?[i] ?? 1, counts?[i], counts is null ? null : new Basis(null, counts[i]))),
        ];
    }

    // Areas that the geography does not know, or that have no neighbour among those of the table, have none.
    private static IReadOnlyList<IReadOnlyList<int>> Neighbours(UnitGeography geography, string[] areas)
    {
        if (geography.Adjacency is not { } adjacency) throw new AreaModelException("the geography has no neighbours");
        var place = areas.Select((area, i) => (area, i)).ToDictionary(pair => pair.area, pair => pair.i, StringComparer.Ordinal);
        return
        [
            .. areas.Select(area =>
            {
                var unit = geography.IndexOf(area);
                if (unit < 0) throw new AreaModelException("an area of the table is not among those with neighbours");
                var found = new List<int>();
                foreach (var other in adjacency.Of(unit))
                {
                    if (place.TryGetValue(geography.Units[other], out var i)) found.Add(i);
                }

                return (IReadOnlyList<int>)found;
            }),
        ];
    }

    private static string MethodName(SmallAreaTerms terms) =>
        terms.Geography is null ? terms.Method.ToString().ToLowerInvariant() : "spatial-reml";
}
