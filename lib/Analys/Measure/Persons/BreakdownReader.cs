using System.Collections.Immutable;
using System.Globalization;
using Analys.Domain;
using Analys.Load;
using Analys.Measure.Segregation;

namespace Analys.Measure.Persons;

/// <summary>Reads the columns to break down by.</summary>
internal static class BreakdownReader
{
    private const int MostNumbers = 20_000;

    /// <summary>The breakdown of a column, its values sorted as a Swedish reader expects.</summary>
    public static Breakdown Of(Column column, string name, bool isArea)
    {
        var (codes, values) = column is TextColumn text ? Texts(text) : Numbers((NumberColumn)column);
        return new Breakdown(name, isArea, codes, values);
    }

    /// <summary>The breakdown by age groups.</summary>
    public static Breakdown AgeGroups(ReadOnlySpan<double> ages, ImmutableArray<AgeSpan> groups, string name)
    {
        var codes = new int[ages.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            codes[row] = -1;
            for (var i = 0; i < groups.Length && codes[row] < 0; i++)
            {
                if (groups[i].Contains(ages[row])) codes[row] = i;
            }
        }

        return new Breakdown(name, false, codes, [.. groups.Select(group => group.ToString())]);
    }

    private static (ReadOnlyMemory<int>, ImmutableArray<string>) Texts(TextColumn text)
    {
        var order = Enumerable.Range(0, text.Categories.Count).OrderBy(i => text.Categories[i], SwedishOrder.Comparer).ThenBy(i => text.Categories[i], StringComparer.Ordinal).ToArray();
        var place = new int[order.Length];
        for (var i = 0; i < order.Length; i++) place[order[i]] = i;
        var codes = new int[text.Count];
        for (var row = 0; row < codes.Length; row++) codes[row] = text.Codes[row] < 0 ? -1 : place[text.Codes[row]];
        return (codes, [.. order.Select(i => text.Categories[i])]);
    }

    private static (ReadOnlyMemory<int>, ImmutableArray<string>) Numbers(NumberColumn column)
    {
        var values = column.Values;
        var known = new Dictionary<double, int>();
        var codes = new int[values.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            if (double.IsNaN(values[row])) codes[row] = -1;
            else if (row > 0 && values[row] == values[row - 1]) codes[row] = codes[row - 1];
            else if (!known.TryGetValue(values[row], out codes[row])) known[values[row]] = codes[row] = known.Count;
            if (known.Count > MostNumbers) throw new CountException($"The column {column.Name} has too many values to break down by.");
        }

        var sorted = known.OrderBy(pair => pair.Key).ToArray();
        var place = new int[sorted.Length];
        for (var i = 0; i < sorted.Length; i++) place[sorted[i].Value] = i;
        for (var row = 0; row < codes.Length; row++) codes[row] = codes[row] < 0 ? -1 : place[codes[row]];
        return (codes, [.. sorted.Select(pair => column.Field.Type == FieldType.Boolean ? (pair.Key != 0 ? "true" : "false") : pair.Key.ToString(CultureInfo.InvariantCulture))]);
    }
}
