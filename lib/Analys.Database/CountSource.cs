using System.Runtime.InteropServices;
using Analys.Database.Rows;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Source;

namespace Analys.Database;

/// <summary>A table whose counts are added up where its rows are: a SQL engine, a file read once, or several of them. An edge of the
/// outside world.</summary>
internal interface ICountSource : IDisposable
{
    /// <summary>The columns, and whether individuals stand behind the rows.</summary>
    SourceDescription Description { get; }

    /// <summary>Adds up columns by the values of others.</summary>
    /// <param name="keys">The columns to divide by.</param>
    /// <param name="sums">The columns to add up.</param>
    /// <param name="cancel">Stops the work.</param>
    CountTotals Totals(IReadOnlyList<string> keys, IReadOnlyList<string> sums, CancellationToken cancel);
}

/// <summary>Sums by the values of columns: as many rows as there are combinations, however many rows were added up.</summary>
/// <param name="Rows">The combinations.</param>
/// <param name="InOrder">Whether they stand in the order in which a file first has them; an engine has no order.</param>
/// <param name="Sha256">The SHA-256 of what was read, where that is a file.</param>
internal sealed record CountTotals(IReadOnlyList<CountRow> Rows, bool InOrder, string? Sha256)
{
    /// <summary>The sums of two parts of a population.</summary>
    /// <param name="other">The other part.</param>
    public CountTotals Plus(CountTotals other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var rows = new List<CountRow>(Rows);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < rows.Count; i++) places.Add(rows[i].Identity, i);
        foreach (var row in other.Rows)
        {
            if (places.TryGetValue(row.Identity, out var place)) rows[place] = rows[place].Plus(row);
            else rows.Add(row);
        }

        return new CountTotals(rows, InOrder && other.InOrder, null);
    }
}

/// <summary>One combination of values with its sums.</summary>
/// <param name="Keys">The values as text; null where one is missing.</param>
/// <param name="Sums">The sums; NaN where a number of them is missing or withheld.</param>
/// <param name="Negative">Whether a number of a sum is below zero, which a count may not be.</param>
/// <param name="Rows">How many rows were added up.</param>
internal sealed record CountRow(IReadOnlyList<string?> Keys, IReadOnlyList<double> Sums, IReadOnlyList<bool> Negative, long Rows)
{
    // Lengths before texts: no text can imitate another combination.
    internal string Identity =>
        string.Concat(Keys.Select(key => key is null
            ? "-;" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{key.Length};{key}")));

    internal CountRow Plus(CountRow other) => this with
    {
        Sums = [.. Sums.Zip(other.Sums, (a, b) => a + b)],
        Negative = [.. Negative.Zip(other.Negative, (a, b) => a || b)],
        Rows = Rows + other.Rows,
    };
}

/// <summary>Several sources with the parts of one population: their counts add up.</summary>
internal sealed class CountsSideBySide : ICountSource
{
    private readonly IReadOnlyList<ICountSource> parts;

    /// <summary>Puts sources side by side.</summary>
    /// <param name="parts">The parts, with the same columns.</param>
    public CountsSideBySide(IReadOnlyList<ICountSource> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0) throw new ArgumentException("There must be a source.", nameof(parts));
        this.parts = parts;
        Description = SourceDescription.Together([.. parts.Select(part => part.Description)]);
    }

    /// <inheritdoc/>
    public SourceDescription Description { get; }

    /// <inheritdoc/>
    public CountTotals Totals(IReadOnlyList<string> keys, IReadOnlyList<string> sums, CancellationToken cancel)
    {
        var totals = new CountTotals[parts.Count];
        Parts.Each(parts.Count, (i, stop) => totals[i] = parts[i].Totals(keys, sums, stop), cancel);
        return totals.Aggregate((all, more) => all.Plus(more));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in parts) part.Dispose();
    }
}

/// <summary>A CSV file of any size, read once: it is validated and screened, and memory holds a row for each combination of
/// values.</summary>
internal sealed class StreamedCounts : ICountSource
{
    private readonly ExtractStream stream;
    private readonly RowChoice choice;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">Its schema; null to find it as <see cref="Extract"/> does.</param>
    /// <exception cref="ExtractRejectedException">The file cannot be read.</exception>
    public StreamedCounts(string path, TableSchema? schema = null)
        : this(path, schema, null)
    {
    }

    /// <summary>Opens a file of which some rows are meant, chosen when its columns are known.</summary>
    internal StreamedCounts(string path, TableSchema? schema, Func<TableSchema, RowChoice>? rows)
    {
        stream = ExtractStream.Open(path, schema);
        // The schema is known once the first block has been read.
        foreach (var _ in stream) break;
        Description = new SourceDescription(Path.GetFileName(path), "", stream.Schema!);
        choice = rows?.Invoke(stream.Schema!) ?? RowChoice.All;
    }

    /// <inheritdoc/>
    public SourceDescription Description { get; }

    /// <inheritdoc/>
    public CountTotals Totals(IReadOnlyList<string> keys, IReadOnlyList<string> sums, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(sums);
        // A combination is a path: its first values' place, then the next value.
        var places = keys.Select(_ => new Dictionary<(int Place, long Value), int>()).ToArray();
        var rows = new List<(string?[] Keys, double[] Sums, bool[] Negative, long Rows)>();
        foreach (var whole in stream)
        {
            var chunk = choice.Of(whole);
            cancel.ThrowIfCancellationRequested();
            Column[] by = [.. keys.Select(name => chunk[name])];
            NumberColumn[] numbers = [.. sums.Select(name => (NumberColumn)chunk[name])];
            for (var row = 0; row < chunk.RowCount; row++)
            {
                var place = 0;
                for (var i = 0; i < by.Length; i++)
                {
                    ref var next = ref CollectionsMarshal.GetValueRefOrAddDefault(places[i], (place, Value(by[i], row)), out var known);
                    if (!known) next = places[i].Count - 1;
                    place = next;
                }

                if (place == rows.Count)
                    rows.Add(([.. by.Select(column => RowReader.Text(column, row))], new double[sums.Count], new bool[sums.Count], 0));
                ref var found = ref CollectionsMarshal.AsSpan(rows)[place];
                found.Rows++;
                for (var i = 0; i < numbers.Length; i++)
                {
                    var number = numbers[i].MarkAt(row) == Mark.Nil ? 0 : numbers[i].Values[row];
                    found.Sums[i] += number;
                    found.Negative[i] |= number < 0;
                }
            }
        }

        return new CountTotals([.. rows.Select(row => new CountRow(row.Keys, row.Sums, row.Negative, row.Rows))], true,
            stream.Provenance!.Sources[0].Sha256);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    // What tells two values of a column apart; a missing one is a value of its own.
    private static long Value(Column column, int row) =>
        column is TextColumn text ? text.Codes[row] : BitConverter.DoubleToInt64Bits(((NumberColumn)column).Values[row] + 0.0);
}
