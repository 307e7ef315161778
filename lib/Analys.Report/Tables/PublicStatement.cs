using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Report.Tables;

/// <summary>The user's word that a file without a schema is a published table, with its source and date; believed only where the file looks
/// like one.</summary>
/// <remarks>What a schema says of confidentiality is never overridden.</remarks>
/// <param name="Source">Source and date, as the user wrote them.</param>
internal sealed record PublicStatement(string Source)
{
    /// <summary>What a caller is told whose table is protected only because nothing says that it is published.</summary>
    public const string Remedy = "If the table is published already, say so: --public \"source, date\".";

    /// <summary>Why the file cannot be taken for a published table; null where nothing speaks against it. Never a value.</summary>
    /// <param name="extract">The file, read with guessed roles.</param>
    public static string? Doubt(Extract extract)
    {
        foreach (var column in extract.Columns)
        {
            if (column.Field.Role is Role.Person or Role.Household or Role.Weight
                or Role.EquivalisedIncome or Role.DisposableIncome or Role.IncomeSupportMonths)
            {
                return $"column {column.Name} has the role {column.Field.Role} of a register of persons";
            }
        }

        if (extract.Find(Role.Area) is null && extract.Columns.All(column =>
            column.Field.Role != Role.Period)) return "it has neither a column of areas nor one of periods";
        string[] axes = [.. extract.Columns.Where(IsAxis).Select(column => column.Name)];
        // In a published table the row's names say which figure it is; two rows of the same names are two persons.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var row = 0; row < extract.RowCount; row++)
        {
            if (!seen.Add(string.Join('\u001f', axes.Select(name => extract[name].ValueAt(
                row))))) return "several rows have the same area, period and groups, as in a register with one row a person";
        }

        return extract.Columns.FirstOrDefault(column => IsKey(extract, column)) is { } key
            ? $"column {key.Name} looks like a key: another value in every row" : null;
    }

    private static bool IsAxis(Column column) =>
        column is TextColumn || column.Field.Role is Role.Area or Role.Period or Role.Age or Role.Group or Role.Sex;

    private static bool IsKey(Extract extract, Column column)
    {
        if (extract.RowCount < 8 || column.Field.Role is not (Role.None or Role.Age)) return false;
        if (column is NumberColumn && !(column.Field.Type == FieldType.Integer && Named(column.Name))) return false;
        if (column is TextColumn && extract.Find(Role.Area) is null) return false;
        return Enumerable.Range(0, extract.RowCount).Select(row => column.ValueAt(row)).Distinct().Count() == extract.RowCount;
    }

    private static bool Named(string name) => ColumnMeaning.Plain(name) is var plain
        && (plain is "id" or "nr" or "key" || plain.EndsWith("id", StringComparison.Ordinal)
            || plain.EndsWith("nr", StringComparison.Ordinal));
}
