using System.Collections.Immutable;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Space;

namespace Analys.Measure.Areas.Study;

/// <summary>What a call asks of a panel of indicators.</summary>
/// <param name="By">The column of areas, or the word <c>area</c> for the role.</param>
internal sealed record PanelTerms(string By)
{
    /// <summary>The indicator whose ranks the gradients run along; null for the first.</summary>
    public string? Along { get; init; }

    /// <summary>Indicators of which a lower value is worse, beside those whose schema says so.</summary>
    public IReadOnlyCollection<string> LowerIsWorse { get; init; } = [];

    /// <summary>The coverage of intervals.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The seed of the rank intervals.</summary>
    public long Seed { get; init; } = 1;
}

/// <summary>Indicators of many sectors for the same areas as records: values, ranks, gaps, gradients, correlations.</summary>
internal static class PanelStudy
{
    /// <summary>An indicator's value.</summary>
    public static Definition Value { get; } = new(
        "indicator-value", "Indicator", "Indikator", "the value of the indicator's file", Units.Index, ValueRange.Any,
            "the indicator's source")
    {
        Tells = Tells.Composition,
        SwedishFormula = "värdet i indikatorns fil",
    };

    /// <summary>An area's rank.</summary>
    public static Definition Rank { get; } = new(
        "indicator-rank", "Rank on an indicator", "Rang på en indikator", "1 = the worst placed; interval from the values' errors",
            Units.Count,
        ValueRange.NonNegative, "Goldstein & Spiegelhalter 1996, JRSS A 159(3)")
    {
        Tells = Tells.Composition,
        SwedishFormula = "1 = sämst ställt; intervall ur värdenas fel",
        Options = AreaOptions.Panel,
    };

    /// <summary>An area's distance from the city.</summary>
    public static Definition Gap { get; } = new(
        "indicator-gap", "Gap to the city", "Skillnad mot staden", "value − the city's value", Units.Index, ValueRange.Any,
        "Keppel et al. 2005, Methodological issues in measuring health disparities, NCHS")
    {
        Tells = Tells.Composition,
        SwedishFormula = "värdet − stadens värde",
        Options = AreaOptions.Panel,
    };

    /// <summary>That distance in standard deviations, positive where it is worse.</summary>
    public static Definition Score { get; } = new(
        "indicator-score", "Standardised gap", "Standardiserad skillnad",
            "(value − city)/s.d. of the areas, positive = worse than the city",
        Units.Index, ValueRange.Any, "OECD & JRC 2008, Handbook on Constructing Composite Indicators")
    {
        Tells = Tells.Composition,
        SwedishFormula = "(värdet − stadens)/områdenas standardavvikelse, positivt = sämre än staden",
        Options = AreaOptions.Panel,
    };

    /// <summary>How two indicators go together.</summary>
    public static Definition Correlation { get; } = new(
        "indicator-correlation", "Correlation of two indicators", "Samband mellan två indikatorer",
        "r over the areas with both, positive where both are worse together; Fisher's interval", Units.Index, new ValueRange(-1, 1),
        "Fisher 1921, Metron 1; Bonett & Wright 2000, Psychometrika 65(1)")
    {
        Tells = Tells.Summary,
        SwedishFormula = "r över områden med båda, positivt där båda är sämre; Fishers intervall",
        Options = AreaOptions.Panel,
    };

