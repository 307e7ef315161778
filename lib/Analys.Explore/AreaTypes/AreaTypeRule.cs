namespace Analys;

/// <summary>SCB's and Delmos's rule for area types: how many standard deviations an area's socioeconomic index lies from the mean of all areas.</summary>
/// <remarks>
/// 1 at μ + 2σ and above (<i>områden med stora socioekonomiska utmaningar</i>), 2 from μ + σ, 3 from μ, 4 from μ − σ, 5 below (<i>områden med mycket goda
/// socioekonomiska förutsättningar</i>). A higher index is a worse position. μ and σ are those of all areas of the country in that year, each area counted once:
/// over the areas of one municipality alone the rule gives other types. σ divides by the number of areas.
/// Source: Statistics Sweden, Socioekonomiskt index och områdestyper, as described with the table of RegSO 2022.
/// </remarks>
public static class AreaTypeRule
{
    /// <summary>The five types as SCB names them in Swedish, from 1.</summary>
    public static IReadOnlyList<string> SwedishNames { get; } =
    [
        "områden med stora socioekonomiska utmaningar",
        "områden med socioekonomiska utmaningar",
        "socioekonomiskt blandade områden",
        "områden med goda socioekonomiska förutsättningar",
        "områden med mycket goda socioekonomiska förutsättningar",
    ];

    /// <summary>The type of each area, 1 to 5; null where the index is missing (NaN).</summary>
    /// <param name="index">The index of each area; higher is worse.</param>
    /// <param name="mean">The mean over all areas of the country; null for that of these areas.</param>
    /// <param name="deviation">The standard deviation over all areas of the country; null for that of these areas.</param>
    /// <exception cref="ModelException">Fewer than two areas have an index, or all have the same.</exception>
    public static IReadOnlyList<int?> Types(IReadOnlyList<double> index, double? mean = null, double? deviation = null)
    {
        ArgumentNullException.ThrowIfNull(index);
        double[] known = [.. index.Where(double.IsFinite)];
        if (known.Length == 0 || (known.Length < 2 && (mean is null || deviation is null))) throw new ModelException("The rule needs the index of at least two areas.");
        var centre = mean ?? known.Average();
        var spread = deviation ?? Math.Sqrt(known.Select(value => (value - known.Average()) * (value - known.Average())).Average());
        if (!(spread > 1e-12 * Math.Max(1, Math.Abs(centre)))) throw new ModelException("All areas have the same index: there are no types to tell.");
        return [.. index.Select(value => double.IsFinite(value) ? Of((value - centre) / spread) : (int?)null)];
    }

    // A billionth of a deviation: an area that lies on the border by its printed digits lies on the border.
    private static int Of(double deviations) => (deviations + 1e-9) switch { >= 2 => 1, >= 1 => 2, >= 0 => 3, >= -1 => 4, _ => 5 };
}
