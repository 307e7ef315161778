using System.Collections.Immutable;
using Analys.Domain;
using Analys.Load.Schema;
using Analys.Measure.Inference;

namespace Analys.Measure.Swedish;

/// <summary>A property of each person of an extract: has it, has it not, or not known.</summary>
/// <remarks>What measures of poverty by a property (low income standard, deprivation, income support) have in common; a union takes the
/// logic of three values.</remarks>
internal sealed class PersonFlags
{
    private readonly sbyte[] flags;

    private PersonFlags(sbyte[] flags) => this.flags = flags;

    /// <summary>By row 1, 0, or −1 where it is not known.</summary>
    public ReadOnlySpan<sbyte> Values => flags;

    /// <summary>The number of persons.</summary>
    public int Count => flags.Length;

    /// <summary>Flags of a rule by row.</summary>
    /// <param name="count">The number of persons.</param>
    /// <param name="rule">The property of a row; null where it is not known.</param>
    public static PersonFlags Of(int count, Func<int, bool?> rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var flags = new sbyte[count];
        for (var row = 0; row < count; row++) flags[row] = rule(row) switch { true => 1, false => 0, null => -1 };
        return new PersonFlags(flags);
    }

    /// <summary>Flags of a rule by household, for all its members.</summary>
    /// <param name="households">The households.</param>
    /// <param name="rule">The property of a household; null where it is not known. It may run on several threads.</param>
    public static PersonFlags OfHouseholds(RegisterHouseholds households, Func<int, bool?> rule)
    {
        ArgumentNullException.ThrowIfNull(households);
        ArgumentNullException.ThrowIfNull(rule);
        var flags = new sbyte[households.Rows];
        Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(0, Math.Max(1, households.Count)), range =>
        {
            for (var household = range.Item1; household < Math.Min(range.Item2, households.Count); household++)
            {
                sbyte flag = rule(household) switch { true => 1, false => 0, null => -1 };
                foreach (var row in households.Members(household)) flags[row] = flag;
            }
        });
        return new PersonFlags(flags);
    }

    /// <summary>Has either property: known to have one is enough; known to have neither needs both known.</summary>
    /// <param name="other">The other property of the same persons.</param>
    public PersonFlags Or(PersonFlags other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count != Count) throw new ArgumentException("The flags are of different persons.", nameof(other));
        var union = new sbyte[flags.Length];
        for (var row = 0; row < union.Length; row++)
        {
            var (one, two) = (flags[row], other.flags[row]);
            union[row] = one == 1 || two == 1 ? (sbyte)1 : one == 0 && two == 0 ? (sbyte)0 : (sbyte)-1;
        }

        return new PersonFlags(union);
    }

    /// <summary>Has at least this many of several properties, where the unknown ones cannot change the answer.</summary>
    /// <param name="items">The properties of the same persons.</param>
    /// <param name="threshold">How many.</param>
    public static PersonFlags AtLeast(IReadOnlyList<PersonFlags> items, int threshold)
    {
        ArgumentNullException.ThrowIfNull(items);
        return Of(items[0].Count, row =>
        {
            int has = 0, unknown = 0;
            foreach (var item in items)
            {
                if (item.flags[row] == 1) has++;
                else if (item.flags[row] < 0) unknown++;
            }

            return has >= threshold ? true : has + unknown < threshold ? false : null;
        });
    }
}

