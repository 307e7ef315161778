using System.Collections.Immutable;
using Analys.Domain;
using Analys.Load;

namespace Analys.Measure.Indicators;

/// <summary>The share of households in the lowest income brackets of a table of brackets.</summary>
/// <remarks>Swedish: <i>andel hushåll med låg inkomst</i>. Brackets are of the household's income, not per consumption unit.</remarks>
public static class ShareBelow
{
    /// <summary>What it is.</summary>
    public static Definition Definition { get; } = new(
        "share-of-households-below", "Share of households with a disposable income below a limit", "Andel hushåll under en inkomstgräns",
        "households in the brackets below the limit / all households", Units.Share, ValueRange.Unit, "Stockholms stad, tabell b031")
    {
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
                Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("limit", limit.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                Basis = complete ? new Basis(sum, total.Values[row]) : null,
            };
        });
        return new Results(rows, extract.Confidentiality, extract.Provenance.With("share of households below a limit"));
    }
}
