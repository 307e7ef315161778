namespace Analys.Load;

/// <summary>Which row of its file each row of an extract stands in.</summary>
/// <param name="FirstRow">The row of the first data row, from 1.</param>
/// <param name="Skipped">The rows below it that were passed over, in order.</param>
internal sealed record RowMap(long FirstRow, IReadOnlyList<long> Skipped)
{
    /// <summary>A header in row 1 and nothing passed over.</summary>
    public static RowMap Plain { get; } = new(2, []);

    /// <summary>Rows that stand in no file: sums that an engine returned.</summary>
    public static RowMap None { get; } = new(0, []);

    /// <summary>The row of the file.</summary>
    /// <param name="row">The row of the extract, from 0.</param>
    public long Of(int row)
    {
        // Skipped[k] stands before the row if fewer than k rows were passed over above it.
        var (low, high) = (0, Skipped.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Skipped[middle] - middle <= FirstRow + row) low = middle + 1;
            else high = middle;
        }

        return FirstRow + row + low;
    }

    /// <summary>The same for a table that begins further down in its file.</summary>
    public RowMap Below(long rows) => rows == 0 ? this : new RowMap(FirstRow + rows, [.. Skipped.Select(row => row + rows)]);
}
