using Analys.Domain;
using Analys.Load;

namespace Analys.Measure.Indicators;

/// <summary>By how much a table's total exceeds the sum of its parts: explained in the report, not hidden.</summary>
/// <remarks>In the city's tables on income support the total holds persons of city-wide units who belong to no district. Swedish: <i>personer utanför stadsdelsområdena</i>.</remarks>
public static class TableDisagreement
{
    /// <summary>What it is.</summary>
    public static Definition Definition { get; } = new(
        "total-minus-parts", "Total minus the sum of its parts", "Totalen minus summan av delarna", "stated total − Σ parts",
        Units.Persons, ValueRange.Any, "Analys")
    {
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
