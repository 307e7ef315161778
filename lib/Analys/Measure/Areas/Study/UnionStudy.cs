using Analys.Domain;
using Analys.Measure.Segregation.Change;

namespace Analys.Measure.Areas.Study;

/// <summary>What a call asks of unions of areas.</summary>
/// <param name="Area">The column of areas.</param>
/// <param name="Counts">The columns of counts, each added up.</param>
internal sealed record UnionTerms(string Area, IReadOnlyList<string> Counts)
{
    /// <summary>The columns of the counts' standard errors, in their order; none where counts are without error.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>The column of all persons: each count's share of them is given, too.</summary>
    public string? Total { get; init; }

    /// <summary>The column of the total's standard errors; null where it is without error.</summary>
    public string? TotalError { get; init; }

    /// <summary>The correlation of the errors of two areas.</summary>
    public double Correlation { get; init; }

    /// <summary>The coverage of intervals.</summary>
    public double Level { get; init; } = 0.95;
}

/// <summary>Estimates of areas with their errors, carried over to unions of areas or to another division by a table of parts.</summary>
/// <remarks>
/// X = Σ_i a_i x_i; its variance is (1 − ρ) Σ a_i² s_i² + ρ (Σ a_i s_i)², ρ the correlation of two areas' errors (0 as the Census Bureau
/// takes it; survey areas calibrated to one total have a negative one). A share X / T has √(s_X² − p² s_T²) / T, with plus where the
/// difference is negative. Intervals are of the logarithm of a count and of the logit of a share, so that they stay in range. Parts below
/// one add the uncertainty of where people live within an area, which is not in the error. Source: U.S. Census Bureau 2020, Understanding
/// and Using American Community Survey Data, chapter 8. Swedish: <i>felfortplantning till sammanslagna områden</i>.
/// </remarks>
internal static class UnionStudy
{
    /// <summary>The count of a union.</summary>
    public static Definition Count { get; } = new(
        "union-count", "Count of a union of areas", "Antal i sammanslagna områden",
            "Σ_i a_i x_i; s² = (1 − ρ) Σ a_i² s_i² + ρ (Σ a_i s_i)²",
        Units.Count, ValueRange.NonNegative, "U.S. Census Bureau 2020, Understanding and Using American Community Survey Data, chapter 8")
    {
        Tells = Tells.Counts,
        Counts = "the persons of the areas that are added up",
        Options = [AreaOptions.Correlation, AreaOptions.Level],
    };

    /// <summary>The share of a union.</summary>
    public static Definition Share { get; } = new(
        "union-share", "Share of a union of areas", "Andel i sammanslagna områden", "p = Σ a_i x_i / Σ a_i t_i; s = √(s_X² − p² s_T²) / T",
        Units.Share, ValueRange.Unit, "U.S. Census Bureau 2020, Understanding and Using American Community Survey Data, chapter 8")
    {
        Tells = Tells.Counts,
        Counts = "the persons of the areas that are added up",
        Options = [AreaOptions.Correlation, AreaOptions.Level],
    };

    /// <summary>The unions of all periods of a table.</summary>
    /// <param name="extract">Counts by area, with or without their errors.</param>
    /// <param name="table">Which areas go into which union, with what part.</param>
    /// <param name="terms">The columns.</param>
    /// <exception cref="AreaModelException">An area has no union, or a cell is missing.</exception>
    public static Results Of(Extract extract, Extract table, UnionTerms terms)
    {
        if (terms.Errors.Count > 0 && terms.Errors.Count != terms.Counts.Count)
            throw new CallException("Give --errors as many columns as --counts.");
        if (terms.Correlation is not (>= -1 and <= 1)) throw new CallException("--correlation is from -1 to 1.");
        if (terms.TotalError is not null && terms.Total is null) throw new CallException("--total-error belongs to --total.");
        var links = CountCrosswalk.Links(table).ToLookup(link => link.From, StringComparer.Ordinal);
        var results = AreaInputs.Periods(extract, [terms.Area, .. terms.Counts]).SelectMany(period => Of(period, links, terms)).ToList();
        return new Results(results, extract.Confidentiality,
            extract.Provenance.Merge(table.Provenance).With("areas carried over to unions by parts"));
    }

