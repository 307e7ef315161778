using System.Runtime.InteropServices;
using Analys.Database.Contract;
using Analys.Database.Rows;
using Analys.Load;

namespace Analys.Database.Counts;

/// <summary>A CSV file of any size, read once: it is validated and screened, and memory holds a row for each combination of values.</summary>
public sealed class StreamedCounts : ICountSource
{
    private readonly ExtractStream stream;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">Its schema; null to find it as <see cref="Extract.Load"/> does.</param>
    /// <exception cref="ExtractRejectedException">The file cannot be read.</exception>
    public StreamedCounts(string path, TableSchema? schema = null)
    {
        stream = ExtractStream.Open(path, schema);
        // The schema is known once the first block has been read.
        foreach (var _ in stream) break;
        Description = new SourceDescription(Path.GetFileName(path), "", stream.Schema!);
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
        foreach (var chunk in stream)
        {
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

                if (place == rows.Count) rows.Add(([.. by.Select(column => RowReader.Text(column, row))], new double[sums.Count], new bool[sums.Count], 0));
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

        return new CountTotals([.. rows.Select(row => new CountRow(row.Keys, row.Sums, row.Negative, row.Rows))], true, stream.Provenance!.Sources[0].Sha256);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    // What tells two values of a column apart; a missing one is a value of its own.
    private static long Value(Column column, int row) => column is TextColumn text ? text.Codes[row] : BitConverter.DoubleToInt64Bits(((NumberColumn)column).Values[row] + 0.0);
}
