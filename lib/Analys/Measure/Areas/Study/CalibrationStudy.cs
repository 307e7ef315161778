using System.Collections.Immutable;
using Analys.Domain;
using Analys.Measure.Inference;
using Analys.Measure.Study;

namespace Analys.Measure.Areas.Study;

/// <summary>What a call asks of calibrated weights.</summary>
/// <param name="Outcome">The column of the outcome: 0 or 1, or an amount.</param>
/// <param name="Method">How weights are moved.</param>
internal sealed record CalibrationTerms(string Outcome, CalibrationMethod Method)
{
    /// <summary>The column of the design's weights; null for one each.</summary>
    public string? Weight { get; init; }

    /// <summary>The column of areas that means are wanted for; null for the whole alone.</summary>
    public string? Area { get; init; }

    /// <summary>The column of clusters; null for rows by themselves.</summary>
    public string? Cluster { get; init; }

    /// <summary>The column of strata; null for one.</summary>
    public string? Stratum { get; init; }

    /// <summary>The bootstrap's replicates; 0 for no errors.</summary>
    public int Replicates { get; init; } = 200;

    /// <summary>The seed.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The coverage of intervals.</summary>
    public double Level { get; init; } = 0.95;
}

/// <summary>Means with weights calibrated to known margins, as records, and the weights.</summary>
internal static class CalibrationStudy
{
    private const string Paper = "Deville & Särndal 1992, JASA 87(418); Rao & Wu 1988, JASA 83(401)";

    /// <summary>The columns of a file of margins.</summary>
    public const string Variable = "variable", Category = "category", Total = "total";

    /// <summary>The mean with calibrated weights.</summary>
    public static Definition Mean { get; } = new(
        "calibrated-mean", "Mean with calibrated weights", "Medelvärde med kalibrerade vikter",
        "Σwy/Σw, w = d(1 + x'λ) (greg) or d·exp(x'λ) (raking) with Σwx = the margins; error from replicates calibrated anew", Units.Outcome,
        ValueRange.Any, Paper)
    {
        SwedishFormula = "Σwy/Σw med vikter flyttade så lite som möjligt tills Σwx är de kända marginalerna; felet från omdragningar som "
            + "kalibrerats på nytt",
        Tells = Tells.Amount,
        Options = AreaOptions.Calibrated,
    };

    /// <summary>The mean with the design's weights.</summary>
    public static Definition Design { get; } = new(
        "design-mean", "Mean with the design's weights", "Medelvärde med designens vikter", "Σdy/Σd", Units.Outcome, ValueRange.Any, Paper)
    {
        Tells = Tells.Amount,
        Options = [AreaOptions.CalibrationMethod],
    };

    /// <summary>How far weights were moved.</summary>
    public static Definition Moved { get; } = new(
        "weight-ratio", "Calibrated weight over the design's", "Kalibrerad vikt genom designens", "w/d: the quantile of all rows",
        Units.Ratio, ValueRange.Any, Paper)
    {
        SwedishFormula = "w/d, kvantil över alla rader",
        Tells = Tells.Summary,
        Options = [AreaOptions.CalibrationMethod],
    };

