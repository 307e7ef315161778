using Analys.Load;
using Analys.Measure.Segregation;

namespace Analys.Database.Counts;

/// <summary>A plan's indicators from a source: its numbers added up by indicator, so that what comes is an aggregate even where the table is not a plan.</summary>
public static class IndicatorTable
{
    private static readonly Role[] Words = [Role.Indicator, Role.Area, Role.UnitName, Role.Direction, Role.Aggregation];

    private static readonly Role[] Numbers =
        [Role.CouncilTarget, Role.BoardTarget, Role.DistrictTarget, Role.Outcome, Role.Count, Role.Total, Role.Group, Role.Amount];

    /// <summary>The table, a row for each indicator; its rows have no numbers, since an engine's have none.</summary>
    /// <param name="source">The source.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="ColumnNotFoundException">No column has the role of the indicator.</exception>
    /// <exception cref="CountException">An indicator stands in several rows, which would be added up.</exception>
    public static Extract Of(ICountSource source, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var fields = source.Description.Schema.Fields;
        if (!fields.Any(field => field.Role == Role.Indicator)) throw new ColumnNotFoundException($"No column has the role {Role.Indicator}: give the schema one, or name the column.");
        var words = fields.Where(field => Words.Contains(field.Role) && !field.IsNumeric).Select(field => field.Name);
        var numbers = fields.Where(field => Numbers.Contains(field.Role) && field.IsNumeric).Select(field => field.Name);
        var extract = AggregatedExtract.Of(source, [.. words], [.. numbers], areCounts: false, cancel);
        return extract.Provenance.Sources[0].Rows == extract.RowCount
            ? extract
            : throw new CountException("An indicator stands in several rows: from a source its numbers would be added up.");
    }
}
