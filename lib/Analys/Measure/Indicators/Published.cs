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
        var indicator = extract.Find(Role.Indicator) as TextColumn;
        var period = extract.Find(Role.Period);
        var total = extract.Find(Role.Total) as NumberColumn;
        var rounding = Rounding(figures);
        var rows = Enumerable.Range(0, extract.RowCount).Where(where ?? (_ => true)).Select(row => new Result
        {
            Measure = definition,
            Area = area is null || area.Codes[row] < 0 || area.Categories[area.Codes[row]] == Geography.Stockholm.City ? null : area.Categories[area.Codes[row]],
            Period = PeriodAt(row),
            Population = population ?? figures.Field.Population,
            Group = indicator is null || indicator.Codes[row] < 0 ? null : indicator.Categories[indicator.Codes[row]],
            Value = Value(figures, row, Factor(figures.Field.Unit)),
            Parameters = extract.Schema.Breaks.FirstOrDefault(item => item.Before == PeriodAt(row)) is { } broken ? rounding.Add("break", broken.Note) : rounding,
            N = total is not null && total.MarkAt(row) == Mark.None ? total.Values[row] : null,
            Basis = figures.Field.Role == Role.Count && figures.MarkAt(row) == Mark.None ? new Basis(null, figures.Values[row]) : null,
        });
        return new Results(rows, extract.Confidentiality, extract.Provenance.With($"{definition.Id} as published"));

        string? PeriodAt(int row) => period is null ? figures.Field.Period : Convert.ToString(period.ValueAt(row), CultureInfo.InvariantCulture);
    }

    /// <summary>Persons with income support, as the city's tables count them.</summary>
    public static Definition PersonsWithIncomeSupport { get; } = new(
        "persons-with-income-support", "Persons in households with income support", "Personer i familjer med ekonomiskt bistånd",
        "persons in households with ekonomiskt bistånd at any time in the year", Units.Persons, ValueRange.NonNegative, "Stockholms stad, tabell b020 och b021")
    {
        SwedishFormula = "personer i hushåll med ekonomiskt bistånd någon gång under året",
    };

    /// <summary>Mean disposable income of households, as the city's tables have it.</summary>
    public static Definition MeanHouseholdIncome { get; } = new(
        "mean-household-income", "Mean disposable income of households", "Hushållens disponibla medelinkomst",
        "sum of the households' disposable incomes / households; not per consumption unit", Units.Kronor, ValueRange.Any, "Stockholms stad, tabell b031")
    {
        SwedishFormula = "summan av hushållens disponibla inkomster / antalet hushåll; inte per konsumtionsenhet",
    };

    /// <summary>Participants in courses.</summary>
    public static Definition Participants { get; } = new(
        "course-participants", "Participants", "Deltagare", "as reported", Units.Persons, ValueRange.NonNegative, "Stockholms stad, Barnstöd Stockholm, skrivelse 2006-11-20")
    {
        SwedishFormula = "enligt källan",
    };

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
