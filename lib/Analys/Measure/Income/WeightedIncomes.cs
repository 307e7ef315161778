using System.Runtime.CompilerServices;

namespace Analys.Measure.Income;

/// <summary>
/// A weighted income distribution: incomes in rising order, each with a weight. It is the aggregate that every income measure is a formula
/// on; it may come from rows, from <c>select income, sum(weight) ... group by income order by income</c>, or from a stream.
/// </summary>
/// <remarks>A weight may be zero: a replicate keeps the order of the incomes and changes only their weights.</remarks>
internal readonly ref struct WeightedIncomes
{
    // Cumulated weights this close, relative to their sum, are equal.
    private const double Tolerance = 1e-10;

    /// <summary>Wraps incomes that are already sorted.</summary>
    /// <param name="incomes">The incomes in rising order.</param>
    /// <param name="weights">Their weights, none negative.</param>
    public WeightedIncomes(ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights)
        : this(incomes, weights, [])
    {
    }

    /// <summary>Wraps entries that each stand for one or several persons of one income.</summary>
    /// <param name="incomes">The incomes in rising order.</param>
    /// <param name="weights">Their weights, none negative.</param>
    /// <param name="persons">How many persons each entry stands for; empty for one each.</param>
    internal WeightedIncomes(ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights, ReadOnlySpan<int> persons)
        : this(incomes, weights, persons, [], Compensated.Sum(weights))
    {
    }

    private WeightedIncomes(ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights, ReadOnlySpan<int> persons,
        ReadOnlySpan<double> beside,
        double total)
    {
        Incomes = incomes;
        Weights = weights;
        Persons = persons;
        Beside = beside;
        Total = total;
    }

    /// <summary>Another number of each person, in the order of the incomes; empty where the measure asks for none.</summary>
    public ReadOnlySpan<double> Beside { get; }

    /// <summary>The same with another number of each person.</summary>
    public WeightedIncomes With(ReadOnlySpan<double> beside) => new(Incomes, Weights, Persons, beside, Total);

    /// <summary>The incomes in rising order.</summary>
    public ReadOnlySpan<double> Incomes { get; }

    /// <summary>Their weights.</summary>
    public ReadOnlySpan<double> Weights { get; }

    /// <summary>The sum of the weights.</summary>
    public double Total { get; }

    /// <summary>How many persons there are.</summary>
    internal int PersonCount
    {
        get
        {
            if (Persons.IsEmpty) return Incomes.Length;
            var count = 0;
            foreach (var persons in Persons) count += persons;
            return count;
        }
    }

    private ReadOnlySpan<int> Persons { get; }

    /// <summary>Whether nobody is there.</summary>
    public bool IsEmpty => Total <= 0;

    /// <summary>How many incomes are below the line, or at or below it: they come first.</summary>
    /// <param name="line">The line.</param>
    /// <param name="rule">Whether an income on the line counts.</param>
    public int CountPoor(double line, PoorRule rule)
    {
        int low = 0, high = Incomes.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Incomes[middle] < line || (rule == PoorRule.AtOrBelow && Incomes[middle] == line)) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>The distribution of those below the line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="rule">Whether an income on the line counts.</param>
    public WeightedIncomes Poor(double line, PoorRule rule) => First(CountPoor(line, rule));

    /// <summary>The distribution of those with a positive income.</summary>
    public WeightedIncomes Positive() => From(CountPoor(0, PoorRule.AtOrBelow));

    /// <summary>The first <paramref name="count"/> incomes.</summary>
    public WeightedIncomes First(int count) => new(Incomes[..count], Weights[..count], Persons.IsEmpty ? [] : Persons[..count]);

    /// <summary>The incomes from a place on.</summary>
    public WeightedIncomes From(int start) => new(Incomes[start..], Weights[start..], Persons.IsEmpty ? [] : Persons[start..]);

    /// <summary>The weighted sum of the incomes.</summary>
    public double Sum() => Compensated.Dot(Incomes, Weights);

    /// <summary>The weighted quantile.</summary>
    /// <param name="p">From 0 to 1.</param>
    /// <param name="rule">What holds where the cumulated weights meet p exactly.</param>
    /// <exception cref="InvalidOperationException">Nobody is there.</exception>
    public double Quantile(double p, QuantileRule rule)
    {
        if (IsEmpty) throw new InvalidOperationException("An empty distribution has no quantile.");
        return QuantileScan.Of(Incomes, Weights, 0, p * Total, Tolerance * Total, rule) ?? Incomes[LastWeighted()];
    }

    /// <summary>Σ_i Σ_j w_i w_j max(x_i, x_j), from which the mean difference follows: |a − b| = 2 max(a, b) − a − b.</summary>
    public double SumOfMaxima()
    {
        Compensated sum = default, below = default;
        for (var i = 0; i < Incomes.Length; i++)
        {
            sum.Add(Weights[i] * Incomes[i] * ((2 * below.Value) + Weights[i]));
            below.Add(Weights[i]);
        }

        return sum.Value;
    }

    private int LastWeighted()
    {
        var i = Weights.Length - 1;
        while (i > 0 && Weights[i] == 0) i--;
        return i;
    }
}

/// <summary>Sorts rows by income: radix sort on the bits, stable, in time linear in the number of rows.</summary>
internal static class IncomeOrder
{
    private const int DigitBits = 11;
    private const int Digits = 6;
    private const int Buckets = 1 << DigitBits;

    /// <summary>The bits of a number as an unsigned integer of the same order; −0 is 0.</summary>
    public static ulong Key(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value + 0.0);
        return (ulong)(bits ^ ((bits >> 63) | long.MinValue));
    }

    /// <summary>The rows in rising order of income; rows of one income stay in their order.</summary>
    /// <param name="incomes">The incomes, all finite.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int[] Of(ReadOnlySpan<double> incomes)
    {
        var keys = new ulong[incomes.Length];
        var rows = new int[incomes.Length];
        var histograms = new int[Digits * Buckets];
        for (var i = 0; i < keys.Length; i++)
        {
            var key = keys[i] = Key(incomes[i]);
            rows[i] = i;
            for (var digit = 0; digit < Digits; digit++) histograms[(digit * Buckets) + Digit(key, digit)]++;
        }

        var otherKeys = new ulong[keys.Length];
        var otherRows = new int[keys.Length];
        for (var digit = 0; digit < Digits; digit++)
        {
            var starts = histograms.AsSpan(digit * Buckets, Buckets);
            if (keys.Length == 0 || starts[Digit(keys[0], digit)] == keys.Length) continue;
            var sum = 0;
            foreach (ref var start in starts) (start, sum) = (sum, sum + start);
            for (var i = 0; i < keys.Length; i++)
            {
                var place = starts[Digit(keys[i], digit)]++;
                otherKeys[place] = keys[i];
                otherRows[place] = rows[i];
            }

            (keys, otherKeys) = (otherKeys, keys);
            (rows, otherRows) = (otherRows, rows);
        }

        return rows;
    }

    private static int Digit(ulong key, int digit) => (int)(key >> (digit * DigitBits)) & (Buckets - 1);
}
