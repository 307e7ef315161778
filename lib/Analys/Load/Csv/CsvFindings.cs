using Analys.Load.Screening;

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
            if (layout.IsGiven) findings.AddRange(block.BlankRecords.Where(record => from + record < lastData || (!hasFooter && block.EmptyRows.Contains(record))).Select(record => from + record)
                .Select(row => new Finding(FindingCodes.BlankRow, file, row, null, null, "values in the row")));
            leftOut += block.FindingsLeftOut;
            if (block.DataAfterFooter is { } data) findings.Add(DataAfterFooter(file, before + data));
            before += block.Records;
        }

        if (hasFooter)
        {
            foreach (var block in all.Skip(blocks.Count))
            {
                if (block.Rows > block.Findings.Select(finding => finding.Record).Distinct().Count()) findings.Add(DataAfterFooter(file, before + 1));
                before += block.Records;
            }
        }

        for (var slot = 0; slot < layout.Columns.Count && blocks.Count > 0; slot++)
        {
            var tally = new NumberTally();
            foreach (var block in blocks) tally.Add(block.PersonalNumbers[slot]);
            if (tally.IsEmpty) continue;
            findings.AddRange(IdentifierScreening.Screen(layout.Columns[slot].Field, tally, blocks.Sum(block => (long)block.Rows), file));
        }

        if (!layout.IsGiven && findings.Count > 0) findings.AddRange(PassedOver(layout, blocks, file));
        if (leftOut > 0) findings.Add(new Finding(FindingCodes.TooMany, file, null, null, null, $"fewer findings: {leftOut} more are not listed"));
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
        return Map(layout, blocks).Skipped.Where(row => row < last).Select(row => new Finding(FindingCodes.BlankRow, file, row, null, null, "values in the row"))
            .Concat(Enumerable.Range(0, layout.Width).Where(layout.IsUnnamed).Select(i => new Finding(FindingCodes.BlankLabel, file, null, null, i + 1, "a name in the header")));
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

    private static Finding DataAfterFooter(string file, long row) =>
        new(FindingCodes.DataAfterFooter, file, row, null, null, "no data after the footnotes: the row that ends the table may be data with missing values");

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
