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
                return $"column {column.Name} has the role {RoleNames.Of(column.Field.Role)} of a register of persons";
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

        if (extract.Columns.FirstOrDefault(column => IsKey(extract, column)) is { } key)
            return $"column {key.Name} looks like a key: another value in every row";
        if (extract.Columns.FirstOrDefault(column => NamesOne(extract, column)) is { } one)
            return $"column {one.Name} names a person or a case in every row";
        return IsSparse(extract, axes) ? "its rows are of single ages, and most ages of an area are missing, as in a register" : null;
    }

    // Words for one of those whom a register is of; a table that counts them says so in the plural. Where both are one word, a column of
    // texts names them and one of numbers counts them.
    private static readonly string[] Ones = ["person", "individ", "elev", "barnet", "patient", "klient", "deltagaren", "arende", "akt",
        "dossie", "kund", "pupil", "student", "client", "case", "child"];
    private static readonly string[] Alike = ["brukare", "sokande", "deltagare", "mottagare", "medarbetare"];

    // A column that is called after one of them and has another value in every row, or of texts that differ in every row where
    // areas return.
    private static bool NamesOne(Extract extract, Column column)
    {
        // Where nothing else is, a column of names is taken for the areas.
        if (column.Field.Role is not (Role.None or Role.Area) || extract.RowCount < 3 || !Differs(extract, column)) return false;
        var words = ColumnMeaning.Plain(column.Name).Split(' ', '_', '-', '.');
        if (words.Any(word => Ones.Contains(word) || (column is TextColumn && Alike.Contains(word)))) return true;
        return column is TextColumn && column.Field.Role == Role.None && extract.Find(Role.Area) is { } area
            && Count(extract, area) is > 1 and var areas
            && areas < extract.RowCount;
    }

    // Of a published table by single years of age nearly every cell is there; of a register as many as there are persons.
    private static bool IsSparse(Extract extract, string[] axes)
    {
        if (extract.Columns.Any(column => column.Field.Role is Role.Count or Role.Rate or Role.Total)
            || extract.Find(Role.Age) is not NumberColumn) return false;
        var cells = axes.Aggregate(1.0, (product, name) => product * Count(extract, extract[name]));
        return extract.RowCount < cells / 2;
    }

    private static int Count(Extract extract, Column column) =>
        Enumerable.Range(0, extract.RowCount).Select(row => column.ValueAt(row)).Distinct().Count();

    private static bool Differs(Extract extract, Column column) => Count(extract, column) == extract.RowCount;

    private static bool IsAxis(Column column) =>
        column is TextColumn || column.Field.Role is Role.Area or Role.Period or Role.Age or Role.Group or Role.Sex;

    private static bool IsKey(Extract extract, Column column)
    {
        if (extract.RowCount < 8 || column.Field.Role is not (Role.None or Role.Age)) return false;
        if (column is NumberColumn && !(column.Field.Type == FieldType.Integer && Named(column.Name))) return false;
        if (column is TextColumn && extract.Find(Role.Area) is null) return false;
        return Differs(extract, column);
    }

    private static bool Named(string name) => ColumnMeaning.Plain(name) is var plain
        && (plain is "id" or "nr" or "key" || plain.EndsWith("id", StringComparison.Ordinal)
            || plain.EndsWith("nr", StringComparison.Ordinal));
}
