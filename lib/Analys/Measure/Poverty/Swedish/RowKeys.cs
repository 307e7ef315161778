using System.Globalization;
using Analys.Load;

namespace Analys.Measure.Poverty.Swedish;

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
