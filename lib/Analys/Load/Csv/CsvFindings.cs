using Analys.Load.Screening;

namespace Analys.Load.Csv;

/// <summary>Turns the findings of blocks into findings with rows of the file.</summary>
internal static class CsvFindings
{
    public static List<Finding> Collect(CsvLayout layout, IReadOnlyList<ParsedBlock> blocks, string file)
    {
        var findings = new List<Finding>(layout.Findings);
        long before = 1;
        var lastData = LastDataRow(blocks);
        foreach (var block in blocks)
        {
            foreach (var raw in block.Findings)
            {
                findings.Add(new Finding(raw.Code, file, before + raw.Record, raw.Column, raw.Field, raw.Expected));
            }

            // Blank lines at the end of the file are nothing to speak of.
            findings.AddRange(block.BlankRecords.Select(record => before + record).Where(row => row < lastData)
                .Select(row => new Finding(FindingCodes.BlankRow, file, row, null, null, "values in the row")));
            before += block.Records;
        }

        for (var slot = 0; slot < layout.Columns.Count; slot++)
        {
            var suspicious = blocks.Sum(block => (long)block.PersonalNumbers[slot]);
            if (suspicious == 0) continue;
            findings.AddRange(IdentifierScreening.Screen(layout.Columns[slot].Field, suspicious, blocks.Sum(block => (long)block.Rows), file));
        }

        return [.. findings.OrderBy(finding => finding.Row ?? 0).ThenBy(finding => finding.Field ?? int.MaxValue)];
    }

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
