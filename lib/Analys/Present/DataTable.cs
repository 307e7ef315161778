using System.Globalization;
using Analys.Domain;
using CsvHelper;

namespace Analys.Present;

/// <summary>A cell of a figure's table.</summary>
/// <param name="Text">As it is read.</param>
/// <param name="Number">The number in the unit of the column's heading (percentages, not fractions); null where there is none.</param>
public readonly record struct DataCell(string Text, double? Number = null)
{
    /// <summary>A text.</summary>
    public static implicit operator DataCell(string text) => new(text);

    /// <summary>A text.</summary>
    public static DataCell FromString(string text) => new(text);
}

/// <summary>The table beside a figure: the same numbers for those who do not see the picture, and for those who want to reckon.</summary>
/// <param name="Caption">What the table holds.</param>
/// <param name="Columns">The headings.</param>
/// <param name="Rows">The rows; the first cell is the row's heading.</param>
/// <param name="Notes">What the marks mean.</param>
public sealed record DataTable(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<DataCell>> Rows,
    IReadOnlyList<string> Notes)
{
    /// <summary>Writes the table as a Swedish or English spreadsheet opens it: UTF-8 with a byte order mark, semicolon and decimal comma,
    /// or comma and point.</summary>
    /// <remarks>Text that a spreadsheet would run as a formula is neutralised. Numbers have full precision. The tidy record for programs is
    /// written by the record writer.</remarks>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="language">The language.</param>
    public void WriteCsv(Stream stream, Language language = Language.Swedish)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var numbers = new NumberFormatInfo { NumberDecimalSeparator = language == Language.Swedish ? "," : "." };
        var options = new CsvWriterOptions
        {
            NewLine = "\n",
            Separator = language == Language.Swedish ? ';' : ',',
            Injection = CsvInjection.Escape,
            FormatProvider = numbers,
            WriteByteOrderMark = true,
        };
        using var csv = CsvWriter.Create(stream, options, leaveOpen: true);
        foreach (var column in Columns) csv.WriteField(column);
        csv.EndRecord();
        foreach (var row in Rows)
        {
            foreach (var cell in row)
            {
                if (cell.Number is { } number) csv.WriteField(number);
                else csv.WriteField(cell.Text);
            }

            csv.EndRecord();
        }
    }
}

/// <summary>Makes the table of a figure from its results: what differs between them gets a column, what is the same does not.</summary>
internal static class TableMaker
{
    public static DataTable Of(IReadOnlyList<Result> rows, FigureOptions options, string caption)
    {
        var texts = Texts.Of(options.Language);
        var format = NumberFormat.For(options.Language);
        var units = rows.Select(row => row.Unit).Distinct().ToList();
        var columns = new List<(string Heading, Func<Result, DataCell> Cell)> { (texts["figure.table.area"], row => options.LabelOf(row)) };
        Varying("figure.table.measure", row => options.NameOf(row.Measure));
        Varying("figure.table.period", row => row.Period ?? "");
        Varying("figure.table.population", row => Words.Population(row.Population, options.Language) ?? "");
        Varying("figure.table.group", row => row.Group ?? "");
        Varying("figure.table.reference", row => row.Reference ?? "");
        foreach (var name in rows.SelectMany(row => row.Parameters.Keys).Distinct().Order(StringComparer.Ordinal))
            Varying(null, row => Words.Parameter(name, row.Parameters.GetValueOrDefault(name), options.Language),
                Words.Parameter(name, options.Language));
        // Where every row is of the whole, what differs between the rows is their heading.
        if (columns.Count > 1 && options.Label is null && rows.All(row => row.Area is null)) columns.RemoveAt(0);

        columns.Add((Heading("figure.table.value"),
            row => Cell(row.Value.HasNumber ? row.Value.Number : null, row, format.Value(row.Value, row.Unit, options.Decimals))));
        if (units.Count > 1) columns.Add((texts["figure.table.unit"], row => Words.Unit(row.Unit, options.Language)));
        if (rows.Any(row => row.Lower is not null)) columns.Add((Heading("figure.table.lower"), row => End(row.Lower, row)));
        if (rows.Any(row => row.Upper is not null)) columns.Add((Heading("figure.table.upper"), row => End(row.Upper, row)));
        if (rows.Any(row => row.Step is not null))
            columns.Add((texts["figure.table.step"], row => row.Step is { } step
                ? Cell(step, row, format.Value(step, row.Unit, Math.Max(NumberFormat.DecimalsNeeded([step], row.Unit, 6), 0))) : ""));
        if (rows.Any(row => row.N is not null))
            columns.Add((texts["figure.table.n"], row => row.N is { } n ? new DataCell(format.Number(n), n) : ""));
        return new DataTable(
            caption,
            [.. columns.Select(column => column.Heading)],
            [.. rows.Select(row => (IReadOnlyList<DataCell>)[.. columns.Select(column => column.Cell(row))])],
            Marks(rows, options.Language));

        void Varying(string? key, Func<Result, string> text, string? heading = null)
        {
            if (rows.Select(text).Distinct().Count() > 1) columns.Add((heading ?? texts[key!], row => text(row)));
        }

        DataCell End(double? end, Result row) =>
            end is { } number ? Cell(number, row, format.Value(number, row.Unit, options.Decimals)) : "";

        string Heading(string key) => units.Count == 1 ? $"{texts[key]}, {Words.Unit(units[0], options.Language)}" : texts[key];
    }