    /// <summary>The study of an extract.</summary>
    /// <param name="extract">A row per person.</param>
    /// <param name="margins">A row per margin: <c>variable</c>, <c>category</c> (empty for the total of a number), <c>total</c>.</param>
    /// <param name="terms">What is asked.</param>
    /// <returns>The records, and by row of the extract its weight.</returns>
    /// <exception cref="AreaModelException">The margins do not fit the data.</exception>
    public static (Results Results, double[] Weights) Of(Extract extract, Extract margins, CalibrationTerms terms)
    {
        var known = Margins(margins);
        string[] variables = [.. known.Select(one => one.Variable).Distinct(StringComparer.Ordinal)];
        var periods = AreaInputs.Periods(extract, [terms.Outcome, terms.Weight, terms.Area, terms.Cluster, terms.Stratum, .. variables]);
        if (periods.Count > 1) throw new AreaModelException("the margins are those of one period: choose it with --period");
        var table = periods[0];
        double[] design = terms.Weight is null ? [.. Enumerable.Repeat(1.0, table.Count)] : table.Counts(terms.Weight);
        double[] y = table.Numbers(terms.Outcome);
        double[][] columns = [.. variables.SelectMany(variable => Columns(extract, table, variable, known))];
        double[] totals = [.. variables.SelectMany(variable => known.Where(one => one.Variable == variable).Select(one => one.Total))];
        var weights = Calibration.Weights(design, columns, totals, terms.Method);
        string?[] labels = terms.Area is null ? new string?[table.Count] : table.Texts(terms.Area);
        string?[] areas = [null, .. labels.OfType<string>().Distinct(StringComparer.Ordinal).Order(SwedishOrder.Comparer)];
        int[][] rows = [.. areas.Select(area =>
            Enumerable.Range(0, table.Count).Where(i => double.IsFinite(y[i]) && (area is null || labels[i] == area)).ToArray())];
        double[] Means(double[] with) => [.. rows.Select(own => own.Sum(i => with[i] * y[i]) / own.Sum(i => with[i]))];
        double[][] replicates = terms.Replicates < 1 ? [] : Replicates(extract.RowCount, table, terms, design, columns, totals, Means);
        var share = rows[0].All(i => y[i] is 0 or 1);
        int[] owners = table.Households();
        var parameters = AreaRecords.None.Add("method", terms.Method.ToString().ToLowerInvariant())
            .Add("margins", string.Join(',', variables));
        List<Result> results = [];
        double[] calibrated = Means(weights), plain = Means(design);
        for (var a = 0; a < areas.Length; a++)
        {
            if (rows[a].Length == 0) continue;
            double[] drawn = [.. replicates.Select(one => one[a]).Where(double.IsFinite)];
            var centre = drawn.Length > 0 ? drawn.Average() : double.NaN;
            var error = drawn.Length > 1
                ? Math.Sqrt(drawn.Sum(one => Math.Pow(one - centre, 2)) / (drawn.Length - 1)) : (double?)null;
            var value = !double.IsFinite(calibrated[a]) ? new Estimated(Quantity.Undefined("the weights add up to nothing"))
                : error is { } known1 ? AreaRecords.Normal(calibrated[a], known1, terms.Level) : new(Quantity.Known(calibrated[a]));
            var with = replicates.Length == 0 ? parameters : parameters.Add("replicates", AreaRecords.Text(drawn.Length))
                .Add("seed", AreaRecords.Text(terms.Seed));
            results.Add(Record(Mean, value, with, a, weights, calibrated[a]));
            results.Add(Record(Design, new(Quantity.Known(plain[a])), AreaRecords.None, a, design, plain[a]));
        }

        double[] ratios = [.. weights.Zip(design, (w, d) => d > 0 ? w / d : double.NaN).Where(double.IsFinite).Order()];
        foreach (var (name, at) in new[] { ("smallest", 0.0), ("median", 0.5), ("largest", 1.0) })
        {
            results.Add(AreaRecords.Of(Moved, new(Quantity.Known(ratios[(int)Math.Round(at * (ratios.Length - 1))])),
                parameters.Add("quantile", name))
                with
            { N = ratios.Length, Basis = new Basis(null, ratios.Length) { Tells = Tells.Summary } });
        }

        return (new Results(results, extract.Confidentiality, extract.Provenance.Merge(margins.Provenance)
            .With($"weights calibrated to margins ({terms.Method.ToString().ToLowerInvariant()})")), weights);

        Result Record(Definition measure, Estimated value, ImmutableSortedDictionary<string, string> with, int a, double[] used,
            double mean)
        {
            int[] own = [.. rows[a].Select(i => owners[i])];
            double[] w = [.. rows[a].Select(i => used[i])], of = [.. rows[a].Select(i => y[i])];
            // What others' weights do meanwhile, to meet the margins, stays below what the household itself moves: twice is taken.
            var influence = (ReferenceEquals(used, weights) ? 2 : 1) * AreaRecords.MoveOfMean(own, w, of);
            double[] parts = AreaRecords.Parts(own, w, of);
            var (counted, households) = (of.Count(one => one == 1), own.Distinct().Count());
            var basis = new Basis(share ? counted : null, of.Length, households)
            {
                Tells = share ? Tells.Counts : Tells.Amount,
                IsWeighted = share && Math.Abs(mean - ((double)counted / of.Length)) > 1e-12,
                Exchange = StudyRecords.Exchange(w, w.Sum()),
                Influence = influence,
                Largest = share ? [] : [.. parts.Take(3)],
                Total = share ? 0 : parts.Sum(),
            };
            return AreaRecords.Of(measure, value, with, areas[a], table.Period)
                with
            { N = rows[a].Length, UnitOverride = share ? Units.Share : null, Basis = basis };
        }
    }

