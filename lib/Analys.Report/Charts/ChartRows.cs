using System.Globalization;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Report.Tables;

namespace Analys.Report.Charts;

/// <summary>Takes the rows of a table as results, by the columns that a chart names.</summary>
internal sealed class ChartRows(TableInput input, ChartRequest request)
{
    private static readonly Dictionary<string, Role> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["share"] = Role.Rate,
        ["rate"] = Role.Rate,
        ["andel"] = Role.Rate,
        ["count"] = Role.Count,
        ["amount"] = Role.Amount,
        ["area"] =
            Role.Area,
        ["period"] = Role.Period,
        ["year"] = Role.Period,
        ["age"] = Role.Age,
        ["group"] = Role.Group,
        ["sex"] = Role.Sex,
        ["total"] = Role.Total,
    };

    private readonly Extract extract = input.Extract!;

    private string Names => string.Join(", ", extract.Columns.Select(column => column.Name));

    /// <summary>Whether the results come over time by their x.</summary>
    public bool OverTime => Find(request.X).Field.Role == Role.Period;

    /// <summary>The results of one column of values.</summary>
    /// <param name="y">The column or role.</param>
    public Results Of(string y)
    {
        var columns = Values(y);
        var x = Find(request.X);
        var color = request.Color is { } named ? Find(named) : null;
        var time = extract.Columns.FirstOrDefault(column => column.Field.Role == Role.Period);
        var area = extract.Columns.FirstOrDefault(column => column.Field.Role == Role.Area);
        var filters = request.Where.Select(filter => (Column: Find(filter.Column), filter.Value)).ToList();
        var rowNames = new RowNames(extract, input.File);
        var results = new List<Result>();
        foreach (var column in columns)
        {
            var definition = Define(column);
            var factor = column.Field.Unit switch { "percent" => 0.01, "tkr" => 1e3, "mnkr" => 1e6, _ => 1.0 };
            var count = column.Field.Role == Role.Rate ? extract.Columns.OfType<NumberColumn>()
                .FirstOrDefault(other => other.Field.Role == Role.Count && other.Field.Period == column.Field.Period
                && other.Field.Population == column.Field.Population) : null;
            // A published table is shown with the count that its schema puts beside the share; what is to be protected is looked for.
            var behind = column.Field.Role == Role.Rate && extract.Confidentiality == Confidentiality.Confidential
                ? ShareCounts.Of(extract, column, factor) : null;
            var n = extract.Columns.OfType<NumberColumn>().FirstOrDefault(other => other.Field.Role == Role.Total)
                ?? extract.Columns.OfType<NumberColumn>().FirstOrDefault(other => other.Name is "n" or "antal_totalt");
            for (var row = 0; row < extract.RowCount; row++)
            {
                if (filters.Exists(filter => Text(filter.Column, row) != filter.Value)) continue;
                var period = time is null ? column.Field.Period : Text(time, row);
                if (request.Period is { } chosen && period is not null && period != chosen) continue;
                var name = OverTime ? area is null ? null : Text(area, row) : Text(x, row);
                var isArea = !OverTime && x.Field.Role != Role.Area ? RowNames.Kind.Area : rowNames.Of(name);
                if (isArea is RowNames.Kind.Sum or RowNames.Kind.Country) continue;
                var basis = behind is not null ? column.MarkAt(row) == Mark.None ? behind.At(row) : null
                    : Counted(column, count, row, factor);
                results.Add(new Result
                {
                    Measure = definition,
                    Area = isArea == RowNames.Kind.Whole ? null : name,
                    Period = period,
                    Population = column.Field.Population,
                    Group = color is null || color == time ? null : Text(color, row),
                    Value = Value(column, row, factor),
                    // With the number behind a share the persons that it is of follow.
                    N = n is not null && n != column ? n.MarkAt(row) == Mark.None ? n.Values[row] : null
                        : column.Field.Role == Role.Rate && basis is { Denominator: > 0 } ? basis.Denominator : null,
                    Basis = basis,
                });
            }
        }

        if (results.Count == 0) throw new CallException("No row of the table is left: see --where and --period.");
        return new Results(results, extract.Confidentiality, input.Origins(extract.Provenance));
    }

    // A role may stand in several columns of a wide table: one for each year.
    private List<NumberColumn> Values(string y)
    {
        if (extract.Has(y)) return [extract.Number(y)];
        var columns = Words.TryGetValue(y, out var role) ? extract.Columns.OfType<NumberColumn>()
            .Where(column => column.Field.Role == role).ToList() : [];
        if (columns.Count == 0) throw new CallException(
            "--y names no column and no role of the table."
            + $"{Nearest.Hint(y, extract.Columns.Select(column => column.Name).Concat(Words.Keys))} The columns are {Names}.");
        // Of columns for several populations, those of everyone, else of the first.
        var population = columns.Exists(column => column.Field.Population is null) ? null : columns[0].Field.Population;
        columns.RemoveAll(column => column.Field.Population != population);
        if (columns.Count > 1 && columns.Select(column => column.Field.Period).Distinct().Count() < columns.Count)
        {
            throw new CallException(
                $"--y {y} stands for several columns: name one of {string.Join(", ", columns.Select(column => column.Name))}.");
        }

        return columns;
    }

    private Column Find(string name)
    {
        if (extract.Has(name)) return extract[name];
        var found = Words.TryGetValue(name, out var role) ? extract.Columns.Where(column => column.Field.Role == role).Take(2).ToList()
            : [];
        return found.Count == 1 ? found[0] : throw new CallException(
            $"{name} is no column and no single role of the table. The columns are {Names}.");
    }

    private Definition Define(NumberColumn column)
    {
        var name = MeasureName.Of(input, column, []);
        var unit = column.Field.Role switch
        {
            Role.Rate => Units.Share,
            Role.Amount => Units.Kronor,
            Role.Count or Role.Total =>
            Units.Persons,
            _ => column.Field.Unit is "percent" ? Units.Share : Units.Index
        };
        return new Definition(MeasureName.Id(name), name, name, Reading.AsPublished, unit, ValueRange.Any, input.Statement?.Source
            ?? extract.Schema.Title ?? input.File)
        { SwedishFormula = "enligt källan" };
    }

    private static Quantity Value(NumberColumn column, int row, double factor) => column.MarkAt(row) switch
    {
        Mark.None => Quantity.Known(column.Values[row] * factor),
        Mark.Nil => Quantity.Known(0),
        Mark.Suppressed => Quantity.Suppressed("withheld by the source"),
        _ => Quantity.Undefined("not available"),
    };

    // What the gate needs of a confidential table: the count itself, or the count that a share is of.
    private static Basis? Counted(NumberColumn column, NumberColumn? count, int row, double factor)
    {
        if (column.MarkAt(row) != Mark.None) return null;
        if (column.Field.Role == Role.Count) return new Basis(null, column.Values[row]);
        if (count is null || count.MarkAt(row) != Mark.None || column.Values[row] * factor is not (> 0 and <= 1)) return null;
        return new Basis(count.Values[row], Math.Round(count.Values[row] / (column.Values[row] * factor)));
    }

    private static string? Text(Column column, int row) => Convert.ToString(column.ValueAt(row), CultureInfo.InvariantCulture);
}
