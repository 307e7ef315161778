using System.Collections.Immutable;
using System.Globalization;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Measure.Swedish;

/// <summary>The households of an extract of persons: who lives in each, its income, housing cost and months of income support.</summary>
/// <remarks>
/// A household is a household number in a period. What a household has (income, housing cost, support) stands on its members' rows; income
/// and housing cost are taken from the first, months of support from the one with most. A column that is not there counts as not known.
/// </remarks>
internal sealed class RegisterHouseholds
{
    private readonly int[] offsets;
    private readonly int[] members;

    private RegisterHouseholds(Extract extract, RegisterTerms terms)
    {
        Extract = extract;
        Terms = terms;
        Rows = extract.RowCount;
        var periods = RowKeys.Of(extract.PoolsPeriods ? null : Periods.OfPersons(extract), Rows);
        Period = periods;
        Ages = Numbers(extract, Role.Age) ?? throw new ColumnNotFoundException("Norms need a column of the role Age.");
        (HouseholdOf, Count) = Number(RowKeys.Of(extract.Get(Role.Household), Rows), periods);
        offsets = new int[Count + 1];
        foreach (var household in HouseholdOf) offsets[household + 1]++;
        for (var i = 0; i < Count; i++) offsets[i + 1] += offsets[i];
        members = new int[Rows];
        var next = offsets.AsSpan(0, Count).ToArray();
        for (var row = 0; row < Rows; row++) members[next[HouseholdOf[row]]++] = row;
        income = Numbers(extract, Role.DisposableIncome);
        housing = Numbers(extract, Role.HousingCost);
        support = Numbers(extract, Role.IncomeSupportMonths);
        couple = Couples(extract, terms);
    }

    private readonly double[]? income, housing, support;
    private readonly bool[]? couple;

    /// <summary>The extract.</summary>
    public Extract Extract { get; }

    /// <summary>How its persons are read as households.</summary>
    public RegisterTerms Terms { get; }

    /// <summary>The number of persons.</summary>
    public int Rows { get; }

    /// <summary>The number of households.</summary>
    public int Count { get; }

    /// <summary>By row, its household.</summary>
    public ReadOnlySpan<int> HouseholdSpan => HouseholdOf;

    internal int[] HouseholdOf { get; }

    internal double[] Ages { get; }

    internal RowKeys Period { get; }

    /// <summary>Whether disposable income is in the extract.</summary>
    public bool HasIncome => income is not null;

    /// <summary>Whether housing cost is in the extract.</summary>
    public bool HasHousingCost => housing is not null;

    /// <summary>Whether months of income support are in the extract.</summary>
    public bool HasSupport => support is not null;

    /// <summary>Reads the households of an extract.</summary>
    /// <param name="extract">A row per person (and period), with the roles household and age.</param>
    /// <param name="terms">How persons are read as households.</param>
    /// <exception cref="ColumnNotFoundException">A role is missing.</exception>
    public static RegisterHouseholds Of(Extract extract, RegisterTerms? terms = null)
    {
        ArgumentNullException.ThrowIfNull(extract);
        return new RegisterHouseholds(extract, terms ?? RegisterTerms.Default);
    }

    /// <summary>The rows of a household's members.</summary>
    /// <param name="household">Its number.</param>
    public ReadOnlySpan<int> Members(int household) => members.AsSpan(offsets[household], offsets[household + 1] - offsets[household]);

    /// <summary>Disposable income in the year, kronor; NaN where it is not known.</summary>
    /// <param name="household">Its number.</param>
    public double Income(int household) => income is null ? double.NaN : income[Members(household)[0]];

    /// <summary>Housing cost in the year, kronor; NaN where it is not known.</summary>
    /// <param name="household">Its number.</param>
    public double HousingCost(int household) =>
        housing is null ? double.NaN : housing[Members(household)[0]] * (Terms.HousingCostIsMonthly ? 12 : 1);

    /// <summary>Months with income support in the year: the most that a member has; NaN where no member's are known.</summary>
    /// <param name="household">Its number.</param>
    public double SupportMonths(int household)
    {
        if (support is null) return double.NaN;
        var most = double.NaN;
        foreach (var row in Members(household)) most = double.IsNaN(most) || support[row] > most ? support[row] : most;
        return most;
    }

    /// <summary>Whether two of a household's adults are a couple.</summary>
    /// <param name="household">Its number.</param>
    /// <param name="adults">How many adults it has.</param>
    public bool IsCouple(int household, int adults) => adults >= 2 && (couple is null || couple[household]);

