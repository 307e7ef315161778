using Analys.Disclosure.Tables;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Database.Sql;

/// <summary>The table of a database source, added up in the engine: from there on disclosure control is that of a file's table.</summary>
/// <remarks>One statement for the cells, and one for the households of each combination of totals: a household in two cells is one
/// contributor to their sum.</remarks>
internal static class CountedTable
{
    private const string Rows = "rows";
    private const int MostStatements = 400;

    /// <summary>Makes the table.</summary>
    /// <param name="source">The table or view.</param>
    /// <param name="dimensions">The columns that span the table.</param>
    /// <param name="count">The column with the counts; null to count rows.</param>
    /// <param name="contributors">The column of the household, or beside a count a number of households; null where they are not
    /// known.</param>
    /// <param name="hierarchies">Children and parents of some dimension's values.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>The table, and the aggregates that it was made of.</returns>
    /// <exception cref="ColumnNotFoundException">There is no such column.</exception>
    /// <exception cref="TableModelException">The columns do not make a table.</exception>
    public static (ExtractTable Table, Extract Aggregates) Of(
        SqlSource source, IReadOnlyList<string> dimensions, string? count, string? contributors,
        IReadOnlyList<DimensionHierarchy> hierarchies, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(dimensions);
        ArgumentNullException.ThrowIfNull(hierarchies);
        var schema = source.Description.Schema;
        if (contributors is not null && schema.Find(contributors) is null)
            throw new ColumnNotFoundException($"There is no column {contributors}.");
        var areNumbers = contributors is not null && count is not null
            && schema.Find(contributors) is { Type: not FieldType.String, Role: not (Role.Household or Role.Person or Role.Cluster) };
        string[] sums = [.. new[] { count, areNumbers ? contributors : null }.OfType<string>()];
        var cells = source.Cells(dimensions, sums, cancel);
        var extract = Aggregates(source, dimensions, sums, cells);
        Func<IReadOnlyList<TableDimension>, Func<string, int>>? households = contributors is null || areNumbers ? null
            : made => new Households(source, dimensions, made, contributors, count, cancel).Of;
        return (ExtractTable.OfAggregates(extract, dimensions, count, count ?? Rows, areNumbers ? contributors
            : null, households, hierarchies), extract);
    }

    private static Extract Aggregates(SqlSource source, IReadOnlyList<string> dimensions, string[] sums,
        IReadOnlyList<(string?[] Keys, double[] Sums)> cells)
    {
        var schema = source.Description.Schema;
        var rows = cells.OrderBy(row => string.Join('\u001f', row.Keys), StringComparer.Ordinal).ToArray();
        var columns = new List<Column>();
        for (var i = 0; i < dimensions.Count; i++)
        {
            var known = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var row in rows) if (row.Keys[i] is { } value) known.TryAdd(value, known.Count);
            columns.Add(new TextColumn(schema.Find(dimensions[i])! with { Type = FieldType.String, Constraints = Constraints.None },
                [.. rows.Select(row => row.Keys[i] is { } value ? known[value] : -1)], [.. known.Keys], null));
        }

        for (var i = 0; i < sums.Length; i++)
            columns.Add(new NumberColumn(schema.Find(sums[i])! with { Type = FieldType.Number, Constraints = Constraints.None },
                [.. rows.Select(row => row.Sums[i])], null));
        if (sums.Length == 0)
            columns.Add(new NumberColumn(new Field { Name = Rows, Type = FieldType.Number }, [.. rows.Select(row => row.Sums[^1])], null));
        var own = schema with { Fields = [.. columns.Select(column => column.Field)], PrimaryKey = [] };
        var (extract, findings) = Extract.Create(own, [.. columns],
            new SourceFile(source.Description.Name, source.Description.Hash, (long)rows.Sum(row => row.Sums[^1]), schema.Name));
        return extract ?? throw new ExtractRejectedException(source.Description.Name, findings);
    }

    // The households behind every cell: of the leaves, and of each combination of totals.
    private sealed class Households
    {
        private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

        public Households(SqlSource source, IReadOnlyList<string> columns, IReadOnlyList<TableDimension> dimensions, string contributors,
            string? count, CancellationToken cancel)
        {
            var levels = dimensions.Select(dimension => Levels(dimension).ToArray()).ToArray();
            if (levels.Aggregate(1L, (product, own) => product * own.Length) > MostStatements)
                throw new TableModelException(
                    "Households would have to be counted for too many combinations of totals: choose fewer dimensions or a smaller "
                        + "hierarchy.");
            var chosen = new Level[levels.Length];
            Each(0);

            void Each(int d)
            {
                if (d < levels.Length)
                {
                    foreach (var level in levels[d])
                    {
                        chosen[d] = level;
                        Each(d + 1);
                    }

                    return;
                }

                string[] keys = [.. columns.Where((_, i) => chosen[i].Total is null)];
                var within = Enumerable.Range(0, chosen.Length).Where(i => chosen[i].Leaves.Count > 0)
                    .Select(i => (columns[i], chosen[i].Leaves)).ToList();
                foreach (var (values, sums) in source.Contributors(keys, contributors, count, within, cancel))
                {
                    var next = 0;
                    counts[string.Join('|',
                        chosen.Select(level => level.Total ?? (values[next++] ?? ExtractTable.Missing).Replace('|', '/')))] = (int)sums[0];
                }
            }
        }

        public int Of(string cell) => counts.GetValueOrDefault(cell);

        // The values themselves, the whole, and each total between them with its leaves.
        private static IEnumerable<Level> Levels(TableDimension dimension)
        {
            yield return new(null, []);
            yield return new(TableCell.Total, []);
            var leaves = dimension.Leaves.ToDictionary(leaf => leaf, leaf => new HashSet<int> { leaf });
            foreach (var (total, parts) in dimension.Sums)
            {
                if (!leaves.TryGetValue(total, out var below)) leaves.Add(total, below = []);
                foreach (var part in parts) below.UnionWith(leaves[part]);
            }

            foreach (var total in dimension.Sums.Select(sum => sum.Total).Distinct()
                .Where(total => dimension.Nodes[total] != TableCell.Total))
                yield return new(dimension.Nodes[total], [.. leaves[total].Select(leaf => dimension.Nodes[leaf])]);
        }

        private sealed record Level(string? Total, IReadOnlyList<string> Leaves);
    }
}