    /// <summary>What the marks in the table mean, for those that occur in it.</summary>
    public static IReadOnlyList<string> Marks(IEnumerable<Result> rows, Language language)
    {
        var texts = Texts.Of(language);
        return [.. rows.Select(row => row.Value).Where(value => value.Status != ValueStatus.Known).Distinct()
            .Select(value => value.Status switch
        {
            ValueStatus.Suppressed => texts["figure.status.suppressed"],
            ValueStatus.Undefined => Words.Explained(value, language),
            _ => texts.Get("figure.status.rounded", ("rule", Words.Rule(value.Reason, language))),
        }).Distinct()];
    }

    private static DataCell Cell(double? number, Result row, string text) =>
        new(text, number is { } value ? InHeadingsUnit(value, row.Unit) : null);

    /// <summary>The second value less the first, in the unit of the heading; as decimals, so that 2.3 less 2.1 is 0.2.</summary>
    internal static double Difference(Result first, Result second)
    {
        var (a, b) = (InHeadingsUnit(first.Value.Number, first.Unit), InHeadingsUnit(second.Value.Number, second.Unit));
        return Math.Max(Math.Abs(a), Math.Abs(b)) < 1e12 ? (double)((decimal)b - (decimal)a) : b - a;
    }

    // The heading says per cent, so the file holds per cent; as decimals, so that 0.285 is 28.5.
    internal static double InHeadingsUnit(double value, string unit) =>
        unit == Units.Share ? Math.Abs(value) < 1e12 ? (double)((decimal)value * 100m) : value * 100 : value;
}

/// <summary>Picks and sorts the results of a figure.</summary>
internal static class Rows
{
    /// <summary>Largest value first, then the withheld, then the undefined; ties and the rest by name in Swedish order.</summary>
    public static List<Result> Ranked(IEnumerable<Result> rows, FigureOptions options) =>
    [
        .. rows.OrderBy(row => row.Value.Status switch { ValueStatus.Suppressed => 1, ValueStatus.Undefined => 2, _ => 0 })
            .ThenByDescending(row => row.Value.HasNumber ? row.Value.Number : 0)
            .ThenBy(options.LabelOf, SwedishOrder.Comparer),
    ];

    /// <summary>The row to compare with: of this name, or of the whole.</summary>
    public static Result? Reference(IEnumerable<Result> rows, string? reference, FigureOptions options)
    {
        var all = rows.ToList();
        var named = reference is null ? null : all.Find(row => row.Area == reference || options.LabelOf(row) == reference)
            ?? new AreaJoin(all).Find(reference);
        // Where no result has an area (origins, years, courses), none of them is the whole.
        return named
            ?? (all.Exists(row => row.Area is not null) ? all.Find(row => row.Area is null || row.Area == Geography.Stockholm.City) : null);
    }

    /// <summary>Refuses several results for one area, which a figure of one value per area cannot show.</summary>
    public static void OnePerArea(IEnumerable<Result> rows, FigureOptions options, string figure)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (!rows.All(row => seen.Add(options.LabelOf(row))))
        {
            throw new ArgumentException(
                $"A {figure} shows one result per area, and an area has several: choose one measure, period and group with Where, or give "
                    + "a Label.", nameof(rows));
        }
    }
}
