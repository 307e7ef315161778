using System.Collections.Immutable;

namespace Analys.Load;

/// <summary>Rows of a file for messages: the first few, and how many there are. Never a value.</summary>
/// <param name="First">The first few, the first row of the file being 1.</param>
/// <param name="Count">How many there are.</param>
public sealed record RowNumbers(ImmutableArray<long> First, long Count)
{
    /// <summary>More rows than this are counted, not listed.</summary>
    public const int Shown = 5;

    /// <summary>No row: it concerns the file or a whole column.</summary>
    public static RowNumbers None { get; } = new([], 0);

    /// <summary>Takes the first few of some rows and counts them.</summary>
    /// <param name="rows">The rows in order.</param>
    public static RowNumbers Of(IEnumerable<long> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var first = ImmutableArray.CreateBuilder<long>(Shown);
        long count = 0;
        foreach (var row in rows)
        {
            if (first.Count < Shown) first.Add(row);
            count++;
        }

        return new RowNumbers(first.ToImmutable(), count);
    }

    /// <summary>Such as <c>row 4</c> or <c>rows 4, 7, 9, 12, 15 and 3 more</c>; empty for none.</summary>
    public override string ToString() => Count switch
    {
        0 => "",
        1 => $"row {First[0]}",
        _ => $"rows {string.Join(", ", First)}{(Count > First.Length ? $" and {Count - First.Length} more" : "")}",
    };

    /// <inheritdoc/>
    public bool Equals(RowNumbers? other) => other is not null && Count == other.Count && First.AsSpan().SequenceEqual(other.First.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, First.Length);
}
