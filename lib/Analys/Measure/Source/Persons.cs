using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Analys.Load;
using Analys.Measure.Income;
using Analys.Measure.Study;

namespace Analys.Measure.Source;

/// <summary>
/// Weighted persons in households: the columns that measures of persons read. Rows of one cluster stand together, and within them rows of
/// one household; <see cref="PersonTableReader"/> and <see cref="Ordered"/> see to that. An empty column is one that the data do not have.
/// </summary>
internal sealed record PersonTable
{
    /// <summary>The number of rows.</summary>
    public required int Count { get; init; }

    /// <summary>Income per consumption unit, all finite.</summary>
    public ReadOnlyMemory<double> Incomes { get; init; }

    /// <summary>Weights, none negative; empty where each person counts one.</summary>
    public ReadOnlyMemory<double> Weights { get; init; }

    /// <summary>Ages; NaN where missing: such a person is in no age span.</summary>
    public ReadOnlyMemory<double> Ages { get; init; }

    /// <summary>Households, numbered from 0.</summary>
    public ReadOnlyMemory<int> Households { get; init; }

    /// <summary>Clusters, numbered from 0; empty to take households, or persons where those are not known either.</summary>
    public ReadOnlyMemory<int> Clusters { get; init; }

    /// <summary>Strata, numbered from 0.</summary>
    public ReadOnlyMemory<int> Strata { get; init; }

    /// <summary>Persons, numbered from 0, for panels.</summary>
    public ReadOnlyMemory<int> Persons { get; init; }

    /// <summary>The index of each row's period in <see cref="PeriodNames"/>.</summary>
    public ReadOnlyMemory<int> Periods { get; init; }

    /// <summary>The periods, sorted; empty where the data have none.</summary>
    public ImmutableArray<string> PeriodNames { get; init; } = [];

    /// <summary>Social transfers, in the unit of the income.</summary>
    public ReadOnlyMemory<double> Transfers { get; init; }

    /// <summary>The cost of the dwelling, in the unit of the income.</summary>
    public ReadOnlyMemory<double> HousingCosts { get; init; }

    /// <summary>Months with income support in the year; NaN where not known.</summary>
    public ReadOnlyMemory<double> SupportMonths { get; init; }

    /// <summary>A random number of each person; empty where there is none.</summary>
    public ReadOnlyMemory<uint> CellKeys { get; init; }

    /// <summary>Replicate weights.</summary>
    public ImmutableArray<ReadOnlyMemory<double>> ReplicateWeights { get; init; } = [];

    /// <summary>Other numbers of each person, that some measures hold against the income or are of; NaN where not known.</summary>
    public ImmutableArray<BesideColumn> Besides { get; init; } = [];

    /// <summary>The share of dimensions from which a person is poor; 0 where none are asked for.</summary>
    public double Cutoff { get; init; }

    /// <summary>θ of <c>bourguignon-chakravarty</c>.</summary>
    public double Substitution { get; init; } = 1;

    /// <summary>The columns to break down by.</summary>
    public ImmutableArray<Breakdown> Breakdowns { get; init; } = [];

    /// <summary>Whether individuals stand behind the rows.</summary>
    public Confidentiality Confidentiality { get; init; } = Confidentiality.Confidential;

    /// <summary>Where they came from.</summary>
    public Provenance Provenance { get; init; } = Provenance.None;

    /// <summary>The clusters in force: as given, else households; empty where each person is one.</summary>
    public ReadOnlyMemory<int> ClustersInForce => Clusters.IsEmpty ? Households : Clusters;

    /// <summary>What a source knows of persons whose rows stay there; null where the columns are here.</summary>
    public PersonParts? Elsewhere { get; init; }

    /// <summary>Whether something is known of the persons, here or where they are.</summary>
    /// <param name="part">What.</param>
    public bool Has(PersonParts part) => Elsewhere is { } known ? known.HasFlag(part) : part switch
    {
        PersonParts.Income => !Incomes.IsEmpty,
        PersonParts.Age => !Ages.IsEmpty,
        PersonParts.Household => !Households.IsEmpty,
        PersonParts.Person => !Persons.IsEmpty,
        PersonParts.Transfers => !Transfers.IsEmpty,
        PersonParts.HousingCost => !HousingCosts.IsEmpty,
        _ => !SupportMonths.IsEmpty,
    };

