using Analys.Cli.Help;
using Analys.Cli.Messages;
using Analys.Domain;

namespace Analys.Cli.Tables;

/// <summary>Released results as a table for people: what is the same in every row stands above it, what is undefined in a line below, and
/// no line is wider than asked. JSON, CSV and files have everything.</summary>
internal sealed class ResultTable(TextWriter output, Released released, Screen screen)
{
    private const int RowsPerPart = 3;

    private readonly CliTexts texts = CliTexts.Of(screen.Language);

    // Above the table where all rows agree: the area and the value always stand in it.
    private static readonly string[] Hoisted = ["measure", "period", "population", "group", "reference", "parameters", "unit"];

    /// <summary>Writes the table, with its legend.</summary>
    /// <param name="notes">More lines below it.</param>
    public void Write(IEnumerable<string> notes)
    {
        Result[] rows = [.. released.Where(result => screen.Wide || result.Value.Status != ValueStatus.Undefined)];
        if (rows.Length > 0) WriteRows(rows);
        else output.WriteLine(texts["table.none"]);
        foreach (var line in Legend(rows).Concat(notes)) Wrapped(line);
        if (released.IsConfidential) output.WriteLine(Reason(Product.ConfidentialNotice));
    }

    private void WriteRows(Result[] rows)
    {
        // A parameter that has one value wherever it applies is said once.
        var constant = rows.Length == 1 || screen.Wide ? [] : rows.SelectMany(row => row.Parameters).GroupBy(pair => pair.Key)
            .Where(same => same.Select(pair => pair.Value).Distinct().Count() == 1).ToDictionary(same => same.Key, same =>
                same.First().Value);
        int[] decimals = [.. rows.Select(Digits.Of)];
        string Number(int row, double? value) => Digits.Text(value, decimals[row], screen.DecimalSign);
        (TableColumn Column, Func<Result, int, string?> Cell)[] columns =
        [
            (new("measure"), (result, _) => result.Measure.Id),
            (new("area"), (result, _) => result.Area),
            (new("period"), (result, _) => result.Period),
            (new("population"), (result, _) => result.Population?.ToString()),
            (new("group"), (result, _) => result.Group),
            (new("reference"), (result, _) => result.Reference),
            (new("parameters", Keep: 5), (result, _) => Parameters(result, constant)),
            (new("value", true), (result, row) => Withheld(result) ?? Number(row, result.Value.Number)),
            (new("status"), (result, _) => result.Value.Status == ValueStatus.Suppressed ? texts["cell.common"] : null),
            (new("s.e.", true, 2), (result, row) => Number(row, result.StandardError)),
            (new("lower", true, 6), (result, row) => Number(row, result.Lower)),
            (new("upper", true, 6), (result, row) => Number(row, result.Upper)),
            (new("step", true, 1), (result, row) => Number(row, result.Step)),
            (new("unit", false, 4), (result, _) => Unit(result.Unit)),
            (new("n", true, 3), (result, _) => Digits.Count(result.N, screen.DecimalSign)),
        ];
        columns = [.. columns.Select(column => (column.Column with { Heading = texts["column." + column.Column.Name] }, column.Cell))];
        var shown = new List<(TableColumn Column, string[] Cells)>();
        var heads = new List<string>();
        foreach (var column in columns)
        {
            string[] cells = [.. rows.Select((result, row) => column.Cell(result, row) ?? "")];
            if (cells.All(cell => cell.Length == 0)) continue;
            if (!screen.Wide && Hoisted.Contains(column.Column.Name) && cells.Distinct().Count() == 1
                && (rows.Length > 1 || column.Column.Name != "measure"))
                heads.Add($"{column.Column.Heading}: {cells[0]}");
            else shown.Add((column.Column, cells));
        }

        if (constant.Count > 0) heads.Add(texts["column.parameters"] + ": "
            + $"{string.Join(' ', constant.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"))}");
        heads.Add($"{texts["table.policy"]}: {released.Policy.Name}");
        Wrapped(string.Join("   ", heads));
        output.WriteLine();
        var dropped = WriteTable(rows, shown);
        if (dropped.Count > 0)
        {
            output.WriteLine();
            Wrapped(Filled("table.dropped", ("width", $"{screen.Width}"), ("columns", string.Join(", ", dropped))));
        }
    }

    // Where the table is too wide and few measures have many rows each, a measure is a line above its rows: ids would be broken on every
    // row.
    private IReadOnlyList<string> WriteTable(Result[] rows, List<(TableColumn Column, string[] Cells)> shown)
    {
        int[] order = [.. Enumerable.Range(0, rows.Length)];
        var parts = rows.Select(row => row.Measure.Id).Distinct().Count();
        if (screen.Wide || parts < 2 || rows.Length < RowsPerPart * parts || TextTable.Natural(Columns(), Cells()) <= screen.Width)
            return TextTable.Write(output, screen.Wide ? 0 : screen.Width, Columns(), Cells());
        order = [.. order.GroupBy(row => (rows[row].Measure.Id, rows[row].Unit)).SelectMany(part => part)];
        shown.RemoveAll(column => column.Column.Name is "measure" or "unit");
        return TextTable.Write(output, screen.Width, Columns(), Cells(), i =>
        {
            var row = rows[order[i]];
            return i > 0 && row.Measure.Id == rows[order[i - 1]].Measure.Id && row.Unit == rows[order[i - 1]].Unit ? null
                : $"{row.Measure.Id} ({Unit(row.Unit)})";
        });

        List<TableColumn> Columns() => [.. shown.Select(column => column.Column)];
        List<string[]> Cells() => [.. order.Select(row => shown.Select(column => column.Cells[row]).ToArray())];
    }

    private IEnumerable<string> Legend(Result[] rows)
    {
        var lines = new List<string>();
        if (released.SuppressedCount > 0)
            lines.Add(Filled("table.withheld", ("count", $"{released.SuppressedCount}"), ("policy", released.Policy.Name)));
        // Eight rows that have one reason are one line.
        if (!screen.Wide)
        {
            foreach (var reason in released.Where(result => result.Value.Status == ValueStatus.Undefined).GroupBy(result =>
                result.Value.Reason))
            {
                var ids = reason.GroupBy(result => result.Measure.Id)
                    .Select(same => same.Count() == 1 ? same.Key : $"{same.Key} ({same.Count()})");
                lines.Add(Filled("table.undefined", ("list",
                    Filled("table.undefined.one", ("measures", string.Join(", ", ids)), ("reason", Reason(reason.Key))))));
            }
        }

        if (rows.Any(row => row.Step is not null)) lines.Add(texts["table.rounded"]);
        if (screen.Explain)
        {
            foreach (var measure in released.Select(result => result.Measure).DistinctBy(measure => measure.Id))
                lines.Add(texts.Find("explain." + measure.Id)
                    ?? $"{measure.Id}: {(screen.Language == Language.Swedish ? measure.Swedish : measure.Name)}. {measure.Formula} "
                        + $"({measure.Citation.TrimEnd('.')}).");
        }

        if (lines.Count > 0) lines.Insert(0, "");
        return lines;
    }

    private static string Parameters(Result result, Dictionary<string, string> constant) =>
        string.Join(' ', result.Parameters.Where(pair => !constant.ContainsKey(pair.Key)).Select(pair => $"{pair.Key}={pair.Value}"));

    // What stands in place of a value; null where there is one.
    private string? Withheld(Result result) => result.Value.Status switch
    {
        ValueStatus.Suppressed => "..",
        ValueStatus.Undefined => Filled("table.undefined", ("list", Reason(result.Value.Reason))),
        _ => null,
    };

    private string Unit(string unit) => texts.Find("unit." + unit) ?? unit;

    private string Reason(string? reason) =>
        reason is null ? "" : screen.Language == Language.Swedish ? SwedishMessages.Of(reason) : reason;

    private string Filled(string key, params ReadOnlySpan<(string Name, string Value)> slots)
    {
        var text = texts[key];
        foreach (var (name, value) in slots) text = text.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        return text;
    }

    private void Wrapped(string text)
    {
        foreach (var line in TextLayout.Wrap(text, screen.Wide ? int.MaxValue : screen.Width)) output.WriteLine(line);
    }
}
