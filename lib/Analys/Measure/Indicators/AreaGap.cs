using System.Collections.Immutable;
using Analys.Domain;

namespace Analys.Measure.Indicators;

/// <summary>How far apart two areas are: their ratio and their difference.</summary>
/// <remarks>Where shares are known only as rounded percentages, the bounds say between what the gap can lie. Swedish: <i>skillnad mellan
/// stadsdelsområden</i>.</remarks>
internal static class AreaGap
{
    /// <summary>The higher over the lower.</summary>
    public static Definition Ratio { get; } = new(
        "area-gap-ratio", "Ratio between two areas", "Kvot mellan två områden", "value of one area / value of the other",
        Units.Ratio, ValueRange.NonNegative, "Keppel et al. 2005, Methodological issues in measuring health disparities, NCHS")
    {
        Tells = Tells.Counts,
        Counts = "those whom the measure that is compared counts",
        SwedishFormula = "det ena områdets värde / det andra områdets värde",
    };

    /// <summary>The higher minus the lower.</summary>
    public static Definition Difference { get; } = new(
        "area-gap-difference", "Difference between two areas", "Skillnad mellan två områden", "value of one area − value of the other",
        Units.Share, ValueRange.Any, "Keppel et al. 2005, Methodological issues in measuring health disparities, NCHS")
    {
        Tells = Tells.Counts,
        Counts = "those whom the measure that is compared counts",
        SwedishFormula = "det ena områdets värde − det andra områdets värde",
    };

    /// <summary>The ratio and the difference of the areas with the highest and the lowest value.</summary>
    /// <param name="results">One measure by area; the whole and areas without a number are left out.</param>
    /// <param name="areas">The areas to compare; null for all.</param>
    /// <param name="halfWidth">Half the unit that the values were rounded to (0.0005 for percentages with one decimal); 0 for exact
    /// values.</param>
    public static Results Widest(Results results, IReadOnlyCollection<string>? areas = null, double halfWidth = 0)
    {
        ArgumentNullException.ThrowIfNull(results);
        var known =
            results.Where(result => result.Area is not null && result.Value.HasNumber && (areas is null || areas.Contains(result.Area)))
            .OrderBy(result => result.Value.Number).ThenBy(result => result.Area, SwedishOrder.Comparer).ToList();
        return known.Count < 2
            ? new Results([], results.Confidentiality, results.Provenance)
            : new Results(Between(known[^1], known[0], halfWidth), results.Confidentiality,
                results.Provenance.With("gap between the highest and the lowest area"));
    }

    private static IEnumerable<Result> Between(Result high, Result low, double halfWidth)
    {
        double top = high.Value.Number, bottom = low.Value.Number;
        var floor = Math.Max(0, bottom - halfWidth);
        var common = new Result
        {
            Measure = Ratio,
            Area = high.Area,
            Reference = low.Area,
            Period = high.Period,
            Population = high.Population,
            Value = Quantity.Ratio(top, bottom, "the lowest value is zero"),
            Lower = halfWidth > 0 ? Math.Max(0, top - halfWidth) / (bottom + halfWidth) : null,
            Upper = halfWidth > 0 && floor > 0 ? (top + halfWidth) / floor : null,
            Parameters = ImmutableSortedDictionary<string,
            string>.Empty.Add("of", high.Measure.Id).Add("interval", halfWidth > 0 ? "rounding" : "none"),
            Basis = Smaller(high.Basis, low.Basis),
        };
        yield return common;
        yield return common with
        {
            Measure = Difference,
            UnitOverride = high.Unit,
            Value = Quantity.Known(top - bottom),
            Lower = halfWidth > 0 ? top - bottom - (2 * halfWidth) : null,
            Upper = halfWidth > 0 ? top - bottom + (2 * halfWidth) : null,
        };
    }

    // The gate checks the smaller side: a gap tells both values when one of them is known.
    private static Basis? Smaller(Basis? a, Basis? b) => a is null || b is null
        ? null
        : new Basis(
            Math.Min(a.Numerator ?? a.Denominator, b.Numerator ?? b.Denominator),
            Math.Min(a.Denominator, b.Denominator));
}
