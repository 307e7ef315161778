using System.Collections.Immutable;
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
/// <param name="Move">How far one person moves the estimate; null where it is not known.</param>
internal sealed record DirectEstimate(string Area, double Value, double Variance, double Weight, double? N, Basis? Basis, double? Move);

/// <summary>Small-area estimates as records: EBLUPs with their errors, coefficients, the variance between areas, shrinkage.</summary>
internal static class SmallAreaStudy
{
    private const string Paper =
        "Fay & Herriot 1979, JASA 74(366); Prasad & Rao 1990, JASA 85(409); Datta & Lahiri 2000, Statistica Sinica 10";

    /// <summary>The estimate of an area.</summary>
    public static Definition Eblup { get; } = new(
        "eblup", "Small-area estimate", "Småområdesskattning", "xβ + σ²/(σ² + ψ) · (y − xβ), ± z·√MSE", Units.Index, ValueRange.Any, Paper)
    {
        Tells = Tells.Summary,
        Options = AreaOptions.SmallArea,
    };

    /// <summary>The variance between areas.</summary>
    public static Definition RandomVariance { get; } = new(
        "refvar", "Variance between areas", "Varians mellan områden", "σ², what the covariates do not explain", Units.Index,
        ValueRange.NonNegative, Paper)
    {
        Tells = Tells.Summary,
        SwedishFormula = "σ², det som bakgrundsvariablerna inte förklarar",
        Options = AreaOptions.SmallArea,
    };

    /// <summary>A coefficient.</summary>
    public static Definition Beta { get; } = new(
        "beta", "Coefficient", "Koefficient", "(X'V⁻¹X)⁻¹X'V⁻¹y, by term", Units.Index, ValueRange.Any, Paper)
    {
        Tells = Tells.Summary,
        Options = AreaOptions.SmallArea,
    };

    /// <summary>How much the direct estimate counts.</summary>
    public static Definition Shrinkage { get; } = new(
        "shrinkage", "Weight of the direct estimate", "Den direkta skattningens vikt", "σ²/(σ² + ψ)", Units.Share, ValueRange.Unit, Paper)
    {
        Tells = Tells.Summary,
        Options = AreaOptions.SmallArea,
    };

    /// <summary>How alike neighbours are.</summary>
    public static Definition Autocorrelation { get; } = new(
        "spatial-autocorrelation", "Correlation with the neighbours", "Samband med grannområden", "ρ of v = ρWv + u", Units.Index,
        new ValueRange(-1, 1), "Petrucci & Salvati 2006, JABES 11(2)")
    {
        Tells = Tells.Summary,
        Options = [AreaOptions.VarianceMethod, AreaOptions.Neighbours],
    };

