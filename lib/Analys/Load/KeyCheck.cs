namespace Analys.Load;

/// <summary>Primary keys and unique fields: no combination twice, none missing.</summary>
internal static class KeyCheck
{
    public static IEnumerable<Finding> Check(TableSchema schema, Column[] columns, string file)
    {
        var keys = schema.Fields.Where(field => field.Constraints.Unique).Select(field => (Names: new[] { field.Name }, Code: FindingCodes.Constraint)).ToList();
        if (schema.PrimaryKey.Length > 0) keys.Add(([.. schema.PrimaryKey], FindingCodes.PrimaryKey));
        foreach (var (names, code) in keys)
        {
            Column[] key = [.. names.Select(name => Array.Find(columns, column => column.Name == name)).OfType<Column>()];
            if (key.Length < names.Length) continue;
            foreach (var row in Repeated(key, code == FindingCodes.PrimaryKey))
            {
                // Row 1 is the header.
                yield return new Finding(code, file, row + 2L, string.Join(", ", names), null, "a key that is there and occurs once");
            }
        }
    }

    private static IEnumerable<int> Repeated(Column[] key, bool required)
    {
        var seen = new HashSet<RowKey>();
        for (var row = 0; row < key[0].Count; row++)
        {
            if (key.Any(column => column.MarkAt(row) != Mark.None))
            {
                if (required) yield return row;
            }
            else if (!seen.Add(new RowKey(key, row)))
            {
                yield return row;
            }
        }
    }

    private readonly struct RowKey(Column[] columns, int row) : IEquatable<RowKey>
    {
        private readonly Column[] columns = columns;
        private readonly int row = row;

        public bool Equals(RowKey other)
        {
            foreach (var column in columns)
            {
                if (Part(column, row) != Part(column, other.row)) return false;
            }

            return true;
        }

        public override bool Equals(object? obj) => obj is RowKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var column in columns) hash.Add(Part(column, row));
            return hash.ToHashCode();
        }

        private static double Part(Column column, int row) => column is TextColumn text ? text.Codes[row] : ((NumberColumn)column).Values[row];
    }
}