    private static (string Variable, string? Category, double Total)[] Margins(Extract margins)
    {
        foreach (var column in new[] { Variable, Category, Total })
        {
            if (!margins.Columns.Any(one => one.Name == column))
                throw new AreaModelException(
                    $"the margins have no column {column}: they have variable, category (empty for a number) and total");
        }

        var table = AreaInputs.Periods(margins, [Variable, Category, Total])[0];
        string?[] variables = table.Texts(Variable), categories = table.Texts(Category);
        double[] totals = table.Counts(Total);
        if (variables.Any(name => name is null)) throw new AreaModelException("a margin has no variable");
        if (variables.Zip(categories).Distinct().Count() < variables.Length) throw new AreaModelException("a margin comes twice");
        return [.. variables.Select((name, i) => (name!, categories[i], totals[i]))];
    }

    private static IEnumerable<double[]> Columns(Extract extract, AreaInputs table, string variable,
        (string Variable, string? Category, double Total)[] known)
    {
        string?[] categories = [.. known.Where(one => one.Variable == variable).Select(one => one.Category)];
        if (categories is [null])
        {
            if (extract[variable] is not Load.NumberColumn)
                throw new AreaModelException($"the margin of {variable} has no category, and {variable} is no number");
            yield return Complete(table.Numbers(variable));
            yield break;
        }

        var texts = table.Texts(variable);
        if (texts.Any(text => text is null)) throw new AreaModelException($"a row has no {variable}: weights cannot meet its margin");
        if (texts.Any(text => !categories.Contains(text)))
            throw new AreaModelException($"a category of {variable} in the data has no margin");
        foreach (var category in categories) yield return [.. texts.Select(text => text == category ? 1.0 : 0)];

        double[] Complete(double[] values) => values.All(double.IsFinite) ? values
            : throw new AreaModelException($"a row has no {variable}: weights cannot meet its margin");
    }

    private static double[][] Replicates(int count, AreaInputs table, CalibrationTerms terms, double[] design, double[][] columns,
        double[] totals, Func<double[], double[]> means)
    {
        int[] Numbers(string? column)
        {
            if (column is null) return [.. Enumerable.Range(0, count)];
            var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
            return [.. table.Texts(column).Select(text => text is null ? throw new AreaModelException($"a row has no {column}")
                : numbers.TryGetValue(text, out var known) ? known : numbers[text] = numbers.Count)];
        }

        int[] clusters = Numbers(terms.Cluster);
        int[] strata = terms.Stratum is null ? [] : Numbers(terms.Stratum);
        var clusterCount = clusters.Max() + 1;
        if (terms.Stratum is not null && clusters.Zip(strata).GroupBy(pair => pair.First).Any(group => group.Select(pair => pair.Second)
            .Distinct().Count() > 1)) throw new AreaModelException("a cluster lies in two strata");
        double[] none = means(new double[design.Length]);
        return Calibration.Bootstrap(new ClusterDesign(clusters, strata, clusterCount), clusters, design, columns, totals, terms.Method,
            means, none, terms.Replicates, terms.Seed);
    }
}
