using Analys.Load;

namespace Analys;

/// <summary>Which rows a join keeps.</summary>
public enum JoinKind
{
    /// <summary>Every row of the first; where the second has none, its columns are missing.</summary>
    Left,

    /// <summary>Rows that both have.</summary>
    Inner,
}

/// <summary>Two extracts side by side, by a key that is unique in the second.</summary>
public sealed partial class Extract
{
    /// <summary>The columns of another extract beside this one's, row by row by a key.</summary>
    /// <remarks>
    /// A missing key never matches, not even another missing one. The key must be unique in the other extract: else rows would come twice,
    /// and every sum over them would be too large. The result is confidential where either is.
    /// </remarks>
    /// <param name="other">The other extract.</param>
    /// <param name="on">The columns of the key, which both have under the same names.</param>
    /// <param name="kind">Which rows are kept.</param>
    /// <exception cref="ArgumentException">The key is not unique in the other extract, or both have another column of one name.</exception>
    /// <exception cref="ColumnNotFoundException">A key column is not there, or is text in the one and numbers in the other.</exception>
    public Extract Join(Extract other, IReadOnlyList<string> on, JoinKind kind = JoinKind.Left)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(on);
        if (on.Count == 0) throw new ArgumentException("A join needs at least one key column.", nameof(on));
        foreach (var name in on)
        {
            if (this[name] is NumberColumn != other[name] is NumberColumn)
                throw new ColumnNotFoundException($"The key {name} is text in the one extract and numbers in the other.");
        }

        Column[] added = [.. other.Columns.Where(column => !on.Contains(column.Name))];
        if (added.FirstOrDefault(column => Has(column.Name)) is { } twice)
            throw new ArgumentException($"Both extracts have a column {twice.Name}: rename one with With and Only before joining.", nameof(other));
        var rows = new Dictionary<RowKey, int>();
        for (var row = 0; row < other.RowCount; row++)
        {
            if (RowKey.Of(other, on, row) is { HasAll: true } key && !rows.TryAdd(key, row))
                throw new ArgumentException("The key is not unique in the second extract: group it first, or join the other way round.", nameof(on));
        }

        int[] partner = [.. Enumerable.Range(0, RowCount).Select(row => RowKey.Of(this, on, row) is { HasAll: true } key && rows.TryGetValue(key, out var found) ? found : -1)];
        int[] kept = [.. Enumerable.Range(0, RowCount).Where(row => kind == JoinKind.Left || partner[row] >= 0)];
        int[] beside = [.. kept.Select(row => partner[row])];
        Column[] columns = [.. Columns.Select(column => column.Take(kept)), .. added.Select(column => column.Take(beside))];
        var strictest = (Confidentiality)Math.Min((int)Confidentiality, (int)other.Confidentiality);
        var schema = Schema with { Fields = [.. columns.Select(column => column.Field)], Confidentiality = strictest };
        return Derive(schema, columns, Provenance.Merge(other.Provenance).With($"joined by {string.Join(", ", on)}"), RowMap.None);
    }
}

/// <summary>The key of a row: the texts and numbers of some columns.</summary>
internal readonly struct RowKey : IEquatable<RowKey>
{
    private readonly object?[] parts;

    private RowKey(object?[] parts) => this.parts = parts;

    /// <summary>Whether no part is missing.</summary>
    public bool HasAll => Array.TrueForAll(parts, part => part is not null);

    public static RowKey Of(Extract extract, IReadOnlyList<string> columns, int row)
    {
        var parts = new object?[columns.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            // Numbers as doubles: 1 as a whole number and 1 as a decimal number are one key.
            parts[i] = extract[columns[i]] switch
            {
                NumberColumn numbers => numbers.MarkAt(row) == Mark.None ? numbers.Values[row] : null,
                var column => column.ValueAt(row),
            };
        }

        return new(parts);
    }

    public bool Equals(RowKey other) => parts.AsSpan().SequenceEqual(other.parts);

    public override bool Equals(object? obj) => obj is RowKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var part in parts) hash.Add(part);
        return hash.ToHashCode();
    }
}
