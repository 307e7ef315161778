using System.Runtime.InteropServices;

namespace Analys.Load;

/// <summary>Primary keys, unique keys and unique fields: no combination twice, and of a primary key none missing. Rows are added in the order of the file.</summary>
/// <remarks>Keys of one or two columns are compared exactly; longer ones by 128 bits of hash.</remarks>
internal sealed class KeyCheck
{
    private readonly string file;
    private readonly List<(string[] Names, string Code, int? Field, HashSet<UInt128> Seen)> keys = [];

    public KeyCheck(TableSchema schema, string file)
    {
        this.file = file;
        for (var i = 0; i < schema.Fields.Length; i++)
        {
            if (schema.Fields[i].Constraints.Unique) keys.Add(([schema.Fields[i].Name], FindingCodes.Unique, i + 1, []));
        }

        foreach (var key in schema.UniqueKeys) keys.Add(([.. key], FindingCodes.Unique, null, []));
        if (schema.PrimaryKey.Length > 0) keys.Add(([.. schema.PrimaryKey], FindingCodes.PrimaryKey, null, []));
    }

    /// <summary>The findings of a whole table.</summary>
    public static IEnumerable<Finding> Check(TableSchema schema, Column[] columns, string file, RowMap rows) => new KeyCheck(schema, file).Add(columns, rows.Of);

    /// <summary>The findings of some more rows.</summary>
    /// <param name="columns">Their columns; a text has the same code in all rows.</param>
    /// <param name="rowOf">The number of a row in the file.</param>
    public List<Finding> Add(IReadOnlyList<Column> columns, Func<int, long> rowOf)
    {
        var findings = new List<Finding>();
        foreach (var (names, code, field, seen) in keys)
        {
            Column[] key = [.. names.Select(name => columns.FirstOrDefault(column => column.Name == name)).OfType<Column>()];
            if (key.Length < names.Length) continue;
            var count = key[0].Count;
            seen.EnsureCapacity(seen.Count + count);
            for (var row = 0; row < count; row++)
            {
                if (Array.Exists(key, column => column.MarkAt(row) != Mark.None))
                {
                    if (code != FindingCodes.PrimaryKey) continue;
                }
                else if (seen.Add(Key(key, row)))
                {
                    continue;
                }

                findings.Add(new Finding(code, file, rowOf(row), string.Join(", ", names), field, "a key that is there and occurs once"));
            }
        }

        return findings;
    }

    private static UInt128 Key(Column[] key, int row)
    {
        if (key.Length == 1) return Part(key[0], row);
        if (key.Length == 2) return new UInt128(Part(key[0], row), Part(key[1], row));
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        foreach (var column in key) hash.AppendData(BitConverter.GetBytes(Part(column, row)));
        return MemoryMarshal.Read<UInt128>(hash.GetHashAndReset());
    }

    private static ulong Part(Column column, int row) => column is TextColumn text
        ? (ulong)text.Codes[row]
        : BitConverter.DoubleToUInt64Bits(((NumberColumn)column).Values[row] + 0.0);
}