    private static IEnumerable<Result> Of(AreaInputs table, ILookup<string, CountCrosswalk.Link> links, UnionTerms terms)
    {
        var areas = table.Areas(terms.Area);
        if (areas.FirstOrDefault(area => !links.Contains(area)) is { } lost)
            throw new AreaModelException($"the area {lost} is not in the table of parts");
        var unions = areas.SelectMany((area, i) => links[area].Select(link => (link.To, Area: i, link.Part)))
            .GroupBy(part => part.To, StringComparer.Ordinal).OrderBy(group => group.Key, SwedishOrder.Comparer).ToList();
        var total = terms.Total is { } column ? table.Counts(column) : null;
        var totalError = terms.TotalError is { } errors ? table.Counts(errors) : null;
        for (var c = 0; c < terms.Counts.Count; c++)
        {
            var counts = table.Counts(terms.Counts[c]);
            var error = terms.Errors.Count > 0 ? table.Counts(terms.Errors[c]) : null;
            if (total is not null && counts.Where((count, i) => count > total[i] * (1 + 1e-12)).Any())
                throw new AreaModelException($"a cell of the column {terms.Counts[c]} is above the total");
            foreach (var union in unions)
            {
                var parts = union.Select(part => (part.Area, part.Part)).ToArray();
                var (count, spread) = Sum(parts, counts, error, terms.Correlation);
                var (everyone, everyonesSpread) = total is null ? (0, null) : Sum(parts, total, totalError, terms.Correlation);
                var whole = parts.All(part => part.Part == 1);
                var most = parts.Max(part => part.Part);
                // Without a total a count is only itself: nobody is left out of it.
                var basis = new Basis(total is null ? null : count, total is null ? count : everyone)
                {
                    Counted = new CountedSet(terms.Counts[c]),
                };
                Result Record(Definition measure, Estimated value, double influence) => AreaRecords.Of(measure, value, Parameters(terms),
                    union.Key, table.Period)
                    with
                {
                    Group = terms.Counts[c],
                    N = total is null ? null : everyone,
                    // Whole areas added up are counts like any other; parts of areas are nobody's count.
                    Basis = whole ? basis with { Tells = Tells.Counts } : AreaRecords.Summary(basis, influence),
                };
                yield return Record(Count, Positive(count, spread, terms.Level), most);
                if (total is null) continue;
                yield return Record(Share, everyone == 0 ? new(Quantity.Undefined("nobody lives in the union"))
                    : Portion(count / everyone, spread is null ? null : ShareError(count, everyone, spread.Value, everyonesSpread ?? 0),
                        terms.Level),
                    everyone == 0 ? 0 : most / everyone);
            }
        }
    }

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, string> Parameters(UnionTerms terms) =>
        terms.Errors.Count == 0 ? AreaRecords.None
            : AreaRecords.None.Add("correlation", terms.Correlation.ToString("R", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A weighted sum of estimates with its standard error; null where they have none.</summary>
    internal static (double Value, double? Error) Sum((int Area, double Part)[] parts, double[] values, double[]? errors,
        double correlation)
    {
        double sum = 0, squares = 0, linear = 0;
        foreach (var (area, part) in parts)
        {
            sum += part * values[area];
            if (errors is null) continue;
            squares += part * errors[area] * (part * errors[area]);
            linear += part * errors[area];
        }

        return (sum, errors is null ? null : Math.Sqrt(Math.Max(0, ((1 - correlation) * squares) + (correlation * linear * linear))));
    }

    /// <summary>The error of a share of a total that the count is a part of.</summary>
    internal static double ShareError(double count, double total, double error, double totalError)
    {
        var p = count / total;
        var inside = (error * error) - (p * p * (totalError * totalError));
        return Math.Sqrt(inside >= 0 ? inside : (error * error) + (p * p * (totalError * totalError))) / total;
    }

    private static Estimated Positive(double value, double? error, double level)
    {
        if (error is not { } s || value <= 0) return new(Quantity.Known(value), error);
        var factor = Math.Exp(Z(level) * s / value);
        return new(Quantity.Known(value), s, value / factor, value * factor);
    }

    private static Estimated Portion(double value, double? error, double level)
    {
        if (error is not { } s || value is <= 0 or >= 1) return new(Quantity.Known(value), error);
        double odds = value / (1 - value), factor = Math.Exp(Z(level) * s / (value * (1 - value)));
        return new(Quantity.Known(value), s, odds / factor / (1 + (odds / factor)),
            double.IsInfinity(factor) ? 1 : odds * factor / (1 + (odds * factor)));
    }

    private static double Z(double level) => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (1 + level) / 2);
}
