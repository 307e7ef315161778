using System.Text;

namespace Analys.Load.Formats.Records;

/// <summary>A data file of a statistics program, read record by record: variables with types, labels and codes for what is
/// missing.</summary>
/// <remarks>What the formats have in common, and no more: the one way from here to an extract is <see cref="RecordSource"/>.</remarks>
internal abstract class RecordFile : IDisposable
{
    /// <summary>The format as a reader knows it, such as <c>Stata</c>.</summary>
    public abstract string Format { get; }

    /// <summary>The variables, in the order of the file.</summary>
    public IReadOnlyList<Variable> Variables { get; protected set; } = [];

    /// <summary>The number of records; −1 where the file does not say.</summary>
    public long Count { get; protected set; } = -1;

    /// <summary>What the file says of itself.</summary>
    public string? Title { get; protected set; }

    /// <summary>What was taken for granted, in words without values.</summary>
    public List<string> Remarks { get; } = [];

    /// <summary>Hands the cells of the next record over, in the order of the variables.</summary>
    /// <param name="sink">Who takes them.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="DamagedFileException">The file is not whole.</exception>
    public abstract bool Read(IRecordSink sink);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the file.</summary>
    protected abstract void Dispose(bool disposing);
}

/// <summary>Who takes the cells of a record, one call for each variable in turn.</summary>
internal interface IRecordSink
{
    /// <summary>A number; a truth value is 1 or 0.</summary>
    void Number(int variable, double value);

    /// <summary>A text, trailing blanks being padding that the format adds.</summary>
    void Text(int variable, ReadOnlySpan<byte> bytes, Encoding encoding);

    /// <summary>A date, time or both, in ISO 8601.</summary>
    void Moment(int variable, ReadOnlySpan<char> iso);

    /// <summary>No value: empty for the program's own "nothing here", else the code that says why.</summary>
    void Missing(int variable, string code);
}

/// <summary>What the values of a variable are.</summary>
internal enum VariableKind
{
    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Texts.</summary>
    Text,

    /// <summary>Days.</summary>
    Date,

    /// <summary>Times of day.</summary>
    Time,

    /// <summary>Days with a time.</summary>
    DateTime,

    /// <summary>Months of a year.</summary>
    Month,

    /// <summary>Years.</summary>
    Year,

    /// <summary>True or false.</summary>
    Boolean,
}

/// <summary>A variable of a statistics program's file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Label">The words for it; null for none.</param>
internal sealed record Variable(string Name, VariableKind Kind, string? Label = null)
{
    /// <summary>Words for values, by the value as text; those of missing codes among them.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

/// <summary>A file is not whole or not what it claims; the message says what was expected and holds no value.</summary>
/// <param name="message">What is wrong.</param>
internal sealed class DamagedFileException(string message) : Exception(message);
