using System.Data;
using System.Data.Common;
using System.Globalization;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Segregation;
using Analys.Measure.Source;

namespace Analys.Database.Sql;

// The cells of a table of counts: what disclosure control of a table needs.
internal sealed partial class SqlSource
{
    /// <inheritdoc/>
    public CountTotals Totals(IReadOnlyList<string> keys, IReadOnlyList<string> sums, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(sums);
        var s = new Statement(dialect);
        string[] numbers =
        [
            .. sums.Select(sum => $"sum({s.Real(dialect.Quote(sum))})"),
            .. sums.Select(sum => $"sum({s.Flag($"{dialect.Quote(sum)} is null")})"),
            .. sums.Select(sum => $"sum({s.Flag($"{dialect.Quote(sum)} < 0")})"),
            $"sum({s.One})",
        ];
        var rows = Grouped(keys, numbers, null, s, cancel).Where(row => row.Sums[^1] > 0).Select(row => new CountRow(
            row.Keys,
            [.. sums.Select((_, i) => row.Sums[sums.Count + i] > 0 ? double.NaN : row.Sums[i])],
            [.. sums.Select((_, i) => row.Sums[(2 * sums.Count) + i] > 0)],
            (long)row.Sums[^1]));
        return new CountTotals([.. rows], false, null);
    }

    /// <summary>Sums and the number of rows by the values of columns; a value that is missing is a cell of its own.</summary>
    /// <param name="keys">The columns to divide by.</param>
    /// <param name="sums">The columns to add up.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>The values, null for a missing one, and the sums, the number of rows being the last.</returns>
    internal IReadOnlyList<(string?[] Keys, double[] Sums)> Cells(IReadOnlyList<string> keys, IReadOnlyList<string> sums,
        CancellationToken cancel)
    {
        var s = new Statement(dialect);
        var numbers = sums.Select(sum => $"sum({s.Real(dialect.Quote(sum))})").Append($"sum({s.One})")
            .Concat(sums.Select(sum => $"sum({s.Flag($"{dialect.Quote(sum)} is null")})"));
        var rows = Grouped(keys, [.. numbers], null, s, cancel);
        foreach (var (_, found) in rows)
        {
            for (var i = 0; i < sums.Count; i++) if (found[sums.Count + 1 + i] > 0)
                throw new CountException($"A count in {sums[i]} is missing or withheld.");
        }

        return [.. rows.Select(row => (row.Keys, row.Sums[..(sums.Count + 1)]))];
    }

    /// <summary>The number of distinct contributors by the values of columns; one whose key is missing is one of his own.</summary>
    /// <param name="keys">The columns to divide by; none for the whole.</param>
    /// <param name="contributor">The column of the contributor.</param>
    /// <param name="count">The column of counts; who has none of them contributes nothing. Null where rows are counted.</param>
    /// <param name="within">Columns of which only some values are taken.</param>
    /// <param name="cancel">Stops the work.</param>
    internal IReadOnlyList<(string?[] Keys, double[] Sums)> Contributors(
        IReadOnlyList<string> keys, string contributor, string? count, IReadOnlyList<(string Column, IReadOnlyList<string> Values)> within,
        CancellationToken cancel)
    {
        var s = new Statement(dialect);
        var who = dialect.Quote(contributor);
        var conditions =
            within.Select(some =>
                $"{dialect.Quote(some.Column)} in "
                    + $"({string.Join(", ", some.Values.Select(value => s.Parameter(raw[(some.Column, value)])))})").ToList();
        if (count is not null) conditions.Add($"{dialect.Quote(count)} <> 0");
        return Grouped(keys, [$"count(distinct {who}) + sum({s.Flag($"{who} is null")})"], conditions.Count == 0
            ? null : string.Join(" and ", conditions), s, cancel);
    }

    private IReadOnlyList<(string?[] Keys, double[] Sums)> Grouped(IReadOnlyList<string> keys, string[] numbers, string? condition,
        Statement s, CancellationToken cancel)
    {
        var names = keys.Select(dialect.Quote).ToArray();
        var types = keys.Select(key => Description.Schema.Find(key)?.Type
            ?? throw new ColumnNotFoundException($"There is no column {key}.")).ToArray();
        string[] groups = [.. names, .. partition is null || keys.Contains(partition) ? [] : new[] { dialect.Quote(partition) }];
        var found = new Dictionary<string, (string?[], double[])>(StringComparer.Ordinal);
        var filter = condition is null ? "" : $" where {condition}";
        var grouping = groups.Length == 0 ? "" : $" group by {string.Join(", ", groups)}";
        using var command = Command(
            $"select {string.Join(", ", names.Concat(numbers))} from {relation}{filter}{grouping}", s.Values);
        Read(command, reader =>
        {
            var own = new string?[keys.Count];
            for (var i = 0; i < own.Length; i++)
            {
                var value = reader.GetValue(i);
                own[i] = Value(value, types[i]);
                if (own[i] is { } text) raw.TryAdd((keys[i], text), value);
            }

            var key = string.Join('\u001f', own.Select(value => value ?? "\0"));
            if (!found.TryGetValue(key, out var row)) found[key] = row = (own, new double[numbers.Length]);
            for (var i = 0; i < numbers.Length; i++) row.Item2[i] += reader.IsDBNull(keys.Count + i)
                ? 0 : Convert.ToDouble(reader.GetValue(keys.Count + i), CultureInfo.InvariantCulture);
        }, cancel);
        return [.. found.Values];
    }
}
