using Analys.Load.Screening;
using Analys.Load.Undescribed;

namespace Analys.Load.Csv;

/// <summary>Turns the findings of blocks into findings with rows of the file.</summary>
internal static class CsvFindings
{
    /// <summary>The findings of all blocks, in the order of rows.</summary>
    public static List<Finding> Collect(CsvLayout layout, IReadOnlyList<ParsedBlock> all, string file)
    {
        var findings = new List<Finding>(layout.Findings);
        var blocks = UpToFooter(all);
        long before = 1, leftOut = 0;
        var lastData = LastDataRow(blocks);
        var hasFooter = blocks.Count > 0 && blocks[^1].FooterRecord is not null;
        foreach (var block in blocks)
        {
            findings.AddRange(Of(block, before, file));
            // Empty lines at the end of the file, and anything blank before footnotes, are nothing to speak of.
            var from = before;
            // In a file that nobody described they are passed over, and said.
            if (layout.IsGiven)
                findings.AddRange(block.BlankRecords.Where(record => from + record < lastData
                    || (!hasFooter && block.EmptyRows.Contains(record))).Select(record => from + record)
                .Select(row => new Finding(FindingCodes.BlankRow, file, row, null, null, "values in the row")));
            leftOut += block.FindingsLeftOut;
            if (block.DataAfterFooter is { } data) findings.Add(DataAfterFooter(file, before + data));
            before += block.Records;
        }

        if (hasFooter)
        {
            foreach (var block in all.Skip(blocks.Count))
            {
                if (block.Rows > block.Findings.Select(finding => finding.Record).Distinct().Count())
                    findings.Add(DataAfterFooter(file, before + 1));
                before += block.Records;
            }
        }

        if (all.Any(block => block.NotesIdentify)) findings.Add(IdentifierScreening.OfText(file, "notes"));
        for (var slot = 0; slot < layout.Columns.Count && blocks.Count > 0; slot++)
        {
            var tally = ColumnAssembly.Looks(blocks, slot);
            if (tally.IsEmpty) continue;
            findings.AddRange(IdentifierScreening.Screen(layout.Columns[slot].Field, tally, blocks.Sum(block => (long)block.Rows), file));
        }

        if (!layout.IsGiven && findings.Count > 0) findings.AddRange(PassedOver(layout, blocks, file));
        if (leftOut > 0)
            findings.Add(new Finding(FindingCodes.TooMany, file, null, null, null, $"fewer findings: {leftOut} more are not listed"));
        return [.. findings.OrderBy(finding => finding.Row ?? 0).ThenBy(finding => finding.Field ?? int.MaxValue)];
    }

    /// <summary>The findings in the cells of a block that starts at a row of the file.</summary>
    public static IEnumerable<Finding> Of(ParsedBlock block, long before, string file) => block.Findings.Select(
        raw => new Finding(raw.Code, file, before + raw.Record, raw.Column, raw.Field, raw.Expected));

    /// <summary>The blocks of the table, without those of the footnotes.</summary>
    public static List<ParsedBlock> UpToFooter(IReadOnlyList<ParsedBlock> blocks)
    {
        var kept = new List<ParsedBlock>();
        foreach (var block in blocks)
        {
            kept.Add(block);
            if (block.FooterRecord is not null) break;
        }

        return kept;
    }

    // What would be a notice of a file that is read belongs to the whole story of one that is refused.
    private static IEnumerable<Finding> PassedOver(CsvLayout layout, IReadOnlyList<ParsedBlock> blocks, string file)
    {
        var last = LastDataRow(blocks);
        return Map(layout, blocks).Skipped.Where(row => row < last)
            .Select(row => new Finding(FindingCodes.BlankRow, file, row, null, null, "values in the row"))
            .Concat(Enumerable.Range(0, layout.Width).Where(layout.IsUnnamed)
                .Select(i => new Finding(FindingCodes.BlankLabel, file, null, null, i + 1, "a name in the header")));
    }

    /// <summary>Which row of the file each data row stands in.</summary>
    public static RowMap Map(CsvLayout layout, IReadOnlyList<ParsedBlock> blocks)
    {
        var skipped = new List<long>();
        long before = 1;
        foreach (var block in blocks)
        {
            foreach (var record in block.BlankRecords) skipped.Add(before + record);
            before += block.Records;
        }

        return new RowMap(layout.Skip + 1, skipped);
    }

