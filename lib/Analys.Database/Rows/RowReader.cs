using System.Collections.Concurrent;
using Analys.Load;
using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Source;

namespace Analys.Database.Rows;

/// <summary>Takes from columns what a layout names.</summary>
internal static class RowReader
{
    /// <summary>The rows of some columns; the codes of values need a frame.</summary>
    public static RowChunk Read(PersonLayout layout, SourceFrame? frame, IReadOnlyList<Column> columns)
    {
        var count = columns.Count == 0 ? 0 : columns[0].Count;
        var units = layout.Units is { } name ? Numbers(columns, name) : null;
        var households = Keys(columns, layout.Household, count);
        var chunk = new RowChunk
        {
            Count = count,
            Weights = layout.Weight is { } weight ? Numbers(columns, weight) : Filled(count, 1),
            Ages = layout.Age is { } age ? Numbers(columns, age) : Filled(count, double.NaN),
            Periods = frame is null || layout.Period is null ? new int[count] : Codes(Find(columns, layout.Period), frame.PeriodCode),
            Codes = frame is null
            ? [] : [.. layout.Keys.Select((key, i) => key.AgeGroups.IsEmpty
                ? Codes(Find(columns, key.Column), value => frame.Code(i, value)) : Groups(key, Numbers(columns, key.Column)))],
            Households = households,
            Clusters = layout.Cluster == layout.Household ? households : Keys(columns, layout.Cluster, count),
            Persons = Keys(columns, layout.Person, count),
            ReplicateWeights = [.. layout.ReplicateWeights.Select(column => Numbers(columns, column))],
            Disposable = layout.Income is null ? Filled(count, 0) : Incomes(layout, columns, units),
            Transfers = Divided(columns, layout.Transfers, units),
            HousingCosts = Divided(columns, layout.HousingCost, units),
            Months = layout.SupportMonths is { } months ? Months(Find(columns, months)) : [],
        };
        LeaveOut(layout, chunk);
        return chunk;
    }

    // Who is left out has no income.
    private static void LeaveOut(PersonLayout layout, RowChunk chunk)
    {
        for (var row = 0; layout.OnlyPositive && row < chunk.Count; row++)
        {
            if (chunk.Disposable[row] <= 0) chunk.Disposable[row] = double.NaN;
        }

        foreach (var codes in layout.RequireKeys ? chunk.Codes.Take(layout.By.Length) : [])
        {
            for (var row = 0; row < chunk.Count; row++)
            {
                if (codes[row] < 0) chunk.Disposable[row] = double.NaN;
            }
        }
    }

    public static Column Find(IReadOnlyList<Column> columns, string name) => columns.First(column => column.Name == name);

    /// <summary>The text of each code of a text column, or null for numbers.</summary>
    public static string? Text(Column column, int row) => column switch
    {
        TextColumn text => text.Codes[row] < 0 ? null : text.Categories[text.Codes[row]],
        NumberColumn number => double.IsNaN(number.Values[row]) ? null : SourceFrame.Text(number.Values[row], column.Field.Type),
        _ => null,
    };

    private static double[] Incomes(PersonLayout layout, IReadOnlyList<Column> columns, double[]? units)
    {
        var incomes = Divided(columns, layout.Income, units);
        for (var row = 0; row < incomes.Length; row++)
        {
            if (incomes[row] < 0 && layout.Negative != NegativeIncomes.Keep)
                incomes[row] = layout.Negative == NegativeIncomes.Zero ? 0 : double.NaN;
        }

        return incomes;
    }

    private static double[] Divided(IReadOnlyList<Column> columns, string? name, double[]? units)
    {
        if (name is null) return [];
        var values = Numbers(columns, name);
        for (var row = 0; units is not null && row < values.Length; row++) values[row] /= units[row];
        return values;
    }

    private static double[] Numbers(IReadOnlyList<Column> columns, string name) =>
        Find(columns, name) is NumberColumn number ? number.Values.ToArray()
        : throw new ColumnNotFoundException($"The column {name} holds text, not numbers.");

    private static double[] Months(Column column)
    {
        var values = ((NumberColumn)column).Values.ToArray();
        for (var row = 0; row < values.Length; row++)
        {
            if (column.MarkAt(row) == Mark.Nil) values[row] = 0;
        }

        return values;
    }

    private static int[] Codes(Column column, Func<string?, int> code)
    {
        var codes = new int[column.Count];
        if (column is TextColumn text)
        {
            var own = text.Codes;
            var most = -1;
            foreach (var one in own) most = Math.Max(most, one);
            // A code that has been looked up, by two more than it is.
            var known = new int[most + 1];
            for (var row = 0; row < codes.Length; row++)
            {
                if (own[row] < 0)
                {
                    codes[row] = -1;
                    continue;
                }

                ref var found = ref known[own[row]];
                if (found == 0) found = code(text.Categories[own[row]]) + 2;
                codes[row] = found - 2;
            }

            return codes;
        }

        var values = ((NumberColumn)column).Values;
        var numbers = new Dictionary<double, int>();
        for (var row = 0; row < codes.Length; row++)
        {
            if (double.IsNaN(values[row])) codes[row] = -1;
            else if (row > 0 && values[row] == values[row - 1]) codes[row] = codes[row - 1];
            else if (!numbers.TryGetValue(values[row], out codes[row]))
                numbers[values[row]] = codes[row] = code(SourceFrame.Text(values[row], column.Field.Type));
        }

        return codes;
    }