/// <summary>The persons of some ages in an area and period, and those of them who have a property.</summary>
/// <param name="Area">The area; null for the whole.</param>
/// <param name="Period">The period; null where the extract has none.</param>
/// <param name="Persons">Persons for whom the property is known.</param>
/// <param name="PersonsWith">Those who have it.</param>
/// <param name="Weight">The sum of the weights of the first.</param>
/// <param name="WeightWith">The sum of the weights of the second.</param>
/// <param name="Households">The households of the first.</param>
/// <param name="EffectiveHouseholds">(Σ w_h)² / Σ w_h² over the households' weights.</param>
internal sealed record FlagCount(
    string? Area, string? Period, long Persons, long PersonsWith, double Weight, double WeightWith, long Households,
    double EffectiveHouseholds)
{
    /// <summary>How far one person is from one of the next weight, over the sum of all, found when a release asks; null where all have one
    /// weight.</summary>
    public Lazy<double>? Exchange { get; init; }

    /// <summary>A basis that also says what weights tell: how many of each have the property.</summary>
    /// <param name="basis">The basis of the counts.</param>
    /// <param name="per">What the value is of the sum of all weights: 1 of a share, that sum of a number of persons.</param>
    public Basis Weighed(Basis basis, double per)
    {
        if (Exchange is not { } exchange) return basis;
        var weighted = basis with { IsWeighted = true };
        return weighted with { Later = new(() => weighted with { Exchange = exchange.Value * per }) };
    }

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
                .OrderBy(period => households.Period.Names[period], PeriodOrder.InTime)
                .SelectMany(period => order.Select(area => sums[(period * slots) + area].ToCount(
                    area == areaCount ? null : areas.Names[area], Name(households.Period.Names[period]),
                    () => ExchangeOf(period, area)))),
        ];

        double ExchangeOf(int period, int area)
        {
            var rows = Enumerable.Range(0, households.Rows).Where(row => flags.Values[row] >= 0 && weights![row] > 0
                && households.Period.Codes[row] == period && ages.Contains(households.Ages[row])
                && (area == areaCount || areas.Codes[row] == area)).Select(row => weights![row]).ToArray();
            return Study.StudyRecords.Exchange(rows.Distinct(), rows.Sum());
        }
    }

    private static void AddHousehold(
        RegisterHouseholds households, int household, ReadOnlySpan<sbyte> flags, AgeSpan ages, RowKeys areas, double[]? weights,
        Sums[] sums, int slots)
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
        private double weight, weightWith, squares, lightest, heaviest;

        public void AddPerson(double w, sbyte flag)
        {
            persons++;
            weight += w;
            lightest = persons == 1 ? w : Math.Min(lightest, w);
            heaviest = Math.Max(heaviest, w);
            if (flag != 1) return;
            with++;
            weightWith += w;
        }

        public void AddHousehold(double w)
        {
            households++;
            squares += w * w;
        }

        public readonly FlagCount ToCount(string? area, string? period, Func<double> exchange) =>
            new(area, period, persons, with, weight, weightWith, households, squares > 0 ? weight * weight / squares : 0)
            {
                Exchange = heaviest > lightest * (1 + 1e-9) ? new(exchange) : null,
            };
    }
}

/// <summary>The weighted share of persons of some ages who have a property, by period and area, and for the whole.</summary>
/// <remarks>
/// Persons for whom it is not known are in neither numerator nor denominator. The interval is Wilson's with households as the units,
/// since members of a household share its fate: n = (Σ w_h)² / Σ w_h². On a full register it is a superpopulation interval.
/// </remarks>
internal static class FlagShare
{
    private const string NoOne = "nobody of these ages";

    /// <summary>The shares.</summary>
    /// <param name="definition">The measure.</param>
    /// <param name="households">The persons in their households.</param>
    /// <param name="flags">The property.</param>
    /// <param name="ages">Who is counted.</param>
    /// <param name="parameters">The options that were in force.</param>
    public static Results Of(
        Definition definition, RegisterHouseholds households, PersonFlags flags, AgeSpan ages, ImmutableSortedDictionary<string,
        string>? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(households);
        ArgumentNullException.ThrowIfNull(flags);
        var cells = FlagCount.Count(households, flags, ages);
        return new Results(
            cells.Select(cell => ToResult(definition, cell, ages, parameters ?? ImmutableSortedDictionary<string, string>.Empty)),
            households.Extract.Confidentiality,
            households.Extract.Provenance);
    }

    private static Result ToResult(Definition definition, FlagCount cell, AgeSpan ages, ImmutableSortedDictionary<string,
        string> parameters)
    {
        var value = Quantity.Ratio(cell.WeightWith, cell.Weight, NoOne);
        var result = new Result
        {
            Measure = definition,
            Area = cell.Area,
            Period = cell.Period,
            Population = ages == Ages.All ? null : Population.Of(ages),
            Parameters = parameters,
            Value = value,
            N = cell.Persons,
            Basis = cell.Weighed(new Basis(cell.PersonsWith, cell.Persons, cell.Households)
            {
                Tells = definition.Tells,
                Counted = new CountedSet(definition.Id, string.Join(';', parameters.Select(pair => $"{pair.Key}={pair.Value}"))),
            }, 1),
        };
        if (!value.HasNumber || cell.EffectiveHouseholds <= 0) return result;
        var (lower, upper) = Wilson.Interval(value.Number * cell.EffectiveHouseholds, cell.EffectiveHouseholds);
        return result with { Lower = lower, Upper = upper };
    }
}
