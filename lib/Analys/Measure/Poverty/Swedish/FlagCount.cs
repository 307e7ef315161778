using Analys.Domain;
using Analys.Load;

namespace Analys.Measure.Poverty.Swedish;

/// <summary>The persons of some ages in an area and period, and those of them who have a property.</summary>
/// <param name="Area">The area; null for the whole.</param>
/// <param name="Period">The period; null where the extract has none.</param>
/// <param name="Persons">Persons for whom the property is known.</param>
/// <param name="PersonsWith">Those who have it.</param>
/// <param name="Weight">The sum of the weights of the first.</param>
/// <param name="WeightWith">The sum of the weights of the second.</param>
/// <param name="Households">The households of the first.</param>
/// <param name="EffectiveHouseholds">(Σ w_h)² / Σ w_h² over the households' weights.</param>
public sealed record FlagCount(
    string? Area, string? Period, long Persons, long PersonsWith, double Weight, double WeightWith, long Households, double EffectiveHouseholds)
{
    /// <summary>Counts by period and area, areas in Swedish order after the whole of each period.</summary>
    /// <param name="households">The persons in their households.</param>
    /// <param name="flags">The property.</param>
    /// <param name="ages">Who is counted.</param>
    public static IReadOnlyList<FlagCount> Count(RegisterHouseholds households, PersonFlags flags, AgeSpan ages)
    {
        ArgumentNullException.ThrowIfNull(households);
        ArgumentNullException.ThrowIfNull(flags);
        var extract = households.Extract;
        var areas = RowKeys.Of(extract.Find(Role.Area), households.Rows);
        var hasAreas = extract.Find(Role.Area) is not null;
        var areaCount = areas.Names.Count;
        var slots = areaCount + 1;
        var weights = RegisterHouseholds.Numbers(extract, Role.Weight);
        var sums = new Sums[households.Period.Names.Count * slots];
        for (var household = 0; household < households.Count; household++)
        {
            AddHousehold(households, household, flags.Values, ages, areas, weights, sums, slots);
        }

        var order = Enumerable.Range(0, areaCount).Where(_ => hasAreas)
            .Where(area => !extract.Schema.Totals.Contains(areas.Names[area]))
            .OrderBy(area => areas.Names[area], SwedishOrder.Comparer).Prepend(areaCount).ToArray();
        return
        [
            .. Enumerable.Range(0, households.Period.Names.Count)
                .OrderBy(period => households.Period.Names[period], StringComparer.Ordinal)
                .SelectMany(period => order.Select(area => sums[(period * slots) + area].ToCount(
                    area == areaCount ? null : areas.Names[area], Name(households.Period.Names[period])))),
        ];
    }

    private static void AddHousehold(
        RegisterHouseholds households, int household, ReadOnlySpan<sbyte> flags, AgeSpan ages, RowKeys areas, double[]? weights, Sums[] sums, int slots)
    {
        double weight = 0;
        var first = -1;
        foreach (var row in households.Members(household))
        {
            var period = households.Period.Codes[row];
            if (flags[row] < 0 || period < 0 || !ages.Contains(households.Ages[row])) continue;
            var w = weights is null ? 1 : weights[row];
            if (!(w > 0)) continue;
            first = row;
            weight += w;
            sums[(period * slots) + slots - 1].AddPerson(w, flags[row]);
            if (areas.Codes[row] >= 0) sums[(period * slots) + areas.Codes[row]].AddPerson(w, flags[row]);
        }

        if (first < 0) return;
        // A household lives in one area: that of the last of its counted members where a file disagrees.
        var at = households.Period.Codes[first] * slots;
        sums[at + slots - 1].AddHousehold(weight);
        if (areas.Codes[first] >= 0) sums[at + areas.Codes[first]].AddHousehold(weight);
    }

    private static string? Name(string period) => period.Length == 0 ? null : period;

    private struct Sums
    {
        private long persons, with, households;
        private double weight, weightWith, squares;

        public void AddPerson(double w, sbyte flag)
        {
            persons++;
            weight += w;
            if (flag != 1) return;
            with++;
            weightWith += w;
        }

        public void AddHousehold(double w)
        {
            households++;
            squares += w * w;
        }

        public readonly FlagCount ToCount(string? area, string? period) =>
            new(area, period, persons, with, weight, weightWith, households, squares > 0 ? weight * weight / squares : 0);
    }
}
