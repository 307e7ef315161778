using Analys.Load;

namespace Analys.Database.Sql;

/// <summary>Counts by unit and group, added up in the engine, as an extract: from there on they are a file of counts like any other.</summary>
public static class AggregatedExtract
{
    /// <summary>Sums of columns by the values of others.</summary>
    /// <param name="source">The table.</param>
    /// <param name="keys">The columns of units, groups and areas.</param>
    /// <param name="sums">The columns of counts.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="ExtractRejectedException">A key holds identifiers of persons.</exception>
    public static Extract Of(SqlSource source, IReadOnlyList<string> keys, IReadOnlyList<string> sums, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(sums);
        var rows = source.Totals(keys, sums, cancel).OrderBy(row => string.Join('\u001f', row.Keys), StringComparer.Ordinal).ToArray();
        var schema = source.Description.Schema;
        var columns = new List<Column>();
        for (var i = 0; i < keys.Count; i++)
        {
            var known = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var row in rows) known.TryAdd(row.Keys[i], known.Count);
            columns.Add(new TextColumn(schema.Find(keys[i])! with { Type = FieldType.String, Constraints = Constraints.None }, [.. rows.Select(row => known[row.Keys[i]])], [.. known.Keys], null));
        }

        for (var i = 0; i < sums.Count; i++) columns.Add(new NumberColumn(schema.Find(sums[i])! with { Type = FieldType.Number }, [.. rows.Select(row => row.Sums[i])], null));
        var own = schema with { Fields = [.. columns.Select(column => column.Field)], PrimaryKey = [] };
        var (extract, findings) = Extract.Create(own, [.. columns], new Domain.SourceFile(source.Description.Name, source.Description.Hash, (long)rows.Sum(row => row.Sums[^1]), schema.Name));
        return extract ?? throw new ExtractRejectedException(source.Description.Name, findings);
    }
}
