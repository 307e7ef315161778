using Analys.Disclosure.Tables;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Disclosure.CellKey;

/// <summary>Counts of persons with the noise of their cells' keys, as a public extract: whatever is computed of it tells no more than
/// it does.</summary>
internal static class NoisyCounts
{
    /// <summary>The column of the counts.</summary>
    public const string Count = "count";

    /// <summary>Counts the rows of every combination of columns, and changes the counts.</summary>
    /// <param name="extract">A row for each person.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="keys">A random number of each row's person.</param>
    /// <param name="policy">A policy with noise by cell keys.</param>
    /// <exception cref="TableModelException">The columns do not make a table.</exception>
    public static Extract Of(Extract extract, IReadOnlyList<string> columns, uint[] keys, Policy policy)
    {
        Periods.RequireOne(extract, [.. columns], []);
        var table = ExtractTable.Of(extract, columns);
        var released = ReleasedTable.OfCellKeys(table.Table, policy, CellKeyTable.Of(table, keys)).Table;
        IReadOnlyList<string>[] leaves = [.. table.Leaves()];
        Column[] made =
        [
            .. columns.Select((column, d) => Texts(extract[column].Field, [.. leaves.Select(leaf => leaf[d])])),
            new NumberColumn(new Field { Name = Count, Type = FieldType.Number, Role = Role.Count },
                [.. leaves.Select(leaf => released[string.Join('|', leaf)].Value)], null),
        ];
        var schema = extract.Schema with
        {
            Fields = [.. made.Select(column => column.Field)],
            PrimaryKey = [],
            Confidentiality = Confidentiality.Public,
        };
        var source = extract.Provenance.Sources.FirstOrDefault() ?? new SourceFile(schema.Name, "", leaves.Length);
        var (noisy, findings) = Extract.Create(schema, made, source with { Rows = leaves.Length });
        return noisy ?? throw new ExtractRejectedException(source.File, findings);
    }

    private static TextColumn Texts(Field field, string[] values)
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var value in values) codes.TryAdd(value, codes.Count);
        return new(field with { Type = FieldType.String, Constraints = Constraints.None }, [.. values.Select(value => codes[value])],
            [.. codes.Keys], null);
    }
}
