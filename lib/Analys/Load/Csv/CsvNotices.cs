namespace Analys.Load.Csv;

/// <summary>What was passed over or taken for granted in a file without a schema.</summary>
internal static class CsvNotices
{
    /// <summary>The columns without those that have neither name nor value, and what is to be said.</summary>
    public static (Column[] Columns, IReadOnlyList<Notice> Notices) Of(CsvLayout layout, IReadOnlyList<ParsedBlock> all, Column[] columns, RowMap map, string file)
    {
        var notices = new List<Notice>(layout.Notices);
        var kept = new List<Column>();
        for (var slot = 0; slot < columns.Length; slot++)
        {
            var (column, index) = (columns[slot], layout.Columns[slot].Index);
            var named = !layout.IsUnnamed(index);
            if (!named && IsEmpty(column))
            {
                notices.Add(index == layout.Width - 1
                    ? new Notice(NoticeCodes.TrailingSeparator, file, null, index + 1, RowNumbers.None, "rows or header end in a separator with nothing behind it: no column")
                    : new Notice(NoticeCodes.BlankLabel, file, null, index + 1, RowNumbers.None, "a column with neither name nor values was left out"));
                continue;
            }

            if (!named) notices.Add(new Notice(NoticeCodes.BlankLabel, file, column.Name, index + 1, RowNumbers.None, index == 0 ? "the first column has no name, as row names have none: this is what it is called" : "the column has no name: this is what it is called"));
            kept.Add(column);
            notices.AddRange(Cells(column, index + 1, map, file));
        }

        var blank = map.Skipped.Where(row => row < map.Of(columns.Length == 0 ? 0 : columns[0].Count)).ToList();
        if (blank.Count > 0) notices.Add(new Notice(NoticeCodes.BlankRow, file, null, null, RowNumbers.Of(blank), "rows without any value were passed over"));
        if (Footer(all) is { } notes) notices.Add(new Notice(NoticeCodes.Footer, file, null, null, notes, "taken as notes after the table, not as data"));
        return ([.. kept], notices);
    }

    private static IEnumerable<Notice> Cells(Column column, int number, RowMap map, string file)
    {
        if (column is TextColumn text && column.Field.Doubt is { Kind: DoubtKind.Stray or DoubtKind.Ambiguous } doubt)
        {
            var rows = doubt.RowsOf(text, map);
            // Names among which some happen to be numbers are no column of numbers.
            if (doubt.Kind == DoubtKind.Ambiguous || rows.Count * 2 <= column.Count)
                yield return new Notice(doubt.Kind == DoubtKind.Ambiguous ? NoticeCodes.AmbiguousNumber : NoticeCodes.NotNumbers, file, column.Name, number, rows, $"read as text: {doubt.Text}");
        }

        if (!column.HasMarks) yield break;
        foreach (var mark in Enum.GetValues<Mark>())
        {
            if (mark == Mark.None) continue;
            var rows = RowNumbers.Of(Rows(column, mark, map));
            if (rows.Count > 0) yield return new Notice(NoticeCodes.Mark, file, column.Name, number, rows, MarkText.Meaning(mark));
        }
    }

    private static IEnumerable<long> Rows(Column column, Mark mark, RowMap map)
    {
        for (var row = 0; (row = Next(column, mark, row)) >= 0; row++) yield return map.Of(row);
    }

    private static int Next(Column column, Mark mark, int from)
    {
        var at = column.Marks[from..].IndexOf(mark);
        return at < 0 ? -1 : from + at;
    }

    private static bool IsEmpty(Column column) => column.Count > 0 && column.HasMarks && !column.Marks.ContainsAnyExcept(Mark.Missing);

    /// <summary>The rows of the notes after the table; null where there are none.</summary>
    public static RowNumbers? Footer(IReadOnlyList<ParsedBlock> all)
    {
        long before = 1, first = 0;
        foreach (var block in all)
        {
            if (first == 0 && block.FooterRecord is { } record) first = before + record;
            before += block.Records;
        }

        return first == 0 ? null : new RowNumbers([.. Enumerable.Range(0, (int)Math.Min(RowNumbers.Shown, before - first)).Select(i => first + i)], before - first);
    }
}
