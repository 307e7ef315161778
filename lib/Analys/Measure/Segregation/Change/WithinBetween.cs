using System.Collections.Immutable;

namespace Analys.Measure.Segregation.Change;

/// <summary>M and H as the sum of segregation between large areas, between small areas within large ones, and between units within the
/// smallest.</summary>
/// <remarks>
/// M = M(areas) + [M(smaller areas) − M(areas)] + ... + [M(units) − M(smallest areas)]; each bracket is the mean of M within the larger
/// areas, weighted by population. H is M over the whole's entropy, term by term. Sources: Theil 1971; Mora &amp; Ruiz-Castillo 2011,
/// Sociological Methodology 41. Swedish: <i>uppdelning mellan och inom områden</i>.
/// </remarks>
internal static class WithinBetween
{
    /// <summary>The terms as measures, so that they are bootstrapped like any other: they add up to M, and to H.</summary>
    /// <param name="nested">The counts with the areas of their units.</param>
    /// <param name="unitLevel">The name of the units' level.</param>
    public static ImmutableArray<SegregationMeasure> Measures(NestedCounts nested, string unitLevel)
    {
        ArgumentNullException.ThrowIfNull(nested);
        return [.. Terms(nested, unitLevel, MultigroupMutualInformation.Measure, normalise: false),
            .. Terms(nested, unitLevel, MultigroupInformationTheory.Measure, normalise: true)];
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
            yield return new MultigroupMeasure(definition, table => Term(table, fine, coarse, normalise))
            {
                Parameters = parameters,
                ComparesUnits = false
            };
        }
    }

    private static Quantity Term(CountTable table, int[]? fine, int[]? coarse, bool normalise)
    {
        var term = (fine is null ? MultigroupMutualInformation.Formula(table).Number : Of(table, fine))
            - (coarse is null ? 0 : Of(table, coarse));
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

/// <summary>The difference of any index between two tables: how much comes from structure (where units lie, how large they are) and how
/// much from composition.</summary>
/// <remarks>
/// A counterfactual table keeps the units and totals of one and takes the distribution of shares of the other: each unit gets the other's
/// share at its own rank. Each factor's part is its mean effect over both orders of change (Shapley), so the parts add up to the
/// difference. Source: Rey, Cortes &amp; Knaap 2021, Comparative spatial segregation analytics, Spatial Demography 9. Swedish: <i>struktur
/// och sammansättning</i>.
/// </remarks>
internal static class StructureComposition
{
    /// <summary>The parts for each group against the rest: records <c>ID-structure</c> and <c>ID-composition</c>, second − first.</summary>
    /// <param name="first">The measure, made ready for the first table (its geography).</param>
    /// <param name="second">The measure, made ready for the second table.</param>
    /// <param name="firstCounts">The first table.</param>
    /// <param name="secondCounts">The second table, with the same groups.</param>
    public static Results Of(SegregationMeasure first, SegregationMeasure second, GroupCounts firstCounts, GroupCounts secondCounts)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(firstCounts);
        ArgumentNullException.ThrowIfNull(secondCounts);
        return CellInfluence.Fill(firstCounts, secondCounts, (before, after) => Parts(first, second, before, after));
    }

    private static Results Parts(SegregationMeasure first, SegregationMeasure second, GroupCounts firstCounts, GroupCounts secondCounts)
    {
        var rows = new List<Result>();
        foreach (var group in first is TwoGroupMeasure or ExposureMeasure ? firstCounts.Groups.Where(secondCounts.Groups.Contains) : [])
        {
            GroupCounts a = Alone(firstCounts, group), b = Alone(secondCounts, group);
            Quantity aa = Value(first, a), bb = Value(second, b), ab = Value(first, Counterfactual(a, b)),
                ba = Value(second, Counterfactual(b, a));
            var undefined = new[] { aa, bb, ab, ba }.FirstOrDefault(value => value.Status == ValueStatus.Undefined);
            var known = undefined.Reason is null;
            // aa: first structure, first composition; ab: first structure, second composition; ba the other way round.
            Add("structure", known ? Quantity.Known(0.5 * (ba.Number - aa.Number + (bb.Number - ab.Number))) : undefined);
            Add("composition", known ? Quantity.Known(0.5 * (ab.Number - aa.Number + (bb.Number - ba.Number))) : undefined);

            void Add(string part, Quantity value) => rows.Add(second.ToResult(b, new Figure(0), value) with
            {
                Measure = second.Definition with
                {
                    Id = $"{second.Definition.Id}-{part}",
                    Name = $"{second.Definition.Name}: {part}",
                    Swedish = $"{second.Definition.Swedish}: {(part == "structure" ? "struktur" : "sammansättning")}",
                    Range = ValueRange.Any,
                    Citation = "Rey, Cortes & Knaap 2021, Spatial Demography 9",
                },
            });
        }

        return new Results(rows, (Confidentiality)Math.Min((int)firstCounts.Confidentiality, (int)secondCounts.Confidentiality),
            firstCounts.Provenance.Merge(secondCounts.Provenance));
    }

    /// <summary>The units and totals of one table with the shares of the other at the same ranks.</summary>
    internal static GroupCounts Counterfactual(GroupCounts structure, GroupCounts composition)
    {
        var own = Shares(structure);
        var sorted = Shares(composition).Where(double.IsFinite).Order().ToArray();
        var ranks = own.Where(double.IsFinite).Order().ToArray();
        var totals = structure.Totals.ToArray();
        var counts = new double[totals.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            if (totals[i] == 0 || sorted.Length == 0) continue;
            // F⁻¹ of the other at F of the own, both as the steps they are: a distribution is carried to itself.
            var upTo = LowerBound(ranks, Math.BitIncrement(own[i]));
            counts[i] = totals[i] * sorted[(int)((((long)upTo * sorted.Length) + ranks.Length - 1) / ranks.Length) - 1];
        }

        return structure.Replicate(counts, totals);
    }

    private static int LowerBound(double[] sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    // NaN in an empty unit: it has no rank.
    private static double[] Shares(GroupCounts counts) =>
        [.. Enumerable.Range(0, counts.Units.Length).Select(i => counts.Totals[i] > 0 ? counts[i, 0] / counts.Totals[i] : double.NaN)];

    private static GroupCounts Alone(GroupCounts counts, string group) =>
        new(counts.Units, [group], counts.Group(counts.IndexOf(group)), counts.Totals, counts.Confidentiality, counts.Provenance);

    private static Quantity Value(SegregationMeasure measure, GroupCounts counts)
    {
        var value = new Quantity[1];
        measure.Evaluate(counts, [new Figure(0)], value);
        return value[0];
    }
}