    /// <summary>Whether the rows of a household may stand apart, because its members are in several clusters: households are then counted
    /// by their numbers.</summary>
    internal bool HouseholdsScattered { get; private init; }

    /// <summary>Incomes of whole households divided by a power of the number of their persons here, in the same period.</summary>
    /// <param name="elasticity">The power: 0 leaves them as they are, 1 gives incomes per head.</param>
    /// <exception cref="Analys.ColumnNotFoundException">Households are not known.</exception>
    public PersonTable PerEquivalent(double elasticity)
    {
        if (Households.IsEmpty) throw new ColumnNotFoundException("--equivalence needs households: name their column with --household.");
        var sizes = new Dictionary<(int Household, int Period), int>();
        var keys = Enumerable.Range(0, Count).Select(row => (Households.Span[row], Periods.IsEmpty ? 0 : Periods.Span[row])).ToArray();
        foreach (var key in keys) sizes[key] = sizes.GetValueOrDefault(key) + 1;
        return this with { Incomes = keys.Select((key, row) => Incomes.Span[row] / Math.Pow(sizes[key], elasticity)).ToArray() };
    }

    /// <summary>The rows that were picked, in that order.</summary>
    /// <param name="rows">Their numbers.</param>
    public PersonTable Pick(int[] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return this with
        {
            Count = rows.Length,
            Incomes = Take(Incomes, rows),
            Weights = Take(Weights, rows),
            Ages = Take(Ages, rows),
            Households = Take(Households, rows),
            Clusters = Take(Clusters, rows),
            Strata = Take(Strata, rows),
            Persons = Take(Persons, rows),
            Periods = Take(Periods, rows),
            Transfers = Take(Transfers, rows),
            HousingCosts = Take(HousingCosts, rows),
            SupportMonths = Take(SupportMonths, rows),
            CellKeys = Take(CellKeys, rows),
            ReplicateWeights = [.. ReplicateWeights.Select(column => Take(column, rows))],
            Besides = [.. Besides.Select(column => column with { Values = Take(column.Values, rows) })],
            Breakdowns = [.. Breakdowns.Select(by => by with { Codes = Take(by.Codes, rows) })],
        };
    }

    /// <summary>The same rows with those of one cluster, and within it of one household, side by side.</summary>
    public PersonTable Ordered()
    {
        var table = KeyIndex.IsContiguous(Households.Span) ? this : Pick(KeyIndex.Order(Households.Span));
        if (KeyIndex.IsContiguous(table.Clusters.Span)) return table;
        table = table.Pick(KeyIndex.Order(table.Clusters.Span));
        return table with { HouseholdsScattered = !KeyIndex.IsContiguous(table.Households.Span) };
    }

    /// <summary>The table of each period; the table itself where the data have none.</summary>
    public IEnumerable<(string? Period, PersonTable Table)> ByPeriod()
    {
        if (PeriodNames.Length == 0) return [(null, this)];
        if (PeriodNames.Length == 1) return [(PeriodNames[0], this)];
        var rows = PeriodNames.Select(_ => new List<int>()).ToArray();
        for (var row = 0; row < Count; row++)
        {
            if (Periods.Span[row] >= 0) rows[Periods.Span[row]].Add(row);
        }

        return PeriodNames.Select((name, i) => ((string?)name, Pick([.. rows[i]])));
    }

    private static ReadOnlyMemory<T> Take<T>(ReadOnlyMemory<T> column, int[] rows)
    {
        if (column.IsEmpty) return column;
        var from = column.Span;
        var taken = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++) taken[i] = from[rows[i]];
        return taken;
    }
}

/// <summary>What may be known of persons.</summary>
[Flags]
internal enum PersonParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Income per consumption unit.</summary>
    Income = 1,

    /// <summary>Age.</summary>
    Age = 2,

    /// <summary>The household.</summary>
    Household = 4,

    /// <summary>Who is the same person in another year.</summary>
    Person = 8,

    /// <summary>Social transfers.</summary>
    Transfers = 16,

    /// <summary>The cost of the dwelling.</summary>
    HousingCost = 32,

    /// <summary>Months with income support.</summary>
    SupportMonths = 64,
}

/// <summary>Another number of each person.</summary>
/// <param name="Role">What it is for: the option that names it, and what is made of it.</param>
/// <param name="Name">The name that the record shows.</param>
/// <param name="Values">By row; NaN where not known: such a person is left out of the measures of this column.</param>
internal sealed record BesideColumn(string Role, string Name, ReadOnlyMemory<double> Values)
{
    private const int First = 100;

