namespace Analys.Load.Csv;

/// <summary>
/// Where the values of one column go. Blocks of a whole file write into one target, each from its own row, so that nothing is
/// copied afterwards; a block of a stream has its own.
/// </summary>
internal sealed class ColumnTarget
{
    private readonly Lock gate = new();
    private readonly int capacity;
    private Mark[]? marks;

    public ColumnTarget(Field field, int capacity)
    {
        this.capacity = capacity;
        // Fresh large arrays are not touched before a value is written: a generous capacity costs address space only.
        Numbers = field.IsNumeric ? GC.AllocateUninitializedArray<double>(capacity) : [];
        Codes = field.IsNumeric ? [] : GC.AllocateUninitializedArray<int>(capacity);
    }

    /// <summary>The values of a number column.</summary>
    public double[] Numbers { get; }

    /// <summary>The codes of a text column.</summary>
    public int[] Codes { get; }

    /// <summary>The marks; null while no block has seen one.</summary>
    public Mark[]? Marks => marks;

    /// <summary>The marks, made at the first one.</summary>
    public Mark[] DemandMarks()
    {
        lock (gate) return marks ??= new Mark[capacity];
    }

    /// <summary>Targets for the columns of a layout.</summary>
    public static ColumnTarget[] For(CsvLayout layout, int capacity) => [.. layout.Columns.Select(column => new ColumnTarget(column.Field, capacity))];
}
