namespace Analys.Disclosure;

/// <summary>A table of those counted laid beside a table of everyone: one more dimension with those counted, the others, and all.</summary>
public static class ComplementTable
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
            builder.Add(cell with { Id = $"{cell.Id}|{Counted}" }).Add($"{cell.Id}|{Others}", whole - cell.Value).Add($"{cell.Id}|{TableCell.Total}", whole);
            builder.Equate($"{cell.Id}|{TableCell.Total}", [$"{cell.Id}|{Counted}", $"{cell.Id}|{Others}"]);
        }

        foreach (var part in (ReadOnlySpan<string>)[Counted, Others, TableCell.Total])
        {
            foreach (var equation in counted.Equations)
            {
                var kind = part;
                builder.Equate($"{counted.Cells[equation.Total].Id}|{kind}", equation.Parts.Select(cell => $"{counted.Cells[cell].Id}|{kind}"));
            }
        }

        return builder.Build();
    }
}
