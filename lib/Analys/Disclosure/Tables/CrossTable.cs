namespace Analys.Disclosure.Tables;

/// <summary>Makes the protection problem of a table over one or more dimensions, with every margin and every sum.</summary>
/// <remarks>Cells: the product of the dimensions' nodes. Equations: each sum of one dimension, for each node of the others.</remarks>
internal static class CrossTable
{
    /// <summary>Builds a table of counts from its leaves.</summary>
    /// <param name="dimensions">The dimensions; their order is the order in the ids.</param>
    /// <param name="leaf">The count of a leaf, given one value of each dimension.</param>
    /// <param name="contributors">
    /// How many households stand behind a cell, given its id; null when the counts are households themselves. Asked for every cell, totals
    /// too, since a household with members in two cells is one contributor to their total.
    /// </param>
    public static ProtectionTable Of(
        IReadOnlyList<TableDimension> dimensions, Func<IReadOnlyList<string>, double> leaf, Func<string, int>? contributors = null) =>
        Builder(dimensions, leaf, contributors).Build();

    /// <summary>As <see cref="Of"/>, left open so that rates, links and hidden cells can be added.</summary>
    /// <param name="dimensions">The dimensions.</param>
    /// <param name="leaf">The value of a leaf.</param>
    /// <param name="contributors">The households behind a cell.</param>
    /// <param name="contributions">The contributions to a cell of a table of amounts; null for counts.</param>
    public static ProtectionTableBuilder Builder(
        IReadOnlyList<TableDimension> dimensions,
        Func<IReadOnlyList<string>, double> leaf,
        Func<string, int>? contributors = null,
        Func<string, Contributions>? contributions = null)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        ArgumentNullException.ThrowIfNull(leaf);
        var strides = Strides(dimensions, out var size);
        var values = Values(dimensions, leaf, strides, size);
        var builder = new ProtectionTableBuilder { IsInteger = contributions is null };
        var ids = new string[size];
        for (var cell = 0; cell < size; cell++)
        {
            ids[cell] = string.Join('|', dimensions.Select((dimension, d) => dimension.Nodes[cell / strides[d] % dimension.Nodes.Count]));
            builder.Add(new TableCell
            {
                Id = ids[cell],
                Value = values[cell],
                Contributors = contributors?.Invoke(ids[cell]),
                Contributions = contributions?.Invoke(ids[cell])
            });
        }
        for (var d = 0; d < dimensions.Count; d++)
        {
            foreach (var (total, parts) in dimensions[d].Sums)
            {
                foreach (var origin in Origins(dimensions[d], strides[d], size))
                    builder.Equate(ids[origin + total * strides[d]], parts.Select(part => ids[origin + part * strides[d]]));
            }
        }
        return builder;
    }

    private static int[] Strides(IReadOnlyList<TableDimension> dimensions, out int size)
    {
        var strides = new int[dimensions.Count];
        size = 1;
        for (var d = dimensions.Count - 1; d >= 0; d--)
        {
            strides[d] = size;
            size *= dimensions[d].Nodes.Count;
        }
        return strides;
    }

    private static double[] Values(
        IReadOnlyList<TableDimension> dimensions, Func<IReadOnlyList<string>, double> leaf, int[] strides, int size)
    {
        var values = new double[size];
        var names = new string[dimensions.Count];
        void Fill(int d, int offset)
        {
            if (d == dimensions.Count)
            {
                values[offset] = leaf(names);
                return;
            }
            foreach (var node in dimensions[d].Leaves)
            {
                names[d] = dimensions[d].Nodes[node];
                Fill(d + 1, offset + node * strides[d]);
            }
        }
        Fill(0, 0);
        for (var d = 0; d < dimensions.Count; d++)
        {
            var filled = new HashSet<int>();
            foreach (var (total, parts) in dimensions[d].Sums)
            {
                // A second division of the same total must agree with the first; Build checks it.
                if (!filled.Add(total)) continue;
                foreach (var origin in Origins(dimensions[d], strides[d], size))
                {
                    var sum = 0.0;
                    foreach (var part in parts) sum += values[origin + part * strides[d]];
                    values[origin + total * strides[d]] = sum;
                }
            }
        }
        return values;
    }

    private static IEnumerable<int> Origins(TableDimension dimension, int stride, int size)
    {
        var block = stride * dimension.Nodes.Count;
        for (var outer = 0; outer < size; outer += block)
        {
            for (var inner = 0; inner < stride; inner++) yield return outer + inner;
        }
    }
}

/// <summary>A table of those counted laid beside a table of everyone: one more dimension with those counted, the others, and all.</summary>
internal static class ComplementTable
{
    /// <summary>The name of the dimension.</summary>
    public const string Dimension = "of";

    /// <summary>The value of those counted.</summary>
    public const string Counted = "counted";

    /// <summary>The value of the others.</summary>
    public const string Others = "others";

    /// <summary>Makes the table of both.</summary>
    /// <param name="counted">Those counted.</param>
    /// <param name="all">Everyone, over the same dimensions.</param>
    /// <exception cref="TableModelException">Somewhere more are counted than there are.</exception>
    public static ProtectionTable Of(ProtectionTable counted, ProtectionTable all)
    {
        ArgumentNullException.ThrowIfNull(counted);
        ArgumentNullException.ThrowIfNull(all);
        var wrong = counted.Cells.Where(cell => cell.Value > all[cell.Id].Value).Select(cell => cell.Id).ToList();
        if (wrong.Count > 0) throw new TableModelException("More are counted than there are.", wrong);
        var builder = new ProtectionTableBuilder { IsInteger = counted.IsInteger && all.IsInteger };
        foreach (var cell in counted.Cells)
        {
            var whole = all[cell.Id].Value;
            builder.Add(cell with { Id = $"{cell.Id}|{Counted}" }).Add($"{cell.Id}|{Others}", whole - cell.Value)
                .Add($"{cell.Id}|{TableCell.Total}", whole);
            builder.Equate($"{cell.Id}|{TableCell.Total}", [$"{cell.Id}|{Counted}", $"{cell.Id}|{Others}"]);
        }

        foreach (var part in (ReadOnlySpan<string>)[Counted, Others, TableCell.Total])
        {
            foreach (var equation in counted.Equations)
            {
                var kind = part;
                builder.Equate($"{counted.Cells[equation.Total].Id}|{kind}",
                    equation.Parts.Select(cell => $"{counted.Cells[cell].Id}|{kind}"));
            }
        }

        return builder.Build();
    }
}
