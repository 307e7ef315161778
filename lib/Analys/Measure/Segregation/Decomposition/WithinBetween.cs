using System.Collections.Immutable;
using Analys.Domain;

namespace Analys.Measure.Segregation.Decomposition;

/// <summary>M and H as the sum of segregation between large areas, between small areas within large ones, and between units within the smallest.</summary>
/// <remarks>
/// M = M(areas) + [M(smaller areas) − M(areas)] + ... + [M(units) − M(smallest areas)]; each bracket is the mean of M within the larger areas,
/// weighted by population. H is M over the whole's entropy, term by term. Sources: Theil 1971; Mora &amp; Ruiz-Castillo 2011, Sociological
/// Methodology 41. Swedish: <i>uppdelning mellan och inom områden</i>.
/// </remarks>
public static class WithinBetween
{
    /// <summary>The terms as measures, so that they are bootstrapped like any other: they add up to M, and to H.</summary>
    /// <param name="nested">The counts with the areas of their units.</param>
    /// <param name="unitLevel">The name of the units' level.</param>
    public static ImmutableArray<SegregationMeasure> Measures(NestedCounts nested, string unitLevel)
    {
        ArgumentNullException.ThrowIfNull(nested);
        return [.. Terms(nested, unitLevel, MultigroupMutualInformation.Measure, normalise: false), .. Terms(nested, unitLevel, MultigroupInformationTheory.Measure, normalise: true)];
    }

    private static IEnumerable<SegregationMeasure> Terms(NestedCounts nested, string unitLevel, MultigroupMeasure measure, bool normalise)
    {
        for (var level = 0; level <= nested.Levels.Length; level++)
        {
            var last = level == nested.Levels.Length;
            int[]? fine = last ? null : nested.AreaOfUnit[level];
            int[]? coarse = level == 0 ? null : nested.AreaOfUnit[level - 1];
            var what = last ? "within" : "between";
            var parameters = ImmutableSortedDictionary<string, string>.Empty.Add("division", last ? unitLevel : nested.Levels[level]);
            if (level > 0) parameters = parameters.Add("within", string.Join(", ", nested.Levels[..level]));
            var definition = measure.Definition with
            {
                Id = $"{measure.Definition.Id}-{what}",
                Name = $"{measure.Definition.Name}: {what} areas",
                Swedish = $"{measure.Definition.Swedish}: {(last ? "inom" : "mellan")} områden",
                Formula = level == 0 ? "of areas" : "finer − coarser",
            };
            yield return new MultigroupMeasure(definition, table => Term(table, fine, coarse, normalise)) { Parameters = parameters, ComparesUnits = false };
        }
    }

    private static Quantity Term(CountTable table, int[]? fine, int[]? coarse, bool normalise)
    {
        var term = (fine is null ? MultigroupMutualInformation.Formula(table).Number : Of(table, fine)) - (coarse is null ? 0 : Of(table, coarse));
        return Quantity.Known(Math.Max(0, normalise ? term / Diversity.Of(table.GroupTotals, table.Total) : term));
    }

    // M between the areas.
    private static double Of(CountTable table, int[] areaOf)
    {
        var merged = new double[(areaOf.Max() + 1) * table.Groups];
        for (var unit = 0; unit < areaOf.Length; unit++)
        {
            var row = table.Unit(unit);
            for (var g = 0; g < row.Length; g++) merged[(areaOf[unit] * row.Length) + g] += row[g];
        }

        return MultigroupMutualInformation.Formula(new CountTable(merged, table.Groups)).Number;
    }
}