    /// <summary>What a measure multiplies the column by: a dimension's share of the weights.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>The incomes of those whose number in a column is known, with that number beside.</summary>
    public static IncomeConcept Joint(int place) => (IncomeConcept)(First + (2 * place));

    /// <summary>The numbers of a column in the place of incomes.</summary>
    public static IncomeConcept Own(int place) => (IncomeConcept)(First + (2 * place) + 1);

    /// <summary>The place of the column that a concept is of; null where it is of none.</summary>
    public static int? PlaceOf(IncomeConcept concept) => (int)concept >= First ? ((int)concept - First) / 2 : null;

    /// <summary>Whether a concept has the column beside the incomes.</summary>
    public static bool IsJoint(IncomeConcept concept) => (int)concept >= First && ((int)concept - First) % 2 == 0;
}

/// <summary>Numbers the households, clusters, strata and persons of a column from 0.</summary>
internal static class KeyIndex
{
    // Whole numbers have all their digits up to here.
    private const double Largest = 1e15;

    /// <summary>The number of each row's key; a row without one gets a number of its own.</summary>
    public static int[] Of(Column column)
    {
        var ids = new int[column.Count];
        var next = 0;
        if (column is TextColumn text)
        {
            next = text.Categories.Count;
            for (var row = 0; row < ids.Length; row++) ids[row] = text.Codes[row] >= 0 ? text.Codes[row] : next++;
            return ids;
        }

        var values = ((NumberColumn)column).Values;
        if (Dense(values) is { } least)
        {
            for (var row = 0; row < ids.Length; row++) ids[row] = (int)(values[row] - least);
            return ids;
        }

        var known = new Dictionary<double, int>();
        for (var row = 0; row < ids.Length; row++)
        {
            if (row > 0 && values[row] == values[row - 1]) ids[row] = ids[row - 1];
            else if (double.IsNaN(values[row])) ids[row] = next++;
            else if (!known.TryGetValue(values[row], out ids[row])) known[values[row]] = ids[row] = next++;
        }

        return ids;
    }

    /// <summary>One more than the largest number.</summary>
    public static int Size(ReadOnlySpan<int> ids)
    {
        var most = -1;
        foreach (var id in ids) most = Math.Max(most, id);
        return most + 1;
    }

    /// <summary>Whether the rows of each key stand side by side.</summary>
    public static bool IsContiguous(ReadOnlySpan<int> ids)
    {
        // Registers mostly come in rising order.
        if (IsRising(ids)) return true;
        var seen = new bool[Size(ids)];
        for (var row = 0; row < ids.Length; row++)
        {
            if (row > 0 && ids[row] == ids[row - 1]) continue;
            if (seen[ids[row]]) return false;
            seen[ids[row]] = true;
        }

        return true;
    }

    private static bool IsRising(ReadOnlySpan<int> ids)
    {
        for (var row = 1; row < ids.Length; row++)
        {
            if (ids[row] < ids[row - 1]) return false;
        }

        return true;
    }

    /// <summary>The rows by key, those of one key in their order.</summary>
    public static int[] Order(ReadOnlySpan<int> ids)
    {
        var starts = new int[Size(ids) + 1];
        foreach (var id in ids) starts[id + 1]++;
        for (var i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        var rows = new int[ids.Length];
        for (var row = 0; row < ids.Length; row++) rows[starts[ids[row]]++] = row;
        return rows;
    }

    // The least key where all are whole numbers without wide gaps, so that subtraction numbers them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double? Dense(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty) return null;
        var vectors = MemoryMarshal.Cast<double, Vector256<double>>(values);
        var (least, most) = (Vector256.Create(values[0]), Vector256.Create(values[0]));
        foreach (var vector in vectors)
        {
            if (!Vector256.EqualsAll(vector, Vector256.Floor(vector))) return null;
            (least, most) = (Vector256.Min(least, vector), Vector256.Max(most, vector));
        }

        var (low, high) = (least[0], most[0]);
        for (var lane = 1; lane < Vector256<double>.Count; lane++) (low, high) = (Math.Min(low, least[lane]), Math.Max(high, most[lane]));
        foreach (var value in values[(vectors.Length * Vector256<double>.Count)..])
        {
            if (value != Math.Floor(value)) return null;
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return low > -Largest && high < Largest && high - low < (4.0 * values.Length) + 1000 ? low : null;
    }
}
