namespace Analys.Measure.Inequality;

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