    /// <summary>The standardised residual of a direct estimate: beyond 3 the model does not fit the area.</summary>
    public static Definition Residual { get; } = new(
        "standardised-residual", "Standardised residual", "Standardiserad residual", "(y − xβ)/s.e.", Units.Index, ValueRange.Any, Paper)
    {
        Tells = Tells.Summary,
        Options = AreaOptions.SmallArea,
    };

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
        return Records(fit, terms, direct, period, Influence(fit, y, psi, columns, names, terms, direct));
    }

    private static IEnumerable<Result> Records(
        AreaFit fit, SmallAreaTerms terms, DirectEstimate[] direct, string? period, AreaMoves? moves)
    {
        var parameters = AreaRecords.None.Add("method", MethodName(terms));
        if (terms.Covariates.Count > 0) parameters = parameters.Add("covariates", string.Join(",", terms.Covariates));
        var benchmarked = terms.Benchmark ? parameters.Add("benchmark", terms.Ratio ? "city-ratio" : "city-difference") : parameters;
        // What is estimated for all areas together stands on everybody.
        var n = direct.Sum(area => area.N ?? 0);
        var whole = direct.All(area => area.Basis is not null) ? new Basis(null, direct.Sum(area => area.Basis!.Denominator)) : null;
        yield return Whole(RandomVariance, new(Quantity.Known(fit.RandomVariance)), parameters, moves?.Variance);
        for (var j = 0; j < fit.Terms.Count; j++)
        {
            yield return Whole(Beta, AreaRecords.Normal(fit.Coefficients[j], fit.CoefficientErrors[j], terms.Level),
                parameters.Add("term", fit.Terms[j]), moves?.Coefficients[j]);
        }

        if (terms.Geography is not null)
        {
            yield return Whole(Autocorrelation, fit.Autocorrelation is { } rho
                ? fit.AutocorrelationError is { } error ? AreaRecords.Normal(rho, error, terms.Level) : new(Quantity.Known(rho))
                : new(Quantity.Undefined("there is no variance between areas")), parameters, null);
        }

        for (var i = 0; i < direct.Length; i++)
        {
            var own = double.IsNaN(fit.Residuals[i]) && fit.Shrinkage[i] == 0 ? benchmarked.Add("direct", "none") : benchmarked;
            yield return Area(i, Eblup, AreaRecords.Normal(fit.Estimates[i], Math.Sqrt(fit.MeanSquaredErrors[i]), terms.Level), own,
                moves?.Estimates[i]);
            yield return Area(i, Shrinkage, new(Quantity.Known(Math.Clamp(fit.Shrinkage[i], 0, 1))), parameters, moves?.Shrinkage[i]);
            if (!double.IsNaN(fit.Residuals[i])) yield return Area(i, Residual, new(Quantity.Known(fit.Residuals[i])), parameters,
                moves is null ? null : moves.Direct[i] / Math.Sqrt(direct[i].Variance));
        }

        Result Whole(Definition measure, Estimated value, ImmutableSortedDictionary<string, string> with, double? influence) =>
            AreaRecords.Of(measure, value, with, null, period) with { N = n > 0 ? n : null, Basis = AreaRecords.Summary(whole, influence) };

        Result Area(int i, Definition measure, Estimated value, ImmutableSortedDictionary<string, string> with, double? influence) =>
            AreaRecords.Of(measure, value, with, direct[i].Area, period)
                with
            { N = direct[i].N, Basis = AreaRecords.Summary(direct[i].Basis, influence) };
    }

    private sealed record AreaMoves(double Variance, double[] Coefficients, double[] Estimates, double[] Shrinkage, double[] Direct);

    // How far one person of one area moves each figure: by fitting anew for a few areas, by derivatives at a fixed σ² for many. A variance
    // between areas moves by its score's share of the area.
    private static AreaMoves? Influence(
        AreaFit fit, double[] y, double[] psi, double[][] columns, string[] names, SmallAreaTerms terms, DirectEstimate[] direct)
    {
        const int Few = 100;
        if (direct.Any(area => area.Basis is null)) return null;
        var used = FayHerriot.Used(y, psi);
        if (direct.Where((area, i) => used[i] && area.Move is null).Any()) return null;
        double[] move = [.. direct.Select((area, i) => used[i] ? area.Move!.Value : 0)];
        double[] v = [.. psi.Select((variance, i) => used[i] ? 1 / (fit.RandomVariance + variance) : 0)];
        var design = new Design(columns, names, y.Length, used);
        var inverse = design.Normal(v).Inverse();
        double squares = v.Sum(weight => weight * weight), variance = 0;
        double[] coefficients = new double[fit.Coefficients.Length], estimates = new double[y.Length];
        for (var j = 0; j < y.Length; j++)
        {
            if (move[j] == 0) continue;
            var row = inverse * design.Row(j) * (v[j] * move[j]);
            var beta = design.Coefficients(row);
            for (var k = 0; k < coefficients.Length; k++) coefficients[k] = Math.Max(coefficients[k], Math.Abs(beta[k]));
            var residual = double.IsNaN(fit.Residuals[j]) ? 0 : Math.Abs(fit.Residuals[j]) * Math.Sqrt(1 / v[j]);
            variance = Math.Max(variance, 2 * v[j] * v[j] * (residual + move[j]) * move[j] / squares);
            for (var i = 0; i < y.Length; i++)
            {
                var outside = Math.Abs((1 - fit.Shrinkage[i]) * design.Fit(row, i)) + (i == j ? fit.Shrinkage[i] * move[j] : 0);
                estimates[i] = Math.Max(estimates[i], outside);
            }

            if (y.Length > Few) continue;
            double[] changed = [.. y];
            changed[j] += move[j];
            var again = FayHerriot.Fit(changed, psi, columns, names, terms.Method);
            variance = Math.Max(variance, Math.Abs(again.RandomVariance - fit.RandomVariance));
            // Neighbours' and benchmarked estimates move with the city: they are compared with a fit without either.
            if (terms.Geography is not null || terms.Benchmark) continue;
            for (var i = 0; i < y.Length; i++) estimates[i] = Math.Max(estimates[i], Math.Abs(again.Estimates[i] - fit.Estimates[i]));
        }

        if (terms.Geography is not null) estimates = [.. estimates.Select(one => Math.Max(one, move.Max()))];
        double[] shrinkage = [.. fit.Shrinkage.Select((gamma, i) =>
            (psi[i] * v[i] * v[i] * variance) + (gamma * (1 - gamma) * Math.Min(1, move[i] / Math.Max(Math.Abs(y[i]), move[i]))))];
        return new AreaMoves(variance, coefficients, estimates, [.. shrinkage.Select(one => double.IsNaN(one) ? 0 : one)], move);
    }

    private static DirectEstimate[] Direct(AreaInputs table, SmallAreaTerms terms)
    {
        var areas = table.Areas(terms.Area);
        double[] y = table.Numbers(terms.Estimate), psi = table.Numbers(terms.Variance);
        var counts = terms.Count is { } column ? table.Counts(column) : null;
        // A share is moved by a person by 1/n; how far one moves another kind of estimate cannot be seen in a table.
        var shares = counts is not null && y.Zip(counts).All(one => double.IsNaN(one.First) || AreaRecords.IsShare(one.First, one.Second));
        Basis Of(double value, double count) => new(shares && double.IsFinite(value) ? Math.Round(value * count) : null, count);
        return
        [
            .. areas.Select((area, i) => new DirectEstimate(
                area, y[i], psi[i], counts?[i] ?? 1, counts?[i], counts is null ? null : Of(y[i], counts[i]), shares && counts?[i] > 0
                    ? 1 / counts[i] : null)),
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
