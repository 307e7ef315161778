namespace Analys.Measure.Areas.Study;

/// <summary>How much of an outcome's variance lies between areas, as records.</summary>
internal static class VarianceStudy
{
    private const string Paper = "Merlo et al. 2006, J Epidemiol Community Health 60(4)";

    /// <summary>The share of the variance between areas.</summary>
    public static Definition Partition { get; } = new(
        "variance-partition", "Variance partition coefficient", "Andel av variansen mellan områden",
        "σ²/(σ² + π²/3) for an outcome of 0 and 1, else σ_v²/(σ_v² + σ_e²)", Units.Share, ValueRange.Unit, Paper)
    {
        Tells = Tells.Summary,
        SwedishFormula = "σ²/(σ² + π²/3) för ett utfall 0 eller 1, annars σ_v²/(σ_v² + σ_e²)",
        Options = [AreaOptions.Level],
    };

    /// <summary>The median odds ratio.</summary>
    public static Definition OddsRatio { get; } = new(
        "median-odds-ratio", "Median odds ratio", "Medianoddskvot", "exp(√(2σ²)·Φ⁻¹(0.75))", Units.Ratio,
        new ValueRange(1, double.PositiveInfinity), Paper)
    {
        Tells = Tells.Summary,
        Options = [AreaOptions.Level],
    };

    /// <summary>The studies of all periods of an extract.</summary>
    /// <param name="extract">A row per person or per cell.</param>
    /// <param name="area">The column of areas.</param>
    /// <param name="outcome">The column of the outcome: 0 or 1, an amount; or events where a count is given.</param>
    /// <param name="count">The column of persons of a cell; null where a row is a person.</param>
    /// <param name="covariates">Covariates that the areas are compared given.</param>
    /// <param name="level">The coverage of intervals.</param>
    public static Results Of(Extract extract, string area, string outcome, string? count, IReadOnlyList<string> covariates, double level)
    {
        var results = AreaInputs.Periods(extract, [area, outcome, count, .. covariates])
            .SelectMany(period => Of(period, area, outcome, count, covariates, level)).ToList();
        return new Results(results, extract.Confidentiality, extract.Provenance.With("variance between areas"));
    }

    private static IEnumerable<Result> Of(
        AreaInputs table, string area, string outcome, string? count, IReadOnlyList<string> covariates, double level)
    {
        string?[] labels = table.Texts(area);
        double[] all = table.Numbers(outcome);
        var counts = count is null ? null : table.Counts(count);
        var given = table.Covariates(covariates);
        string[] names = [.. given.Select(covariate => covariate.Name)];
        double[][] columns = [.. given.Select(covariate => covariate.Values)];
        int[] rows = [.. Enumerable.Range(0, table.Count)
            .Where(i => labels[i] is not null && double.IsFinite(all[i]) && columns.All(column => double.IsFinite(column[i])))];
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] areaOf = [.. rows.Select(i => numbers.TryGetValue(labels[i]!, out var known) ? known : numbers[labels[i]!] = numbers.Count)];
        double[] y = [.. rows.Select(i => all[i])], n = [.. rows.Select(i => counts?[i] ?? 1)];
        double[][] x = [.. columns.Select(column => rows.Select(i => column[i]).ToArray())];
        var parameters = covariates.Count > 0 ? AreaRecords.None.Add("covariates", string.Join(",", covariates)) : AreaRecords.None;
        var persons = n.Sum();
        if (counts is null && y.Any(value => value is not (0 or 1)))
        {
            var linear = UnitLevel.Fit(areaOf, y, x, names, numbers.Count);
            yield return AreaRecords.Of(Partition, new(Quantity.Known(linear.IntraclassCorrelation)), parameters.Add("model", "linear"),
                null, table.Period)
                with
            { N = persons, Basis = new Basis(null, persons) { Tells = Tells.Summary } };
            yield return AreaRecords.Of(OddsRatio, new(Quantity.Undefined("the outcome is not 0 or 1")), parameters.Add("model", "linear"),
                null, table.Period)
                with
            { N = persons, Basis = new Basis(null, persons) { Tells = Tells.Summary } };
            yield break;
        }

        if (y.Where((value, i) => value < 0 || value > n[i])
            .Any()) throw new AreaModelException("a cell has more events than persons, or fewer than none");
        var (cellArea, cellEvents, cellCounts, cellColumns) = Cells(areaOf, y, n, x);
        var fit = RandomIntercept.Fit(cellArea, cellEvents, cellCounts, cellColumns, numbers.Count, level);
        Basis basis = new(y.Sum(), persons);
        // One person moves σ, and through it what is made of σ.
        double? moved = fit.Moves?[^1];
        double Through(Func<double, double> of) => Math.Abs(of(fit.Deviation + moved!.Value) - of(fit.Deviation));
        Result Record(Definition measure, Estimated value, double? influence) =>
            AreaRecords.Of(measure, value, parameters.Add("model", "logistic"), null, table.Period)
                with
            { N = persons, Basis = AreaRecords.Summary(basis, influence) };
        yield return Record(Partition, fit.VariancePartition, moved is null ? null : Through(RandomInterceptFit.Partition));
        yield return Record(OddsRatio, fit.MedianOddsRatio, moved is null ? null : Through(RandomInterceptFit.OddsRatio));
        var variance = new Estimated(
            Quantity.Known(fit.Variance), null, fit.LowerDeviation * fit.LowerDeviation, fit.UpperDeviation * fit.UpperDeviation);
        yield return Record(SmallAreaStudy.RandomVariance, variance, moved is null ? null : Through(sigma => sigma * sigma));
        string[] terms = ["intercept", .. names];
        for (var j = 0; j < terms.Length; j++)
        {
            var beta = Record(SmallAreaStudy.Beta, AreaRecords.Normal(fit.Coefficients[j], fit.CoefficientErrors[j], level), fit.Moves?[j]);
            yield return beta with { Parameters = beta.Parameters.Add("term", terms[j]) };
        }
    }

    // Persons of an area with the same covariates are one cell: millions of rows become thousands.
    private static (int[] Area, double[] Events, double[] Counts, double[][] Columns) Cells(int[] areaOf, double[] y, double[] n,
        double[][] x)
    {
        var cells = new Dictionary<CellKey, int>();
        List<int> area = [], first = [];
        List<double> events = [], counts = [];
        for (var i = 0; i < y.Length; i++)
        {
            var key = new CellKey(areaOf[i], [.. x.Select(column => column[i])]);
            if (!cells.TryGetValue(key, out var cell))
            {
                cells[key] = cell = area.Count;
                area.Add(areaOf[i]);
                first.Add(i);
                events.Add(0);
                counts.Add(0);
            }

            events[cell] += y[i];
            counts[cell] += n[i];
        }

        return ([.. area], [.. events], [.. counts], [.. x.Select(column => first.Select(i => column[i]).ToArray())]);
    }

    private readonly struct CellKey(int area, double[] values) : IEquatable<CellKey>
    {
        private readonly int area = area;
        private readonly double[] values = values;

        public bool Equals(CellKey other) => area == other.area && values.AsSpan().SequenceEqual(other.values);

        public override bool Equals(object? obj) => obj is CellKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(area);
            foreach (var value in values) hash.Add(value);
            return hash.ToHashCode();
        }
    }
}
