using System.Collections.Immutable;
using System.Globalization;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Measure.Indicators;

/// <summary>Figures that the source itself computed, as results: nothing is computed again, only units are made ours.</summary>
internal static class Published
{
    /// <summary>The figures of one column by area and period.</summary>
    /// <param name="extract">The table.</param>
    /// <param name="definition">What the source says that they are.</param>
    /// <param name="column">The column; its schema says the unit (percent becomes a share, tkr and mnkr become kronor).</param>
    /// <param name="population">Who is measured; null to take what the schema says of the column.</param>
    /// <param name="where">Which rows; null for all.</param>
    public static Results Of(Extract extract, Definition definition, string column, string? population = null, Func<int,
        bool>? where = null)
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
            Area = area is null || area.Codes[row] < 0 || area.Categories[area.Codes[row]] == Geography.Stockholm.City
            ? null : area.Categories[area.Codes[row]],
            Period = PeriodAt(row),
            Population = population ?? figures.Field.Population,
            Group = indicator is null || indicator.Codes[row] < 0 ? null : indicator.Categories[indicator.Codes[row]],
            Value = Value(figures, row, Factor(figures.Field.Unit)),
            Parameters = extract.Schema.Breaks.FirstOrDefault(item => item.Before == PeriodAt(row)) is { } broken
            ? rounding.Add("break", broken.Note) : rounding,
            N = total is not null && total.MarkAt(row) == Mark.None ? total.Values[row] : null,
            Basis = figures.Field.Role == Role.Count && figures.MarkAt(row) == Mark.None ? new Basis(null, figures.Values[row]) : null,
        });
        return new Results(rows, extract.Confidentiality, extract.Provenance.With($"{definition.Id} as published"));

        string? PeriodAt(int row) =>
            period is null ? figures.Field.Period : Convert.ToString(period.ValueAt(row), CultureInfo.InvariantCulture);
    }

    /// <summary>Persons with income support, as the city's tables count them.</summary>
    public static Definition PersonsWithIncomeSupport { get; } = new(
        "persons-with-income-support", "Persons in households with income support", "Personer i familjer med ekonomiskt bistånd",
        "persons in households with income support at any time in the year", Units.Persons, ValueRange.NonNegative,
        "Stockholms stad, tabell b020 och b021")
    {
        Tells = Tells.Counts,
        Counts = "persons who had income support in the year",
        SwedishFormula = "personer i hushåll med ekonomiskt bistånd någon gång under året",
    };

    /// <summary>Mean disposable income of households, as the city's tables have it.</summary>
    public static Definition MeanHouseholdIncome { get; } = new(
        "mean-household-income", "Mean disposable income of households", "Hushållens disponibla medelinkomst",
        "sum of the households' disposable incomes / households; not per consumption unit", Units.Kronor, ValueRange.Any,
        "Stockholms stad, tabell b031")
    {
        Tells = Tells.Amount,
        SwedishFormula = "summan av hushållens disponibla inkomster / antalet hushåll; inte per konsumtionsenhet",
    };

    /// <summary>Participants in courses.</summary>
    public static Definition Participants { get; } = new(
        "course-participants", "Participants", "Deltagare", "as reported", Units.Persons, ValueRange.NonNegative,
        "Stockholms stad, Barnstöd Stockholm, skrivelse 2006-11-20")
    {
        Tells = Tells.Counts,
        Counts = "persons who took part",
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
        ? ImmutableSortedDictionary<string, string>.Empty.Add("rounded",
            string.Create(CultureInfo.InvariantCulture, $"{decimals} decimals of {column.Field.Unit ?? "one"}"))
        : ImmutableSortedDictionary<string, string>.Empty;

    internal static double Factor(string? unit) => unit switch
    {
        "percent" => 0.01,
        "tkr" => 1e3,
        "mnkr" => 1e6,
        _ => 1,
    };
}