    private bool[]? Couples(Extract extract, RegisterTerms terms)
    {
        if (extract.Find(Role.FamilyType) is not { } column) return null;
        var keys = RowKeys.Of(column, Rows);
        var isCouple = keys.Names.Select(terms.IsCouple).ToArray();
        // Family types in codes that say nothing of couples are no ground for calling everybody single.
        if (!isCouple.Contains(true)) return null;
        var couples = new bool[Count];
        for (var row = 0; row < Rows; row++) couples[HouseholdOf[row]] |= keys.Codes[row] >= 0 && isCouple[keys.Codes[row]];
        return couples;
    }

    // A household number is reused from year to year; rows without one are households of their own.
    private static (int[] HouseholdOf, int Count) Number(RowKeys households, RowKeys periods)
    {
        var numbers = new int[households.Codes.Length];
        var index = new int[households.Names.Count * Math.Max(1, periods.Names.Count)];
        var count = 0;
        for (var row = 0; row < numbers.Length; row++)
        {
            if (households.Codes[row] < 0)
            {
                numbers[row] = count++;
                continue;
            }

            ref var number = ref index[(households.Codes[row] * periods.Names.Count) + Math.Max(0, periods.Codes[row])];
            if (number == 0) number = ++count;
            numbers[row] = number - 1;
        }

        return (numbers, count);
    }

    internal static double[]? Numbers(Extract extract, Role role) =>
        extract.Find(role) is { } column ? extract.Number(column.Name).Values.ToArray() : null;
}

/// <summary>How the persons of an extract are read as households.</summary>
internal sealed record RegisterTerms
{
    /// <summary>Children to 17; couples by family type where the extract has one that names couples, else two adults are taken as a
    /// couple.</summary>
    public static RegisterTerms Default { get; } = new();

    /// <summary>The oldest age that the norm counts as a child: 17, or up to 20 where those at school are to be counted so.</summary>
    public int OldestChild { get; init; } = 17;

    /// <summary>Whether the housing cost of the extract is for a month; it is for a year by default, as income is.</summary>
    public bool HousingCostIsMonthly { get; init; }

    /// <summary>The beginnings of family types that mean a couple, in any case.</summary>
    public ImmutableArray<string> CoupleTypes { get; init; } = ["samman", "par", "gift", "makar", "registrerad", "couple", "married"];

    /// <summary>Whether a family type is a couple's.</summary>
    /// <param name="familyType">The family type of the extract.</param>
    public bool IsCouple(string familyType) => CoupleTypes.Any(start => familyType.StartsWith(start, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Who lives in a household, as far as norms and scales ask.</summary>
/// <param name="Adults">Adults, the couple included; at least one.</param>
/// <param name="Couple">Whether two of the adults are a couple.</param>
/// <param name="ChildAges">The ages of the children who live there all the time.</param>
/// <param name="AlternatingChildren">Children who live there by turns; they count in the consumption units only.</param>
internal sealed record HouseholdComposition(int Adults, bool Couple, ImmutableArray<int> ChildAges, int AlternatingChildren = 0)
{
    /// <summary>Everyone who lives there all the time.</summary>
    public int Persons => Adults + ChildAges.Length;
}

/// <summary>The distinct values of a column, numbered in the order of their first row; −1 for rows without one.</summary>
internal sealed class RowKeys
{
    private RowKeys(int[] codes, IReadOnlyList<string> names)
    {
        Codes = codes;
        Names = names;
    }

    /// <summary>By row, the number of its value.</summary>
    public int[] Codes { get; }

    /// <summary>The values.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The keys of a column; one key named "" where there is no column.</summary>
    public static RowKeys Of(Column? column, int rows) => column switch
    {
        TextColumn text => new RowKeys(text.Codes.ToArray(), text.Categories),
        NumberColumn number => OfNumbers(number),
        _ => new RowKeys(new int[rows], [""]),
    };

    private static RowKeys OfNumbers(NumberColumn column)
    {
        var values = column.Values;
        var codes = new int[values.Length];
        var index = new Dictionary<double, int>();
        var last = double.NaN;
        var lastCode = -1;
        for (var row = 0; row < codes.Length; row++)
        {
            var value = values[row];
            if (double.IsNaN(value))
            {
                codes[row] = -1;
                continue;
            }

            if (value != last)
            {
                if (!index.TryGetValue(value, out lastCode)) index[value] = lastCode = index.Count;
                last = value;
            }

            codes[row] = lastCode;
        }

        return new RowKeys(codes, new NumberNames([.. index.Keys]));
    }

    // Households are counted in millions: their names are written only when somebody asks.
    private sealed class NumberNames(double[] values) : IReadOnlyList<string>
    {
        public int Count => values.Length;

        public string this[int index] => values[index].ToString(CultureInfo.InvariantCulture);

        public IEnumerator<string> GetEnumerator() => values.Select(value => value.ToString(CultureInfo.InvariantCulture)).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
