using Analys.Domain;
using Analys.Load;

namespace Analys.Measure.Indicators;

/// <summary>The share of districts that offer a service, over time.</summary>
/// <remarks>Swedish: <i>täckning</i>, such as stödgrupper för barn: 7 av 18 stadsdelsområden, sedan 13 av 18.</remarks>
public static class ServiceCoverage
{
    /// <summary>What it is.</summary>
    public static Definition Definition { get; } = new(
        "service-coverage", "Share of districts that offer a service", "Andel stadsdelsområden som erbjuder en insats",
        "districts that offer the service / all districts", Units.Share, ValueRange.Unit, "Stockholms stad, Barnstöd Stockholm, skrivelse 2006-11-20")
    {
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
            Basis = total.MarkAt(row) == Mark.None && count.MarkAt(row) == Mark.None ? new Basis(count.Values[row], total.Values[row]) : null,
        });
        return new Results(rows, extract.Confidentiality, extract.Provenance);
    }
}
