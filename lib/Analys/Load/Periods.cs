using Analys.Domain;
using Analys.Load.Schema;
using Analys.Load.Undescribed;

namespace Analys.Load;

/// <summary>Which column of a table tells the year, and whether rows of several years would be added up as one.</summary>
internal static class Periods
{
    /// <summary>The column that tells the period: the one with that role, else one whose name and values are years; null for none.</summary>
    /// <param name="extract">The table.</param>
    public static Column? Find(Extract extract)
    {
        var stated = extract.Columns.Where(column => column.Field.Role == Role.Period).ToList();
        if (stated.Count > 0) return stated[0];
        return extract.Columns.FirstOrDefault(column => column.Field.Role == Role.None && RoleGuess.Of(column.Field) == Role.Period && Distinct(column) > 0)
            ?? extract.Columns.FirstOrDefault(column => column.Field.Role == Role.None && AreYears(column));
    }

    /// <summary>The column of a schema that tells the period, by its role or else its name; null for none.</summary>
    public static string? Find(TableSchema schema) => (schema.Fields.FirstOrDefault(field => field.Role == Role.Period)
        ?? schema.Fields.FirstOrDefault(field => field.Role == Role.None && RoleGuess.Of(field) == Role.Period))?.Name;

    /// <summary>The one period of a table; null where it has none or several.</summary>
    public static string? Only(Extract extract) => Find(extract) is { } column && Distinct(column) == 1 ? Text(column, 0) : null;

    /// <summary>Refuses a table of several periods whose rows would be added up over them.</summary>
    /// <param name="extract">The table.</param>
    /// <param name="keys">The columns that the rows are told apart by.</param>
    /// <exception cref="CallException">It has several, and the period is not among the columns. The message names the column and the ways out.</exception>
    public static void RequireOne(Extract extract, IEnumerable<string> keys)
    {
        if (extract.PoolsPeriods || Find(extract) is not { } column || keys.Contains(column.Name) || Distinct(column) < 2) return;
        // Without the role a column of years is one only if it tells rows apart that are otherwise of the same units.
        if (column.Field.Role != Role.Period && !TellsApart(extract, column, keys)) return;
        throw new CallException(
            $"The column {column.Name} has {Distinct(column)} periods, and nothing is added up over them: choose one with --period YEAR or rows with --where {column.Name}=YEAR; --period all adds up.");
    }

    private static bool TellsApart(Extract extract, Column period, IEnumerable<string> keys)
    {
        var columns = keys.Where(extract.Has).Select(name => extract[name]).ToArray();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var row = 0; row < extract.RowCount; row++)
        {
            if (!seen.Add(string.Join('\u001f', columns.Select(column => Text(column, row))))) return true;
        }

        return false;
    }

    private static bool AreYears(Column column) => column switch
    {
        NumberColumn { Field.Type: FieldType.Year } => true,
        NumberColumn { Field.Type: FieldType.Integer } numbers => numbers.Count > 0 && Enumerable.Range(0, numbers.Count).All(row => numbers.MarkAt(row) != Mark.None || numbers.Values[row] is >= 1900 and <= 2100) && Distinct(column) is > 1 and <= 60,
        TextColumn texts => texts.Categories.Count is > 1 and <= 60 && texts.Categories.All(YearText.Is),
        _ => false,
    };

    private static int Distinct(Column column) => column is TextColumn texts
        ? texts.Codes.ToArray().Where(code => code >= 0).Distinct().Count()
        : ((NumberColumn)column).Values.ToArray().Where(value => !double.IsNaN(value)).Distinct().Count();

    private static string Text(Column column, int row) => column.MarkAt(row) != Mark.None ? "" : Convert.ToString(column.ValueAt(row), System.Globalization.CultureInfo.InvariantCulture)!;
}
