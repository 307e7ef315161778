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
}

/// <summary>A column of numbers.</summary>
/// <remarks>
/// A cell with a mark holds NaN in <see cref="Values"/>, so that a loop that forgot the marks fails
/// (<see cref="Domain.Quantity.Known"/> refuses it) instead of counting a zero.
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

    internal override Type ValueType => typeof(string);

    internal override object? ValueAt(int row) => codes[row] < 0 ? null : categories[codes[row]];
}