    /// <summary>The row that repeats the header, as where files were joined or a second table follows; null for none.</summary>
    /// <remarks>A text in it is its column's own name, and no column of numbers has one there; without such, all texts are names.</remarks>
    public static Finding? RepeatedHeader(Column[] columns, RowMap map, string file)
    {
        var counts = columns.Where(column => column is NumberColumn || column.Field.Doubt is { Kind: DoubtKind.Stray }).ToArray();
        foreach (var column in columns.OfType<TextColumn>().Except(counts.OfType<TextColumn>()))
        {
            var code = Names(column);
            if (code < 0) continue;
            for (var row = 0; row < column.Count; row++)
            {
                if (column.Codes[row] != code) continue;
                if (counts.Length > 0 ? counts.All(other => IsNoNumber(other, row)) : columns.All(other => IsName(other, row)))
                {
                    return new Finding(FindingCodes.RepeatedHeader, file, map.Of(row), null, null,
                        "data: this row repeats names of the header, as where two tables stand under one another; keep one in the file");
                }
            }
        }

        return null;
    }

    private static int Names(TextColumn column)
    {
        for (var code = 0; code < column.Categories.Count; code++)
        {
            if (IsOwnName(column, code)) return code;
        }

        return -1;
    }

    // A mark among numbers, or a word among numbers that were read as text for its sake.
    private static bool IsNoNumber(Column column, int row) => column.MarkAt(row) != Mark.None
        || (column is TextColumn text && NumberForm.Of(text.Categories[text.Codes[row]]).Fits == NumberNotation.None);

    private static bool IsName(Column column, int row) => column is TextColumn text && text.MarkAt(row) == Mark.None
        && IsOwnName(text, text.Codes[row]);

    private static bool IsOwnName(TextColumn column, int code) =>
        column.Categories[code].Equals(column.Name, StringComparison.OrdinalIgnoreCase);

    private static Finding DataAfterFooter(string file, long row) =>
        new(FindingCodes.DataAfterFooter, file, row, null, null,
            "no data after the footnotes: the row that ends the table may be data with missing values");

    private static long LastDataRow(IReadOnlyList<ParsedBlock> blocks)
    {
        long before = 1, last = 0;
        foreach (var block in blocks)
        {
            if (block.Rows > 0)
            {
                var record = (block.FooterRecord ?? block.Records) - 1;
                while (block.BlankRecords.BinarySearch(record) >= 0) record--;
                last = before + record;
            }

            before += block.Records;
        }

        return last;
    }
}

/// <summary>What was passed over or taken for granted in a file without a schema.</summary>
internal static class CsvNotices
{
    /// <summary>The columns without those that have neither name nor value, and what is to be said.</summary>
    public static (Column[] Columns, IReadOnlyList<Notice> Notices) Of(CsvLayout layout, IReadOnlyList<ParsedBlock> all, Column[] columns,
        RowMap map, string file)
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
                    ? new Notice(NoticeCodes.TrailingSeparator, file, null, index + 1, RowNumbers.None,
                        "rows or header end in a separator with nothing behind it: no column")
                    : new Notice(NoticeCodes.BlankLabel, file, null, index + 1, RowNumbers.None,
                        "a column with neither name nor values was left out"));
                continue;
            }

            if (!named)
                notices.Add(new Notice(NoticeCodes.BlankLabel, file, column.Name, index + 1, RowNumbers.None, index == 0
                    ? "the first column has no name, as row names have none: this is what it is called"
                    : "the column has no name: this is what it is called"));
            kept.Add(column);
            notices.AddRange(Cells(column, index + 1, map, file));
        }

        var blank = map.Skipped.Where(row => row < map.Of(columns.Length == 0 ? 0 : columns[0].Count)).ToList();
        if (blank.Count > 0)
            notices.Add(new Notice(NoticeCodes.BlankRow, file, null, null, RowNumbers.Of(blank),
                "rows without any value were passed over"));
        if (Footer(all) is { } notes)
            notices.Add(new Notice(NoticeCodes.Footer, file, null, null, notes, "taken as notes after the table, not as data"));
        return ([.. kept], notices);
    }

    private static IEnumerable<Notice> Cells(Column column, int number, RowMap map, string file)
    {
        if (column is TextColumn text && column.Field.Doubt is { Kind: DoubtKind.Stray or DoubtKind.Ambiguous or DoubtKind.Units } doubt)
        {
            var rows = doubt.RowsOf(text, map);
            // Names among which some happen to be numbers are no column of numbers.
            if (doubt.Kind != DoubtKind.Stray || rows.Count * 2 <= column.Count)
                yield return new Notice(doubt.Kind != DoubtKind.Stray ? NoticeCodes.AmbiguousNumber : NoticeCodes.NotNumbers, file,
                    column.Name, number, rows, $"read as text: {doubt.Text}");
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

        return first == 0
            ? null : new RowNumbers([.. Enumerable.Range(0, (int)Math.Min(RowNumbers.Shown, before - first)).Select(i => first + i)],
                before - first);
    }
}