/// <summary>The share of households in the lowest income brackets of a table of brackets.</summary>
/// <remarks>Swedish: <i>andel hushåll med låg inkomst</i>. Brackets are of the household's income, not per consumption unit.</remarks>
internal static class ShareBelow
{
    /// <summary>What it is.</summary>
    public static Definition Definition { get; } = new(
        "share-of-households-below", "Share of households with a disposable income below a limit", "Andel hushåll under en inkomstgräns",
        "households in the brackets below the limit / all households", Units.Share, ValueRange.Unit, "Stockholms stad, tabell b031")
    {
        Tells = Tells.Counts,
        Counts = "households with an income in the classes below the limit",
        SwedishFormula = "hushåll i inkomstklasserna under gränsen / alla hushåll",
    };

    /// <summary>The shares by area.</summary>
    /// <param name="extract">The table, with the roles area and total.</param>
    /// <param name="brackets">The columns of the brackets below the limit.</param>
    /// <param name="limit">The limit in kronor.</param>
    public static Results Of(Extract extract, IReadOnlyList<string> brackets, double limit)
    {
        ArgumentNullException.ThrowIfNull(extract);
        var area = (TextColumn)extract.Get(Role.Area);
        var total = (NumberColumn)extract.Get(Role.Total);
        NumberColumn[] below = [.. brackets.Select(extract.Number)];
        var rows = Enumerable.Range(0, extract.RowCount).Select(row =>
        {
            var name = area.Codes[row] < 0 ? null : area.Categories[area.Codes[row]];
            var complete = below.Append(total).All(column => column.MarkAt(row) == Mark.None);
            var sum = complete ? below.Sum(column => column.Values[row]) : 0;
            return new Result
            {
                Measure = Definition,
                Area = name == Geography.Stockholm.City ? null : name,
                Value = complete ? Quantity.Ratio(sum, total.Values[row], "there are no households") : Quantity.Undefined("not available"),
                N = complete ? total.Values[row] : null,
                Parameters = ImmutableSortedDictionary<string,
                string>.Empty.Add("limit", limit.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                Basis = complete ? new Basis(sum, total.Values[row]) : null,
            };
        });
        return new Results(rows, extract.Confidentiality, extract.Provenance.With("share of households below a limit"));
    }
}

/// <summary>The share of districts that offer a service, over time.</summary>
/// <remarks>Swedish: <i>täckning</i>, such as stödgrupper för barn: 7 av 18 stadsdelsområden, sedan 13 av 18.</remarks>
internal static class ServiceCoverage
{
    /// <summary>What it is.</summary>
    public static Definition Definition { get; } = new(
        "service-coverage", "Share of districts that offer a service", "Andel stadsdelsområden som erbjuder en insats",
        "districts that offer the service / all districts", Units.Share, ValueRange.Unit,
        "Stockholms stad, Barnstöd Stockholm, skrivelse 2006-11-20")
    {
        Tells = Tells.Counts,
        Counts = "persons who have the service",
        SwedishFormula = "stadsdelsområden som erbjuder insatsen / alla stadsdelsområden",
    };

    /// <summary>The share at each point in time.</summary>
    /// <param name="extract">A table with a period, a count of districts that offer it and a total of districts.</param>
    public static Results Of(Extract extract)
    {
        ArgumentNullException.ThrowIfNull(extract);
        var period = extract.Get(Role.Period);
        var count = (NumberColumn)extract.Get(Role.Count);
        var total = (NumberColumn)extract.Get(Role.Total);
        var rows = Enumerable.Range(0, extract.RowCount).Select(row => new Result
        {
            Measure = Definition,
            Period = Convert.ToString(period.ValueAt(row), System.Globalization.CultureInfo.InvariantCulture),
            Value = count.MarkAt(row) == Mark.None && total.MarkAt(row) == Mark.None
                ? Quantity.Ratio(count.Values[row], total.Values[row], "there are no districts")
                : Quantity.Undefined("not available"),
            N = total.MarkAt(row) == Mark.None ? total.Values[row] : null,
            Basis = total.MarkAt(row) == Mark.None && count.MarkAt(row) == Mark.None ? new Basis(count.Values[row], total.Values[row])
            : null,
        });
        return new Results(rows, extract.Confidentiality, extract.Provenance);
    }
}
