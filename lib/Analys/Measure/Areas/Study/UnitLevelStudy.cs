using Analys.Domain;

namespace Analys.Measure.Areas.Study;

/// <summary>The unit-level model of an extract as records.</summary>
internal static class UnitLevelStudy
{
    private const string Paper = "Battese, Harter & Fuller 1988, JASA 83(401); Prasad & Rao 1990, JASA 85(409)";

    /// <summary>The variance within areas.</summary>
    public static Definition Residual { get; } = new(
        "residual-variance", "Variance within areas", "Varians inom områden", "σ_e² of y = xβ + v + e", Units.Index, ValueRange.NonNegative,
            Paper)
    {
        Tells = Tells.Summary,
    };

    /// <summary>The studies of all periods of an extract.</summary>
    /// <param name="extract">A row per unit.</param>
    /// <param name="area">The column of areas.</param>
    /// <param name="outcome">The column of the outcome.</param>
    /// <param name="covariates">The columns of covariates.</param>
    /// <param name="population">By area, the covariates' means in its population, columns as in the extract; null for the extract's
    /// own.</param>
    /// <param name="level">The coverage of intervals.</param>
    public static Results Of(Extract extract, string area, string outcome, IReadOnlyList<string> covariates, Extract? population,
        double level)
    {
        var results = AreaInputs.Periods(extract, [area, outcome, .. covariates])
            .SelectMany(period => Of(period, area, outcome, covariates, population, level)).ToList();
        return new Results(results, extract.Confidentiality, extract.Provenance.With("unit-level small-area model (reml)"));
    }

    private static IEnumerable<Result> Of(
        AreaInputs table, string area, string outcome, IReadOnlyList<string> covariates, Extract? population, double level)
    {
        string?[] labels = table.Texts(area);
        double[] all = table.Numbers(outcome);
        var given = table.Covariates(covariates);
        string[] terms = [.. given.Select(covariate => covariate.Name)];
        double[][] columns = [.. given.Select(covariate => covariate.Values)];
        // A unit with a missing value takes no part.
        int[] rows = [.. Enumerable.Range(0, table.Count)
            .Where(i => labels[i] is not null && double.IsFinite(all[i]) && columns.All(column => double.IsFinite(column[i])))];
        string[] areas = [.. rows.Select(i => labels[i]!).Distinct(StringComparer.Ordinal).Order(SwedishOrder.Comparer)];
        double[][]? means = null;
        if (population is not null)
        {
            var there = AreaInputs.Periods(population, [area, .. covariates]).Single();
            var names = there.Areas(area);
            double[][] values = [.. terms.Select(there.Numbers)];
            areas = [.. names.Order(SwedishOrder.Comparer)];
            var row = names.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
            means = [.. areas.Select(name => values.Select(column => column[row[name]]).ToArray())];
            if (rows.Any(i => !row.ContainsKey(labels[i]!))) throw new AreaModelException("an area of the units has no population means");
        }

        var number = areas.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        int[] areaOf = [.. rows.Select(i => number[labels[i]!])];
        double[] y = [.. rows.Select(i => all[i])];
        int[] together = table.Households(), households = [.. rows.Select(i => together[i])];
        var fit = UnitLevel.Fit(areaOf, y, [.. columns.Select(column => rows.Select(i => column[i]).ToArray())], terms, areas.Length,
            means);
        var parameters = AreaRecords.None.Add("method", "unit-level-reml");
        if (covariates.Count > 0) parameters = parameters.Add("covariates", string.Join(",", covariates));
        // How far one unit moves the whole's figures is not known: they are for public data and the secure environment.
        var shares = y.All(value => value is 0 or 1);
        Basis whole = new(null, rows.Length) { Tells = Tells.Summary };
        Result Whole(Definition measure, Estimated value) =>
            AreaRecords.Of(measure, value, parameters, null, table.Period) with { N = rows.Length, Basis = whole };
        yield return Whole(SmallAreaStudy.RandomVariance, AreaRecords.Normal(fit.AreaVariance, fit.AreaVarianceError, level)
            with
        { Lower = null, Upper = null });
        yield return Whole(Residual, new(Quantity.Known(fit.ResidualVariance)));
        for (var j = 0; j < fit.Terms.Count; j++)
        {
            var beta = Whole(SmallAreaStudy.Beta, AreaRecords.Normal(fit.Coefficients[j], fit.CoefficientErrors[j], level));
            yield return beta with { Parameters = parameters.Add("term", fit.Terms[j]) };
        }

        var sizes = new int[areas.Length];
        foreach (var i in areaOf) sizes[i]++;
        Basis BasisOf(int i)
        {
            double[] own = [.. y.Where((_, k) => areaOf[k] == i)];
            if (shares) return new Basis(own.Sum(), own.Length)
            {
                Tells = Tells.Summary,
                Influence = fit.Shrinkage[i] / Math.Max(1, own.Length)
            };
            int[] families = [.. households.Where((_, k) => areaOf[k] == i)];
            double[] ones = [.. own.Select(_ => 1.0)], parts = AreaRecords.Parts(families, ones, own);
            // The direct mean moves the estimate by its share; the household's distance from the estimate is the other part of it.
            var moved = own.Length == 0 ? 0 : AreaRecords.MoveOfMean(families, ones, own);
            var furthest = families.Zip(own).GroupBy(one => one.First)
                .Select(family => Math.Abs(family.Sum(one => one.Second - fit.Estimates[i]))).DefaultIfEmpty(0).Max();
            return new Basis(null, own.Length, parts.Length)
            {
                Tells = Tells.Amount,
                Influence = fit.Shrinkage[i] * Math.Max(moved, furthest / Math.Max(1, own.Length)),
                Largest = [.. parts.Take(3)],
                Total = parts.Sum(),
            };
        }

        for (var i = 0; i < areas.Length; i++)
        {
            var basis = BasisOf(i);
            yield return AreaRecords.Of(SmallAreaStudy.Eblup, AreaRecords.Normal(fit.Estimates[i], Math.Sqrt(fit.MeanSquaredErrors[i]),
                level),
                parameters, areas[i], table.Period) with
            { N = sizes[i], Basis = basis };
            yield return AreaRecords.Of(SmallAreaStudy.Shrinkage, new(Quantity.Known(fit.Shrinkage[i])), parameters, areas[i], table.Period)
                with
            { N = sizes[i], Basis = basis with { Tells = Tells.Summary, Influence = 1.0 / Math.Max(1, sizes[i]), Largest = [] } };
        }
    }
}