    /// <summary>The panel of some files.</summary>
    /// <param name="extracts">The files.</param>
    /// <param name="terms">What is asked for.</param>
    public static Results Of(IReadOnlyList<Extract> extracts, PanelTerms terms)
    {
        var all = Named(extracts, terms);
        if (all.GroupBy(indicator => indicator.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new AreaModelException($"the indicator {twice.Key} comes twice");
        if (all.Count == 0) throw new AreaModelException("the files have no indicator: a column of numbers beside the area");
        var results = new List<Result>();
        foreach (var indicator in all) results.AddRange(Values(indicator, terms));
        var latest = Latest(all);
        if (terms.Along is { } name && latest.Indicators.All(item => item.Indicator.Name != name))
        {
            var known = string.Join(", ", all.Select(item => item.Name));
            throw new MeasureOptionException($"There is no indicator {name}. Indicators are {known}.");
        }

        var along = latest.Indicators.First(item => terms.Along is null || item.Indicator.Name == terms.Along);
        if (latest.Indicators.Count > 1) results.AddRange(Together(latest, along, terms));
        var provenance = extracts.Skip(1).Aggregate(extracts[0].Provenance, (sum, extract) => sum.Merge(extract.Provenance));
        var strictest = (Confidentiality)extracts.Min(extract => (int)extract.Confidentiality);
        return new Results(results, strictest, provenance.With("panel of indicators by area"));
    }

    private sealed record Cell(string Area, double Value, double? Error, double? Count);

    private sealed record Source(string Name, string Sector, bool HigherIsWorse, ImmutableArray<string> Totals,
        IReadOnlyList<(string? Period, IReadOnlyList<Cell> Cells)> Periods);

    // Columns of one name in several files ("value") are called as their files are.
    private static List<Source> Named(IReadOnlyList<Extract> extracts, PanelTerms terms)
    {
        var all = extracts.SelectMany(extract => Read(extract, terms).Select(indicator => (Of: extract, Is: indicator))).ToList();
        var shared = all.GroupBy(one => one.Is.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
        return [.. all.Select(one => !shared.Contains(one.Is.Name) || Stem(one.Of).Length == 0 ? one.Is : one.Is with
        {
            Name = all.Count(other => other.Of == one.Of) == 1 ? Stem(one.Of) : $"{Stem(one.Of)}: {one.Is.Name}",
        })];
    }

    private static string Stem(Extract extract) =>
        Path.GetFileNameWithoutExtension(extract.Provenance.Sources.FirstOrDefault()?.File) ?? "";

    private static IEnumerable<Source> Read(Extract extract, PanelTerms terms)
    {
        var area = extract.Has(terms.By) ? extract[terms.By]
            : terms.By == "area" ? Find(extract, Role.Area) ?? extract.Get(Role.Area)
            : throw new ColumnNotFoundException($"There is no column {terms.By} in one of the files.");
        var schema = extract.Schema;
        var (period, names, direction) = (Find(extract, Role.Period), extract.Find(Role.Indicator), extract.Find(Role.Direction));
        var count = Find(extract, Role.Count) ?? extract.Find(Role.Total);
        NumberColumn[] columns = [.. extract.Columns.OfType<NumberColumn>()
            .Where(column => column.Name != area.Name && column.Name != period?.Name && column.Name != count?.Name
                && column.Name != "standardError")];
        // Where a schema says which column is the value, the others are not indicators.
        if (columns.Where(column => column.Field.Role is Role.Rate or Role.Outcome or Role.Amount)
            .ToArray() is { Length: > 0 } stated) columns = stated;
        string?[] areas = UnitKeys.Of(area);
        string?[] periods = period is null ? new string?[extract.RowCount] : UnitKeys.Of(period);
        string?[] labels = names is null ? new string?[extract.RowCount] : UnitKeys.Of(names);
        string?[] directions = direction is null ? new string?[extract.RowCount] : UnitKeys.Of(direction);
        var errors = extract.Has("standardError") ? extract.Number("standardError").Values.ToArray() : null;
        var counts = count is null ? null : extract.Number(count.Name).Values.ToArray();
        foreach (var column in columns)
        {
            var values = column.Values.ToArray();
            foreach (var indicator in Enumerable.Range(0, extract.RowCount).GroupBy(i => labels[i] ?? "", StringComparer.Ordinal))
            {
                var name = indicator.Key.Length > 0 ? indicator.Key : columns.Length == 1 ? schema.Title ?? column.Field.Title
                    ?? column.Name : column.Field.Title ?? column.Name;
                var lower = new[] { name, column.Name, Stem(extract) }.Any(terms.LowerIsWorse.Contains)
                    || schema.Direction == "lower-is-worse"
                    || indicator.Any(i => directions[i] is "higher" or "högre" or "higher-is-better");
                bool AreShares() => indicator.All(i => double.IsNaN(values[i]) || values[i] is >= 0 and <= 1);
                var shares = AreShares();
                var byPeriod = indicator.GroupBy(i => periods[i], StringComparer.Ordinal)
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => (group.Key,
                        (IReadOnlyList<Cell>)[.. group.Where(i => areas[i] is not null && double.IsFinite(values[i])).Select(i => new Cell(
                        areas[i]!, values[i],
                        errors is not null ? Finite(errors[i]) : shares && counts?[i] > 0
                            ? Math.Sqrt(values[i] * (1 - values[i]) / counts[i]) : null,
                        counts is null ? null : Finite(counts[i])))])).ToList();
                if (byPeriod.Any(item => item.Item2.GroupBy(cell => cell.Area, StringComparer.Ordinal).Any(group => group.Count() > 1)))
                    throw new AreaModelException($"an area has two rows in one period of the indicator {name}");
                yield return new Source(name, schema.Sector ?? "", !lower, schema.Totals, byPeriod);
            }
        }
    }

    // A file without a schema states no roles: its columns' names are asked.
    private static Column? Find(Extract extract, Role role) =>
        extract.Find(role) ?? (extract.Columns.All(column => column.Field.Role == Role.None)
            ? extract.Columns.FirstOrDefault(column => RoleGuess.Of(column.Field) == role)
            : null);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static IEnumerable<Result> Values(Source source, PanelTerms terms)
    {
        foreach (var (period, cells) in source.Periods)
        {
            var areas = cells.Where(cell => !source.Totals.Contains(cell.Area)).ToList();
            var city = cells.FirstOrDefault(cell => source.Totals.Contains(cell.Area));
            var weights = areas.All(cell => cell.Count is not null);
            var indicator = new PanelIndicator(source.Name, source.Sector, source.HigherIsWorse, [.. areas.Select(cell => cell.Value)],
                areas.Any(cell => cell.Error is null) ? [] : [.. areas.Select(cell => cell.Error!.Value)]);
            var places = IndicatorPanel.Places(indicator, [.. areas.Select(cell => weights ? cell.Count!.Value : 1)], city?.Value,
                terms.Seed);
            var parameters = AreaRecords.None.Add("indicator", source.Name).Add("worse", source.HigherIsWorse ? "higher" : "lower");
            if (source.Sector.Length > 0) parameters = parameters.Add("sector", source.Sector);
            if (city is not null) yield return Record(Value, Estimate(city, terms.Level), city, null);
            for (var i = 0; i < areas.Count; i++)
            {
                yield return Record(Value, Estimate(areas[i], terms.Level), areas[i], areas[i].Area);
                var place = places[i];
                // A person moves the gap as far as the share; a rank shows with the value that it ranks.
                var move = Move(areas[i]);
                var rank = Derived(
                    Rank, new(Quantity.Known(place.Rank!.Value), null, place.LowerRank, place.UpperRank), areas[i], move is null ? null
                        : 0);
                yield return rank.Basis is null ? rank : rank with { Basis = rank.Basis with { IsPlace = true } };
                yield return Derived(Gap, new(Quantity.Known(place.Gap!.Value)), areas[i], move);
                yield return place.Score is { } score && place.Gap != 0
                    ? Derived(Score, new(Quantity.Known(score)), areas[i], move * Math.Abs(score / place.Gap!.Value))
                    : Derived(Score, new(place.Gap == 0 && place.Score is not null
                        ? Quantity.Known(0)
                        : Quantity.Undefined("the indicator is the same in all areas")), areas[i], 0);
            }

            Result Record(Definition measure, Estimated estimate, Cell cell, string? area) =>
                AreaRecords.Of(measure, estimate, parameters, area, period) with { N = cell.Count, Basis = BasisOf(cell) };

            Result Derived(Definition measure, Estimated estimate, Cell cell, double? influence)
            {
                var basis = BasisOf(cell);
                return AreaRecords.Of(measure, estimate, parameters, cell.Area, period) with
                {
                    N = cell.Count,
                    Basis = basis is null ? null : basis with { Tells = Tells.Composition, Influence = influence },
                };
            }
        }
    }

    // One person of a share.
    private static double? Move(Cell cell) => cell.Count is { } count && AreaRecords.IsShare(cell.Value, count) ? 1 / count : null;

    private static Estimated Estimate(Cell cell, double level) =>
        cell.Error is { } error ? AreaRecords.Normal(cell.Value, error, level) : new(Quantity.Known(cell.Value));

    private static Basis? BasisOf(Cell cell) => cell.Count is not { } count ? null
        : AreaRecords.IsShare(cell.Value, count) ? new Basis(Math.Round(cell.Value * count), count) { Tells = Tells.Counts }
        : new Basis(null, count);

    private sealed record Lined(string[] Areas, double[] Counts, IReadOnlyList<(PanelIndicator Indicator, string? Period)> Indicators,
        Basis? Least);

    // The last period of each indicator, over the areas that any of them has.
    private static Lined Latest(List<Source> sources)
    {
        string[] areas = [.. sources.SelectMany(source => source.Periods[^1].Cells.Select(cell => cell.Area)
            .Where(area => !source.Totals.Contains(area)))
            .Distinct(StringComparer.Ordinal).Order(SwedishOrder.Comparer)];
        var number = areas.Select((area, i) => (area, i)).ToDictionary(pair => pair.area, pair => pair.i, StringComparer.Ordinal);
        double[] counts = new double[areas.Length];
        Array.Fill(counts, double.NaN);
        var indicators = new List<(PanelIndicator, string?)>();
        Basis? least = null;
        var known = true;
        foreach (var source in sources)
        {
            var (period, cells) = source.Periods[^1];
            double[] values = new double[areas.Length];
            Array.Fill(values, double.NaN);
            foreach (var cell in cells.Where(cell => number.ContainsKey(cell.Area)))
            {
                values[number[cell.Area]] = cell.Value;
                if (cell.Count is { } persons && !(counts[number[cell.Area]] >= persons)) counts[number[cell.Area]] = persons;
                var basis = BasisOf(cell);
                known &= basis is not null;
                if (basis is not null && (least is null || Small(basis) < Small(least))) least = basis;
            }

            indicators.Add((new PanelIndicator(source.Name, source.Sector, source.HigherIsWorse, values, []), period));
        }

        return new Lined(areas, counts, indicators, known ? least : null);
    }

    private static double Small(Basis basis) => basis.Numerator is { } numerator ? Math.Min(numerator, basis.Denominator - numerator)
        : basis.Denominator;

    private static IEnumerable<Result> Together(Lined panel, (PanelIndicator Indicator, string? Period) along, PanelTerms terms)
    {
        for (var first = 0; first < panel.Indicators.Count; first++)
        {
            for (var second = first + 1; second < panel.Indicators.Count; second++)
            {
                foreach (var ranks in new[] { false, true })
                {
                    var (one, other) = (panel.Indicators[first], panel.Indicators[second]);
                    var (value, areas) = IndicatorPanel.Correlation(one.Indicator, other.Indicator, ranks, terms.Level);
                    var influence = Moved(panel, one.Indicator, other.Indicator, value.Value,
                        (a, b) => IndicatorPanel.Correlation(a, b, ranks, terms.Level).Value.Value);
                    var result = AreaRecords.Of(Correlation, value, AreaRecords.None.Add("kind", ranks ? "spearman" : "pearson")
                        .Add("areas", AreaRecords.Text(areas)));
                    yield return result with
                    {
                        Group = one.Indicator.Name,
                        Reference = other.Indicator.Name,
                        Period = one.Period == other.Period ? one.Period : null,
                        Basis = AreaRecords.Summary(panel.Least, influence)
                    };
                }
            }
        }

        var places = IndicatorPanel.Places(along.Indicator, new double[panel.Areas.Length]);
        var weighted = panel.Counts.All(count => count > 0);
        foreach (var (indicator, period) in panel.Indicators.Where(item => item.Indicator.Name != along.Indicator.Name))
        {
            int[] both = [.. Enumerable.Range(0, panel.Areas.Length)
                .Where(i => places[i].Rank is not null && double.IsFinite(indicator.Values[i]))];
            if (both.Select(i => places[i].Rank).Distinct().Count() < 2) continue;
            double[] counts = [.. both.Select(i => weighted ? panel.Counts[i] : 1)];
            Gradient Along(double[] values) => Gradient.Of(
                [.. both.Select(i => (double)places[i].Rank!.Value)], counts, [.. both.Select((i, k) => values[i] * counts[k])],
                GradientError.Residuals, terms.Level);
            var gradient = Along(indicator.Values);
            var influence = Moved(panel, indicator, along.Indicator, gradient.Slope.Value, (a, _) => Along(a.Values).Slope.Value);
            yield return AreaRecords.Of(GradientStudy.Slope, gradient.Slope, AreaRecords.None.Add("indicator", indicator.Name)
                .Add("along", along.Indicator.Name)
                .Add("weights", weighted ? "counts" : "equal"), null, period)
                    with
            { N = weighted ? gradient.Total : null, Basis = AreaRecords.Summary(panel.Least, influence) };
        }
    }

    // How far one person of one area moves a figure of two indicators; null where values are no shares or counts are not known.
    private static double? Moved(Lined panel, PanelIndicator first, PanelIndicator second, Quantity plain, Func<PanelIndicator,
        PanelIndicator, Quantity> of)
    {
        const int Most = 500;
        double[] all = [.. first.Values, .. second.Values];
        if (!plain.HasNumber || panel.Least is null || panel.Areas.Length > Most
            || all.Where((value, i) => double.IsFinite(value) && !AreaRecords.IsShare(value, panel.Counts[i % panel.Areas.Length])).Any())
            return null;
        var most = 0.0;
        for (var i = 0; i < panel.Areas.Length; i++)
        {
            if (!(panel.Counts[i] > 0)) return null;
            foreach (var indicator in new[] { first, second })
            {
                if (!double.IsFinite(indicator.Values[i])) continue;
                double[] changed = [.. indicator.Values];
                changed[i] += changed[i] < 0.5 ? 1 / panel.Counts[i] : -1 / panel.Counts[i];
                var moved = indicator with { Values = changed };
                var again = ReferenceEquals(indicator, first) ? of(moved, second) : of(first, moved);
                if (!again.HasNumber) return null;
                most = Math.Max(most, Math.Abs(again.Number - plain.Number));
            }
        }

        return most;
    }
}
