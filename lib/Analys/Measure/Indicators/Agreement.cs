using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Measure.Indicators;

/// <summary>Whether the rows that a table calls totals are the sums of its other rows; where they are not, by how much.</summary>
/// <param name="Column">The column.</param>
/// <param name="Total">The total row.</param>
/// <param name="Stated">What the table says.</param>
/// <param name="Sum">What its parts add up to.</param>
internal sealed record SumCheck(string Column, string Total, double Stated, double Sum)
{
    /// <summary>The stated total minus the sum of the parts.</summary>
    public double Difference => Stated - Sum;

    /// <summary>Whether they agree, within half a unit of the last decimal for each part.</summary>
    public bool Agrees => Math.Abs(Difference) <= Tolerance;

    private double Tolerance { get; init; }

    /// <summary>Checks every column of counts, totals and amounts in kronor against every total row. Regions are sums of their districts,
    /// the city of all.</summary>
    /// <param name="extract">The table; its schema names the total rows.</param>
    public static IReadOnlyList<SumCheck> Of(Extract extract)
    {
        ArgumentNullException.ThrowIfNull(extract);
        var key = extract.Columns.OfType<TextColumn>().FirstOrDefault(column => column.Field.Role is Role.Area or Role.Indicator);
        if (key is null || extract.Schema.Totals.Length == 0) return [];
        var names = Enumerable.Range(0, extract.RowCount).Select(row => key.Codes[row] < 0 ? "" : key.Categories[key.Codes[row]]).ToArray();
        var division = Geography.Stockholm.Divisions.FirstOrDefault(candidate => candidate.Id == extract.Schema.Region);
        return
        [
            .. from column in extract.Columns.OfType<NumberColumn>()
               where column.Field.Role is Role.Count or Role.Total or Role.Group || column.Field is { Role: Role.Amount, Unit: "mnkr" }
               from total in extract.Schema.Totals
               let row = Array.IndexOf(names, total)
               where row >= 0 && column.MarkAt(row) == Mark.None
               select Check(column, names, row, extract, division),
        ];
    }

    private static SumCheck Check(NumberColumn column, string[] names, int totalRow, Extract extract, AreaDivision? division)
    {
        double sum = 0;
        var parts = 0;
        for (var row = 0; row < names.Length; row++)
        {
            if (extract.Schema.Totals.Contains(names[row]) || column.MarkAt(row) != Mark.None) continue;
            var isRegion = Geography.Stockholm.Regions.Contains(names[totalRow]);
            if (isRegion && division?.Find(names[row])?.Region != names[totalRow]) continue;
            sum += column.Values[row];
            parts++;
        }

        var half = column.Field.Decimals is { } decimals ? 0.5 * Math.Pow(10, -decimals) : 0;
        return new SumCheck(column.Name, names[totalRow], column.Values[totalRow], sum) { Tolerance = ((parts + 1) * half) + 1e-9 };
    }
}

/// <summary>By how much a table's total exceeds the sum of its parts: explained in the report, not hidden.</summary>
/// <remarks>In the city's tables on income support the total holds persons of city-wide units who belong to no district. Swedish:
/// <i>personer utanför stadsdelsområdena</i>.</remarks>
internal static class TableDisagreement
{
    /// <summary>What it is.</summary>
    public static Definition Definition { get; } = new(
        "total-minus-parts", "Total minus the sum of its parts", "Totalen minus summan av delarna", "stated total − Σ parts",
        Units.Persons, ValueRange.Any, "Analys")
    {
        Tells = Tells.Counts,
        Counts = "those whom the measure that is compared counts",
        SwedishFormula = "tabellens total − summan av delarna",
    };

    /// <summary>The totals that are not the sums of their parts, one result each.</summary>
    /// <param name="extract">The table.</param>
    public static Results Of(Extract extract)
    {
        ArgumentNullException.ThrowIfNull(extract);
        var rows = SumCheck.Of(extract).Where(check => !check.Agrees).Select(check => new Result
        {
            Measure = Definition,
            Area = check.Total == Geography.Stockholm.City ? null : check.Total,
            Period = extract[check.Column].Field.Period,
            Population = extract[check.Column].Field.Population,
            Value = Quantity.Known(check.Difference),
            Basis = new Basis(null, Math.Abs(check.Difference)),
        });
        return new Results(rows, extract.Confidentiality, extract.Provenance);
    }
}
