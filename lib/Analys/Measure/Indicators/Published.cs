using System.Collections.Immutable;
using System.Globalization;
using Analys.Domain;
using Analys.Load;

namespace Analys.Measure.Indicators;

/// <summary>Figures that the source itself computed, as results: nothing is computed again, only units are made ours.</summary>
public static class Published
{
    /// <summary>The figures of one column by area and period.</summary>
    /// <param name="extract">The table.</param>
    /// <param name="definition">What the source says that they are.</param>
    /// <param name="column">The column; its schema says the unit (percent becomes a share, tkr and mnkr become kronor).</param>
    /// <param name="population">Who is measured; null to take what the schema says of the column.</param>
    /// <param name="where">Which rows; null for all.</param>
    public static Results Of(Extract extract, Definition definition, string column, string? population = null, Func<int, bool>? where = null)
    {
        ArgumentNullException.ThrowIfNull(extract);
        var figures = extract.Number(column);
        var area = extract.Find(Role.Area) as TextColumn;
        var period = extract.Find(Role.Period);
        var total = extract.Find(Role.Total) as NumberColumn;
        var rows = Enumerable.Range(0, extract.RowCount).Where(where ?? (_ => true)).Select(row => new Result
        {
            Measure = definition,
            Area = area is null || area.Codes[row] < 0 || area.Categories[area.Codes[row]] == Geography.Stockholm.City ? null : area.Categories[area.Codes[row]],
            Period = period is null ? figures.Field.Period : Convert.ToString(period.ValueAt(row), CultureInfo.InvariantCulture),
            Population = population ?? figures.Field.Population,
            Value = Value(figures, row, Factor(figures.Field.Unit)),
            Parameters = Rounding(figures),
            N = total is not null && total.MarkAt(row) == Mark.None ? total.Values[row] : null,
        });
        return new Results(rows, extract.Confidentiality, extract.Provenance.With($"{definition.Id} as published"));
    }

    /// <summary>A cell as a quantity in our units; what the mark says where there is no value.</summary>
    internal static Quantity Value(NumberColumn column, int row, double factor) => column.MarkAt(row) switch
    {
        Mark.None => Quantity.Known(column.Values[row] * factor),
        Mark.Nil => Quantity.Known(0),
        Mark.Suppressed => Quantity.Suppressed("withheld by the source"),
        Mark.NotApplicable => Quantity.Undefined("not applicable"),
        _ => Quantity.Undefined("not available"),
    };

    /// <summary>What the source rounded to, as a parameter.</summary>
    internal static ImmutableSortedDictionary<string, string> Rounding(NumberColumn column) => column.Field.Decimals is { } decimals
        ? ImmutableSortedDictionary<string, string>.Empty.Add("rounded", string.Create(CultureInfo.InvariantCulture, $"{decimals} decimals of {column.Field.Unit ?? "one"}"))
        : ImmutableSortedDictionary<string, string>.Empty;

    internal static double Factor(string? unit) => unit switch
    {
        "percent" => 0.01,
        "tkr" => 1e3,
        "mnkr" => 1e6,
        _ => 1,
    };
}