    private static int[] Groups(KeyColumn key, double[] ages)
    {
        var codes = new int[ages.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            codes[row] = -1;
            for (var i = 0; i < key.AgeGroups.Length && codes[row] < 0; i++)
            {
                if (key.AgeGroups[i].Contains(ages[row])) codes[row] = i;
            }
        }

        return codes;
    }

    // Texts by their code, whole numbers as they are, other numbers by their bits.
    private static long[] Keys(IReadOnlyList<Column> columns, string? name, int count)
    {
        var keys = new long[count];
        if (name is null)
        {
            Array.Fill(keys, RowChunk.NoKey);
            return keys;
        }

        var column = Find(columns, name);
        if (column is TextColumn text)
        {
            for (var row = 0; row < count; row++) keys[row] = text.Codes[row] < 0 ? RowChunk.NoKey : text.Codes[row];
            return keys;
        }

        var values = ((NumberColumn)column).Values;
        for (var row = 0; row < count; row++)
        {
            keys[row] = double.IsNaN(values[row]) ? RowChunk.NoKey
                : values[row] == Math.Floor(values[row]) && Math.Abs(values[row]) < 1e18 ? (long)values[row]
                : BitConverter.DoubleToInt64Bits(values[row]);
        }

        return keys;
    }

    private static double[] Filled(int count, double value)
    {
        var values = new double[count];
        Array.Fill(values, value);
        return values;
    }
}

/// <summary>What a scope is of some rows.</summary>
/// <param name="Incomes">The incomes; NaN for who does not belong.</param>
/// <param name="Weights">The weights.</param>
/// <param name="Domains">The domain of each row; −1 for who does not belong.</param>
internal sealed record ScopeRows(double[] Incomes, double[] Weights, int[] Domains);

/// <summary>Some rows as aggregates need them: numbers and codes, a row without an income marked as out.</summary>
internal sealed class RowChunk
{
    /// <summary>The key of a row that has none: it is a household or cluster of its own.</summary>
    public const long NoKey = long.MinValue;

    private readonly ConcurrentDictionary<Scope, Lazy<ScopeRows>> scopes = new();

    public required int Count { get; init; }

    public required double[] Weights { get; init; }

    public required double[] Ages { get; init; }

    public required int[] Periods { get; init; }

    public required int[][] Codes { get; init; }

    public required long[] Households { get; init; }

    public required long[] Clusters { get; init; }

    public required long[] Persons { get; init; }

    public double[][] ReplicateWeights { get; init; } = [];

    public required double[] Disposable { get; init; }

    public double[] Transfers { get; init; } = [];

    public double[] HousingCosts { get; init; } = [];

    public double[] Months { get; init; } = [];

    /// <summary>The incomes, weights and domains of a scope, found once for all questions about it.</summary>
    public ScopeRows Of(SourceFrame frame, Scope scope) => scopes.GetOrAdd(scope, own => new Lazy<ScopeRows>(() =>
    {
        var incomes = Incomes(own.Concept);
        return new ScopeRows(incomes, WeightsOf(own), Domains(frame, own, incomes));
    })).Value;

    /// <summary>The incomes of a concept; NaN for who does not belong.</summary>
    private double[] Incomes(IncomeConcept concept) => concept switch
    {
        IncomeConcept.BeforeTransfers => Each(row => Disposable[row] - Transfers[row]),
        IncomeConcept.AfterHousing => Each(row => Disposable[row] - HousingCosts[row]),
        IncomeConcept.SupportMonths => Each(row => double.IsNaN(Disposable[row]) ? double.NaN : -Months[row]),
        _ => Disposable,
    };

    /// <summary>For each row the number of its domain; −1 for who does not belong.</summary>
    private int[] Domains(SourceFrame frame, Scope scope, double[] incomes)
    {
        var domains = new int[Count];
        foreach (var by in scope.By)
        {
            var (own, many) = (Codes[by], frame.Values[by].Length);
            for (var row = 0; row < domains.Length; row++)
                domains[row] = domains[row] < 0 || own[row] < 0 ? -1 : (domains[row] * many) + own[row];
        }

        for (var row = 0; row < domains.Length; row++)
        {
            if (double.IsNaN(incomes[row]) || (scope.Period >= 0 && Periods[row] != scope.Period)) domains[row] = -1;
        }

        if (scope.Ages is not { } ages) return domains;
        for (var row = 0; row < domains.Length; row++)
        {
            if (!ages.Contains(Ages[row])) domains[row] = -1;
        }

        return domains;
    }

    /// <summary>The weights, those of a replicate where one is given.</summary>
    private double[] WeightsOf(Scope scope)
    {
        if (scope.WeightColumn is { } column) return ReplicateWeights[column];
        if (scope.Replicate is not { } replicate) return Weights;
        var weights = new double[Count];
        var (key, factor) = (NoKey, 1);
        for (var row = 0; row < Count; row++)
        {
            // Who has no key cannot be drawn and keeps the weight; those of one cluster mostly follow each other.
            if (Clusters[row] != key) (key, factor) = (Clusters[row], Clusters[row] == NoKey ? 1 : replicate.Factor(Clusters[row]));
            weights[row] = Weights[row] * factor;
        }

        return weights;
    }

    private double[] Each(Func<int, double> of)
    {
        var values = new double[Count];
        for (var row = 0; row < Count; row++) values[row] = of(row);
        return values;
    }
}
