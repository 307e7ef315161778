using Analys.Domain;
using Analys.Present.Numbers;

namespace Analys.Present.Figures;

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
        foreach (var name in rows.SelectMany(row => row.Parameters.Keys).Distinct().Order(StringComparer.Ordinal)) Varying(null, row => row.Parameters.GetValueOrDefault(name) ?? "", name);

        columns.Add((Heading("figure.table.value"), row => Cell(row.Value.HasNumber ? row.Value.Number : null, row, format.Value(row.Value, row.Unit, options.Decimals))));
        if (units.Count > 1) columns.Add((texts["figure.table.unit"], row => Words.Unit(row.Unit, options.Language)));
        if (rows.Any(row => row.Lower is not null)) columns.Add((Heading("figure.table.lower"), row => End(row.Lower, row)));
        if (rows.Any(row => row.Upper is not null)) columns.Add((Heading("figure.table.upper"), row => End(row.Upper, row)));
        if (rows.Any(row => row.N is not null)) columns.Add((texts["figure.table.n"], row => row.N is { } n ? new DataCell(format.Number(n), n) : ""));
        return new DataTable(
            caption,
            [.. columns.Select(column => column.Heading)],
            [.. rows.Select(row => (IReadOnlyList<DataCell>)[.. columns.Select(column => column.Cell(row))])],
            Marks(rows, options.Language));

        void Varying(string? key, Func<Result, string> text, string? heading = null)
        {
            if (rows.Select(text).Distinct().Count() > 1) columns.Add((heading ?? texts[key!], row => text(row)));
        }

        DataCell End(double? end, Result row) => end is { } number ? Cell(number, row, format.Value(number, row.Unit, options.Decimals)) : "";

        string Heading(string key) => units.Count == 1 ? $"{texts[key]}, {Words.Unit(units[0], options.Language)}" : texts[key];
    }

    /// <summary>What the marks in the table mean, for those that occur in it.</summary>
    public static IReadOnlyList<string> Marks(IEnumerable<Result> rows, Language language)
    {
        var texts = Texts.Of(language);
        return [.. rows.Select(row => row.Value).Where(value => value.Status != ValueStatus.Known).Distinct().Select(value => value.Status switch
        {
            ValueStatus.Suppressed => texts["figure.status.suppressed"],
            ValueStatus.Undefined => texts.Get("figure.status.undefined", ("reason", Words.Reason(value.Reason, language))),
            _ => texts.Get("figure.status.rounded", ("rule", value.Reason ?? "")),
        }).Distinct()];
    }

    private static DataCell Cell(double? number, Result row, string text) => new(text, number is { } value ? InHeadingsUnit(value, row.Unit) : null);

    /// <summary>The second value less the first, in the unit of the heading; as decimals, so that 2.3 less 2.1 is 0.2.</summary>
    internal static double Difference(Result first, Result second)
    {
        var (a, b) = (InHeadingsUnit(first.Value.Number, first.Unit), InHeadingsUnit(second.Value.Number, second.Unit));
        return Math.Max(Math.Abs(a), Math.Abs(b)) < 1e12 ? (double)((decimal)b - (decimal)a) : b - a;
    }

    // The heading says per cent, so the file holds per cent; as decimals, so that 0.285 is 28.5.
    internal static double InHeadingsUnit(double value, string unit) =>
        unit == Domain.Units.Share ? Math.Abs(value) < 1e12 ? (double)((decimal)value * 100m) : value * 100 : value;
}
