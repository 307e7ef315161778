using System.Collections.Immutable;
using Analys.Load.Schema;
using Analys.Load.Screening;

namespace Analys.Load;

/// <summary>A column of an extract: typed values, and marks where a value is not there.</summary>
public abstract class Column
{
    private readonly Mark[]? marks;

    private protected Column(Field field, int count, Mark[]? marks)
    {
        Field = field;
        Count = count;
        if (marks is not null && marks.Length < count) throw new ArgumentException("There are fewer marks than rows.", nameof(marks));
        this.marks = marks;
    }

    /// <summary>The field of the schema.</summary>
    public Field Field { get; }

    /// <summary>The name.</summary>
    public string Name => Field.Name;

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>Whether any cell holds a mark instead of a value.</summary>
    public bool HasMarks => marks is not null;

    /// <summary>What stands in each cell instead of a value; empty when every cell has one.</summary>
    public ReadOnlySpan<Mark> Marks => marks is null ? default : marks.AsSpan(0, Count);

    /// <summary>What stands in a cell instead of a value.</summary>
    /// <param name="row">The row, from 0.</param>
    public Mark MarkAt(int row) => marks is null ? Mark.None : marks[row];

    /// <summary>The value of a cell for a <see cref="System.Data.Common.DbDataReader"/>; null where a mark stands.</summary>
    /// <param name="row">The row, from 0.</param>
    internal abstract object? ValueAt(int row);

    /// <summary>The .NET type of the values.</summary>
    internal abstract Type ValueType { get; }

    /// <summary>Some of the rows, in a given order; a row below 0 is a missing value.</summary>
    internal abstract Column Take(ReadOnlySpan<int> rows);

    /// <summary>A column of texts; null is a missing value.</summary>
    internal static TextColumn OfTexts(Field field, IEnumerable<string?> cells)
    {
        var (codes, texts, known) = (new List<int>(), new List<string>(), new Dictionary<string, int>(StringComparer.Ordinal));
        var any = false;
        foreach (var cell in cells)
        {
            any |= cell is null;
            if (cell is not null && known.TryAdd(cell, texts.Count)) texts.Add(cell);
            codes.Add(cell is null ? -1 : known[cell]);
        }

        return new TextColumn(field, [.. codes], texts, any ? [.. codes.Select(code => code < 0 ? Mark.Missing : Mark.None)] : null);
    }

    /// <summary>The marks of some rows; null where every row has a value.</summary>
    private protected Mark[]? TakeMarks(ReadOnlySpan<int> rows)
    {
        var taken = new Mark[rows.Length];
        var any = false;
        for (var i = 0; i < rows.Length; i++)
        {
            taken[i] = rows[i] < 0 ? Mark.Missing : MarkAt(rows[i]);
            any |= taken[i] != Mark.None;
        }

        return any ? taken : null;
    }
}

/// <summary>A column of numbers.</summary>
/// <remarks>
/// A cell with a mark holds NaN in <see cref="Values"/>, so that a loop that forgot the marks fails
/// (<see cref="Analys.Quantity.Known"/> refuses it) instead of counting a zero.
/// </remarks>
public sealed class NumberColumn : Column
{
    private readonly double[] values;

    internal NumberColumn(Field field, double[] values, Mark[]? marks)
        : this(field, values, values.Length, marks)
    {
    }

    // The array may be longer than the column: a reader does not know beforehand how many rows a file has.
    internal NumberColumn(Field field, double[] values, int count, Mark[]? marks)
        : base(field, count, marks) => this.values = values;

    /// <summary>What the numbers look like, where who read them has looked already; null where nobody has.</summary>
    internal NumberTally? Looks { get; init; }

    /// <summary>The values; NaN where a mark stands.</summary>
    public ReadOnlySpan<double> Values => values.AsSpan(0, Count);

    /// <summary>The values, for measures that keep them without copying.</summary>
    internal ReadOnlyMemory<double> Memory => values.AsMemory(0, Count);

    internal override Type ValueType => Field.Type switch
    {
        FieldType.Integer or FieldType.Year => typeof(long),
        FieldType.Boolean => typeof(bool),
        _ => typeof(double),
    };

    internal override object? ValueAt(int row) => MarkAt(row) != Mark.None ? null : Field.Type switch
    {
        FieldType.Integer or FieldType.Year => (long)values[row],
        FieldType.Boolean => values[row] != 0,
        _ => values[row],
    };

    internal override Column Take(ReadOnlySpan<int> rows)
    {
        var taken = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++) taken[i] = rows[i] < 0 ? double.NaN : values[rows[i]];
        return new NumberColumn(Field, taken, TakeMarks(rows));
    }
}

/// <summary>A column of texts, each distinct text kept once.</summary>
public sealed class TextColumn : Column
{
    private readonly int[] codes;
    private readonly IReadOnlyList<string> categories;

    internal TextColumn(Field field, int[] codes, IReadOnlyList<string> categories, Mark[]? marks)
        : this(field, codes, categories, codes.Length, marks)
    {
    }

    internal TextColumn(Field field, int[] codes, IReadOnlyList<string> categories, int count, Mark[]? marks)
        : base(field, count, marks)
    {
        this.codes = codes;
        this.categories = categories;
    }

    /// <summary>For each row the index of its text in <see cref="Categories"/>; −1 where a mark stands.</summary>
    public ReadOnlySpan<int> Codes => codes.AsSpan(0, Count);

    /// <summary>The distinct texts in the order of their first row.</summary>
    public IReadOnlyList<string> Categories => categories;

    /// <summary>Whether blanks around texts of the file were left out.</summary>
    internal bool HasTrimmed { get; init; }

    internal override Type ValueType => typeof(string);

    internal override object? ValueAt(int row) => codes[row] < 0 ? null : categories[codes[row]];

    // Only the texts that are left, in the order of their first rows: a text that no row has is not a category of these rows.
    internal override Column Take(ReadOnlySpan<int> rows)
    {
        var (taken, kept, number) = (new int[rows.Length], new List<string>(), new int[categories.Count]);
        Array.Fill(number, -1);
        for (var i = 0; i < rows.Length; i++)
        {
            var code = rows[i] < 0 ? -1 : codes[rows[i]];
            if (code >= 0 && number[code] < 0)
            {
                number[code] = kept.Count;
                kept.Add(categories[code]);
            }

            taken[i] = code < 0 ? -1 : number[code];
        }

        return new TextColumn(Field, taken, kept, TakeMarks(rows));
    }
}

/// <summary>What stands in a cell instead of a value.</summary>
/// <remarks>Statistical tables tell these apart; a measure must not turn one into a zero.</remarks>
public enum Mark : byte
{
    /// <summary>A value stands there.</summary>
    None,

    /// <summary>Nothing stands there.</summary>
    Missing,

    /// <summary><c>..</c>: not available, or too uncertain. Swedish: <i>uppgift ej tillgänglig</i>.</summary>
    NotAvailable,

    /// <summary><c>.</c>: not applicable. Swedish: <i>uppgift kan ej förekomma</i>.</summary>
    NotApplicable,

    /// <summary><c>-</c>: nil. Some sources mean a true zero, so it is kept apart from 0.</summary>
    Nil,

    /// <summary>Withheld by the source, such as <c>&lt;15</c> or <c>X</c>. Swedish: <i>sekretess</i>.</summary>
    Suppressed,
}

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
    public bool Equals(RowNumbers? other) =>
        other is not null && Count == other.Count && First.AsSpan().SequenceEqual(other.First.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, First.Length);
}
